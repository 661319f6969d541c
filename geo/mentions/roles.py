"""What a place name does in its sentence: the place itself, its government, or a modifier of a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.mentions.cues import linked
from geo.mentions.heads import EVERY
from geo.mentions.lexicon import (
    AGENT,
    BODIES,
    DIRECTIONS,
    FROM_NOUNS,
    FUNCTION,
    GEO_NOUNS,
    GIVING,
    MILITARY,
    OBJECT_VERBS,
    OFFICES,
    ON_NOUNS,
    PAST,
    PEOPLE_OF,
    ROLE_NOUNS,
    SPEECH,
    WITH_NOUNS,
)
from geo.mentions.verbs import BEATING, PLAYING, acts, plays, verbal
from geo.mentions.view import LOWER
from geo.text.words import words

if TYPE_CHECKING:
    from geo.mentions.verdict import Verdict
    from geo.mentions.view import View

_INSIDE: Final = frozenset({"in", "at", "near", "from", "of", "inside", "across", "around", "outside"})
_BEFORE: Final = _INSIDE | words(
    "on off to with between for against under by about into toward towards through over along behind"
)
"""Behind these a name is no subject: "the bridge to Hekou opens"."""
_OWNED: Final = words(
    """economy currency constitution flag population history culture team coach ambassador foreign-minister
    ministry bank exports imports inflation industry language people citizens voters workers farmers
    children women men economy debt budget university cathedral club opposition senate congress supreme
    constitutional electoral ex-president grid railways airline airlines roads schools hospitals"""
)
"""What a country has rather than does: "Kenya's economy" modifies, "Kenya's decision" is what its government does."""
_DEEDS: Final = words(
    """decision decisions refusal war invasion attack attacks offensive move moves plan plans bid demand
    demands claim claims
    offer proposal request threat threats withdrawal response reaction support policy policies stance position
    insistence announcement vote veto campaign crackdown intervention occupation annexation blockade siege strikes
    bombardment advance sanctions ban effort efforts attempt attempts promise pledge warning objections opposition
    approval rejection role involvement aggression intentions interests interest ambitions goal goals aim
    security"""
)
"""What a government does: "Ankara's refusal"."""
_BUILT: Final = words(
    """jail jails prison prisons airport airports station stations stadium hospital hospitals hotel hotels
    highway highways
    park parks museum museums bridge bridges buildings slums harbour harbor rainforest rainforests dam dams farms
    fields market markets square tower streets street forests forest factories mines mine beaches volcano pollution
    weather winter summer shore skies bay bays estate estates plant plants refinery zoo cathedral mosque temple"""
)
"""What stands or lies there: "Syria's jails", "Seoul's stadium"."""
_SCHOOLS: Final = words("school police fire city town council high")
_TIMES: Final = words("overnight midweek far days weeks months years hours minutes day week month year hour")
_WATER: Final = words(
    "burst bursts overflowed overflows flooded floods swelled crested flows flowed froze receded meanders empties"
)
_HOLDING: Final = words("held hold holds holding fought fended fend staved winner winners loser")
"""Before "off" or "of" and a team: "held off Marion", "the winner of Marion and Herrin"."""
_SINGULAR: Final = words("has wants says sees hopes needs plans backs sides insists refuses does is was had")
_OPENING: Final = frozenset({";", ",", "and", "but", "while", '"', "“"})
_INTERPOSED: Final = words(
    "with by for like unlike without after meanwhile too in on once as despite although though"
)
"""What opens a clause between a subject and its verb: "Nigeria, by contrast, denied"."""
_LONGEST_CLAUSE: Final = 14
_LOSING: Final = frozenset({"lost", "lose", "loses", "losing", "loss", "losses", "fell", "falls"})
_ACTING: Final = frozenset({"admin1", "admin2", "city", "town"})
_GAMES: Final = words(
    """goal goals scored season league coach match matches game games innings wicket wickets playoffs playoff
    semifinal
    semifinals semi-final semi-finals quarterfinal quarter-final final finals tournament championship striker
    midfielder goalkeeper defender quarterback touchdown touchdowns rebounds halftime half-time kick penalty fans
    stumps overs runs cup club team teams win tourists hosts unbeaten champions draw defeat squad"""
)
_PLACE_PARTS: Final = frozenset(
    """soil territory waters airspace sectors area areas outskirts suburb suburbs border borders coast airport front
    direction sector axis
    skyline metro metropolitan""".split()
)
_ASKING: Final[dict[str, tuple[frozenset[str], int]]] = {
    "with": (WITH_NOUNS, 6),
    "between": (WITH_NOUNS, 6),
    "to": (GIVING, 6),
    "from": (FROM_NOUNS, 3),
    "on": (ON_NOUNS, 3),
    "against": (ON_NOUNS, 3),
}
"""Prepositions that ask for an actor behind such words, and how many words back these may stand."""


def sporting(view: View) -> bool:
    """Whether the text is a report of sport: words of games, of which few stand in other texts together."""
    return len(view.lower_words & _GAMES) >= 3


def role(view: View, verdict: Verdict, group_first: int, group_last: int, *, sport: bool = False) -> str:
    """Role of a name; `group_first` and `group_last` are the tokens of the list it stands in ("A, B and C").

    `sport`: the text is `sporting`, so that a bare name of a place may be its team.
    """
    if verdict.role:
        return verdict.role
    first, last = group_first, group_last
    actor = verdict.info.actor and not (verdict.head and verdict.head.last > verdict.base)
    office = _office(view, first)
    if office:
        return office
    if _team(view, verdict, first, last, sport=sport):
        return "metonym"
    after = _after(view, verdict.last, verdict, several=(first, last) != (verdict.first, verdict.last))
    if after:
        return after
    if actor and view.preceding(first) == "the" and view.following(last) in _WATER:
        return "literal"  # "the Congo burst its banks"
    if (actor or verdict.info.kind in _ACTING) and _subject(view, verdict, first, last, actor=actor):
        return "metonym"
    return "metonym" if actor and _object_of_actor(view, first) else "literal"


def _subject(view: View, verdict: Verdict, first: int, last: int, *, actor: bool) -> bool:
    """Whether the name, or the list from `first` to `last` that it stands in, is the subject of what follows."""
    if view.preceding(verdict.first) == "," and view.following(verdict.last) in SPEECH:
        return True  # "fell across the region, Oslo said": no list, though it looks like one
    if view.preceding(first) in ("said", "says") and view.following(last) in ("", ".", ","):
        return view.preceding(first - 1) in (",", '"', "”")  # "six were hurt, said Quito."
    several = (first, last) != (verdict.first, verdict.last)
    if view.preceding(verdict.first) == "," and first - 1 in view.initial:
        first = verdict.first  # "In Germany, Brandenburg has banned": no list, either
    if view.preceding(verdict.first) == "," and last == verdict.last and view.following(last) in _SINGULAR:
        first = verdict.first  # "they meet in Rome, Oslo has agreed": nor here, for the verb has one subject
    if _behind(view, first):
        return False
    return acts(view, last, actor=actor, several=several) or (
        actor and _goes_on(view, first, last, several=several)
    )


def _goes_on(view: View, first: int, last: int, *, several: bool) -> bool:
    """Whether the verb follows a clause between commas, or is that of the clause: "Oman, which mediates, said"."""
    opening = first in view.initial or view.preceding(first) in _OPENING
    if not opening or view.following(last) != ",":
        return False
    i = last + 1
    if view.following(i) == "which":
        return acts(view, i + 1, actor=True, several=several)
    if view.following(i) not in _INTERPOSED:
        return False
    closing = next((k for k in range(i + 1, min(i + _LONGEST_CLAUSE, len(view))) if view.lower[k] == ","), -1)
    return (
        closing > 0
        and view.sentence[closing] == view.sentence[i]
        and acts(view, closing, actor=True, several=several)
    )


def _office(view: View, first: int) -> str | None:
    """Look for "head of X", "governor of the X region": the office is the head noun."""
    i = first - 1
    if view.word(i) == "the":
        i -= 1
    if view.word(i) != "of" or not view.same_line(i):
        return None
    word = view.word(i - 1)
    if word not in OFFICES or word in PEOPLE_OF or word in EVERY:
        return None
    return "modifier" if word not in BODIES or view.capital(i - 1) else None


def _team(view: View, verdict: Verdict, first: int, last: int, *, sport: bool) -> bool:
    """Whether the name is that of a team: "Memphis beat Boston", "a win over Wales"."""
    if verdict.head is not None and verdict.head.last > verdict.base and not sport:
        return False
    if plays(view, last, sport=sport) and not _behind(view, verdict.first if last == verdict.last else first):
        return True
    before = view.preceding(first)
    if before == "the":
        before = view.preceding(first - 1)
    if before == "to" and sport:
        return not _LOSING.isdisjoint(view.lower[max(0, first - 7) : first])
    if before in BEATING:
        return sport or verdict.info.actor
    if sport and before in ("off", "of") and view.preceding(first - 1) in _HOLDING:
        return not view.capital(last + 1)
    return (
        sport and (before in PLAYING or before in ("against", "over", "past")) and not view.capital(last + 1)
    )


def _after(view: View, last: int, verdict: Verdict, *, several: bool) -> str | None:
    """What the word right after the name says."""
    if not view.same_line(last):
        return None
    i = last + 1
    word = view.lower[i]
    if word == "-" and view.gap(last) == "" == view.gap(i):
        joined = view.word(i + 1)
        return "literal" if joined in ("area",) else "modifier"
    if word in {"'s", "’s"} or (word in {"'", "’"} and view.lower[last].endswith("s")):
        return _possessive(view, i, actor=verdict.info.actor)
    if verdict.head is not None and verdict.head.first > last:
        return _after_head(view, verdict)
    if (
        (view.shapes[i] != LOWER and not (i in view.headline and word[0].isalpha()))
        or word in FUNCTION
        or word in _PLACE_PARTS
        or word in _TIMES
        or verbal(view, i, inside=_behind(view, verdict.first), several=several)
    ):
        return _shared_noun(view, i)
    if word in MILITARY and verdict.info.capital:
        return "metonym"
    if view.preceding(verdict.first) in _INSIDE and word not in ROLE_NOUNS:
        return "literal"  # "trains in London two weeks ago", "farmers in Ghana drones carry ..."
    own_head = verdict.last > verdict.base or verdict.first < verdict.base
    return "literal" if own_head and verdict.head and word not in ROLE_NOUNS else "modifier"


def _shared_noun(view: View, i: int) -> str | None:
    """Judge "US and Ukrainian officials": a noun of persons or bodies shared with the next word."""
    if view.lower[i] not in ("and", "or") or not view.capital(i + 1) or not view.same_line(i):
        return None
    last = view.right[i + 1]
    noun = view.following(last)
    if noun in ROLE_NOUNS and last == i + 1:
        return "modifier"
    named = view.preceding(view.left[i - 1]) in ("the", "both")
    if not named or not noun.isalpha() or view.shapes[last + 1] != LOWER or noun in EVERY or noun in FUNCTION:
        return None
    if noun in _SCHOOLS and view.following(last + 1).endswith("s"):
        return "modifier"  # "the Salem and Keizer school districts"
    plural = noun.endswith("s") and not verbal(view, last + 1, inside=False, several=True)
    return "modifier" if plural and noun not in GEO_NOUNS and noun not in _PLACE_PARTS else None


def _after_head(view: View, verdict: Verdict) -> str | None:
    """Judge "Kherson region governor": a person or body after the head makes the whole a modifier."""
    nxt = view.following(verdict.head.last if verdict.head else verdict.last)
    return "modifier" if nxt in ROLE_NOUNS else "literal"


def _possessive(view: View, i: int, *, actor: bool) -> str | None:
    """What follows the possessive: a part of the place, what its government does, or what it has."""
    owned: list[str] = []
    at = i
    while view.same_line(at) and len(owned) < 4:
        at += 1
        if not view.lower[at][0].isalpha() or view.lower[at] in FUNCTION:
            break
        owned.append(view.lower[at])
    if any(word in GEO_NOUNS or word in _BUILT for word in owned[:3]):
        return "literal"
    if any(word in ROLE_NOUNS or word in _OWNED for word in owned[:3]):
        return "modifier"
    if any(word in _DEEDS for word in owned[:3]):
        return "metonym"
    return "modifier" if actor else "literal"


def _behind(view: View, first: int) -> bool:
    """Whether a preposition stands before the name."""
    i = first
    while view.preceding(i) in DIRECTIONS or view.preceding(i) == "the":
        i -= 1
    return view.preceding(i) in _BEFORE


def _object_of_actor(view: View, first: int) -> bool:
    """Whether what stands before asks for an actor: "accused Russia", "annexed by Moscow", "talks with Kyiv"."""
    i = first - 1
    if view.word(i) == "the":
        i -= 1
    if i < 0 or not view.same_line(i):
        return False
    word = view.lower[i]
    if word in OBJECT_VERBS:
        return True
    if word != "by" and word not in _ASKING:
        return False
    window = [view.lower[k] for k in range(max(0, i - 6), i) if view.sentence[k] == view.sentence[i]]
    if word == "by":
        return any(w.endswith(("ed", "en", "wn")) or w in AGENT or w in PAST for w in window[-5:])
    asking, reach = _ASKING.get(word, (frozenset(), 0))
    return any(w in asking for w in window[-reach:]) if reach else False


def groups(view: View, verdicts: list[Verdict]) -> list[tuple[int, int]]:
    """For each verdict the first and last index (into `verdicts`) of the list it is part of."""
    spans: list[tuple[int, int]] = []
    start = 0
    for k in range(1, len(verdicts) + 1):
        if k < len(verdicts) and linked(view, _tail(verdicts[k - 1]), verdicts[k].first):
            continue
        spans += [(start, k - 1)] * (k - start)
        start = k
    return spans


def _tail(verdict: Verdict) -> int:
    """Last token of the mention with its head, so that "A region and B region" is a list too."""
    return verdict.head.last if verdict.head and verdict.head.last > verdict.last else verdict.last
