"""What the learned weights look at: the words around a name and what is known of it, never the name itself.

A signal is a pair of strings, template and value. Capitalised words are replaced by their class (given name,
known place, title ...) unless they are usual English words, so that contexts are learned and not names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.mentions import persons
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
from geo.mentions.view import DIGIT, LOWER, OTHER, UPPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.mentions.decide import Judge
    from geo.mentions.names import Span
    from geo.mentions.verdict import Verdict

Signal = tuple[str, str]

_WORDS: Final = ORG_HEADS | ROLE_NOUNS | STREETS | TEAM_HEADS | TITLES | DIRECTIONS
_EDGE: Final = "<>"


@lru_cache(maxsize=65536)
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
        self.lower_words = judge.lower_words
        self.classes = [word_class(word, shape) for word, shape in zip(view.lower, view.shapes, strict=True)]
        for i in view.initial | view.headline:
            if view.common(i):
                self.classes[i] = view.lower[i]  # no name: capitalised like all words there
        for span in spans:
            self._overlay(span)
        self.times = Counter(view.lower)
        self._units: dict[str, set[str]] = defaultdict(set)
        for verdict in verdicts:
            if verdict.evidence >= 2 and not verdict.ruled:
                for unit in verdict.info.units[:1]:
                    self._units[unit].add(verdict.info.key)
                    self._units[unit.split("-", 1)[0]].add(verdict.info.key)
        self._sure = len({v.info.key for v in verdicts if v.evidence >= 2 and not v.ruled})
        self._sure_keys = {v.info.key for v in verdicts if v.evidence >= 2 and not v.ruled}

    def _overlay(self, span: Span) -> None:
        if span.info.derived:
            kind = "^adj"
        elif span.info.prominence >= 5:
            kind = "^unit" if span.info.kind in ("country", "admin1") else "^place"
        else:
            return
        for i in range(span.first, span.last + 1):
            if self.classes[i] in ("^X", "^XX", "^given", "^surname"):
                self.classes[i] = kind

    def around(self, i: int, last: int) -> tuple[str, str, str, str, str, str]:
        """Classes of three tokens before and after a span, nearest first; signs mark the sentence's edges."""
        view, classes = self.view, self.classes
        found = []
        for step, at in ((-1, i), (1, last)):
            inside, place = True, at
            for _ in range(3):
                inside = inside and view.same_line(place - 1 if step < 0 else place)
                place += step
                found.append(classes[place] if inside else _EDGE)
        return found[0], found[1], found[2], found[3], found[4], found[5]

    def support(self, verdict: Verdict) -> tuple[str, str]:
        """How many other sure names lie in the unit and the country of the best fitting place, in steps."""
        units = countries = 0
        for unit in verdict.info.units:
            here = self._units.get(unit, set())
            there = self._units.get(unit.split("-", 1)[0], set())
            units = max(units, len(here) - (verdict.info.key in here))
            countries = max(countries, len(there) - (verdict.info.key in there))
        return _step(units), _step(countries)

    def _person(self, i: int) -> int:
        """1 for the last name of somebody in the text, 2 for a first name, 3 for both, else 0."""
        word = self.view.lower[i]
        return (word in self._persons[0]) + 2 * (word in self._persons[1])

    def _opening(self, i: int) -> int:
        """First token of the run of capitalised words around `i`, without words that only open the sentence."""
        view, first = self.view, self.view.left[i]
        while first < i and first in view.initial and view.common(first):
            first += 1
        return first

    def common_signals(self, first: int, last: int) -> Iterator[Signal]:
        """Signals of the words around a span and of its words' classes."""
        view = self.view
        l1, l2, l3, r1, r2, r3 = self.around(first, last)
        yield from (("l1", l1), ("l2", l2), ("l3", l3), ("r1", r1), ("r2", r2), ("r3", r3))
        yield "l21", f"{l2} {l1}"
        yield "r12", f"{r1} {r2}"
        yield "lr", f"{l1} {r1}"
        yield "l321", f"{l3} {l2} {l1}"
        yield "r123", f"{r1} {r2} {r3}"
        if r1[0].isalpha():
            yield "rs", r1[-3:]
        if l1[0].isalpha():
            yield "ls", l1[-3:]
        place = "head" if first in view.headline else "open" if first in view.initial else "in"
        yield "where", place
        yield "size", str(min(last - first, 4))
        yield "l1where", f"{l1} {place}"
        before = first - self._opening(first) if first not in view.headline else 0
        after = view.right[last] - last if last not in view.headline else 0
        yield "run", f"{min(before, 2)} {min(after, 2)}"
        yield "times", _step(self.times[view.lower[last]] - 1)
        person = self._person(last)
        yield "person", str(person)
        yield "personwhere", f"{person} {place} {l1} {min(before, 1)}"
        yield "shape", f"{view.shapes[first]} {first in view.headline}"
        traits = f"{persons.given(view, first)} {persons.surname(view, last)} {view.common(first)} {view.common(last)}"
        yield "traits", traits
        yield "traitswhere", f"{traits} {place} {last > first}"
        yield "traitsr1", f"{traits} {place} {r1}"
        yield "also", f"{view.lower[first] in self.lower_words} {place} {last > first}"

    def known_signals(self, verdict: Verdict) -> Iterator[Signal]:
        """Signals of a name that the gazetteer knows."""
        info = verdict.info
        first, last = verdict.first, verdict.last
        yield from self.common_signals(first, last)
        size = min(int(info.prominence * 2), 18)
        rough = min(int(info.prominence), 9) // 2
        belief = max(-6, min(8, round(verdict.evidence)))
        yield "size2", str(size)
        yield "kind", info.kind
        yield "belief", str(belief)
        yield "ruled", verdict.ruled
        yield "role", str(verdict.role)
        yield "use", f"{info.preferred} {info.abbreviation} {info.capital}"
        yield "ruledsize", f"{verdict.ruled} {size}"
        yield "beliefkind", f"{belief} {info.kind}"
        for name, _ in verdict.features:
            yield "cue", name
            yield "cuesize", f"{name} {rough}"
        l1 = self.classes[first - 1] if self.view.same_line(first - 1) else _EDGE
        r1 = self.classes[last + 1] if self.view.same_line(last) else _EDGE
        yield "l1size", f"{l1} {rough}"
        yield "r1size", f"{r1} {rough}"
        yield "ruledl1", f"{verdict.ruled} {l1}"
        yield "ruledr1", f"{verdict.ruled} {r1}"
        unit, country = self.support(verdict)
        yield "unit", unit
        yield "country", country
        yield "unitsize", f"{unit} {rough}"
        yield "countrysize", f"{country} {rough}"
        yield "unitbelief", f"{unit} {belief}"
        yield "sure", str(info.key in self._sure_keys)
        yield "surebelief", f"{info.key in self._sure_keys} {belief}"
        yield "density", _step(self._sure)
        yield "kindsize", f"{info.kind} {size}"
        start = self._opening(first)
        opens, ends = self.classes[start], self.classes[self.view.right[last]]
        yield "opens", opens if start < first else ""
        yield "personsize", f"{self._person(last)} {rough} {start < first}"
        yield "ends", ends if self.view.right[last] > last else ""
        yield "endsrough", f"{ends} {rough}" if self.view.right[last] > last else ""
        yield "endsunit", f"{ends} {unit}" if self.view.right[last] > last else ""
        yield "ruledunit", f"{verdict.ruled} {unit} {country}"

    def unknown_signals(self, first: int, last: int) -> Iterator[Signal]:
        """Signals of capitalised words that the gazetteer does not know."""
        yield from self.common_signals(first, last)
        view = self.view
        own = [word_class(view.lower[i], view.shapes[i]) for i in range(first, last + 1)]
        for word in own:
            yield "has", word
        yield "last", own[-1]
        yield "first", own[0]
        if own[-1] in ("^X", "^XX"):
            yield "end3", view.lower[last][-3:]
            yield "end2", view.lower[last][-2:]
        l1, l2, _, r1, r2, _ = self.around(first, last)
        yield "l1last", f"{l1} {own[-1]}"
        yield "l1size", f"{l1} {min(last - first, 2)}"
        yield "l21size", f"{l2} {l1} {min(last - first, 2)}"
        yield "r1last", f"{r1} {own[-1]}"
        yield "locative", f"{l1 in LOCATIVE} {own[0]} {r1}"
        yield "r12last", f"{r1} {r2} {own[-1]}"
        yield "density", _step(self._sure)
        yield "length", str(min(len(view.texts[last]), 10))

    def role_signals(self, verdict: Verdict, rule: str, group: tuple[int, int]) -> Iterator[Signal]:
        """Signals of what a name does: the rules' answer, the words around its list and after its head."""
        view, info = self.view, verdict.info
        first, last = group
        end = max(last, verdict.head.last) if verdict.head and verdict.head.first > verdict.last else last
        l1, l2, l3, r1, r2, r3 = self.around(first, end)
        place = "head" if first in view.headline else "open" if first in view.initial else "in"
        actor = f"{info.actor} {info.kind}"
        yield from (("rule", rule), ("place", place), ("actor", actor), ("ruled", verdict.ruled))
        yield from (("l1", l1), ("l2", l2), ("l3", l3), ("r1", r1), ("r2", r2), ("r3", r3))
        yield from (("rulel1", f"{rule} {l1}"), ("ruler1", f"{rule} {r1}"), ("ruleactor", f"{rule} {actor}"))
        yield from (("l21", f"{l2} {l1}"), ("r12", f"{r1} {r2}"), ("lr", f"{l1} {r1}"))
        yield from (
            ("actorl1", f"{actor} {l1}"),
            ("actorr1", f"{actor} {r1}"),
            ("actorplace", f"{actor} {place}"),
        )
        yield from (
            ("rs", f"{r1[-2:]} {place}"),
            ("rs3", r1[-3:]),
            ("r2s", f"{r1} {r2[-2:]}"),
            ("ls", l1[-3:]),
        )
        yield "ruleplace", f"{rule} {place}"
        yield "several", f"{first != verdict.first or last != verdict.last} {rule}"
        yield "head", verdict.head.text if verdict.head else ""
        yield "kindl1r1", f"{info.kind} {l1} {r1[-2:]}"
        before = verdict.first - view.left[verdict.first]
        after = view.right[verdict.last] - verdict.last
        yield "run", f"{min(before, 2)} {min(after, 3)} {rule}"
        for i in range(verdict.last + 1, view.right[verdict.last] + 1):
            yield "runs", self.classes[i]
        for i in range(view.left[verdict.first], verdict.first):
            yield "lruns", self.classes[i]
        for i in range(max(0, first - 6), first):
            if view.sentence[i] == view.sentence[first]:
                yield "before", self.classes[i]
        for i in range(end + 1, min(len(view), end + 6)):
            if view.sentence[i] == view.sentence[end]:
                yield "after", self.classes[i]


def _step(count: int) -> str:
    """A count in coarse steps: 0, 1, 2, 3 for three or four, 5 for more."""
    return "0" if count < 1 else str(count) if count < 3 else "3" if count < 5 else "5"
