"""Where a report was written: "KYIV, March 3 (Agency) - " in front of its first sentence."""

from __future__ import annotations

import re
from typing import Final

_DASH: Final = r"\s*[-—–]{1,2}\s+"
_DAY: Final = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?"
_NAME: Final = r"[A-Z][^\n!?:;()\"“”—–]{1,70}?"
_CAPITALS: Final = r"[A-Z][A-Z'’.\s/-]+[A-Z](?:,\s+[A-Z][\w.'’ -]{1,30}?)?"
_DATELINE: Final = re.compile(
    rf"\s*(?:{_NAME}\s*\([^()\n]{{2,40}}\){_DASH}"
    rf"|{_CAPITALS},?\s+{_DAY}\s*(?:\([^()\n]{{2,40}}\))?{_DASH}"
    rf"|{_CAPITALS}\s*(?:(?:\||,)\s*{_DAY}\s*)?\|\s+"
    rf"|{_CAPITALS}(?:\s*[—–]{{1,2}}\s*|\s+-{{1,2}}\s*|:\s+)(?=[A-Z“\"‘'][a-z]?))"
)


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
    match = _DATELINE.match(text, start, end)
    return match.end() if match else start


__all__ = ["dateline_end"]
