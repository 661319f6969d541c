"""How good are the places? Scores of parsed documents against a gold file.

``evaluate(gold_docs, parsed_docs)`` is the whole interface: gold from `load`, parsed documents from
`geo.pipeline` (only their ``resolutions`` are looked at), paired by document id.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from geo.scoring.gold import GoldDocument, GoldToponym, gold_mentions, load
from geo.scoring.matching import match, overlapping
from geo.scoring.measures import HALF_EARTH_KM, Counts, Distances, coverage_accuracy, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.types import Located, Place
    from geo.types import Parsed, Resolution

__all__ = ["GoldDocument", "GoldToponym", "Scores", "evaluate", "gold_mentions", "load"]

NEAR_KM = 161.0
"""100 miles, the field's tolerance."""


class Units(Protocol):
    """What the area-aware measure needs of a gazetteer: which units hold a point."""

    def within(self, lon: float, lat: float) -> Located:
        """Country and first-level unit at the point (longitude first, WGS 84 degrees)."""


@dataclass(slots=True)
class Scores:
    """All measures over a set of documents.

    Attributes
    ----------
    documents : int
    exact, overlap : Counts
        Recognition over all gold toponyms: equal spans, overlapping spans, one to one.
    resolution : Distances
        Errors over gold toponyms with a point whose span was matched; unplaced ones count as misses.
    end_to_end : Counts
        Hits are gold toponyms with a point, paired with an overlapping prediction within 161 km.
    end_to_end_area : Counts
        The same, where the right country or first-level unit counts whatever point stands for it.
    oracle : Distances
        Errors with gold spans given; empty unless `evaluate` was handed such parses.
    by_type : dict
        Class of the gold mention to its overlap recognition (hits, gold).
    scored : list of (float, bool)
        Score and correctness (within 161 km or the right unit) of every placed, matched mention.
    """

    documents: int = 0
    exact: Counts = field(default_factory=Counts)
    overlap: Counts = field(default_factory=Counts)
    resolution: Distances = field(default_factory=Distances)
    end_to_end: Counts = field(default_factory=Counts)
    end_to_end_area: Counts = field(default_factory=Counts)
    oracle: Distances = field(default_factory=Distances)
    by_type: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    scored: list[tuple[float, bool]] = field(default_factory=list)

    def selective_accuracy(self, coverage: float = 0.9) -> float:
        """Share right among the `coverage` share of matched, placed mentions with the best scores."""
        return coverage_accuracy(self.scored, coverage)

    def summary(self) -> dict[str, float]:
        """Give the main figures by name: shares 0..1, distances in km."""
        return {
            "documents": self.documents,
            "exact_p": self.exact.precision,
            "exact_r": self.exact.recall,
            "exact_f1": self.exact.f1,
            "overlap_p": self.overlap.precision,
            "overlap_r": self.overlap.recall,
            "overlap_f1": self.overlap.f1,
            "matched": len(self.resolution.km),
            "acc161": self.resolution.within(NEAR_KM),
            "acc161_area": self.resolution.within_or_area(NEAR_KM),
            "acc20": self.resolution.within(20.0),
            "median_km": self.resolution.median_km,
            "auc": self.resolution.auc,
            "e2e_p": self.end_to_end.precision,
            "e2e_r": self.end_to_end.recall,
            "e2e_f1": self.end_to_end.f1,
            "e2e_f1_area": self.end_to_end_area.f1,
            "oracle_acc161": self.oracle.within(NEAR_KM),
            "oracle_acc161_area": self.oracle.within_or_area(NEAR_KM),
            "selective_90": self.selective_accuracy(0.9),
        }


def evaluate(
    gold_docs: Iterable[GoldDocument],
    parsed_docs: Iterable[Parsed],
    *,
    gaz: Units | None = None,
    oracle: Iterable[Parsed] = (),
) -> Scores:
    """Score parsed documents against gold.

    Parameters
    ----------
    gold_docs : iterable of GoldDocument
        From `load`; documents that were not parsed count with all their gold as missed.
    parsed_docs : iterable of Parsed
        Paired with gold by ``document.id``; parsed documents without gold are ignored.
    gaz : gazetteer, optional
        For the area-aware measures; without it they equal the plain ones.
    oracle : iterable of Parsed, optional
        The same documents resolved with gold spans (see `gold_mentions`).

    Returns
    -------
    Scores
        All zero for no documents.
    """
    scores = Scores()
    parsed = {item.document.id: item.resolutions for item in parsed_docs}
    oracles = {item.document.id: item.resolutions for item in oracle}
    for gold in gold_docs:
        scores.documents += 1
        _score_document(scores, gold, parsed.get(gold.id, ()), gaz)
        if gold.id in oracles:
            _score_oracle(scores, gold, oracles[gold.id], gaz)
    return scores


