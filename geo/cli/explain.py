"""``geo explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gazetteer.cli.table import printable, table
from geo.cli import options
from geo.cli.work import Work, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Parsed, Resolution, Unplaced

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
    told = [explanation(document, item, most) for document, item in found]
    told += [refusal(document, item) for document in parsed for item in _refused(document, mention)]
    click.echo("\n\n".join(told), nl=bool(told))
    if told:
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
    around = _context(document.document.text, mention.start, mention.end)
    chosen = (
        f"{place.name} ({place.kind}, {_where(place.country, place.admin1)}) {place.id}"
        if place
        else "not placed"
    )
    lines = [
        f"{printable(document.document.id)}  {mention.start}-{mention.end}  {around}",
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


def refusal(document: Parsed, item: Unplaced) -> str:
    """Describe a name that a person said is no place."""
    where = _context(document.document.text, item.start, item.end)
    head = f"{printable(document.document.id)}  {item.start}-{item.end}  {where}"
    return f"{head}\n  place     no place\n  reasons   {printable(item.reason)}"


def _refused(document: Parsed, wanted: str) -> list[Unplaced]:
    """Names that a correction took out: listed as unplaced, and no mention of the document."""
    known = {(item.mention.start, item.mention.end) for item in document.resolutions}
    return [
        item
        for item in document.unplaced
        if item.what == "mention"
        and (item.start, item.end) not in known
        and _asked(wanted, item.start, item.end, item.text)
    ]


def _asked(wanted: str, start: int, end: int, text: str) -> bool:
    if wanted.startswith("@") and wanted[1:].isdigit():
        return start <= int(wanted[1:]) < end
    from gazetteer.names import fold

    return fold(wanted) == fold(text)


def _matching(document: Parsed, wanted: str) -> list[Resolution]:
    from gazetteer.names import fold

    key = fold(wanted)
    return [
        item
        for item in document.resolutions
        if _asked(wanted, item.mention.start, item.mention.end, item.mention.text) or item.mention.key == key
    ]


def _context(text: str, start: int, end: int) -> str:
    before = text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT]
    return printable(f"...{before}[{text[start:end]}]{after}...")


def _where(country: str | None, admin1: str | None) -> str:
    return admin1 or country or "-"


def _nothing(parsed: Sequence[Parsed], wanted: str) -> None:
    names = dict.fromkeys(item.mention.text for document in parsed for item in document.resolutions)
    known = ", ".join(printable(name) for name in list(names)[:20]) or "none"
    say(f"geo: {wanted!r} is no mention here; mentions: {known}{' ...' if len(names) > 20 else ''}")
