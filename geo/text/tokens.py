"""Tokens with exact offsets: words, numbers, abbreviations with dots, single other characters."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import Final, NamedTuple

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
_TOKEN: Final = re.compile(_PATTERN, re.VERBOSE)
_CUT: Final = re.compile(f"({_PATTERN})", re.VERBOSE)


class Token(NamedTuple):
    """A token; ``start`` and ``end`` are code points into the whole text, end exclusive."""

    start: int
    end: int
    text: str


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


def token_texts(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The texts of the tokens that `tokens` gives, several times as quick: for a first look at a sentence."""
    return _TOKEN.findall(text, start, len(text) if end is None else end)


def pieces(text: str, start: int = 0, end: int | None = None) -> tuple[list[int], list[int], list[str]]:
    """Starts, ends and texts of the tokens that `tokens` gives, as three lists (faster for long texts)."""
    parts = _CUT.split(text[start:end])  # a gap, a token, a gap, a token ...: no match object for each
    bounds = list(accumulate(map(len, parts), initial=start))
    return bounds[1:-1:2], bounds[2::2], parts[1::2]
