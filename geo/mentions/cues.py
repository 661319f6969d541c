"""What stands around a name: generic heads after and before it, prepositions, shared heads of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.mentions.heads import CAPITALISED, EVERY, PLURAL_PREFIXES, PLURALS, PREFIXES

if TYPE_CHECKING:
    from geo.mentions.heads import Kinds
    from geo.mentions.view import View

_LINK: Final = re.compile(
    r"\s*(?:,|,?\s*(?:and|or|&|as well as)\s|/|,\s*and\s)\s*(?:the\s|in\s|of\s)?\s*", re.IGNORECASE
)
_QUALIFIERS: Final = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"}
)
_JOINING: Final = frozenset({",", "and", "or"})
_SHARED: Final = frozenset({"counties", "parishes", "districts", "provinces", "boroughs", "townships"})
_LONGEST_LIST: Final = 6
_OPENING: Final = frozenset(re.split("[ -]", text, maxsplit=1)[0] for text in EVERY)
"""First words of heads: most names have none beside them, which one look tells."""


@dataclass(frozen=True, slots=True)
class Head:
    """A generic word with the kinds it asks for; `first` and `last` are its tokens."""

    text: str
    kinds: Kinds
    first: int
    last: int
    plural: bool = False


def head_after(view: View, last: int) -> Head | None:
    """The generic head right after token `last`: "region", "nuclear power plant"; None without one."""
    if view.following(last) not in _OPENING:
        return None
    words: list[str] = []
    best: Head | None = None
    i = last
    while len(words) < 3 and view.same_line(i):
        i += 1
        word = view.lower[i]
        if word == "-" and words and view.gap(i - 1) == "" == view.gap(i):
            words[-1] += "-"
            continue
        if not word[0].isalpha():
            break
        if words and words[-1].endswith("-"):
            words[-1] += word
        else:
            words.append(word)
        text = " ".join(words)
        if text in EVERY:
            best = Head(text, EVERY[text], last + 1, i, text in PLURALS)
    return best


def head_before(view: View, first: int) -> Head | None:
    """The generic head before a name: "city of", "the river", "peninsula of", "Lake"; None without one."""
    i = first - 1
    if i < 0 or not view.same_line(i):
        return None
    if view.lower[i] == "the":
        i -= 1
    if i >= 1 and view.lower[i] == "of":
        return _head_ending(view, i - 1)
    word = view.lower[i]
    if i == first - 1 and word in PREFIXES and (view.capital(i) or word == "river"):
        return Head(word, PREFIXES[word], i, i)
    if i == first - 1 and word in PLURAL_PREFIXES and view.capital(i):
        return Head(word, PLURAL_PREFIXES[word], i, i, plural=True)
    if i == first - 1 and word in EVERY and word not in ("capital", "state") and _apposed(view, i):
        return Head(word, EVERY[word], i, i, word in PLURALS)
    return None


def _apposed(view: View, i: int) -> bool:
    """Whether the head at `i` opens an apposition: "the town Kent", "their capital Kent"."""
    return view.lower[i] in (
        "town",
        "city",
        "village",
        "island",
        "province",
        "region",
        "peninsula",
        "river",
        "port city",
    )


def _head_ending(view: View, i: int) -> Head | None:
    for length in (3, 2, 1):
        first = i - length + 1
        if first >= 0 and view.same_line(i):
            text = " ".join(view.lower[first : i + 1])
            if text in EVERY:
                return Head(text, EVERY[text], first, i, text in PLURALS)
    return None


def shared_head(view: View, last: int) -> Head | None:
    """The head of units in the plural that ends the list which a name stands in: "Sioux and Adair counties"."""
    if _SHARED.isdisjoint(view.lower_words):
        return None  # mostly
    for _ in range(_LONGEST_LIST):
        i = last + 1
        if view.following(last) not in _JOINING:
            return None
        i += 1 + (view.lower[i] == "," and view.following(i) in _JOINING)
        if not view.capital(i) or not view.same_line(i - 1):
            return None
        last = view.right[i]
        head = head_after(view, last)
        if head is not None:
            return head if head.text in _SHARED else None
    return None


def linked(view: View, last: int, first: int) -> bool:
    """Whether the names that end at `last` and begin at `first` are joined in a list ("A, B and C")."""
    if first <= last or view.sentence[last] != view.sentence[first] or first - last > 4:
        return False
    return bool(_LINK.fullmatch(view.text, view.ends[last], view.starts[first]))


def own_head(view: View, last: int) -> int | None:
    """Last token of a capitalised head that belongs to the name ("Mississippi River"); None without one."""
    nxt = last + 1
    if nxt < len(view) and view.capital(nxt) and view.same_line(last) and view.lower[nxt] in CAPITALISED:
        return nxt
    return None
