"""Layers as frames of Dask: the same columns and types in every partition, also in an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.layers.layer import CRS, Layer
from geo.scale.told import events_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas
    from dask.delayed import Delayed
    from dask_geopandas import GeoDataFrame

    from geo.layers.layer import Column

_TYPES: Final = {"str": "string", "date": "string", "int": "Int64", "float": "float64", "bool": "boolean"}


def layer_of(part: Any) -> Layer:
    """Make the layer of a part: merged events, or a layer already."""
    return part if isinstance(part, Layer) else events_of(part)


def frame(name: str, columns: Sequence[Column], part: Delayed) -> Delayed:
    """Make the frame of a part, when it is computed."""
    from dask import delayed

    return delayed(_frame)(name, tuple(columns), part)


def collect(parts: list[Delayed], columns: Sequence[Column]) -> GeoDataFrame:
    """Put frames together."""
    import dask_geopandas  # noqa: F401  (teaches Dask what a GeoDataFrame is)
    from dask import dataframe as dd

    meta = typed_frame(Layer("empty", "", tuple(columns)))
    return dd.from_delayed(parts, meta=meta, verify_meta=False)


def _frame(name: str, columns: tuple[Column, ...], part: Any) -> geopandas.GeoDataFrame:
    layer = layer_of(part)
    assert (layer.name, layer.columns) == (name, columns)  # noqa: S101  (what the meta data promise)
    return typed_frame(layer)


def typed_frame(layer: Layer) -> geopandas.GeoDataFrame:
    """Make a frame whose types do not depend on its rows; dates are ISO 8601 strings, as in `Layer.frame`."""
    import geopandas
    import pandas as pd

    values = {
        column.name: pd.Series([row[column.name] for row in layer.rows], dtype=_TYPES[column.type])
        for column in layer.columns
    }
    return geopandas.GeoDataFrame(values, geometry=geopandas.GeoSeries(layer.geometry, crs=CRS), crs=CRS)


__all__ = ["collect", "frame", "layer_of", "typed_frame"]