def _score_document(
    scores: Scores, gold: GoldDocument, found: Sequence[Resolution], gaz: Units | None
) -> None:
    tops = gold.toponyms
    spans = [(t.start, t.end) for t in tops]
    predicted = [(r.mention.start, r.mention.end) for r in found]
    pairs = match(spans, predicted)
    scores.exact.add(len(set(spans) & set(predicted)), len(found), len(tops))
    scores.overlap.add(len(pairs), len(found), len(tops))
    for g, top in enumerate(tops):
        scores.by_type[top.type].add(g in pairs, 0, 1)
        if top.located and g in pairs:
            resolution = found[pairs[g]]
            km, area = _error(top, resolution.place, gaz)
            scores.resolution.add(km, area)
            if resolution.place is not None:
                scores.scored.append((resolution.score, km <= NEAR_KM or area))
    _score_end_to_end(scores, tops, found, gaz)


def _score_end_to_end(
    scores: Scores, tops: Sequence[GoldToponym], found: Sequence[Resolution], gaz: Units | None
) -> None:
    located = [t for t in tops if t.located]
    placed = [r for r in found if r.place is not None]
    spans = [(t.start, t.end) for t in located]
    predicted = [(r.mention.start, r.mention.end) for r in placed]
    errors = {
        (g, p): _error(located[g], placed[p].place, gaz)
        for g, hits in enumerate(overlapping(spans, predicted))
        for p in hits
    }
    counted = len(placed) - _ignored(tops, predicted)
    hits = match(spans, predicted, lambda g, p: errors[g, p][0] <= NEAR_KM)
    scores.end_to_end.add(len(hits), counted, len(located))
    hits = match(spans, predicted, lambda g, p: errors[g, p][0] <= NEAR_KM or errors[g, p][1])
    scores.end_to_end_area.add(len(hits), counted, len(located))


def _ignored(tops: Sequence[GoldToponym], predicted: Sequence[tuple[int, int]]) -> int:
    """Predictions that touch only gold without a point."""
    touched = overlapping(predicted, [(t.start, t.end) for t in tops])
    return sum(bool(hits) and not any(tops[g].located for g in hits) for hits in touched)


def _score_oracle(scores: Scores, gold: GoldDocument, found: Sequence[Resolution], gaz: Units | None) -> None:
    by_span = {(r.mention.start, r.mention.end): r.place for r in found}
    for top in gold.toponyms:
        if top.located:
            scores.oracle.add(*_error(top, by_span.get((top.start, top.end)), gaz))


def _error(top: GoldToponym, place: Place | None, gaz: Units | None) -> tuple[float, bool]:
    """Distance in km and whether the right unit was given."""
    if place is None or top.lat is None or top.lon is None:
        return HALF_EARTH_KM, False
    km = distance_km(top.lat, top.lon, place.lat, place.lon)
    return km, gaz is not None and _same_unit(top, place, gaz)


def _same_unit(top: GoldToponym, place: Place, gaz: Any) -> bool:
    """Whether gold is a country or admin-1 and `place` is that unit."""
    if place.kind not in {"country", "admin1"} or top.level not in {"", place.kind}:
        return False
    if not top.level and not _named(top, place, gaz):
        return False
    unit = gaz.within(top.lon, top.lat)
    if place.kind == "country":
        return bool(unit.country == place.country)
    return bool(unit.admin1 is not None and f"iso:{unit.admin1}" == place.id)


def _named(top: GoldToponym, place: Place, gaz: Any) -> bool:
    """Where gold has no level: its canonical name or surface is a name of the predicted unit."""
    names = {str(name).casefold() for name, _ in gaz.names(place.id)}
    return any(name.casefold() in names for name in (top.name, top.surface) if name)
