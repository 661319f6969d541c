"""``geo export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.work import Work, say, to_stdout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.export.palette import Palette
    from geo.layers import Layer

LAYERS = ("events", "reports", "places", "regions", "claims", "flows", "unplaced")


@click.command("export", epilog=options.example("geo export seeds/ -o out/events.geojson"))
@options.reading
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="Where to write; - for standard output (then --format is needed).",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["geojson", "gpkg", "csv", "fgb", "parquet", "pmtiles", "kml"]),
    help="Default: by the suffix of the file.",
)
@click.option(
    "-l",
    "--layer",
    "layer",
    type=click.Choice(LAYERS),
    multiple=True,
    help="Which layer. Default: events, or all where the format holds several (gpkg, kml).",
)
@options.as_of
def command(work: Work, output: str, form: str | None, layer: tuple[str, ...], as_of: date | None) -> int:
    """Write layers for GIS tools.

    The format follows the suffix: .geojson (RFC 7946), .gpkg (all layers), .csv (with lon, lat and WKT), .fgb,
    .parquet (GeoParquet 1.1), .pmtiles, .kml (all layers). What could not be placed is kept, without a geometry.
    """
    from geo.export import format_of
    from geo.pipeline import make_layers

    if output == "-" and form is None:
        raise click.UsageError("standard output has no suffix; name the format with --format")
    format_of(output, form)  # a wrong suffix is told before the work
    parsed = work.all()
    layers = make_layers(parsed, gaz=work.gaz, as_of=as_of)
    metadata = {"attribution": attribution(work.gaz.info())}
    names = (
        _to_stdout(layers, form, layer, metadata)
        if output == "-"
        else _to_file(layers, output, form, layer, metadata)
    )
    rows = ", ".join(f"{name} {len(layers[name]):,}" for name in names)
    say(f"Wrote {'standard output' if output == '-' else output}: {rows}")
    return work.close()


def attribution(info: Mapping[str, object]) -> str:
    """Line that names the sources of the data."""
    return str(info.get("attribution") or "")


def _to_file(
    layers: Mapping[str, Layer],
    output: str,
    form: str | None,
    layer: Sequence[str],
    metadata: Mapping[str, str],
) -> list[str]:
    from geo.export import format_of, write

    palette: Palette | None = None
    if format_of(output, form).name == "gpkg":  # else its imports would only cost time
        from geo.render import style

        palette = style
    return write(layers, output, format=form, layer=layer, metadata=metadata, palette=palette)


def _to_stdout(
    layers: Mapping[str, Layer], form: str | None, layer: Sequence[str], metadata: Mapping[str, str]
) -> list[str]:
    """Write to a temporary file first: most formats need one that can be searched."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer"
        names = _to_file(layers, str(path), form, layer, metadata)
        with path.open("rb") as stream:
            to_stdout(iter(lambda: stream.read(1 << 20), b""))
    return names
