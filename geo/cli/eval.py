"""``geo eval``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from geo.cli import options
from geo.cli.progress import progress
from geo.cli.work import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.evaluate import GoldDocument, Scores, Units
    from geo.pipeline import Stages
    from geo.types import Parsed

FLOOR_BROKEN: Final = 3


@click.command("eval", epilog=options.example("geo eval --gold gold.jsonl --floors floors.json"))
@click.option(
    "--gold",
    "golds",
    multiple=True,
    metavar="FILE",
    help="JSON Lines with id, text and toponyms, or LGL, TR-News, GeoVirus or GeoWebNews as XML. May be repeated.",
)
@click.option(
    "--spans",
    type=click.Choice(["gold", "found"]),
    default="found",
    show_default=True,
    help="Whose names to place.",
)
@click.option("--events", "events", metavar="FILE", help="Score events against this gold file too.")
@click.option("--part", metavar="NAME", help="Only documents of this part of the events' gold.")
@click.option(
    "--seen",
    metavar="FILE",
    help="Gold that something was trained on: names in it and novel ones are told apart.",
)
@click.option(
    "--floors",
    metavar="FILE",
    help="JSON object: measure -> least value (most, for errors), or gold file -> such an object. Exit 3 when broken.",
)
@click.option("--lower-floors", is_flag=True, help="Write what was measured in place of broken floors.")
@click.option(
    "--bootstrap",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    metavar="N",
    help="Draws of documents for the 95 % intervals; 0 for none.",
)
@click.option(
    "--details", is_flag=True, help="Also by class, role and kind, calibration, and accuracy by coverage."
)
@click.option("--plot", "picture", metavar="FILE", help="Draw calibration and coverage: .png, .svg or .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of tables.")
@options.demonyms
@options.min_score
@options.near
@options.corrections
@options.recogniser
@options.base_url
@options.gazetteer
def command(
    golds: tuple[str, ...],
    spans: str,
    events: str | None,
    part: str | None,
    seen: str | None,
    floors: str | None,
    lower_floors: bool,
    bootstrap: int,
    details: bool,
    picture: str | None,
    as_json: bool,
    gazetteers: tuple[str, ...],
    **settings: Any,
) -> int:
    """Score places against gold files: how many names are found, how near they are placed, how well scores tell.

    docs/evaluation.md says what each measure means.
    """
    import gazetteer
    from geo.pipeline import make_stages
    from geo.scoring.report import figures

    if not golds and not events:
        raise click.UsageError("Missing option '--gold' (or '--events').")
    names = _names(golds)
    if golds and events and as_json:
        raise click.UsageError("--json prints one thing: run --gold and --events apart.")
    wanted = _floors(floors, [*names, *_names([events] if events else [])], lower=lower_floors)
    _form(picture)
    read = {name: _load(path) for name, path in zip(names, golds, strict=True)}
    known = _load(seen) if seen else []
    gaz = gazetteer.open_files(gazetteers)
    stages = make_stages(gaz, **settings)
    given = spans == "gold"
    scores = {name: _score(documents, stages, gaz, given=given) for name, documents in read.items()}
    if stages.corrections is not None:
        for line in stages.corrections.report():
            say(f"geo: {line}")
    if scores:
        _tell(scores, known, draws=bootstrap, given=given, as_json=as_json, details=details)
    if picture:
        _draw(picture, scores)
    found = {name: figures(one, given=given) for name, one in scores.items()}
    if events:
        from geo.cli.eval_events import measure

        found[Path(events).stem] = measure(events, stages, part=part, as_json=as_json)
    return _check(found, wanted, floors, lower=lower_floors)


def _names(golds: Sequence[str]) -> list[str]:
    """Name gold files by their stem, and by more where that is not enough."""
    stems = [Path(path).stem for path in golds]
    return [path if stems.count(stem) > 1 else stem for path, stem in zip(golds, stems, strict=True)]


def _load(path: str) -> list[GoldDocument]:
    from geo.errors import InputError
    from geo.evaluate import load

    documents = load(path)
    if not documents:
        raise InputError(f"{path}: has no gold document")
    return documents


def _floors(path: str | None, names: Sequence[str], *, lower: bool) -> dict[str, Any]:
    from geo.cli import eval_events
    from geo.scoring.floors import read_floors
    from geo.scoring.report import MEANINGS

    if path is None:
        if lower:
            raise click.UsageError("--lower-floors needs --floors FILE")
        return {}
    return read_floors(path, [*MEANINGS, *eval_events.MEANINGS], names)


def _form(picture: str | None) -> str:
    form = Path(picture).suffix.lower().removeprefix(".") if picture else "png"
    if form not in ("png", "svg", "pdf"):
        raise click.UsageError(f"--plot: the suffix of {picture} tells no picture format: .png, .svg or .pdf")
    return form


def _score(documents: list[GoldDocument], stages: Stages, gaz: Any, *, given: bool) -> Scores:
    from geo.evaluate import evaluate

    parsed = list(_parse(documents, stages, given=given))
    return evaluate(documents, parsed, gaz=cast("Units", gaz), oracle=parsed if given else ())


def _parse(documents: list[GoldDocument], stages: Stages, *, given: bool) -> Iterator[Parsed]:
    from gazetteer.names import fold
    from geo.evaluate import gold_mentions
    from geo.types import Parsed

    with progress(lambda: len(documents)) as shown:
        for item in documents:
            shown.step(item.id)
            found = (
                stages.resolve(item.document, gold_mentions(item, fold))
                if given
                else stages.places(item.document)
            )
            yield Parsed(item.document, tuple(found))


def _tell(
    scores: Mapping[str, Scores],
    known: list[GoldDocument],
    *,
    draws: int,
    given: bool,
    as_json: bool,
    details: bool,
) -> None:
    from geo.scoring.bootstrap import intervals
    from geo.scoring.report import figures, record, sections, summary

    bounds = {name: intervals(one, draws) for name, one in scores.items()}
    if as_json:
        found = {
            name: record(one, figures(one, given=given), bounds[name], known) for name, one in scores.items()
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
        return
    click.echo(summary({name: figures(one, given=given) for name, one in scores.items()}, bounds))
    if known or details:
        for name, one in scores.items():
            for title, text in sections(one, known, details=details):
                click.echo(f"\n{name}: {title}\n{text}")


def _draw(picture: str, scores: Mapping[str, Scores]) -> None:
    from geo.atomic import write_bytes
    from geo.scoring.plot import plot

    write_bytes(picture, plot(scores, _form(picture)))
    say(f"Picture: {picture}")


def _check(
    found: Mapping[str, Mapping[str, float]], floors: dict[str, Any], path: str | None, *, lower: bool
) -> int:
    from geo.scoring.floors import LESS_IS_BETTER, broken
    from geo.scoring.floors import lower as lower_them
    from geo.scoring.report import short

    fell = False
    for name, values in found.items():
        for measure, floor, value in broken(floors, name, values):
            if value is None:
                say(f"geo: {measure} is not measured in this run; its floor is skipped")
                continue
            fell = True
            asked = "at most" if measure in LESS_IS_BETTER else "at least"
            say(f"geo: {name}: floor broken: {measure} is {short(value)}, {asked} {floor:g} is asked")
    if fell and lower and path:
        say(f"geo: {path}: {lower_them(path, floors, found)} floors lowered to what was measured")
        return 0
    return FLOOR_BROKEN if fell else 0
