"""Files are read back by other readers than the ones that wrote them."""

from __future__ import annotations

import csv
import json
import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest
import shapely
from shapely import LineString, Point

from geo.errors import OptionError, OutputError
from geo.export import FORMATS, feature_collection, format_of, write
from geo.layers import Layer
from geo.layers.layer import columns
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

ODD = columns(
    ("row_id", "str", "key"),
    ("text", "str", "anything"),
    ("count", "int", "with a gap"),
    ("share", "float", "with what JSON cannot hold"),
    ("sure", "bool", "with a gap"),
    ("day", "date", "with a gap"),
)


def odd() -> Layer:
    """A layer of what breaks writers: other scripts, gaps, infinities, no geometry."""
    layer = Layer("events", "Odd", ODD)
    layer.add(
        Point(1 / 3, 2 / 3),
        row_id="a",
        text='=1+1 "Київ", <b>\n{{x}}',
        count=1,
        share=0.5,
        sure=True,
        day="1812-09-07",
    )
    layer.add(None, row_id="b", text=None, count=None, share=float("inf"), sure=None, day=None)
    layer.add(
        Point(-180, 90),
        row_id="c",
        text="'; DROP TABLE events; --",
        count=2**40,
        share=-0.0,
        sure=False,
        day="2022-02-28",
    )
    return layer


def validate(collection: Any) -> list[str]:
    """A small validator of RFC 7946: what it finds wrong."""
    wrong = []
    if collection.get("type") != "FeatureCollection":
        wrong.append("no FeatureCollection")
    if "crs" in collection:
        wrong.append("crs was removed")
    ids = [feature.get("id") for feature in collection["features"]]
    if len(set(ids)) != len(ids) or not all(isinstance(one, str) for one in ids):
        wrong.append("ids must be different strings")
    for feature in collection["features"]:
        if feature.keys() != {"type", "id", "geometry", "properties"}:
            wrong.append(f"members of {feature.get('id')}")
        geometry = feature["geometry"]
        if geometry is None:
            continue
        if geometry.keys() != {"type", "coordinates"}:
            wrong.append(f"members of the geometry of {feature['id']}")
        wrong += [f"position {p}" for p in positions(geometry["coordinates"]) if not sound(p)]
        if geometry["type"].endswith("Polygon"):
            polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
            for polygon in polygons:
                for number, ring in enumerate(polygon):
                    if len(ring) < 4 or ring[0] != ring[-1]:
                        wrong.append(f"ring of {feature['id']} is not closed")
                    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
                    if (area > 0) != (number == 0):
                        wrong.append(f"ring of {feature['id']} is wound the wrong way")
    return wrong


def positions(coordinates: Any) -> list[Any]:
    if isinstance(coordinates[0], (int, float)):
        return [coordinates]
    return [position for part in coordinates for position in positions(part)]


def sound(position: Any) -> bool:
    return (
        len(position) == 2
        and abs(position[0]) <= 180
        and abs(position[1]) <= 90
        and all(round(x, 6) == x for x in position)
    )


