"""Finds the phrases of the trigger table in the tokens of a sentence."""

from __future__ import annotations

import re
from itertools import compress, count, product
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.ontology.forms import Form, noun_forms, verb_forms
from geo.ontology.table import STOP, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ATOM: Final = re.compile(r"\[[^\]]+\]|<[^>]+>|\S+")
_GAP: Final = ""
_LONGEST_GAP: Final = 6
_NO_GAP: Final = frozenset('.,;:!?()"“”«»–—') | {"and", "but", "that", "which", "who", "while"}

Part = str | frozenset[str]


class Hit(NamedTuple):
    """A trigger in a sentence: token indices (end exclusive) and the readings of those words."""

    start: int
    end: int
    readings: tuple[tuple[Trigger, Form], ...]

    def reading(self, pos: str) -> tuple[Trigger, Form] | None:
        """The reading as `pos` (verb, noun), or None."""
        return next((found for found in self.readings if found[0].pos == pos), None)


class _Pattern(NamedTuple):
    order: int
    rest: tuple[Part, ...]
    trigger: Trigger
    form: Form


_order: Final = attrgetter("order")


class _Opening:
    """The patterns that begin with one word, so kept that few of them are tried.

    ``by_next`` are those of one word and those whose second word is the key, ``alone`` the first of these;
    ``loose`` have a gap or any word of a set behind the first, and stand with the word that tells of them.
    ``telling`` are the words of all loose ones, ``others`` these and the second words.
    """

    __slots__ = ("alone", "by_next", "loose", "others", "telling")

    def __init__(self, patterns: Sequence[_Pattern]) -> None:
        self.alone = [pattern for pattern in patterns if not pattern.rest]
        self.by_next: dict[str, list[_Pattern]] = {}
        self.loose: list[tuple[frozenset[str], _Pattern]] = []
        for pattern in patterns:
            if pattern.rest and isinstance(pattern.rest[0], str) and pattern.rest[0] != _GAP:
                self.by_next.setdefault(pattern.rest[0], list(self.alone)).append(pattern)
            elif pattern.rest:
                self.loose.append((_telling(pattern.rest), pattern))
        self.telling: frozenset[str] = frozenset().union(*(telling for telling, _ in self.loose))
        self.others = self.telling.union(self.by_next)

    def may_match(self, present: frozenset[str]) -> bool:
        """Whether any pattern is worth trying in a text of these words."""
        return bool(self.alone) or not self.others.isdisjoint(present)

    def may_match_before(self, following: str, present: frozenset[str]) -> bool:
        """The same where it stands before the word `following`."""
        return bool(self.alone) or following in self.by_next or not self.telling.isdisjoint(present)

    def worth_trying(self, following: str, present: frozenset[str]) -> list[_Pattern]:
        """Patterns whose next word follows or, behind a gap, whose telling word stands in the sentence."""
        found = self.by_next.get(following, self.alone)
        if self.telling.isdisjoint(present):
            return found
        return [*found, *(pattern for telling, pattern in self.loose if not telling.isdisjoint(present))]


def _telling(rest: tuple[Part, ...]) -> frozenset[str]:
    """The longest word that a pattern needs; a set of words where it needs no single one."""
    literal = [part for part in rest if isinstance(part, str) and part != _GAP]
    if literal:
        return frozenset({max(literal, key=len)})
    return next(part for part in rest if isinstance(part, frozenset))


class Matcher:
    """The phrases of the table by their first word.

    Parameters
    ----------
    triggers : sequence of Trigger
        Of two that match the same words in the same part of speech the first wins.
    words : mapping of str to frozenset of str
        What ``@name`` stands for.
    """

    __slots__ = ("_first", "_words")

    def __init__(self, triggers: Sequence[Trigger], words: Mapping[str, frozenset[str]]) -> None:
        grouped: dict[str, list[_Pattern]] = {}
        for order, trigger in enumerate(triggers):
            for phrase in trigger.phrases:
                for parts, form in _variants(phrase, words):
                    grouped.setdefault(str(parts[0]), []).append(_Pattern(order, parts[1:], trigger, form))
        self._first = {word: _Opening(patterns) for word, patterns in grouped.items()}
        self._words = frozenset(self._first)

    def openings(self, lowered: Sequence[str], words: frozenset[str] | None = None) -> list[int]:
        """Indices at which a phrase may begin, in order: a first look at many sentences at once.

        `words` are those of `lowered`, where the caller has them.
        """
        first, present, last = self._first, words or frozenset(lowered), len(lowered) - 1
        # each word once: most of those that begin a phrase are common ones, and their phrases rare
        worth = {word for word in present & self._words if first[word].may_match(present)}
        return [
            at
            for at in compress(count(), map(worth.__contains__, lowered))
            if first[lowered[at]].may_match_before(lowered[at + 1] if at < last else "", present)
        ]

    def find(self, lowered: Sequence[str], openings: Sequence[int] | None = None) -> list[Hit]:
        """Hits in order, none overlapping; at each place the longest phrase, stop phrases left out.

        `openings` are the indices that `openings` gives, where the caller has them already.
        """
        hits: list[Hit] = []
        if openings is None:
            openings = self.openings(lowered)
        if not openings:
            return hits
        present = frozenset(lowered)
        free = 0
        for at in openings:
            if at < free:
                continue
            following = lowered[at + 1] if at + 1 < len(lowered) else ""
            patterns = self._first[lowered[at]].worth_trying(following, present)
            hit = _best(patterns, lowered, at, present) if patterns else None
            if hit is not None:
                if hit.readings[0][0].type != STOP:
                    hits.append(hit)
                free = hit.end
        return hits


