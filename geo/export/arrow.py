"""A layer as an Arrow table: typed columns and WKB geometries, for GDAL and Parquet."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.export.shapes import bounds, multi, tidy_all

if TYPE_CHECKING:
    import pyarrow as pa

    from geo.layers import Layer

GEOMETRY: Final = "geometry"


def arrow_table(layer: Layer, *, promote: bool = True) -> tuple[pa.Table, str]:
    """Make an Arrow table.

    Parameters
    ----------
    layer : Layer
    promote : bool
        Turn lines and polygons into their multi forms, because GIS layers have one type.

    Returns
    -------
    table : pyarrow.Table
        The layer's columns (str, int64, double, bool, date32; null where None) and ``geometry`` as WKB.
    kind : str
        The geometry type of all rows: Point, MultiPolygon ..., "Unknown" where they are mixed or there are none.
    """
    import numpy as np
    import pyarrow as pa
    import shapely

    types = {
        "str": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
    }
    geometries = tidy_all(layer.geometry)
    if promote and any(item is not None and item.geom_type != "Point" for item in geometries):
        geometries = [None if item is None else multi([item]) for item in geometries]
    arrays, fields = [], []
    for column in layer.columns:
        values = _cells([row[column.name] for row in layer.rows], column.type)
        arrays.append(pa.array(values, type=types[column.type]))
        fields.append(pa.field(column.name, types[column.type], metadata={"comment": column.meaning}))
    wkb = shapely.to_wkb(np.asarray(geometries, dtype=object))
    arrays.append(pa.array(wkb, type=pa.binary()))
    fields.append(pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"}))
    kinds = {item.geom_type for item in geometries if item is not None}
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields)), kinds.pop() if len(
        kinds
    ) == 1 else "Unknown"


def geoparquet_table(layer: Layer) -> pa.Table:
    """Make a table with GeoParquet 1.1 metadata and a bbox column that covers the geometry."""
    import pyarrow as pa

    table, _ = arrow_table(layer, promote=False)
    geometries = tidy_all(layer.geometry)
    boxes = [None if item is None else dict(zip(_SIDES, item.bounds, strict=True)) for item in geometries]
    kind = pa.struct([(side, pa.float64()) for side in _SIDES])
    plain = pa.field(GEOMETRY, pa.binary())
    index = table.schema.get_field_index(GEOMETRY)
    table = table.set_column(index, plain, table.column(index))
    table = table.append_column(pa.field("bbox", kind), pa.array(boxes, type=kind))
    described: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({item.geom_type for item in geometries if item is not None}),
        "orientation": "counterclockwise",
        "covering": {"bbox": {side: ["bbox", side] for side in _SIDES}},
    }
    if box := bounds(geometries):
        described["bbox"] = list(box)
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: described}}
    return table.replace_schema_metadata({"geo": json.dumps(geo)})


_SIDES: Final = ("xmin", "ymin", "xmax", "ymax")


_AS_THEY_ARE: Final = {"str": {str, type(None)}, "int": {int, type(None)}, "bool": {bool, type(None)}}


def _cells(values: list[Any], kind: str) -> list[Any]:
    """Give every value as `typed` does; a column that is in order already is not gone through."""
    if set(map(type, values)) <= _AS_THEY_ARE.get(kind, set()):
        return values
    if kind == "date":  # few different ones
        known = {value: typed(value, kind) for value in set(values)}
        return [known[value] for value in values]
    return [typed(value, kind) for value in values]


def typed(value: Any, kind: str) -> Any:
    """Return a cell as the type of its column has it; what that cannot hold is None."""
    if value is None:
        return None
    if kind == "date":
        return _whole_day(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if kind == "str" else value


def _whole_day(value: Any) -> date | None:
    """Read an ISO date; a date without its day or month (2014-03) is not one and becomes null."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None
