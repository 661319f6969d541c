"""``geo report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.work import Work, say, to_stdout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.layers import Layer
    from geo.report import Picture, Sheet


@click.command("report", epilog=options.example("geo report seeds/ -o out/report.html"))
@options.reading
@options.output("out/report.html", "The report: .html, .md, .docx or .pdf; - for standard output.")
@click.option(
    "-f", "--format", "form", type=click.Choice(["html", "md", "docx", "pdf"]), help="Default: by the suffix."
)
@options.title
@options.as_of
@options.publisher
@click.option("--no-picture", is_flag=True, help="Leave the map out.")
def command(
    work: Work,
    output: str,
    form: str | None,
    title: str | None,
    as_of: date | None,
    publisher: str | None,
    *,
    no_picture: bool,
) -> int:
    """Write a short neutral report: numbers, map, timeline, events with their sentences, what was not placed, methods.

    Word and PDF need the extra report: pip install 'geodispatch[report]'. Markdown gets its picture as a file beside
    it.
    """
    from geo.layers import as_of_date
    from geo.pipeline import default_title, make_layers
    from geo.report import content, format_of, write
    from geo.report.write import rendered

    chosen = form if output == "-" and form else format_of(output, form)
    parsed = work.all()
    layers = make_layers(parsed, gaz=work.gaz, as_of=as_of)
    day = as_of or as_of_date(parsed)
    sheet = _sheet(work, title or default_title(parsed), day, publisher)
    picture = None if no_picture else _picture(layers, work, day, publisher)
    blocks = content(layers, [item.document for item in parsed], sheet, picture)
    if output == "-":
        to_stdout([rendered(blocks, chosen)])
    else:
        say(f"Report: {', '.join(write(blocks, output, chosen))}")
    return work.close()


def _sheet(work: Work, title: str, day: date | None, publisher: str | None) -> Sheet:
    from geo import __version__
    from geo.render.words import viewpoint_text, words
    from geo.report import Sheet

    catalogue = words("en")
    attribution = str(work.gaz.info().get("attribution") or "")
    return Sheet(
        title,
        day.isoformat() if day else "",
        viewpoint_text(work.gaz.viewpoint, catalogue),
        catalogue["disclaimer"].format(publisher=publisher or catalogue["publisher"]),
        catalogue["attribution"].format(text=attribution) if attribution else "",
        f"geodispatch {__version__}",
    )


def _picture(layers: Mapping[str, Layer], work: Work, day: date | None, publisher: str | None) -> Picture:
    from geo.render.picture import alt_text, picture
    from geo.report import Picture

    png = picture(layers, work.gaz, as_of=day, publisher=publisher, width_cm=25.0, dpi=150)
    return Picture(png, alt_text(layers))
