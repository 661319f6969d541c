"""Which shape a point lies in, or near: by boxes in a tree, then exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

NEAR_KM: Final = 5.0
"""How far from an outline a point may lie and still be placed in it: coasts are generalised."""
_KM_PER_DEGREE: Final = 111.195


@dataclass(frozen=True, slots=True)
class Index:
    """Shapes by their boxes; `owner` is the piece that a shape belongs to."""

    tree: Any
    owner: NDArray[np.intp]
    shape: Callable[[int], BaseGeometry]

    def pairs(self, others: Any) -> Iterator[tuple[int, NDArray[np.intp]]]:
        """Shapes whose box meets the box of some of the others, each with the numbers of those."""
        other, number = self.tree.query(others)
        order = np.lexsort((other, number))
        other, number = other[order], number[order]
        if len(number):
            stops = np.flatnonzero(np.diff(number)) + 1
            yield from zip(number[[0, *stops]].tolist(), np.split(other, stops), strict=True)


def locate(
    index: Index, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the piece of each point, -1 for none, and whether it is only near."""
    import shapely

    piece = np.full(len(lon), -1, dtype=np.intp)
    for number, members in index.pairs(shapely.points(lon, lat)):
        open_ = members[piece[members] < 0]
        if len(open_):
            hit = shapely.intersects_xy(index.shape(number), lon[open_], lat[open_])
            piece[open_[hit]] = index.owner[number]
    near = np.zeros(len(lon), dtype=bool)
    left = np.flatnonzero((piece < 0) & np.isfinite(lon) & np.isfinite(lat))
    if len(left):
        piece[left] = _nearest(index, lon[left], lat[left])
        near[left] = piece[left] >= 0
    return piece, near


def _nearest(index: Index, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.intp]:
    """Nearest piece within `NEAR_KM` of each point, -1 where there is none."""
    import shapely

    high = NEAR_KM / _KM_PER_DEGREE
    flat = np.maximum(0.01, np.cos(np.radians(lat)))
    wide = np.minimum(180.0, high / flat)
    points: Any = shapely.points(lon, lat)
    dwithin: Any = shapely.dwithin  # the stubs know one distance only
    best, least = np.full(len(lon), -1, dtype=np.intp), np.full(len(lon), NEAR_KM)
    for number, members in index.pairs(shapely.box(lon - wide, lat - high, lon + wide, lat + high)):
        shape = index.shape(number)
        for i in members[dwithin(shape, points[members], wide[members])].tolist():
            frame = (lon[i] - wide[i], lat[i] - high, lon[i] + wide[i], lat[i] + high)
            km = _km(shapely.clip_by_rect(shape, *frame), lon[i], lat[i], flat[i])
            if km < least[i]:
                best[i], least[i] = index.owner[number], km
    return best


def _km(shape: BaseGeometry, lon: float, lat: float, flat: float) -> float:
    """Distance in km from a point to a small shape near it, on a plane through it; infinite if it is empty."""
    import shapely

    if shape.is_empty:
        return math.inf
    plane = shapely.transform(shape, lambda xy: (xy - np.array([lon, lat])) * np.array([flat, 1.0]))
    return float(shapely.distance(plane, shapely.Point(0.0, 0.0))) * _KM_PER_DEGREE
