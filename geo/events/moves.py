"""What the role of a place is to an event of a type: where movements begin and end, what else "to" and "from" mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.events.sentence import PlaceRef, Sentence
    from geo.ontology import EventType, Hit
    from geo.types import PlaceRole

_MOVING_OBJECT: Final = words(
    """evacuate evacuated evacuates evacuating flee fled flees fleeing leave left leaves leaving vacate
    vacated abandon abandoned quit"""
)
_TOWARDS: Final[Mapping[str, PlaceRole]] = {
    "advance": "towards",
    "mobilisation": "towards",
    "protest": "near",
}
"""What a place that one moves towards is to an event of a type; to all others it is nothing."""
_NOT_TAKEN: Final = frozenset({"from", "towards"})
_ENVOYS: Final = words("ambassador ambassadors envoy envoys diplomat diplomats")
_LEAVING: Final = words("left leave leaves leaving departed quit vacated")
_CARRYING_OFF: Final = ("abduct", "kidnap", "snatch", "seiz", "carried", "carry")
_TAKING: Final = words("take takes took taken taking")
_ARRIVING: Final = words(
    "reach reached reaches reaching enter entered enters entering arrive arrived arrives arriving"
)


def adapted(
    sentence: Sentence, hit: Hit, ref: PlaceRef, role: PlaceRole, kind: EventType
) -> PlaceRole | None:
    """The role as the type understands it; None where the place is no part of the event."""
    if "movement" in kind.flags:
        return _of_movement(sentence, hit, ref, role)
    if role == "from" and sentence.lower[ref.first - 1] == "of":
        role = "at"  # "drove the enemy out of X"
    if kind.name == "annexation" and role in {"to", "from"}:
        return None
    if (
        kind.name == "control_change"
        and role == "to"
        and not _TAKING.isdisjoint(sentence.lower[hit.start : hit.end])
    ):
        return None  # "took the rest to X"
    if kind.name in {"control_change", "siege"} and role in _NOT_TAKEN:
        return None
    if (
        ref.place is not None
        and ref.place.kind == "river"
        and (
            "across" in sentence.lower[max(0, ref.first - 2) : ref.first] or ref.first <= hit.start < ref.last
        )
    ):
        return None
    if role == "from" and kind.name == "detention" and ref.first > hit.start and _carries_off(sentence, hit):
        return "at"  # "abducted from X": that is where it happened
    if role == "from" and kind.name == "aircraft_downed":
        return "near"
    if (
        role == "from"
        and kind.name == "diplomacy"
        and not _ENVOYS.isdisjoint(sentence.lower[hit.start : hit.end])
    ):
        return "at"  # "called its ambassador home from X"
    if role == "to" and kind.name != "arms_supply":
        return "at"
    return _TOWARDS.get(kind.name) if role == "towards" else role


def _of_movement(sentence: Sentence, hit: Hit, ref: PlaceRef, role: PlaceRole) -> PlaceRole:
    """The role of a place in a movement."""
    if role == "near" and sentence.lower[hit.start] in _ARRIVING and ref.first > hit.start:
        return "to"  # "reached the camps around X"
    if role == "at" and sentence.lower[ref.first - 1] in _LEAVING:
        return "from"
    if (
        role == "at"
        and ref.first > hit.start
        and (sentence.lower[hit.end - 1] in {"to", "into"} or sentence.lower[hit.start] in _ARRIVING)
    ):
        return "to"
    before = sentence.lower[max(hit.start, ref.first - 5) : ref.first]
    if role == "at" and before[-1:] in (["in"], ["at"], ["near"]) and _goes_to(before):
        return "to"  # "taken to shelters in X"
    moved = sentence.lower[hit.start] in _MOVING_OBJECT
    return (
        "from"
        if role == "at"
        and moved
        and ref.first > hit.start
        and sentence.lower[ref.first - 1] not in {"in", "at"}
        else role
    )


def _carries_off(sentence: Sentence, hit: Hit) -> bool:
    return any(word.startswith(_CARRYING_OFF) for word in sentence.lower[hit.start : hit.end])


def _goes_to(words_: Sequence[str]) -> bool:
    """Whether "to" opens where somebody goes: not in "from house to house"."""
    at = words_.index("to") if "to" in words_ else len(words_)
    return at + 1 < len(words_) and (at == 0 or words_[at - 1] != words_[at + 1])
