"""Tokens with exact offsets: words, numbers, abbreviations with dots, single other characters."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}                          # U.S., a.m., D.C.
  | ['’]s(?![^\W_])                             # the possessive apart from its noun
  | [^\W\d_][^\W_]*(?:['’](?!s(?![^\W_]))[^\W\d_][^\W_]*)*   # words: O'Hara, don't, T72
  | \d+(?:[.,:]\d+)*[^\W\d_]*                   # 1,200  3.5  14:30  80k
  | \S
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A token; ``start`` and ``end`` are code points into the whole text, end exclusive."""

    start: int
    end: int
    text: str


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
    stop = len(text) if end is None else end
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, stop)]


def token_texts(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The texts of the tokens that `tokens` gives, several times as quick: for a first look at a sentence."""
    return _TOKEN.findall(text, start, len(text) if end is None else end)


def pieces(text: str, start: int = 0, end: int | None = None) -> tuple[list[int], list[int], list[str]]:
    """Starts, ends and texts of the tokens that `tokens` gives, as three lists (faster for long texts)."""
    stop = len(text) if end is None else end
    spans = [match.span() for match in _TOKEN.finditer(text, start, stop)]
    return [a for a, _ in spans], [b for _, b in spans], [text[a:b] for a, b in spans]
