"""Rows of files with coordinates: GeoJSON, GeoPackage, FlatGeobuf, CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.coded.layouts import has_point, layout_of
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]

GEOJSON: Final = frozenset({".geojson"})
VECTOR: Final = frozenset({".gpkg", ".fgb"})
TABLES: Final = frozenset({".csv", ".tsv"})
PREFERRED: Final = "events"
"""Layer that is read where a file holds several."""


def is_coded_file(path: object) -> bool:
    """Whether a file holds rows with coordinates rather than texts.

    A CSV file with a column ``text`` holds texts, unless its other columns are those of a coded data set.
    """
    try:
        file = Path(path)  # type: ignore[arg-type]
        suffix = file.suffix.lower()
        if suffix in GEOJSON | VECTOR:
            return file.is_file()
        if suffix not in TABLES or not file.is_file():
            return False
        columns, _ = _header(file)
    except (OSError, ValueError, TypeError):
        return False
    known = layout_of(columns).name
    return has_point(columns) and ("text" not in columns or known != "table")


def rows_of_file(path: str) -> dict[str, list[Row]]:
    """Read the rows.

    Parameters
    ----------
    path : str

    Returns
    -------
    dict of str to list of dict
        ``events``, and ``reports`` where the file has that layer. Keys are lower case; a geometry has become
        ``lon`` and ``lat`` of a point in it, in place of columns of those names.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    try:
        if suffix in TABLES:
            return {PREFERRED: list(_csv(file))}
        if suffix in GEOJSON:
            return {PREFERRED: list(_geojson(path, json.loads(file.read_bytes())))}
        return _vector(file)
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (ValueError, RecursionError, csv.Error) as error:
        what = " ".join(str(error).split())[:200]
        raise InputError(
            f"{path}: is no {suffix[1:]} that can be read ({what}); check how it was made"
        ) from error


def _header(file: Path) -> tuple[list[str], str]:
    """Columns of a CSV file, in lower case, and what separates them."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        line = stream.readline(1_000_000)
    separator = max(",;\t|", key=line.count)
    names = next(csv.reader([line], delimiter=separator), [])
    return [name.strip().lower() for name in names], separator


def _csv(file: Path) -> Iterator[Row]:
    columns, separator = _header(file)
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=separator)
        next(reader, None)
        for cells in reader:
            if cells:
                yield {name: _plain(cell) for name, cell in zip(columns, cells, strict=False)}


def _plain(cell: str) -> str:
    """Take the apostrophe away that our own exports put before what a spreadsheet would run."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _geojson(path: str, value: Any) -> Iterator[Row]:
    import shapely
    from shapely.geometry import shape

    if not isinstance(value, dict) or value.get("type") not in {"FeatureCollection", "Feature"}:
        raise InputError(f"{path}: is no FeatureCollection; save it as GeoJSON (RFC 7946)")
    if "crs" in value and "CRS84" not in json.dumps(value["crs"]) and "4326" not in json.dumps(value["crs"]):
        raise InputError(f"{path}: is not in WGS 84 degrees; save it as GeoJSON by RFC 7946")
    for feature in value.get("features", [value]):
        properties = feature.get("properties") or {} if isinstance(feature, dict) else {}
        if not isinstance(properties, dict):
            raise InputError(f"{path}: has a feature whose properties are no object")
        row = {str(name).lower(): _scalar(cell) for name, cell in properties.items()}
        if "id" in feature:
            row.setdefault("id", _scalar(feature["id"]))
        geometry = feature.get("geometry")
        try:
            found = shape(geometry) if geometry else None
        except (KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
            raise InputError(
                f"{path}: feature {row.get('id')} has a geometry that is none ({error})"
            ) from error
        yield row | _spot(found)


def _spot(geometry: Any) -> Row:
    """A point in a geometry takes the place of all columns that could be one."""
    point = None if geometry is None or geometry.is_empty else geometry.representative_point()
    named = {"longitude": None, "latitude": None}
    return named | {"lon": None, "lat": None} if point is None else named | {"lon": point.x, "lat": point.y}


def _scalar(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value


def _vector(file: Path) -> dict[str, list[Row]]:
    import pyogrio

    try:
        layers = dict(pyogrio.list_layers(file).tolist())
        spatial = [name for name, kind in layers.items() if kind is not None]
        if not spatial:
            raise InputError(f"{file}: has no layer with geometries")
        name = PREFERRED if PREFERRED in spatial else spatial[0]
        found = {PREFERRED: list(_layer(file, name))}
        if "reports" in layers and name == PREFERRED:
            found["reports"] = list(_layer(file, "reports"))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise ValueError(str(error)) from error
    return found


def _layer(file: Path, name: str) -> Iterable[Row]:
    """Read one layer without its lists; other coordinates than degrees are turned into degrees."""
    import pyogrio
    import shapely

    # not as an Arrow table: GDAL's has no gaps in the geometry of some formats
    meta, _, wkb, cells = pyogrio.raw.read(file, layer=name)
    geometries = shapely.from_wkb(wkb)
    crs = meta.get("crs")
    if crs and crs not in {"EPSG:4326", "OGC:CRS84"}:
        from pyproj import Transformer

        turn = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
        geometries = shapely.transform(geometries, turn.transform, interleaved=False)
    names = [str(field).lower() for field in meta["fields"]]
    rows = zip(*(cell.tolist() for cell in cells), strict=True) if names else ((),) * len(geometries)
    for row, geometry in zip(rows, geometries, strict=True):
        yield dict(zip(names, row, strict=True)) | _spot(geometry)
