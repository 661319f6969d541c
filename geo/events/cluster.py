"""An event in the making: what its reports tell, kept so that the ten-thousandth costs what the second did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from geo.events.draft import standing_of_reports
from geo.events.likeness import Numbers, goals, located, mode, narrower, overlap, target_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.types import Actor, ClaimLink, Event, EventPlace, Quantity, Report

_Item = TypeVar("_Item")
RANK: Final = {
    "happened": 0,
    "claimed": 1,
    "called_for": 2,
    "planned": 3,
    "threatened": 4,
    "hypothetical": 5,
    "denied": 6,
}
_MANY: Final = 64
"""Distinct actors, quantities and reasons an event keeps; its reports are all kept."""
_NESTED: Final = (1.1, 5.0)
"""How near, and how large at least, a number must be that tells of a place and the area around it."""


class Cluster:
    """One event with everything its reports add; `event` makes the record."""

    __slots__ = (
        "_actors",
        "_claims",
        "_names",
        "_places",
        "_quantities",
        "_reasons",
        "_targets",
        "first",
        "mode",
        "mutual",
        "numbers",
        "reports",
        "score",
        "source",
        "standings",
        "status",
        "types",
        "when",
    )

    def __init__(self, event: Event, *, mutual: bool = False) -> None:
        self.first = event
        self.mode = mode(event.status)
        self.status, self.source, self.when, self.score = event.status, event.source, event.when, event.score
        self.mutual = mutual
        self.types = {event.type}
        self.reports: list[Report] = []
        self.standings: set[str] = set()
        self.numbers = Numbers()
        self._places: dict[tuple[str, str], EventPlace] = {}
        self._names: set[str] = set()
        self._targets: set[str] = set()
        self._actors: dict[Actor, None] = {}
        self._quantities: dict[Quantity, None] = {}
        self._reasons: dict[str, None] = {}
        self._claims: dict[ClaimLink, None] = {}
        self._take(event)

    def _take(self, event: Event) -> None:
        self.reports += event.reports
        self.standings.add(event.standing)
        self.numbers.add(event.quantities)
        self._targets |= target_words(event)
        self._names |= {place.text.lower() for place in goals(event.places) if place.text}
        known = {place.place.id for place in self._places.values() if place.place}
        for place in event.places:
            if place.reason and place.place and place.place.id in known:
                continue  # what was only inherited says nothing new about its role
            self._places.setdefault((place.role, place.place.id if place.place else place.text), place)
        _keep(self._actors, event.actors)
        _keep(self._quantities, event.quantities)
        _keep(self._reasons, event.reasons)
        _keep(self._claims, event.claims)

    def add(self, event: Event, reason: str, *, mutual: bool = False) -> None:
        """Take in a further event; the better known parts of either are kept, and every report."""
        better = RANK[event.status] < RANK[self.status]
        same = event.status == self.status
        source = event.source or (self.source if same else None) if better else self.source
        self.source = source or (event.source if same else None)
        self.status = event.status if better else self.status
        self.when = narrower(self.when, event.when)
        self.score = max(self.score, event.score)
        self.mutual |= mutual
        self.types.add(event.type)
        self._take(event)
        _keep(self._reasons, (reason,))

    @property
    def places(self) -> tuple[EventPlace, ...]:
        """All places, in the order in which they were first told."""
        return tuple(self._places.values())

    def fits(self, event: Event) -> bool:
        """Whether times, numbers and targets let `event` be the same."""
        return overlap(self.when, event.when) and self.numbers.agree(event.quantities) and self._aims(event)

    def fits_nested(self, event: Event) -> bool:
        """The same for an event told of the area around, or of a place inside: a number must tell of both."""
        return self.fits(event) and self.numbers.share(event.quantities, *_NESTED)

    def _aims(self, event: Event) -> bool:
        targets = target_words(event)
        return not targets or not self._targets or not targets.isdisjoint(self._targets)

    def same_places(self, event: Event) -> bool:
        """Whether both are at the same place; names that nobody knows must be the same name."""
        mine = {p.id for p in located(goals(self.places))}
        others = {p.id for p in located(goals(event.places))}
        if not mine and not others:
            named = {place.text.lower() for place in goals(event.places) if place.text}
            return not named or not self._names or not named.isdisjoint(self._names)
        return not mine.isdisjoint(others)

    def shared(self, event: Event) -> list[str]:
        """Names of the places that both tell of, sorted."""
        mine = {p.id for p in located(self.places)}
        return sorted({p.name for p in located(event.places) if p.id in mine})

    def event(self) -> Event:
        """The event with all its reports and what they contradict each other in."""
        if len(self.reports) == len(self.first.reports):
            return replace(self.first, standing="contested") if self.mutual else self.first
        contested = self.mutual or "contested" in self.standings
        reports = tuple(self.reports)
        standing = (
            "contested" if contested else standing_of_reports(reports, admitted="confirmed" in self.standings)
        )
        return replace(
            self.first,
            status="claimed" if self.mutual and self.status == "happened" else self.status,
            standing=standing,
            places=self.places,
            reports=reports,
            when=self.when,
            actors=tuple(self._actors),
            source=self.source,
            quantities=tuple(self._quantities),
            score=self.score,
            claims=tuple(self._claims),
            reasons=(*self._reasons, *self._differences()),
        )

    def _differences(self) -> list[str]:
        """Numbers that contradict each other; they are kept side by side, never averaged."""
        return [
            f"numbers differ: {span[0]:,.0f} and {span[1]:,.0f} ({what})"
            for what, span in self.numbers.spans.items()
            if span and span[0] != span[1]
        ]


def _keep(kept: dict[_Item, None], more: Iterable[_Item]) -> None:
    """Add what is new, in order, until there are many."""
    for item in more:
        if len(kept) < _MANY:
            kept.setdefault(item)


__all__ = ["RANK", "Cluster"]
