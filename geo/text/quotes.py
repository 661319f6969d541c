"""Quotations in text: spans between quotation marks, robust to a mark that is missing."""

from __future__ import annotations

import re
from typing import Final

_PAIRS: Final = {"“": "”", "«": "»", "„": "“”", '"': '"'}
_MARKS: Final = re.compile(r"[“”«»„\"\n](?:(?<!\n)|[^\S\n]*\n)")  # a set in front is skipped to quickly
_LONGEST: Final = 1500
"""Code points; a longer one has lost its closing mark."""


def quotations(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans between quotation marks, without the marks, in order and not nested.

    Parameters
    ----------
    text : str
    start, end : int
        Part of the text to look at; spans count from the beginning of `text`.

    Returns
    -------
    list of (int, int)
        A quotation whose closing mark is missing ends with its paragraph. Empty for text without marks.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    opened, closer = -1, ""
    for match in _MARKS.finditer(text, start, stop):
        mark = match.group()
        if mark[0] == "\n":
            if opened >= 0:
                spans.append((opened, match.start()))
            opened = -1
        elif opened >= 0 and mark in closer and match.start() - opened <= _LONGEST:
            spans.append((opened, match.start()))
            opened = -1
        elif mark in _PAIRS:
            opened, closer = match.end(), _PAIRS[mark]
    if opened >= 0:
        spans.append((opened, stop))
    return [(first, last) for first, last in spans if first < last]
