"""Periods of time by which very many events are counted: days, weeks, months or years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.layers.counts import Span

UNITS: Final = ("day", "week", "month", "year")
"""From the finest to the coarsest."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods in which something begins; ``firsts`` are their first days, ordinals, ascending."""

    unit: str
    firsts: tuple[int, ...]

    def of(self, span: Span) -> Span:
        """Numbers (from 1) of the first and the last period in which an event of these days can have happened.

        An open end is open: the event can have happened in any period on that side. (0, 0) for one without a date.
        The first is greater than the last where the days are the wrong way round: then it is in none.
        """
        start, end = span
        if not start and not end:
            return 0, 0
        first = bisect_left(self.firsts, begin(start, self.unit)) + 1 if start else 1
        return first, bisect_right(self.firsts, end) if end else len(self.firsts)

    def days(self) -> list[str]:
        """First day of each, ISO 8601."""
        return [date.fromordinal(day).isoformat() for day in self.firsts]


def periods(spans: Iterable[Span], days: Iterable[int], unit: str) -> Periods:
    """Periods in which events begin (or end, where only that is known), and those of the other days given."""
    known = {start or end for start, end in spans} - {0}
    return Periods(unit, tuple(sorted({begin(day, unit) for day in {*known, *days}})))


def begin(day: int, unit: str) -> int:
    """First day of the period that a day lies in; weeks begin on Monday.

    Examples
    --------
    >>> [date.fromordinal(begin(date(2022, 3, 16).toordinal(), unit)).isoformat() for unit in UNITS]
    ['2022-03-16', '2022-03-14', '2022-03-01', '2022-01-01']
    """
    if unit == "day":
        return day
    if unit == "week":
        return day - (day - 1) % 7  # ordinal 1 is a Monday
    whole = date.fromordinal(day)
    return whole.replace(month=whole.month if unit == "month" else 1, day=1).toordinal()


def bounds(spans: Sequence[Span]) -> tuple[str, str] | None:
    """First and last day of all events, ISO 8601; None where no event has a date."""
    days = {day for span in spans for day in span} - {0}
    return (
        (date.fromordinal(min(days)).isoformat(), date.fromordinal(max(days)).isoformat()) if days else None
    )
