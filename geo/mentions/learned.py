"""The default recogniser: the rules' evidence and the words around, weighed by what was learned from texts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from gazetteer.names import fold
from geo.mentions import model
from geo.mentions.rules import RuleRecogniser
from geo.mentions.signals import Surroundings
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.mentions.decide import Judge
    from geo.mentions.names import Names, Span
    from geo.mentions.rules import Unknown
    from geo.mentions.verdict import Verdict
    from geo.mentions.view import View

PRIOR: Final = {
    "name of a person in the text": -1.2,
    "common word that opens a sentence": -0.5,
    "before a kind of place": 0.7,
}
"""What few training texts show and every reader knows, in log-odds beside the learned weights."""
UNKNOWN_THRESHOLD: Final = 0.6
"""Least belief that capitalised words which the gazetteer does not know are a place."""


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

    def _weigh(self, judge: Judge, found: list[Span], verdicts: list[Verdict]) -> Unknown:
        """Replace the rules' evidence by the learned one."""
        super()._weigh(judge, found, verdicts)
        around = Surroundings(judge, found, verdicts)
        weights = self._learned("known")
        plain = [verdict for verdict in verdicts if verdict.role != "demonym" and _cased(verdict, judge)]
        for verdict, evidence in [(v, _evidence(v, weights, around)) for v in plain]:
            if verdict.ruled and evidence > 0:
                verdict.features.append((f"accepted, though ruled out {verdict.ruled}", 1.0))
            verdict.evidence, verdict.ruled = evidence, ""
        return lambda covered: _unknown(around, covered, self._learned("unknown"))


def _cased(verdict: Verdict, judge: Judge) -> bool:
    """Whether case tells a name from a word: not in Arabic or Chinese, where the rules alone decide."""
    return judge.view.texts[verdict.first].lower() != judge.view.texts[verdict.first].upper()


def _evidence(verdict: Verdict, weights: model.Weights, around: Surroundings) -> float:
    """Log-odds that a known name is a place."""
    prior = sum(PRIOR.get(name, 0.0) for name, _ in verdict.features)
    return weights.evidence(around.known_values(verdict)) + weights.of_cues(around.cues(verdict)) + prior


def _unknown(around: Surroundings, covered: set[int], weights: model.Weights) -> Iterator[Mention]:
    """Mentions of names that the gazetteer does not know."""
    view = around.view
    for first, last in unknown_runs(view, covered):
        evidence = weights.evidence(around.unknown_values(first, last))
        evidence += weights.of_classes(around.classes_of(first, last))
        score = 1 / (1 + math.exp(-evidence))
        if score >= UNKNOWN_THRESHOLD:
            start, end = view.starts[first], view.ends[last]
            text = view.text[start:end]
            cues = ("unknown name in the context of a place",)
            yield Mention(start, end, text, "literal", fold(text), score=round(score, 4), cues=cues)


def unknown_runs(view: View, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised words outside headlines that hold no covered token, without a common opener."""
    for first, last in view.runs:
        if first in view.headline:
            continue
        while first < last and first in view.initial and view.common(first):
            first += 1  # noqa: PLW2901
        if (first < last or not view.common(first)) and covered.isdisjoint(range(first, last + 1)):
            yield first, last
