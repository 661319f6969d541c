"""Vector tiles in one PMTiles archive: every row at the largest scale, exact numbers at the smaller ones.

GDAL cuts the geometries into tiles, one file for each layer (and scale, where points are counted); the files become one
archive, since the tiles of two layers, one behind the other, are the tile of both.
"""

from __future__ import annotations

import gzip
import warnings
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from geo.errors import MissingExtraError, OutputError
from geo.export.arrow import GEOMETRY, arrow_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from geo.layers import Layer

    Floats = NDArray[np.float64]

MAX_ZOOM: Final = 8
"""Their grid is then 38 m wide, finer than places are known; viewers enlarge beyond it."""
CELLS: Final = 32
"""Cells that a tile's side has where points are counted."""
BY: Final = {"events": ("type", "family", "status"), "reports": ("status",), "places": ("kind",)}
"""Points of a cell are counted apart by these, so that viewers can filter by them at any scale."""
COUNT: Final = "count"
_GRID: Final = 4096
"""Steps of a tile's side. A point within one of the edge of the world is moved there, or no tile would hold it: so are
those beyond 85.05 degrees, where Web Mercator ends. Their columns stay as they are."""
_ALL: Final = {"MAX_SIZE": 2**31 - 1, "MAX_FEATURES": 2**31 - 1}
"""GDAL drops what makes a tile large; here nothing may be dropped."""


def write_tiles(layers: Sequence[Layer], target: Path, metadata: Mapping[str, Any]) -> None:
    """Write a PMTiles archive with all layers that have geometries.

    Parameters
    ----------
    layers : sequence of Layer
        Points are counted by cells of 1/32 of a tile at zooms 0 to 7 (column ``count``; the numbers of any zoom add
        up to the number of rows) and stand one by one, with all columns, at zoom 8. Lines and outlines
        have their columns at every zoom and are coarser at the smaller scales.
    target : Path
    metadata : mapping
        ``attribution`` and the like.

    Raises
    ------
    MissingExtraError
        The package pmtiles is not installed.
    OutputError
        No layer has a geometry, or GDAL cannot write one.
    """
    try:
        import pmtiles.writer  # noqa: F401
    except ImportError:
        raise MissingExtraError("PMTiles needs the extra tiles: pip install 'geodispatch[tiles]'") from None
    with TemporaryDirectory() as folder:
        parts: list[Path] = []
        for layer in layers:
            for table, kind, zooms in _scales(layer):
                parts.append(Path(folder) / f"{len(parts)}.pmtiles")
                _cut(table, kind, layer, zooms, parts[-1], target.name)
        if not parts:
            names = ", ".join(layer.name for layer in layers)
            which = f"layer {names}" if len(layers) == 1 else f"the layers {names}"
            raise OutputError(f"{target.name}: no row of {which} has a geometry, and tiles need one")
        _join(parts, target, metadata)


Scale = tuple["pa.Table", str, tuple[int, int]]


def _scales(layer: Layer) -> Iterable[Scale]:
    """Give tables with the kind of their geometries and the first and last zoom they are for."""
    import pyarrow as pa

    table, kind = arrow_table(layer)
    table = table.filter(table.column(GEOMETRY).is_valid())
    if not table.num_rows:
        return
    if kind != "Point":
        yield table, kind, (0, MAX_ZOOM)
        return
    x, y = _mercator(table)
    by = table.select([name for name in BY.get(layer.name, ()) if name in table.column_names])
    for zoom in range(MAX_ZOOM):
        yield _cells(by, x, y, zoom), kind, (zoom, zoom)
    ones = pa.array([1] * table.num_rows, type=pa.int64())
    yield (
        _placed(table.drop([GEOMETRY]).append_column(COUNT, ones), x, y, MAX_ZOOM),
        kind,
        (MAX_ZOOM, MAX_ZOOM),
    )


def _mercator(table: pa.Table) -> tuple[Floats, Floats]:
    """Positions of points in the square of Web Mercator, 0 to 1, from the north-west."""
    import numpy as np
    import shapely

    points = shapely.from_wkb(table.column(GEOMETRY).to_numpy(zero_copy_only=False))
    lon, lat = shapely.get_x(points), np.clip(shapely.get_y(points), -89, 89)
    return (lon + 180) / 360, np.clip(0.5 - np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi), 0, 1)


def _placed(table: pa.Table, x: Floats, y: Floats, zoom: int) -> pa.Table:
    """Add the points to a table, those at the edge of the world within its tiles."""
    import numpy as np
    import pyarrow as pa
    import shapely

    step = 1 / (_GRID * 2**zoom)
    x, y = np.clip(x, step, 1 - step), np.clip(y, step, 1 - step)
    lon, lat = x * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
    field = pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    wkb = shapely.to_wkb(shapely.points(lon, lat))
    return table.append_column(field, pa.array(wkb, type=pa.binary()))


