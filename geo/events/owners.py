"""Places by whose they are: who acts or speaks in the clause, whose land it is, where the clause before was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.events.placing import Placed
from geo.events.roles import role_of
from geo.events.saying import speech_verbs
from geo.text.words import words
from geo.types import EventPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.draft import Draft
    from geo.events.sentence import PlaceRef, Sentence
    from geo.ontology import EventType, Hit

_STATES: Final = frozenset({"country", "admin1"})
_LOCAL: Final = frozenset({"admin1", "admin2", "region", "island", "city", "town", "village"})
_OWN: Final = words("its their")
_OFFICES: Final = words("governor mayor head chief administrator premier")
_LANDS: Final = words("airspace territory soil waters shores")
_OF_STATE: Final = words(
    "ministry ministries minister government kremlin defence defense foreign embassy regime"
)
"""A capital in front of these stands for its country, which acts anywhere."""
_NEAR_VERB: Final = 5


def by_expeller(sentence: Sentence, hit: Hit, kind: EventType) -> Placed | None:
    """The country that drives people out, where it is the subject: "X has sent thousands home"."""
    refs = [ref for ref in sentence.refs if ref.last <= hit.start and hit.start - ref.last <= _NEAR_VERB]
    if kind.name != "deportation" or not refs or refs[-1].role != "metonym":
        return None
    place = refs[-1].place
    if place is None or place.kind != "country":
        return None
    found = taken_over(refs[-1:], "the country that drives them out")
    return Placed(as_origin(found), found.reason)


def by_own_land(sentence: Sentence, hit: Hit, last: int) -> Placed | None:
    """The country in "X shot down drones in its airspace"."""
    lower, end = sentence.lower, min(len(sentence.lower) - 1, last + _NEAR_VERB)
    at = next((i for i in range(hit.end, end) if lower[i] in _OWN and lower[i + 1] in _LANDS), None)
    if at is None:
        return None
    refs = [
        ref for ref in sentence.refs if ref.last <= hit.start and ref.place and ref.place.kind == "country"
    ]
    return taken_over(refs[-1:], f'"{lower[at]} {lower[at + 1]}" is theirs') if refs else None


def by_clause_before(sentence: Sentence, first: int, kind: EventType) -> Placed | None:
    """Where the clause before was, for a second verb: "stopped a train near X and took hostages"."""
    start, end = sentence.clause_of(first - 1)
    refs = [
        ref
        for ref in sentence.refs
        if start <= ref.first < end
        and ref.role == "literal"
        and ref.place
        and ref.index not in sentence.taken
        and role_of(sentence, ref) in {"at", "near"}
    ]
    if (
        not refs
        or "movement" in kind.flags
        or any(word in speech_verbs() for word in sentence.lower[start:end])
    ):
        return None
    return taken_over(refs[-1:], "named in the clause before")


def owns(sentence: Sentence, ref: PlaceRef, kinds: frozenset[str] = _STATES) -> bool:
    """Whether a state or a region owns what follows: "Georgia's electoral commission"."""
    following = sentence.lower[ref.last : ref.last + 1]
    return (
        following in (["'s"], ["’s"])
        and ref.role in {"metonym", "modifier"}
        and ref.place is not None
        and ref.place.kind in kinds
    )


def by_local_teller(sentence: Sentence) -> Placed | None:
    """The town or region whose officials tell of harm, where nothing else says where: "X's mayor fears ..."."""
    owners = [
        ref
        for ref in sentence.refs
        if (owns(sentence, ref, _LOCAL) and _speaks(sentence, ref)) or _governs(sentence, ref)
    ]
    return taken_over(owners[:1], "whose officials tell of it") if owners else None


def by_doers(sentence: Sentence, hit: Hit, kind: EventType) -> Placed | None:
    """The region or town whose people or officials the sentence is about, where it names no other place."""
    if "political" in kind.flags or any(ref.role == "literal" for ref in sentence.refs):
        return None
    refs = [
        ref
        for ref in sentence.refs
        if ref.role == "modifier" and ref.last <= hit.start and ref.place and ref.place.kind in _LOCAL
    ]
    if any(ref.place.kind == "city" and _is_of_state(sentence, ref) for ref in refs if ref.place):
        return None
    return taken_over(refs, "whose people the sentence is about") if len(refs) == 1 else None


def _speaks(sentence: Sentence, ref: PlaceRef) -> bool:
    """Whether the place's officials speak: a verb of saying follows soon."""
    return any(word in speech_verbs() for word in sentence.lower[ref.last : ref.last + _NEAR_VERB + 1])


def _governs(sentence: Sentence, ref: PlaceRef) -> bool:
    """Whether an official of the place speaks: "the mayor of X said", "the governor of X, Mr Y, confirmed"."""
    lower = sentence.lower
    in_office = ref.first > 1 and lower[ref.first - 2] in _OFFICES
    return (
        0 < ref.first <= _NEAR_VERB
        and lower[ref.first - 1] == "of"
        and ref.place is not None
        and ref.place.kind in _LOCAL
        and ref.last < len(lower)
        and (lower[ref.last] in speech_verbs() or (in_office and _speaks(sentence, ref)))
    )


def by_teller(sentence: Sentence, before: Draft) -> Placed | None:
    """The country whose officials tell of harm, where the sentence before was about another one."""
    told = {place.place.country for place in before.places if place.place}
    owners = [ref for ref in sentence.refs[:1] if owns(sentence, ref) and ref.place and ref.place.country]
    away = [ref for ref in owners if ref.place and ref.place.country not in told]
    return taken_over(away, "the country whose officials tell of it") if away and None not in told else None


def taken_over(refs: Sequence[PlaceRef], reason: str) -> Placed:
    """The places of `refs`, with the reason for taking them."""
    places = tuple(
        EventPlace("at", ref.place, ref.index, ref.resolution.mention.text, reason) for ref in refs
    )
    return Placed(places, reason)


def as_origin(placed: Placed) -> tuple[EventPlace, ...]:
    """The places of `placed` as where somebody came from."""
    return tuple(replace(place, role="from") for place in placed.places)


def _is_of_state(sentence: Sentence, ref: PlaceRef) -> bool:
    """Whether the city's name stands for its state: "Moscow's defence ministry"."""
    return not _OF_STATE.isdisjoint(sentence.lower[ref.last : ref.last + 4])
