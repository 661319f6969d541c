"""Write layers to a file, whole or not at all."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING, Any, Final

from geo.atomic import replacing
from geo.errors import OptionError, OutputError
from geo.export import linked
from geo.export.formats import DEFAULT_LAYER, Format, format_of
from geo.export.geojson import lines
from geo.export.geopackage import add_styles, describe
from geo.export.shapes import DIGITS, tidy_all
from geo.export.simplestyle import properties

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geo.export.palette import Palette
    from geo.layers import Layer
    from geo.types import Parsed

_DRIVERS: Final = {"gpkg": "GPKG", "fgb": "FlatGeobuf", "kml": "LIBKML"}
_EPOCH: Final = "1970-01-01T00:00:00Z"
"""GeoPackage stamps its layers with the time of writing; the same input has to give the same bytes."""

_KML_FIELDS: Final = {
    "events": {"LIBKML_NAME_FIELD": "type", "LIBKML_DESCRIPTION_FIELD": "evidence"},
    "reports": {"LIBKML_NAME_FIELD": "status", "LIBKML_DESCRIPTION_FIELD": "evidence"},
    "places": {"LIBKML_NAME_FIELD": "name", "LIBKML_DESCRIPTION_FIELD": "reasons"},
    "regions": {"LIBKML_NAME_FIELD": "name", "LIBKML_DESCRIPTION_FIELD": "description"},
    "claims": {"LIBKML_NAME_FIELD": "territory", "LIBKML_DESCRIPTION_FIELD": "legend"},
    "flows": {"LIBKML_NAME_FIELD": "type", "LIBKML_DESCRIPTION_FIELD": "evidence"},
    "unplaced": {"LIBKML_NAME_FIELD": "what", "LIBKML_DESCRIPTION_FIELD": "text"},
}
"""What Google Earth shows as a placemark's name and text."""
_KML_TIMES: Final = frozenset({"begin", "end", "timestamp"})


def write(
    layers: Mapping[str, Layer],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  (the name of the option)
    layer: str | Sequence[str] | None = None,
    metadata: Mapping[str, str] | None = None,
    palette: Palette | None = None,
    simplestyle: bool = False,
    parsed: Sequence[Parsed] = (),
) -> list[str]:
    """Write layers to a file.

    Parameters
    ----------
    layers : mapping of str to Layer
        What `geo.make_layers` gave.
    path : path-like
        Replaced as a whole when all went well.
    format : str, optional
        One of `FORMATS`; default: by the suffix.
    layer : str or sequence of str, optional
        Which to write. Default: "events", or all where the format holds several (`Format.default`).
    metadata : mapping, optional
        Attribution and the like, written where the format has a place for it.
    palette : Palette, optional
        Colours and shapes (`geo.render.style`): a GeoPackage then carries default styles for QGIS.
    simplestyle : bool
        GeoJSON only: give each feature the properties of simplestyle-spec; needs the palette.
    parsed : sequence of Parsed
        The documents, for the dates and citations of the Linked Places Format.

    Returns
    -------
    list of str
        Names of the layers that were written.

    Raises
    ------
    OptionError
        The format, suffix or layer is unknown, several layers are asked of a format that holds one, or the
        format has no simplestyle.
    OutputError
        The file cannot be written.
    """
    chosen = format_of(path, format)
    if simplestyle and (chosen.name != "geojson" or palette is None):
        raise OptionError("simplestyle is for geojson only, and needs a palette")
    names = _names(layers, chosen, layer)
    with replacing(path) as temporary:
        target = temporary.with_suffix(chosen.suffixes[0])
        extra = properties(layers[names[0]], palette) if simplestyle and palette is not None else None
        if chosen.name == "lpf":
            _text(linked.lines(layers[names[0]], metadata, parsed), target)
        else:
            _write(chosen.name, [layers[name] for name in names], target, dict(metadata or {}), extra)
        if chosen.name == "gpkg" and palette is not None:
            add_styles(target, [layers[name] for name in names], palette, _EPOCH)
        if target != temporary:
            target.replace(temporary)
    return names


def names_of(
    layers: Mapping[str, Layer],
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002
    layer: str | Sequence[str] | None = None,
) -> list[str]:
    """Names of the layers that `write` would write; it raises the same `OptionError`."""
    return _names(layers, format_of(path, format), layer)


