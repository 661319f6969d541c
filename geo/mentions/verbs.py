"""Tell whether the word after a name is its verb or a noun that it modifies, and whether the name acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.mentions.lexicon import AGENT, FUNCTION, PAST, ROLE_NOUNS, STEMS
from geo.mentions.view import DIGIT, LOWER
from geo.text.words import words

if TYPE_CHECKING:
    from geo.mentions.view import View

_AUXILIARY: Final = frozenset(
    """has have had will would can could may might must should shall did does do is are was were also still
    again already now not never been be being recently repeatedly quickly immediately officially
    currently reportedly even just soon long doesn't doesn’t don't don’t didn't didn’t won't won’t
    yet both hasn't hasn’t haven't haven’t isn't isn’t wasn't wasn’t can't can’t cannot couldn't couldn’t
    wouldn't wouldn’t shouldn't shouldn’t once always only further then therefore later""".split()
)
_MODAL: Final = frozenset(
    {"will", "would", "can", "could", "may", "might", "must", "should", "shall", "did", "does", "cannot"}
)
_SAME_PAST: Final = frozenset({"cut", "put", "set"})
_PASSIVE_BE: Final = frozenset({"is", "are", "was", "were", "been", "be", "being"})
_NOUN_VERBS: Final = frozenset(
    """claims calls plans attacks strikes moves talks demands offers hopes fears reports orders votes
    protests supports bans threatens backs attempts aims needs wants fights targets returns tests""".split()
)
_CALLS: Final = frozenset("calls backs bans threatens supports fights wants needs".split())
"""Of these, those that a capitalised object may follow: "Washington calls Tegucigalpa a partner"."""
_WEEKDAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
BEATING: Final = words(
    """beat beats defeat defeats defeated edged edges edge routed routs thrashed thrash hammered downed downs
    eliminated
    outlasted trounced crushed blanked stunned stun stuns topped overcame outscored thumped humbled walloped
    outplayed relegated swept sweep sweeps upset pipped whitewashed outgunned"""
)
"""What a team does to another."""
PLAYING: Final = words(
    """drew draw draws lost lose loses won win wins face faces faced host hosts hosted visit visits visited
    meet meets met
    play plays played leads lead led trails trailed held hold holds advanced advance qualified remain remained stay
    stayed were had improved fell went go travel travels kicked scored rallied clinched declared bowled bat batted
    tied signed sign"""
)
"""What teams do in a report of sport, and others elsewhere."""
_WHEN: Final = frozenset("last also then never finally easily twice first again".split())
_NOUNS_TOO: Final = frozenset({"defeat", "defeats", "upset", "sweep", "edge", "draw", "draws"})
_OBJECT_STARTS: Final = frozenset(
    "that the a an its it to for on his her their this all more no it's".split()
)
_STATIVE: Final = words(
    """lies lie lay sits sat stands stood remains remained includes included borders bordered spans spanned
    covers covered stretches stretched straddles saw sees woke wakes braced braces shook shakes trembled
    flooded froze became becomes fell rose sank belongs contains housed houses looks seems appears
    sleeps burned burns experienced recorded records sweltered awoke emptied grew hosts"""
)
"""What a country or town does as a place, not as a government."""
_UNDERGONE: Final = words(
    """lose loses lost suffer suffers suffered gain gains gained regained remain remains remained receive receives
    received
    face faces faced keep keeps kept lack lacks lacked recover recovers recovered reopened resumed started stopped
    benefit benefits benefited opened opens closed got gets survived produce produces produced resisted"""
)
"""What happens in a town or to it, though of a government it would be said that it acts."""
_USUAL: Final = words(
    """wants sees speaks goes pays sells likes loves needs chooses worries sides halves sends thinks knows gets
    gives takes
    makes comes brings keeps lets loses wins meets reads tries follows owes swelters refuses dreams begins lists
    hopes fears reopens depends relies insists agrees disagrees wins leads trails buys holds goes becomes seeks
    expects prefers hates asks answers tells knows feels finds hears leaves stays waits learns teaches helps
    joins"""
)
"""Verbs in the third person that are no usual plural nouns."""
_NOUN_ENDINGS: Final = (
    "ss", "us", "ers", "ors", "ists", "ials", "ents", "ants", "ions", "ings", "ities", "ians", "ees", "ives",
    "ages",
    "ments", "ships", "ics", "ways", "men",
)  # fmt: skip
"""Endings of plural nouns that verbs in the third person seldom have."""


def verbal(view: View, i: int, *, inside: bool, several: bool = False) -> bool:
    """Whether the lower-case word at `i` is a verb there, not a noun that the name before it modifies.

    `inside`: a preposition of place stands before the name, so that a plural verb may follow ("farmers in
    Ohio want").
    `several`: the name ends a list, which a plural verb may follow ("Turkey and Qatar want").
    """
    word = view.lower[i]
    if word in BEATING and word not in _NOUNS_TOO:
        return True
    if word in STEMS and word not in _SAME_PAST:
        return inside or several
    if word in AGENT and word not in _NOUN_VERBS:
        return True
    if word.endswith("s"):
        return _third_person(view, i)
    return word in PAST or word.endswith(("ed", "ly", "ing")) or word in _AUXILIARY


def _third_person(view: View, i: int) -> bool:
    """Whether a word in -s is a verb: an object follows, and it does not end like a plural noun."""
    word, after = view.lower[i], view.following(i)
    if word in _STATIVE or word in _USUAL or (word in _NOUN_VERBS and _headline_verb(view, i)):
        return True
    if word in ROLE_NOUNS or word.endswith(_NOUN_ENDINGS) or not after:
        return False
    if after in _OBJECT_STARTS or (word in _CALLS and view.capital(i + 1)):
        return True
    if i in view.headline:
        return False
    return word not in _NOUN_VERBS and (view.capital(i + 1) or view.shapes[i + 1] == DIGIT)


def _plain(view: View, i: int) -> bool:
    """Whether token `i` is no name: in small letters, or a headline that capitalises every word."""
    return view.shapes[i] == LOWER or (
        i in view.headline and view.shapes[i] != DIGIT and view.lower[i][0].isalpha()
    )


def skip_day(view: View, i: int) -> int:
    """Last token of "on Wednesday" behind token `i`, else `i`: "Russia on Wednesday rejected"."""
    if view.following(i) == "on" and view.following(i + 1) in _WEEKDAYS:
        return i + 2
    return i + 1 if view.following(i) in _WEEKDAYS else i


def plays(view: View, last: int, *, sport: bool) -> bool:
    """Whether the verb of a team follows token `last`: "Senegal beat", in reports of `sport` also "Leeds lost"."""
    at = skip_day(view, last)
    word = view.following(at)
    if sport and word in _WHEN:
        word = view.following(at + 1)
    if word in BEATING:
        return True
    return sport and word in PLAYING


def acts(view: View, last: int, *, actor: bool, several: bool = False) -> bool:
    """Whether the verb of an actor follows token `last` ("has called", "could not erase", "said").

    For a country or capital (`actor`) any active verb counts but those of mere places; else only known ones.
    After `several` names ("Oslo and Rome agree") the verb may be plural.
    """
    i, passive, modal = skip_day(view, last), False, False
    for _ in range(5):
        if not view.same_line(i):
            return False
        i += 1
        word = view.lower[i]
        if word == "to" and view.preceding(i) == "yet":
            modal = True  # "has yet to accept"
            continue
        if word not in _AUXILIARY and not word.endswith("ly"):
            break
        modal = modal or word in _MODAL or word.endswith(("n't", "n’t"))
        passive = word in _PASSIVE_BE or (passive and word not in ("have", "has", "had"))
    else:
        return False
    first = i == last + 1
    if not _plain(view, i):
        ends = modal and word in {".", ";", ","}  # "Paris has cut aid, Oslo may."
        return actor and not first and (ends or word in {'"', "“", "'", "‘"})
    if passive:
        return actor and word.endswith("ing")
    return _active(view, i, first=first and not several, modal=modal, actor=actor)


def _headline_verb(view: View, i: int) -> bool:
    """Whether "Strikes" in a headline is the verb: no other one follows ("Turkey Strikes Camps in Iraq")."""
    if i not in view.headline or not view.same_line(i):
        return False
    after = view.lower[i + 1]
    return after not in STEMS and after not in AGENT and after not in PAST and after not in FUNCTION


def _active(view: View, i: int, *, first: bool, modal: bool, actor: bool) -> bool:
    word = view.lower[i]
    if word in _STATIVE or (not actor and word in _UNDERGONE):
        return False
    if first and word in STEMS and word not in _SAME_PAST:
        return False
    if word in _NOUN_VERBS and first:
        return view.following(i) in _OBJECT_STARTS or _headline_verb(view, i) or word in _CALLS
    if word in _USUAL:
        return actor
    if word in AGENT or (modal and actor):
        return True
    if not actor or word in FUNCTION:
        return actor and not first and word in ("large", "its")
    return (
        word.endswith(("ed", "en"))
        or word in PAST
        or (first and word.endswith("s") and _third_person(view, i))
    )
