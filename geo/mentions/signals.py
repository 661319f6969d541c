"""What the learned weights look at: the words around a name and what is known of it, never the name itself.

A signal is a template and a value. Capitalised words are replaced by their class (given name,
known place, title ...) unless they are usual English words, so that contexts are learned and not names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.mentions.lexicon import (
    DIRECTIONS,
    FUNCTION,
    LOCATIVE,
    ORG_HEADS,
    ROLE_NOUNS,
    STREETS,
    TEAM_HEADS,
    TITLES,
    listing,
)
from geo.mentions.templates import KNOWN, KNOWN_GROUPS, UNKNOWN, UNKNOWN_GROUPS, values
from geo.mentions.view import DIGIT, LOWER, OTHER, UPPER, shape
from geo.mentions.vocabulary import EVERY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.mentions.decide import Judge
    from geo.mentions.names import Span
    from geo.mentions.templates import Facts, Value
    from geo.mentions.verdict import Verdict
    from geo.mentions.vocabulary import Vocabulary

    _Around = tuple[str, Value, str, str, Value, str, int]
    """Next word before, the next two, the third; the same behind; whether it is somebody's name."""

_WORDS: Final = ORG_HEADS | ROLE_NOUNS | STREETS | TEAM_HEADS | TITLES | DIRECTIONS
_EDGE: Final = "<>"
_NAMES: Final = frozenset({"^X", "^XX", "^given", "^surname"})


def word_class(word: str, shape: int) -> str:
    """What stands for a token (lower case, shape) in signals: the word itself unless it is a name."""
    if shape in (LOWER, OTHER) or word in FUNCTION:
        return word
    if shape == DIGIT:
        return "0000" if len(word) == 4 and word.isdigit() else "0"
    if word in _WORDS:
        return "^" + word
    if word in listing("given"):
        return "^given"
    if word in listing("surnames"):
        return "^surname"
    if word in listing("common"):
        return "^" + word
    return "^XX" if shape == UPPER else "^X"


@lru_cache(maxsize=16384)
def class_of(text: str) -> str:
    """What stands for a token as written."""
    return word_class(text.lower(), shape(text))


@lru_cache(maxsize=16384)
def _traits(opening: str, closing: str) -> tuple[bool, bool, bool, bool]:
    """Whether the first word of a name (lower case) is a given name, the last a surname, and either a common word."""
    common = [word in FUNCTION or word in listing("common") for word in (opening, closing)]
    return opening in listing("given"), closing in listing("surnames"), common[0], common[1]


@lru_cache(maxsize=4096)
def _countries(units: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unit.split("-", 1)[0] for unit in units)


