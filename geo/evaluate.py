"""How good are the places? Scores of parsed documents against a gold file.

``evaluate(gold_docs, parsed_docs)`` is the whole interface: gold from `load`, parsed documents from
`geo.pipeline` (only their ``resolutions`` are looked at), paired by document id. docs/evaluation.md says what each
measure means.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.scoring.gold import GoldDocument, GoldToponym, gold_mentions, load
from geo.scoring.measures import Counts, Distances, calibration_error, coverage_accuracy
from geo.scoring.tally import NEAR_KM, Row, Tally, Units, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.types import Parsed

__all__ = ["GoldDocument", "GoldToponym", "Scores", "Units", "evaluate", "gold_mentions", "load"]


@dataclass(slots=True)
class Scores:
    """All measures over a set of documents: what each document adds, and sums of it."""

    tallies: list[Tally] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """Gold documents."""
        return len(self.tallies)

    @property
    def exact(self) -> Counts:
        """Recognition over all gold names: equal spans."""
        return _sum(one.exact for one in self.tallies)

    @property
    def overlap(self) -> Counts:
        """Recognition over all gold names: overlapping spans, one to one."""
        return _sum(one.overlap for one in self.tallies)

    @property
    def end_to_end(self) -> Counts:
        """Gold names with a point, paired with an overlapping placed mention within 161 km."""
        return _sum(one.end_to_end for one in self.tallies)

    @property
    def end_to_end_area(self) -> Counts:
        """The same, where the right country or first-level unit counts whatever point stands for it."""
        return _sum(one.end_to_end_area for one in self.tallies)

    @property
    def rows(self) -> Iterator[Row]:
        """Every gold name with what became of it."""
        return (row for one in self.tallies for row in one.rows)

    @property
    def resolved(self) -> list[Row]:
        """Gold names with a point that were found: what resolution is measured on."""
        return [row for row in self.rows if row.gold.located and row.found is not None]

    @property
    def resolution(self) -> Distances:
        """Errors of `resolved`; unplaced names count as misses."""
        distances = Distances()
        for row in self.resolved:
            distances.add(row.km, row.area)
        return distances

    @property
    def oracle(self) -> Distances:
        """Errors with gold spans given; empty unless `evaluate` was handed such parses."""
        distances = Distances()
        for one in self.tallies:
            for km, area in one.oracle:
                distances.add(km, area)
        return distances

    @property
    def scored(self) -> list[tuple[float, bool]]:
        """Score and correctness (area-aware) of every matched mention that was placed."""
        return [
            (row.found.score, row.right)
            for row in self.resolved
            if row.found is not None and row.found.place is not None
        ]

    @property
    def believed(self) -> list[tuple[float, bool]]:
        """Score and correctness of every placed mention that counts end to end: spurious ones are wrong."""
        return [(placing.found.score, placing.right) for one in self.tallies for placing in one.placings]

    def selective_accuracy(self, coverage: float = 0.9) -> float:
        """Share right among the `coverage` share of matched, placed mentions with the best scores."""
        return coverage_accuracy(self.scored, coverage)

    def role_accuracy(self) -> float:
        """Share of the found names whose role is the gold's; nan where the gold gives none."""
        known = [row for row in self.rows if row.gold.role and row.found is not None]
        right = sum(row.found is not None and row.found.mention.role == row.gold.role for row in known)
        return right / len(known) if known else math.nan

    def groups(self, key: Callable[[Row], str]) -> dict[str, list[Row]]:
        """Gold names by what `key` says of them, sorted; those it says "" of are left out."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if name := key(row):
                found.setdefault(name, []).append(row)
        return dict(sorted(found.items()))

    def summary(self) -> dict[str, float]:
        """Give the main figures by name: shares 0..1, distances in km."""
        resolution, oracle = self.resolution, self.oracle
        listed = [row.listed for row in self.resolved]
        return {
            "documents": self.documents,
            "names": self.overlap.gold,
            "exact_p": self.exact.precision,
            "exact_r": self.exact.recall,
            "exact_f1": self.exact.f1,
            "overlap_p": self.overlap.precision,
            "overlap_r": self.overlap.recall,
            "overlap_f1": self.overlap.f1,
            "roles": self.role_accuracy(),
            "matched": len(resolution.km),
            "acc161": resolution.within(NEAR_KM),
            "acc161_area": resolution.within_or_area(NEAR_KM),
            "acc20": resolution.within(20.0),
            "median_km": resolution.median_km,
            "auc": resolution.auc,
            "listed": sum(listed) / len(listed) if listed else 0.0,
            "e2e_p": self.end_to_end.precision,
            "e2e_r": self.end_to_end.recall,
            "e2e_f1": self.end_to_end.f1,
            "e2e_f1_area": self.end_to_end_area.f1,
            "oracle_acc161": oracle.within(NEAR_KM),
            "oracle_acc161_area": oracle.within_or_area(NEAR_KM),
            "selective_90": self.selective_accuracy(0.9),
            "selective_90_all": coverage_accuracy(self.believed, 0.9),
            "calibration_error": calibration_error(self.believed),
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
    parsed = {item.document.id: item.resolutions for item in parsed_docs}
    oracles = {item.document.id: item.resolutions for item in oracle}
    return Scores([tally(gold, parsed.get(gold.id, ()), gaz, oracles.get(gold.id)) for gold in gold_docs])


def _sum(parts: Iterable[tuple[int, int, int]]) -> Counts:
    counts = Counts()
    for part in parts:
        counts.add(*part)
    return counts
