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
    hasn't hasn’t haven't haven’t isn't isn’t wasn't wasn’t can't can’t cannot couldn't couldn’t
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
_USUAL: Final = words(
    """wants speaks goes pays sells likes loves needs chooses worries sides halves sends thinks knows gets gives takes
    makes comes brings keeps lets loses wins meets reads tries follows owes swelters refuses dreams begins lists
    hopes fears reopens depends relies insists agrees disagrees wins leads trails buys holds goes becomes seeks
    expects prefers hates asks answers tells knows feels finds hears leaves stays waits learns teaches helps joins"""
)
"""Verbs in the third person that are no usual plural nouns."""
_NOUN_ENDINGS: Final = (
    "ss", "us", "ers", "ors", "ists", "ials", "ents", "ants", "ions", "ings", "ities", "ians", "ees", "ives", "ages",
    "ments", "ships", "ics", "ways", "men",
)  # fmt: skip
"""Endings of plural nouns that verbs in the third person seldom have."""


def verbal(view: View, i: int, *, inside: bool) -> bool:
    """Whether the lower-case word at `i` is a verb there, not a noun that the name before it modifies.

    `inside`: a preposition of place stands before the name, so that a plural verb may follow ("farmers in Ohio want").
    """
    word = view.lower[i]
    if word in STEMS and word not in _SAME_PAST:
        return inside
    if word in AGENT and word not in _NOUN_VERBS:
        return True
    if word.endswith("s"):
        return _third_person(view, i)
    return word in PAST or word.endswith(("ed", "ly", "ing")) or word in _AUXILIARY


def _third_person(view: View, i: int) -> bool:
    """Whether a word in -s is a verb: an object follows, and it does not end like a plural noun."""
    word, after = view.lower[i], view.following(i)
    if word in _STATIVE or word in _USUAL:
        return True
    if word in ROLE_NOUNS or word.endswith(_NOUN_ENDINGS) or not after:
        return False
    if after in _OBJECT_STARTS:
        return True
    return word not in _NOUN_VERBS and (view.capital(i + 1) or view.shapes[i + 1] == DIGIT)


def acts(view: View, last: int, *, actor: bool, several: bool = False) -> bool:
    """Whether the verb of an actor follows token `last` ("has called", "could not erase", "said").

    For a country or capital (`actor`) any active verb counts but those of mere places; else only known ones.
    After `several` names ("Oslo and Rome agree") the verb may be plural.
    """
    i, passive, modal = last, False, False
    for _ in range(5):
        if not view.same_line(i):
            return False
        i += 1
        word = view.lower[i]
        if word not in _AUXILIARY and not word.endswith("ly"):
            break
        modal = modal or word in _MODAL or word.endswith(("n't", "n’t"))
        passive = word in _PASSIVE_BE or (passive and word not in ("have", "has", "had"))
    else:
        return False
    first = i == last + 1
    if view.shapes[i] != LOWER:
        return actor and not first and word in {'"', "“", "'", "‘"}
    if passive:
        return actor and word.endswith("ing")
    return _active(view, i, first=first and not several, modal=modal, actor=actor)


def _active(view: View, i: int, *, first: bool, modal: bool, actor: bool) -> bool:
    word = view.lower[i]
    if word in _STATIVE:
        return False
    if first and word in STEMS and word not in _SAME_PAST:
        return False
    if word in _NOUN_VERBS and first:
        return view.following(i) in _OBJECT_STARTS
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
