"""Measures of recognition and resolution, as records that add up over documents."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0088
HALF_EARTH_KM = 20039.0
"""Half the Earth's circumference as the published AUC uses it; stands for "not placed"."""


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in WGS 84 degrees (latitude first)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.radians(lon2 - lon1) / 2
    a = math.sin((phi2 - phi1) / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(a)))


@dataclass(slots=True)
class Counts:
    """Hits, predictions and gold; precision, recall and F1 are 0 where nothing is counted."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hits: int, predicted: int, gold: int) -> None:
        """Add the counts of one document."""
        self.hits += hits
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        """Share of predictions that are right."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.predicted + self.gold
        return 2 * self.hits / both if both else 0.0


@dataclass(slots=True)
class Distances:
    """Errors in km of the gold toponyms that were matched (or of all, for the oracle)."""

    km: list[float] = field(default_factory=list)
    area_right: list[bool] = field(default_factory=list)
    """Per error: the predicted unit is the gold's country or admin-1, whatever point stands for it."""

    def add(self, km: float, area_right: bool = False) -> None:
        """Add one error; `HALF_EARTH_KM` for a mention that was not placed."""
        self.km.append(km)
        self.area_right.append(area_right)

    def within(self, km: float) -> float:
        """Share of errors of at most `km`; 0 without any."""
        return sum(d <= km for d in self.km) / len(self.km) if self.km else 0.0

    def within_or_area(self, km: float) -> float:
        """As `within`, but the right country or first-level unit counts whatever its point."""
        pairs = zip(self.km, self.area_right, strict=True)
        return sum(d <= km or ok for d, ok in pairs) / len(self.km) if self.km else 0.0

    @property
    def median_km(self) -> float:
        """Median error; nan without any."""
        return median(self.km) if self.km else math.nan

    @property
    def auc(self) -> float:
        """Area under ln(1 + km), 0 best and 1 worst; nan with fewer than two errors."""
        return auc(self.km)


def auc(km: Sequence[float]) -> float:
    """Area under the sorted curve of ln(1 + km), scaled to 0..1; nan for fewer than two values."""
    if len(km) < 2:
        return math.nan
    logs = sorted(math.log1p(d) for d in km)
    area = sum((a + b) / 2 for a, b in itertools.pairwise(logs))
    return area / (math.log(HALF_EARTH_KM) * (len(logs) - 1))


def coverage_accuracy(scored: Sequence[tuple[float, bool]], coverage: float) -> float:
    """Share right among the `coverage` share (0..1) of predictions with the highest scores; nan for none."""
    ranked = sorted(scored, key=lambda pair: -pair[0])
    kept = ranked[: max(1, round(len(ranked) * coverage))]
    return sum(right for _, right in kept) / len(kept) if ranked else math.nan


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions whose score lies in [low, high): how many, their mean score, the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


def calibration(scored: Sequence[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """Sort predictions into `bins` of equal width by score (0..1; 1 belongs to the last); empty ones are left out."""
    found = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [pair for pair in scored if low <= pair[0] < high or (pair[0] >= 1 and number == bins - 1)]
        if inside:
            score = sum(pair[0] for pair in inside) / len(inside)
            right = sum(pair[1] for pair in inside) / len(inside)
            found.append(Bin(low, high, len(inside), score, right))
    return found


def calibration_error(scored: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Mean distance between score and share right over the bins, by their size; nan for no predictions."""
    if not scored:
        return math.nan
    return sum(one.count * abs(one.score - one.right) for one in calibration(scored, bins)) / len(scored)


def coverage_curve(scored: Sequence[tuple[float, bool]], steps: int = 20) -> list[tuple[float, float, float]]:
    """Points (coverage, least score, share right) from the surest few to all; empty for no predictions."""
    ranked = sorted(scored, key=lambda pair: -pair[0])
    points = []
    for step in range(1, steps + 1):
        kept = ranked[: max(1, round(len(ranked) * step / steps))]
        if kept:
            points.append((step / steps, kept[-1][0], sum(right for _, right in kept) / len(kept)))
    return points
