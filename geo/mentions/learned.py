"""The default recogniser: the rules' evidence and the words around, weighed by what was learned from texts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from gazetteer.names import fold
from geo.mentions import model, persons
from geo.mentions.excluded import church
from geo.mentions.rules import Decision, RuleRecogniser
from geo.mentions.signals import Surroundings, coarse
from geo.text.words import words
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.mentions.decide import Judge
    from geo.mentions.names import Names, Span
    from geo.mentions.verdict import Verdict
    from geo.mentions.view import View

PRIOR: Final = {
    "name of a person in the text": -1.2,
    "common word that opens a sentence": -0.5,
    "before a kind of place": 0.9,
    "after a ship": -2.5,
    "after a word of kin": -3.0,
    "inside a public body": 0.6,
    "seat of a lawmaker": 2.0,
    "inside a treaty's name": 2.0,
    "shares a kind of place": 1.5,
    "inside a paper's name": 0.6,
    "before a thing named after it": -3.0,
}
"""What few training texts show and every reader knows, in log-odds beside the learned weights."""
_LAST_LATIN: Final = "\u024f"
_LANGUAGES: Final = words(
    """arabic hebrew latin hindi urdu mandarin cantonese swahili yiddish gaelic pashto dari farsi tagalog esperanto
    bengali tamil telugu punjabi gujarati marathi creole aramaic sanskrit quechua hausa yoruba igbo amharic oromo"""
)
"""One speaks in these, and is nowhere."""
UNKNOWN_THRESHOLD: Final = 0.6
"""Least belief that a capitalised word which the gazetteer does not know is a place."""
LINKS: Final = frozenset({",", "and"})
LISTED: Final = 1.5
"""What a list with a place in it speaks for a single unknown word, in log-odds."""
SEVERAL_THRESHOLD: Final = 0.75
"""The same for several words, which are more often a person or a body."""


class LearnedRecogniser(RuleRecogniser):
    """Finds place names with a gazetteer, rules and learned weights.

    The rules propose and explain; the weights decide, also against what the rules exclude. Names that the
    gazetteer does not know become mentions too where their context says place.

    Parameters
    ----------
    gaz : gazetteer.Gazetteer
        Anything with ``scan`` and ``candidates``.
    demonyms : bool, default False
    threshold : float, default 0.5
        Least belief (0 to 1) that a known name is a place.
    weights : mapping of str to Weights, optional
        For "known" and "unknown" names; default: those that come with the package, read when first needed.
    """

    def __init__(
        self,
        gaz: Names,
        *,
        demonyms: bool = False,
        threshold: float = 0.5,
        weights: Mapping[str, model.Weights] | None = None,
    ) -> None:
        super().__init__(gaz, demonyms=demonyms, threshold=threshold)
        self._weights = weights

    def _learned(self, name: str) -> model.Weights:
        return model.load(name) if self._weights is None else self._weights[name]

    def _weigh(self, judge: Judge, found: list[Span], verdicts: list[Verdict]) -> Decision:
        """Let the weights have the last word."""
        super()._weigh(judge, found, verdicts)
        known = {(span.first, span.last) for span in found}
        return Learned(
            Surroundings(judge, found, verdicts), self._learned("known"), self._learned("unknown"), known
        )


class Learned(Decision):
    """Decides by learned weights.

    Parameters
    ----------
    around : Surroundings
    known, unknown : Weights
        For names that the gazetteer knows, and for others.
    names : set of (int, int)
        First and last tokens of what the gazetteer knows, adjectives too: no unknown names.
    """

    def __init__(
        self, around: Surroundings, known: model.Weights, unknown: model.Weights, names: set[tuple[int, int]]
    ) -> None:
        self._around, self._known, self._unknown, self._names = around, known, unknown, names

    def settle(self, verdict: Verdict) -> None:
        """Replace the rules' evidence, also where they exclude a place.

        In other scripts than the Latin one and for demonyms the rules stand: nothing was learned of those.
        """
        if verdict.role == "demonym" or self._around.view.texts[verdict.first][0] > _LAST_LATIN:
            return
        evidence = self._evidence(verdict)
        if verdict.ruled and evidence > 0:
            verdict.features.append((f"accepted, though ruled out {verdict.ruled}", 1.0))
        verdict.evidence, verdict.ruled = evidence, ""

    def _evidence(self, verdict: Verdict) -> float:
        weights = self._known
        evidence = weights.evidence(self._around.known_facts(verdict, weights.vocabulary))
        evidence += weights.of_cues(verdict.features, coarse(verdict.info.prominence), PRIOR)
        # weights are thousandths: the order in which they are added must not decide
        return round(evidence, 6)

    def unknown(self, covered: set[int]) -> Iterator[Mention]:
        """Mentions of names that the gazetteer does not know."""
        around, view, weights = self._around, self._around.view, self._unknown
        for first, last in unknown_runs(view, covered):
            if (
                (first, last) in self._names
                or _person(view, first, last)
                or (last > first and church(view, first, last))
            ):
                continue
            evidence = weights.evidence(around.unknown_facts(first, last, weights.vocabulary))
            evidence += weights.of_classes(around.classes_of(first, last))
            if last == first and self._listed(first, covered):
                evidence += LISTED
            score = 1 / (1 + math.exp(-evidence))
            if score >= (SEVERAL_THRESHOLD if last > first else UNKNOWN_THRESHOLD):
                start, end = view.starts[first], view.ends[last]
                text = view.text[start:end]
                cues = ("unknown name in the context of a place",)
                yield Mention(start, end, text, "literal", fold(text), score=round(score, 4), cues=cues)

    def _listed(self, i: int, covered: set[int]) -> bool:
        """Whether a word stands in a list of at least three names, with a place, and is no usual name of a person."""
        view, around = self._around.view, 0
        if view.following(view.right[i]) not in LINKS and view.preceding(view.left[i]) not in LINKS:
            return False
        if persons.given(view, i) or persons.surname(view, i):
            return False
        place = False
        for step in (-1, 1):
            at = i
            while around < 8:
                at = _next_listed(view, at, step)
                if at < 0:
                    break
                around += 1
                place = place or at in covered
        return place and around > 1


def _next_listed(view: View, i: int, step: int) -> int:
    """The name before or behind token `i` in its list ("A, B and C"); -1 for none. Names of several words count."""
    edge = view.left[i] if step < 0 else view.right[i]
    sign = view.preceding(edge) if step < 0 else view.following(edge)
    if sign not in LINKS:
        return -1
    at = edge + 2 * step
    return at if 0 <= at < len(view) and view.capital(at) and view.sentence[at] == view.sentence[i] else -1


def _person(view: View, first: int, last: int) -> bool:
    """Whether an unknown name is plainly a person's: most are."""
    return (last > first and persons.given(view, first)) or persons.title_before(view, first)


def unknown_runs(view: View, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised words outside headlines that hold no covered token, without a common opener."""
    for first, last in view.runs:
        if first in view.headline:
            continue
        while first < last and first in view.initial and view.common(first):
            first += 1  # noqa: PLW2901
        ordinary = first == last and (view.common(first) or view.lower[first] in _LANGUAGES)
        if not ordinary and covered.isdisjoint(range(first, last + 1)):
            yield first, last
