"""Geometries of own data: a point, or an area that is valid and lies on the grid of the artefact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.topology import GRID

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_KM_PER_DEGREE: Final = 111.195


class Located(NamedTuple):
    """A representative point (degrees), the outline as WKB (b"" where it is no area), and the radius in km."""

    lon: float
    lat: float
    outline: bytes = b""
    precision_km: float = 0.0


def located(shape: BaseGeometry | None) -> Located:
    """Find what stands for a geometry in WGS 84 degrees, longitude first.

    A point is itself. Of a line, the point half-way along it is kept; of several points, one of them. An area is
    mended where it crosses itself, and laid on the grid of 1e-4 degree (about 11 m); its point lies inside it.

    Raises
    ------
    ValueError
        There is nothing, it lies beyond the globe, or no area is left of it.
    """
    import math

    import shapely

    if shape is None or shape.is_empty:
        raise ValueError("there is no geometry")
    shape = shapely.force_2d(shape)
    west, south, east, north = shape.bounds
    if not all(map(math.isfinite, shape.bounds)) or west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError(
            f"coordinates beyond the globe ({west:g} {south:g} {east:g} {north:g}); is the coordinate system stated?"
        )
    if shape.geom_type == "Point":
        return Located(west, south)
    if shape.geom_type in ("LineString", "MultiLineString", "LinearRing"):
        line = max(shapely.get_parts(shape), key=lambda part: part.length)
        middle = line.interpolate(0.5, normalized=True)
        return Located(middle.x, middle.y)
    if shape.geom_type == "MultiPoint":
        point = shape.representative_point()
        return Located(point.x, point.y)
    return _area(shape)


def _area(shape: BaseGeometry) -> Located:
    import shapely

    from gazetteer.sources.polygons import polygonal

    reason = "" if shape.is_valid else shapely.is_valid_reason(shape)
    whole = polygonal(shapely.make_valid(shape) if reason else shape)
    area = polygonal(shapely.set_precision(whole, 1 / GRID))
    if area.is_empty or not area.area:
        raise ValueError(
            f"no area is left of the outline ({reason or 'too small for the grid of 1e-4 degree'})"
        )
    point = area.representative_point()
    west, south, east, north = area.bounds
    radius = max(north - south, (east - west) * 0.7) * _KM_PER_DEGREE / 2
    return Located(point.x, point.y, shapely.to_wkb(area), round(min(radius, 6553.5), 1))
