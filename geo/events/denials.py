"""Denials that point back: "the ministry denied the claim" denies what was just claimed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text.words import words
from geo.types import Evidence

if TYPE_CHECKING:
    from geo.events.draft import Draft
    from geo.events.saying import Speech
    from geo.events.sentence import Sentence
    from geo.types import Document

DENIALS: Final = words(
    "deny denies denied denying reject rejects rejected rejecting refute refutes refuted dismiss dismisses dismissed"
)
"""Words without which a sentence denies nothing."""
_CLAIMS: Final = words(
    "claim claims report reports allegation allegations assertion assertions account charge it this"
)
_LEADS: Final = words("the this that these those all such its their any")
_REACH: Final = 4
"""Tokens behind the verb in which what is denied stands."""


def is_denial_of_claim(sentence: Sentence, speech: Speech) -> bool:
    """Whether a speech denies what was said before, and names it by no more than a word: "it", "the report"."""
    behind = sentence.lower[speech.verb + 1 : speech.verb + 1 + _REACH]
    for i, word in enumerate(behind):
        if word in _CLAIMS:
            following = sentence.lower[speech.verb + 2 + i : speech.verb + 3 + i]
            return following not in (["that"], ["of"], ["had"], ["was"], ["has"])
        if word not in _LEADS:
            return False
    return False


def denial_of(
    claimed: Draft, sentence: Sentence, speech: Speech, document: Document, span: tuple[int, int]
) -> Draft:
    """The draft of the denial: the same event at the same place and time, denied by another."""
    at = sentence.starts[speech.verb]
    return replace(
        claimed,
        sentence=sentence.index,
        evidence=Evidence(*span, document.text[slice(*span)]),
        trigger=(at, at + len(sentence.texts[speech.verb])),
        status="denied",
        source=speech.source,
        quantities=(),
        reasons=("denies what was said just before",),
        kind="deny",
        mutual=False,
    )


__all__ = ["DENIALS", "denial_of", "is_denial_of_claim"]
