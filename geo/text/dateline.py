"""Datelines: "GOMA, Congo, May 3 (AP) —" at the head of a report says where and when it was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = r"[^\W\d_a-zà-ÿа-я][\w.'’-]*"
_NAME: Final = rf"{_WORD}(?:\s{_WORD}){{0,3}}"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY: Final = rf",\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_DATELINE: Final = re.compile(
    rf"\s*(?P<place>{_NAME}(?:,\s(?!{_MONTH}\s\d){_NAME})?)(?:{_DAY})?,?\s*"
    r"(?P<agency>\([A-Za-z][^()\n]{1,30}\))?\s*(?P<mark>[—–]|--|-(?=\s)|:|\|)\s"
)
_DASH: Final = r"\s*[-—–]{1,2}\s+"
_SOME_DAY: Final = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?"
_ANY_NAME: Final = r"[A-Z][^\n!?:;()\"“”—–]{1,70}?"
_CAPITALS: Final = r"[A-Z][A-Z'’.\s/-]+[A-Z](?:,\s+[A-Z][\w.'’ -]{1,30}?)?"
_LEAD: Final = re.compile(
    rf"\s*(?:{_ANY_NAME}\s*\([^()\n]{{2,40}}\){_DASH}"
    rf"|{_CAPITALS},?\s+{_SOME_DAY}\s*(?:\([^()\n]{{2,40}}\))?{_DASH}"
    rf"|{_CAPITALS}\s*(?:(?:\||,)\s*{_SOME_DAY}\s*)?\|\s+"
    rf"|{_CAPITALS}(?:\s*[—–]{{1,2}}\s*|\s+-{{1,2}}\s*|:\s+)(?=[A-Z“\"‘'][a-z]?))"
)
_STOPS: Final = (".", "!", "?", "”", '"')
_LINES: Final = 5
_HEAD: Final = 600
"""Lines and code points in which a headline and a byline may stand before the dateline."""


def dateline(text: str, start: int = 0) -> tuple[int, int] | None:
    """Find the place names of the dateline that `text`, or one of its first lines, begins with.

    Parameters
    ----------
    text : str
    start : int
        Where the prose begins.

    Returns
    -------
    tuple of (int, int) or None
        Span of the names, without agency and dash. None where no line begins so: the names must be in
        capitals, or an agency must follow them in brackets.

    Examples
    --------
    >>> text = "GOMA, Congo (AP) — Rebels closed the road."
    >>> text[slice(*dateline(text))]
    'GOMA, Congo'
    >>> dateline("Peace - what is it good for?") is None
    True
    """
    for at in heads(text, start):
        match = _DATELINE.match(text, at)
        if match is None:
            continue
        first = re.split(r"[,\s]", match["place"])[0]
        if match["agency"] or (first.isupper() and len(first) > 2 and match["mark"] != ":"):
            return match.span("place")
    return None


def heads(text: str, start: int = 0) -> Iterator[int]:
    """Where the first lines of a text begin: under its headline and byline a dateline may stand."""
    yield start
    last = min(len(text), start + _HEAD)
    for _ in range(_LINES):
        end = text.find("\n", start, last)
        if end < 0 or text[start:end].rstrip().endswith(_STOPS):
            return  # prose has begun
        start = end + 1
        yield start


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the prose of the sentence ``text[start:end]`` begins.

    Returns
    -------
    int
        Behind the dateline; `start` where there is none.

    Examples
    --------
    >>> text = "KYIV, March 3 (Agency) - Shells fell."
    >>> text[dateline_end(text, 0, len(text)) :]
    'Shells fell.'
    """
    match = _LEAD.match(text, start, end)
    return match.end() if match else start
