"""Arithmetic on intervals of days, both ends included; pure functions."""

from __future__ import annotations

import calendar as _calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from geo.types import Granularity


class Interval(NamedTuple):
    """Days from `start` to `end`, both included; an open end is None."""

    start: date | None
    end: date | None
    granularity: Granularity


_USUAL_LOOK_BACK: Final = 240
"""Days."""
_SEASON_MONTHS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def day(value: date) -> Interval:
    """One day."""
    return Interval(value, value, "day")


def month(year: int, number: int) -> Interval:
    """A whole month; `number` 1 to 12."""
    return Interval(date(year, number, 1), date(year, number, _calendar.monthrange(year, number)[1]), "month")


def year(number: int) -> Interval:
    """A whole year."""
    return Interval(date(number, 1, 1), date(number, 12, 31), "year")


def season(name: str, number: int) -> Interval:
    """A season of the northern hemisphere, by whole months; winter runs into the next year."""
    start = date(number, _SEASON_MONTHS[name], 1)
    return Interval(start, start + relativedelta(months=3) - timedelta(days=1), "season")


def week(value: date) -> Interval:
    """Monday to Sunday of the week of `value`."""
    monday = value - timedelta(days=value.weekday())
    return Interval(monday, monday + timedelta(days=6), "week")


def weekend(value: date) -> Interval:
    """Saturday and Sunday of the week of `value`."""
    monday = value - timedelta(days=value.weekday())
    return Interval(monday + timedelta(days=5), monday + timedelta(days=6), "day")


def safe_date(y: int, m: int, d: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(y, m, d)
    except ValueError:
        return None


def shifted(value: date, number: int, unit: str) -> date:
    """`value` moved by `number` units (hours count as begun days)."""
    unit = unit.rstrip("s")
    if unit == "hour":
        return value + timedelta(days=-(-abs(number) // 24) * (1 if number > 0 else -1))
    if unit == "decade":
        return value + relativedelta(years=10 * number)
    if unit in {"day", "night"}:
        return value + timedelta(days=number)
    return value + (
        relativedelta(weeks=number)
        if unit == "week"
        else relativedelta(months=number)
        if unit == "month"
        else relativedelta(years=number)
    )


def unit_interval(value: date, unit: str) -> Interval:
    """The day, week, month, year, decade or season that holds `value`."""
    unit = unit.rstrip("s") if unit != "days" else "day"
    if unit == "week":
        return week(value)
    if unit == "month":
        return month(value.year, value.month)
    if unit == "year":
        return year(value.year)
    if unit == "decade":
        first = value.year // 10 * 10
        return Interval(date(first, 1, 1), date(first + 9, 12, 31), "decade")
    if unit == "weekend":
        return weekend(value)
    return day(value)


def part_of(whole: Interval, part: str) -> Interval:
    """A part of a month, year, week or season: early, mid, late, the end of, the first half of ...

    Months are cut after the 10th and 20th, halves after the 15th, years after April and August, decades after
    the third and seventh year, other spans into thirds. "Early"
    and "the beginning of" are the first part, "late" and "the end of" the last.
    """
    words = part.lower().split()
    if whole.start is None or whole.end is None or not words:
        return whole
    start, end = whole.start, whole.end
    if "half" in words:
        middle = start.replace(day=15) if whole.granularity == "month" else start + (end - start) // 2
        return (
            whole._replace(end=middle)
            if "first" in words
            else whole._replace(start=middle + timedelta(days=1))
        )
    first, second = _cuts(whole, start, end)
    if {"early", "beginning", "start", "first"} & set(words):
        return whole._replace(end=first)
    if {"late", "end", "last"} & set(words):
        return whole._replace(start=second + timedelta(days=1))
    if {"mid", "middle"} & set(words):
        return Interval(first + timedelta(days=1), second, whole.granularity)
    return whole


def _cuts(whole: Interval, start: date, end: date) -> tuple[date, date]:
    """Last days of the first and the second third."""
    if whole.granularity == "month":
        return start.replace(day=10), start.replace(day=20)
    if whole.granularity == "year":
        return date(start.year, 4, 30), date(start.year, 8, 31)
    if whole.granularity == "decade":
        return date(start.year + 2, 12, 31), date(start.year + 6, 12, 31)
    third = (end - start).days // 3
    return start + timedelta(days=third), end - timedelta(days=third + 1)


def nearest_weekday(reference: date, number: int, tense: str, modifier: str) -> date:
    """Day meant by a weekday's name.

    Parameters
    ----------
    reference : datetime.date
        The document's date; its own weekday means that very day unless "last" or "next" stands before it.
    number : int
        0 Monday to 6 Sunday.
    tense : str
        "future" looks ahead, anything else back.
    modifier : str
        "last", "next", "this" or "".
    """
    back = (reference.weekday() - number) % 7
    if modifier == "last":
        return reference - timedelta(days=back or 7)
    if modifier == "next":
        return reference + timedelta(days=7 - reference.weekday() + number)
    if modifier in {"this", "this coming"}:
        in_week = reference + timedelta(days=number - reference.weekday())
        return in_week if modifier == "this" else reference + timedelta(days=(-back) % 7 or 7)
    if back == 0:
        return reference
    return reference + timedelta(days=7 - back) if tense == "future" else reference - timedelta(days=back)


def choose_year(reference: date, m: int, d: int | None, tense: str) -> int:
    """Year of a month or a day that is named without one.

    The latest that has begun by `reference` for the past, the next that has not ended for the future; where
    the tense is unknown the past one if it is nearer or not more than eight months away.
    """
    first = d or 1
    last = d or 28
    this = (reference.month, reference.day)
    past = reference.year if (m, first) <= this else reference.year - 1
    future = reference.year if (m, last) >= this else reference.year + 1
    if tense == "past":
        return past
    if tense == "future":
        return future
    far = abs((reference - date(past, m, min(first, 28))).days)
    near = abs((date(future, m, min(last, 28)) - reference).days)
    # news looks back more often than ahead
    return past if far <= max(near, _USUAL_LOOK_BACK) else future
