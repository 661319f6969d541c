"""Persons: names of people that are also names of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.mentions.lexicon import DIRECTIONS, LOCATIVE, ORG_HEADS, SPEECH, TEAM_HEADS, TITLES, listing
from geo.mentions.view import DIGIT

if TYPE_CHECKING:
    from collections.abc import Set

    from geo.mentions.view import View

_QUOTES = frozenset('"“”')
_PARTICLES = frozenset({"van", "von", "de", "bin", "al", "el", "da", "di", "ibn", "mac", "mc", "o"})


def given(view: View, i: int) -> bool:
    """Whether token `i` is a given name, or an initial as in "J. Lincoln"."""
    word = view.lower[i]
    return word in listing("given")


def initial_letter(view: View, i: int) -> bool:
    """Whether token `i` is a single capital, as in "George W. Lincoln"."""
    word = view.texts[i]
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def surname(view: View, i: int) -> bool:
    """Whether token `i` is a usual surname."""
    return view.lower[i] in listing("surnames")


def title_before(view: View, i: int) -> bool:
    """Whether a personal title stands right before token `i` ("President Lincoln", "coach Kent")."""
    word = view.preceding(i)
    if word == "." and i >= 2:
        word = view.lower[i - 2]
    return word in TITLES


def speaks(view: View, i: int) -> bool:
    """Whether a verb of speech follows token `i`, or stands before it after a quotation ("...," said Kent)."""
    if view.following(i) in SPEECH:
        return True
    before = view.preceding(i)
    return before in ("said", "says") and i >= 2 and view.texts[i - 2] in "\"”,’'"


def described(
    view: View, places: Set[tuple[int, int]] = frozenset(), towns: Set[int] = frozenset()
) -> frozenset[int]:
    """Tokens of full names behind which an age or "who" stands: "Dallas Green, 44", "Austin Lee, who".

    Of `places` (first and last token of known names of several words) none is a person's name, and before "who"
    none that ends with one of `towns`: clubs and bodies are followed by "who", too ("Bayern Munich, who lost").
    """
    found: set[int] = set()
    for at, last in view.runs:
        if last > at and view.following(last) == "," and at not in view.headline and _described(view, last):
            words = _after_titles(view, at, last)
            club = view.shapes[last + 2] != DIGIT and (last in towns or _club(view, words))
            if len(words) > 1 and (words[0], last) not in places and not club:
                found.update(words)
                if view.lower[last + 2] == "both" and view.preceding(at) == "and":
                    found.update(range(view.left[at - 2], at - 1))
        if last > at and view.preceding(at) == "and" and (at, last) not in places:
            found.update(_spouse(view, at, last, towns))
    return frozenset(found | _nicknamed(view))


def _spouse(view: View, at: int, last: int, towns: Set[int]) -> set[int]:
    """The first of two given names that share a surname: "Clyde and Pearl Lancaster"."""
    i = at - 2
    named = i >= 0 and view.right[i] == i == view.left[i] and given(view, i) and i not in towns
    if not named or last - at > 2 or not given(view, at) or view.common(last) or _club(view, [last]):
        return set()
    return set() if view.preceding(i) in LOCATIVE else {i}


def _nicknamed(view: View) -> set[int]:
    """Tokens of names around a nickname in quotation marks: Virgil "Tex" Houston."""
    found: set[int] = set()
    for i in [i for i in view.signs() if view.texts[i] in _QUOTES]:
        named = view.capital(i - 1) and view.capital(i + 1) and view.capital(i + 3) and view.same_line(i + 2)
        if (
            named
            and view.texts[i + 2] in _QUOTES
            and view.gap(i) == "" != view.gap(i - 1)
            and view.gap(i + 2)
        ):
            found.update(range(view.left[i - 1], i))
            found.update(range(i + 3, view.right[i + 3] + 1))
    return found


def _described(view: View, last: int) -> bool:
    """Whether ", 31," or ", who" follows token `last`."""
    i = last + 2
    if not view.same_line(last + 1):
        return False
    if view.lower[i] == "both" and view.same_line(i):
        i += 1  # "..., both 31,"
    if view.lower[i] in ("who", "whose", "whom"):
        return True
    return (
        view.shapes[i] == DIGIT
        and len(view.lower[i]) <= 2
        and view.following(i) in ("", ",", ";", ".", "and")
    )


def _after_titles(view: View, first: int, last: int) -> list[int]:
    """Capitalised words of a run behind its last title: "Toronto Mayor Olivia Chow" is Olivia Chow."""
    words = [i for i in range(first, last + 1) if view.capital(i)]
    titles = [k for k, i in enumerate(words) if view.lower[i] in TITLES]
    return words[titles[-1] + 1 :] if titles else words if len(words) <= 3 else []


def _club(view: View, words: list[int]) -> bool:
    return any(
        view.lower[i] in ORG_HEADS or view.lower[i] in TEAM_HEADS or view.lower[i] in DIRECTIONS
        for i in words
    )


def named_persons(
    view: View, places: Set[tuple[int, int]] = frozenset()
) -> tuple[frozenset[str], frozenset[str]]:
    """Last and first names of the persons that the text names in full, or with a title.

    A run of two to four capitalised words counts when it opens with a given name or an initial, unless it is
    one of `places` (first and last token). Both sets are empty where nobody is named.
    """
    found: set[str] = set()
    first: set[str] = set()
    for at, last in view.runs:
        if at in view.headline or (at, last) in places or _seat(view, at):
            continue
        if last > at:
            _from_run(view, at, last, found, first)
        elif title_before(view, at):
            found.add(view.lower[at])
    return frozenset(found), frozenset(first)


def _seat(view: View, at: int) -> bool:
    """Whether a run opens with the letter of a lawmaker's party: "R-Alpharetta"."""
    return len(view.texts[at]) == 1 and at + 1 < len(view) and view.texts[at + 1] == "-"


def _from_run(view: View, first: int, last: int, found: set[str], called: set[str]) -> None:
    words = [i for i in range(first, last + 1) if view.capital(i)]
    titled = title_before(view, first)
    while len(words) > 1 and view.lower[words[0]] in TITLES:
        words, titled = words[1:], True
    if len(words) > 4 or not words:
        return
    if titled or (len(words) > 1 and (given(view, words[0]) or initial_letter(view, words[0]))):
        found.add(view.lower[words[-1]])
        if len(words) > 1 and given(view, words[0]) and not view.common(words[-1]):
            called.add(view.lower[words[0]])
