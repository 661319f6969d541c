"""What is drawn beneath a map: shapes clipped to a box, also across the antimeridian."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.viewpoints import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

PARTS: Final = ("land", "lakes", "rivers", "countries", "admin1")
"""What a basemap is made of."""

Frame = tuple[float, float, float, float, float]
"""West, south, east, north, and what is added to longitudes."""


@dataclass(frozen=True, slots=True)
class Basemap:
    """Shapes beneath a map, clipped to a box and simplified; neighbours share edges.

    Attributes
    ----------
    land : MultiPolygon
        All land, lakes included.
    lakes : list of Polygon or MultiPolygon
    rivers : list of (str, MultiLineString)
        Id (``cur:dnipro-river``) where the river is known, "" where not.
    countries : list of (str, str, geometry)
        ISO 3166-1 code, display name, outline.
    admin1 : list of (str, str, geometry)
        Id of the first-level unit, display name, outline.
    viewpoint : str
        Whose map the countries and units are of.
    """

    land: BaseGeometry
    lakes: list[BaseGeometry] = field(default_factory=list)
    rivers: list[tuple[str, BaseGeometry]] = field(default_factory=list)
    countries: list[tuple[str, str, BaseGeometry]] = field(default_factory=list)
    admin1: list[tuple[str, str, BaseGeometry]] = field(default_factory=list)
    viewpoint: str = DEFAULT


def frames(bbox: Sequence[float]) -> list[Frame]:
    """One frame, or two where the box (west, south, east, north) crosses the antimeridian."""
    west, south, east, north = (float(value) for value in bbox)
    if west > east:
        east += 360
    found = [(west, south, min(east, 180.0), north, 0.0)]
    if east > 180:
        found.append((-180.0, south, east - 360, north, 360.0))
    return found


def clip(geometries: Any, frame: Frame) -> Any:
    """Cut geometries by the box of a frame and shift them."""
    import shapely

    *box, shift = frame
    clipped = shapely.clip_by_rect(geometries, *box)
    return shapely.transform(clipped, lambda xy: xy + np.array([shift, 0.0])) if shift else clipped


def features_in(
    features: Mapping[str, BaseGeometry],
    frame: Frame,
    tolerance: float,
    *,
    areas: bool = False,
) -> list[tuple[str, BaseGeometry]]:
    """Lakes or rivers in a frame, simplified; what is smaller than the tolerance is left out."""
    import shapely

    if not features:
        return []
    whole = np.array(list(features.values()), dtype=object)
    west, south, east, north, _ = frame
    box = shapely.bounds(whole)
    seen = (box[:, 0] < east) & (box[:, 2] > west) & (box[:, 1] < north) & (box[:, 3] > south)
    seen &= np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) > 2 * tolerance
    shown = shapely.build_area(whole[seen]) if areas else whole[seen]
    parts = clip(shapely.simplify(shown, tolerance), frame)
    names = [key for key, here in zip(features, seen.tolist(), strict=True) if here]
    return [(key, part) for key, part in zip(names, parts, strict=True) if not part.is_empty]


def river_id(key: str) -> str:
    """Id of a known river, "" for one that only has a line."""
    return key if key.startswith("cur:") else ""


def joined(parts: Sequence[Basemap]) -> Basemap:
    """Two sides of the antimeridian as one; what is on both is merged, so that no seam shows."""
    import shapely

    def merged(rows: list[tuple[str, str, BaseGeometry]]) -> list[tuple[str, str, BaseGeometry]]:
        held: dict[tuple[str, str], list[BaseGeometry]] = {}
        for key, name, geometry in rows:
            held.setdefault((key, name), []).append(geometry)
        return [(*key, shapely.union_all(geometries)) for key, geometries in sorted(held.items())]

    return Basemap(
        land=shapely.union_all([part.land for part in parts]),
        lakes=[lake for part in parts for lake in part.lakes],
        rivers=[river for part in parts for river in part.rivers],
        countries=merged([row for part in parts for row in part.countries]),
        admin1=merged([row for part in parts for row in part.admin1]),
        viewpoint=parts[0].viewpoint,
    )