def strict(text: str) -> Any:
    """Parse JSON without what only Python allows."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("name", ["events", "reports", "places", "regions", "claims", "flows", "unplaced"])
def test_geojson_of_every_layer_is_valid(tmp_path: Path, name: str) -> None:
    layers = stage.layers()
    path = tmp_path / "a.geojson"
    assert write(layers, path, layer=name, metadata={"attribution": "A", "crs": "x"}) == [name]
    text = path.read_text(encoding="utf-8")
    collection = strict(text)

    assert validate(collection) == []
    assert collection["attribution"] == "A"
    assert len(collection["features"]) == len(layers[name])
    assert collection == json.loads(json.dumps(feature_collection(layers[name], {"attribution": "A"})))
    for feature, row in zip(collection["features"], layers[name].rows, strict=True):
        assert feature["properties"] == row
    assert pyogrio.read_info(path)["features"] == len(layers[name])


def test_what_could_not_be_placed_has_no_geometry(tmp_path: Path) -> None:
    write(stage.layers(), tmp_path / "a.geojson")
    features = json.loads((tmp_path / "a.geojson").read_text())["features"]

    assert [f["geometry"] is None for f in features if f["properties"]["place_id"] is None] == [True]
    assert all(f["geometry"] for f in features if f["properties"]["place_id"])


def test_odd_values_in_geojson(tmp_path: Path) -> None:
    write({"events": odd()}, tmp_path / "a.geojson")
    collection = strict((tmp_path / "a.geojson").read_text(encoding="utf-8"))

    assert validate(collection) == []
    assert collection["bbox"] == [-180, 0.666667, 0.333333, 90]
    assert [f["properties"]["share"] for f in collection["features"]] == [0.5, None, 0]
    assert collection["features"][0]["properties"]["text"] == odd().rows[0]["text"]


def test_an_empty_layer(tmp_path: Path) -> None:
    empty = Layer("events", "None", ODD)
    for name, form in FORMATS.items():
        if form.only:
            continue
        path = tmp_path / f"a{form.suffixes[0]}"
        if name == "pmtiles":
            with pytest.raises(OutputError, match=r"a\.pmtiles: no row of layer events has a geometry"):
                write({"events": empty}, path)
            continue
        write({"events": empty}, path)
        assert path.stat().st_size > 0, name

    assert json.loads((tmp_path / "a.geojson").read_text())["features"] == []
    assert "bbox" not in json.loads((tmp_path / "a.geojson").read_text())


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".geojson"])
def test_gdal_reads_the_same_rows(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write({"events": odd()}, path)
    info = pyogrio.read_info(path, layer="events")
    frame = pyogrio.read_dataframe(path, layer="events").set_index("row_id")
    found = frame.astype(object).where(frame.notna(), None).to_dict("index")

    assert info["crs"] == "EPSG:4326"
    assert info["geometry_type"] == "Point"
    assert set(found) == {"a", "b", "c"}
    assert found["a"]["text"] == odd().rows[0]["text"]
    assert [found[key]["count"] for key in "abc"] == [1, None, 2**40]
    assert [found[key]["share"] for key in "abc"] == [0.5, None, 0]
    assert [str(found[key]["day"])[:10] for key in "abc"] == ["1812-09-07", "None", "2022-02-28"]
    assert found["b"]["geometry"] is None
    assert found["a"]["geometry"].distance(Point(1 / 3, 2 / 3)) < 1e-6


def test_geopackage_holds_all_layers(tmp_path: Path) -> None:
    layers = stage.layers()
    path = tmp_path / "a.gpkg"
    assert write(layers, path, metadata={"attribution": "Invented data"}) == list(layers)
    listed = dict(pyogrio.list_layers(path).tolist())

    assert list(listed) == list(layers)
    assert listed["events"] == "Point"
    assert listed["claims"] == "MultiPolygon"
    for name, layer in layers.items():
        info = pyogrio.read_info(path, layer=name)
        assert info["features"] == len(layer)
        assert list(info["fields"]) == [column.name for column in layer.columns]
    assert info["layer_metadata"]["attribution"] == "Invented data"
    with sqlite3.connect(path) as database:
        (check,) = database.execute("pragma integrity_check").fetchone()
    database.close()
    assert check == "ok"


@pytest.mark.parametrize(
    "suffix", [".gpkg", ".geojson", ".csv", ".parquet", ".fgb", ".kml", ".kmz", ".pmtiles"]
)
def test_same_input_same_bytes(tmp_path: Path, suffix: str) -> None:
    one, other = tmp_path / "one" / f"a{suffix}", tmp_path / "other" / f"a{suffix}"
    write(stage.layers(), one)
    write(stage.layers(), other)

    assert one.read_bytes() == other.read_bytes()


def test_geopandas_reads_the_parquet(tmp_path: Path) -> None:
    import geopandas
    from pyarrow.parquet import ParquetFile

    path = tmp_path / "a.parquet"
    write({"events": odd()}, path)
    frame = geopandas.read_parquet(path)
    meta = json.loads(ParquetFile(path).schema_arrow.metadata[b"geo"])

    assert frame.crs == "OGC:CRS84"
    assert list(frame["row_id"]) == ["a", "b", "c"]
    assert frame.geometry.isna().tolist() == [False, True, False]
    assert meta["version"] == "1.1.0"
    assert meta["columns"]["geometry"]["geometry_types"] == ["Point"]
    assert len(geopandas.read_parquet(path, bbox=(0, 0, 1, 1))) == 1


def test_csv_has_coordinates_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write({"events": odd()}, path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert list(rows[0])[-3:] == ["lon", "lat", "wkt"]
    assert rows[0]["text"] == "'" + str(odd().rows[0]["text"])
    assert (rows[0]["lon"], rows[0]["lat"], rows[0]["wkt"]) == (
        "0.333333",
        "0.666667",
        "POINT (0.333333 0.666667)",
    )
    assert (rows[1]["lon"], rows[1]["wkt"], rows[1]["share"], rows[1]["sure"]) == ("", "", "", "")
    write(stage.layers(), path)
    with path.open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream)).keys() == {*stage.layers()["events"].rows[0], "wkt"}


def test_kml_is_well_formed_and_named(tmp_path: Path) -> None:
    from xml.etree import ElementTree

    path = tmp_path / "a.kml"
    write(stage.layers(), path)
    spaces = {"k": "http://www.opengis.net/kml/2.2"}
    tree = ElementTree.parse(path)  # noqa: S314  (our own file)
    names = [node.text for node in tree.findall(".//k:Placemark/k:name", spaces)]

    assert "shelling" in names
    assert len(tree.findall(".//k:Document/k:Document", spaces) or tree.findall(".//k:Folder", spaces)) >= 5


def test_kmz_is_the_kml_zipped(tmp_path: Path) -> None:
    from zipfile import ZipFile

    write(stage.layers(), tmp_path / "a.kml")
    write(stage.layers(), tmp_path / "a.kmz")
    with ZipFile(tmp_path / "a.kmz") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml") == (tmp_path / "a.kml").read_bytes()

    assert len(pyogrio.read_dataframe(tmp_path / "a.kmz", layer="places")) == len(stage.layers()["places"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kml", "a.kmz"]


def test_tiles_hold_the_rows_that_have_a_geometry(tmp_path: Path) -> None:
    path = tmp_path / "a.pmtiles"
    write({"events": odd()}, path)
    frame = pyogrio.read_dataframe(path)

    assert set(frame["row_id"]) <= {"a", "c"}
    assert "a" in set(frame["row_id"])
    assert path.read_bytes().startswith(b"PMTiles")


def test_an_old_file_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.gpkg"
    path.write_text("old")

    def fail(*_: Any, **__: Any) -> None:
        raise pyogrio.errors.DataSourceError("disk full")

    monkeypatch.setattr(pyogrio, "write_arrow", fail)
    with pytest.raises(OutputError, match="GDAL cannot write layer events"):
        write(stage.layers(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_formats_and_layers_are_checked(tmp_path: Path) -> None:
    layers = stage.layers()

    assert format_of("A.GEOJSON").name == "geojson"
    assert format_of("a.csv", "gpkg").name == "gpkg"
    assert format_of("A.LPF.JSON").name == "lpf"
    assert format_of("lpf.json").name == "geojson"
    with pytest.raises(OptionError, match="lpf holds places only"):
        write(layers, tmp_path / "a.lpf.json", layer="events")
    with pytest.raises(OptionError, match="there is no layer 'places'"):
        write({"events": layers["events"]}, tmp_path / "a.lpf.json")
    with pytest.raises(OptionError, match=r"the suffix tells no format; use one of \.geojson"):
        format_of("a.shp")
    with pytest.raises(OptionError, match="there is no format 'shp'"):
        format_of("a", "shp")
    with pytest.raises(OptionError, match="there is no layer 'towns'; choose from events"):
        write(layers, tmp_path / "a.csv", layer="towns")
    with pytest.raises(OptionError, match="csv holds one layer"):
        write(layers, tmp_path / "a.csv", layer=["events", "places"])
    assert write(layers, tmp_path / "a.gpkg", layer=["places", "events"]) == ["places", "events"]
    assert write(layers, tmp_path / "a.data", format="csv") == ["events"]


def test_mixed_geometries(tmp_path: Path) -> None:
    layer = Layer("events", "Mixed", columns(("row_id", "str", "key")))
    for number, geometry in enumerate(
        [Point(1, 1), LineString([(170, 0), (-170, 0)]), shapely.box(0, 0, 1, 1)]
    ):
        layer.add(geometry, row_id=str(number))
    for form in (form for form in FORMATS.values() if not form.only):
        write({"events": layer}, tmp_path / f"a{form.suffixes[0]}")

    assert pyogrio.read_info(tmp_path / "a.gpkg")["features"] == 3
    assert validate(json.loads((tmp_path / "a.geojson").read_text())) == []
