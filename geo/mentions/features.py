"""Named features that no gazetteer lists: a capitalised name with a generic head ("Roaring Water Bay")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.names import fold
from geo.mentions.cues import head_after, head_before, shared_head
from geo.mentions.heads import EVERY, NAMED_FEATURES, PLURALS
from geo.mentions.lexicon import LOCATIVE, TITLES
from geo.mentions.persons import given
from geo.mentions.view import OTHER
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from geo.mentions.view import View

_LONGEST = 5
_CALLED = frozenset({"village", "town", "province", "district", "island", "hamlet", "county", "governorate", "oblast",
                     "suburb", "peninsula", "river", "prefecture", "dam", "airport", "counties", "parishes",
                     "districts", "provinces", "villages", "islands"})  # fmt: skip
"""Lower-case heads that make a place of an unknown name beside them."""


def features(view: View, covered: Set[int], adjectives: Set[int] = frozenset()) -> Iterator[Mention]:
    """Yield mentions of unknown named features: runs of capitalised words with a head at the end.

    Parameters
    ----------
    view : View
    covered : set of int
        Tokens of mentions that were found already; a run that holds one is left alone.
    adjectives : set of int
        Tokens of known adjectives: "the Spanish village of Avila" is not a village called Spanish.
    """
    known = covered | adjectives
    for at, last in view.runs:
        if at not in view.headline:
            mention = (_feature(view, at, last, covered) if last > at else None) or _named(
                view, at, last, known
            )
            if mention is not None:
                yield mention


def _named(view: View, first: int, last: int, covered: Set[int]) -> Mention | None:
    """Read "the village of X", "X province": an unknown name that its context calls a kind of place."""
    if last - first > 2 or first in view.initial or not covered.isdisjoint(range(first, last + 1)):
        return None
    before = head_before(view, first) if view.word(first - 1) == "of" else None
    after = head_after(view, last)
    head = before if before and before.text in _CALLED else None
    if head is None and after and after.text in _CALLED and after.first == after.last:
        head = after
    if head is None:
        head = shared_head(view, last)
    if head is None or any(view.common(i) or given(view, i) for i in range(first, last + 1)):
        return None
    text = view.text[view.starts[first] : view.ends[last]]
    cue = f"called a {head.text}"
    word = PLURALS.get(head.text, head.text)
    return Mention(
        view.starts[first], view.ends[last], text, "literal", fold(text), head.kinds, word, 0.6, (cue,)
    )


def _person(view: View, first: int, last: int) -> bool:
    """Whether a given name and a word like "Park" are somebody's name: no place is said to be there."""
    if last - first != 1 or not given(view, first):
        return False
    before = view.preceding(first)
    return before not in LOCATIVE and before not in ("the", "of")


def _feature(view: View, first: int, last: int, covered: Set[int]) -> Mention | None:
    while first < last and (
        (first in view.initial and view.common(first))
        or view.lower[first] in TITLES
        or view.shapes[first] == OTHER
    ):
        first += 1
    head = next((i for i in range(last, first, -1) if view.lower[i] in NAMED_FEATURES), None)
    if head is None or head != last or not 1 <= last - first <= _LONGEST:
        return None
    span = range(first, last + 1)
    if any(i in covered for i in span):
        return None
    names = [i for i in range(first, last) if view.shapes[i] != OTHER]
    if not names or all(view.common(i) for i in names) or _person(view, first, last):
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
