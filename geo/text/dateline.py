"""Datelines: "GOMA, Congo (AP) —" at the head of a report says where it was written."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = r"[^\W\d_a-zà-ÿа-я][\w.'’-]*"
_NAME: Final = rf"{_WORD}(?:\s{_WORD}){{0,3}}"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY: Final = rf",\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_DATELINE: Final = re.compile(
    rf"\s*(?P<place>{_NAME}(?:,\s(?!{_MONTH}\s\d){_NAME})?)(?:{_DAY})?,?\s*"
    r"(?P<agency>\([A-Za-z][^()\n]{1,30}\))?\s*(?P<mark>[—–]|--|-(?=\s)|:|\|)\s"
)


def dateline(text: str, start: int = 0) -> tuple[int, int] | None:
    """Find the place names of the dateline that `text` begins with.

    Parameters
    ----------
    text : str
    start : int
        Where the prose begins.

    Returns
    -------
    tuple of (int, int) or None
        Span of the names, without agency and dash. None where the text begins otherwise: the names must be in
        capitals, or an agency must follow them in brackets.

    Examples
    --------
    >>> text = "GOMA, Congo (AP) — Rebels closed the road."
    >>> text[slice(*dateline(text))]
    'GOMA, Congo'
    >>> dateline("Peace - what is it good for?") is None
    True
    """
    match = _DATELINE.match(text, start)
    if match is None:
        return None
    first = re.split(r"[,\s]", match["place"])[0]
    if match["agency"] is None and not (first.isupper() and len(first) > 2 and match["mark"] != ":"):
        return None
    return match.span("place")
