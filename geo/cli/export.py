"""``geo export``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from geo.cli import options
from geo.cli.work import Work, say, to_stdout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.export.palette import Palette
    from geo.export.shapes import Bbox
    from geo.layers import Layer
    from geo.types import Parsed


class Box(click.ParamType["Bbox"]):
    """A box as west,south,east,north in degrees."""

    name = "BOX"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Bbox:
        """Read four numbers and see whether they make a box."""
        from geo.export.select import check_box

        if isinstance(value, tuple):
            return value
        try:
            west, south, east, north = (float(part) for part in value.split(","))
        except ValueError:
            self.fail(f"{value!r} is no box; write it as west,south,east,north: 22,44,40,52", param, ctx)
        check_box((west, south, east, north))
        return west, south, east, north


class Equal(click.ParamType["tuple[str, str]"]):
    """A column and its value as COLUMN=VALUE."""

    name = "COLUMN=VALUE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split at the first equals sign."""
        if isinstance(value, tuple):
            return value
        column, equals, wanted = value.partition("=")
        if not equals or not column:
            self.fail(f"{value!r} is no COLUMN=VALUE; write it as type=shelling", param, ctx)
        return column, wanted


LAYERS = ("events", "reports", "places", "regions", "claims", "flows", "unplaced")


@click.command("export", epilog=options.example("geo export seeds/ -o out/events.geojson"))
@options.reading
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to write; - for standard output (then --format is needed).",
)
@click.option(
    "--to",
    "address",
    metavar="ADDRESS",
    help="A database with PostGIS: postgresql://user@host/database?schema=NAME. Password by PGPASSWORD or ~/.pgpass.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["geojson", "gpkg", "csv", "fgb", "parquet", "pmtiles", "kml", "kmz", "lpf"]),
    help="Default: by the suffix of the file.",
)
@click.option(
    "-l",
    "--layer",
    "layer",
    type=click.Choice(LAYERS),
    multiple=True,
    help="Which layer. Default: events (places for lpf), or all where the format holds several "
    "(gpkg, kml, kmz; pmtiles all but reports).",
)
@click.option(
    "--bbox",
    type=Box(),
    metavar="W,S,E,N",
    help="Only what touches this box, in degrees; W greater than E goes across the antimeridian.",
)
@click.option(
    "--where",
    type=Equal(),
    multiple=True,
    help="Only rows whose cell is this value; repeated for one column: any of them. "
    "Layers without the column are kept whole.",
)
@click.option(
    "--simplestyle",
    is_flag=True,
    help="GeoJSON with title, description and colours for viewers that read simplestyle.",
)
@options.as_of
def command(
    work: Work,
    output: str | None,
    address: str | None,
    form: str | None,
    layer: tuple[str, ...],
    bbox: Bbox | None,
    where: tuple[tuple[str, str], ...],
    as_of: date | None,
    *,
    simplestyle: bool,
) -> int:
    """Write layers for GIS tools.

    The format follows the suffix: .geojson (RFC 7946), .gpkg (all layers), .csv (with lon, lat and WKT), .fgb,
    .parquet (GeoParquet 1.1), .pmtiles (vector tiles), .kml and .kmz (all layers), .lpf.json (places in the
    Linked Places Format). What could not be placed is kept, without a geometry. With --to, each layer becomes a
    table of a database; rows that are there already are changed by their key, in one transaction.

    INPUT may also be files of coded events: GeoJSON, GeoPackage, CSV with coordinates, exports of ACLED, UCDP GED
    and VIINA, and databases that --to filled.
    """
    if address is not None:
        _check_address(address, output, form, simplestyle=simplestyle)
        return _to_database(work, address, layer or LAYERS, bbox, where, as_of)
    if output is None:
        raise click.UsageError("say where to write: -o FILE, or --to postgresql://...")
    if output == "-" and form is None:
        raise click.UsageError("standard output has no suffix; name the format with --format")
    from geo.export import format_of, names_of, select

    chosen = format_of(output, form).name  # a wrong suffix is told before the work
    if simplestyle and chosen != "geojson":
        raise click.UsageError(f"--simplestyle is for geojson; {chosen} has no place for it")
    parsed, layers = _layers(work, as_of)
    kept = select(layers, names_of(layers, output, form, layer), bbox=bbox, where=where)
    how = {
        "format": chosen,
        "layer": list(kept),
        "metadata": _metadata(work),
        "simplestyle": simplestyle,
        "parsed": parsed,
        "palette": _palette() if simplestyle or chosen == "gpkg" else None,
    }
    names = _to_stdout(kept, how) if output == "-" else _to_file(kept, output, how)
    rows = ", ".join(f"{name} {len(kept[name]):,}" for name in names)
    say(f"Wrote {'standard output' if output == '-' else output}: {rows}")
    return work.close()


def _metadata(work: Work) -> dict[str, str]:
    """Whose data it is, and from which viewpoint where that is not the default."""
    said = {"attribution": attribution(work.gaz.info())}
    return said if work.gaz.viewpoint == "default" else {**said, "viewpoint": work.gaz.viewpoint}


def _layers(work: Work, as_of: date | None) -> tuple[list[Parsed], dict[str, Layer]]:
    from geo.dates import to_edtf
    from geo.export import coded
    from geo.pipeline import make_layers

    parsed = work.all()
    return parsed, coded(make_layers(parsed, gaz=work.gaz, as_of=as_of), to_edtf)


def _check_address(address: str, output: str | None, form: str | None, *, simplestyle: bool) -> None:
    """Tell what is wrong before the work; an address in a message never shows its password."""
    from geo.database import is_address, parse_address

    if not is_address(address):
        raise click.UsageError("--to takes the address of a database: postgresql://user@host/database")
    parse_address(address)
    if output is not None or form is not None or simplestyle:
        raise click.UsageError("--to writes tables; leave out -o, --format and --simplestyle")


def _to_database(
    work: Work,
    address: str,
    names: Sequence[str],
    bbox: Bbox | None,
    where: tuple[tuple[str, str], ...],
    as_of: date | None,
) -> int:
    from geo.database import load, parse_address
    from geo.export import select

    _, layers = _layers(work, as_of)
    kept = select(layers, names, bbox=bbox, where=where)
    counts = load(address, kept, metadata=_metadata(work))
    told = parse_address(address)
    say(f"Loaded {told.shown}, schema {told.schema}:")
    for name, one in counts.items():
        say(f"  {name}: {one.added:,} added, {one.changed:,} changed, {one.same:,} as they were")
    return work.close()


def attribution(info: Mapping[str, object]) -> str:
    """Line that names the sources of the data."""
    return str(info.get("attribution") or "")


def _palette() -> Palette:
    """Colours of the map; its imports cost time, so only where a format has a place for them."""
    from geo.render import style

    return style


def _to_file(layers: Mapping[str, Layer], output: str, how: Mapping[str, Any]) -> list[str]:
    from geo.export import write

    return write(layers, output, **how)


def _to_stdout(layers: Mapping[str, Layer], how: Mapping[str, Any]) -> list[str]:
    """Write to a temporary file first: most formats need one that can be searched."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer"
        names = _to_file(layers, str(path), how)
        with path.open("rb") as stream:
            to_stdout(iter(lambda: stream.read(1 << 20), b""))
    return names
