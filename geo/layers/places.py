"""Layers of places that were named and of the first-level units they lie in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from geo.layers.atlas import outlines
from geo.layers.events import drawn_places, joined, point
from geo.layers.layer import Layer
from geo.layers.mentions import Mentions, Named, Unit, unit_of
from geo.layers.schema import PLACES, REGIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.types import Place
    from geo.layers.atlas import Atlas
    from geo.types import Event, Parsed


@dataclass(slots=True)
class Once:
    """Counts events that come one after the other, each once; a set of a million names would need 100 MB."""

    count: int = 0
    last: str | None = None

    def add(self, event: str) -> None:
        """Count an event, unless it was the last."""
        if event != self.last:
            self.count, self.last = self.count + 1, event


def places_layer(
    parsed: Sequence[Parsed], events: Sequence[Event], mentions: Mentions | None = None
) -> Layer:
    """One row per place that a text names or an event has, the most often named first.

    `mentions` are those of the documents, where they were counted before.
    """
    layer = Layer("places", "Places named", PLACES)
    named = (mentions or Mentions.of(parsed)).named
    told = _told(events)
    listed = {**{key: Named(item.place) for key, item in told.items()}, **named}
    for item in sorted(listed.values(), key=lambda n: (-n.roles.total(), n.place.id)):
        place = item.place
        mine = told.get(place.id)
        layer.add(
            point(place),
            id=place.id,
            name=place.name,
            kind=place.kind,
            country=place.country,
            admin1=place.admin1,
            lon=place.lon,
            lat=place.lat,
            is_area=place.is_area,
            precision_km=place.precision_km,
            mentions=item.roles.total(),
            literal=item.roles["literal"],
            metonym=item.roles["metonym"],
            modifier=item.roles["modifier"],
            demonym=item.roles["demonym"],
            events=mine.events.count if mine else 0,
            documents=len(item.documents | mine.documents if mine else item.documents),
            spellings=joined(item.spellings),
            score=round(item.score, 4),
            reasons=joined(item.reasons),
        )
    return layer


@dataclass(slots=True)
class _Told:
    """What events say about one place."""

    place: Place
    documents: set[str] = field(default_factory=set)
    events: Once = field(default_factory=Once)


def _told(events: Sequence[Event]) -> dict[str, _Told]:
    told: dict[str, _Told] = {}
    for event in events:
        for event_place in event.places:
            if event_place.place:
                item = told.setdefault(event_place.place.id, _Told(event_place.place))
                item.events.add(event.id)
                item.documents.update(report.document for report in event.reports)
    return told


def regions_layer(
    parsed: Sequence[Parsed], events: Sequence[Event], gaz: Atlas, mentions: Mentions | None = None
) -> Layer:
    """First-level units in which something is named or happens, with their outlines and counts.

    A country's name counts for none of its units. A unit without an outline keeps its row, without geometry.
    `mentions` are those of the documents, where they were counted before.
    """
    layer = Layer("regions", "First-level units", REGIONS)
    named = (mentions or Mentions.of(parsed)).units
    held: defaultdict[str, tuple[Once, set[str]]] = defaultdict(lambda: (Once(), set()))
    for event in events:
        for item in drawn_places(event):
            if item.place and (key := unit_of(item.place)):
                held[key][0].add(event.id)
                held[key][1].add(item.place.id)
    units = {key: named.get(key, Unit()) for key in {**named, **held}}
    for region_id, unit in sorted(units.items(), key=lambda kv: (-kv[1].literal, kv[0])):
        try:
            place = gaz.get(region_id)
        except KeyError:
            continue
        count, places = held.get(region_id, (Once(), set()))
        layer.add(
            None,
            id=region_id,
            name=place.name,
            country=place.country,
            mentions=unit.literal,
            mentions_other=unit.other,
            events=count.count,
            places=len(unit.places | places),
        )
    layer.outline(partial(outlines, gaz, [row["id"] for row in layer.rows]))
    return layer
