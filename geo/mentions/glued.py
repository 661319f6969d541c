"""Names that scraping glued to the next or the last word: "Xclosest", "inX", where X is a known place.

No word is listed here: the rest has to be a function word, or a word that the document itself uses apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gazetteer.names import fold
from geo.mentions.lexicon import AGENT, FUNCTION, GLUED, NO_GLUE, PAST
from geo.mentions.names import NameBook, NameInfo, Span
from geo.mentions.view import TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.mentions.view import View

_CAMEL: Final = re.compile(r"(?<=[^\W\d_])(?=[A-Z][a-z])")
_LEAST_NAME: Final = 4
_LEAST_INFLECTED: Final = 5
_LEAST_PROMINENCE: Final = 5.5
_LEAST_CAPITAL: Final = 4.5
"""The same where a capital shows that a name begins."""


def glued(view: View, covered: set[int], book: NameBook) -> Iterator[Span]:
    """Yield spans of known names inside words that are no known name themselves.

    Parameters
    ----------
    view : View
    covered : set of int
        Tokens that a known name begins at or covers; they are left alone.
    book : NameBook
    """
    vocabulary = view.lower_words
    for i in view.holders():
        if i in covered:
            continue
        text = view.texts[i]
        split = _tail if text[1:].islower() else _camel
        found = split(text, vocabulary, book)
        if found:
            start, end, info = found
            yield Span(i, i, info, start=view.starts[i] + start, end=view.starts[i] + end)


def _tail(text: str, vocabulary: set[str], book: NameBook) -> tuple[int, int, NameInfo] | None:
    """Split a name from the lower-case word that follows it without a space; the longest name wins.

    Behind its first letter the whole is in small letters.
    """
    if not text[0].isupper():
        return None
    for cut in range(len(text) - 2, _LEAST_NAME - 1, -1):
        rest = text[cut:]
        if rest not in GLUED:
            known = len(rest) >= 4 and (rest in vocabulary or rest in AGENT or rest in PAST)
            if not known or rest in NO_GLUE:
                continue
        info = book.get(fold(text[:cut]))
        if info.prominence >= _LEAST_PROMINENCE and not info.derived and not info.abbreviation:
            return 0, cut, info
    return None


def _camel(text: str, vocabulary: set[str], book: NameBook) -> tuple[int, int, NameInfo] | None:
    """Split where a capital stands inside a word: "theUkraine", "KyivThe"."""
    cut = _CAMEL.search(text)
    if cut is None:
        return None
    at = cut.start()
    for start, end, rest in ((at, len(text), text[:at]), (0, at, text[at:])):
        name = text[start:end]
        if not (_goes_before(rest) if start else _stands_alone(rest)) and rest.lower() not in vocabulary:
            continue
        info = book.get(fold(name))
        least = _LEAST_CAPITAL if start and text[0].islower() else _LEAST_PROMINENCE
        if len(name) >= _LEAST_NAME and info.prominence >= least and not info.derived:
            return start, end, info
    return None


def _goes_before(rest: str) -> bool:
    """Whether a word in small letters can end where a name begins: "toX", "enteredX"."""
    if not rest.islower():
        return _stands_alone(rest)
    inflected = len(rest) >= _LEAST_INFLECTED and rest.endswith(("ed", "ing", "ly"))
    return inflected or rest in FUNCTION or rest in PAST


def _stands_alone(rest: str) -> bool:
    return rest.lower() in GLUED or rest.lower() in ("in", "of")


def peninsulas(view: View, covered: set[int], book: NameBook) -> Iterator[Span]:
    """Yield adjectives that name a peninsula, where only the noun is known: "Crimean peninsula".

    Parameters
    ----------
    view : View
    covered : set of int
        Tokens of mentions that were found already.
    book : NameBook
    """
    if "peninsula" not in view.lower:
        return
    for i, word in enumerate(view.lower):
        if word == "peninsula" and i and i - 1 not in covered and view.shapes[i - 1] == TITLE:
            info = book.get(_noun(view.texts[i - 1], book))
            if info.prominence >= _LEAST_PROMINENCE and info.kind != "country":
                yield Span(i - 1, i - 1, info, start=view.starts[i - 1], end=view.ends[i - 1])


def _noun(adjective: str, book: NameBook) -> str:
    """Name that an adjective in -n, -an or -ian is made of, "" where none is known."""
    folded = fold(adjective)
    for ending in ("ian", "an", "n"):
        stem = folded.removesuffix(ending)
        for noun in (stem, stem + "a", stem + "ia"):
            if stem != folded and book.get(noun).kind in ("admin1", "region", "peninsula"):
                return noun
    return ""
