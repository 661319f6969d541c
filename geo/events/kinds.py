"""What a trigger tells of where its words alone do not decide: by its object, its subject and the text around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.events.inheriting import FIGHTING
from geo.events.parties import side_of
from geo.events.quantities import NUMBER_WORDS
from geo.events.sentence import AUXILIARIES
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.draft import Draft
    from geo.events.sentence import Sentence
    from geo.ontology import Hit, Ontology, Trigger

_FREED: Final = frozenset({"free", "frees", "freed"})
_WON: Final = frozenset({"take", "takes", "took", "taken", "hold", "holds", "held", "lose", "loses", "lost"})
_BLAZES: Final = frozenset({"blaze", "blazes", "inferno", "fire", "fires"})
_OBJECT: Final = 4
"""Tokens of a verb's object that are looked at."""
_SUBJECT: Final = 10
"""Tokens in front of a verb in which its subject stands."""

_SEIZED: Final = words("seized captured taken held caught freed")
_SEIZING: Final = words(
    "capture captures captured capturing seize seized seizes seizing free freed frees freeing"
)
_BEHIND_OBJECT: Final = words(
    """in at near from outside off around on of with who whom after before during as while by when and or , . ; : for
    to suspected accused wanted alive last early late over under into without trying since"""
)
_AT_PLACE: Final = (["in"], ["at"], ["near"], ["from"], ["outside"], ["off"], ["around"])


class Kinds:
    """Types of triggers in one document.

    Parameters
    ----------
    ontology : Ontology
    found : sequence of Draft
        What the document has told of so far; it grows while it is read.
    """

    def __init__(self, ontology: Ontology, found: Sequence[Draft]) -> None:
        self.ontology, self.found = ontology, found
        self._people = frozenset().union(
            *(ontology.words.get(name, frozenset()) for name in ("people", "person", "captives", "seizable"))
        )

    def of(self, sentence: Sentence, hit: Hit, trigger: Trigger) -> str:
        """Name of the type that `trigger` tells of at `hit`."""
        if sentence.lower[hit.end - 1] in _BLAZES and any(draft.type == "wildfire" for draft in self.found):
            return "wildfire"  # another fire of those that the text is about
        if trigger.type == "sabotage" and _bursts(sentence, hit):
            return "explosion"
        if trigger.type != "control_change":
            return trigger.type
        if _takes_people(sentence, hit, self._people):
            return (
                "detention" if _FREED.isdisjoint(sentence.lower[hit.start : hit.end]) else "prisoner_exchange"
            )
        return "election" if self._is_vote(sentence, hit) else trigger.type

    def _is_vote(self, sentence: Sentence, hit: Hit) -> bool:
        """Whether the text is about a vote and no fight: "the senator took three regions"."""
        if _WON.isdisjoint(sentence.lower[hit.start : hit.end]):
            return False
        if any(other.readings[0][0].type == "election" for other in sentence.hits):
            return True
        told = {draft.type for draft in self.found}
        return "election" in told and all(self.ontology.family(t) not in FIGHTING for t in told)


def _takes_people(sentence: Sentence, hit: Hit, people: frozenset[str]) -> bool:
    """Whether those seized are people, not a place: "200 women who were out near X were seized by rebels".

    The subject of the passive holds one of `people`, and no place without a preposition stands there.
    """
    lower = sentence.lower
    verb = next((word for word in lower[hit.start : hit.end] if word not in AUXILIARIES), "")
    if _has_people_behind(sentence, hit, people):
        return True
    if verb not in _SEIZED:
        return False
    if "whom" in lower[max(0, hit.start - _SUBJECT) : hit.start]:
        return True
    told = {"was", "were", "been"} & set(lower[max(0, hit.start - 2) : hit.end])
    headline = verb == "freed" and not people.isdisjoint(lower[max(0, hit.start - 1) : hit.start])
    if not told and not headline:
        return False
    first = max((i + 1 for i in range(hit.start) if lower[i] in ";:,"), default=0)
    first = max(first, hit.start - 2 * _SUBJECT)
    bare = any(
        first <= ref.first < hit.start and lower[ref.first - 1 : ref.first] not in _AT_PLACE
        for ref in sentence.refs
    )
    return not bare and not people.isdisjoint(lower[first : hit.start])


def _has_people_behind(sentence: Sentence, hit: Hit, people: frozenset[str]) -> bool:
    """Whether the object of a seizing verb is a person or more: "captured a leader of the gang", "freed 90 Danes".

    The first noun that such words end in decides, so that "captured the rebels' base" stays a place's.
    """
    lower = sentence.lower
    if lower[hit.start] not in _SEIZING or hit.end - hit.start > 1:
        return False
    counted = False
    first = _behind_scene(sentence, hit.end)
    for i in range(first, min(first + _OBJECT + 2, len(lower))):
        after = lower[i + 1] if i + 1 < len(lower) else "."
        if lower[i] in people:
            return after in _BEHIND_OBJECT
        if counted and lower[i].endswith("s") and side_of(lower[i]) is not None:
            return after in _BEHIND_OBJECT
        if lower[i] in _BEHIND_OBJECT and not (i == first and lower[i] == "to"):
            return False
        counted = lower[i][0].isdigit() or lower[i] in NUMBER_WORDS
    return False


def _behind_scene(sentence: Sentence, first: int) -> int:
    """First token behind a place that stands between a verb and its object: "captured in X two smugglers"."""
    if first >= len(sentence.lower) or sentence.lower[first] not in {"in", "at", "near"}:
        return first
    return next((ref.last for ref in sentence.refs if ref.first == first + 1), first)


def _bursts(sentence: Sentence, hit: Hit) -> bool:
    """Whether something blew up by itself: "a gas cylinder blew up in a bakery"; not "rebels blew up a bridge"."""
    lower = sentence.lower
    after = lower[hit.end] if hit.end < len(lower) else "."
    return lower[hit.start] in {"blew", "blow", "blows"} and after in _BEHIND_OBJECT | {'"', "”"}
