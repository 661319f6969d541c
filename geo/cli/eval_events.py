"""``geo eval --events``: events against a gold file, with the confusion tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from gazetteer.cli.table import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.stages import Stages

MEANINGS: Final[dict[str, str]] = {
    "documents": "gold documents",
    "events": "gold events",
    "family_p": "precision of placed events: type or family, and place",
    "family_r": "recall: type or family, and place",
    "family_f1": "F1: type or family, and place",
    "exact_p": "precision: type itself, and place",
    "exact_r": "recall: type itself, and place",
    "exact_f1": "F1: type itself, and place",
    "status": "of the found, status right",
    "source_p": "attributions given that are right",
    "source_r": "attributions asked for that are right",
    "date": "of the found that are dated, within the gold's days",
    "date_strict": "of the found that are dated, the very days",
    "origin": "of the found movements, origin right",
    "destinations": "of the found movements, all destinations right",
}


def measure(path: str, stages: Stages, *, part: str | None, as_json: bool) -> dict[str, float]:
    """Score the gold file at `path`, print the measures and the confusion tables, and give the measures.

    Raises
    ------
    geo.errors.InputError
        The file cannot be read as gold events, or has no such part.
    """
    from geo.errors import InputError
    from geo.evaluate_events import evaluate, figures, total
    from geo.scoring.eventgold import load

    cases = [case for case in load(path) if part in {None, case.gold.get("part")}]
    if not cases:
        raise InputError(f"{path}: no document belongs to part {part!r}")
    scores = evaluate(cases, stages)
    found = figures(scores)
    summed = total(scores)
    if as_json:
        tables = {key: [list(pair) for pair in summed[key]] for key in ("types", "statuses")}
        rounded = {name: round(value, 6) for name, value in found.items()}
        click.echo(json.dumps(rounded | {"confusion": tables}))
        return found
    rows = [[name, _short(value), MEANINGS[name]] for name, value in found.items()]
    click.echo(table(rows, ["measure", "value", "meaning"]))
    for title, key in (("type", "types"), ("status", "statuses")):
        click.echo(f"\n{title}: gold (rows) and found (columns); a dash is missed or spurious")
        click.echo("\n".join(confusion_lines(summed[key])))
    return found


def confusion_lines(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Lines of a confusion table; what was always right is left out but for its count."""
    from geo.evaluate_events import confusion

    names, counts = confusion(pairs)
    wrong = [
        i for i in range(len(names)) if any(counts[i][j] or counts[j][i] for j in range(len(names)) if i != j)
    ]
    rows = [[names[i] or "-", *(str(counts[i][j]) if counts[i][j] else "." for j in wrong)] for i in wrong]
    right = sum(counts[i][i] for i in range(len(names)) if i not in wrong)
    lines = table(rows, ["", *(names[j] or "-" for j in wrong)]).split("\n") if rows else []
    return [*lines, f"{right} more, of names that were never mistaken"] if right else lines


def _short(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() and value > 1 else f"{value:.3f}"
