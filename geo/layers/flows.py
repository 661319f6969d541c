"""Layer of movements: a line from the origin to each destination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.layers.events import quantity_text, time_values
from geo.layers.layer import Layer
from geo.layers.schema import FLOWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.types import Place
    from geo.types import Event, PlaceRole


def flows_layer(events: Sequence[Event]) -> Layer:
    """One row per movement, origin and destination; the line only joins the two, it is not a route.

    Several origins all lead to the one destination. Of several origins with several destinations the first
    is taken: the text does not say which leads where (the events' column has them all). Where it names
    none, the place the event is at stands in. A movement without a destination has no row here (it is
    among the events).
    """
    from shapely import LineString

    layer = Layer("flows", "Movements", FLOWS)
    for event in events:
        for number, (start, role, end) in enumerate(movements(event), start=1):
            when = time_values(event.when)
            layer.add(
                LineString([(start.lon, start.lat), (end.lon, end.lat)]),
                row_id=f"{event.id}.f{number}",
                event_id=event.id,
                type=event.type,
                status=event.status,
                origin=start.name,
                origin_id=start.id,
                destination=end.name,
                destination_id=end.id,
                role=role,
                date_start=when["date_start"],
                date_end=when["date_end"],
                quantities=quantity_text(event.quantities),
                evidence=event.reports[0].evidence.text if event.reports else None,
            )
    return layer


def movements(event: Event) -> list[tuple[Place, PlaceRole, Place]]:
    """Origin, role of the destination, and destination of each movement of an event."""
    ends = [(p.role, p.place) for p in event.places if p.place and p.role in {"to", "towards"}]
    if not ends:
        return []
    starts = [p.place for p in event.places if p.place and p.role == "from"]
    starts = starts or [p.place for p in event.places if p.place and p.role in {"at", "near"}]
    starts, ends = list(dict.fromkeys(starts)), list(dict.fromkeys(ends))
    origins = starts if len(ends) == 1 else starts[:1]
    return [(start, role, end) for start in origins for role, end in ends if start.id != end.id]
