"""Shared arcs: nothing is lost, each border is kept once, and the encoding is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, MultiPolygon, Point, Polygon, box

from geo.render.topology import Grid, build, decode, encode, lines_of, on_frame, rings_of
from tests.geo.layers.sample import UNITS

GRID = Grid(0.0, 0.0, 0.1)
points = st.lists(st.tuples(st.integers(-(2**31), 2**31), st.integers(-(2**31), 2**31)), max_size=30)


@given(points)
def test_encoding_is_exact_and_safe(given_points: list[tuple[int, int]]) -> None:
    text = encode(given_points)
    assert decode(text) == given_points
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def turned(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A closed ring without its last point, from its lowest point on."""
    start = ring.index(min(ring[:-1]))
    return [*ring[start:-1], *ring[:start]]


def test_rings_come_back_from_their_arcs() -> None:
    units = [rings_of(shape, GRID) for _, shape in UNITS.values()]
    topology = build(units)
    for rings, listed in zip(units, topology.units, strict=True):
        assert [turned(topology.ring(numbers)) for numbers in listed] == [turned(ring) for ring in rings]


def test_a_border_is_one_arc_with_two_owners() -> None:
    topology = build([rings_of(shape, GRID) for _, shape in UNITS.values()])
    shared = [arc for arc, owners in zip(topology.arcs, topology.owners, strict=True) if owners == [0, 1]]
    assert [sorted(arc) for arc in shared] == [[(40, 0), (40, 40), (43, 20)]]


def test_an_island_is_one_closed_arc() -> None:
    topology = build([rings_of(box(1, 1, 2, 2), GRID)])
    assert len(topology.arcs) == 1
    assert topology.arcs[0][0] == topology.arcs[0][-1]


def test_the_clipping_box_is_no_coast() -> None:
    frame = (0, 0, 120, 40)
    topology = build([rings_of(shape, GRID) for _, shape in UNITS.values()], frame)
    inner = [arc for arc in topology.arcs if not on_frame(arc, frame)]
    assert all(any(0 < y < 40 for _, y in arc) for arc in inner)


@pytest.mark.parametrize(
    "shape", [None, Polygon(), MultiPolygon(), Point(1, 1), GeometryCollection(), box(0, 0, 1e-6, 1e-6)]
)
def test_nothing_gives_no_rings(shape: object) -> None:
    assert rings_of(shape, GRID) == []  # type: ignore[arg-type]
    assert lines_of(GeometryCollection(), GRID) == []


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12, unique=True))
def test_any_mosaic_of_squares_comes_back(cells: list[tuple[int, int]]) -> None:
    units = [rings_of(box(x, y, x + 1, y + 1), Grid(0.0, 0.0, 1.0)) for x, y in cells]
    topology = build(units)
    for rings, listed in zip(units, topology.units, strict=True):
        assert [turned(topology.ring(numbers)) for numbers in listed] == [turned(ring) for ring in rings]
