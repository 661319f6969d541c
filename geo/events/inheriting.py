"""Places for triggers whose own clause names none: inherited with a stated reason, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.events.anaphora import anaphor, fits
from geo.events.owners import (
    as_origin,
    by_clause_before,
    by_doers,
    by_expeller,
    by_local_teller,
    by_own_land,
    by_teller,
    owns,
    taken_over,
)
from geo.events.parties import side_of
from geo.events.placing import Placed, places_of, takes_unknown
from geo.events.roles import role_of
from geo.events.topics import goes_on, is_elsewhere, listed_with, one_spot
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
_HARMFUL: Final = _SCENES | {"air_defence"}
_PRONOUNS: Final = words("it they he she there these those")
_HARM: Final = frozenset({"casualties", "infrastructure_damage", "aircraft_downed"})
"""What may be told of two sentences later."""
_ON_THE_SPOT: Final = frozenset({"persons", "combat", "fires", "protest"})
"""Families of what goes on where the sentence before was."""
_FROM_HOME: Final = frozenset({"deportation", "displacement"})
_OBJECTS: Final = words("it them")
_PASSED: Final = frozenset({"from", "towards"})
"""Roles of places that people have left or not reached: "there" is another."""
_VOTES: Final = words(
    "hold holds held holding stage stages staged staging vote votes voted voting conduct conducted organise organised"
)
_FIGHTS: Final = words(
    "raid raids attack attacks assault assaults operation strike strikes bombing bombings blast blasts incursion ambush"
)
_POINTING: Final = words("the this that these those")
_FOUGHT: Final = frozenset({"fires", "combat"})
_BALLOTS: Final = frozenset({"referendum", "election"})
_NEAR_VERB: Final = 5
_DEFINITE: Final = words("the this that these those its their such further more")
_LOOK_BACK: Final = 3
"""Sentences within which "the plant" finds its plant."""


_TAKES_PLACE: Final = frozenset({"control_change", "shelling", "siege"})
"""Types whose verbs have the place for their object."""


class Placer:
    """Places triggers with what earlier sentences leave behind.

    ``found`` are the drafts so far, shared with whoever reads the document.
    """

    def __init__(self, reader: Reader, ontology: Ontology) -> None:
        self.reader, self.ontology = reader, ontology
        self.found: list[Draft] = []
        self.real = True  # whether the trigger that is being placed tells of what happened

    def _recent(self, sentence: Sentence) -> list[tuple[int, PlaceRef]]:
        """Places named in the last sentences, each with the index of its sentence."""
        last = range(max(0, sentence.index - _LOOK_BACK), sentence.index)
        return [(i, ref) for i in last for ref in self.reader.named(i) if _can_be_meant(ref)]

    def placed(self, sentence: Sentence, k: int, hit: Hit, trigger: Trigger, kind: EventType) -> Placed:
        """Places of the hit `k`; empty where no rule gives one."""
        own = places_of(sentence, k, trigger, kind)
        if trigger.pos == "verb" and trigger.type in _TAKES_PLACE and takes_unknown(sentence, hit):
            behind = {ref.index for ref in sentence.refs if ref.first >= hit.end}
            return own if any(place.mention in behind for place in own.places) else Placed(())
        if (
            "movement" in kind.flags
            and own.places
            and all(place.role in {"to", "towards"} for place in own.places)
        ):
            origin = self._by_anaphor(sentence, hit)
            return Placed((*as_origin(origin), *own.places), own.reason) if origin else own
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
            found = self._by_people(sentence, hit) or by_expeller(sentence, hit, kind)
            if found:
                return found
        return self._by_topic(sentence, hit, trigger) or by_doers(sentence, hit, kind) or Placed(())

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
        fights = [draft for draft in before if self.ontology.family(draft.type) in _FOUGHT]
        return fights[-1] if fights else None

    def where_seen(self, sentence: Sentence, subject: tuple[int, int]) -> Placed:
        """The place of witnesses who tell of it: "residents of X reported shelling"; empty where none is named."""
        refs = [ref for ref in sentence.refs if subject[0] <= ref.first < subject[1] and _stands_for(ref, ())]
        return taken_over(refs[:1], "where the witnesses are") if refs else Placed(())

    def _by_anaphor(self, sentence: Sentence, hit: Hit) -> Placed | None:
        first, last = sentence.clause_of(hit.start)
        own = by_own_land(sentence, hit, last)
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
        recent = [(i, ref) for i, ref in self._recent(sentence) if fits(ref.place, kinds)]
        known = [ref for _, ref in recent]
        literal = [ref for ref in known if ref.role == "literal"]
        known = literal or known
        if not here and words_.split()[-1] in {"region", "area", "territory", "district"}:
            # "the region" around a town named just before is told of by the town
            here = [
                ref
                for ref in sentence.refs
                if ref.first < hit.start and _stands_for(ref, ("city", "town", "village"))
            ]
        if words_ == "there":
            here = [ref for ref in here if role_of(sentence, ref) not in _PASSED] or here
        plural = words_.endswith("s") and words_.split()[-1] not in {"this"}
        refs = here[-1:] or known[-1:]
        if plural and known and not here:
            refs = [ref for i, ref in recent if i == recent[-1][0]]
        return taken_over(refs, f'"{words_}" stands for it') if refs else None

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
                return taken_over([ref], "those who vote")
        owners = [ref for ref in sentence.refs if ref.last <= hit.start and owns(sentence, ref)]
        return taken_over(owners[-1:], "those who vote") if owners else None

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
            return taken_over(fronted[:1], "named at the beginning of the sentence")
        first, _ = sentence.clause_of(hit.start)
        if first == 0 or "political" in kind.flags or trigger.pos != "verb" or ";" in sentence.lower[:first]:
            return None
        before = self._placed_since(sentence.index)
        participle = hit.start == first and sentence.lower[first].endswith("ing")
        if before and (participle or sentence.lower[first] in _GOES_ON or sentence.lower[first] == "that"):
            return goes_on(before[-1], sentence)
        if participle or sentence.lower[first] in _COORDINATED:
            return by_clause_before(sentence, first, kind)
        if sentence.lower[first] in _OF_MAIN:
            main = [ref for ref in sentence.refs if ref.role == "literal" and ref.place and ref.last <= first]
            if main and role_of(sentence, main[-1]) in {"at", "near"}:
                return taken_over(main[-1:], "named in the main clause")
        return None

    def _only_place_before(self, sentence: Sentence) -> Placed | None:
        """The one town or spot that the sentence before names: "A plane crashed near X. All 60 on board died"."""
        if sentence.refs or not sentence.index:
            return None
        refs = [ref for ref in self.reader.named(sentence.index - 1) if ref.role == "literal" and ref.place]
        if len({ref.place.id for ref in refs if ref.place}) != 1:
            return None
        wide = any(ref.place and ref.place.is_area for ref in refs)
        return None if wide else taken_over(refs[:1], "the only place of the sentence before")

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
        if is_elsewhere(sentence, hit):
            return None
        previous = self._placed_since(sentence.index - 1)
        if trigger.type in _HARM and not previous and not sentence.refs:
            previous = self._placed_since(sentence.index - 2)
        if not previous and trigger.type in _HARM:
            return by_local_teller(sentence) or self._only_place_before(sentence)
        if not previous:
            return None
        if trigger.type in _CAUSED:
            return self._by_harm(sentence, previous)
        return self._pointed_back(sentence, hit, trigger, previous)

    def _by_harm(self, sentence: Sentence, previous: Sequence[Draft]) -> Placed | None:
        """Where what did the harm was, unless another country's officials tell of their own."""
        harmed = [draft for draft in previous if self.ontology.family(draft.type) in _HARMFUL]
        if not harmed:
            return None
        local = by_local_teller(sentence)
        if local and not _share_unit(local.places, [place for draft in harmed for place in draft.places]):
            return local
        peaceful = not any(self.ontology.family(draft.type) in FIGHTING for draft in self.found)
        told = by_teller(sentence, harmed[-1]) if peaceful else None
        return told or goes_on(harmed[-1], sentence, listed_with(harmed))

    def _pointed_back(
        self, sentence: Sentence, hit: Hit, trigger: Trigger, previous: Sequence[Draft]
    ) -> Placed | None:
        """The place of what "the blast", "it" or "the town's ..." means, or of the one spot told of last."""
        lower, family = sentence.lower, self.ontology.family(trigger.type)
        here = [draft for draft in previous if draft.sentence == sentence.index]
        same = [draft for draft in previous if self.ontology.family(draft.type) == family]
        definite = trigger.pos == "noun" and bool(_DEFINITE & set(lower[max(0, hit.start - 2) : hit.start]))
        following = lower[hit.end : hit.end + 1]
        object_ = bool(following) and trigger.pos == "verb"
        known = not _DEFINITE.isdisjoint(lower[hit.start + 1 : hit.end + 1])
        # "took the rest": the object is the place, or there is no event
        if object_ and known and "place" not in trigger.flags:
            again = [draft for draft in previous if draft.type == trigger.type]
            return goes_on(again[-1], sentence) if again else None
        if object_ and following[0] in _OBJECTS:
            return goes_on(previous[-1], sentence)
        if same and (definite or (lower[0] in _PRONOUNS and not here)):
            return goes_on(same[-1], sentence)
        return self._on_the_spot(sentence, hit, family, here or previous)

    def _on_the_spot(
        self, sentence: Sentence, hit: Hit, family: str, before: Sequence[Draft]
    ) -> Placed | None:
        """The one spot told of last, for what goes on there in the next sentence or behind a semicolon."""
        first, _ = sentence.part_of(hit.start)
        if not self.real or family not in _ON_THE_SPOT or not one_spot(before):
            return None
        if any(ref.role == "literal" and ref.first >= first for ref in sentence.refs):
            return None
        same_part = not first and before[-1].sentence == sentence.index
        scene = all(self.ontology.family(draft.type) in _SCENES for draft in before)
        return goes_on(before[-1], sentence) if scene and not same_part else None


def _can_be_meant(ref: PlaceRef) -> bool:
    """Whether later sentences may come back to a place: not to a country that only describes something."""
    place = ref.place
    return place is not None and (
        ref.role == "literal" or (ref.role == "modifier" and place.kind != "country")
    )


def _stands_for(ref: PlaceRef, kinds: tuple[str, ...]) -> bool:
    return ref.role == "literal" and fits(ref.place, kinds)


def _share_unit(places: Sequence[EventPlace], others: Sequence[EventPlace]) -> bool:
    """Whether two places of these lie in one first-level unit, as far as that is known."""
    units = {found.place.admin1 or found.place.country for found in others if found.place}
    return any(found.place and (found.place.admin1 or found.place.country) in units for found in places)
