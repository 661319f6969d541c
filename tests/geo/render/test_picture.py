from __future__ import annotations

import io
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.errors import OptionError
from geo.layers import Layer, build
from geo.render import picture_ground, picture_legend, picture_marks, picture_names, picture_panels, style
from geo.render.picture import FORMATS, alt_text, picture
from geo.render.picture_focus import core, focus
from geo.render.picture_view import View, scale_bar
from geo.render.svgpath import svg_path
from geo.render.view import WORLD
from geo.render.words import words
from tests.geo import stage

MAGIC = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-", "webp": b"RIFF"}


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
        ({"form": "gif"}, "no picture format 'gif'; choose one of png, svg, pdf, webp"),
        ({"width_cm": 5}, "a width of 5 cm is not possible"),
        ({"width_cm": float("nan")}, "not possible"),
        ({"dpi": 5000}, "5000 dots per inch"),
        ({"height_cm": 5}, "a height of 5 cm is not possible"),
        ({"height_cm": 12}, "a height of 12 cm has no room for the legend; choose"),
        ({"by": "place"}, "small maps go by date or type, not by 'place'"),
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


def test_long_legends_break_at_headings() -> None:
    entries = [
        entry
        for _ in range(6)
        for entry in [picture_legend.Entry("Heading"), *[picture_legend.Entry("x", "mark")] * 8]
    ]
    found = picture_legend.columns(entries, 3)

    assert [entry for column in found for entry in column] == entries
    assert [len(column) for column in found] == [18, 18, 18]
    assert not any(column[0].sample for column in found)
    assert picture_legend.columns(entries[:9], 3) == [entries[:9]]
    assert picture_legend.columns([], 3) == []
    assert not picture_legend.fits(entries, 5.0)
    assert picture_legend.fits(entries[:9], 5.0)


def several(layers: dict[str, Layer]) -> list[str]:
    return [name for name, _ in picture_panels.split(layers, "date")]


def test_small_maps() -> None:
    layers = stage.layers()
    rows = layers["events"].rows
    rows[1]["date_start"] = "2001-02-01"
    rows[2]["date_start"] = None
    by_date, by_type = (picture_panels.split(layers, by) for by in ("date", "type"))

    assert several(layers) == ["2001-02-01 (1)", "2001-05-03 (1)", "No date (1)"]
    assert [name for name, _ in by_type] == ["Evacuation (1)", "Protest (1)", "Shelling (1)"]
    assert [len(part["claims"]) for _, part in by_date] == [0, 1, 1], "the claim is of March"
    assert [len(part["flows"]) for _, part in by_date] == [1, 0, 0]
    assert sum(len(part["events"]) for _, part in by_date) == len(rows)
    assert picture_panels.split(build([], [], stage.Gaz()), "date")[0][0] == ""
    for by in picture_panels.BY:
        svg = drawn(layers, form="svg", by=by).decode()
        assert svg.count('id="axes_') == 3
        assert len(set(re.findall(r' id="([^"]+)"', svg))) == len(re.findall(r' id="([^"]+)"', svg))
        assert "Events in a first-level unit" not in svg


def test_small_maps_are_never_too_many() -> None:
    layers = stage.layers()
    row = layers["events"].rows[0]
    many = [
        dict(row, id=f"e{n}", row_id=f"e{n}", date_start=f"{1900 + n}-01-01", type=f"t{n}") for n in range(40)
    ]
    layers["events"] = replace(layers["events"], rows=many, geometry=layers["events"].geometry[:1] * 40)

    names = several(layers)
    assert len(names) <= picture_panels.MOST
    assert names[0] == "1900 to 1903 (4)"
    kinds = picture_panels.split(layers, "type")
    assert len(kinds) == picture_panels.MOST
    assert kinds[-1][0] == "Other types (29)"


def test_what_is_shown_is_told_in_words() -> None:
    from PIL import Image

    told = alt_text(stage.layers())
    assert told.startswith(
        "Map of 2 events at 2 places, 2001-05-03. Evacuation 1, shelling 1. Most events: Beek 1, Cora 1."
    )
    assert "Hatched: South Province, claimed by Bland since" in told
    assert alt_text(build([], [], stage.Gaz())).startswith("Map without events.")
    assert Image.open(io.BytesIO(drawn(form="png"))).text["Description"] == told
    assert Image.open(io.BytesIO(drawn(form="webp"))).getexif()[0x010E] == told
    svg = drawn(form="svg", title="<T>").decode()
    assert '<svg role="img" aria-labelledby="map-title map-alt" ' in svg
    assert '<title id="map-title">&lt;T&gt;</title>' in svg
    ElementTree.fromstring(svg)  # noqa: S314
    assert pypdf.PdfReader(io.BytesIO(drawn(form="pdf"))).metadata["/Subject"] == told


def test_the_height_is_the_one_asked_for() -> None:
    png = drawn(width_cm=25.4, height_cm=50.8, dpi=50)

    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (500, 1000)


@pytest.mark.parametrize(
    ("box", "name"),
    [
        ((22, 44, 40, 52), "laea"),
        ((-10, 35, 30, 60), "aea"),
        ((-20, -40, 20, 10), "laea"),
        ((150, -50, 200, -10), "aea"),
        ((0, 70, 90, 88), "laea"),
        (WORLD, "eqearth"),
        ((100, -60, 280, 60), "eqearth"),
    ],
)
def test_projections_fit_and_come_back(box: Any, name: str) -> None:
    view = View(box)
    west, south, east, north = view.box(box)
    back = view.degrees((west, south, east, north))

    assert view.name == name
    assert np.isfinite([west, south, east, north]).all()
    assert back[1] <= box[1] + 0.01
    assert back[3] >= min(box[3], 90) - 0.01
    if name != "eqearth":
        x, y = view.points((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        assert (x, y) == (pytest.approx(0, abs=0.01), pytest.approx(0, abs=0.5))
        up = view.points((box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + 0.5)[1] - y
        assert up == pytest.approx(0.5, rel=0.06), "the unit is a degree of latitude"


def test_both_sides_of_the_antimeridian_are_near() -> None:
    view = View((175.0, -20.0, 185.0, -10.0))

    assert view.points(-179.0, -15.0)[0] == pytest.approx(view.points(181.0, -15.0)[0])
    assert view.degrees(view.box((175.0, -20.0, 185.0, -10.0)))[::2] == (-180.0, 180.0)
    layers = stage.layers()
    for row, lon in zip(layers["events"].rows, (179.0, -179.0), strict=False):
        row["lon"] = lon
    assert focus(layers)[2] - focus(layers)[0] < 10


def test_scale_bars_are_round() -> None:
    for width in (0.02, 0.5, 3, 20, 90):
        length, km = scale_bar(width)
        assert str(km).rstrip("0") in {"1", "2", "5"}
        assert length <= max(width / 4, 1 / 111)
    assert "200 km" in drawn(form="svg").decode() or "500 km" in drawn(form="svg").decode()
    assert " km<" not in drawn(build([], [], stage.Gaz()), form="svg").decode()


def test_other_scripts_have_letters() -> None:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    known = FT2Font(findfont(FontProperties("DejaVu Sans"))).get_charmap()
    assert all(ord(letter) in known for letter in "КиївґЇъخاركيفغزة")
    layers = stage.layers()
    layers["places"].rows[0]["name"] = "خاركيف Харків"
    assert picture_names.text_width("Київ") > picture_names.text_width("іі")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn(layers)


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