class Surroundings:
    """The classes of a document's tokens, and what its sure places have in common.

    Parameters
    ----------
    judge : Judge
    spans : sequence of Span
        Every known name.
    verdicts : sequence of Verdict
        What the rules make of them.
    """

    def __init__(self, judge: Judge, spans: Sequence[Span], verdicts: Sequence[Verdict]) -> None:
        view = self.view = judge.view
        self._persons = judge.surnames, judge.called
        classes = self.classes = list(view.lower)
        for i in view.cased():
            classes[i] = class_of(view.texts[i])
        for i in view.initial | view.headline:
            if view.common(i):
                classes[i] = view.lower[i]  # no name: capitalised like all words there
        for span in spans:
            info = span.info
            if info.derived or info.prominence >= 5:
                kind = "^adj" if info.derived else "^unit" if info.kind in ("country", "admin1") else "^place"
                for i in range(span.first, span.last + 1):
                    if classes[i] in _NAMES:
                        classes[i] = kind
        self.times = Counter(view.lower)
        self._units: dict[str, set[str]] = defaultdict(set)
        sure = [verdict.info for verdict in verdicts if verdict.evidence >= 2 and not verdict.ruled]
        for info in sure:
            for unit in info.units[:1]:
                self._units[unit].add(info.key)
                self._units[unit.split("-", 1)[0]].add(info.key)
        self._support: dict[str, tuple[str, str]] = {}
        self._sure_keys = {info.key for info in sure}
        self._density = _step(len(self._sure_keys))

    def around(self, i: int, last: int) -> tuple[str, str, str, str, str, str]:
        """Classes of three tokens before and after a span, nearest first; signs mark the sentence's edges."""
        classes, joined = self.classes, self.view.joined
        l1 = l2 = l3 = r1 = r2 = r3 = _EDGE
        if i and joined[i - 1]:
            l1 = classes[i - 1]
            if i > 1 and joined[i - 2]:
                l2 = classes[i - 2]
                if i > 2 and joined[i - 3]:
                    l3 = classes[i - 3]
        if joined[last]:
            r1 = classes[last + 1]
            if joined[last + 1]:
                r2 = classes[last + 2]
                if joined[last + 2]:
                    r3 = classes[last + 3]
        return l1, l2, l3, r1, r2, r3

    def support(self, verdict: Verdict) -> tuple[str, str]:
        """How many other sure names lie in the unit and the country of the best fitting place, in steps."""
        answer = self._support.get(verdict.info.key)
        if answer is not None:
            return answer
        answer = "0", "0"
        if self._units:
            key, units = verdict.info.key, verdict.info.units
            answer = self._most(key, units), self._most(key, _countries(units))
        self._support[verdict.info.key] = answer
        return answer

    def _most(self, key: str, units: Iterable[str]) -> str:
        """How many sure names but one lie in any one of these units at most, in steps."""
        most = 0
        for unit in units:
            here = self._units.get(unit)
            if here is not None and len(here) > most:
                most = max(most, len(here) - (key in here))
        return _step(most)

    def _opening(self, i: int) -> int:
        """First token of the run of capitalised words around `i`, without words that only open the sentence."""
        view, first = self.view, self.view.left[i]
        while first < i and first in view.initial and view.common(first):
            first += 1
        return first

    def _common(self, first: int, last: int, words: Vocabulary) -> tuple[Facts, _Around]:
        """Facts of `COMMON` but the third words, and those that more signals are made of."""
        view = self.view
        l1, l2, l3, r1, r2, r3 = self.around(first, last)
        l1, l2, r1, r2 = words.l1[l1], words.l2[l2], words.r1[r1], words.r2[r2]
        head = first in view.headline
        place = "head" if head else "open" if first in view.initial else "in"
        before = 0 if head or view.left[first] == first else first - self._opening(first)
        after = 0 if last in view.headline else view.right[last] - last
        opening, closing = view.lower[first], view.lower[last]
        person = (closing in self._persons[0]) + 2 * (
            closing in self._persons[1]
        )  # by last name, by first name
        traits = _traits(opening, closing)
        size = last - first
        form = (
            place,
            size if size < 4 else 4,
            before if before < 2 else 2,
            after if after < 2 else 2,
            _step(self.times[closing] - 1),
            person,
            view.shapes[first],
            head,
            traits,
            size > 0,
            opening in view.lower_words,
        )
        facts: Facts = [
            (l1, l2),
            (r1, r2),
            (l1, r1),
            (l1, place, person, 1 if before else 0),
            (traits, place, r1),
            form,
        ]
        return facts, (l1, words.l21[l2, l1], words.l3[l3], r1, words.r12[r1, r2], words.r3[r3], person)

    def known_facts(self, verdict: Verdict, words: Vocabulary = EVERY) -> Facts:
        """Facts of `KNOWN_GROUPS`: a name that the gazetteer knows."""
        view, info = self.view, verdict.info
        first, last, ruled, prominence = verdict.first, verdict.last, verdict.ruled, info.prominence
        facts, (l1, l21, l3, r1, r12, r3, person) = self._common(first, last, words)
        rough = coarse(prominence)
        belief = round(verdict.evidence)
        belief = -6 if belief < -6 else 8 if belief > 8 else belief
        unit, country = self.support(verdict)
        sure = info.key in self._sure_keys
        start, end = view.left[first], view.right[last]
        if start < first:
            start = self._opening(first)
        opens = self.classes[start] if start < first else ""
        ends = self.classes[end] if end > last else ""
        size = int(prominence * 2)
        use = (info.preferred, info.abbreviation, info.capital)
        facts += (
            (l21, l3),
            (r12, r3),
            (size if size < 18 else 18, info.kind, belief, ruled, verdict.role or "", use),
            (rough, ruled, l1),
            (rough, ruled, r1),
            (unit, country, rough, belief, sure, self._density, ruled),
            (opens, person, start < first, ends, rough, unit),
        )
        return facts

    def known_values(self, verdict: Verdict) -> list[Value]:
        """Values of `KNOWN`, one for each signal: what is learned from."""
        return values(KNOWN_GROUPS, self.known_facts(verdict), KNOWN)

    @staticmethod
    def cues(verdict: Verdict) -> list[tuple[Value, Value]]:
        """Values of "cue" and "cuesize": each piece of the rules' evidence, alone and with the prominence."""
        rough = coarse(verdict.info.prominence)
        return [(name, (name, rough)) for name, _ in verdict.features]

    def unknown_facts(self, first: int, last: int, words: Vocabulary = EVERY) -> Facts:
        """Facts of `UNKNOWN_GROUPS`: capitalised words that the gazetteer does not know."""
        view = self.view
        facts, (l1, l21, l3, r1, r12, r3, _) = self._common(first, last, words)
        opens, ends = class_of(view.texts[first]), class_of(view.texts[last])
        name = view.lower[last][-3:] if ends in ("^X", "^XX") else ""
        size = min(last - first, 2)
        located = first > 0 and view.joined[first - 1] and self.classes[first - 1] in LOCATIVE
        facts += [
            (l21, l3, size),
            (r12, r3, ends),
            (l1, ends, size),
            (r1, ends),
            (opens, words.end[name]),
            (located, opens, r1),
            (self._density, min(len(view.texts[last]), 10)),
        ]
        return facts

    def unknown_values(self, first: int, last: int) -> list[Value]:
        """Values of `UNKNOWN`, one for each signal: what is learned from."""
        return values(UNKNOWN_GROUPS, self.unknown_facts(first, last), UNKNOWN)

    def classes_of(self, first: int, last: int) -> list[str]:
        """Values of "has": the classes of the words of an unknown name."""
        view = self.view
        return [class_of(view.texts[i]) for i in range(first, last + 1)]


def coarse(prominence: float) -> int:
    """A prominence in five steps."""
    return int(prominence) // 2 if prominence < 10 else 4


_STEPS: Final = ("0", "1", "2", "3", "3")


def _step(count: int) -> str:
    """A count in coarse steps: 0, 1, 2, 3 for three or four, 5 for more."""
    return _STEPS[count] if count < 5 else "5"
