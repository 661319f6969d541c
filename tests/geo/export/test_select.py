"""Rows by place and by value, and how they look in viewers of GeoJSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from geo.errors import OptionError
from geo.export import names_of, select, write
from geo.export.simplestyle import properties
from geo.layers import Layer
from geo.layers.layer import columns
from geo.layers.schema import EVENTS
from geo.render import style
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    *("title", "description", "marker-color", "marker-size", "marker-symbol"),
    *("stroke", "stroke-width", "stroke-opacity", "fill", "fill-opacity"),
}


def spread() -> Layer:
    layer = Layer(
        "events", "Events", columns(("id", "str", "key"), ("n", "int", "number"), ("sure", "bool", "sure"))
    )
    layer.add(Point(10, 10), id="a", n=1, sure=True)
    layer.add(Point(-179, 0), id="b", n=2, sure=False)
    layer.add(Point(179, 0), id="c", n=2)
    layer.add(None, id="d", sure=True)
    layer.add(LineString([(170, 5), (-170, 5)]), id="e", n=3)
    layer.add(shapely.box(0, 0, 30, 30), id="f")
    return layer


def ids(**how: object) -> str:
    layers = select({"events": spread()}, ["events"], **how)  # type: ignore[arg-type]
    return "".join(row["id"] for row in layers["events"].rows)


def test_by_box() -> None:
    assert ids(bbox=(0, 0, 20, 20)) == "af"
    assert ids(bbox=(12, 12, 13, 13)) == "f"
    assert ids(bbox=(175, -10, -175, 10)) == "bce"
    assert ids(bbox=(-180, -90, 180, 90)) == "abcef"
    assert ids() == "abcdef"


def test_by_value() -> None:
    assert ids(where=[("n", "2")]) == "bc"
    assert ids(where=[("n", "2"), ("n", "1")]) == "abc"
    assert ids(where=[("n", "2"), ("sure", "false")]) == "b"
    assert ids(where=[("sure", "")]) == "cef"
    assert ids(where=[("sure", "true")], bbox=(0, 0, 20, 20)) == "a"
    assert ids(where=[("id", "a' OR '1'='1")]) == ""


@pytest.mark.parametrize("box", [(0, 5, 1, 2), (0, -91, 1, 2), (-181, 0, 1, 2), (float("nan"), 0, 1, 2)])
def test_no_box(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(OptionError, match="the box must be west,south,east,north"):
        ids(bbox=box)


def test_an_unknown_column() -> None:
    with pytest.raises(
        OptionError, match="no layer that is written has a column 'm'; choose from id, n, sure"
    ):
        ids(where=[("m", "1")])


def test_layers_without_the_column_are_kept_whole_and_nothing_is_changed() -> None:
    layers = stage.layers()
    kept = select(layers, ["events", "places"], where=[("type", "shelling")])

    assert [row["type"] for row in kept["events"].rows] == ["shelling"]
    assert kept["places"] is layers["places"]
    assert layers["events"].rows == stage.layers()["events"].rows
    assert len(kept["events"].rows) == len(kept["events"].geometry)


def test_names_of_what_would_be_written() -> None:
    assert names_of(stage.layers(), "a.csv") == ["events"]
    assert names_of(stage.layers(), "a.kmz") == list(stage.layers())
    with pytest.raises(OptionError, match="csv holds one layer"):
        names_of(stage.layers(), "a.csv", None, ["events", "places"])


@pytest.mark.parametrize("name", list(stage.layers()))
def test_simplestyle_of_every_layer(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.geojson"
    layer = stage.layers()[name]
    write(stage.layers(), path, layer=name, palette=style, simplestyle=True)
    features = json.loads(path.read_text(encoding="utf-8"))["features"]

    for feature, row in zip(features, layer.rows, strict=True):
        added = {key: value for key, value in feature["properties"].items() if key not in row}
        assert feature["properties"].items() >= row.items()
        assert set(added) <= KEYS
        assert {"title", "description"} <= set(added)
        colours = [value for key, value in added.items() if key in {"marker-color", "stroke", "fill"}]
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in colours)
        assert all(0 <= value <= 1 for key, value in added.items() if key.endswith("opacity"))
        kind = (feature["geometry"] or {"type": "None"})["type"]
        assert ("fill" in added) == kind.endswith("Polygon")
        assert ("marker-color" in added) >= (kind == "Point")
        assert ("stroke" in added) >= (kind == "LineString")


def test_simplestyle_is_off_by_default_and_for_geojson_only(tmp_path: Path) -> None:
    write(stage.layers(), tmp_path / "a.geojson", palette=style)
    assert "title" not in json.loads((tmp_path / "a.geojson").read_text())["features"][0]["properties"]
    with pytest.raises(OptionError, match="simplestyle is for geojson only"):
        write(stage.layers(), tmp_path / "a.csv", palette=style, simplestyle=True)
    with pytest.raises(OptionError, match="needs a palette"):
        write(stage.layers(), tmp_path / "a.geojson", simplestyle=True)


def test_colours_follow_family_and_status() -> None:
    happened, called_for, _ = properties(stage.layers()["events"], style)

    assert happened["title"] == "Shelling: Beek"
    assert happened["marker-color"] == style.FAMILIES["fires"].fill
    assert called_for["marker-color"] == style.FAMILIES["movement"].line


@given(text=st.text())
def test_no_text_is_a_tag(text: str) -> None:
    layer = Layer("events", "Events", EVENTS)
    layer.add(None, row_id="a", type=text, family=text, place_name=text, evidence=f"<script>{text}</script>")
    (made,) = properties(layer, style)

    assert not set("<>") & set(made.get("title", "") + made["description"])
