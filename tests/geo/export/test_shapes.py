from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry import shape

from geo.export.shapes import bounds, members, tidy

HOLED = Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])


def ring_is_ccw(ring: list[list[float]]) -> bool:
    """Shoelace, written apart from shapely."""
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0


def rings(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def test_winding() -> None:
    found = members(tidy(HOLED))

    assert found is not None
    (outer, hole) = found["coordinates"]
    assert ring_is_ccw(outer)
    assert not ring_is_ccw(hole)


@pytest.mark.parametrize(
    "geometry", [None, Point(), Polygon(), Point(math.inf, 1), LineString([(0, 0), (math.inf, 1)])]
)
def test_what_cannot_be_drawn_is_none(geometry: Any) -> None:
    assert tidy(geometry) is None
    assert members(tidy(geometry)) is None


def test_a_polygon_over_the_antimeridian_is_cut() -> None:
    cut = tidy(box(170, -10, 190, 10))

    assert cut is not None
    assert cut.geom_type == "MultiPolygon"
    assert shapely.area(cut) == pytest.approx(400)
    assert bounds([cut]) == (170, -10, -170, 10)
    found = members(cut)
    assert found is not None
    assert all(ring_is_ccw(polygon[0]) for polygon in rings(found))


def test_a_line_goes_the_short_way() -> None:
    cut = tidy(LineString([(140, 35), (-120, 35)]))

    assert cut is not None
    assert cut.geom_type == "MultiLineString"
    assert cut.length == pytest.approx(100)
    assert bounds([cut]) == (140, 35, -120, 35)


def test_a_line_within_one_half_stays() -> None:
    line = LineString([(-80, 0), (80, 10)])

    assert tidy(line) == line


def test_bounds() -> None:
    assert bounds([]) is None
    assert bounds([None]) is None
    assert bounds([Point(-100, 5), None, Point(100, 6)]) == (-100, 5, 100, 6)
    assert bounds([box(-180, -90, 180, 90)]) == (-180, -90, 180, 90)


def test_six_digits_and_no_negative_zero() -> None:
    found = members(Point(1 / 3, -1e-9))

    assert found == {"type": "Point", "coordinates": [0.333333, 0.0]}
    assert str(found["coordinates"][1]) == "0.0"


def test_rings_that_vanish_in_rounding_are_left_out() -> None:
    crumb = box(1, 1, 1 + 1e-9, 1 + 1e-9)
    found = members(MultiPolygon([box(5, 5, 6, 6), crumb]))

    assert found is not None
    assert len(found["coordinates"]) == 1


coordinates = st.tuples(st.floats(-179, 179), st.floats(-89, 89))


@settings(max_examples=60)
@given(
    st.lists(coordinates, min_size=3, max_size=8).map(
        lambda points: shapely.convex_hull(shapely.MultiPoint(points))
    )
)
def test_any_hull_is_valid_geojson(hull: Any) -> None:
    found = members(tidy(hull))
    if found is None:  # thinner than the sixth digit
        assert hull.area < 1e-3
        return
    again = shape(found)
    if hull.geom_type != "LineString":  # long lines go the short way, and are cut
        assert again.geom_type == hull.geom_type
    if again.geom_type == "Polygon" and not again.is_empty:
        assert ring_is_ccw(found["coordinates"][0])
        assert found["coordinates"][0][0] == found["coordinates"][0][-1]
    for x, y in shapely.get_coordinates(again):
        assert (round(x, 6), round(y, 6)) == (x, y)
        assert -180 <= x <= 180
