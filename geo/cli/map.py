"""``geo map``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.work import Work, say, to_stdout, wrong_usage

if TYPE_CHECKING:
    from datetime import date

    from geo.layers import Layer
    from geo.layers.mentions import Mentions


@click.command("map", epilog=options.example("geo map seeds/ -o out/map.html"))
@options.reading
@options.output("out/map.html", "The page; - for standard output. A missing folder is made.")
@options.title
@options.as_of
@options.publisher
@click.option("--lang", default="en", show_default=True, help="Language of the page's own words: en, uk.")
@click.option(
    "--control",
    "control_file",
    type=click.Path(dir_okay=False),
    help="GeoJSON file of who controls what, drawn apart from claims under the name of its source.",
)
@click.option(
    "--control-source", help="Whose assessment that is; by default what the file says, or its name."
)
@click.option(
    "--tiles", help="Online tiles beneath the map, such as OpenStreetMap.Mapnik: the page then loads images."
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=200_000,
    show_default=True,
    metavar="N",
    help="With more events than that the map counts them by cells, exactly, instead of drawing each.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def command(
    work: Work,
    output: str,
    title: str | None,
    as_of: date | None,
    publisher: str | None,
    lang: str,
    control_file: str | None,
    control_source: str | None,
    tiles: str | None,
    limit: int,
    show: bool,
) -> int:
    """Draw a map of documents: one HTML file that needs no network and no server.

    It prints what it found and where the map is. An existing map is replaced only when the new one is whole.
    """
    from geo.atomic import write_text
    from geo.layers.mentions import Mentions, lean
    from geo.pipeline import make_layers, make_map
    from geo.render import read_control
    from geo.render.words import words

    words(lang)  # an unknown language is told before the work is done, not after
    with wrong_usage():
        control = read_control(control_file, control_source) if control_file else None
    mentions = Mentions()
    parsed = []
    for one in work.stream():
        mentions.add(one)
        parsed.append(lean(one))
    layers = make_layers(parsed, gaz=work.gaz, as_of=as_of, limit=limit, mentions=mentions)
    extra = {"publisher": publisher, "lang": lang, "control": control, "tiles": tiles, "limit": limit}
    html = make_map(parsed, gaz=work.gaz, layers=layers, title=title, as_of=as_of, **extra)
    if output == "-":
        to_stdout([html.encode("utf-8")])
    else:
        write_text(output, html)
    say(summary(len(parsed), mentions, layers))
    if output != "-":
        say(f"Map: {output} ({len(html.encode('utf-8')) / 1000:,.0f} kB)")
        if show:
            _open(output)
    return work.close()


def summary(documents: int, mentions: Mentions, layers: dict[str, Layer]) -> str:
    """Say in two lines what was found.

    Parameters
    ----------
    documents : int
        Their number.
    mentions : Mentions
        Those of the documents.
    layers : dict of str to Layer

    Returns
    -------
    str
    """
    if tally := layers["events"].tally:
        events, nowhere = tally.total, tally.nowhere
    else:
        counts = {row["id"]: row["place_id"] for row in layers["events"].rows}
        events, nowhere = len(counts), sum(1 for place in counts.values() if place is None)
    claims = {row["id"] for row in layers["claims"].rows}
    first = (
        f"Found in {_count(documents, 'document')}: {_count(mentions.total, 'mention')} of "
        f"{_count(len(mentions.named), 'place')}, {_count(events, 'event')}, "
        f"{_count(len(claims), 'claim')}"
    )
    second = (
        f"Not placed, and listed on the map: {_count(mentions.total - mentions.placed, 'mention')}, "
        f"{_count(nowhere, 'event')}"
    )
    return f"{first}\n{second}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _open(output: str) -> None:
    import webbrowser
    from pathlib import Path

    if not webbrowser.open(Path(output).resolve().as_uri()):
        say("geo: no browser could be opened")
