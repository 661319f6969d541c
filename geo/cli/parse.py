"""``geo parse``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.progress import progress
from geo.cli.work import Work, lines_to, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.batch import Ledger, Outcome, Partitions, Plan
    from geo.batch.pool import Team
    from geo.documents import Failure
    from geo.types import Document, Parsed


@click.command("parse", epilog=options.example("geo parse seeds/ -o out/parsed.jsonl"))
@options.reading
@options.output(None, "Where to write. Default: standard output.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["jsonl", "parquet"]),
    help="parquet: a folder with events and places as GeoParquet, and the records. Default: where FILE ends in /.",
)
@click.option("--no-text", is_flag=True, help="Leave the documents' texts out of the records.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes. The output is the same for any number.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read on the workers of a running Dask scheduler (tcp://HOST:8786), as docs/scale.md describes.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with an interrupted run: documents already in FILE or FILE.part, by id, date and text, are copied. "
    "Refused where versions, data or options are others.",
)
def command(
    work: Work,
    output: str | None,
    form: str | None,
    no_text: bool,
    jobs: int,
    scheduler: str | None,
    resume: bool,
) -> int:
    """Find places and events. Writes JSON Lines: one document per line, as docs/formats.md describes.

    What it wrote is an INPUT of every other command, which then need not read the texts again.

    FILE may end in .gz or .zst. While it runs, its records stand in FILE.part, which takes the place of FILE at the
    end; FILE.manifest.json says with which versions, data and options it was made, and what failed.
    """
    from geo.batch import Plan

    if scheduler and jobs > 1:
        raise click.UsageError("--scheduler and --jobs exclude each other: the scheduler's workers read")
    plan = Plan(tuple(work.gazetteers), work.settings, not no_text, work.viewpoint)
    sink = _sink(work, plan, output, form, resume=resume)
    if sink is not None:
        work.writes = (sink.path, sink.part)
    records = _outcomes(work, sink, plan, jobs, scheduler)
    if sink is None:
        lines_to(output, (one.line.decode("utf-8") for one in records))
        return work.close()
    try:
        with sink:
            for one in records:
                sink.add(one)
    except BaseException:
        if sink.written:
            count = f"{sink.written} document{'' if sink.written == 1 else 's'}"
            say(f"geo: {count} done so far: {_part(output)}; the same command with --resume goes on")
        raise
    return work.close()


def _sink(
    work: Work, plan: Plan, output: str | None, form: str | None, *, resume: bool
) -> Ledger | Partitions | None:
    """Open the books where the output is a file or a folder: a pipe or device has no part."""
    from geo.batch import Ledger, Manifest, Partitions, describe

    folder = form == "parquet" or (form is None and output is not None and output.endswith(("/", os.sep)))
    stream = output is None or output == "-" or (Path(output).exists() and not _replaceable(Path(output)))
    if output is None or stream:
        if folder:
            raise click.UsageError("GeoParquet needs a folder to write: -o FOLDER")
        if resume:
            raise click.UsageError("--resume needs a file to go on with: -o FILE")
        return None
    manifest = Manifest(describe(plan, work.inputs, day=work.day))
    sink: Ledger | Partitions = (Partitions if folder else Ledger)(output, manifest=manifest, resume=resume)
    if sink.left_over and not resume:
        say(
            f"geo: {_part(output)} of an interrupted run is written anew; --resume would have gone on with it"
        )
    return sink


def _part(output: str | None) -> str:
    """Name what stands beside the output while a run goes on, as the user would."""
    return f"{(output or '').rstrip('/' + os.sep)}.part"


def _replaceable(path: Path) -> bool:
    return path.is_file() or path.is_dir()


def _outcomes(
    work: Work, sink: Ledger | Partitions | None, plan: Plan, jobs: int, scheduler: str | None
) -> Iterator[Outcome]:
    """Read the documents; what an earlier run has read is copied, failures are told and left out."""
    from geo.batch import outcomes

    copied = 0
    found = outcomes(
        _items(work, sink),
        plan,
        jobs=jobs,
        corrections=work.corrections,
        team=_team(scheduler, plan) if scheduler else None,
    )
    with progress(work.count) as shown:
        for one in found:
            if one.failure is not None:
                shown.clear()
                work.failed(one.failure)
                if sink is not None:
                    sink.failed(one.failure)
                continue
            work.done += 1
            copied += one.kept
            shown.step(one.id, copied=one.kept)
            yield one
    if copied:
        say(f"geo: {copied} of {work.done} documents were read by an earlier run")
    work.need_one()


def _team(scheduler: str, plan: Plan) -> Team:
    from geo.scale import team

    return team(scheduler, plan)


def _items(work: Work, sink: Ledger | Partitions | None) -> Iterator[Document | Parsed | Failure | Outcome]:
    from geo.codec import decode
    from geo.documents import read
    from geo.types import Document

    for item in read(work.inputs, date=work.day, decoder=decode, leave=work.writes):
        known = sink.find(item) if sink is not None and isinstance(item, Document) else None
        yield known or item
