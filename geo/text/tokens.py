"""Tokens with exact offsets: words, numbers, abbreviations with dots, single other characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence  # noqa: TC003  (compiled named tuples look their types up)
from functools import lru_cache, partial
from operator import add
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


class Token(NamedTuple):
    """A token; ``start`` and ``end`` are code points into the whole text, end exclusive."""

    start: int
    end: int
    text: str


class Cut(NamedTuple):
    """The tokens of a text as columns, ``lower`` in small letters, and ``words``, each of these once.

    Stages share them: they are never changed.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lower: Sequence[str]
    words: frozenset[str]

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Indices (end exclusive) of the tokens of ``text[start:end]``; None where a token reaches over a bound."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        over = (first and self.ends[first - 1] > start) or (last and self.ends[last - 1] > end)
        return None if over else (first, last)


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
    starts: list[int] = []
    texts: list[str] = []
    add_start, add_text = starts.append, texts.append
    at = start
    # no token holds white space, and most of what stands between two spaces is a word, or one with a sign behind it
    for chunk in text[start:end].replace("\n", " ").split(" "):
        if chunk.isalpha():
            add_start(at)
            add_text(chunk)
        elif chunk:
            word, sign = chunk[:-1], chunk[-1]
            if word.isalpha() and not (sign.isalnum() or sign.isspace()):
                add_start(at)
                add_text(word)
                add_start(at + len(word))
                add_text(sign)
            else:
                for match in _TOKEN.finditer(chunk):
                    add_start(at + match.start())
                    add_text(match.group())
        at += len(chunk) + 1
    return starts, list(map(add, starts, map(len, texts))), texts


@lru_cache(maxsize=2)  # the stages of a run ask for the same text one after the other
def cut(text: str, start: int, end: int) -> Cut:
    """Tokens of ``text[start:end]``, cut once for all stages."""
    starts, ends, texts = pieces(text, start, end)
    lower = list(map(str.lower, texts))
    return Cut(starts, ends, texts, lower, frozenset(lower))
