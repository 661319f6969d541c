"""Layers of events: one row per event and place, and one row per report."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.layers.layer import Layer
from geo.layers.schema import EVENTS, JOIN, REPORTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from gazetteer.types import Place
    from geo.ontology import Ontology
    from geo.types import Attribution, Document, Event, EventPlace, Quantity, TimeSpan

ORDER = {"at": 0, "near": 1, "from": 2, "to": 3, "towards": 4}


def events_layer(events: Sequence[Event], documents: Mapping[str, Document], ontology: Ontology) -> Layer:
    """One row per event and place where it happens.

    An event at several places has a row for each, with the same ``id`` and its own ``row_id``. A movement has
    one row, at its origin (or, where none is known, at its first destination); the destinations are in a
    column and in the layer of flows. An event without a place has one row with a null geometry.
    """
    layer = Layer("events", "Events", EVENTS)
    for event in events:
        shared = _event_values(event, documents, ontology)
        for number, place in enumerate(drawn_places(event) or (None,), start=1):
            row_id = event.id if number == 1 else f"{event.id}.{number}"
            layer.add(point(place.place if place else None), row_id=row_id, **shared, **_place_values(place))
    return layer


def reports_layer(events: Sequence[Event], documents: Mapping[str, Document]) -> Layer:
    """One row per clause that reports an event; its geometry is the event's first place."""
    layer = Layer("reports", "Reports", REPORTS)
    for event in events:
        places = drawn_places(event)
        geometry = point(places[0].place if places else None)
        for number, report in enumerate(event.reports, start=1):
            document, when = documents.get(report.document), report.when
            layer.add(
                geometry,
                row_id=f"{event.id}.r{number}",
                event_id=event.id,
                status=report.status,
                source_verb=report.source.verb if report.source else None,
                document=report.document,
                document_title=(document.title if document else None) or report.document,
                document_date=iso(document.date) if document else None,
                document_source=document.source if document else None,
                url=document.url if document else None,
                evidence=report.evidence.text,
                evidence_start=report.evidence.start,
                evidence_end=report.evidence.end,
                date_start=iso(when.start) if when else None,
                date_end=iso(when.end) if when else None,
                date_text=(when.text or None) if when else None,
                **_source_values(report.source),
            )
    return layer


def drawn_places(event: Event) -> tuple[EventPlace, ...]:
    """Places of an event that get a row: those it is at or near, else its origins, else a destination."""
    if len(event.places) == 1:  # most have one
        return event.places if event.places[0].place else ()
    placed = sorted((p for p in event.places if p.place), key=lambda p: ORDER[p.role])
    at = (
        [p for p in placed if p.role in {"at", "near"}]
        or [p for p in placed if p.role == "from"]
        or placed[:1]
    )
    unique = {p.place.id: p for p in reversed(at) if p.place}
    return tuple(unique[key] for key in dict.fromkeys(p.place.id for p in at if p.place))


def point(place: Place | None) -> Any:
    """Shapely Point of a place (lon, lat), None for None; the same object for the same point."""
    return None if place is None else _point(place.lon, place.lat)


@lru_cache(maxsize=65536)
def _point(lon: float, lat: float) -> Any:
    from shapely import Point

    return Point(lon, lat)


def iso(day: date | None) -> str | None:
    """ISO 8601, None for None."""
    return day.isoformat() if day else None


def joined(values: Iterable[str]) -> str | None:
    """Different values in their order in one cell; None where there are none."""
    if not values:  # most cells are empty
        return None
    return JOIN.join(dict.fromkeys(filter(None, values))) or None


def time_values(when: TimeSpan | None) -> dict[str, Any]:
    """Columns of a time; all None where it is unknown."""
    return {
        "date_start": iso(when.start) if when else None,
        "date_end": iso(when.end) if when else None,
        "granularity": when.granularity if when else None,
        "date_relation": when.relation if when else None,
        "date_basis": when.basis if when else None,
        "date_text": (when.text or None) if when else None,
    }


def quantity_text(quantities: Sequence[Quantity]) -> str | None:
    """Numbers with what they count, in the words of the text where it has them."""
    return joined(
        [q.text or f"{q.low:g} {q.unit or q.what}" for q in quantities if q.text or q.low is not None]
    )


def _event_values(event: Event, documents: Mapping[str, Document], ontology: Ontology) -> dict[str, Any]:
    first = event.reports[0] if event.reports else None
    used = list(dict.fromkeys(report.document for report in event.reports))
    return {
        "id": event.id,
        "type": event.type,
        "family": ontology.family(event.type),
        "status": event.status,
        "standing": event.standing,
        "actors": joined([f"{actor.name} ({actor.role})" for actor in event.actors]),
        "quantities": quantity_text(event.quantities),
        "origin": _ends(event, {"from"}),
        "destinations": _ends(event, {"to", "towards"}),
        "score": round(event.score, 4),
        "sources": event.sources,
        "sides": joined(event.sides),
        "claims": joined(
            [
                f"{link.relation} {link.record}: {link.reason}"
                if link.record
                else f"{link.relation}: {link.reason}"
                for link in event.claims
            ]
        ),
        "reports": len(event.reports),
        "documents": joined(used),
        "document_titles": joined([_title(documents.get(name), name) for name in used]),
        "evidence": first.evidence.text if first else None,
        "evidence_start": first.evidence.start if first else None,
        "evidence_end": first.evidence.end if first else None,
        **_source_values(event.source),
        **time_values(event.when),
    }


def _ends(event: Event, roles: Collection[str]) -> str | None:
    return joined([p.place.name for p in event.places if p.role in roles and p.place])


def _title(document: Document | None, name: str) -> str:
    return (document.title if document else None) or name


def _source_values(source: Attribution | None) -> dict[str, Any]:
    return {
        "source": source.name if source else None,
        "source_side": source.side if source else None,
        "source_chain": joined(source.chain) if source else None,
    }


def _place_values(item: EventPlace | None) -> dict[str, Any]:
    place = item.place if item else None
    if item is None or place is None:
        return {"is_area": False}
    return {**place_values(place), "place_role": item.role}


def place_values(place: Place | None) -> dict[str, Any]:
    """Columns of a place that a row of something else has; none without one."""
    if place is None:
        return {}
    return {
        "place_name": place.name,
        "place_id": place.id,
        "place_kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "lon": place.lon,
        "lat": place.lat,
        "is_area": place.is_area,
        "precision_km": place.precision_km,
    }
