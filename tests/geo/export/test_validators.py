"""Exports before validators and readers that are neither ours nor GDAL."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pyarrow.compute as pc
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles
from pyarrow.parquet import ParquetFile, read_table
from shapely import LineString, Point, Polygon, box, from_wkb

from geo.export import FORMATS, write
from geo.layers import Layer
from geo.layers.layer import columns
from tests.geo import stage
from tests.geo.export.test_write import odd, strict, validate

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LAYERS = ("events", "reports", "places", "regions", "claims", "flows", "unplaced")
COLUMNS = columns(("row_id", "str", "key"), ("text", "str", "words"))
SEEDS = Path(__file__).resolve().parents[3].parent / "shared" / "seeds"


def of(*geometries: BaseGeometry | None) -> Layer:
    layer = Layer("events", "Events", COLUMNS)
    for number, geometry in enumerate(geometries):
        layer.add(geometry, row_id=str(number), text=f"row {number}")
    return layer


def many(count: int) -> Layer:
    chance = random.Random(1)
    return of(*(Point(chance.uniform(-180, 180), chance.uniform(-90, 90)) for _ in range(count)))


SETS = {
    "antimeridian": lambda: of(
        box(170, -10, 190, 10),
        LineString([(140, 35), (-120, 35)]),
        Point(180, 0),
        Polygon([(175, 0), (175, 9), (188, 9), (188, 0)], [[(178, 2), (183, 2), (183, 5), (178, 5)]]),
    ),
    "polar": lambda: of(
        Point(0, 90),
        Point(-180, -90),
        box(-180, 80, 180, 90),
        Polygon([(-180, -90), (-180, -70), (180, -60), (180, -90)]),
    ),
    "empty": of,
    "without a geometry": lambda: of(None, None),
    "wound the wrong way": lambda: of(
        Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    ),
    "odd values": odd,
    "100,000": lambda: many(100_000),
}


def independent(collection: Any) -> dict[str, Any]:
    """What geojson-validator finds wrong, by its structure check and its check of geometries."""
    import geojson_validator

    found: dict[str, Any] = dict(geojson_validator.validate_structure(collection, check_crs=True))
    placed = [feature for feature in collection["features"] if feature["geometry"]]
    if placed:
        checked = geojson_validator.validate_geometries(dict(collection, features=placed))
        found |= {name: rows for name, rows in checked["invalid"].items() if rows}
        found |= {
            name: rows
            for name, rows in checked["problematic"].items()
            if rows and name in {"3d_coordinates", "excessive_coordinate_precision"}
        }
    return found


@pytest.mark.parametrize("name", SETS)
def test_geojson_is_rfc_7946(tmp_path: Path, name: str) -> None:
    write({"events": SETS[name]()}, tmp_path / "a.geojson")
    collection = strict((tmp_path / "a.geojson").read_text(encoding="utf-8"))

    assert validate(collection) == []
    if name == "100,000":
        collection["features"] = collection["features"][
            ::100
        ]  # the other validator takes minutes for all: done by hand
    assert independent(collection) == {}
    for feature in collection["features"]:
        for west, east in edges(feature["geometry"]):
            assert abs(west - east) <= 180 or name == "polar", "no edge goes around the world"


def edges(geometry: Any) -> list[tuple[float, float]]:
    if geometry is None or geometry["type"] == "Point":
        return []
    found: list[tuple[float, float]] = []

    def walk(part: Any) -> None:
        if isinstance(part[0][0], (int, float)):
            found.extend((a[0], b[0]) for a, b in pairwise(part))
        else:
            for inner in part:
                walk(inner)

    walk(geometry["coordinates"])
    return found


@pytest.mark.parametrize("name", LAYERS)
def test_geojson_of_every_layer(tmp_path: Path, name: str) -> None:
    write(stage.layers(), tmp_path / "a.geojson", layer=name)

    assert independent(json.loads((tmp_path / "a.geojson").read_text())) == {}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the reference documents are not here")
def test_geojson_of_the_seeds(tmp_path: Path) -> None:
    from geo.pipeline import make_layers, run
    from geo.types import Parsed

    layers = make_layers([item for item in run([SEEDS]) if isinstance(item, Parsed)])
    for name in LAYERS:
        write(layers, tmp_path / "a.geojson", layer=name)
        collection = strict((tmp_path / "a.geojson").read_text(encoding="utf-8"))
        assert validate(collection) == []
        assert independent(collection) == {}


def test_the_validators_can_fail() -> None:
    ring = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
    wrong = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "a",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        ],
    }
    assert validate(wrong) == ["ring of a is wound the wrong way"]
    assert "exterior_not_ccw" in independent(wrong)
    wrong["features"][0]["geometry"]["coordinates"] = [ring[:3]]  # type: ignore[index]
    assert independent(wrong) != {}


@pytest.mark.parametrize("layer", ["events", "claims", "flows"])
def test_geoparquet_says_what_it_covers(tmp_path: Path, layer: str) -> None:
    path = tmp_path / "a.parquet"
    write(stage.layers(), path, layer=layer)
    file = ParquetFile(path)
    geo = json.loads(file.schema_arrow.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    table = read_table(path)

    assert (geo["version"], column["encoding"], column.get("crs", "OGC:CRS84")) == (
        "1.1.0",
        "WKB",
        "OGC:CRS84",
    )
    cover = column["covering"]["bbox"]
    assert cover == {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}
    kinds = set()
    for wkb, bbox in zip(table["geometry"].to_pylist(), table["bbox"].to_pylist(), strict=True):
        geometry = from_wkb(wkb)
        if geometry is None:
            assert bbox is None
            continue
        kinds.add(geometry.geom_type)
        assert tuple(bbox[side] for side in cover) == geometry.bounds
    assert kinds == set(column["geometry_types"])
    names = [file.metadata.row_group(0).column(i).path_in_schema for i in range(file.metadata.num_columns)]
    statistics = file.metadata.row_group(0).column(names.index("bbox.xmin")).statistics
    assert statistics.min == pc.min(pc.struct_field(table["bbox"], "xmin")).as_py() == column["bbox"][0]


KML = "{http://www.opengis.net/kml/2.2}"
ORDER = [
    "name", "visibility", "open", "author", "link", "address", "phoneNumber", "Snippet", "snippet", "description",
    "LookAt", "Camera", "TimeStamp", "TimeSpan", "styleUrl", "Style", "StyleMap", "Region", "Metadata", "ExtendedData",
    "Schema", "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Document", "Folder", "Placemark",
]  # fmt: skip
"""Order of children that the schema of KML 2.2 (OGC 07-147r2) prescribes, as far as it concerns us."""


def test_kml_keeps_the_order_and_names_of_its_schema(tmp_path: Path) -> None:
    write(stage.layers(), tmp_path / "a.kml")
    root = ElementTree.parse(tmp_path / "a.kml").getroot()  # noqa: S314

    assert root.tag == f"{KML}kml"
    seen: dict[str, list[str]] = {}
    for parent in root.iter():
        name = parent.tag.removeprefix(KML)
        children = [child.tag.removeprefix(KML) for child in parent]
        if name in {"Document", "Folder", "Placemark"}:
            places = [ORDER.index(child) for child in children]
            assert places == sorted(places), children
        if name == "Schema":
            seen[parent.attrib["id"]] = [field.attrib["name"] for field in parent]
            assert {field.attrib["type"] for field in parent} <= {"string", "int", "float", "double", "bool"}
        if name == "SchemaData":
            assert {field.attrib["name"] for field in parent} <= set(
                seen[parent.attrib["schemaUrl"].removeprefix("#")]
            )
        if name == "coordinates":
            for position in str(parent.text).split():
                lon, lat, *_ = (float(part) for part in position.split(","))
                assert abs(lon) <= 180
                assert abs(lat) <= 90
    ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))


def test_tiles_by_their_own_reader(tmp_path: Path) -> None:
    write(stage.layers(), tmp_path / "a.pmtiles")
    with (tmp_path / "a.pmtiles").open("rb") as stream:
        source = MmapSource(stream)
        reader = Reader(source)
        header, metadata = reader.header(), reader.metadata()
        zooms = {zxy[0] for zxy, _ in all_tiles(source)}
        west, east = header["min_lon_e7"] / 1e7, header["max_lon_e7"] / 1e7

    assert (header["min_zoom"], header["max_zoom"]) == (0, 8)
    assert zooms == set(range(9))
    assert [layer["id"] for layer in metadata["vector_layers"]] == [
        *("events", "places", "regions", "flows", "claims")
    ]
    assert {"type", "place_name", "evidence"} <= set(metadata["vector_layers"][0]["fields"])
    assert west <= 4
    assert east >= 6


TYPES = {"str": "text", "int": "number", "float": "number", "bool": "bool", "date": "date"}
KNOWN = {
    "gpkg": {
        "object": "text",
        "int64": "number",
        "float64": "number",
        "bool": "bool",
        "datetime64[D]": "date",
    },
    "fgb": {
        "object": "text",
        "int64": "number",
        "float64": "number",
        "bool": "bool",
        "datetime64[ms]": "date",
    },
}


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet", "csv", "geojson", "kml"])
def test_columns_and_types_are_those_of_the_page(tmp_path: Path, form: str, name: str) -> None:
    """The table in docs/formats.md is made from the columns; here the files are held against it."""
    import pyogrio

    page = (Path(__file__).resolve().parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    part = page.split(f"\n### {name}\n")[1].split("\n### ")[0].split("<!-- end")[0]
    listed = dict(
        line.split(" | ")[:2]
        for line in part.replace("| `", "").replace("`", "").splitlines()
        if line.count(" | ") == 2
    )
    listed = {key: kind for key, kind in listed.items() if kind in TYPES}
    path = tmp_path / f"a{FORMATS[form].suffixes[0]}"
    write(stage.layers(), path, layer=name)

    if form == "parquet":
        schema = read_table(path).schema
        kinds = {
            "string": "text",
            "int64": "number",
            "double": "number",
            "bool": "bool",
            "date32[day]": "date",
        }
        found = {
            field.name: kinds[str(field.type)] for field in schema if field.name not in {"geometry", "bbox"}
        }
    elif form == "csv":
        header = path.read_text(encoding="utf-8").split("\n")[0].split(",")
        found = {
            key: TYPES[listed.get(key, "str")]
            for key in header
            if key not in {"wkt", *({"lon", "lat"} - set(listed))}
        }
    elif form == "geojson":
        features = json.loads(path.read_text())["features"]
        found = {key: TYPES[listed[key]] for key in features[0]["properties"]}
        for feature in features:
            for key, value in feature["properties"].items():
                python = {"str": str, "int": int, "float": (int, float), "bool": bool, "date": str}[
                    listed[key]
                ]
                assert value is None or isinstance(value, python), key
    else:
        info = pyogrio.read_info(path, layer=name)
        kinds = KNOWN.get(form, {})
        found = {
            key: kinds.get(str(kind), TYPES[listed.get(key, "str")] if form == "kml" else str(kind))
            for key, kind in zip(info["fields"], info["dtypes"], strict=True)
        }
        if form == "kml":  # the format adds its own names
            found = {key: kind for key, kind in found.items() if key in listed}
    missing = {
        "kml": {"end", "name", "type", "evidence", "territory", "what", "text", "status", "reasons", "legend"}
    }.get(form, set())
    assert found == {key: TYPES[kind] for key, kind in listed.items() if key in found or key not in missing}
