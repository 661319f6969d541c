"""How a trigger is read where it stands: as verb or noun, as an event of its own or as part of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.events.sentence import AUXILIARIES, is_finite
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.sentence import Sentence
    from geo.ontology import Hit, Ontology, Trigger

_DETERMINERS: Final = words(
    """the a an this that these those its his her their our my any some no every each another such both several many
    more first second last new two three four five dozens of by in after during from with under against amid despite
    other further latest recent deadly heavy renewed intense major massive alleged missile air drone rocket russian
    ukrainian israeli american artillery"""
)
_NUMBERS: Final = words(
    """two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty dozen
    dozens scores hundreds thousands several many hundred thousand million"""
)
_AFTER_NOUN: Final = words(
    """on against in at of near by between that which was were is are has have had will continued , . with
    targeting and from during after"""
)
_AFTER_VERB: Final = words(
    """the a an its his her their several two three four five six dozens hundreds civilians at least more
    about some"""
)
_ARTICLES: Final = words("a an the this that its his her their our my every each 's ’s")
_PLURALS: Final = words(
    """police military militia people men women children gunmen policemen servicemen crew staff who to and or will
    would can could may might must should did do does not youth infantry cavalry majority number public navy army"""
)
"""Words that a verb in the plural can follow, and that no noun phrase goes through."""
_PHRASE: Final = 5
"""Tokens of a noun phrase that are looked at."""
_OPENERS: Final = frozenset('"“«:;.—–-‘')
_OBJECT: Final = 4
_TO_OBJECT: Final = words(
    "the of town city village port region territory district island nearby capital northern southern"
)
_CARRYING: Final = words("carrying transporting ferrying bringing taking")
_CLAUSE: Final = 10
"""Tokens within which a verb goes on with its noun: "a cyclone ... made landfall"."""
_SUBJECT: Final = 10
"""Tokens in front of a verb in which its subject stands."""
_HEADLINE: Final = 4
"""Fewer words in small letters make no sentence by which capitals could be told."""
_THREATENED: Final = 14
"""Tokens behind a threat in which stands what is threatened; no hit bears on another one farther away."""
_CAUSING: Final = words("caused causing left leaving cause")
_CONSEQUENCE: Final = frozenset({"casualties", "infrastructure_damage"})
_HARM_TO_PEOPLE: Final = frozenset({"casualties", "detention"})
_CAUSES: Final = frozenset({"fires", "combat"})
_NO_ACCIDENT: Final = frozenset({"fires", "air_defence"})
"""Families of what makes a crash no accident, told in the same sentence."""
_OBJECTS_OF_DEFENCE: Final = frozenset({"fires", "combat"})
_LEADING: Final = words("lead leads led leading leaded")
_LOCATING: Final = words("in from near around of across inside outside throughout to for")
_AREAS: Final = words(
    """territory territories region regions areas area lands land city town village villages cities towns
    parts part"""
)
_STATE_OF_AREA: Final = words(
    """territory territories region regions areas area lands land city town part parts village villages
    cities towns authorities forces administration officials"""
)


def choose(sentence: Sentence, hit: Hit) -> tuple[Trigger, str] | None:
    """The reading of a hit: its trigger row and form; None where neither fits."""
    lower = sentence.lower
    verb, noun = _verb(sentence, hit), hit.reading("noun")
    before = lower[hit.start - 1] if hit.start else ""
    after = lower[hit.end] if hit.end < len(lower) else "."
    if noun is not None and "counted" in noun[0].flags and not _is_counted(lower, hit.start):
        noun = None
    if verb is not None and noun is None and verb[1] in {"base", "s"} and _is_nominal(sentence, hit, before):
        return None
    if verb is None or noun is None:
        return verb or noun
    if verb[1] in {"past", "part"}:
        return verb
    if before == "to" or (before in AUXILIARIES and verb[1] != "ing"):
        return verb
    if verb[1] == "ing":
        return _gerund(sentence, hit, verb, noun, before, after)
    if before in _DETERMINERS or before.endswith(("'s", "’s", "ive", "ous", "ian", "ish", "ful")):
        return noun
    if after in _AFTER_VERB or (
        any(ref.first == hit.end for ref in sentence.refs) and after not in _AFTER_NOUN
    ):
        return verb
    return noun


def _verb(sentence: Sentence, hit: Hit) -> tuple[Trigger, str] | None:
    """The first reading as a verb whose row lets it stand here: its subject near, a place right behind it."""
    for reading in hit.readings:
        flags = reading[0].flags
        if (
            reading[0].pos == "verb"
            and ("near" not in flags or _is_near(sentence.lower, hit, reading[0]))
            and ("direct" not in flags or _takes_place(sentence, hit))
        ):
            return reading
    return None


def _takes_place(sentence: Sentence, hit: Hit) -> bool:
    """Whether the verb's object is a place: "recognise X", "took the town of X"."""
    behind = [ref for ref in sentence.refs if ref.first >= hit.end and ref.role == "literal"]
    gap = sentence.lower[hit.end : behind[0].first] if behind else None
    return gap is not None and len(gap) <= _OBJECT and _TO_OBJECT.issuperset(gap)


