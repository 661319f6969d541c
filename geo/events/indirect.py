"""Speakers told of in other ways than "X said" and "said X": sources, quotations, verbs in front, the passive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.events.parties import side_of
from geo.events.saying import Speech, scope_end, speech_verbs
from geo.events.speakers import LONGEST, name_of, source_of, subject_before, tells
from geo.text.words import words
from geo.types import Attribution

if TYPE_CHECKING:
    from geo.events.sentence import Sentence
    from geo.events.speakers import Last
    from geo.types import Document

LEADS: Final = words("information data")
"""What somebody is said to know by: "by information of the ministry"."""
_BY: Final = words("by on per from")
_OF: Final = words("of from by")
_ARTICLES: Final = words("a an the latest official preliminary first its initial updated")
_MATERIAL: Final = words(
    "data information reports report figures statement message statements summary communique release bulletin"
)
_REPORTED: Final = words(
    "reported stated noted informed notified announced confirmed said indicated specified"
)
_PASSIVE: Final = words("is was are were been being as it")
_OPENS: Final = words("and also as so")
_FRONT: Final = words(
    "said says told stated declared announced reported affirmed informed added confirmed noted wrote"
)
_NAME_ENDS: Final = frozenset(',.;:"“”')


def quoted(sentence: Sentence, document: Document, i: int, last: Last) -> Speech | None:
    """TASS "quoted the authorities as saying that ..."; "quoting Ukrainian officials, ..."."""
    lower, end = sentence.lower, i + 1
    while (
        end < len(lower)
        and end - i < LONGEST
        and lower[end] not in ',.;:"“'
        and lower[end] not in {"that", "as"}
    ):
        end += 1
    medium = None
    if not lower[i].endswith("ing"):
        first, stop = subject_before(sentence, i)
        medium = source_of(name_of(sentence, document, first, stop), "quote", last)
    name = name_of(sentence, document, i + 1, end)
    if not name:
        return None
    chain = (medium.name,) if medium else ()
    source = Attribution(name, side_of(name), "say", chain)
    return Speech(source, "say", i, (end, scope_end(sentence, end, "say", 0) or len(lower)), (i + 1, end))


def according(sentence: Sentence, document: Document, i: int, last: Last) -> Speech | None:
    """Who is named behind "according to", or "according to figures of"."""
    return _source_behind(sentence, document, i, i + 2, last)


def informed(sentence: Sentence, document: Document, i: int, last: Last) -> Speech | None:
    """Who is named behind "by information of", "on data from": the noun stands at `i`."""
    lower = sentence.lower
    first = i - 1
    while first > 0 and lower[first] in _ARTICLES:
        first -= 1
    if first < 0 or lower[first] not in _BY or i + 2 >= len(lower) or lower[i + 1] not in _OF:
        return None
    if first and lower[first - 1] not in {",", "and"}:
        return None
    return _source_behind(sentence, document, first, i + 2, last)


def reported(sentence: Sentence, document: Document, i: int, last: Last) -> Speech | None:
    """Who is named behind "as was reported by", "it is said in the message of"; None for another verb at `i`."""
    lower = sentence.lower
    if lower[i] not in _REPORTED or not i or lower[i - 1] not in _PASSIVE or i + 2 >= len(lower):
        return None
    behind = _behind_material(lower, i + 2)
    if not (lower[i + 1] == "by" or (lower[i + 1] == "in" and behind > i + 2)):
        return None
    begin = i - 1
    while begin > 0 and lower[begin - 1] in _PASSIVE:
        begin -= 1
    return _source_behind(sentence, document, begin, behind, last)


def _behind_material(lower: list[str], at: int) -> int:
    """Where a name begins behind "(the) data of"; `at` itself where no such words stand there."""
    end = at
    while end < len(lower) and lower[end] in _ARTICLES:
        end += 1
    told = end + 1 < len(lower) and lower[end] in _MATERIAL and lower[end + 1] in _OF
    return end + 2 if told else at


def _source_behind(sentence: Sentence, document: Document, i: int, name: int, last: Last) -> Speech | None:
    """The speech of a source named from the token `name` on; the words that lead to it begin at `i`."""
    lower = sentence.lower
    first = _behind_material(lower, name)
    end = first
    while (
        end < len(lower)
        and end - i < LONGEST
        and lower[end] not in _NAME_ENDS
        and lower[end] not in {"that", "who", "which"}
    ):
        end += 1
    source = source_of(name_of(sentence, document, first, end), "according", last)
    if source is None:
        return None
    # in front it covers what follows, behind what stands before it, between commas both
    between = end < len(lower) - 2 and i > 0
    scope = (0, len(lower)) if between else (end, len(lower)) if i == 0 or i < 3 else (0, i)
    return Speech(source, "say", i, scope, (i, end), suffix=True)


def verb_in_front(sentence: Sentence, document: Document, i: int, last: Last) -> Speech | None:
    """Word for word from another language: "And said the director of X, Mr Y, that ...", "As stated X, ..."."""
    lower = sentence.lower
    if lower[i] not in _FRONT or (i and lower[0] not in _OPENS) or i + 3 >= len(lower):
        return None
    opener = lower[i + 1]
    if opener not in {"the", "a", "an", "its"} and not sentence.texts[i + 1][0].isupper():
        return None
    end = _end_in_front(sentence, i, that=lower[0] != "as")
    if end is None:
        return None
    stop = end - 1 if lower[end - 1] == "," else end
    lemma, kind = speech_verbs()[lower[i]]
    source = source_of(name_of(sentence, document, i + 1, stop), lemma, last)
    return (
        Speech(source, kind, i, (end, scope_end(sentence, max(end, i), kind, 0)), (i + 1, stop))
        if source
        else None
    )


def _end_in_front(sentence: Sentence, i: int, *, that: bool) -> int | None:
    """Where the speaker behind a verb in front ends: before "that", else at the comma that a clause follows."""
    lower = sentence.lower
    for end in range(i + 2, min(i + LONGEST, len(lower))):
        if lower[end] == "that":
            return end
        if lower[end] in ".;:?!":
            return None
        if not that and lower[end] == ",":
            following = next((k for k in range(end + 1, len(lower)) if lower[k] in ",;:."), len(lower))
            if tells(sentence, following):
                return end
    return None
