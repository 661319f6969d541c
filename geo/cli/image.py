"""``geo image``."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.work import Work, say, to_stdout

if TYPE_CHECKING:
    from datetime import date


@click.command("image", epilog=options.example("geo image seeds/ -o out/map.png"))
@options.reading
@options.output("out/map.png", "The picture: .png, .svg, .pdf or .webp; - for standard output.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["png", "svg", "pdf", "webp"]),
    help="Default: by the suffix.",
)
@options.title
@options.as_of
@options.publisher
@click.option(
    "--width",
    type=click.FloatRange(12, 100),
    default=26.0,
    show_default=True,
    metavar="CM",
    help="Width with the legend.",
)
@click.option(
    "--height",
    type=click.FloatRange(12, 100),
    metavar="CM",
    help="Height with title and small print. Default: what suits the map.",
)
@click.option(
    "--dpi",
    type=click.IntRange(50, 600),
    default=150,
    show_default=True,
    metavar="DPI",
    help="Dots per inch of PNG and WebP.",
)
@click.option(
    "--by", type=click.Choice(["date", "type"]), help="Several small maps: one per date or per type of event."
)
def command(
    work: Work,
    output: str,
    form: str | None,
    title: str | None,
    as_of: date | None,
    publisher: str | None,
    width: float,
    height: float | None,
    dpi: int,
    by: str | None,
) -> int:
    """Draw a picture of the map: markers, movements and hatched claims as on the page, with a legend.

    The projection fits what is shown; what the picture shows is told in words in its metadata.
    """
    from geo.atomic import write_bytes
    from geo.layers import as_of_date
    from geo.pipeline import default_title, make_layers
    from geo.render.picture import FORMATS, picture

    chosen = form or PurePath(output).suffix.lower().removeprefix(".")
    if chosen not in FORMATS:
        raise click.UsageError(
            f"{output}: the suffix tells no picture format; use .png, .svg, .pdf or .webp, or --format"
        )
    parsed = work.all()
    layers = make_layers(parsed, gaz=work.gaz, as_of=as_of)
    data = picture(
        layers,
        work.gaz,
        form=chosen,
        title=title or default_title(parsed),
        as_of=as_of or as_of_date(parsed),
        publisher=publisher,
        width_cm=width,
        height_cm=height,
        dpi=dpi,
        by=by,
    )
    if output == "-":
        to_stdout([data])
    else:
        write_bytes(output, data)
        say(f"Picture: {output} ({len(data) / 1000:,.0f} kB)")
    return work.close()
