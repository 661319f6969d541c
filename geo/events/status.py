"""Whether a trigger tells of what happened, or of what is claimed, planned, called for, threatened or denied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from geo.events.sentence import AUXILIARIES
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.events.sentence import Sentence

Mood = Literal[
    "happened", "planned", "called_for", "threatened", "denied", "hypothetical", "negated", "alleged"
]

_NEGATIONS: Final = words(
    "not n't never cannot nor without neither nobody none didn wasn hasn weren isn aren don doesn won"
)
_WILL: Final = words("will shall 'll ’ll wo would")
_MAY: Final = words("may might could can possibly potentially perhaps")
_MUST: Final = words("must should ought")
_CALLERS: Final = words(
    """call calls called calling urge urges urged urging ask asks asked asking request requests requested demand demands
    demanded demanding appeal appeals appealed appealing order orders ordered ordering instruct instructed tell told
    exhorted exhort proposed propose proposes proposal advise advised recommend recommended invite invited needs need
    insist favorable favourable encourage encouraged beg begged plea petition allow"""
)
_THREATENERS: Final = words(
    "threaten threatens threatened threatening vow vows vowed vowing threat threats ultimatum"
)
_WARNERS: Final = words("warn warns warned warning")
_PLANNERS: Final = words(
    """plan plans planned planning prepare prepares prepared preparing preparations preparation intend intends intended
    aim aims aimed aiming seek seeks sought seeking want wants wanted wanting hope hopes hoped hoping promise promises
    promised promising pledge pledges pledged pledging agree agrees agreed set due scheduled expected expects expect
    ready try tries trying attempt attempts endeavor endeavour goal decided decides decision about going
    willing poised bid objective offer offers offered negotiating considering consider considers discuss discussed ahead
    efforts effort mission task upcoming forthcoming"""
)
_REAL: Final = words(
    """prompting prompted prompts leading led sending voted votes voting forced managed able began begun
    started continue continues continued continuing helped caused helping used compelled appeared obliged
    forcing came resumed keep kept proceeded"""
)
_FAILED: Final = words(
    """failed fail fails failing refuse refused refuses refusing declined decline unable avoid avoided
    prevent prevented preventing prevents reluctant"""
)
_FEARS: Final = words(
    """fear fears feared fearing risk risks possibility possible potential danger prospect likelihood
    hypothetical scenario concern concerns suspected"""
)
_DENIERS: Final = words(
    "deny denies denied denying refute refuted dismissed dismiss dismisses rejected reject rejects rejecting"
)
_ALLEGED: Final = words(
    "alleged allegedly reportedly apparently purported claimed supposed so-called unconfirmed"
)
_CONDITIONS: Final = words("if unless whether lest should")
_SAYING: Final = words(
    "said says say announced announces added reported reports stated told insisted confirmed"
)
_STRONG_STOPS: Final = frozenset(";:.?!") | frozenset('"“”«»')
_NEAR: Final[tuple[tuple[frozenset[str], Mood], ...]] = (
    (_FAILED, "negated"),
    (_DENIERS, "denied"),
    (_FEARS, "hypothetical"),
    (_THREATENERS, "threatened"),
    (_WILL, "planned"),
    (_MAY, "hypothetical"),
)
_SUMMONED: Final = words(
    """rally rallies protest protests strike strikes march marches demonstration demonstrations election elections
    referendum vote poll polls meeting summit sit-in"""
)
_INDEFINITE: Final = words(
    "a an another new fresh snap early general nationwide mass more protests rallies elections"
)
_SUMMONING: Final = words(
    "call calls called urge urges urged tell tells told order orders ordered ask asks asked"
)
_UNDER_WAY: Final[Mapping[str, frozenset[str]]] = {
    "going": frozenset({"on"}),
    "set": frozenset({"off", "on", "up", "fire", "ablaze", "alight"}),
}
_PERFECT: Final = frozenset({"has", "have", "had"})
_PARTICLES: Final = (["off"], ["up"], ["in"], ["back"])
"""What makes an act of a call: "called off the talks", "called up reservists"."""
_OPENS_OBJECT: Final = words("for to a an the on of")
_REACH: Final = 12
_INFINITIVE_REACH: Final = 18


def mood_of(sentence: Sentence, start: int, *, verb: bool, form: str, asks: bool = True) -> Mood:
    """Mood of the trigger at token `start`, from the words that govern it.

    Parameters
    ----------
    sentence : Sentence
    start : int
        First token of the trigger.
    verb : bool
        Whether it is read as a verb.
    form : str
        Its form: base, s, past, part, ing, noun.
    asks : bool
        Whether a trigger that begins with "call" or "order" asks for what it names ("called people onto the
        streets"), not so "called the arrest unacceptable", "ordered him to be held".

    Returns
    -------
    str
        "happened" where no word says otherwise; "negated" where there is no event.
    """
    lower = sentence.lower
    clause = sentence.clause_of(start)
    if _is_conditional(lower, clause, start):
        return "hypothetical"
    return _verb_mood(sentence, start, clause, form, asks) if verb else _noun_mood(sentence, start, clause)


def _is_conditional(lower: list[str], clause: tuple[int, int], start: int) -> bool:
    first = clause[0]
    if lower[first] in _CONDITIONS and not (lower[first] == "should" and first > 0):
        return True
    return "if" in lower[max(first, start - 8) : start] or lower[max(0, first - 3) : first] == [
        "in",
        "case",
        "of",
    ]


def _verb_mood(sentence: Sentence, start: int, clause: tuple[int, int], form: str, asks: bool) -> Mood:
    lower = sentence.lower
    group = start
    while group > clause[0] and (
        lower[group - 1] in AUXILIARIES or lower[group - 1] in _NEGATIONS or _is_adverb(lower[group - 1])
    ):
        group -= 1
    helpers = set(lower[group:start])
    if group > 0 and lower[group - 1] in {"’", "'"}:
        helpers.add("'")
    if _is_negated(lower, group, start, clause[0]):
        return "negated"
    if helpers & _MUST:
        return "called_for"
    if helpers & _MAY:
        return "hypothetical"
    if helpers & _WILL:
        return _will_mood(sentence, group, helpers)
    if (group > 0 and lower[group - 1] == "to") or "to" in helpers:
        return _infinitive_mood(sentence, group - 1)
    if (
        asks
        and lower[start] in _SUMMONING
        and helpers <= _PERFECT
        and lower[start + 1 : start + 2] not in _PARTICLES
    ):
        return "called_for"  # "called people onto the streets": the verb itself asks
    if form == "base" and not helpers:
        return _base_mood(sentence, start, clause)
    if helpers & {"be"} and not helpers & {"is", "are", "was", "were", "been"}:
        return "planned"
    return (
        _coordinated_mood(sentence, start, group, form, clause)
        if form == "ing" or not helpers
        else "happened"
    )


def _is_negated(lower: list[str], group: int, start: int, first: int) -> bool:
    """Whether the verb at `start` with its helpers from `group` on is denied, or has nobody as subject or object."""
    helpers = lower[group:start]
    if any(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in helpers):
        return True
    subject, object_ = lower[max(0, group - 2) : group], lower[start + 1 : start + 3]
    if group > first and subject[-1:] in (["no"], ["nobody"], ["none"]):
        return True
    return ["no", "one"] in (subject, object_) or object_[:1] in (["nobody"], ["none"])


def _will_mood(sentence: Sentence, group: int, helpers: set[str]) -> Mood:
    back = sentence.lower[max(0, group - _REACH) : group]
    if any(word in _THREATENERS or word in _WARNERS for word in back):
        return "threatened"
    if "would" in helpers and "if" in sentence.lower:
        return "hypothetical"
    return "hypothetical" if "have" in helpers else "planned"


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in {
        "also",
        "already",
        "now",
        "soon",
        "then",
        "still",
        "again",
        "even",
        "just",
        "always",
    }


def _infinitive_mood(sentence: Sentence, to: int) -> Mood:
    """Mood of "to VERB" by the word that governs it, the nearest first."""
    lower = sentence.lower
    if lower[to - 1 : to] == ["not"] or lower[to - 2 : to] == ["not", "yet"]:
        return "negated"
    for i in range(to - 1, max(-1, to - _INFINITIVE_REACH - 1), -1):
        word = lower[i]
        if word in _STRONG_STOPS and i < to - 1:
            break
        if word in _FAILED:
            return "negated"
        if i == to - 1 and word in {"had", "having"}:
            return "happened"  # "the hospital had to be emptied"
        if word in _REAL or word in {"claimed", "claims", "reported", "believed", "known", "said", "alleged"}:
            return "happened"
        if word in _THREATENERS:
            return "threatened"
        if word in _CALLERS or word in _MUST:
            return "called_for"
        if word in _PLANNERS or word in _WILL:
            return "planned"
        if word in _FEARS:
            return "hypothetical"
    return "planned"


def _base_mood(sentence: Sentence, start: int, clause: tuple[int, int]) -> Mood:
    """A bare verb: an imperative at the beginning, the second of two infinitives, or a plain present."""
    lower = sentence.lower
    if start == clause[0] or (start == clause[0] + 1 and lower[clause[0]] in {"please", "“", '"'}):
        return "called_for"
    return _coordinated_mood(sentence, start, start, "base", clause)


def _coordinated_mood(sentence: Sentence, start: int, group: int, form: str, clause: tuple[int, int]) -> Mood:
    """Mood that an earlier verb of the same row gives: "plans to seize and annex", "accused of killing"."""
    lower = sentence.lower
    if form == "base":
        for i in range(start - 1, max(-1, start - _REACH - 1), -1):
            if lower[i] in _STRONG_STOPS:
                break
            if lower[i] == "to" and i + 1 < len(lower) and lower[i + 1] not in {"the", "a", "an"}:
                return _infinitive_mood(sentence, i)
            if lower[i] in _MUST:
                return "called_for"
            if lower[i] in _MAY:
                return "hypothetical"
            if lower[i] in _WILL:
                return "planned"
        return "happened"
    if form == "ing":
        if lower[start - 1] in {"towards", "toward"}:
            return "planned"
        mood = _governed_mood(sentence, group, clause, short=True)
        opens = mood == "happened" and group == clause[0]  # "voting in X will be held"
        return _following_mood(sentence, start, clause) if opens else mood
    return (
        "alleged"
        if any(word in _ALLEGED for word in lower[max(clause[0], start - 2) : start])
        else "happened"
    )


def _noun_mood(sentence: Sentence, start: int, clause: tuple[int, int]) -> Mood:
    lower = sentence.lower
    before = lower[max(clause[0], start - 4) : start]
    if {"no", "without"} & set(before) or (before[-2:] == ["not", "a"]):
        return "negated"
    if any(word in _ALLEGED for word in before):
        return "alleged"
    mood = _governed_mood(sentence, start, clause)
    if mood != "happened":
        return mood
    return _following_mood(sentence, start, clause)


def _governed_mood(sentence: Sentence, start: int, clause: tuple[int, int], *, short: bool = False) -> Mood:
    """Mood from the verb or noun in front that takes the trigger as its object: "called for X", "fear of X"."""
    lower = sentence.lower
    first = max(0, start - (6 if short else _REACH))
    for i in range(start - 1, first - 1, -1):
        word = lower[i]
        if word in _STRONG_STOPS or word in _SAYING or (i < clause[0] and lower[clause[0]] != "that"):
            break
        if word in {"after", "following", "amid", "during", "despite", "since"}:
            break
        mood = _governor(lower, i, start)
        if mood is not None:
            return mood
        if word in AUXILIARIES or (start - i > 6 and i in _verb_starts(sentence)):
            break
    return "happened"


def _governor(lower: list[str], i: int, start: int) -> Mood | None:
    """Mood that the word at `i` gives to what it governs at `start`; None where it gives none."""
    word, near = lower[i], start - i <= 6
    following = lower[i + 1]
    if word == "suspected" and start - i > 2:
        return None  # "suspected gunmen died in a shootout": who, not whether
    if near:
        for listed, mood in _NEAR:
            if word in listed:
                return mood
    if word in _MUST:
        return "called_for"
    if word.startswith("call") and following not in {"for", "on", "upon"}:
        summoned = lower[start] in _SUMMONED and following in _INDEFINITE
        return "planned" if summoned and near else None
    if word in _CALLERS and (near or following in {"for", "on"}) and "end" not in lower[i:start]:
        return "called_for"
    if (
        word in _PLANNERS
        and near
        and (following in _OPENS_OBJECT or start - i <= 3)
        and not _goes_on(lower, i)
    ):
        return "planned"
    return None


def _goes_on(lower: list[str], i: int) -> bool:
    """Whether it is under way, not ahead: "shooting was going on", "a penalty set off a riot"."""
    return lower[i + 1] in _UNDER_WAY.get(lower[i], ())


def _verb_starts(sentence: Sentence) -> set[int]:
    return {hit.start for hit in sentence.hits if hit.reading("verb")}


def _following_mood(sentence: Sentence, start: int, clause: tuple[int, int]) -> Mood:
    """Mood that the noun's own verb gives: "the evacuation will begin", "a vote is planned"."""
    lower = sentence.lower
    for i in range(start + 1, min(clause[1], start + 10)):
        word = lower[i]
        if word in _STRONG_STOPS or word == ",":
            break
        if word in _WILL:
            return "planned"
        if word in {"may", "might", "could"}:
            return "hypothetical"
        if word in AUXILIARIES:
            rest = lower[i + 1 : i + 4]
            if rest[:1] == ["to"]:
                return "planned"
            if set(rest) & _NEGATIONS:
                return "negated"
            if set(rest) & {"planned", "scheduled", "due", "expected", "imminent", "set", "possible"}:
                return "planned"
            break
    return "happened"
