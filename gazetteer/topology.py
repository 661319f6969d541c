"""Outlines as arcs that neighbours share: encoded once, decoded region by region from mapped memory.

Coordinates are whole steps of 1e-4 degree (about 11 m), so decoding gives back exactly what was encoded. Every arc
is stored once, as differences; a unit, its neighbour and its country refer to the same arc, so their lines are the
same points. Each vertex carries the coarsest of a few tolerances at which it survives simplification (computed over
the whole coverage, so that no line crosses another); a coarser outline is a selection of vertices and costs nothing
to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

GRID: Final = 10_000
"""Steps per degree."""

TOLERANCES: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Tolerances in degrees that can be asked for, see `shapely.coverage_simplify`."""

_PREFIX: Final = "outline_"
_WIDE: Final = 32767
_ROW: Final = 1 << 32

Ints = Any  # numpy integer arrays of several widths


def encode(
    regions: Mapping[str, BaseGeometry],
    coverage: Collection[str] | None = None,
    tolerances: Sequence[float] = (),
) -> dict[str, bytes]:
    """Encode regions with shared arcs.

    Parameters
    ----------
    regions : mapping of str to Polygon or MultiPolygon
        WGS 84 degrees, lon before lat; vertices are rounded to 1e-4 degree. Regions may contain each other
        (countries and their units); for those the boundaries should be dissolved, so that vertices are the same.
    coverage : collection of str, optional
        Ids of regions that together form one valid coverage and hold every vertex; needed for `tolerances`.
    tolerances : sequence of float
        Degrees, increasing, at most 255 of them.

    Returns
    -------
    dict of str to bytes
        Named sections for `Outlines`; little-endian.

    Examples
    --------
    >>> sorted(encode({}))[:2]
    ['outline_arc_levels', 'outline_arc_offsets']
    """
    ids = sorted(regions)
    rings = _Rings.of([regions[key] for key in ids])
    levels = _levels([regions[key] for key in sorted(coverage or ())], tolerances)
    arcs, references, offsets = _cut(rings, levels)
    return _sections(ids, rings, arcs, references, offsets, tolerances)


# -- encoding -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Rings:
    """All rings of all regions: vertex keys one after the other, the closing vertex left out."""

    keys: NDArray[np.int64]
    starts: NDArray[np.int64]  # of each ring in `keys`, and the end
    polygon_rings: NDArray[np.int64]  # first ring of each polygon, and the end
    region_polygons: NDArray[np.int64]  # first polygon of each region, and the end
    bounds: NDArray[np.int32]  # of each region: west, south, east, north, in steps

    @classmethod
    def of(cls, geometries: Sequence[BaseGeometry]) -> _Rings:
        keys: list[NDArray[np.int64]] = []
        polygon_rings, region_polygons, bounds = [0], [0], []
        for geometry in geometries:
            boxes = []
            for polygon in _polygons(geometry):
                held = [_ring_keys(ring) for ring in (polygon.exterior, *polygon.interiors)]
                if not held or len(held[0]) < 3:
                    continue
                held = [ring for ring in held if len(ring) >= 3]
                keys += held
                polygon_rings.append(polygon_rings[-1] + len(held))
                x, y = _unkey(held[0])
                boxes.append((x.min(), y.min(), x.max(), y.max()))
            region_polygons.append(len(polygon_rings) - 1)
            box = np.array(boxes or [(0, 0, 0, 0)])
            bounds.append((*box[:, :2].min(axis=0), *box[:, 2:].max(axis=0)))
        lengths = np.array([len(ring) for ring in keys], dtype=np.int64)
        return cls(
            np.concatenate(keys) if keys else np.zeros(0, dtype=np.int64),
            np.concatenate([[0], lengths.cumsum()]).astype(np.int64),
            np.array(polygon_rings, dtype=np.int64),
            np.array(region_polygons, dtype=np.int64),
            np.array(bounds, dtype=np.int32).reshape(-1, 4),
        )


def _polygons(geometry: Any) -> list[Any]:
    if geometry.is_empty:
        return []
    return [geometry] if geometry.geom_type == "Polygon" else list(geometry.geoms)


def _key(xy: NDArray[np.float64]) -> NDArray[np.int64]:
    steps = np.rint(xy * GRID).astype(np.int64)
    result: NDArray[np.int64] = steps[:, 0] * _ROW + (steps[:, 1] + (_ROW >> 1))
    return result


