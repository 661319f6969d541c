"""A small reader for TopoJSON: one object of a topology to shapely geometries with shared edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


def features(topology: dict[str, Any], name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Geometries of one object of a TopoJSON file.

    Parameters
    ----------
    topology : dict
        A parsed TopoJSON document, quantised or not.
    name : str
        Key under ``objects``.

    Returns
    -------
    list of (dict, geometry)
        The TopoJSON geometry itself (``id``, ``properties``) and its shape in the file's coordinates. Rings that
        quantisation has collapsed (fewer than four points) are left out.

    Raises
    ------
    SourceError
        No object has that name, or a geometry's type is not a line or polygon.
    """
    try:
        geometry = topology["objects"][name]
    except (KeyError, TypeError) as error:
        raise SourceError(f"the topology has no object {name!r}") from error
    arcs = _arcs(topology)
    items = geometry["geometries"] if geometry["type"] == "GeometryCollection" else [geometry]
    return [(item, _shape(item, arcs)) for item in items]


def _arcs(topology: dict[str, Any]) -> list[NDArray[np.float64]]:
    transform = topology.get("transform")
    result = []
    for arc in topology["arcs"]:
        points = np.asarray(arc, dtype=np.float64)
        if transform:
            points = points.cumsum(axis=0) * transform["scale"] + transform["translate"]
        result.append(points)
    return result


def _line(indices: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Join arcs end to end; ``~i`` is arc i backwards; the joint is kept once."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _polygon(rings: list[list[int]], arcs: list[NDArray[np.float64]]) -> BaseGeometry:
    from shapely import Polygon

    lines = [line for line in (_line(ring, arcs) for ring in rings) if len(line) > 3]
    return Polygon(lines[0], lines[1:]) if lines else Polygon()


def _shape(item: dict[str, Any], arcs: list[NDArray[np.float64]]) -> BaseGeometry:
    from shapely import LineString, MultiLineString, MultiPolygon

    kind, indices = item["type"], item.get("arcs", [])
    if kind == "LineString":
        return LineString(_line(indices, arcs))
    if kind == "MultiLineString":
        return MultiLineString([_line(line, arcs) for line in indices])
    if kind == "Polygon":
        return _polygon(indices, arcs)
    if kind == "MultiPolygon":
        parts: Any = [_polygon(rings, arcs) for rings in indices]
        return MultiPolygon([part for part in parts if not part.is_empty])
    raise SourceError(f"a topology geometry has type {kind!r}, expected lines or polygons")
