"""Intervals of the measures: documents are drawn again and again, with a fixed seed.

Documents, not names, are drawn, since the names of one text are right or wrong together. All draws are worked out at
once: a matrix says how often each document stands in each draw.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.scoring.measures import HALF_EARTH_KM
from geo.scoring.tally import NEAR_KM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.evaluate import Scores

SEED: Final = 20_200_101


def intervals(scores: Scores, draws: int = 1000, level: float = 0.95) -> dict[str, tuple[float, float]]:
    """Bootstrap intervals by document.

    Parameters
    ----------
    scores : geo.evaluate.Scores
    draws : int
    level : float
        Share of the draws inside, 0..1.

    Returns
    -------
    dict
        Measure to (low, high); the same for the same scores. Without documents, empty; a measure that no draw
        has is left out.
    """
    if not scores.tallies or draws < 1:
        return {}
    documents = len(scores.tallies)
    chance = np.full(documents, 1 / documents)
    weights = np.random.default_rng(SEED).multinomial(documents, chance, size=draws)
    drawn = {**_recognition(scores, weights), **_resolution(scores, weights), **_selective(scores, weights)}
    tails = [100 * (1 - level) / 2, 100 * (1 + level) / 2]
    found = {}
    for name, values in drawn.items():
        known = values[~np.isnan(values)]
        if known.size:
            low, high = np.percentile(known, tails)
            found[name] = (float(low), float(high))
    return found


def _recognition(scores: Scores, weights: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    found: dict[str, NDArray[np.float64]] = {}
    for name, parts in (
        ("exact", [one.exact for one in scores.tallies]),
        ("overlap", [one.overlap for one in scores.tallies]),
        ("e2e", [one.end_to_end for one in scores.tallies]),
        ("e2e_area", [one.end_to_end_area for one in scores.tallies]),
    ):
        hits, predicted, gold = (weights @ np.array(parts)).T
        found[f"{name}_p"] = _share(hits, predicted)
        found[f"{name}_r"] = _share(hits, gold)
        found[f"{name}_f1"] = _share(2 * hits, predicted + gold)
    found["e2e_f1_area"] = found.pop("e2e_area_f1")
    return {name: values for name, values in found.items() if not name.startswith("e2e_area")}


def _resolution(scores: Scores, weights: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    rows = [
        (number, row)
        for number, one in enumerate(scores.tallies)
        for row in one.rows
        if row.gold.located and row.found is not None
    ]
    if not rows:
        return {}
    rows.sort(key=lambda pair: pair[1].km)
    copies = weights[:, [number for number, _ in rows]]
    total = copies.sum(axis=1)
    km = np.array([row.km for _, row in rows])

    def share(flags: Sequence[bool]) -> NDArray[np.float64]:
        return _share(copies @ np.array(flags, dtype=np.int64), total)

    return {
        "acc161": share([row.km <= NEAR_KM for _, row in rows]),
        "acc161_area": share([row.right for _, row in rows]),
        "acc20": share([row.km <= 20 for _, row in rows]),
        "listed": share([row.listed for _, row in rows]),
        "median_km": _median(km, copies, total),
        "auc": _auc(km, copies, total),
    }


def _selective(scores: Scores, weights: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    matched = [
        (number, row.found.score, row.right)
        for number, one in enumerate(scores.tallies)
        for row in one.rows
        if row.gold.located and row.found is not None and row.found.place is not None
    ]
    every = [
        (number, placing.found.score, placing.right)
        for number, one in enumerate(scores.tallies)
        for placing in one.placings
    ]
    return {
        name: _best(rows, weights, 0.9)
        for name, rows in (("selective_90", matched), ("selective_90_all", every))
        if rows
    }


def _best(
    rows: list[tuple[int, float, bool]], weights: NDArray[np.int64], coverage: float
) -> NDArray[np.float64]:
    """Share right among the best `coverage` of each draw."""
    rows = sorted(rows, key=lambda row: -row[1])
    copies = weights[:, [number for number, _, _ in rows]]
    wanted = np.maximum(1, np.round(copies.sum(axis=1) * coverage))
    before = np.cumsum(copies, axis=1) - copies
    taken = np.clip(wanted[:, None] - before, 0, copies)
    right = taken @ np.array([right for _, _, right in rows], dtype=np.float64)
    return _share(right, taken.sum(axis=1))


def _median(
    km: NDArray[np.float64], copies: NDArray[np.int64], total: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Median of each draw; `km` is sorted."""
    below = np.cumsum(copies, axis=1)
    low = km[np.argmax(below >= ((total + 1) // 2)[:, None], axis=1)]
    high = km[np.argmax(below >= (total // 2 + 1)[:, None], axis=1)]
    found: NDArray[np.float64] = np.where(total > 0, (low + high) / 2, np.nan)
    return found


def _auc(km: NDArray[np.float64], copies: NDArray[np.int64], total: NDArray[np.int64]) -> NDArray[np.float64]:
    """Area under each draw's curve: the trapezoids add up to all values but half the first and half the last."""
    logs = np.log1p(km)
    present = copies > 0
    first = logs[np.argmax(present, axis=1)]
    last = logs[len(km) - 1 - np.argmax(present[:, ::-1], axis=1)]
    area = copies @ logs - (first + last) / 2
    found: NDArray[np.float64] = np.where(
        total > 1, area / (math.log(HALF_EARTH_KM) * np.maximum(total - 1, 1)), np.nan
    )
    return found


def _share(part: Any, whole: Any) -> NDArray[np.float64]:
    """Divide; nan where there is nothing to divide by."""
    below = np.asarray(whole, dtype=np.float64)
    found: NDArray[np.float64] = np.full(below.shape, np.nan)
    np.divide(part, below, out=found, where=below > 0)
    return found
