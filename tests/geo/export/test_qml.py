"""The QGIS styles in a GeoPackage, read back by SQLite, GDAL and an XML parser."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

import pyogrio
import pytest
import shapely
from shapely import Point

from geo.export import write
from geo.export.qml import qml
from geo.layers import Layer
from geo.layers.layer import columns
from geo.layers.schema import CLAIMS, EVENTS
from geo.ontology import load
from geo.render import style
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

DRAWN = {"events", "reports", "places", "regions", "flows", "claims"}
COLUMNS = (
    "id f_table_catalog f_table_schema f_table_name f_geometry_column styleName styleQML styleSLD useAsDefault "
    "description owner ui update_time"
).split()


def parse(text: str) -> Xml.Element:
    return Xml.fromstring(text)  # noqa: S314  (our own)


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def options(layer: Xml.Element | None) -> dict[str, str]:
    assert layer is not None
    return {one.attrib["name"]: one.attrib["value"] for one in layer.findall("Option/Option")}


def dynamic(layer: Xml.Element | None) -> dict[str, str]:
    """Expressions of the properties that the row decides."""
    assert layer is not None
    found = layer.findall("data_defined_properties/Option/Option[@name='properties']/Option")
    return {one.attrib["name"]: one.find("Option[@name='expression']").attrib["value"] for one in found}  # type: ignore[union-attr]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "a.gpkg"
    write(stage.layers(), path, metadata={"attribution": "Invented data"}, palette=style)
    return path


def test_each_drawn_layer_has_a_default_style(package: Path) -> None:
    names = [row[1] for row in rows(package, "pragma table_info(layer_styles)")]
    found = rows(
        package,
        "select f_table_name, f_table_schema, f_geometry_column, useAsDefault, typeof(useAsDefault) from layer_styles",
    )

    assert names == COLUMNS
    assert {row[0] for row in found} == DRAWN
    assert {row[1:] for row in found} == {("", "geom", 1, "integer")}
    geometry = dict(rows(package, "select table_name, column_name from gpkg_geometry_columns"))
    assert all(geometry[row[0]] == row[2] for row in found)
    assert rows(package, "select data_type from gpkg_contents where table_name = 'layer_styles'") == [
        ("attributes",)
    ]
    assert rows(package, "pragma integrity_check") == [("ok",)]
    assert rows(package, "pragma foreign_key_check") == []


def test_gdal_reads_the_styles_and_the_layers(package: Path) -> None:
    frame = pyogrio.read_dataframe(package, layer="layer_styles", read_geometry=False)

    assert set(frame["f_table_name"]) == DRAWN
    assert dict(pyogrio.list_layers(package).tolist())["layer_styles"] is None
    for name, layer in stage.layers().items():
        assert len(pyogrio.read_dataframe(package, layer=name)) == len(layer)
    for text in frame["styleQML"]:
        assert parse(text).tag == "qgis"


def test_titles_and_descriptions(package: Path) -> None:
    query = "select table_name, identifier, description from gpkg_contents"
    found = {name: (title, text) for name, title, text in rows(package, query)}

    for name, layer in stage.layers().items():
        assert found[name][0] == layer.title
        assert found[name][1].endswith("Data: Invented data")
    assert pyogrio.read_info(package, layer="events")["layer_metadata"]["attribution"] == "Invented data"


def test_same_input_same_bytes(package: Path, tmp_path: Path) -> None:
    other = tmp_path / "b" / "a.gpkg"
    write(stage.layers(), other, metadata={"attribution": "Invented data"}, palette=style)

    assert other.read_bytes() == package.read_bytes()


def test_without_a_palette_there_are_no_styles(tmp_path: Path) -> None:
    write(stage.layers(), tmp_path / "a.gpkg")

    assert "layer_styles" not in dict(pyogrio.list_layers(tmp_path / "a.gpkg").tolist())


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_every_category_and_sub_symbol_is_there(name: str) -> None:
    text = qml(stage.layers()[name], style)
    assert text is not None
    root = parse(text)
    symbols = root.findall("renderer-v2/symbols/symbol")
    used = [one.attrib["symbol"] for one in root.iter() if one.tag in {"category", "range"}]

    assert [symbol.attrib["name"] for symbol in symbols] == (used or ["0"])
    kinds = {"events": "marker", "reports": "marker", "places": "marker", "flows": "line"}
    assert {symbol.attrib["type"] for symbol in symbols} == {kinds.get(name, "fill")}
    for symbol in symbols:
        for number, layer in enumerate(symbol.findall("layer")):
            for inner in layer.findall("symbol"):
                assert inner.attrib["name"] == f"@{symbol.attrib['name']}@{number}"
    assert all(re.fullmatch(r"(\d{1,3},){3}255", value) for value in colours(root))


def colours(root: Xml.Element) -> list[str]:
    return [one.attrib["value"] for one in root.iter("Option") if one.get("name", "").endswith("color")]


def test_events_look_as_on_the_map() -> None:
    text = qml(every_type(), style)
    assert text is not None
    root = parse(text)
    categories = root.findall("renderer-v2/categories/category")
    symbols = root.findall("renderer-v2/symbols/symbol")
    ontology = load()

    assert [one.attrib["value"] for one in categories] == [*ontology.types, ""]
    assert [one.attrib["label"] for one in categories[:-1]] == [kind.label for kind in ontology]
    for category, symbol in zip(categories[:-1], symbols, strict=False):
        look = style.family(ontology.family(category.attrib["value"]))
        first, struck = symbol.findall("layer")
        assert options(first)["name"] == {"bubble": "triangle"}.get(look.shape, look.shape)
        assert look.fill in dynamic(first)["fillColor"]
        assert "'happened'" in dynamic(first)["fillColor"]
        assert "'planned'" in dynamic(first)["outlineStyle"]
        assert dynamic(struck) == {"enabled": "\"status\" IN ('denied')"}


def every_type() -> Layer:
    layer = Layer("events", "Events", EVENTS)
    for kind in load():
        layer.add(Point(1, 1), row_id=kind.name, id=kind.name, type=kind.name, family=kind.family)
    return layer


def test_claims_are_hatched_and_never_filled() -> None:
    layer = Layer("claims", "Claims", CLAIMS)
    for number in range(10):
        layer.add(
            shapely.box(0, 0, 1, 1),
            row_id=str(number),
            claimant=f"C{number}",
            standing="disputed",
            proxy=number == 1,
        )
    text = qml(layer, style)
    assert text is not None
    root = parse(text)
    hatches = [options(one) for one in root.iter("layer") if one.attrib["class"] == "LinePatternFill"]
    outlines = root.findall("renderer-v2/symbols/symbol/layer[@class='SimpleLine']")

    assert [int(one["angle"]) for one in hatches[:8]] == list(style.HATCH_ANGLES)
    assert hatches[8]["angle"] == hatches[0]["angle"]
    assert not [one for one in root.iter("layer") if one.attrib["class"] == "SimpleFill"]
    assert {options(one)["line_style"] for one in outlines} == {"dash"}
    cases = dynamic(outlines[0])["outlineStyle"]
    assert "\"standing\"='disputed' AND coalesce(\"proxy\",false)=true THEN 'dot'" in cases
    assert "\"standing\"='recognised' AND coalesce(\"proxy\",false)=false THEN 'solid'" in cases


def test_regions_are_tinted_in_steps_without_gaps() -> None:
    text = qml(stage.layers()["regions"], style)
    assert text is not None
    bands = [
        (float(one.attrib["lower"]), float(one.attrib["upper"]), one.attrib["label"])
        for one in parse(text).iter("range")
    ]

    assert [low for low, _, _ in bands] == [0, *style.TINT_STEPS]
    assert all(after[0] == before[1] + 1 for before, after in pairwise(bands))
    assert bands[0][2] == "no events"
    assert bands[-1][2] == "12 or more"


def test_flows_end_in_an_arrowhead() -> None:
    text = qml(stage.layers()["flows"], style)
    assert text is not None
    line, head = parse(text).findall("renderer-v2/symbols/symbol/layer")

    assert "'planned'" in dynamic(line)["outlineStyle"]
    assert options(head)["placement"] == "lastvertex"
    assert options(head.find("symbol/layer"))["name"] == "filled_arrowhead"


def test_hostile_text_stays_text() -> None:
    layer = Layer("events", "Events", EVENTS)
    bad = "'<&\">]]>\x00\x1b\ufffe{{x}}"
    layer.add(Point(1, 1), row_id="a", type=bad, family=bad, status=bad)
    text = qml(layer, style)
    assert text is not None
    (first, _) = parse(text).iter("category")

    assert first.attrib["value"] == "'<&\">]]>{{x}}"
    assert "\x00" not in text


def test_what_is_not_drawn_has_no_style() -> None:
    assert qml(stage.layers()["unplaced"], style) is None
    assert qml(Layer("events", "Events", EVENTS), style) is None
    assert (
        qml(Layer("towns", "Towns", columns(("id", "str", "key")), [{"id": "a"}], [Point(0, 0)]), style)
        is None
    )
