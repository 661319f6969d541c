"""Polygons as shared arcs, in integers: each border is stored, sent and drawn once.

Rings are cut where the set of neighbours of a vertex changes (as in TopoJSON), so that two units that share
a border share its arcs, and an arc's owners say whether it is a coast, a country's border or a unit's line.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

Point = tuple[int, int]
Ring = list[Point]

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Digits of the encoding: safe in JSON, HTML and templates."""


@dataclass(slots=True)
class Grid:
    """Integer grid over a box: `step` degrees per unit from its south-west corner (lon before lat)."""

    west: float
    south: float
    step: float

    def snap(self, lon: float, lat: float) -> Point:
        """Grid point of a coordinate in degrees."""
        return round((lon - self.west) / self.step), round((lat - self.south) / self.step)

    def lonlat(self, point: Point) -> tuple[float, float]:
        """Coordinate in degrees of a grid point."""
        return self.west + point[0] * self.step, self.south + point[1] * self.step


@dataclass(slots=True)
class Topology:
    """Units as lists of rings, each a list of arc numbers; ``~n`` is arc n backwards."""

    arcs: list[Ring] = field(default_factory=list)
    units: list[list[list[int]]] = field(default_factory=list)
    owners: list[list[int]] = field(default_factory=list)

    def ring(self, numbers: Sequence[int]) -> Ring:
        """Points of a ring, closed."""
        points: Ring = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points.extend(arc if not points else arc[1:])
        return points


def rings_of(geometry: BaseGeometry | None, grid: Grid) -> list[Ring]:
    """Closed rings of a polygon or multipolygon on the grid; rings that collapse are left out."""
    import shapely

    return [ring for ring in _snapped(shapely.get_rings(list(polygons(geometry))), grid) if len(ring) >= 4]


def lines_of(geometry: BaseGeometry | None, grid: Grid) -> list[Ring]:
    """Lines of a line string or a collection on the grid."""
    import shapely

    return [line for line in _snapped(shapely.get_parts(shapely.get_parts(geometry)), grid) if len(line) > 1]


def _snapped(lines: Any, grid: Grid) -> list[Ring]:
    """Points of lines on the grid, those that fall on the one before left out."""
    import numpy as np
    import shapely

    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    points = np.rint((coordinates - (grid.west, grid.south)) / grid.step).astype(np.int64)
    if not len(points):
        return []
    first = np.concatenate(([True], owner[1:] != owner[:-1]))
    kept = first | np.concatenate(([True], (points[1:] != points[:-1]).any(axis=1)))
    points, owner = points[kept], owner[kept]
    cuts = np.flatnonzero(owner[1:] != owner[:-1]) + 1
    return [list(zip(*part.T.tolist(), strict=True)) for part in np.split(points, cuts)]


def polygons(geometry: BaseGeometry | None) -> Iterator[Polygon]:
    """Polygons of any geometry; nothing for None, points and lines."""
    if geometry is None or geometry.is_empty:
        return
    if geometry.geom_type == "Polygon":
        yield cast("Polygon", geometry)
    else:
        for part in getattr(geometry, "geoms", ()):
            yield from polygons(part)


def build(units: Sequence[Sequence[Ring]], frame: tuple[int, int, int, int] | None = None) -> Topology:
    """Cut the rings of all units into shared arcs.

    Parameters
    ----------
    units : sequence of lists of closed rings
    frame : (west, south, east, north), optional
        Grid box the units were clipped to: its edge is no coast, so arcs end where they meet it.
    """
    junctions = _junctions(units, frame)
    topology = Topology()
    index: dict[tuple[Point, ...], int] = {}
    for number, rings in enumerate(units):
        listed = []
        for ring in rings:
            listed.append([_add(topology, index, arc, number) for arc in _cut(ring[:-1], junctions)])
        topology.units.append(listed)
    return topology


def on_frame(arc: Ring, frame: tuple[int, int, int, int]) -> bool:
    """Whether an arc runs along the edge of the clipping box."""
    (x0, y0), (x1, y1) = arc[0], arc[1]
    west, south, east, north = frame
    return (x0 == x1 and x0 in {west, east}) or (y0 == y1 and y0 in {south, north})


def _junctions(units: Iterable[Iterable[Ring]], frame: tuple[int, int, int, int] | None) -> set[Point]:
    beside: dict[Point, tuple[Point, Point]] = {}
    junctions: set[Point] = set()
    for rings in units:
        for ring in rings:
            before = ring[-2]
            for here, after in itertools.pairwise(ring):
                pair = (before, after) if before < after else (after, before)
                if beside.setdefault(here, pair) != pair or (frame and _on_edge(here, frame)):
                    junctions.add(here)
                before = here
    return junctions


def _on_edge(point: Point, frame: tuple[int, int, int, int]) -> bool:
    return point[0] in {frame[0], frame[2]} or point[1] in {frame[1], frame[3]}


def _cut(ring: Ring, junctions: set[Point]) -> Iterator[Ring]:
    """Arcs of a ring (given open), each closed to the next junction; a ring without any is one arc."""
    starts = [place for place, point in enumerate(ring) if point in junctions]
    if not starts:
        lowest = ring.index(min(ring))
        yield [*ring[lowest:], *ring[: lowest + 1]]
        return
    for start, end in zip(starts, [*starts[1:], starts[0] + len(ring)], strict=True):
        yield [ring[place % len(ring)] for place in range(start, end + 1)]


def _add(topology: Topology, index: dict[tuple[Point, ...], int], arc: Ring, owner: int) -> int:
    forward, backward = tuple(arc), tuple(reversed(arc))
    if (number := index.get(forward)) is None and (number := index.get(backward)) is None:
        number = index[forward] = len(topology.arcs)
        topology.arcs.append(arc)
        topology.owners.append([owner])
        return number
    if owner not in topology.owners[number]:
        topology.owners[number].append(owner)
    return number if tuple(topology.arcs[number]) == forward else ~number


def encode(points: Sequence[Sequence[int]]) -> str:
    """Points (or single numbers) as text: differences, zigzag, five bits a letter, the sixth for "more follows"."""
    return "".join(
        itertools.chain.from_iterable(zip(*map(_differences, zip(*points, strict=True)), strict=True))
    )


def _differences(numbers: Sequence[int]) -> list[str]:
    """Letters of each number's difference from the one before it."""
    small = _small()
    half = len(small) // 2
    return [
        small[here - before + half] if -half <= here - before < half else _letters(here - before)
        for before, here in zip(itertools.chain((0,), numbers), numbers, strict=False)
    ]


@cache
def _small() -> list[str]:
    """Letters of the differences that are met most, from -512 to 511."""
    return [_letters(delta) for delta in range(-512, 512)]


def _letters(delta: int) -> str:
    value = delta << 1 if delta >= 0 else (~delta << 1) | 1
    letters = ""
    while value >= 32:
        letters += ALPHABET[(value & 31) | 32]
        value >>= 5
    return letters + ALPHABET[value]


def decode(text: str) -> Ring:
    """Read what `encode` wrote."""
    numbers: list[int] = []
    value = shift = 0
    for letter in text:
        digit = ALPHABET.index(letter)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(value >> 1 if not value & 1 else ~(value >> 1))
            value = shift = 0
    points: Ring = []
    x = y = 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points
