"""Geometries as RFC 7946 wants them: inside the world, cut at the antimeridian, wound right, six digits."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

DIGITS: Final = 6
"""Decimal places of a degree: 0.1 m, finer than any place here is known."""

Bbox = tuple[float, float, float, float]


def tidy(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """Cut a geometry at the antimeridian and wind its rings (outer counter-clockwise, holes clockwise).

    Parameters
    ----------
    geometry : shapely geometry or None
        WGS 84 degrees, longitude first. Longitudes may run past 180; a line whose ends are more than 180
        degrees apart is meant to go the short way.

    Returns
    -------
    shapely geometry or None
        None for None, an empty geometry, and one with coordinates that are no finite numbers.
    """
    import numpy as np
    import shapely

    if geometry is None or geometry.is_empty:
        return None
    coordinates = shapely.get_coordinates(geometry)
    if not np.isfinite(coordinates).all():
        return None
    if geometry.geom_type == "LineString":
        geometry = _short_way(geometry)
    west, _, east, _ = geometry.bounds
    if west < -180 or east > 180:
        geometry = _cut(geometry)
    return shapely.orient_polygons(shapely.force_2d(geometry))


def tidy_all(geometries: Sequence[BaseGeometry | None]) -> list[BaseGeometry | None]:
    """`tidy` for many: points inside the world, by far the most, are found at once and pass as they are."""
    import numpy as np
    import shapely

    array = np.asarray(geometries, dtype=object)
    x, y = shapely.get_x(array), shapely.get_y(array)  # NaN for all that are no points
    with np.errstate(invalid="ignore"):
        sound = (np.abs(x) <= 180) & (np.abs(y) <= 90) & ~shapely.has_z(array)
    return [item if fine else tidy(item) for item, fine in zip(geometries, sound.tolist(), strict=True)]


def members(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    """Return a tidy geometry as a GeoJSON geometry object, None for None and for what vanishes in rounding.

    Examples
    --------
    >>> from shapely import Point
    >>> members(Point(1 / 3, 2 / 3))
    {'type': 'Point', 'coordinates': [0.333333, 0.666667]}
    """
    if geometry is None:
        return None
    kind = geometry.geom_type
    if kind == "Point":
        return {
            "type": kind,
            "coordinates": [round(value, DIGITS) + 0.0 for value in (geometry.x, geometry.y)],
        }
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [members(part) for part in _parts(geometry)]}
    single = kind.removeprefix("Multi")
    if single == "Point":
        return {"type": kind, "coordinates": [members(part)["coordinates"] for part in _parts(geometry)]}  # type: ignore[index]
    parts = [_COORDINATES[single](part) for part in _parts(geometry)]
    found = parts[0] if kind == single else [part for part in parts if part]
    return {"type": kind, "coordinates": found} if found else None


def bounds(geometries: Iterable[BaseGeometry | None]) -> Bbox | None:
    """Bounding box (west, south, east, north) of tidy geometries; west > east where it spans the antimeridian.

    Returns
    -------
    tuple of float or None
        None where there is no geometry.
    """
    import numpy as np
    import shapely

    parts = shapely.get_parts(np.asarray([item for item in geometries if item is not None], dtype=object))
    if not len(parts):
        return None
    boxes = shapely.bounds(parts)
    (west, south), (east, north) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    if west == -180 and east == 180:  # something was cut there: the box may lie around the seam
        west, east = _around_the_seam(boxes[:, [0, 2]].tolist())
    return tuple(round(float(value), DIGITS) for value in (west, south, east, north))  # type: ignore[return-value]


def _short_way(line: BaseGeometry) -> BaseGeometry:
    """Let longitudes run on past 180 where a step is longer than half the world."""
    import numpy as np
    import shapely

    coordinates = shapely.get_coordinates(line)
    turns = np.rint(np.diff(coordinates[:, 0]) / 360.0)
    if not turns.any():
        return line
    coordinates[1:, 0] -= 360.0 * np.cumsum(turns)
    return shapely.LineString(coordinates)


def _cut(geometry: BaseGeometry) -> BaseGeometry:
    import shapely
    from shapely.affinity import translate

    pieces = []
    for turn in (-1, 0, 1):
        world = shapely.box(-180 + 360 * turn, -90, 180 + 360 * turn, 90)
        piece = shapely.intersection(geometry, world)
        pieces += [translate(part, -360 * turn) for part in _parts(piece) if not part.is_empty]
    kept = [part for part in pieces if part.geom_type == geometry.geom_type.removeprefix("Multi")]
    if not kept:  # a point
        return pieces[0] if pieces else geometry
    return kept[0] if len(kept) == 1 else multi(kept)


def multi(parts: Sequence[Any]) -> BaseGeometry:
    """Join lines or polygons of one type into their multi form; other geometries stay single."""
    import shapely

    make: dict[str, Any] = {"Polygon": shapely.MultiPolygon, "LineString": shapely.MultiLineString}
    kind = parts[0].geom_type
    joined: BaseGeometry = make[kind](list(parts)) if kind in make else parts[0]
    return joined


def _around_the_seam(spans: list[list[float]]) -> tuple[float, float]:
    """Find the widest empty stretch of longitudes; the box begins behind it and ends before it."""
    spans = sorted(spans)
    widest, west, east = 0.0, -180.0, 180.0
    reach = spans[0][1]
    for start, end in spans[1:]:
        if start - reach > widest:
            widest, west, east = start - reach, start, reach
        reach = max(reach, end)
    return west, east


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    return list(getattr(geometry, "geoms", (geometry,)))


def _rings(polygon: Any) -> list[list[list[float]]]:
    """Return the rings that still have an area after rounding; none where the outer one has not."""
    rings = [_positions(ring) for ring in (polygon.exterior, *polygon.interiors)]
    kept = [ring for ring in rings if _area(ring)]
    return kept if kept and kept[0] is rings[0] else []


def _area(ring: list[list[float]]) -> float:
    """Twice the signed area, in square degrees."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def _positions(line: Any) -> list[list[float]]:
    """Round the coordinates; points that fall together become one."""
    import numpy as np
    import shapely

    rounded = np.round(shapely.get_coordinates(line), DIGITS) + 0.0  # no -0.0
    if len(rounded) > 2:
        keep = np.r_[True, (np.diff(rounded, axis=0) != 0).any(axis=1)]
        if keep.sum() >= 2:
            rounded = rounded[keep]
    found: list[list[float]] = rounded.tolist()
    return found


_COORDINATES: Final[dict[str, Any]] = {
    "LineString": _positions,
    "Polygon": _rings,
}
