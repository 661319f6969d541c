"""Named features that no gazetteer lists: a capitalised name with a generic head ("Roaring Water Bay")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.names import fold
from geo.mentions.heads import EVERY, NAMED_FEATURES
from geo.mentions.lexicon import TITLES
from geo.mentions.view import OTHER
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.mentions.view import View

_LONGEST = 5


def features(view: View, covered: set[int]) -> Iterator[Mention]:
    """Yield mentions of unknown named features: runs of capitalised words with a head at the end.

    Parameters
    ----------
    view : View
    covered : set of int
        Tokens of mentions that were found already; a run that holds one is left alone.
    """
    for at, last in view.runs:
        if last > at and at not in view.headline:
            mention = _feature(view, at, last, covered)
            if mention is not None:
                yield mention


def _feature(view: View, first: int, last: int, covered: set[int]) -> Mention | None:
    while first < last and ((first in view.initial and view.common(first)) or view.lower[first] in TITLES):
        first += 1
    head = next((i for i in range(last, first, -1) if view.lower[i] in NAMED_FEATURES), None)
    if head is None or head != last or not 1 <= last - first <= _LONGEST:
        return None
    span = range(first, last + 1)
    if any(i in covered for i in span):
        return None
    names = [i for i in range(first, last) if view.shapes[i] != OTHER]
    if not names or all(view.common(i) for i in names):
        return None
    text = view.text[view.starts[first] : view.ends[last]]
    word = view.lower[last]
    return Mention(
        view.starts[first],
        view.ends[last],
        text,
        "literal",
        fold(text),
        EVERY.get(word, ("facility", "other")),
        word,
        0.6,
        (f"capitalised name with the head {word!r}",),
    )
