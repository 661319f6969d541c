"""The codec: what goes in comes out, neighbours share their arcs, coarser levels stay a coverage."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from gazetteer.arcs import encode
from gazetteer.lines import Lines
from gazetteer.lines import encode as encode_lines
from gazetteer.topology import GRID, Outlines


def decode(sections: dict[str, bytes]) -> Outlines:
    return Outlines({key: memoryview(value) for key, value in sections.items()})


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """The same rings, wherever they start and whichever way they run; part or multipart."""
    forms = [shapely.normalize(shapely.multipolygons(shapely.get_parts(g))) for g in (one, other)]
    return bool(shapely.equals_exact(*forms, tolerance=0.2 / GRID))


@st.composite
def coverages(draw: st.DrawFn) -> dict[str, shapely.Geometry]:
    """Regions of a small grid of cells with wobbling corners; some cells belong to nobody."""
    size = draw(st.integers(1, 5))
    labels = draw(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=size**2, max_size=size**2))
    wobble = draw(
        st.lists(st.integers(-3000, 3000), min_size=2 * (size + 1) ** 2, max_size=2 * (size + 1) ** 2)
    )
    shift = draw(st.sampled_from([(0, 0), (-1799000, -899000), (1700000, 800000)]))
    corners = np.mgrid[0 : size + 1, 0 : size + 1].reshape(2, -1).T * 10000
    corners = (corners + np.array(wobble).reshape(-1, 2) + shift) / GRID
    cells: dict[str, list[Polygon]] = {}
    for number, label in enumerate(labels):
        at = number // size * (size + 1) + number % size
        ring = corners[[at, at + 1, at + size + 2, at + size + 1]]
        if label:
            cells.setdefault(label, []).append(Polygon(ring))
    return {label: shapely.coverage_union_all(parts) for label, parts in cells.items()}


@given(coverages())
@settings(deadline=None)
def test_what_goes_in_comes_out(regions: dict[str, shapely.Geometry]) -> None:
    outlines = decode(encode(regions))
    assert outlines.ids() == sorted(regions)
    for key, geometry in regions.items():
        assert same(outlines.geometry(key), geometry)
        assert outlines.bounds(key) == pytest.approx(geometry.bounds, abs=1e-9)


@given(coverages())
@settings(deadline=None)
def test_a_whole_costs_no_arcs(regions: dict[str, shapely.Geometry]) -> None:
    if not regions:
        return
    whole = shapely.coverage_union_all(list(regions.values()))
    alone, together = encode(regions), encode({**regions, "whole": whole})
    assert together["outline_arc_dx"] == alone["outline_arc_dx"]
    assert same(decode(together).geometry("whole"), whole)


@given(coverages())
@settings(deadline=None)
def test_coarser_levels_stay_a_coverage_of_fewer_points(regions: dict[str, shapely.Geometry]) -> None:
    tolerances = (0.2, 0.6)
    outlines = decode(encode(regions, coverage=regions, tolerances=tolerances))
    before = np.inf
    for tolerance in (0.0, *tolerances):
        found = outlines.geometries(sorted(regions), tolerance)
        assert shapely.is_valid(found).all()
        assert not len(found) or shapely.coverage_is_valid(found)
        assert shapely.get_num_coordinates(found).sum() <= before
        before = shapely.get_num_coordinates(found).sum()


def test_between_two_levels_the_finer_is_taken() -> None:
    ring = [(0, 0), (1, 0.01), (2, 0), (2, 2), (0, 2)]
    outlines = decode(encode({"a": Polygon(ring)}, coverage=["a"], tolerances=(0.2, 0.9)))
    counts = [shapely.get_num_coordinates(outlines.geometry("a", t)) for t in (0.0, 0.19, 0.2, 0.3)]
    assert counts[0] == counts[1] == 6
    assert counts[2] == counts[3] == 5


def test_long_edges_holes_and_islands() -> None:
    regions = {
        "ring": Polygon(box(-170, -80, 170, 80).exterior, [box(0, 0, 1, 1).exterior]),
        "hole": box(0, 0, 1, 1),
        "islands": MultiPolygon([box(175, 0, 176, 1), box(-176, 0, -175, 1)]),
        "nothing": Polygon(),
    }
    outlines = decode(encode(regions))
    for key in ("ring", "hole", "islands"):
        assert same(outlines.geometry(key), regions[key])
    assert outlines.geometry("nothing").is_empty


def test_small_rings_go_but_the_largest_stays() -> None:
    outlines = decode(encode({"a": MultiPolygon([box(0, 0, 0.01, 0.01), box(1, 0, 1.02, 0.02)])}))
    assert len(outlines.geometries(["a"], smallest=1.0)[0].geoms) == 1
    assert len(outlines.geometries(["a"], smallest=0.0)[0].geoms) == 2


def test_nothing_at_all() -> None:
    outlines = decode(encode({}))
    assert outlines.ids() == []
    assert len(outlines.geometries([])) == 0
    with pytest.raises(KeyError):
        outlines.geometry("iso:XX")


def test_lines_round_trip() -> None:
    features = {
        "b": shapely.LineString([(0, 0), (1.5, 2.25)]),
        "a": shapely.MultiLineString([[(9, 9), (8, 8)]]),
    }
    sections = {key: memoryview(value) for key, value in encode_lines("river", features).items()}
    found = Lines("river", sections).lines()
    assert list(found) == ["a", "b"]
    assert found["b"].equals(features["b"])


def test_areas_keep_their_holes() -> None:
    lake = Polygon(box(0, 0, 4, 4).exterior, [box(1, 1, 2, 2).exterior])
    sections = {key: memoryview(value) for key, value in encode_lines("lake", {"x": lake}).items()}
    assert Lines("lake", sections).areas()["x"].equals(lake)
    assert Lines("lake", {}).areas() == {}