def _is_near(lower: list[str], hit: Hit, trigger: Trigger) -> bool:
    """Whether a needed word stands in front, or behind "by": "the cyclone hit X", "X was hit by a cyclone"."""
    before = lower[max(0, hit.start - _SUBJECT) : hit.start]
    after = lower[hit.end : hit.end + 5]
    agents = after[after.index("by") :] if "by" in after else []
    return not (trigger.needs.isdisjoint(before) and trigger.needs.isdisjoint(agents))


def is_name(sentence: Sentence, hit: Hit) -> bool:
    """Whether the word is part of a name: capitalised inside a sentence of small letters ("Mr Block")."""
    if hit.start == 0 or hit.end - hit.start > 1:
        return False
    texts = sentence.texts
    if _is_named_storm(sentence, hit):
        return False
    if not texts[hit.start][0].isupper() or texts[hit.start - 1] in _OPENERS:
        return False
    small = sum(text[0].islower() for text in texts)
    return 2 * small > sum(text[0].isalpha() for text in texts) and small > _HEADLINE


def _is_named_storm(sentence: Sentence, hit: Hit) -> bool:
    """Whether a name follows that only this one bears: "Cyclone Freddy"."""
    following = sentence.texts[hit.end] if hit.end < len(sentence.texts) else ""
    return hit.readings[0][0].type == "storm" and following[:1].isupper()


def _is_counted(lower: list[str], start: int) -> bool:
    """Whether a number stands right before: "90 deaths", "dozens dead"."""
    return any(word[0].isdigit() or word in _NUMBERS for word in lower[max(0, start - 3) : start])


def _is_nominal(sentence: Sentence, hit: Hit, before: str) -> bool:
    """Whether a verb's form is a noun here: "the damage", "reports of damage", "Shells fell"."""
    lower = sentence.lower
    if hit.end - hit.start > 1:
        return False
    if lower[hit.end : hit.end + 1] == ["of"]:
        return True
    if any(ref.last == hit.start for ref in sentence.refs) and hit.readings[0][1] == "base":
        return True
    if before in _DETERMINERS - {"and"} or (before and before[0].isdigit()):
        return True
    if hit.readings[0][1] == "base" and _ends_noun_phrase(lower, hit.start):
        return True
    after = lower[hit.end] if hit.end < len(lower) else "."
    return hit.start == 0 and (is_finite(after) or after in AUXILIARIES)


def _ends_noun_phrase(lower: list[str], at: int) -> bool:
    """Whether a determiner and words in the singular lead up to the word: "the current jail", "a 300-bed jail"."""
    for i in range(at - 1, max(-1, at - _PHRASE - 1), -1):
        if lower[i] in _ARTICLES:
            return True
        if lower[i].endswith("s") or lower[i] in _PLURALS or not (lower[i].isalnum() or lower[i] == "-"):
            return False
    return False


