"""Which of the places in a sentence an event happened at: prepositions, lists and clauses decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.events.anaphora import inherited
from geo.events.areas import area_around, without_containers
from geo.events.moves import adapted
from geo.events.roles import ROLES, role_of
from geo.events.sentence import AUXILIARIES, is_finite
from geo.text.words import words
from geo.types import EventPlace, PlaceRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.events.sentence import PlaceRef, Sentence
    from geo.ontology import EventType, Hit, Trigger

_TOO_WIDE: Final = frozenset({"country", "continent", "sea", "river"})
_ON_THE_GROUND: Final = words(
    """airport port harbour harbor station hospital hospitals market bazaar prison jail university school schools mosque
    church cathedral temple stadium parliament palace streets square centre center outskirts suburb suburbs district
    districts quarter neighbourhood neighbourhoods residents inhabitants people population villagers villages towns
    homes houses bridge power refinery plant airfield airbase base bases barracks garrison waterfront beaches coast
    chinatown old main central western eastern northern southern international defences defenders"""
)
_DESCRIPTION: Final = 10
"""Tokens between a place and the one that says where it lies."""
_STATEMENTS: Final = frozenset({"condemnation", "threat", "sanction"})
_ELABORATES: Final = words("citing including namely notably especially particularly")
_OPENS_DETAIL: Final = frozenset({"after", "before", "when", "while", "as", "who", "that", "which"})
_CAUSING: Final = frozenset({"after", "when", "as", "who", "that", "which"})
"""What opens a clause that tells of what people died in."""
_RELATIVES: Final = frozenset({"which", "where", "who", "whose", "that"})
_BEHIND_NAME: Final = words(", . ; in on near after from during at and last this overnight")
_LEADS_TO_PLACE: Final = words("the a town village city district settlement port of towns villages nearby")


@dataclass(frozen=True, slots=True)
class Placed:
    """Places of one trigger in order, and why they were taken ("" where they stand in its own clause)."""

    places: tuple[EventPlace, ...]
    reason: str = ""


NOWHERE: Final = Placed(())


def places_of(sentence: Sentence, k: int, trigger: Trigger, kind: EventType) -> Placed:
    """Places of the hit `k` inside its own sentence.

    Parameters
    ----------
    sentence : Sentence
    k : int
        Index among the sentence's hits.
    trigger : Trigger
        The reading that was chosen.
    kind : EventType

    Returns
    -------
    Placed
        Empty where the clause and those it hangs on name no literal place.
    """
    if not sentence.refs:
        return NOWHERE
    hit = sentence.hits[k]
    moving = "movement" in kind.flags
    for reason, refs in _windows(sentence, k, trigger, moving):
        found = _event_places(sentence, hit, refs, kind)
        if reason and not moving:
            found = [inherited(place, reason) for place in found] or _plainly(refs, reason)
        if any(place.role != "from" for place in found) or (found and moving):
            return Placed(tuple(found), reason)
    return NOWHERE


def _subject_span(sentence: Sentence, first: int) -> tuple[int, int]:
    """The clause of the subject that stands before an insertion: "X, a mining town, was shelled"."""
    start, end = sentence.clause_of(first - 1)
    while start > 0 and sentence.lower[start] in _RELATIVES:
        start, end = sentence.clause_of(start - 1)
    return start, end


def _plainly(refs: Sequence[PlaceRef], reason: str) -> list[EventPlace]:
    return [EventPlace("at", ref.place, ref.index, ref.resolution.mention.text, reason) for ref in refs]


def _windows(
    sentence: Sentence, k: int, trigger: Trigger, moving: bool
) -> Iterable[tuple[str, list[PlaceRef]]]:
    """Ever wider parts of the sentence in which a place may stand, with the reason for taking it."""
    hit, hits = sentence.hits[k], sentence.hits
    first, last = sentence.clause_of(hit.start)
    following = next((other.start for other in hits[k + 1 :] if other.start < last), last)
    previous = max((other.end for other in hits[:k] if other.end > first), default=first)
    right = _refs(sentence, hit.start + 1, following)
    left = _refs(sentence, previous, hit.start, adjunct_to=hit)
    if moving:
        yield "", [*left, *right, *_elaboration(sentence, last, right)]
    opens = sentence.lower[last] if last < len(sentence.lower) else ""
    harmed_as = trigger.type == "casualties" and opens in _CAUSING
    if harmed_as and all(ref.place and ref.place.kind in _TOO_WIDE for ref in (*left, *right)):
        # "in X-land ten people died when a boat sank near Y"
        yield "named in the clause that follows", _refs(sentence, last, _clause_end(sentence, last))
    adjunct = [ref for ref in left if ref.role == "modifier"]
    described = _described(sentence, hit, left)
    if described:
        yield "", described
    if sentence.lower[first] in AUXILIARIES and first:
        left = _refs(sentence, *_subject_span(sentence, first)) or left
    if _is_passive(sentence, hit, trigger) and left:
        yield "", [*left, *[ref for ref in right if role_of(sentence, ref) == "from"]]
    if adjunct and trigger.pos == "noun":
        yield "", adjunct
    yield "", right
    if _runs_into_relative(sentence, hit, last):
        yield "", _with_preposition(sentence, _refs(sentence, last, _clause_end(sentence, last)))
    if not (trigger.pos == "verb" and trigger.type in _STATEMENTS):
        yield "", left
    if not (
        trigger.pos == "noun"
        and hit.start
        and sentence.lower[hit.start - 1] in {"the", "this", "that", "these", "those"}
    ):
        yield "", _refs(sentence, hit.end, last)
        if not (trigger.pos == "verb" and trigger.type in _STATEMENTS):
            yield "", _refs(sentence, first, hit.start, adjunct_to=hit)
    opener = sentence.lower[first]
    if opener in _RELATIVES:
        yield "named just before the relative clause", _antecedent(sentence, first, opener)
    end = _clause_end(sentence, last)
    goes_on = opens == "and" and last + 1 < len(sentence.lower) and is_finite(sentence.lower[last + 1])
    alone = not any(last <= other.start < end for other in hits)
    # "killed 12 people and wounded 30 in X": one subject, one place
    shared = goes_on and any(other.start == last + 1 and other.reading("verb") for other in hits)
    if ((opens in _OPENS_DETAIL or goes_on) and alone) or harmed_as or shared:
        yield "named in the clause that follows", _refs(sentence, last, end)


def _with_preposition(sentence: Sentence, refs: list[PlaceRef]) -> list[PlaceRef]:
    """Those with a preposition, where some have one: in "that X staged in Y" X is the subject."""
    return [ref for ref in refs if ref.first and sentence.lower[ref.first - 1] in ROLES] or refs


def _described(sentence: Sentence, hit: Hit, left: Sequence[PlaceRef]) -> list[PlaceRef]:
    """The place that a participle describes: "Timor, annexed in 1976 by ..."."""
    reading = hit.reading("verb")
    if reading is None or reading[1] not in {"past", "part"} or not left or hit.end - hit.start > 2:
        return []
    ref = left[-1]
    if ref.role != "literal":
        return []  # "police of X captured in Y"
    gap = sentence.lower[ref.last : hit.start]
    following = sentence.lower[hit.end : hit.end + 1]
    return (
        [ref]
        if gap in ([], [","])
        and following
        and following[0] in {"by", "in", "from", "last", "on", "at", "since"}
        else []
    )


def _clause_end(sentence: Sentence, first: int) -> int:
    return sentence.clause_of(first)[1] if first < len(sentence.lower) else first


def _runs_into_relative(sentence: Sentence, hit: Hit, last: int) -> bool:
    """Whether the noun is the antecedent of the next clause: "a blast that wrecked homes in X"."""
    return last < len(sentence.lower) and sentence.lower[last] in {"that", "which"} and last - hit.end <= 1


def _refs(sentence: Sentence, first: int, last: int, adjunct_to: Hit | None = None) -> list[PlaceRef]:
    return [
        ref
        for ref in sentence.refs
        if first <= ref.first < last
        and ref.index not in sentence.taken
        and (
            ref.role == "literal"
            or is_site(sentence, ref)
            or (adjunct_to is not None and _is_adjunct(sentence, ref, adjunct_to))
        )
    ]


def is_site(sentence: Sentence, ref: PlaceRef) -> bool:
    """Whether a town or region only says whose something on the ground is: "X's airport", "X residents"."""
    if ref.role != "modifier" or ref.place is None or ref.place.kind in _TOO_WIDE:
        return False
    behind = sentence.lower[ref.last : ref.last + 4]
    owned = behind[:1] in (["'s"], ["’s"])
    return not _ON_THE_GROUND.isdisjoint(behind[1:] if owned else behind[:1])


def _is_adjunct(sentence: Sentence, ref: PlaceRef, hit: Hit) -> bool:
    """Whether a modifier stands before the noun of the event itself: "the Kherson offensive"."""
    return (
        ref.role == "modifier"
        and ref.last <= hit.start <= ref.last + 1
        and sentence.lower[ref.last - 1] not in {"us", "u.s."}
    )


def _antecedent(sentence: Sentence, first: int, opener: str) -> list[PlaceRef]:
    """The place that a relative clause hangs on; "that" and "who" only right behind it."""
    before = [ref for ref in sentence.refs if ref.last <= first and ref.role == "literal"]
    gap = 3 if opener in {"where", "which"} else 1
    lower = sentence.lower
    return [
        ref
        for ref in before[-1:]
        if first - ref.last <= gap
        # "X, a town nearest to the epicentre, where"
        or (gap > 1 and first - ref.last <= _DESCRIPTION and lower[ref.last] == "," == lower[first - 1])
    ]


def _elaboration(sentence: Sentence, last: int, right: Sequence[PlaceRef]) -> list[PlaceRef]:
    """Places that a following "citing ...", "including ..." or a further "and to ..." spells out."""
    lower = sentence.lower
    if last >= len(lower):
        return []
    opener = next((i for i in range(last, min(last + 3, len(lower))) if lower[i] in _ELABORATES), None)
    if opener is None:
        opener = next(
            (i for i in range(last, len(lower) - 1) if lower[i] == "and" and lower[i + 1] == "to"), None
        )
    if opener is None:
        return []
    known = {ref.index for ref in right} | sentence.taken
    return [
        ref
        for ref in sentence.refs
        if ref.first > opener and ref.role == "literal" and ref.index not in known
    ]


def _is_passive(sentence: Sentence, hit: Hit, trigger: Trigger) -> bool:
    """Whether the place is the subject: "X was shelled", "X fell", "X came under fire"."""
    if "passive" in trigger.flags:
        return True
    lower = sentence.lower
    back = lower[max(0, hit.start - 5) : hit.start]
    if trigger.pos == "noun":
        return any(
            pair in " ".join(back)
            for pair in (
                "subjected to",
                "hit by",
                "rocked by",
                "struck by",
                "target of",
                "come under",
                "came under",
            )
        )
    reading = hit.reading("verb")
    return (
        reading is not None
        and reading[1] in {"past", "part"}
        and bool({"was", "were", "been", "being", "is", "are", "be"} & set(back))
    )


def _event_places(
    sentence: Sentence, hit: Hit, refs: Sequence[PlaceRef], kind: EventType
) -> list[EventPlace]:
    kept = without_containers(sentence, refs)
    elaborated = [
        ref.first for ref in kept if any(word in _ELABORATES for word in sentence.lower[hit.end : ref.first])
    ]
    found = []
    for ref in kept:
        role = adapted(sentence, hit, ref, role_of(sentence, ref), kind)
        if role == "near" and _only_tells_where(sentence, ref, kept):
            continue
        if ref.first in elaborated and "movement" in kind.flags:
            role = "to"
        if role is not None:
            found.append(_event_place(sentence, role, ref, refs))
    return found


def _only_tells_where(sentence: Sentence, ref: PlaceRef, kept: Sequence[PlaceRef]) -> bool:
    """Whether "near X" describes the place named just before: "A, 60 km from X", "A, across the river from X"."""
    before = [other for other in kept if other.last <= ref.first]
    if not before:
        return False
    between = sentence.lower[before[-1].last : ref.first]
    return len(between) <= _DESCRIPTION and not {"and", "or", ";"} & set(between)


def _event_place(sentence: Sentence, role: PlaceRole, ref: PlaceRef, refs: Sequence[PlaceRef]) -> EventPlace:
    """The place of a mention; where nobody knows it, the area that the text puts it in, and so it says."""
    text = ref.resolution.mention.text
    area = area_around(sentence, ref, refs)
    if area is None or area.place is None:
        return EventPlace(role, ref.place, ref.index, text)
    return EventPlace(
        role, area.place, area.index, text, f"{text} is not known; it lies in {area.place.name}"
    )


def takes_unknown(sentence: Sentence, hit: Hit) -> bool:
    """Whether the verb's object is one word, a name that is no known place: "captured Xyz on Monday"."""
    lower, texts = sentence.lower, sentence.texts
    first = hit.end
    while first < len(lower) and lower[first] in _LEADS_TO_PLACE:
        first += 1
    last = first
    while last < len(lower) and texts[last][0].isupper():
        last += 1
    named = last - first > 1 or any(ref.first < last and ref.last > first for ref in sentence.refs)
    return first < last and not named and (last == len(lower) or lower[last] in _BEHIND_NAME)
