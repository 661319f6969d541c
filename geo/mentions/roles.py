"""What a place name does in its sentence: the place itself, its government, or a modifier of a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.mentions.cues import linked
from geo.mentions.heads import EVERY
from geo.mentions.lexicon import (
    AGENT,
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
    STEMS,
    WITH_NOUNS,
)
from geo.mentions.view import LOWER

if TYPE_CHECKING:
    from geo.mentions.decide import Verdict
    from geo.mentions.view import View

_AUXILIARY: Final = frozenset(
    """has have had will would can could may might must should shall did does do is are was were also still again already
    now not never been be being recently repeatedly quickly immediately officially currently reportedly even just soon
    long doesn't doesn’t don't don’t didn't didn’t won't won’t hasn't hasn’t haven't haven’t isn't isn’t wasn't wasn’t
    can't can’t cannot couldn't couldn’t wouldn't wouldn’t shouldn't shouldn’t once always only further then therefore later""".split()
)
_INSIDE: Final = frozenset({"in", "at", "near", "from", "of", "inside", "across", "around", "outside"})
_MODAL: Final = frozenset(
    {"will", "would", "can", "could", "may", "might", "must", "should", "shall", "did", "does", "cannot"}
)
_SAME_PAST: Final = frozenset({"cut", "put", "set"})
_PASSIVE_BE: Final = frozenset({"is", "are", "was", "were", "been", "be", "being"})
_PLACE_PARTS: Final = frozenset(
    """area areas outskirts suburb suburbs border borders coast airport front axis direction sector axis skyline
    metro metropolitan""".split()
)
_NOUN_VERBS: Final = frozenset(
    """claims calls plans attacks strikes moves talks demands offers hopes fears reports orders votes protests
    supports bans threatens backs attempts aims needs wants fights targets returns tests""".split()
)
_OBJECT_STARTS: Final = frozenset(
    "that the a an its it to for on his her their this all more no it's".split()
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


def role(view: View, verdict: Verdict, group_first: int, group_last: int) -> str:
    """Role of a name; `group_first` and `group_last` are the tokens of the list it stands in ("A, B and C")."""
    if verdict.role:
        return verdict.role
    first, last = group_first, group_last
    actor = verdict.info.actor and not (verdict.head and verdict.head.last > verdict.base)
    office = _office(view, first)
    if office:
        return office
    after = _after(view, verdict.last, verdict, actor)
    if after:
        return after
    may_act = actor or verdict.info.kind == "admin1"
    if may_act and _is_subject(view, last, actor=actor) and not _locative_before(view, first):
        return "metonym"
    return "metonym" if actor and _object_of_actor(view, first) else "literal"


def _office(view: View, first: int) -> str | None:
    """Look for "head of X", "governor of the X region": the office is the head noun."""
    i = first - 1
    if view.word(i) == "the":
        i -= 1
    if view.word(i) != "of" or not view.same_line(i):
        return None
    word = view.word(i - 1)
    if word in OFFICES and word not in PEOPLE_OF and word not in EVERY:
        return "modifier"
    return None


def _after(view: View, last: int, verdict: Verdict, actor: bool) -> str | None:
    """What the word right after the name says."""
    if not view.same_line(last):
        return None
    i = last + 1
    word = view.lower[i]
    if word == "-" and view.gap(last) == "" == view.gap(i):
        joined = view.word(i + 1)
        return "literal" if joined in ("area",) else "modifier"
    if word in {"'s", "’s"} or (word in {"'", "’"} and view.lower[last].endswith("s")):
        return _possessive(view, i, actor=actor)
    if verdict.head is not None and verdict.head.first > last:
        return _after_head(view, verdict)
    if view.shapes[i] != LOWER or word in FUNCTION or word in _PLACE_PARTS or _verbal(view, i):
        return _shared_noun(view, i)
    if word in MILITARY and verdict.info.capital:
        return "metonym"
    own_head = verdict.last > verdict.base or verdict.first < verdict.base
    return "literal" if own_head and verdict.head and word not in ROLE_NOUNS else "modifier"


def _shared_noun(view: View, i: int) -> str | None:
    """Judge "US and Ukrainian officials": a noun of persons or bodies shared with the next word."""
    shared = view.lower[i] in ("and", "or") and view.capital(i + 1) and view.word(i + 2) in ROLE_NOUNS
    return "modifier" if shared and view.same_line(i) and view.same_line(i + 1) else None


def _after_head(view: View, verdict: Verdict) -> str | None:
    """Judge "Kherson region governor": a person or body after the head makes the whole a modifier."""
    nxt = view.following(verdict.head.last if verdict.head else verdict.last)
    return "modifier" if nxt in ROLE_NOUNS else "literal"


def _possessive(view: View, i: int, *, actor: bool) -> str | None:
    """What follows the possessive: a part of the place, its officials, or what a government does."""
    words: list[str] = []
    at = i
    while view.same_line(at) and len(words) < 4:
        at += 1
        if not view.lower[at][0].isalpha() or view.lower[at] in FUNCTION:
            break
        words.append(view.lower[at])
    if any(word in GEO_NOUNS for word in words[:3]):
        return "literal"
    if actor:
        return "metonym"
    return "modifier" if any(word in ROLE_NOUNS for word in words[:3]) else "literal"


def _verbal(view: View, i: int) -> bool:
    """Whether the lower-case word at `i` is a verb there, not a noun that the name modifies."""
    word = view.lower[i]
    if word in _NOUN_VERBS or (word.endswith("s") and word not in AGENT):
        return view.following(i) in _OBJECT_STARTS
    if word in STEMS and word not in _SAME_PAST:
        return False
    return word in AGENT or word in PAST or word.endswith(("ed", "ly", "ing")) or word in _AUXILIARY


def _is_subject(view: View, last: int, *, actor: bool) -> bool:
    """Whether the verb of an actor follows ("has called", "could not erase", "said")."""
    i = last
    passive = modal = False
    for _ in range(5):
        if not view.same_line(i):
            return False
        i += 1
        word = view.lower[i]
        if word in _AUXILIARY or word.endswith("ly"):
            modal = modal or word in _MODAL or word.endswith(("n't", "n’t"))
            passive = word in _PASSIVE_BE or (passive and word not in ("have", "has", "had"))
            continue
        break
    else:
        return False
    if i == last + 1 and word not in AGENT:
        return actor and word.endswith("s") and view.following(i) in _OBJECT_STARTS
    if word in {'"', "“", "'", "‘"} and i > last + 1:
        return actor
    if view.shapes[i] != LOWER:
        return False
    if passive:
        return actor and word.endswith("ing")
    if word in _NOUN_VERBS and i == last + 1:
        return view.following(i) in _OBJECT_STARTS
    return word in AGENT or (
        actor and i > last + 1 and (word in ("large", "its") or word.endswith(("ed", "en")))
    )


def _locative_before(view: View, first: int) -> bool:
    i = first
    while view.preceding(i) in DIRECTIONS or view.preceding(i) == "the":
        i -= 1
    return view.preceding(i) in _INSIDE


def _object_of_actor(view: View, first: int) -> bool:
    """Whether what stands before asks for an actor: "accused Russia", "annexed by Moscow", "talks with Kyiv"."""
    i = first - 1
    if view.word(i) == "the":
        i -= 1
    if i < 0 or not view.same_line(i):
        return False
    word = view.lower[i]
    window = [view.lower[k] for k in range(max(0, i - 6), i) if view.sentence[k] == view.sentence[i]]
    if word in OBJECT_VERBS:
        return True
    if word == "by":
        return any(w.endswith(("ed", "en", "wn")) or w in AGENT for w in window[-5:])
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
