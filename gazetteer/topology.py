"""Outlines as arcs that neighbours share: decoded region by region from mapped memory; `gazetteer.arcs` encodes them.

Coordinates are whole steps of 1e-4 degree (about 11 m), so decoding gives back exactly what was encoded. Every arc
is stored once, as differences; a unit, its neighbour and its country refer to the same arc, so their lines are the
same points. Each vertex carries the coarsest of a few tolerances at which it survives simplification (computed over
the whole coverage, so that no line crosses another); a coarser outline is a selection of vertices and costs nothing
to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

GRID: Final = 10_000
"""Steps per degree of the grid that all outlines are rounded to (about 11 m)."""
PREFIX: Final = "outline_"
"""What the names of the sections begin with."""

Ints = Any  # numpy integer arrays of several widths


def _runs(starts: Ints, lengths: Ints) -> NDArray[np.int64]:
    """Indices of runs one after the other: starts [5, 0], lengths [2, 3] give [5, 6, 0, 1, 2]."""
    lengths = lengths.astype(np.int64)
    total = int(lengths.sum())
    before = lengths.cumsum() - lengths
    return np.repeat(starts.astype(np.int64) - before, lengths) + np.arange(total)


def _offsets(lengths: Ints) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


class Outlines:
    """Regions by id out of the sections that `gazetteer.arcs.encode` made; decoded when they are asked for.

    Parameters
    ----------
    sections : mapping of str to memoryview
        May lie in mapped memory; must outlive the object.
    """

    def __init__(self, sections: Mapping[str, memoryview]) -> None:
        def array(name: str, dtype: str, width: int = 0) -> Any:
            data = np.frombuffer(sections[f"{PREFIX}{name}"], dtype=dtype)
            return data.reshape(-1, width) if width else data

        self._ids = bytes(sections[f"{PREFIX}ids"]).decode().split("\n")
        self._ids = self._ids if self._ids != [""] else []
        self.tolerances: tuple[float, ...] = tuple(array("tolerances", "<f8").tolist())
        self._bounds = array("bounds", "<i4", 4)
        self._region_polygons = array("region_polygons", "<u4")
        self._polygon_rings = array("polygon_rings", "<u4")
        self._ring_offsets = array("ring_offsets", "<u4")
        self._ring_arcs = array("ring_arcs", "<u4")
        self._arc_offsets = array("arc_offsets", "<u4")
        self._origins = array("arc_origins", "<i4", 2)
        self._dx = array("arc_dx", "<i2")
        self._dy = array("arc_dy", "<i2")
        self._far = array("arc_far", "<i4", 3)
        self._far_index = self._far[:, 0].astype(np.int64)
        self._levels = array("arc_levels", "u1")

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._ids)}

    def ids(self) -> list[str]:
        """All ids, sorted."""
        return list(self._ids)

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def bounds(self, key: str) -> tuple[float, float, float, float]:
        """West, south, east, north of a region, in degrees.

        Raises
        ------
        KeyError
            No region has that id.
        """
        west, south, east, north = (self._bounds[self._numbers[key]] / GRID).tolist()
        return west, south, east, north

    def boxes(self, keys: Sequence[str]) -> NDArray[np.float64]:
        """Bounds of several regions as an array of (west, south, east, north)."""
        numbers = [self._numbers[key] for key in keys]
        result: NDArray[np.float64] = self._bounds[numbers] / GRID
        return result

    def geometry(self, key: str, tolerance: float = 0.0) -> BaseGeometry:
        """Outline of one region, see `geometries`.

        Raises
        ------
        KeyError
            No region has that id.
        """
        result: BaseGeometry = self.geometries([key], tolerance)[0]
        return result

    def geometries(
        self, keys: Sequence[str], tolerance: float = 0.0, smallest: float = 0.0
    ) -> NDArray[np.object_]:
        """Outlines of several regions, decoded together.

        Parameters
        ----------
        keys : sequence of str
        tolerance : float
            In degrees; the coarsest stored level that is no coarser than this is taken, 0 is full detail.
        smallest : float
            Square degrees; rings with less area are left out, save the largest of each region.

        Returns
        -------
        numpy.ndarray of MultiPolygon
            In the order of `keys`; an empty one where nothing is left.
        """
        import shapely

        regions = np.array([self._numbers[key] for key in keys], dtype=np.int64)
        if not len(regions):
            return np.zeros(0, dtype=object)
        level = int(np.searchsorted(self.tolerances, tolerance * (1 + 1e-9), side="right"))
        first = self._region_polygons[regions].astype(np.int64)
        polygon_counts = self._region_polygons[regions + 1] - first
        polygons = _runs(first, polygon_counts)
        ring_counts = self._polygon_rings[polygons + 1].astype(np.int64) - self._polygon_rings[polygons]
        rings = _runs(self._polygon_rings[polygons], ring_counts)
        xy, lengths = self._ring_points(rings, level)
        shape = _Shape(xy, lengths, ring_counts, polygon_counts.astype(np.int64)).tidy(smallest)
        multi = shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON,
            shape.xy / GRID,
            (_offsets(shape.lengths), _offsets(shape.rings), _offsets(shape.polygons)),
        )
        result: NDArray[np.object_] = np.asarray(multi, dtype=object)
        return result

    def _ring_points(
        self, rings: NDArray[np.int64], level: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Vertices of rings (closed) and how many each has."""
        counts = self._ring_offsets[rings + 1].astype(np.int64) - self._ring_offsets[rings]
        references = self._ring_arcs[_runs(self._ring_offsets[rings], counts)].astype(np.int64)
        arcs, which = np.unique(references >> 1, return_inverse=True)
        points, starts = self._arc_points(arcs, level)
        size = np.diff(starts)[which]
        backwards = (references & 1).astype(bool)
        # every arc but the last of its ring leaves its last vertex to the next one
        last = np.zeros(len(references), dtype=bool)
        last[counts.cumsum() - 1] = True
        take = size - ~last
        # vertex n of all is that many steps, forwards or backwards, from the first of its arc
        step = np.where(backwards, -1, 1)
        first = np.where(backwards, starts[which] + size - 1, starts[which])
        at = np.repeat(first - step * (take.cumsum() - take), take)
        at += np.repeat(step, take) * np.arange(len(at))
        ring_of = np.repeat(np.arange(len(rings)), counts)
        lengths = np.bincount(ring_of, weights=take, minlength=len(rings)).astype(np.int64)
        return points.take(at, axis=0), lengths

    def _arc_points(self, arcs: NDArray[np.int64], level: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Vertices of arcs, in steps, at a level; where each arc starts, and the end."""
        sizes = self._arc_offsets[arcs + 1].astype(np.int64) - self._arc_offsets[arcs]
        index = _runs(self._arc_offsets[arcs], sizes)
        starts = _offsets(sizes)
        kept = np.flatnonzero(self._levels.take(index) >= level) if level else None
        points = np.empty((len(index) if kept is None else len(kept), 2), dtype=np.int64)
        far = self._far_in(arcs, starts)
        for axis, stored in enumerate((self._dx, self._dy)):
            delta = stored.take(index).astype(np.int64)
            delta[far[0]] = self._far[far[1], axis + 1]
            # one running sum over all arcs: each begins with the step from where the one before it ended
            delta[starts[:-1]] = self._origins[arcs, axis]
            ended = np.add.reduceat(delta, starts[:-1])
            delta[starts[1:-1]] -= ended[:-1]
            sums = delta.cumsum()
            points[:, axis] = sums if kept is None else sums.take(kept)
        return points, starts if kept is None else np.searchsorted(kept, starts)

    def _far_in(
        self, arcs: NDArray[np.int64], starts: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Steps of arcs that are too long for two bytes: where they stand among the vertices, and in their table."""
        first = np.searchsorted(self._far_index, self._arc_offsets[arcs])
        stop = np.searchsorted(self._far_index, self._arc_offsets[arcs + 1])
        rows = _runs(first, stop - first)
        shift = np.repeat(starts[:-1] - self._arc_offsets[arcs].astype(np.int64), stop - first)
        return self._far_index[rows] + shift, rows


@dataclass(slots=True)
class _Shape:
    """Nested lists as numpy holds them: vertices, vertices per ring, rings per polygon, polygons per region."""

    xy: NDArray[np.int64]
    lengths: NDArray[np.int64]
    rings: NDArray[np.int64]
    polygons: NDArray[np.int64]

    def tidy(self, smallest: float) -> _Shape:
        """Leave out rings that are no areas any more, or too small; a polygon goes with its outer ring."""
        starts = _offsets(self.lengths)[:-1]
        area = self._areas(starts)
        polygon_of = np.repeat(np.arange(len(self.rings)), self.rings)
        outer = np.zeros(len(self.lengths), dtype=bool)
        outer[_offsets(self.rings)[:-1]] = True
        good = (self.lengths >= 4) & (area > 0)
        if smallest:
            region_of = np.repeat(np.arange(len(self.polygons)), self.polygons)[polygon_of]
            largest = np.zeros(len(self.polygons))
            np.maximum.at(largest, region_of[outer], area[outer])
            good &= (area >= smallest) | (outer & (area == largest[region_of]))
        if good.all():
            return self
        alive = good[outer]  # by polygon
        good &= alive[polygon_of]
        region_of_polygon = np.repeat(np.arange(len(self.polygons)), self.polygons)
        return _Shape(
            self.xy[np.repeat(good, self.lengths)],
            self.lengths[good],
            np.bincount(polygon_of[good], minlength=len(self.rings))[alive],
            np.bincount(region_of_polygon[alive], minlength=len(self.polygons)),
        )

    def _areas(self, starts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Area of each ring in square degrees."""
        x, y = self.xy[:, 0], self.xy[:, 1]
        cross = np.zeros(len(x), dtype=np.float64)
        cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
        ends = _offsets(self.lengths)[1:] - 1
        cross[ends] = 0.0  # the step from one ring to the next
        area: NDArray[np.float64] = np.abs(np.add.reduceat(cross, starts)) / (2.0 * GRID * GRID)
        return area
