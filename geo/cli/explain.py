"""``geo explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gazetteer.cli.table import printable, table
from geo.cli import options
from geo.cli.work import Work, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Parsed, Resolution

CONTEXT = 45


@click.command(
    "explain", epilog=options.example("geo explain seeds/2022-10-13-kherson-evacuation.md Kherson")
)
@options.reading_one
@click.argument("mention", metavar="MENTION")
@click.option(
    "-n",
    "--candidates",
    "most",
    type=click.IntRange(1),
    default=8,
    show_default=True,
    help="Candidates to show.",
)
def command(work: Work, mention: str, most: int) -> int:
    """Show why a name was placed where it is: its role, the reasons, and every place it could mean.

    MENTION is the name as the text has it, in any case, or @N for the mention that covers character N.
    """
    parsed = work.all()
    found = [(document, item) for document in parsed for item in _matching(document, mention)]
    for number, (document, item) in enumerate(found):
        if number:
            click.echo()
        click.echo(explanation(document, item, most))
    if found:
        return work.close()
    _nothing(parsed, mention)
    return 1


def explanation(document: Parsed, item: Resolution, most: int = 8) -> str:
    """Describe one decision in words and a table.

    Parameters
    ----------
    document : Parsed
        The document the mention stands in.
    item : Resolution
    most : int
        Candidates to list.

    Returns
    -------
    str
    """
    mention = item.mention
    place = item.place
    chosen = (
        f"{place.name} ({place.kind}, {_where(place.country, place.admin1)}) {place.id}"
        if place
        else "not placed"
    )
    lines = [
        f"{printable(document.document.id)}  {mention.start}-{mention.end}  {_context(document.document.text, item)}",
        f"  role      {mention.role}" + (f" (head: {printable(mention.head)})" if mention.head else ""),
        f"  place     {printable(chosen)}",
        f"  score     {item.score:.2f}",
        f"  name cues {printable('; '.join(mention.cues) or '-')}",
        f"  reasons   {printable('; '.join(item.reasons) or '-')}",
    ]
    rows = [
        [
            "*" if place and one.place.id == place.id else "",
            one.score,
            one.place.name,
            one.place.kind,
            _where(one.place.country, one.place.admin1),
            f"{one.place.lat:.2f} {one.place.lon:.2f}",
            one.place.id,
            one.candidate.reason,
        ]
        for one in item.candidates[:most]
    ]
    if rows:
        text = table(rows, ["", "score", "name", "kind", "in", "lat lon", "id", "matched as"])
        lines += ["  " + line for line in text.split("\n")]
    if len(item.candidates) > most:
        lines.append(f"  ... {len(item.candidates) - most} more")
    return "\n".join(lines)


def _matching(document: Parsed, wanted: str) -> list[Resolution]:
    if wanted.startswith("@") and wanted[1:].isdigit():
        at = int(wanted[1:])
        return [item for item in document.resolutions if item.mention.start <= at < item.mention.end]
    from gazetteer.names import fold

    key = fold(wanted)
    return [
        item for item in document.resolutions if fold(item.mention.text) == key or item.mention.key == key
    ]


def _context(text: str, item: Resolution) -> str:
    start, end = item.mention.start, item.mention.end
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    return printable(f"...{before}[{item.mention.text}]{after}...")


def _where(country: str | None, admin1: str | None) -> str:
    return admin1 or country or "-"


def _nothing(parsed: Sequence[Parsed], wanted: str) -> None:
    names = dict.fromkeys(item.mention.text for document in parsed for item in document.resolutions)
    known = ", ".join(printable(name) for name in list(names)[:20]) or "none"
    say(f"geo: {wanted!r} is no mention here; mentions: {known}{' ...' if len(names) > 20 else ''}")
