"""Outlines -> the arcs that neighbours share: rings cut where they part, written as sections of the artefact."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.topology import GRID, PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

TOLERANCES: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Tolerances in degrees that can be asked for, see `shapely.coverage_simplify`."""

_WIDE: Final = 32767
_ROW: Final = 1 << 32


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
        Named sections for `gazetteer.topology.Outlines`; little-endian.

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
        f"{PREFIX}{name}": data
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
