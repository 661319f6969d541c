"""Which of the numbers of a sentence an event counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.events.quantities import NUMBER_WORDS, quantities
from geo.text.words import words

if TYPE_CHECKING:
    from geo.events.sentence import Sentence
    from geo.ontology import EventType, Hit
    from geo.types import Quantity

_WHAT: Final[dict[str, frozenset[str]]] = {
    "casualties": words("killed wounded people troops"),
    "control_change": words("settlements area"),
    "advance": words("area settlements"),
    "evacuation": words("evacuated people"),
    "deportation": words("deported people displaced"),
    "displacement": words("displaced people evacuated"),
    "detention": words("detained people prisoners"),
    "prisoner_exchange": words("prisoners people troops"),
    "aircraft_downed": words("aircraft drones munitions"),
    "arms_supply": words("weapons munitions drones aircraft"),
    "mobilisation": words("troops people"),
    "infrastructure_damage": words("buildings"),
    "referendum": words("share votes"),
    "condemnation": words("votes votes_against abstentions"),
    "recognition": words("votes votes_against abstentions"),
    "election": words("share votes people"),
    "earthquake": words("killed wounded buildings"),
    "storm": words("killed wounded buildings"),
    "flood": words("killed wounded buildings"),
    "landslide": words("killed wounded buildings"),
    "wildfire": words("killed wounded buildings"),
    "protest": words("people"),
    "strike": words("munitions drones aircraft killed wounded buildings"),
    "shelling": words("munitions killed wounded buildings"),
    "explosion": words("killed wounded buildings"),
    "clash": words("killed wounded"),
}


def counted(sentence: Sentence, hit: Hit, kind: EventType, text: str) -> tuple[Quantity, ...]:
    """Quantities of the event that the trigger `hit` tells of.

    Parameters
    ----------
    sentence : Sentence
    hit : Hit
    kind : EventType
        It says what can be counted.
    text : str
        The document's text.

    Returns
    -------
    tuple of Quantity
        Those of the trigger's own clause where several triggers share the sentence; empty for a type that
        counts nothing.
    """
    wanted = _WHAT.get(kind.name)
    if wanted is None:
        return ()
    if sentence.counted is None:
        lower = sentence.lower
        numbers = not NUMBER_WORDS.isdisjoint(lower) or any(word[0].isdigit() for word in lower)
        told = quantities(text, sentence.start, sentence.end) if numbers else []
        dated = [time.span for time in sentence.times if time.span]  # "on June 22 with bombs" counts no bombs
        sentence.counted = [item for item in told if not any(a <= item[0] < b for a, b in dated)]
    found = [item for item in sentence.counted if item[1].what in wanted]
    if ";" in sentence.lower:
        found = [item for item in found if not _is_of_another(sentence, hit, item[0])]
    if len(sentence.hits) > 1 and len(found) > 1:
        first, last = sentence.clause_of(hit.start)
        inside = [q for q in found if first <= sentence.token_at(q[0]) < last]
        found = inside or found
    return tuple(quantity for _, quantity in found)


def _is_of_another(sentence: Sentence, hit: Hit, at: int) -> bool:
    """Whether a number stands behind a semicolon beside another trigger."""
    own, other = sentence.part_of(hit.start), sentence.part_of(sentence.token_at(at))
    return own != other and any(other[0] <= hit.start < other[1] for hit in sentence.hits)
