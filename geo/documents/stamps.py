"""The document's own date: values of metadata, and dates that stand alone at the edges of a text.

Scraped text often begins or ends with what was a line of metadata on the page ("Published: 13 October
2022", "date 2022-10-13"). Only a full date counts, and only where it cannot be a part of the prose: behind a
key word, or alone on its line among the first or last few lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from geo.text.dateline import heads

_MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAYS: Final = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_FULL: Final = (
    rf"(?:{_WEEKDAYS}\.?,?\s+)?(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTHS})\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTHS})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    r")(?!\d)"
)
_TIME: Final = (
    r"(?:\s*[T,|•·–-]?\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|UTC|GMT|[A-Z]{2,4}|[+-]\d{2}:?\d{2})?)?"
)
_KEY: Final = (
    r"(?:(?:publication\s+|release\s+)?date|dated|(?:first\s+|last\s+)?(?:published|posted|updated))"
)
_IN_KEYS: Final = ("date", "published", "posted")
"""One of them is in every such key word."""
_START: Final = re.compile(
    rf"\s*{_KEY}\s*(?:on\b|:|=)?\s*(?P<day>{_FULL}){_TIME}(?=\s*$|\s*\n|\s+(?-i:(?![a-zа-яё])\w)|\s+[\"“‘«])",
    re.IGNORECASE,
)
_END: Final = re.compile(rf"(?:^|(?<=\s)){_KEY}\s*(?:on\b|:|=)?\s*(?P<day>{_FULL}){_TIME}\s*$", re.IGNORECASE)
_LINE: Final = re.compile(
    rf"[\s|•·-]*(?:{_KEY}\s*(?:on\b|:|=)?\s*)?(?P<day>{_FULL}){_TIME}[\s|•·.-]*", re.IGNORECASE
)
_DATELINE: Final = re.compile(
    rf"\s*(?-i:[A-Z])[^\n.!?]{{1,60}}?(?:,\s+|\s*[|(]\s*)(?P<day>{_FULL})\)?\s*(?:\([^()\n]{{1,40}}\))?\s*[—–|-]",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=/|-|_|\.|$)")
_NUMERIC: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")

EDGE: Final = 400
"""Code points at either end of a text in which a date line is looked for."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found at the edge of a text. ``end`` is where the prose goes on, 0 unless it came first."""

    day: date
    basis: str
    end: int = 0


def as_date(value: object) -> date | None:
    """Read a metadata value as a date: the day as its publisher wrote it, whatever the time zone.

    Parameters
    ----------
    value : object
        A date, a datetime, or a string: ISO 8601, RFC 822 ("Thu, 13 Oct 2022 09:00:00 GMT"), "13 October
        2022", "October 13, 2022", or "25/10/2022" where only one reading is a date.

    Returns
    -------
    datetime.date or None
        None where the value is empty, no full date, or could be read in two ways ("03/04/2022").

    Examples
    --------
    >>> as_date("Thu, 13 Oct 2022 23:30:00 -0700")
    datetime.date(2022, 10, 13)
    >>> as_date("03/04/2022") is None
    True
    >>> as_date("") is None
    True
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if not text:
        return None
    return _iso(text) or _worded(text) or _rfc822(text) or _numeric(text)


def find_stamp(text: str, start: int = 0) -> Stamp | None:
    r"""Find a stand-alone date at the very start or end of `text`.

    Parameters
    ----------
    text : str
    start : int
        Where to begin (after front matter).

    Returns
    -------
    Stamp or None
        None for an empty text, and where a date is only mentioned in the prose.

    Examples
    --------
    >>> find_stamp("Published: 13 October 2022\nShells fell.").day
    datetime.date(2022, 10, 13)
    >>> find_stamp("On 13 October 2022 shells fell.") is None
    True
    """
    if leading := _START.match(text, start):
        return _stamp(leading, "text", leading.end())
    for at in heads(text, start):
        if dateline := _DATELINE.match(text, at):
            return _stamp(dateline, "dateline", 0)
    head = [line for line in text[start : start + EDGE].split("\n") if line.strip()][:5]
    tail = [line for line in text[max(start, len(text) - EDGE) :].split("\n") if line.strip()][-3:]
    for line in (*head, *reversed(tail)):
        if alone := _LINE.fullmatch(line):
            return _stamp(alone, "text", 0)
    last = max(start, len(text) - EDGE)
    if not any(key in text[last:].casefold() for key in _IN_KEYS):
        return None
    trailing = _END.search(text, last)
    return _stamp(trailing, "text", 0) if trailing else None


def date_in_url(url: str | None) -> date | None:
    """Return the day a news address carries in its path (``/2022/10/13/``), None where there is none."""
    match = _URL.search(url or "")
    return _day(match["y"], match["m"], match["d"]) if match else None


def _stamp(match: re.Match[str], basis: str, end: int) -> Stamp | None:
    day = _from_groups(match)
    return Stamp(day, basis, end) if day else None


def _from_groups(match: re.Match[str]) -> date | None:
    if match["iso"]:
        return _day(*match["iso"].split("-"))
    for suffix in ("1", "2"):
        if match["y" + suffix]:
            return _day(match["y" + suffix], _month(match["m" + suffix]), match["d" + suffix])
    return None


def _month(name: str) -> int:
    return "janfebmaraprmayjunjulaugsepoctnovdec".index(name[:3].lower()) // 3 + 1


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # 31 November: no date
        return None


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _worded(text: str) -> date | None:
    match = re.match(rf"\s*{_FULL}", text, re.IGNORECASE)
    return _from_groups(match) if match else None


def _rfc822(text: str) -> date | None:
    from email.utils import parsedate_to_datetime  # loads sockets and more

    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None


def _numeric(text: str) -> date | None:
    match = _NUMERIC.fullmatch(text)
    if not match:
        return None
    first, second, year = match.groups()
    readings = {_day(year, second, first), _day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None
