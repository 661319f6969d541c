"""What goes on from the sentence before, and what is said to be elsewhere."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.events.anaphora import inherited
from geo.events.placing import Placed
from geo.events.speakers import time_tokens
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.draft import Draft
    from geo.events.sentence import Sentence
    from geo.ontology import Hit

_SEPARATE: Final = words("separate separately")
_OTHER: Final = words("another other separate separately second third elsewhere different further")
_ELSEWHERE: Final = words("elsewhere separately meanwhile")
_CALLED: Final = words("called named known")
_KINDS: Final = words(
    "village town city hamlet settlement district camp place area neighbourhood neighborhood"
)
_IN: Final = words("in near")
_LANDS: Final = words("fell fall landed land crashed dropped")
_SHORT: Final = 3
_TOPIC: Final = "topic of the sentence before"
SAME: Final = "goes on in the same sentence"


def is_another(sentence: Sentence, hit: Hit) -> bool:
    """Whether the words say that this is not what was told before: "another strike", "elsewhere, ..."."""
    lower = sentence.lower
    if not _SEPARATE.isdisjoint(lower[max(0, hit.start - 9) : hit.start]):
        return True
    return not _OTHER.isdisjoint(lower[max(0, hit.start - 5) : hit.start]) or sentence.lower[0] in _ELSEWHERE


def is_elsewhere(sentence: Sentence, hit: Hit) -> bool:
    """Whether the clause speaks of another place than the one before, known or not: "another strike", "in X"."""
    first, last = sentence.clause_of(hit.start)
    if is_another(sentence, hit):
        return True
    unknown = any(first <= ref.first < last and ref.place is None for ref in sentence.refs)
    named = any(
        sentence.lower[i] in _CALLED and sentence.lower[i - 1] in _KINDS for i in range(first + 1, last)
    )
    return unknown or named or _names_unknown(sentence)


def _names_unknown(sentence: Sentence) -> bool:
    """Whether a place that the gazetteer does not know is named: "bombs that fell on Xyz", "in Xyz"."""
    if any(ref.role == "literal" for ref in sentence.refs):
        return False
    known = {i for ref in sentence.refs for i in range(ref.first, ref.last)}
    timed = time_tokens(sentence)
    for i, (before, word) in enumerate(pairwise(sentence.lower), 1):
        landed = before == "on" and i > 1 and sentence.lower[i - 2] in _LANDS
        if (landed or before in _IN) and sentence.texts[i][0].isupper() and word.isalpha():
            following = sentence.lower[i + 1 : i + 2]
            if i not in known and i not in timed and len(word) > _SHORT and following not in (["'s"], ["’s"]):
                return True
    return False


def one_spot(drafts: Sequence[Draft]) -> bool:
    """Whether all that was told last is of one town or spot, so that what follows without a place is there too."""
    found = {place.place.id: place.place for draft in drafts for place in draft.places if place.place}
    return len(found) == 1 and not any(place.is_area for place in found.values())


def listed_with(drafts: Sequence[Draft]) -> list[Draft]:
    """Those of one list with the last of `drafts`: "X and Y were hit", then "ten people died"."""
    return [draft for draft in drafts if draft.trigger == drafts[-1].trigger]


def goes_on(draft: Draft, sentence: Sentence, listed: Sequence[Draft] = ()) -> Placed:
    """The places of `draft`, or of all that were `listed` with it, taken over for what goes on with it."""
    reason = _TOPIC if draft.sentence < sentence.index else SAME
    found = [place for each in listed or (draft,) for place in each.places]
    return Placed(tuple(inherited(place, reason) for place in found), reason)