def _unkey(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    x = keys >> 32
    return x, keys - x * _ROW - (_ROW >> 1)


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted, without repeats; for millions of them several times as fast as `numpy.unique`, which hashes."""
    ordered = np.sort(values)
    result: NDArray[np.int64] = (
        ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered
    )
    return result


def _ring_keys(ring: Any) -> NDArray[np.int64]:
    """Keys of a ring's vertices without the closing one and without repeats."""
    import shapely

    keys = _key(shapely.get_coordinates(ring))
    result: NDArray[np.int64] = keys[:-1][keys[:-1] != keys[1:]]
    return result


def _levels(
    geometries: Sequence[BaseGeometry], tolerances: Sequence[float]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Vertex keys, sorted, and how many of the tolerances each survives."""
    import shapely

    if not geometries:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
    whole: Any = np.array(geometries, dtype=object)
    keys = _distinct(_key(shapely.get_coordinates(whole)))
    level = np.zeros(len(keys), dtype=np.uint8)
    for number, tolerance in enumerate(tolerances, start=1):
        whole = shapely.coverage_simplify(
            whole, tolerance
        )  # of what the finer level left: nested, and quicker
        left = _distinct(_key(shapely.get_coordinates(whole)))
        at = np.searchsorted(keys, left)
        level[at[(at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == left)]] = number
    return keys, level


@dataclass(slots=True)
class _Arcs:
    """Arcs by content: ``find`` gives number and direction of an arc, adding it if it is new."""

    keys: list[NDArray[np.int64]]
    levels: list[NDArray[np.uint8]]
    numbers: dict[bytes, int]

    def find(self, keys: NDArray[np.int64], levels: NDArray[np.uint8]) -> int:
        """Twice the arc's number, plus one where it runs the other way."""
        backwards = (int(keys[-1]), int(keys[-2])) < (int(keys[0]), int(keys[1]))
        if backwards:
            keys, levels = keys[::-1], levels[::-1]
        content = keys.tobytes()
        number = self.numbers.setdefault(content, len(self.keys))
        if number == len(self.keys):
            self.keys.append(keys)
            self.levels.append(levels)
        return number * 2 + backwards


def _junctions(rings: _Rings) -> NDArray[np.bool_]:
    """Whether each vertex of `rings` is an end of arcs: its edges, over all rings, lead to more than two vertices."""
    vertices = _distinct(rings.keys)
    index = np.searchsorted(vertices, rings.keys)
    following = np.arange(1, len(index) + 1)
    ends = rings.starts[1:] - 1
    following[ends] = rings.starts[:-1]
    one, other = index, index[following]
    edges = _distinct(np.minimum(one, other) * np.int64(len(vertices)) + np.maximum(one, other))
    degree = np.bincount(edges // len(vertices), minlength=len(vertices)) + np.bincount(
        edges % len(vertices), minlength=len(vertices)
    )
    result: NDArray[np.bool_] = degree[index] != 2
    return result


def _cut(
    rings: _Rings, levels: tuple[NDArray[np.int64], NDArray[np.uint8]]
) -> tuple[_Arcs, list[int], list[int]]:
    """Cut rings at junctions; returns arcs, references and where each ring's references start."""
    arcs = _Arcs([], [], {})
    references: list[int] = []
    offsets = [0]
    if not len(rings.keys):
        return arcs, references, offsets
    known, known_level = levels
    level = np.zeros(len(rings.keys), dtype=np.uint8)
    if len(known):
        at = np.minimum(np.searchsorted(known, rings.keys), len(known) - 1)
        level = np.where(known[at] == rings.keys, known_level[at], np.uint8(0))
    junction = _junctions(rings)
    for start, end in zip(rings.starts[:-1].tolist(), rings.starts[1:].tolist(), strict=True):
        cuts = np.flatnonzero(junction[start:end])
        if not len(cuts):  # an island: start where every copy of it starts, at a vertex that stays longest
            best = np.flatnonzero(level[start:end] == level[start:end].max())
            cuts = best[[np.argmin(rings.keys[start:end][best])]]
        order = np.concatenate([np.arange(cuts[0], end - start), np.arange(cuts[0] + 1)])
        keys, stays = rings.keys[start:end][order], level[start:end][order]
        stops = [*(cuts - cuts[0]).tolist(), len(keys) - 1]
        references += [arcs.find(keys[a : b + 1], stays[a : b + 1]) for a, b in pairwise(stops)]
        offsets.append(len(references))
    return arcs, references, offsets


def _sections(
    ids: list[str],
    rings: _Rings,
    arcs: _Arcs,
    references: list[int],
    offsets: list[int],
    tolerances: Sequence[float],
) -> dict[str, bytes]:
    count = len(arcs.keys)
    lengths = np.array([len(keys) for keys in arcs.keys], dtype=np.int64)
    starts = np.concatenate([[0], lengths.cumsum()]).astype(np.uint32)
    keys = np.concatenate(arcs.keys) if count else np.zeros(0, dtype=np.int64)
    levels = np.concatenate(arcs.levels) if count else np.zeros(0, dtype=np.uint8)
    first = starts[:-1].astype(np.int64)
    levels = levels.copy()
    levels[first] = levels[starts[1:].astype(np.int64) - 1] = 255
    x, y = _unkey(keys)
    dx, dy = np.diff(x, prepend=0), np.diff(y, prepend=0)
    dx[first] = dy[first] = 0
    wide = np.flatnonzero((np.abs(dx) > _WIDE) | (np.abs(dy) > _WIDE))
    far = np.stack([wide, dx[wide], dy[wide]], axis=1)
    dx[wide] = dy[wide] = 0
    return {
        f"{_PREFIX}{name}": data
        for name, data in {
            "ids": "\n".join(ids).encode(),
            "tolerances": np.asarray(tolerances, dtype="<f8").tobytes(),
            "bounds": rings.bounds.astype("<i4").tobytes(),
            "region_polygons": rings.region_polygons.astype("<u4").tobytes(),
            "polygon_rings": rings.polygon_rings.astype("<u4").tobytes(),
            "ring_offsets": np.asarray(offsets, dtype="<u4").tobytes(),
            "ring_arcs": np.asarray(references, dtype="<u4").tobytes(),
            "arc_offsets": starts.astype("<u4").tobytes(),
            "arc_origins": np.stack([x[first], y[first]], axis=1).astype("<i4").tobytes(),
            "arc_dx": dx.astype("<i2").tobytes(),
            "arc_dy": dy.astype("<i2").tobytes(),
            "arc_far": far.astype("<i4").tobytes(),
            "arc_levels": levels.tobytes(),
        }.items()
    }


# -- decoding -----------------------------------------------------------------------------------------------


def _runs(starts: Ints, lengths: Ints) -> NDArray[np.int64]:
    """Indices of runs one after the other: starts [5, 0], lengths [2, 3] give [5, 6, 0, 1, 2]."""
    lengths = lengths.astype(np.int64)
    total = int(lengths.sum())
    before = lengths.cumsum() - lengths
    return np.repeat(starts.astype(np.int64) - before, lengths) + np.arange(total)


def _offsets(lengths: Ints) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


class Outlines:
    """Read side: regions by id out of the sections that `encode` made; nothing is decoded before it is asked for.

    Parameters
    ----------
    sections : mapping of str to memoryview
        May lie in mapped memory; must outlive the object.
    """

    def __init__(self, sections: Mapping[str, memoryview]) -> None:
        def array(name: str, dtype: str, width: int = 0) -> Any:
            data = np.frombuffer(sections[f"{_PREFIX}{name}"], dtype=dtype)
            return data.reshape(-1, width) if width else data

        self._ids = bytes(sections[f"{_PREFIX}ids"]).decode().split("\n")
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
        step = np.repeat(np.where(backwards, -1, 1), take)
        origin = np.repeat(np.where(backwards, starts[which] + size - 1, starts[which]), take)
        within = np.arange(int(take.sum())) - np.repeat(take.cumsum() - take, take)
        ring_of = np.repeat(np.arange(len(rings)), counts)
        lengths = np.bincount(ring_of, weights=take, minlength=len(rings)).astype(np.int64)
        return points[origin + step * within], lengths

    def _arc_points(self, arcs: NDArray[np.int64], level: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Vertices of arcs, in steps, at a level; where each arc starts, and the end."""
        sizes = self._arc_offsets[arcs + 1].astype(np.int64) - self._arc_offsets[arcs]
        index = _runs(self._arc_offsets[arcs], sizes)
        delta = np.stack([self._dx[index], self._dy[index]], axis=1).astype(np.int64)
        starts = _offsets(sizes)
        if len(self._far):
            at = np.searchsorted(self._far[:, 0], index)
            at[at == len(self._far)] = 0
            wide = np.flatnonzero(self._far[at, 0] == index)
            delta[wide] = self._far[at[wide], 1:]
        delta[starts[:-1]] = self._origins[arcs]
        points = delta.cumsum(axis=0)
        # the running sum went on over the arcs before: take away where each of them ended
        ended = np.zeros((len(arcs), 2), dtype=np.int64)
        ended[1:] = points[starts[1:-1] - 1]
        points -= np.repeat(ended, sizes, axis=0)
        if not level:
            return points, starts
        keep = self._levels[index] >= level
        kept = np.concatenate([[0], keep.cumsum()])[starts]
        return points[keep], kept


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