def is_noun_phrase(sentence: Sentence, hit: Hit) -> bool:
    """Whether a phrase of several words that begins with a verb has none of its own there.

    A noun stands there ("a ferry carried 90 people"), or the verb only joins ("it led to 90 people's death").
    """
    verb = hit.readings[0]
    if sentence.lower[hit.start] in _LEADING and sentence.lower[hit.start + 1] == "to":
        return True
    before = sentence.lower[hit.start - 1] if hit.start else ""
    return verb[0].pos == "verb" and verb[1] == "base" and before in {"a", "an", "the"}


def _gerund(
    sentence: Sentence,
    hit: Hit,
    verb: tuple[Trigger, str],
    noun: tuple[Trigger, str],
    before: str,
    after: str,
) -> tuple[Trigger, str]:
    object_follows = after in _AFTER_VERB or (
        any(ref.first - hit.end in {0, 1} for ref in sentence.refs if ref.first >= hit.end)
        and after not in _AFTER_NOUN
    )
    if before in {"the", "a", "renewed", "heavy", "this", "these"} or not object_follows:
        return noun
    return verb


def is_attributive(sentence: Sentence, hit: Hit, chosen: tuple[Trigger, str]) -> bool:
    """Whether a participle only describes a noun: "the occupied regions", "Russian-controlled", "the besieged city"."""
    trigger, form = chosen
    lower = sentence.lower
    before = lower[hit.start - 1] if hit.start else ""
    after = lower[hit.end] if hit.end < len(lower) else "."
    if before == "-" and hit.start > 1:
        return True
    if trigger.pos == "noun":
        return False
    if form == "ing":
        return before in {"the", "a", "an", "this"} and after.isalpha() and after not in _AFTER_NOUN
    if form not in {"past", "part"} or hit.end - hit.start > 1:
        return False
    if before in _LOCATING and any(ref.first == hit.end for ref in sentence.refs):
        return True  # "in occupied X"
    if (
        before in {"the", "a", "an", "its", "their", "newly", "recently", "these", "those", "of", "all"}
        and after.isalpha()
    ):
        subject = before in {"of", "all"} and after not in _STATE_OF_AREA
        return not subject and after not in {"by", "in", "on", "the", "at", "from", "to"}
    # a state of things, not a change: "territory controlled by X"
    return lower[hit.start] == "controlled" and before not in AUXILIARIES and after == "by"


def is_reduced_relative(sentence: Sentence, hit: Hit, form: str) -> bool:
    """Whether a participle hangs on the noun before it: "Timor, annexed in 1976", "the town seized by rebels".

    That is background in the narrator's voice, whoever speaks the sentence.
    """
    if form not in {"past", "part"} or hit.start == 0:
        return False
    lower = sentence.lower
    after = lower[hit.end] if hit.end < len(lower) else "."
    before = lower[hit.start - 1]
    follows_place = (
        any(ref.last in {hit.start, hit.start - 1} for ref in sentence.refs) and before not in AUXILIARIES
    )
    glued = any(
        ref.last == hit.start and sentence.texts[ref.last - 1].lower().endswith(lower[hit.start])
        for ref in sentence.refs
    )
    return (follows_place or (before in _AREAS and after == "by") or glued) and after in {
        "by",
        "in",
        "at",
        "on",
        "from",
        "last",
        "since",
        "during",
        "earlier",
    }


