"""Spans of text kept to a length that work on a sentence may grow with the square of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 2_000
"""Code points; what is longer is a table or has lost its stops, and is no sentence."""


def bounded(text: str, spans: Iterable[tuple[int, int]], most: int = LONGEST) -> list[tuple[int, int]]:
    """The spans, those longer than `most` cut at white space.

    Examples
    --------
    >>> bounded("one two three", [(0, 13)], 8)
    [(0, 7), (8, 13)]
    """
    found = []
    spans = list(spans)
    if all(0 < end - start <= most for start, end in spans):
        return spans
    for start, end in spans:
        first = start
        while end - first > most:
            half, stop = first + most // 2, first + most
            cut = max(text.rfind(" ", half, stop), text.rfind("\n", half, stop))
            last = cut if cut > 0 else first + most
            found.append((first, last))
            first = last + (cut > 0)
        if end > first:
            found.append((first, end))
    return found


__all__ = ["LONGEST", "bounded"]
