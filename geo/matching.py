"""Which events of two lists are the same in place, time and type: pairs, nearest first, each event once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Final

from geo.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from gazetteer.types import Place
    from geo.types import Event

MOST_REACH: Final = 100.0
"""A place's own inexactness counts at most this much, km: a country is not near everything in it."""
LONGEST: Final = 62
"""Days; a longer time says too little to match by."""
_RADIUS: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Match:
    """A pair of events, or one that stands alone.

    Attributes
    ----------
    one, other : Event or None
    km : float or None
        Between the nearest of their places.
    days : int or None
        Between their times; 0 where they share a day.
    type : str
        same, family or other; "" for one that stands alone.
    reason : str
        Why an event could not be matched at all; "" else.
    """

    one: Event | None
    other: Event | None
    km: float | None = None
    days: int | None = None
    type: str = ""
    reason: str = ""


def match(
    one: Sequence[Event], other: Sequence[Event], *, km: float = 25.0, days: int = 1, types: str = "family"
) -> list[Match]:
    """Match two lists of events.

    Parameters
    ----------
    one, other : sequence of Event
    km : float
        How far apart two places may lie, beyond how exactly each is known.
    days : int
        How many days may lie between two times.
    types : str
        "same", "family" (of the ontology; fighting as UCDP has it is one family) or "any".

    Returns
    -------
    list of Match
        Pairs in the order of `one`, then what only `one` has, then what only `other` has.
    """
    pairs = sorted(_pairs(one, other, km, days, types), key=lambda pair: pair[0])
    left: dict[int, Match] = {}
    right: set[int] = set()
    for (_, apart, gap, i, j), kind in pairs:
        if i not in left and j not in right:
            left[i] = Match(one[i], other[j], apart, gap, kind)
            right.add(j)
    found = [left[i] for i in sorted(left)]
    found += [Match(event, None, reason=_unfit(event)) for i, event in enumerate(one) if i not in left]
    return found + [
        Match(None, event, reason=_unfit(event)) for j, event in enumerate(other) if j not in right
    ]


_Pair = tuple[tuple[int, float, int, int, int], str]


def _pairs(one: Sequence[Event], other: Sequence[Event], km: float, days: int, types: str) -> Iterator[_Pair]:
    """Compare each event only with those of the days around it."""
    by_day: defaultdict[int, list[int]] = defaultdict(list)
    for j, event in enumerate(other):
        if span := _span(event):
            for day in range(span[0].toordinal(), span[1].toordinal() + 1):
                by_day[day].append(j)
    for i, event in enumerate(one):
        span = _span(event)
        if span is None:
            continue
        first, last = span[0].toordinal() - days, span[1].toordinal() + days
        near = dict.fromkeys(j for day in range(first, last + 1) for j in by_day.get(day, ()))
        for j in near:
            kind = _likeness(event, other[j])
            if (kind == "other" and types != "any") or (kind == "family" and types == "same"):
                continue
            apart = _apart(event, other[j], km)
            if apart is not None:
                gap = _gap(span, _span(other[j]) or span)
                yield (("same", "family", "other").index(kind), apart, gap, i, j), kind


def _likeness(one: Event, other: Event) -> str:
    if one.type == other.type:
        return "same"
    table = load()
    if table.family(one.type) == table.family(other.type):
        return "family"
    kinds = [table.types.get(event.type) for event in (one, other)]
    wide = any("ucdp: " in reason for event in (one, other) for reason in event.reasons)
    if wide and all(kinds) and kinds[0].ucdp == kinds[1].ucdp != "":  # type: ignore[union-attr]
        return "family"
    return "other"


def _apart(one: Event, other: Event, km: float) -> float | None:
    """Distance of the nearest of their places, None where that is too far."""
    best = None
    for left in _places(one):
        for right in _places(other):
            room = km + min(left.precision_km, MOST_REACH) + min(right.precision_km, MOST_REACH)
            if abs(left.lat - right.lat) * 111.0 > room:
                continue
            distance = distance_km(left.lon, left.lat, right.lon, right.lat)
            if distance <= room and (best is None or distance < best):
                best = distance
    return best


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Distance on a sphere, km.

    Examples
    --------
    >>> round(distance_km(0, 0, 0, 90))
    10008
    """
    turn, tilt = radians(lon2 - lon1) / 2, radians(lat2 - lat1) / 2
    part = sin(tilt) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(turn) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(part)))


def _places(event: Event) -> list[Place]:
    return [one.place for one in event.places if one.place]


def _span(event: Event) -> tuple[date, date] | None:
    when = event.when
    start, end = (when.start or when.end, when.end or when.start) if when else (None, None)
    if start is None or end is None or not _places(event) or (end - start).days > LONGEST:
        return None
    return start, end


def _gap(one: tuple[date, date], other: tuple[date, date]) -> int:
    return max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)


def _unfit(event: Event) -> str:
    """Why an event can match nothing."""
    if not _places(event):
        return "has no place"
    when = event.when
    if when is None or (when.start is None and when.end is None):
        return "has no date"
    return "" if _span(event) else f"its time is longer than {LONGEST} days"
