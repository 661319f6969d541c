"""Places for triggers whose own clause names none: inherited with a stated reason, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.events.anaphora import anaphor, fits, inherited
from geo.events.parties import side_of
from geo.events.placing import Placed, places_of
from geo.events.roles import role_of
from geo.events.speech import speech_verbs
from geo.text.words import words
from geo.types import EventPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.draft import Draft
    from geo.events.sentence import PlaceRef, Reader, Sentence
    from geo.ontology import EventType, Hit, Ontology, Trigger

FIGHTING: Final = frozenset({"fires", "combat", "control", "air_defence"})
"""Families that make a text tell of a conflict."""
_FRONTED: Final = frozenset({"in", "at", "near", "across", "on"})
_COORDINATED: Final = frozenset({"and", "but"})
_OF_MAIN: Final = frozenset({"after", "when", "as"})
_GOES_ON: Final = frozenset({"before", "after", "and", "when", "as", "while", "but", "with"})
_CAUSED: Final = frozenset(
    {"casualties", "infrastructure_damage", "evacuation", "displacement", "aircraft_downed"}
)
_SCENES: Final = frozenset({"persons", "combat", "fires", "protest", "harm", "disaster", "control"})
_HARM: Final = frozenset({"casualties", "infrastructure_damage", "aircraft_downed"})
"""What may be told of two sentences later."""
_ON_THE_SPOT: Final = frozenset({"persons", "combat", "fires", "protest"})
"""Families of what goes on where the sentence before was."""
_FROM_HOME: Final = frozenset({"deportation", "displacement"})
_TOPIC: Final = "topic of the sentence before"
SAME: Final = "goes on in the same sentence"
_OBJECTS: Final = words("it them")
_VOTES: Final = words(
    "hold holds held holding stage stages staged staging vote votes voted voting conduct conducted organise organised"
)
_STATES: Final = frozenset({"country", "admin1"})
_LOCAL: Final = frozenset({"admin1", "admin2", "region", "island", "city", "town", "village"})
_FIGHTS: Final = words(
    "raid raids attack attacks assault assaults operation strike strikes bombing bombings blast blasts incursion ambush"
)
_POINTING: Final = words("the this that these those")
_FOUGHT: Final = frozenset({"fires", "combat"})
_OWN: Final = words("its their")
_LANDS: Final = words("airspace territory soil waters shores")
_BALLOTS: Final = frozenset({"referendum", "election"})
_NEAR_VERB: Final = 5
_OTHER: Final = words("another other separate separately second third elsewhere different further")
_ELSEWHERE: Final = words("elsewhere separately meanwhile")
_CALLED: Final = words("called named known")
_KINDS: Final = words(
    "village town city hamlet settlement district camp place area neighbourhood neighborhood"
)
_DEFINITE: Final = words("the this that these those its their such further more")
_LOOK_BACK: Final = 3
"""Sentences within which "the plant" finds its plant."""


class Placer:
    """Places triggers with what earlier sentences leave behind.

    ``found`` are the drafts so far, shared with whoever reads the document; ``recent`` the places named in
    the last sentences.
    """

    def __init__(self, reader: Reader, ontology: Ontology) -> None:
        self.reader, self.ontology = reader, ontology
        self.found: list[Draft] = []
        self.recent: list[tuple[int, PlaceRef]] = []
        self.real = True  # whether the trigger that is being placed tells of what happened

    def remember(self, sentence: Sentence) -> None:
        """Keep the places of a sentence that was read, and forget those too far back."""
        if self.recent:
            self.recent = [(i, ref) for i, ref in self.recent if sentence.index - i < _LOOK_BACK]
        self.recent += [
            (sentence.index, ref)
            for ref in sentence.refs
            if ref.place
            and (ref.role == "literal" or (ref.role == "modifier" and ref.place.kind != "country"))
        ]

    def placed(self, sentence: Sentence, k: int, hit: Hit, trigger: Trigger, kind: EventType) -> Placed:
        """Places of the hit `k`; empty where no rule gives one."""
        own = places_of(sentence, k, trigger, kind)
        if (
            "movement" in kind.flags
            and own.places
            and all(place.role in {"to", "towards"} for place in own.places)
        ):
            origin = self._by_anaphor(sentence, hit)
            return Placed((*_as_origin(origin), *own.places), own.reason) if origin else own
        if own.places and not own.reason:
            return own
        found = (
            self._by_anaphor(sentence, hit)
            or (own if own.places else None)
            or self._fronted(sentence, hit, trigger, kind)
        )
        if not found and kind.name in _BALLOTS:
            return self._by_voters(sentence, hit) or Placed(())
        if found or ("place" in trigger.flags and "object" not in trigger.flags):
            return found or Placed(())
        if kind.name in _FROM_HOME:
            found = self._by_people(sentence, hit) or _by_expeller(sentence, hit, kind)
            if found:
                return found
        return self._by_topic(sentence, hit, trigger) or _by_doers(sentence, hit, kind) or Placed(())

    def told_again(self, sentence: Sentence, hit: Hit, trigger: Trigger) -> Draft | None:
        """The fighting told of just before that "the raid", "these attacks" mean, whatever word it had there."""
        if trigger.pos != "noun" or sentence.lower[hit.end - 1] not in _FIGHTS:
            return None
        if _POINTING.isdisjoint(sentence.lower[max(0, hit.start - 2) : hit.start]):
            return None
        first, last = sentence.clause_of(hit.start)
        if any(first <= ref.first < last and ref.role == "literal" for ref in sentence.refs):
            return None
        before = self._placed_since(sentence.index - 2)
        fights = [
            d for d in before if self.ontology.family(d.type) in _FOUGHT and d.sentence < sentence.index
        ]
        return fights[-1] if fights else None

    def where_seen(self, sentence: Sentence, subject: tuple[int, int]) -> Placed:
        """The place of witnesses who tell of it: "residents of X reported shelling"; empty where none is named."""
        refs = [ref for ref in sentence.refs if subject[0] <= ref.first < subject[1] and _stands_for(ref, ())]
        return _taken(refs[:1], "where the witnesses are") if refs else Placed(())

    def _by_anaphor(self, sentence: Sentence, hit: Hit) -> Placed | None:
        first, last = sentence.clause_of(hit.start)
        own = _by_own_land(sentence, hit, last)
        if own:
            return own
        noun = anaphor(sentence, first, last)
        if (
            noun is None
            and first
            and sentence.lower[first] in {"which", "and", "but", "that", "where", "before", "after"}
        ):
            noun = anaphor(sentence, max(0, first - 16), first)
        if noun is None:
            return None
        words_, kinds = noun
        here = [ref for ref in sentence.refs if ref.first < hit.start and _stands_for(ref, kinds)]
        known = [ref for _, ref in self.recent if fits(ref.place, kinds)]
        literal = [ref for ref in known if ref.role == "literal"]
        known = literal or known
        if not here and words_.split()[-1] in {"region", "area", "territory", "district"}:
            # "the region" around a town named just before is told of by the town
            here = [
                ref
                for ref in sentence.refs
                if ref.first < hit.start and _stands_for(ref, ("city", "town", "village"))
            ]
        plural = words_.endswith("s") and words_.split()[-1] not in {"this"}
        refs = here[-1:] or known[-1:]
        if plural and known and not here:
            sentence_of = max(i for i, ref in self.recent if fits(ref.place, kinds))
            refs = [ref for i, ref in self.recent if i == sentence_of and fits(ref.place, kinds)]
        return _taken(refs, f'"{words_}" stands for it') if refs else None

    def _by_people(self, sentence: Sentence, hit: Hit) -> Placed | None:
        """The country of the people moved, where the text names it: "deporting thousands of Syrians"."""
        for word in sentence.lower[hit.end : hit.end + 9]:
            code = side_of(word) if word.endswith("s") else None
            if code is None:
                continue
            at = self.reader.country(code)
            if at is not None:
                place, index, text = at
                reason = f"the people are called {word.capitalize()}"
                return Placed((EventPlace("from", place, index, text, reason),), reason)
        return None

    def _by_voters(self, sentence: Sentence, hit: Hit) -> Placed | None:
        """The country that votes, where it is the subject: "X held a referendum", "X's referendum"."""
        for ref in reversed(sentence.refs):
            gap = sentence.lower[ref.last : hit.start]
            if ref.last > hit.start or ref.role not in {"metonym", "modifier"} or len(gap) > _NEAR_VERB:
                continue
            if not gap or gap[0] in {"'s", "’s"} or not _VOTES.isdisjoint(gap):
                return _taken([ref], "those who vote")
        owners = [ref for ref in sentence.refs if ref.last <= hit.start and _owns(sentence, ref)]
        return _taken(owners[-1:], "those who vote") if owners else None

    def _fronted(self, sentence: Sentence, hit: Hit, trigger: Trigger, kind: EventType) -> Placed | None:
        """A place in front of the sentence: "In Kharkiv, ..."; else what the clause before it is about."""
        fronted = [
            ref
            for ref in sentence.refs
            if "political" not in kind.flags
            and ref.index not in sentence.taken
            and ref.role == "literal"
            and ref.place
            and ref.first <= 3
            and sentence.lower[0] in _FRONTED
        ]
        if fronted:
            return _taken(fronted[:1], "named at the beginning of the sentence")
        first, _ = sentence.clause_of(hit.start)
        if first == 0 or "political" in kind.flags or trigger.pos != "verb" or ";" in sentence.lower[:first]:
            return None
        before = self._placed_since(sentence.index)
        participle = hit.start == first and sentence.lower[first].endswith("ing")
        if before and (participle or sentence.lower[first] in _GOES_ON or sentence.lower[first] == "that"):
            return goes_on(before[-1], sentence)
        if participle or sentence.lower[first] in _COORDINATED:
            return _by_clause_before(sentence, first, kind)
        if sentence.lower[first] in _OF_MAIN:
            main = [ref for ref in sentence.refs if ref.role == "literal" and ref.place and ref.last <= first]
            if main and role_of(sentence, main[-1]) in {"at", "near"}:
                return _taken(main[-1:], "named in the main clause")
        return None

    def _only_place_before(self, sentence: Sentence) -> Placed | None:
        """The one town or spot that the sentence before names: "A plane crashed near X. All 60 on board died"."""
        refs = [ref for index, ref in self.recent if index == sentence.index - 1 and ref.role == "literal"]
        if sentence.refs or len({ref.place.id for ref in refs if ref.place}) != 1:
            return None
        wide = any(ref.place and ref.place.is_area for ref in refs)
        return None if wide else _taken(refs[:1], "the only place of the sentence before")

    def _placed_since(self, index: int) -> list[Draft]:
        """Drafts with a place of the sentence `index` and later ones, in order; the walk back ends there."""
        drafts = []
        for draft in reversed(self.found):
            if draft.sentence < index:
                break
            if draft.places:
                drafts.append(draft)
        return drafts[::-1]

    def _by_topic(self, sentence: Sentence, hit: Hit, trigger: Trigger) -> Placed | None:
        """The place of the sentence before, where the trigger points back ("the blast") or goes on with it."""
        if _is_elsewhere(sentence, hit):
            return None
        previous = self._placed_since(sentence.index - 1)
        if trigger.type in _HARM and not previous and not sentence.refs:
            previous = self._placed_since(sentence.index - 2)
        if not previous:
            alone = trigger.type in _HARM and (
                _by_local_teller(sentence) or self._only_place_before(sentence)
            )
            return alone or None
        here = [draft for draft in previous if draft.sentence == sentence.index]
        back = sentence.lower[max(0, hit.start - 2) : hit.start]
        definite = trigger.pos == "noun" and bool(_DEFINITE & set(back))
        family = self.ontology.family(trigger.type)
        same = [draft for draft in previous if self.ontology.family(draft.type) == family]
        if trigger.type in _CAUSED:
            harmed = [
                draft for draft in previous if self.ontology.family(draft.type) in _SCENES | {"air_defence"}
            ]
            peaceful = not any(self.ontology.family(draft.type) in FIGHTING for draft in self.found)
            told = _by_teller(sentence, harmed[-1]) if harmed and peaceful else None
            return told or (goes_on(harmed[-1], sentence, _listed(harmed)) if harmed else None)
        pronoun = sentence.lower[0] in {"it", "they", "he", "she", "there", "these", "those"}
        following = sentence.lower[hit.end : hit.end + 1]
        inside = not _DEFINITE.isdisjoint(sentence.lower[hit.start + 1 : hit.end])
        taken = "place" in trigger.flags  # "took the rest": the object is the place, or there is no event
        if trigger.pos == "verb" and following and not taken and (inside or following[0] in _DEFINITE):
            same_type = [draft for draft in previous if draft.type == trigger.type]
            return goes_on(same_type[-1], sentence) if same_type else None
        if trigger.pos == "verb" and following and following[0] in _OBJECTS:
            return goes_on(previous[-1], sentence)
        if same and (definite or (pronoun and not here)):
            return goes_on(same[-1], sentence)
        part = sentence.part_of(hit.start)
        literal = any(ref.role == "literal" and ref.first >= part[0] for ref in sentence.refs)
        if part[0] and here and self.real and not literal and family in _ON_THE_SPOT:
            return goes_on(here[-1], sentence) if _one_spot(here) else None
        alone = self.real and not here and not literal and family in _ON_THE_SPOT
        alone = alone and all(self.ontology.family(draft.type) in _SCENES for draft in previous)
        return goes_on(previous[-1], sentence) if alone and _one_spot(previous) else None


def _stands_for(ref: PlaceRef, kinds: tuple[str, ...]) -> bool:
    return ref.role == "literal" and fits(ref.place, kinds)


def is_another(sentence: Sentence, hit: Hit) -> bool:
    """Whether the words say that this is not what was told before: "another strike", "elsewhere, ..."."""
    around = sentence.lower[max(0, hit.start - 5) : hit.start]
    return not _OTHER.isdisjoint(around) or sentence.lower[0] in _ELSEWHERE


def _is_elsewhere(sentence: Sentence, hit: Hit) -> bool:
    """Whether the clause speaks of another place than the one before, known or not: "another strike", "in X"."""
    first, last = sentence.clause_of(hit.start)
    if is_another(sentence, hit):
        return True
    unknown = any(first <= ref.first < last and ref.place is None for ref in sentence.refs)
    named = any(
        sentence.lower[i] in _CALLED and sentence.lower[i - 1] in _KINDS for i in range(first + 1, last)
    )
    return unknown or named


def _by_expeller(sentence: Sentence, hit: Hit, kind: EventType) -> Placed | None:
    """The country that drives people out, where it is the subject: "X has sent thousands home"."""
    refs = [ref for ref in sentence.refs if ref.last <= hit.start and hit.start - ref.last <= _NEAR_VERB]
    if kind.name != "deportation" or not refs or refs[-1].role != "metonym":
        return None
    place = refs[-1].place
    if place is None or place.kind != "country":
        return None
    found = _taken(refs[-1:], "the country that drives them out")
    return Placed(_as_origin(found), found.reason)


def _by_own_land(sentence: Sentence, hit: Hit, last: int) -> Placed | None:
    """The country in "X shot down drones in its airspace"."""
    lower, end = sentence.lower, min(len(sentence.lower) - 1, last + _NEAR_VERB)
    at = next((i for i in range(hit.end, end) if lower[i] in _OWN and lower[i + 1] in _LANDS), None)
    if at is None:
        return None
    refs = [
        ref for ref in sentence.refs if ref.last <= hit.start and ref.place and ref.place.kind == "country"
    ]
    return _taken(refs[-1:], f'"{lower[at]} {lower[at + 1]}" is theirs') if refs else None


def _by_clause_before(sentence: Sentence, first: int, kind: EventType) -> Placed | None:
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
    return _taken(refs[-1:], "named in the clause before")


def _owns(sentence: Sentence, ref: PlaceRef, kinds: frozenset[str] = _STATES) -> bool:
    """Whether a state or a region owns what follows: "Georgia's electoral commission"."""
    following = sentence.lower[ref.last : ref.last + 1]
    return (
        following in (["'s"], ["’s"])
        and ref.role in {"metonym", "modifier"}
        and ref.place is not None
        and ref.place.kind in kinds
    )


def _by_local_teller(sentence: Sentence) -> Placed | None:
    """The town or region whose officials tell of harm, where nothing else says where: "X's mayor fears ..."."""
    owners = [
        ref
        for ref in sentence.refs
        if (_owns(sentence, ref, _LOCAL) and _speaks(sentence, ref)) or _governs(sentence, ref)
    ]
    return _taken(owners[:1], "whose officials tell of it") if owners else None


def _by_doers(sentence: Sentence, hit: Hit, kind: EventType) -> Placed | None:
    """The region or town whose people or officials the sentence is about, where it names no other place."""
    if "political" in kind.flags or any(ref.role == "literal" for ref in sentence.refs):
        return None
    refs = [
        ref
        for ref in sentence.refs
        if ref.role == "modifier" and ref.last <= hit.start and ref.place and ref.place.kind in _LOCAL
    ]
    return _taken(refs, "whose people the sentence is about") if len(refs) == 1 else None


def _speaks(sentence: Sentence, ref: PlaceRef) -> bool:
    """Whether the place's officials speak: a verb of saying follows soon."""
    return any(word in speech_verbs() for word in sentence.lower[ref.last : ref.last + _NEAR_VERB + 1])


