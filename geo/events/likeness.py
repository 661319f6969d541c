"""Whether two reports can mean the same: times, numbers, targets and places, each by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.types import Place
    from geo.types import Event, EventPlace, Quantity, TimeSpan

REAL: Final = frozenset({"happened", "claimed", "denied"})
_SAME_ORDER: Final = 2.0
"""Numbers that differ more tell of different things."""


def mode(status: str) -> str:
    """What is real, planned, called for, threatened or thought of never meets in one event."""
    return "real" if status in REAL else status


def overlap(one: TimeSpan | None, other: TimeSpan | None) -> bool:
    """Whether two times can be the same; an unknown time can be any."""
    if one is None or other is None:
        return True
    late = max(one.start or date.min, other.start or date.min)
    early = min(one.end or date.max, other.end or date.max)
    return late <= early


def narrower(one: TimeSpan | None, other: TimeSpan | None) -> TimeSpan | None:
    """The narrower of two times; a known one rather than none."""
    if one is None or other is None:
        return one or other
    return other if _width(other) < _width(one) else one


def _width(time: TimeSpan) -> int:
    if time.start is None or time.end is None:
        return 100_000 if time.start or time.end else 1_000_000
    return (time.end - time.start).days


def located(places: Iterable[EventPlace]) -> list[Place]:
    """The places that are known."""
    return [place.place for place in places if place.place is not None]


def point(quantity: Quantity) -> float | None:
    """One number for a quantity: its lower end, else its upper; None where it has no number."""
    value = quantity.low if quantity.low is not None else quantity.high
    return value or None


class Numbers:
    """Least and greatest number of each kind that was counted so far."""

    __slots__ = ("spans",)

    def __init__(self) -> None:
        self.spans: dict[str, tuple[float, float] | None] = {}

    def add(self, found: Iterable[Quantity]) -> None:
        """Take in further quantities."""
        for quantity in found:
            value, known = point(quantity), self.spans.get(quantity.what)
            if value is None:
                self.spans.setdefault(quantity.what, None)
            else:
                self.spans[quantity.what] = (
                    (min(known[0], value), max(known[1], value)) if known else (value, value)
                )

    def agree(self, found: Sequence[Quantity]) -> bool:
        """Whether `found` can tell of the same thing: something is counted by both, and of the same order."""
        if self.spans and found and not any(q.what in self.spans for q in found):
            return False
        return all(self._near(quantity, _SAME_ORDER) for quantity in found)

    def share(self, found: Sequence[Quantity], ratio: float, least: float) -> bool:
        """Whether some number of at least `least` is told by both, within `ratio`."""
        return any(
            (point(q) or 0) >= least and self.spans.get(q.what) is not None and self._near(q, ratio)
            for q in found
        )

    def _near(self, quantity: Quantity, ratio: float) -> bool:
        known, value = self.spans.get(quantity.what), point(quantity)
        if known is None or value is None:
            return True
        return max(known[1], value) / min(known[0], value) <= ratio


def target_words(event: Event) -> set[str]:
    """Words of what was hit or taken: two strikes on one town with different targets stay two."""
    return {word for actor in event.actors if actor.role == "target" for word in actor.name.lower().split()}


def goals(places: Sequence[EventPlace]) -> list[EventPlace]:
    """Places that tell two events apart; where something came from counts only if it is all they name."""
    return [place for place in places if place.role != "from"] or list(places)


__all__ = ["REAL", "Numbers", "goals", "located", "mode", "narrower", "overlap", "point", "target_words"]
