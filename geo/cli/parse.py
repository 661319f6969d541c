"""``geo parse``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.work import Work, lines_to

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("parse", epilog=options.example("geo parse seeds/ -o out/parsed.jsonl"))
@options.reading
@options.output(None, "Where to write. Default: standard output.")
@click.option("--no-text", is_flag=True, help="Leave the documents' texts out of the records.")
def command(work: Work, output: str | None, no_text: bool) -> int:
    """Find places and events. Writes JSON Lines: one document per line, as docs/formats.md describes.

    What it wrote is an INPUT of every other command, which then need not read the texts again.
    """
    from geo.codec import dumps, encode

    def lines() -> Iterator[str]:
        for parsed in work.stream():
            yield dumps(encode(parsed, text=not no_text))

    lines_to(output, lines())
    return work.close()
