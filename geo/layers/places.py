"""Layers of places that were named and of the first-level units they lie in."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.layers.events import drawn_places, joined, point
from geo.layers.layer import Layer
from geo.layers.schema import PLACES, REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.types import Place
    from geo.layers.atlas import Atlas
    from geo.types import Event, Parsed, Resolution


@dataclass(slots=True)
class Once:
    """Counts events that come one after the other, each once; a set of a million names would need 100 MB."""

    count: int = 0
    last: str | None = None

    def add(self, event: str) -> None:
        """Count an event, unless it was the last."""
        if event != self.last:
            self.count, self.last = self.count + 1, event


@dataclass(slots=True)
class _Named:
    """What is said about one place over all documents."""

    place: Place
    roles: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, None] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    events: Once = field(default_factory=Once)
    score: float = 0.0
    reasons: tuple[str, ...] = ()


def places_layer(parsed: Sequence[Parsed], events: Sequence[Event]) -> Layer:
    """One row per place that a text names or an event has, the most often named first."""
    layer = Layer("places", "Places named", PLACES)
    named = _named(parsed, events)
    for item in sorted(named.values(), key=lambda n: (-n.roles.total(), n.place.id)):
        place = item.place
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
            events=item.events.count,
            documents=len(item.documents),
            spellings=joined(item.spellings),
            score=round(item.score, 4),
            reasons=joined(item.reasons),
        )
    return layer


def _named(parsed: Sequence[Parsed], events: Sequence[Event]) -> dict[str, _Named]:
    named: dict[str, _Named] = {}
    for document, resolution, place in _mentions(parsed):
        item = named.setdefault(place.id, _Named(place))
        item.roles[resolution.mention.role] += 1
        item.spellings.setdefault(resolution.mention.text)
        item.documents.add(document)
        item.score = max(item.score, resolution.score)
        item.reasons = item.reasons or resolution.reasons
    for event in events:
        for event_place in event.places:
            if event_place.place:
                item = named.setdefault(event_place.place.id, _Named(event_place.place))
                item.events.add(event.id)
                item.documents.update(report.document for report in event.reports)
    return named


def _mentions(parsed: Sequence[Parsed]) -> Iterator[tuple[str, Resolution, Place]]:
    for item in parsed:
        for resolution in item.resolutions:
            if resolution.place is not None:
                yield item.document.id, resolution, resolution.place


@dataclass(slots=True)
class _Unit:
    """Counts of one first-level unit."""

    literal: int = 0
    other: int = 0
    events: Once = field(default_factory=Once)
    places: set[str] = field(default_factory=set)


def regions_layer(parsed: Sequence[Parsed], events: Sequence[Event], gaz: Atlas) -> Layer:
    """First-level units in which something is named or happens, with their outlines and counts.

    A country's name counts for none of its units. A unit without an outline keeps its row, without geometry.
    """
    layer = Layer("regions", "First-level units", REGIONS)
    for region_id, unit in sorted(_units(parsed, events).items(), key=lambda kv: (-kv[1].literal, kv[0])):
        try:
            place = gaz.get(region_id)
        except KeyError:
            continue
        layer.add(
            gaz.region(region_id),
            id=region_id,
            name=place.name,
            country=place.country,
            mentions=unit.literal,
            mentions_other=unit.other,
            events=unit.events.count,
            places=len(unit.places),
        )
    return layer


def _units(parsed: Sequence[Parsed], events: Sequence[Event]) -> dict[str, _Unit]:
    units: defaultdict[str, _Unit] = defaultdict(_Unit)
    for _, resolution, place in _mentions(parsed):
        if key := unit_of(place):
            unit = units[key]
            unit.places.add(place.id)
            if resolution.mention.role == "literal":
                unit.literal += 1
            else:
                unit.other += 1
    for event in events:
        for item in drawn_places(event):
            if item.place and (key := unit_of(item.place)):
                units[key].events.add(event.id)
                units[key].places.add(item.place.id)
    return units


def unit_of(place: Place) -> str | None:
    """Gazetteer id of the first-level unit a place is or lies in."""
    if place.kind == "admin1":
        return place.id
    return f"iso:{place.admin1}" if place.admin1 else None
