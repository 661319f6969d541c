"""What the one who speaks has to do with what is told: where he stands, what goes on behind him, whose act it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geo.events.saying import Speech
    from geo.events.sentence import Sentence
    from geo.ontology import EventType, Hit

_TRAIL: Final = 6
"""Tokens between the verb of saying and a participle that goes on with what was said."""


def trails(sentence: Sentence, hit: Hit, speech: Speech) -> bool:
    """Whether a participle goes on with what was said before the speaker: "X was hit, Y said, injuring three"."""
    lower = sentence.lower
    close = 0 < hit.start - speech.verb <= _TRAIL and lower[hit.start - 1] == ","
    return close and lower[hit.start].endswith("ing")


def venue(sentence: Sentence, speech: Speech) -> set[int]:
    """Mentions that stand with the speaker: all before a verb in front, but for one who asks for something."""
    first, last = speech.subject if speech.suffix else (0, speech.verb if speech.kind != "call" else 0)
    scene = sentence.lower[0] in {"in", "at", "near"} and not speech.suffix
    return {
        ref.index
        for ref in sentence.refs
        if first <= ref.first < last
        and not (
            scene and (sentence.lower[ref.last : ref.last + 1] == [","] or ref.last == speech.subject[0])
        )
    }


def is_own(speech: Speech, sentence: Sentence, hit: Hit, kind: EventType) -> bool:
    """Whether saying it makes it so, or it is the speaker's own loss.

    A state announces its mobilisation; an army says that its troops have withdrawn.
    """
    if speech.source is None:
        return False
    near = hit.start - speech.verb <= 8
    if kind.name == "withdrawal":
        return speech.kind in {"say", "confirm"} and bool(
            {"its", "their", "our", "his", "it"} & set(sentence.lower[speech.verb : hit.start])
        )
    return "performative" in kind.flags and near and speech.source.verb in {"announce", "declare", "order"}
