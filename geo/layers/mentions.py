"""Mentions, counted document by document, so that those no event was read from need not be held."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.types import Place
    from geo.types import Event, Parsed, Resolution

CANDIDATES: Final = 3
"""Places that a mention can mean, the best ones, that a lean document keeps."""


@dataclass(slots=True)
class Named:
    """What is said about one place over all documents."""

    place: Place
    roles: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, None] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Unit:
    """Mentions of the places of one first-level unit."""

    literal: int = 0
    other: int = 0
    places: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Mentions:
    """Numbers of mentions: of all, of those with a place, by place and by first-level unit."""

    total: int = 0
    placed: int = 0
    named: dict[str, Named] = field(default_factory=dict)
    units: defaultdict[str, Unit] = field(default_factory=lambda: defaultdict(Unit))

    @classmethod
    def of(cls, parsed: Iterable[Parsed]) -> Mentions:
        """Count the mentions of documents."""
        made = cls()
        for item in parsed:
            made.add(item)
        return made

    def add(self, parsed: Parsed) -> None:
        """Count the mentions of one more document."""
        self.total += len(parsed.resolutions)
        for resolution in parsed.resolutions:
            if resolution.place is not None:
                self._add(parsed.document.id, resolution, resolution.place)

    def _add(self, document: str, resolution: Resolution, place: Place) -> None:
        self.placed += 1
        item = self.named.setdefault(place.id, Named(place))
        role = resolution.mention.role
        item.roles[role] += 1
        item.spellings.setdefault(resolution.mention.text)
        item.documents.add(document)
        item.score = max(item.score, resolution.score)
        item.reasons = item.reasons or resolution.reasons
        if key := unit_of(place):
            unit = self.units[key]
            unit.places.add(place.id)
            unit.literal += role == "literal"
            unit.other += role != "literal"


def unit_of(place: Place) -> str | None:
    """Gazetteer id of the first-level unit a place is or lies in."""
    if place.kind == "admin1":
        return place.id
    return f"iso:{place.admin1}" if place.admin1 else None


def lean(parsed: Parsed) -> Parsed:
    """Leave out what no map shows: the text, and mentions that no event was read from.

    Thousands of documents are held at once. The mentions left out are in no layer either: count them before
    (`Mentions.add`). Those that are kept are renumbered, with their best candidates alone.
    """
    named = {place.mention for event in parsed.events for place in event.places}
    kept = [number for number in range(len(parsed.resolutions)) if number in named]
    numbers = {number: new for new, number in enumerate(kept)}
    return replace(
        parsed,
        document=replace(parsed.document, text=""),
        resolutions=tuple(_short(parsed.resolutions[number]) for number in kept),
        events=tuple(_renumbered(event, numbers) for event in parsed.events),
    )


def _short(resolution: Resolution) -> Resolution:
    return replace(resolution, candidates=resolution.candidates[:CANDIDATES])


def _renumbered(event: Event, numbers: dict[int, int]) -> Event:
    places = tuple(
        replace(place, mention=None if place.mention is None else numbers.get(place.mention))
        for place in event.places
    )
    return replace(event, places=places)
