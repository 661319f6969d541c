"""Tokens with exact offsets: words, numbers, abbreviations with dots, single other characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATTERN: Final = r"""
    # a letter first, with the branches behind it: most tokens are words, and need not be tried as anything else
    [^\W\d_](?:
        \.(?:[^\W\d_]\.)+                          # U.S., a.m., D.C.
      | [^\W_]*(?:['’](?!s(?![^\W_]))[^\W\d_][^\W_]*(?:['’](?!s(?![^\W_]))[^\W\d_][^\W_]*)*|)  # O'Hara, don't, T72
    )
  | ['’]s(?![^\W_])                             # the possessive apart from its noun
  | \d+(?:[.,:]\d+)*[^\W\d_]*                   # 1,200  3.5  14:30  80k
  | \S
"""
_CUT: Final = re.compile(f"({_PATTERN})", re.VERBOSE)


class Token(NamedTuple):
    """A token; ``start`` and ``end`` are code points into the whole text, end exclusive."""

    start: int
    end: int
    text: str


class Cut(NamedTuple):
    """The tokens of a text as columns, ``lower`` in small letters. Stages share them: they are never changed."""

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lower: Sequence[str]

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Indices (end exclusive) of the tokens of ``text[start:end]``; None where a token reaches over a bound."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        over = (first and self.ends[first - 1] > start) or (last and self.ends[last - 1] > end)
        return None if over else (first, last)

    def tokens(self, first: int, last: int) -> list[Token]:
        """The tokens from `first` to before `last`."""
        columns = self.starts[first:last], self.ends[first:last], self.texts[first:last]
        return list(map(_token, zip(*columns, strict=True)))


_token: Final = partial(tuple.__new__, Token)  # without the detours of a call to Token(): there are many


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut ``text[start:end]`` into tokens.

    Every character that is not white space belongs to exactly one token. The possessive ``'s`` is a token of
    its own, hyphens stand alone ("US-led" gives three tokens), abbreviations with several dots stay whole.

    Parameters
    ----------
    text : str
    start, end : int
        Part of the text to cut; offsets still count from the beginning of `text`.

    Returns
    -------
    list of Token
        In order; an empty list for empty or blank text.
    """
    return list(map(_token, zip(*pieces(text, start, end), strict=True)))


def pieces(text: str, start: int = 0, end: int | None = None) -> tuple[list[int], list[int], list[str]]:
    """Starts, ends and texts of the tokens that `tokens` gives, as three lists (faster for long texts)."""
    parts = _CUT.split(text[start:end])  # a gap, a token, a gap, a token ...: no match object for each
    bounds = list(accumulate(map(len, parts), initial=start))
    return bounds[1:-1:2], bounds[2::2], parts[1::2]


@lru_cache(maxsize=2)  # the stages of a run ask for the same text one after the other
def cut(text: str, start: int, end: int) -> Cut:
    """Tokens of ``text[start:end]``, cut once for all stages."""
    starts, ends, texts = pieces(text, start, end)
    return Cut(starts, ends, texts, list(map(str.lower, texts)))