def _governs(sentence: Sentence, ref: PlaceRef) -> bool:
    """Whether an official of the place speaks: "the mayor of X said"."""
    lower = sentence.lower
    return (
        0 < ref.first <= _NEAR_VERB
        and lower[ref.first - 1] == "of"
        and ref.place is not None
        and ref.place.kind in _LOCAL
        and ref.last < len(lower)
        and lower[ref.last] in speech_verbs()
    )


def _by_teller(sentence: Sentence, before: Draft) -> Placed | None:
    """The country whose officials tell of harm, where the sentence before was about another one."""
    told = {place.place.country for place in before.places if place.place}
    owners = [ref for ref in sentence.refs[:1] if _owns(sentence, ref) and ref.place and ref.place.country]
    away = [ref for ref in owners if ref.place and ref.place.country not in told]
    return _taken(away, "the country whose officials tell of it") if away and None not in told else None


def _one_spot(drafts: Sequence[Draft]) -> bool:
    """Whether all that was told last is of one town or spot, so that what follows without a place is there too."""
    found = {place.place.id: place.place for draft in drafts for place in draft.places if place.place}
    return len(found) == 1 and not any(place.is_area for place in found.values())


def _listed(drafts: Sequence[Draft]) -> list[Draft]:
    """Those of one list with the last of `drafts`: "X and Y were hit", then "ten people died"."""
    return [draft for draft in drafts if draft.trigger == drafts[-1].trigger]


def goes_on(draft: Draft, sentence: Sentence, listed: Sequence[Draft] = ()) -> Placed:
    """The places of `draft`, or of all that were `listed` with it, taken over for what goes on with it."""
    reason = _TOPIC if draft.sentence < sentence.index else SAME
    found = [place for each in listed or (draft,) for place in each.places]
    return Placed(tuple(inherited(place, reason) for place in found), reason)


def _as_origin(placed: Placed) -> tuple[EventPlace, ...]:
    return tuple(replace(place, role="from") for place in placed.places)


def _taken(refs: Sequence[PlaceRef], reason: str) -> Placed:
    from geo.types import EventPlace

    places = tuple(
        EventPlace("at", ref.place, ref.index, ref.resolution.mention.text, reason) for ref in refs
    )
    return Placed(places, reason)
