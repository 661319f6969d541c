"""Cells of others' tables as dates, numbers and points."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Final

_DAY: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d])")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\.0)?")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_WORDS: Final = ("%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%B %d, %Y")


def day_of(text: str) -> date | None:
    """Read a day: ISO 8601 with or without a time, 20221013, or 13 October 2022; None for anything else.

    Examples
    --------
    >>> day_of("2022-10-13 00:00:00.000"), day_of("13 October 2022"), day_of("03/04/2022")
    (datetime.date(2022, 10, 13), datetime.date(2022, 10, 13), None)
    """
    found = _DAY.match(text) or _COMPACT.fullmatch(text)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    for form in _WORDS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def span_of(start: str, end: str) -> tuple[date | None, date | None]:
    """First and last day of a time; a month is all its days, and a lone day both."""
    if (month := _MONTH.fullmatch(start)) and not end:
        year, number = int(month[1]), int(month[2])
        if 1 <= number <= 12 and year:
            return date(year, number, 1), date(year, number, monthrange(year, number)[1])
    first, last = day_of(start), day_of(end)
    if first and last and last < first:
        first, last = last, first
    return first, last or (first if not end else None)


def around(day: date, days: int) -> tuple[date, date]:
    """The days about a day whose exactness is only that of a week or a month."""
    return day - timedelta(days=days // 2), day + timedelta(days=days // 2)


def number_of(text: str) -> float | None:
    """Read a finite number, with a point or a decimal comma; None for anything else."""
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def point_of(lon: str, lat: str) -> tuple[float, float] | None:
    """Longitude and latitude in degrees; None where the cells are empty.

    Raises
    ------
    ValueError
        They are no numbers, or outside the world.
    """
    if not lon and not lat:
        return None
    x, y = number_of(lon), number_of(lat)
    if x is None or y is None:
        raise ValueError(f"longitude {lon[:20]!r} and latitude {lat[:20]!r} are no numbers")
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise ValueError(f"longitude {x:g} and latitude {y:g} are not on the earth")
    return x, y
