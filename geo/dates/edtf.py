"""Extended Date/Time Format (ISO 8601-2) of a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.dates.calendar import month, year

if TYPE_CHECKING:
    from datetime import date

    from geo.types import TimeSpan


def to_edtf(time: TimeSpan) -> str:
    """Write `time` in EDTF.

    Parameters
    ----------
    time : TimeSpan

    Returns
    -------
    str
        A day ``2022-10-13``, a month ``2022-09``, a year ``2014``, an interval ``2022-09-23/2022-09-27``
        with ``..`` at an open end; "" where nothing is known (basis "unresolved").
    """
    start, end = time.start, time.end
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"{start.isoformat() if start else '..'}/{end.isoformat() if end else '..'}"
    return _closed(start, end)


def _closed(start: date, end: date) -> str:
    if start == end:
        return start.isoformat()
    if (start, end) == month(start.year, start.month)[:2]:
        return f"{start.year:04d}-{start.month:02d}"
    if (start, end) == year(start.year)[:2]:
        return f"{start.year:04d}"
    return f"{start.isoformat()}/{end.isoformat()}"
