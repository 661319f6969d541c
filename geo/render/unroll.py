"""Geometry across the antimeridian: what a gazetteer gives in -180 to 180, moved to where a box counts on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.render.view import pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.layers.atlas import Atlas, BasemapLike
    from geo.render.view import Box

Named = tuple[str, str, "BaseGeometry"]


@dataclass(slots=True)
class Joined:
    """A basemap made of the basemaps of two pieces of a box."""

    land: BaseGeometry | None
    lakes: Any
    rivers: Any
    countries: list[Named]
    admin1: list[Named]


def unrolled(gaz: Atlas, box: Box, tolerance: float, parts: Collection[str] | None = None) -> BasemapLike:
    """Basemap of a box that may cross the antimeridian: longitudes run on to the box's east."""
    made = [(gaz.basemap(piece, tolerance, parts=parts), by) for piece, by in pieces(box)]
    if len(made) == 1:
        return made[0][0]
    return Joined(
        _union([_moved(part.land, by) for part, by in made if part.land is not None]),
        _union([_moved(shape, by) for part, by in made for shape in _shapes(part.lakes)]),
        [("", _moved(shape, by)) for part, by in made for shape in _shapes(part.rivers)],
        _named((row, by) for part, by in made for row in part.countries),
        _named((row, by) for part, by in made for row in part.admin1),
    )


def within(outline: BaseGeometry, box: Box) -> BaseGeometry:
    """Part of an outline (in -180 to 180) that lies in a box, moved to where the box counts on."""
    from shapely import box as rectangle
    from shapely import union_all

    parts = [_moved(outline.intersection(rectangle(*piece)), by) for piece, by in pieces(box)]
    # of one polygon the union would be that polygon, which is looked for at length
    return parts[0] if len(parts) == 1 and parts[0].geom_type == "Polygon" else union_all(parts)


def _moved(shape: BaseGeometry, by: float) -> BaseGeometry:
    from shapely import affinity

    return affinity.translate(shape, xoff=by) if by else shape


def _shapes(found: Any) -> list[BaseGeometry]:
    """Lakes or rivers as a list, whether they come as one geometry, as several or as (name, geometry) rows."""
    if found is None:
        return []
    if hasattr(found, "geom_type"):
        return [found]
    return [row[-1] if isinstance(row, tuple) else row for row in found]


def _union(shapes: list[BaseGeometry]) -> BaseGeometry | None:
    from shapely import union_all

    return union_all(shapes) if shapes else None


def _named(rows: Iterable[tuple[Named, float]]) -> list[Named]:
    """Rows of both pieces; what has a part in each becomes one."""
    found: dict[str, tuple[str, list[BaseGeometry]]] = {}
    for (id_, name, shape), by in rows:
        found.setdefault(id_, (name, []))[1].append(_moved(shape, by))
    joined = [(id_, name, _union(shapes)) for id_, (name, shapes) in found.items()]
    return [(id_, name, shape) for id_, name, shape in joined if shape is not None]
