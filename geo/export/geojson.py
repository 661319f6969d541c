"""GeoJSON as RFC 7946 has it, written from the rows of a layer.

Written here and not by GDAL (whose ``RFC7946=YES`` is right about winding and the antimeridian too): that costs a
second of imports for a list of dicts, prints seven digits, and has no place for attribution and title.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from geo.export.shapes import bounds, members, tidy_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.layers import Layer


def feature_collection(
    layer: Layer,
    metadata: Mapping[str, Any] | None = None,
    extra: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return a layer as a GeoJSON FeatureCollection.

    Parameters
    ----------
    layer : Layer
    metadata : mapping, optional
        Foreign members of the collection (attribution, as_of); they may not be GeoJSON's own.
    extra : sequence of mapping, optional
        One per row: more properties (see `geo.export.simplestyle`); a column of that name stays as it is.

    Returns
    -------
    dict
        What could not be placed has a null geometry; each feature has the row's key as its string id.
    """
    collection, geometries = _head(layer, metadata)
    collection["features"] = list(_features(layer, geometries, extra))
    return collection


def lines(
    layer: Layer,
    metadata: Mapping[str, Any] | None = None,
    extra: Sequence[Mapping[str, Any]] | None = None,
) -> Iterator[str]:
    """Give the FeatureCollection as text, one feature per line, so that files can be compared."""
    collection, geometries = _head(layer, metadata)
    head = _dumps(collection)
    yield head[:-1] + ',"features":['
    features = list(_features(layer, geometries, extra))
    for number, feature in enumerate(features, 1):
        yield _dumps(feature) + ("," if number < len(features) else "")
    yield "]}"


def key_column(layer: Layer) -> str:
    """Name of the column that tells rows apart."""
    return next(name for name in ("row_id", "id") if any(column.name == name for column in layer.columns))


def _head(
    layer: Layer, metadata: Mapping[str, Any] | None
) -> tuple[dict[str, Any], list[BaseGeometry | None]]:
    geometries = tidy_all(layer.geometry)
    collection: dict[str, Any] = {"type": "FeatureCollection", "name": layer.name, "title": layer.title}
    own = {"type", "features", "bbox", "geometry", "properties", "coordinates", "geometries", "crs"}
    collection |= {
        key: value for key, value in (metadata or {}).items() if key not in own and value is not None
    }
    if box := bounds(geometries):
        collection["bbox"] = list(box)
    return collection, geometries


def _features(
    layer: Layer, geometries: list[BaseGeometry | None], extra: Sequence[Mapping[str, Any]] | None
) -> Iterator[dict[str, Any]]:
    key = key_column(layer)
    more = extra if extra is not None else [{}] * len(layer)
    for row, geometry, added in zip(layer.rows, geometries, more, strict=True):
        yield {
            "type": "Feature",
            "id": str(row[key]),
            "geometry": members(geometry),
            "properties": {**added, **{column.name: _scalar(row[column.name]) for column in layer.columns}},
        }


def _scalar(value: Any) -> Any:
    """Return what JSON can hold: Infinity and NaN become null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