def absorbed(sentence: Sentence, ontology: Ontology) -> set[int]:
    """Hits that are part of another one's event: what was repelled, what a strike caused, what a threat names.

    Each hit is compared with those near it only, so that cost grows with their number, not its square.
    """
    gone: set[int] = set()
    hits = sentence.hits
    if len(hits) < 2:
        return gone
    triggers = [hit.readings[0][0] for hit in hits]
    families = [ontology.family(trigger.type) for trigger in triggers]
    harmed = caused = False
    for k, (hit, trigger) in enumerate(zip(hits, triggers, strict=True)):
        site = "place" in trigger.flags and trigger.pos == "noun"
        effect = trigger.type in _CONSEQUENCE
        if (site and harmed) or (effect and caused and _is_result(sentence, hit)):
            gone.add(k)
        for before in range(k - 1, -1, -1):
            gap = hit.start - hits[before].end
            if gap > _THREATENED:
                break
            gone |= _absorbed_near(hits, triggers, families, before, k)
            if effect and families[before] in _CAUSES and _is_near_effect(sentence, hit, gap):
                gone.add(k)
        if site and _is_agent(hits, triggers, families, k, plain="plain" in ontology[trigger.type].flags):
            gone.add(k)
        if trigger.type == "evacuation" and _is_load(sentence, hits, k):
            gone.add(k)
        if trigger.type == "accident" and not _NO_ACCIDENT.isdisjoint(families):
            gone.add(k)
        harmed = harmed or trigger.type in _HARM_TO_PEOPLE
        caused = caused or families[k] in _CAUSES
    return gone


def _is_load(sentence: Sentence, hits: Sequence[Hit], k: int) -> bool:
    """Whether it only says who was aboard what the sentence is about: "a bus carrying pupils plunged into X"."""
    hit = hits[k]
    later = any(other.reading("verb") and other.start < hit.end + _CLAUSE for other in hits[k + 1 :])
    return (
        later and sentence.lower[hit.start] in _CARRYING and sentence.lower[hit.start - 1] not in AUXILIARIES
    )


def _absorbed_near(
    hits: list[Hit], triggers: list[Trigger], families: list[str], first: int, second: int
) -> set[int]:
    """Which of two hits close to each other is what the other repelled or threatened with."""
    gone = set()
    one, other = triggers[first].type, triggers[second].type
    gap = hits[second].start - hits[first].end
    if one == "repelled_attack" and gap <= 5 and families[second] in _OBJECTS_OF_DEFENCE:
        gone.add(second)
    noun = hits[first].readings[-1][0].pos == "noun"
    if other == "repelled_attack" and gap <= 8 and families[first] in _OBJECTS_OF_DEFENCE and noun:
        gone.add(first)
    if one == "threat" and other != "threat":
        gone.add(first)
    return gone


def _is_agent(hits: list[Hit], triggers: list[Trigger], families: list[str], k: int, *, plain: bool) -> bool:
    """Whether a noun only names what another hit tells of: "a cyclone" that "made landfall"."""
    if not plain:
        return families.count(families[k]) > 1
    behind = range(k + 1, min(k + 1 + _CLAUSE, len(hits)))
    return any(
        triggers[i].type == triggers[k].type
        and 0 < hits[i].start - hits[k].end < _CLAUSE
        and hits[i].reading("verb")
        for i in behind
    )


def _is_result(sentence: Sentence, effect: Hit) -> bool:
    """Whether the harm is told as what something before it did: "..., killing 12"."""
    before = sentence.lower[effect.start - 1] if effect.start else ""
    return (effect.readings[0][1] == "ing" and before in {",", "and"}) or sentence.lower[
        effect.start
    ] == "leaving"


def _is_near_effect(sentence: Sentence, effect: Hit, gap: int) -> bool:
    """Whether the harm is what the attack `gap` tokens before did: "a blast that wrecked homes", "caused damage"."""
    lower = sentence.lower
    caused = not _CAUSING.isdisjoint(lower[effect.start - gap : effect.start])
    noun = effect.readings[0][0].pos == "noun"
    before = lower[effect.start - 1] if effect.start else ""
    return (noun and gap <= 6 and caused) or (before in {"that", "which"} and gap <= 4)