def _names(layers: Mapping[str, Layer], chosen: Format, layer: str | Sequence[str] | None) -> list[str]:
    asked = [layer] if isinstance(layer, str) else list(layer or ())
    for name in asked:
        if name not in layers:
            raise OptionError(f"there is no layer {name!r}; choose from {', '.join(layers)}")
    if chosen.all_layers:
        return asked or [name for name in layers if not chosen.default or name in chosen.default]
    if chosen.only and set(asked) - {chosen.only}:
        raise OptionError(f"{chosen.name} holds {chosen.only} only; leave out --layer")
    if len(asked) > 1:
        raise OptionError(
            f"{chosen.name} holds one layer; write {' and '.join(asked)} to a file each, or use gpkg"
        )
    default = chosen.only or DEFAULT_LAYER
    if not asked and default not in layers:
        raise OptionError(f"there is no layer {default!r}; choose from {', '.join(layers)}")
    return asked or [default]


def _write(
    name: str,
    layers: list[Layer],
    target: Path,
    metadata: dict[str, Any],
    extra: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    if name == "geojson":
        _text(lines(layers[0], metadata, extra), target)
    elif name == "kmz":
        inner = target.with_suffix(".kml")
        _gdal(_DRIVERS["kml"], layers, inner, metadata)
        _zip(inner, target)
    elif name == "pmtiles":
        from geo.export.tiles import write_tiles

        write_tiles(layers, target, metadata)
    elif name == "csv":
        _csv(layers[0], target)
    elif name == "parquet":
        from pyarrow.parquet import write_table

        from geo.export.arrow import geoparquet_table

        write_table(geoparquet_table(layers[0]), target, compression="zstd")
    else:
        _gdal(_DRIVERS[name], layers, target, metadata)


def _gdal(driver: str, layers: list[Layer], target: Path, metadata: dict[str, Any]) -> None:
    import pyogrio

    from geo.export.arrow import GEOMETRY, arrow_table

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _EPOCH})
    for number, layer in enumerate(layers):
        table, kind = arrow_table(layer)
        options: dict[str, Any] = {"append": True} if number else {}
        if driver == "LIBKML":
            # GDAL takes these names for times, when it writes and when it reads
            table = table.rename_columns(
                [f"{name}_" if name in _KML_TIMES else name for name in table.column_names]
            )
            pyogrio.set_gdal_config_options(_KML_FIELDS.get(layer.name, {}))
        if driver == "GPKG":
            text = describe(layer, metadata.get("attribution"))
            options["layer_metadata"] = {"title": layer.title, **metadata}
            options |= {"IDENTIFIER": layer.title, "DESCRIPTION": text}
        if driver == "FlatGeobuf" and table.column(GEOMETRY).null_count:
            options["SPATIAL_INDEX"] = "NO"  # the index cannot hold rows without a geometry
        try:
            pyogrio.write_arrow(
                table,
                target,
                layer=layer.name,
                driver=driver,
                geometry_name=GEOMETRY,
                geometry_type=kind,
                crs="EPSG:4326",
                **options,
            )
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
            reason = str(error).replace(str(target), target.name)
            raise OutputError(f"{target.name}: GDAL cannot write layer {layer.name} ({reason})") from error


def _text(parts: Iterable[str], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(line + "\n" for line in parts)


def _zip(inner: Path, target: Path) -> None:
    """Make a KMZ: a zip with doc.kml, without the time of writing."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    entry = ZipInfo("doc.kml")
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
    with ZipFile(target, "w") as archive:
        archive.writestr(entry, inner.read_bytes(), compresslevel=6)


def _csv(layer: Layer, target: Path) -> None:
    import shapely

    names = [column.name for column in layer.columns]
    added = [name for name in ("lon", "lat") if name not in names]
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*names, *added, "wkt"])
        for row, geometry in zip(layer.rows, tidy_all(layer.geometry), strict=True):
            extra: list[Any] = []
            if added:
                point = None if geometry is None else geometry.representative_point()
                extra = ["", ""] if point is None else [round(point.x, DIGITS), round(point.y, DIGITS)]
            wkt = "" if geometry is None else shapely.to_wkt(geometry, rounding_precision=DIGITS)
            writer.writerow([*(_cell(row[name]) for name in names), *extra, wkt])


def _cell(value: Any) -> Any:
    """Return a cell; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return value
