"""``geo events``."""

from __future__ import annotations

import click

from geo.cli import options
from geo.cli.work import Work, lines_to


@click.command("events", epilog=options.example("geo events seeds/ -o out/events.jsonl"))
@options.reading
@options.output(None, "Where to write. Default: standard output.")
def command(work: Work, output: str | None) -> int:
    """List the events of all documents; reports of the same thing become one. Writes JSON Lines."""
    from geo.codec import dumps, encode_event
    from geo.pipeline import merge

    lines_to(output, (dumps(encode_event(event)) for event in merge(work.all())))
    return work.close()