def _best(patterns: list[_Pattern], lowered: Sequence[str], at: int, present: frozenset[str]) -> Hit | None:
    """The longest phrases that match at `at` and whose needed words are in the sentence."""
    longest, readings = 0, []
    for pattern in patterns:
        needs = pattern.trigger.needs
        if needs and needs.isdisjoint(present):
            continue
        end = _match(pattern.rest, lowered, at + 1) if pattern.rest else at + 1
        if end > longest:
            longest, readings = end, [pattern]
        elif end and end == longest:
            readings.append(pattern)
    if not readings:
        return None
    if len(readings) > 1:
        stops = [pattern for pattern in readings if pattern.trigger.type == STOP]
        readings = sorted(stops or readings, key=_order)
    return Hit(at, longest, tuple((pattern.trigger, pattern.form) for pattern in readings))


def _match(rest: tuple[Part, ...], lowered: Sequence[str], at: int) -> int:
    """End of the phrase whose remaining parts start at `at`; 0 where it does not match."""
    for index, part in enumerate(rest):
        if part == _GAP:
            return _match_gap(rest[index + 1 :], lowered, at)
        if at >= len(lowered):
            return 0
        word = lowered[at]
        if word not in part if isinstance(part, frozenset) else word != part:
            return 0
        at += 1
    return at


def _match_gap(rest: tuple[Part, ...], lowered: Sequence[str], at: int) -> int:
    for skipped in range(_LONGEST_GAP + 1):
        end = _match(rest, lowered, at + skipped)
        if end:
            return end
        if at + skipped >= len(lowered) or lowered[at + skipped] in _NO_GAP:
            return 0
    return 0


def _variants(phrase: str, words: Mapping[str, frozenset[str]]) -> Iterator[tuple[tuple[Part, ...], Form]]:
    """Every form of `phrase` as parts, with the form of its inflected word."""
    options: list[list[tuple[tuple[Part, ...], Form]]] = []
    for atom in _ATOM.findall(phrase):
        options.append(list(_atom(atom, words)))
    if phrase.startswith("@"):
        # the first word is looked up by itself: one pattern for each word of the set
        options[0] = [((word,), "noun") for part in options[0][0][0] for word in sorted(part)]
    for choice in product(*options):
        parts = tuple(part for option in choice for part in option[0])
        inflected = [
            option[1] for atom, option in zip(_ATOM.findall(phrase), choice, strict=True) if atom[0] == "["
        ]
        yield parts, inflected[0] if inflected else "noun"


def _atom(atom: str, words: Mapping[str, frozenset[str]]) -> Iterator[tuple[tuple[Part, ...], Form]]:
    if atom == "~":
        yield (_GAP,), "noun"
    elif atom[0] == "@":
        yield (words[atom[1:]],), "noun"
    elif atom[0] == "[":
        first, *rest = _split(atom[1:-1])
        yield from (((form, *rest), name) for form, name in verb_forms(first).items())
    elif atom[0] == "<":
        *rest, last = _split(atom[1:-1])
        yield from (((*rest, form), name) for form, name in noun_forms(last).items())
    else:
        yield tuple(_split(atom)), _literal_form(atom)


def _split(text: str) -> list[str]:
    """Words as the tokeniser cuts them: hyphens stand alone."""
    return text.replace("-", " - ").split()


def _literal_form(word: str) -> Form:
    return "ing" if word.endswith("ing") else "past" if word.endswith("ed") else "noun"
