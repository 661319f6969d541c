"""Rows of a layer by place and by value: ``--bbox`` and ``--where``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.errors import OptionError
from geo.export.shapes import tidy_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.export.shapes import Bbox
    from geo.layers import Layer


def select(
    layers: Mapping[str, Layer],
    names: Sequence[str],
    *,
    bbox: Bbox | None = None,
    where: Sequence[tuple[str, str]] = (),
) -> dict[str, Layer]:
    """Keep the rows that are asked for.

    Parameters
    ----------
    layers : mapping of str to Layer
    names : sequence of str
        The layers that will be written.
    bbox : tuple of float, optional
        (west, south, east, north), WGS 84 degrees; west greater than east spans the antimeridian. Rows whose
        geometry touches it are kept; rows without a geometry are not.
    where : sequence of (column, value), optional
        Rows whose cell, written as CSV would write it, equals the value: ``true`` and ``false``, "" for an empty
        cell. Several values of one column are alternatives, several columns must all fit. A layer without
        the column keeps its rows.

    Returns
    -------
    dict of str to Layer
        The named layers; those handed in are not changed.

    Raises
    ------
    OptionError
        None of the layers has the column, or the box is none.
    """
    kept = {name: layers[name] for name in names}
    wanted: dict[str, set[str]] = {}
    for column, value in where:
        if not any(column == one.name for layer in kept.values() for one in layer.columns):
            known = dict.fromkeys(one.name for layer in kept.values() for one in layer.columns)
            raise OptionError(
                f"no layer that is written has a column {column!r}; choose from {', '.join(known)}"
            )
        wanted.setdefault(column, set()).add(value)
    if bbox is not None:
        check_box(bbox)
    return {name: _filtered(layer, bbox, wanted) for name, layer in kept.items()}


def _filtered(layer: Layer, bbox: Bbox | None, wanted: Mapping[str, set[str]]) -> Layer:
    own = {column.name for column in layer.columns}
    tests = [(column, values) for column, values in wanted.items() if column in own]
    if bbox is None and not tests:
        return layer
    inside = [True] * len(layer) if bbox is None else _inside(layer, bbox)
    rows = [
        (row, geometry)
        for row, geometry, fits in zip(layer.rows, layer.geometry, inside, strict=True)
        if fits and all(_text(row[column]) in values for column, values in tests)
    ]
    return replace(layer, rows=[row for row, _ in rows], geometry=[geometry for _, geometry in rows])


def _inside(layer: Layer, bbox: Bbox) -> list[bool]:
    import numpy as np
    import shapely

    west, south, east, north = bbox
    if west <= east:
        area = shapely.box(west, south, east, north)
    else:
        area = shapely.union(shapely.box(west, south, 180, north), shapely.box(-180, south, east, north))
    shapely.prepare(area)
    found: list[bool] = shapely.intersects(area, np.asarray(tidy_all(layer.geometry), dtype=object)).tolist()
    return found


def check_box(bbox: Bbox) -> None:
    """Raise an OptionError unless it is (west, south, east, north) in degrees; west may be greater than east."""
    west, south, east, north = bbox
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise OptionError(
            "the box must be west,south,east,north in degrees, longitudes -180 to 180, latitudes -90 to 90"
        )


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
