from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.errors import OptionError
from geo.layers import Layer, build
from geo.render import picture_ground, picture_legend, picture_marks, style
from geo.render.picture import FORMATS, picture
from geo.render.picture_focus import core, focus
from geo.render.svgpath import svg_path
from geo.render.view import WORLD
from geo.render.words import words
from tests.geo import stage

MAGIC = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-"}


def drawn(layers: dict[str, Layer] | None = None, **options: Any) -> bytes:
    return picture(layers or stage.layers(), stage.Gaz(), **({"dpi": 60} | options))


@pytest.mark.parametrize("form", FORMATS)
def test_same_input_same_bytes(form: str) -> None:
    one = drawn(form=form, title="Title", as_of=date(2001, 5, 4))

    assert one.startswith(MAGIC[form])
    assert one == drawn(form=form, title="Title", as_of=date(2001, 5, 4))
    assert not re.search(rb"20[23]\d-\d\d-\d\d|D:20[23]\d", one), "no date of making"


def test_nothing_placed_is_a_map_of_the_world() -> None:
    empty = build([], [], stage.Gaz())

    assert focus(empty) == WORLD
    assert drawn(empty).startswith(MAGIC["png"])


def test_hostile_text_is_only_text() -> None:
    layers = stage.layers()
    bad = r"$\frac{1}{$ <script>alert(1)</script> \x & $"
    layers["places"].rows[0]["name"] = bad
    layers["claims"].rows[0]["legend"] = bad
    svg = drawn(layers, form="svg", title=bad)

    assert b"<script" not in svg
    assert svg.startswith(MAGIC["svg"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"form": "gif"}, "no picture format 'gif'; choose one of png, svg, pdf"),
        ({"width_cm": 5}, "a width of 5 cm is not possible"),
        ({"width_cm": float("nan")}, "not possible"),
        ({"dpi": 5000}, "5000 dots per inch"),
    ],
)
def test_sizes_and_formats_are_checked(options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        drawn(**options)


def test_the_size_is_the_one_asked_for() -> None:
    png = drawn(width_cm=25.4, dpi=100)

    assert int.from_bytes(png[16:20]) == 1000


def test_no_geopandas_and_no_pyplot() -> None:
    code = (
        "import sys; from tests.geo import stage; from geo.render.picture import picture;"
        "picture(stage.layers(), stage.Gaz(), dpi=60);"
        "print([m for m in ('geopandas', 'pandas', 'folium', 'pyogrio', 'matplotlib.pyplot') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("data", [*style.SHAPES.values(), *style.GLYPHS.values()])
def test_every_shape_of_the_style_is_known(data: str) -> None:
    box = svg_path(data).get_extents()

    assert max(abs(value) for value in box.extents) <= 14


def test_paths() -> None:
    circle = svg_path(style.SHAPES["circle"])

    assert np.hypot(*circle.vertices.T).max() == pytest.approx(11)
    assert svg_path("M0 0L3 4").vertices.tolist() == [[0, 0], [3, -4]]
    assert len(svg_path("").vertices) == 1
    for wrong in ("M0", "M0 0Q1 1 2 2", "hello"):
        with pytest.raises(ValueError, match=r"path data|numbers are missing"):
            svg_path(wrong)


@settings(max_examples=40, deadline=None)
@given(arrays(float, st.tuples(st.integers(0, 25), st.just(2)), elements=st.floats(-2, 2)))
def test_markers_are_pushed_apart_and_stay_near(home: Any) -> None:
    seat = picture_marks.spread(home, 0.1)

    assert seat.shape == home.shape
    assert np.isfinite(seat).all()
    assert (picture_marks.spread(home, 0.1) == seat).all()
    if len(home) > 1:
        apart = np.hypot(*(seat[:, None] - seat[None]).transpose(2, 0, 1)) + np.eye(len(home))
        assert apart.min() > 0.04
        assert np.hypot(*(seat - home).T).max() < 0.1 * len(home)


def test_events_of_one_kind_at_one_place_are_one_mark() -> None:
    layer = stage.layers()["events"]
    placed = next(row for row in layer.rows if row["lon"] is not None)
    twice = replace(layer, rows=[*layer.rows, dict(placed)], geometry=[*layer.geometry, None])

    assert max(mark.count for mark in picture_marks.marks(twice)) == 2
    assert len(picture_marks.marks(twice)) == len(picture_marks.marks(layer))


def test_a_few_far_points_do_not_shrink_the_rest() -> None:
    near = [(30 + i / 10, 48.0) for i in range(10)]

    assert (
        core([*near, (-77, 39), (-74, 41)]) == sorted(near, key=lambda p: abs(p[0] - 30.55))
        or len(core([*near, (-77, 39), (-74, 41)])) == 10
    )
    assert sorted(core(near)) == sorted(near)
    assert core([(1, 1)]) == [(1, 1)]
    assert len(core([(0, 0), (100, 10)])) == 2


def test_the_legend_shows_what_is_on_the_map() -> None:
    layers = stage.layers()
    listed = picture_legend.entries(layers, date(2001, 5, 4), words("en"), [("Far", 2)])
    text = "\n".join(entry.text for entry in listed)

    assert "Shelling (1)" in text
    assert "Claims as of 4 May 2001" in text
    assert "South Province: claimed by Bland since" in text
    assert "Far (2)" in text
    assert "Evacuation (1)" in text
    undated = picture_legend.entries(layers, None, words("en"))
    assert any("All known claims" in entry.text for entry in undated)
    outside = picture_ground.within(layers, (100, 50, 110, 60))
    assert picture_legend.entries(outside, None, words("en"))[0].text == "Movements"


def test_long_legends_break_at_a_heading() -> None:
    entries = [
        entry
        for group in range(6)
        for entry in [picture_legend.Entry("Heading"), *[picture_legend.Entry("x", "mark")] * 8]
        if group >= 0
    ]
    left, right = picture_legend.columns(entries, 5.0)

    assert [*left, *right] == entries
    assert not right[0].sample
    assert picture_legend.columns(entries[:9], 5.0) == [entries[:9]]


def test_claims_that_the_picture_shows_are_listed_and_far_events_too() -> None:
    layers = stage.layers()
    svg = drawn(layers, form="svg").decode()

    assert "South Province: claimed by" in svg
    assert "Events outside this picture" not in svg
    far = replace(
        layers["events"],
        rows=[dict(row) for _ in range(4) for row in layers["events"].rows],
        geometry=layers["events"].geometry * 4,
    )
    far.rows[0] |= {"lon": 100.0, "lat": 50.0, "place_name": "Farawaytown"}
    svg = drawn(layers | {"events": far}, form="svg").decode()
    assert "Events outside this picture" in svg
    assert "Farawaytown (1)" in svg


def test_svg_is_small_and_its_text_is_text() -> None:
    svg = drawn(form="svg", title="A title").decode()

    assert ">A title</text>" in svg
    assert ">Beek</text>" in svg
    assert "'DejaVu Sans', Verdana, sans-serif" in svg
    assert not re.search(r' d="[^"]*\.\d{3}', svg)
