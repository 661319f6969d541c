"""``geo eval``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

import click

from gazetteer.cli.table import table
from geo.cli import options
from geo.cli.progress import progress
from geo.cli.work import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.evaluate import GoldDocument, Scores, Units
    from geo.pipeline import Stages
    from geo.types import Parsed

MEANINGS: Final[dict[str, str]] = {
    "documents": "gold documents",
    "exact_p": "precision, equal spans",
    "exact_r": "recall, equal spans",
    "exact_f1": "F1, equal spans",
    "overlap_p": "precision, overlapping spans",
    "overlap_r": "recall, overlapping spans",
    "overlap_f1": "F1, overlapping spans",
    "matched": "gold names with a point that were found",
    "acc161": "of these, placed within 161 km",
    "acc161_area": "the same, or in the right country or unit",
    "acc20": "placed within 20 km",
    "median_km": "median error, km",
    "auc": "area under the log error curve (less is better)",
    "e2e_p": "precision, found and within 161 km",
    "e2e_r": "recall, found and within 161 km",
    "e2e_f1": "F1, found and within 161 km",
    "e2e_f1_area": "the same, or in the right unit",
    "oracle_acc161": "within 161 km, gold spans given",
    "oracle_acc161_area": "the same, or in the right unit",
    "selective_90": "right among the 90 % with the best scores",
}
LESS_IS_BETTER: Final = frozenset({"median_km", "auc"})
FLOOR_BROKEN: Final = 3


@click.command("eval", epilog=options.example("geo eval --gold gold.jsonl --floors floors.json"))
@click.option(
    "--gold",
    metavar="FILE",
    help="JSON Lines with id, text and toponyms (start, end, lat, lon).",
)
@click.option("--events", metavar="FILE", help="Gold events in place of gold places (docs/events.md).")
@click.option("--part", metavar="NAME", help="With --events: only documents of this part of the file.")
@click.option(
    "--spans",
    type=click.Choice(["gold", "found"]),
    default="found",
    show_default=True,
    help="Whose names to place.",
)
@click.option(
    "--floors",
    metavar="FILE",
    help="JSON object: measure -> least value (most, for errors). Exit 3 when broken.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of a table.")
@options.demonyms
@options.min_score
@options.gazetteer
def command(
    gold: str | None,
    events: str | None,
    part: str | None,
    spans: str,
    floors: str | None,
    as_json: bool,
    demonyms: bool,
    min_score: float | None,
    gazetteers: tuple[str, ...],
) -> int:
    """Score places against a gold file: how many names are found, and how near they are placed.

    With --events, score events: type and place, status, source, date and movement, with confusion tables.
    """
    import gazetteer
    from geo.cli import eval_events
    from geo.errors import OptionError
    from geo.evaluate import evaluate, load
    from geo.pipeline import make_stages

    if (gold is None) == (events is None):
        raise OptionError("give either --gold FILE (places) or --events FILE (events)")
    wanted = read_floors(floors)
    documents = load(gold) if gold is not None else []
    gaz = gazetteer.open_files(gazetteers)
    stages = make_stages(gaz, demonyms=demonyms, min_score=min_score)
    if events is not None:
        return _check(eval_events.measure(events, stages, part=part, as_json=as_json), wanted)
    parsed = list(_parse(documents, stages, given=spans == "gold"))
    scores = evaluate(documents, parsed, gaz=cast("Units", gaz), oracle=parsed if spans == "gold" else ())
    figures = _figures(scores, given=spans == "gold")
    if as_json:
        click.echo(json.dumps({name: round(value, 6) for name, value in figures.items()}, allow_nan=True))
    else:
        click.echo(
            table(
                [[name, _short(value), MEANINGS.get(name, "")] for name, value in figures.items()],
                ["measure", "value", "meaning"],
            )
        )
    return _check(figures, wanted)


def read_floors(path: str | None) -> dict[str, float]:
    """Read the floors file.

    Raises
    ------
    geo.errors.OptionError
        It cannot be read, is no JSON object of numbers, or names an unknown measure.
    """
    from pathlib import Path

    from geo.errors import OptionError

    if path is None:
        return {}
    try:
        loaded = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OptionError(f"{path}: cannot be read as floors ({error})") from error
    if not isinstance(loaded, dict) or not all(_is_number(value) for value in loaded.values()):
        raise OptionError(f'{path}: floors are a JSON object such as {{"overlap_f1": 0.8}}')
    from geo.cli.eval_events import MEANINGS as OF_EVENTS

    unknown = loaded.keys() - MEANINGS.keys() - OF_EVENTS.keys()
    if unknown:
        raise OptionError(
            f"{path}: no measure is called {', '.join(sorted(unknown))}; there are {', '.join(MEANINGS)}"
        )
    return {name: float(value) for name, value in loaded.items()}


def _parse(documents: list[GoldDocument], stages: Stages, *, given: bool) -> Iterator[Parsed]:
    from gazetteer.names import fold
    from geo.evaluate import gold_mentions
    from geo.types import Parsed

    with progress(lambda: len(documents)) as shown:
        for item in documents:
            shown.step(item.id)
            found = (
                stages.resolver.resolve(item.document, gold_mentions(item, fold))
                if given
                else stages.places(item.document)
            )
            yield Parsed(item.document, tuple(found))


def _figures(scores: Scores, *, given: bool) -> dict[str, float]:
    """Leave out what the run did not measure."""
    figures = scores.summary()
    if given:
        keep = ("documents", "matched", "acc161", "acc161_area", "acc20", "median_km", "auc", "selective_90")
        return {name: figures[name] for name in keep}
    return {name: value for name, value in figures.items() if not name.startswith("oracle")}


def _check(figures: dict[str, float], floors: dict[str, float]) -> int:
    broken = False
    for name, floor in floors.items():
        value = figures.get(name)
        if value is None:
            say(f"geo: {name} is not measured in this run; its floor is skipped")
        elif not (value <= floor if name in LESS_IS_BETTER else value >= floor):
            broken = True
            asked = "at most" if name in LESS_IS_BETTER else "at least"
            say(f"geo: floor broken: {name} is {_short(value)}, {asked} {floor:g} is asked")
    return FLOOR_BROKEN if broken else 0


def _short(value: Any) -> str:
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) > 1 else f"{value:.3f}"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