def _cells(by: pa.Table, x: Floats, y: Floats, zoom: int) -> pa.Table:
    """Count the points of each cell by the columns of `by`; a cell's mark stands in the middle of its points."""
    import numpy as np
    import pyarrow as pa

    side = CELLS * 2.0**zoom
    names = [f"by {name}" for name in by.column_names]
    keys = {"x": np.floor(x * side).astype(np.int64), "y": np.floor(y * side).astype(np.int64)}
    table = pa.table({**keys, "east": x, "south": y, **dict(zip(names, by.columns, strict=True))})
    order = ["x", "y", *names]
    wanted = [("east", "mean"), ("south", "mean"), ("east", "count")]
    found = table.group_by(order).aggregate(wanted)
    found = found.sort_by([(name, "ascending") for name in order])
    east, south = found.column("east_mean").to_numpy(), found.column("south_mean").to_numpy()
    made = pa.table(
        {name.removeprefix("by "): found.column(name) for name in names}
        | {COUNT: found.column("east_count").cast(pa.int64())}
    )
    return _placed(made, east, south, zoom)


def _cut(table: pa.Table, kind: str, layer: Layer, zooms: tuple[int, int], part: Path, shown: str) -> None:
    """Let GDAL cut one table into tiles."""
    import pyogrio

    buffer = {"BUFFER": 0} if kind == "Point" else {}  # a point near an edge is in one tile, and counted once
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="At least one tile exceeded")
            pyogrio.write_arrow(
                table,
                part,
                layer=layer.name,
                driver="PMTiles",
                geometry_name=GEOMETRY,
                geometry_type=kind,
                crs="EPSG:4326",
                MINZOOM=zooms[0],
                MAXZOOM=zooms[1],
                **_ALL,
                **buffer,
            )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
        reason = str(error).replace(str(part), shown)
        raise OutputError(f"{shown}: GDAL cannot write layer {layer.name} ({reason})") from error


def _join(parts: Sequence[Path], target: Path, metadata: Mapping[str, Any]) -> None:
    """Write the tiles of all parts, those of one place behind each other, in the order of the archive."""
    from pmtiles.reader import MmapSource, Reader, all_tiles
    from pmtiles.tile import zxy_to_tileid
    from pmtiles.writer import Writer

    tiles: dict[int, list[bytes]] = {}
    with ExitStack() as stack:
        sources = [MmapSource(stack.enter_context(part.open("rb"))) for part in parts]
        readers = [Reader(source) for source in sources]
        for source in sources:
            for zxy, data in all_tiles(source):
                tiles.setdefault(zxy_to_tileid(*zxy), []).append(data)
        header = _header([reader.header() for reader in readers])
        about = _about([reader.metadata() for reader in readers], metadata)
    with target.open("wb") as stream:
        writer = Writer(stream)
        for number in sorted(tiles):
            whole = b"".join(gzip.decompress(data) for data in tiles.pop(number))
            writer.write_tile(number, gzip.compress(whole, mtime=0))
        writer.finalize(header, about)


def _header(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Head of the archive: that of its parts, with the box around theirs."""
    west, south = (min(part[name] for part in parts) for name in ("min_lon_e7", "min_lat_e7"))
    east, north = (max(part[name] for part in parts) for name in ("max_lon_e7", "max_lat_e7"))
    kept = {name: parts[0][name] for name in ("version", "tile_type", "tile_compression")}
    box = {"min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north}
    middle = {"center_lon_e7": (west + east) // 2, "center_lat_e7": (south + north) // 2, "center_zoom": 0}
    return {**kept, **box, **middle}


def _about(parts: Sequence[Mapping[str, Any]], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata of the archive: its layers with their columns, and how to read the numbers."""
    layers: dict[str, dict[str, Any]] = {}
    for part in parts:
        for layer in part["vector_layers"]:
            known = layers.setdefault(layer["id"], {**layer, "fields": {}})
            known["fields"] |= layer["fields"]
            known["minzoom"] = min(known["minzoom"], layer["minzoom"])
            known["maxzoom"] = max(known["maxzoom"], layer["maxzoom"])
    for layer in layers.values():
        counted = COUNT in layer["fields"]
        layer["description"] = (
            f"points; zoom {MAX_ZOOM} has every row, zooms below count them by cells of 1/{CELLS} of a tile"
            if counted
            else "every row at every zoom, simplified below the last"
        )
    return {
        "name": ", ".join(layers),
        "description": "Events read from texts. The numbers in count add up to the number of rows at every zoom.",
        "type": "overlay",
        "format": "pbf",
        **{key: str(value) for key, value in metadata.items()},
        "vector_layers": list(layers.values()),
    }
