"""Who acts and what is acted on, as far as the clause says so plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.events.parties import side_of
from geo.events.saying import speech_verbs
from geo.events.sentence import AUXILIARIES
from geo.events.speakers import time_tokens
from geo.text.words import words
from geo.types import Actor

if TYPE_CHECKING:
    from geo.events.sentence import Sentence
    from geo.ontology import Hit, Trigger
    from geo.types import Attribution, Document

_BREAKS: Final = words(
    """in at near on from to by after before during while which who that and , . ; : ( ) for against with
    into over of when where as including"""
)
_INSIDE: Final = words("of at near between")
_HANGING: Final = words("on in from with")
"""What these bring hangs on the subject before them and does not act."""
_LONGEST: Final = 6
"""Tokens of an actor's name."""
_NOT_NAMES: Final = words(
    "it he she they we i this that these those there which who what to not also and but who"
)
_OWN: Final = words("its his her their our")
_ADVERBS: Final = words("also then later again still now already recently reportedly continually repeatedly")


def actors_of(
    sentence: Sentence, document: Document, hit: Hit, trigger: Trigger, form: str, source: Attribution | None
) -> tuple[Actor, ...]:
    """Agent and target of a trigger.

    Returns
    -------
    tuple of Actor
        The agent where the clause has a plain subject or "by ..."; the target where the object is a short
        noun phrase. "Its forces" take the speaker's side. Empty where nothing is plain.
    """
    found = [
        _agent(sentence, document, hit, trigger, form, source),
        _target(sentence, document, hit, trigger),
    ]
    return tuple(actor for actor in found if actor is not None)


def _agent(
    sentence: Sentence, document: Document, hit: Hit, trigger: Trigger, form: str, source: Attribution | None
) -> Actor | None:
    lower = sentence.lower
    by = next((i for i in range(hit.end, min(hit.end + 6, len(lower))) if lower[i] == "by"), None)
    if by is not None:
        end = by + 1
        while end < len(lower) and end - by < 7 and lower[end] not in _BREAKS:
            end += 1
        return _actor(sentence, document, by + 1, end, "agent", source)
    if trigger.pos != "verb" or form in {"part", "base", "ing"}:
        return None
    first, _ = sentence.clause_of(hit.start)
    end = hit.start
    timed = time_tokens(sentence)  # "X on Tuesday recognised"
    while end > first and (
        lower[end - 1] in AUXILIARIES
        or (end - 1) in timed
        or lower[end - 1] in _ADVERBS
        or (lower[end - 1].endswith("ly") and not sentence.texts[end - 1][0].isupper())
    ):
        end -= 1
    if form == "past" and {"was", "were", "been", "is", "are", "be"} & set(lower[end : hit.start]):
        return None
    start = _start_of(lower, first, end)
    if start > first and end > start and lower[start - 1] in _HANGING:  # "gunmen on motorcycles"
        end = start - 1
        start = _start_of(lower, first, end)
        if any(i in timed for i in range(start, end)):
            return None
    if end > start and lower[end - 1] in _NOT_NAMES:
        return None
    spoken = start > first and lower[start - 1] in speech_verbs()
    if start > first and not spoken and (lower[start - 1] not in _BREAKS or lower[start - 1] in _INSIDE):
        return None  # only the end of a longer subject: "an earthquake of magnitude 5", "at least 157 people"
    return _actor(sentence, document, start, end, "agent", source)


def _start_of(lower: list[str], first: int, end: int) -> int:
    """Where the noun phrase begins that ends at `end`, at most six tokens long."""
    start = end
    while (
        start > first
        and end - start < _LONGEST
        and lower[start - 1] not in _BREAKS
        and lower[start - 1] not in speech_verbs()
    ):
        start -= 1
    return start


def _target(sentence: Sentence, document: Document, hit: Hit, trigger: Trigger) -> Actor | None:
    start = hit.end
    if trigger.pos == "noun":
        if sentence.lower[start : start + 1] not in (["on"], ["against"]):
            return None
        start += 1
    elif "object" not in trigger.flags:
        return None
    end = start
    while end < len(sentence.lower) and end - start < 5 and sentence.lower[end] not in _BREAKS:
        end += 1
    if any(ref.first < end and ref.last > start and ref.role == "literal" for ref in sentence.refs):
        return None
    return _actor(sentence, document, start, end, "target", None)


def _actor(
    sentence: Sentence, document: Document, first: int, end: int, role: str, source: Attribution | None
) -> Actor | None:
    if end <= first or end - first > _LONGEST or sentence.lower[first] in _NOT_NAMES:
        return None
    if any(ref.role == "literal" and ref.first < end and ref.last > first for ref in sentence.refs):
        return None  # a place does nothing by itself
    name = " ".join(sentence.text_of(document, first, end).split())
    for lead in ("The ", "the ", "A ", "a ", "an "):
        name = name.removeprefix(lead)
    side = side_of(name)
    if side is None and source is not None and sentence.lower[first] in _OWN:
        side = source.side
    return Actor(name, role, side) if name and name[0].isalpha() else None
