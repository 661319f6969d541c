"""Scores in words and tables: what `geo eval` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from gazetteer.cli.table import table
from gazetteer.names import fold
from geo.scoring.measures import calibration, coverage_curve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo.evaluate import GoldDocument, Scores
    from geo.scoring.tally import Row

MEANINGS: Final[dict[str, str]] = {
    "documents": "gold documents",
    "names": "gold names",
    "exact_p": "precision, equal spans",
    "exact_r": "recall, equal spans",
    "exact_f1": "F1, equal spans",
    "overlap_p": "precision, overlapping spans",
    "overlap_r": "recall, overlapping spans",
    "overlap_f1": "F1, overlapping spans",
    "roles": "of the found, in the gold's role (where it gives roles)",
    "matched": "gold names with a point that were found",
    "acc161": "of these, placed within 161 km",
    "acc161_area": "the same, or in the right country or unit",
    "acc20": "placed within 20 km",
    "median_km": "median error, km",
    "auc": "area under the log error curve (less is better)",
    "listed": "of these, the right place is among the candidates",
    "e2e_p": "precision, found and within 161 km",
    "e2e_r": "recall, found and within 161 km",
    "e2e_f1": "F1, found and within 161 km",
    "e2e_f1_area": "the same, or in the right unit",
    "oracle_acc161": "within 161 km, gold spans given",
    "oracle_acc161_area": "the same, or in the right unit",
    "selective_90": "right among the 90 % with the best scores, of the matched",
    "selective_90_all": "the same of all placed mentions, spurious ones count as wrong",
    "calibration_error": "mean distance of score and share right (less is better)",
}
"""Measure to its meaning, in the order of the tables."""

GIVEN: Final = ("documents", "names", "matched", "acc161", "acc161_area", "acc20", "median_km", "auc", "listed",
                "oracle_acc161", "oracle_acc161_area", "selective_90")  # fmt: skip
"""What is measured with gold spans."""


def figures(scores: Scores, *, given: bool) -> dict[str, float]:
    """Give the measures, without what the run did not measure."""
    values = scores.summary()
    if math.isnan(values["roles"]):
        del values["roles"]
    if given:
        return {name: values[name] for name in GIVEN}
    return {name: value for name, value in values.items() if not name.startswith("oracle")}


def summary(
    found: Mapping[str, Mapping[str, float]], bounds: Mapping[str, Mapping[str, tuple[float, float]]]
) -> str:
    """Make the table of all measures: a column per gold file, intervals in brackets."""
    names = list(found)
    measures = [name for name in MEANINGS if any(name in values for values in found.values())]
    rows = [
        [
            measure,
            *(_cell(found[name].get(measure), bounds[name].get(measure)) for name in names),
            MEANINGS[measure],
        ]
        for measure in measures
    ]
    return str(table(rows, ["measure", *names, "meaning"]))


def sections(scores: Scores, known: Sequence[GoldDocument], *, details: bool) -> Iterator[tuple[str, str]]:
    """Give further tables with their titles."""
    if known:
        head = ["names", "gold", "found", "with a point", "right"]
        yield "seen and novel names", str(table(_group_rows(seen_and_novel(scores, known)), head))
    if not details:
        return
    for title, key in _BY.items():
        groups = scores.groups(key)
        if groups:
            yield (
                f"by {title}",
                str(table(_group_rows(groups), [title, "gold", "found", "with a point", "right"])),
            )
    for title in ("role", "kind"):
        rows = [[name, count, share] for name, count, share in _predicted(scores, title)]
        yield f"placed mentions by {title}", str(table(rows, [title, "placed", "right"]))
    bins = [
        [f"{one.low:.1f}-{one.high:.1f}", one.count, one.score, one.right]
        for one in calibration(scores.believed)
    ]
    yield "calibration of all placed mentions", str(table(bins, ["score", "mentions", "mean score", "right"]))
    curve = [[f"{share:.0%}", least, right] for share, least, right in coverage_curve(scores.scored, 10)]
    yield "accuracy by coverage, matched mentions", str(table(curve, ["kept", "least score", "right"]))


def record(
    scores: Scores,
    values: Mapping[str, float],
    bounds: Mapping[str, tuple[float, float]],
    known: Sequence[GoldDocument],
) -> dict[str, Any]:
    """Make the JSON object of one gold file; what cannot be measured is null."""
    found: dict[str, Any] = {
        "measures": {name: _number(value) for name, value in values.items()},
        "intervals": {
            name: [_number(low), _number(high)] for name, (low, high) in bounds.items() if name in values
        },
    }
    for title, key in _BY.items():
        found[f"by_{title}"] = _group_records(scores.groups(key))
    for title in ("role", "kind"):
        found[f"placed_by_{title}"] = {
            name: {"placed": count, "right": _number(share)}
            for name, count, share in _predicted(scores, title)
        }
    found["calibration"] = [
        {
            "low": one.low,
            "high": one.high,
            "count": one.count,
            "score": _number(one.score),
            "right": _number(one.right),
        }
        for one in calibration(scores.believed)
    ]
    for name, pairs in (("coverage", scores.scored), ("coverage_all", scores.believed)):
        found[name] = [
            {"kept": _number(kept), "score": _number(least), "right": _number(right)}
            for kept, least, right in coverage_curve(pairs)
        ]
    if known:
        found["seen_and_novel"] = _group_records(seen_and_novel(scores, known))
    return found


def seen_and_novel(scores: Scores, known: Iterable[GoldDocument]) -> dict[str, list[Row]]:
    """Gold names that stand in other gold (what something was trained on), folded, and those that do not."""
    names = {fold(top.surface) for document in known for top in document.toponyms}
    return scores.groups(lambda row: "seen" if fold(row.gold.surface) in names else "novel")


def short(value: float) -> str:
    """A figure for a table: counts whole, shares with three digits."""
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) > 1 else f"{value:.3f}"


_BY: Final = {
    "class": lambda row: row.gold.type,
    "group": lambda row: row.gold.group,
    "gold_role": lambda row: row.gold.role,
    "gold_kind": lambda row: row.gold.kind,
}


def _cell(value: float | None, bounds: tuple[float, float] | None) -> str:
    if value is None:
        return ""
    return short(value) + (f" ({short(bounds[0])}-{short(bounds[1])})" if bounds else "")


def _group_rows(groups: Mapping[str, list[Row]]) -> list[list[Any]]:
    return [[name, *values.values()] for name, values in _group_records(groups).items()]


def _group_records(groups: Mapping[str, list[Row]]) -> dict[str, dict[str, Any]]:
    """Per group: gold names, share found, found ones with a point, share of these that is right (area-aware)."""
    found = {}
    for name, rows in groups.items():
        resolved = [row for row in rows if row.gold.located and row.found is not None]
        found[name] = {
            "gold": len(rows),
            "found": _number(sum(row.found is not None for row in rows) / len(rows)),
            "matched": len(resolved),
            "right": _number(sum(row.right for row in resolved) / len(resolved)) if resolved else None,
        }
    return found


def _predicted(scores: Scores, what: str) -> list[tuple[str, int, float]]:
    """Placed mentions by their role or their place's kind: how many, and the share that is right end to end."""
    groups: dict[str, list[bool]] = {}
    for one in scores.tallies:
        for placing in one.placings:
            place = placing.found.place
            name = placing.found.mention.role if what == "role" else place.kind if place else ""
            groups.setdefault(name, []).append(placing.right)
    return [(name, len(flags), sum(flags) / len(flags)) for name, flags in sorted(groups.items())]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
