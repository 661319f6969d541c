"""GeoJSON and GeoPackage: points, outlines of units, coordinate systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas
import pytest
import shapely

from gazetteer import SourceError
from tests.gazetteer.own.helpers import box, geojson, layered, made

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer


def test_points_become_places(gaz: Gazetteer, tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.geojson",
        (
            {"type": "Point", "coordinates": [33.5, 46.5]},
            {"name": "Camp Vostok 7", "id": 7, "population": 40},
        ),
        (
            {"type": "LineString", "coordinates": [[33, 46], [35, 46]]},
            {"name": "Dry Canal Line", "kind": "river"},
        ),
        (None, {"name": "Nowhere"}),
        ({"type": "Point", "coordinates": [3300000, 46]}, {"name": "Metres"}),
    )
    built = made(gaz, tmp_path, path, constants={"country": "UA"})
    own = layered(built)

    camp = own.get("own:7")
    assert (camp.name, camp.lon, camp.lat, camp.kind, camp.country) == (
        "Camp Vostok 7",
        33.5,
        46.5,
        "village",
        "UA",
    )
    (canal,) = own.search("Dry Canal Line")
    assert (canal.place.lon, canal.place.lat) == (34, 46)
    assert built.rejects is not None
    assert [line.split(": ", 2)[1:] for line in built.rejects.read_text(encoding="utf-8").splitlines()] == [
        ["feature 3", "there is no geometry"],
        [
            "feature 4",
            "coordinates beyond the globe (3.3e+06 46 3.3e+06 46); is the coordinate system stated?",
        ],
    ]


def test_cod_boundaries_take_the_place_of_ours(gaz: Gazetteer, tmp_path: Path) -> None:
    """OCHA's fields; the unit keeps the id that all places in it refer to."""
    common = {"ADM0_EN": "Ukraine", "ADM0_PCODE": "UA"}
    units = geojson(
        tmp_path / "adm1.geojson",
        (
            box(32, 46, 34, 47),
            {**common, "ADM1_EN": "Khersonska", "ADM1_UA": "Херсонська", "ADM1_PCODE": "UA65"},
        ),
        (box(60, 10, 61, 11), {**common, "ADM1_EN": "Newland", "ADM1_PCODE": "UA99"}),
    )
    districts = geojson(
        tmp_path / "adm2.geojson",
        (
            box(32, 46, 33, 47),
            {**common, "ADM1_EN": "Khersonska", "ADM2_EN": "Prykladskyi", "ADM2_PCODE": "UA6599"},
        ),
    )
    own = layered(made(gaz, tmp_path, units, districts, fields={}))

    unit = own.get("iso:UA-65")
    assert (unit.name, unit.kind, unit.country, unit.admin1) == ("Khersonska", "admin1", "UA", "UA-65")
    assert own.region("iso:UA-65").equals(shapely.box(32, 46, 34, 47))
    assert {c.place.id for c in own.search("Херсонська")} >= {"iso:UA-65"}
    assert [c.place.id for c in own.search("UA65")] == ["iso:UA-65"]
    inside = own.within(33.0, 46.5)
    assert (inside.country, inside.admin1, inside.method) == ("UA", "UA-65", "inside")
    assert own.get("pcode:UA99").admin1 == "UA99"
    assert own.within(60.5, 10.5).admin1 == "UA99"
    district = own.get("pcode:UA6599")
    assert (district.kind, district.admin1) == ("admin2", "UA-65")
    assert "pcode:UA99" in own.regions("UA")
    assert "pcode:UA99" in {place.id for place in own.children("iso:UA")}


def test_geoboundaries(gaz: Gazetteer, tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "geoBoundaries-UKR-ADM1.geojson",
        (
            box(32, 46, 34, 47),
            {
                "shapeName": "Kherson Oblast",
                "shapeISO": "UA-65",
                "shapeID": "1B",
                "shapeGroup": "UKR",
                "shapeType": "ADM1",
            },
        ),
        (
            box(32, 46, 33, 47),
            {
                "shapeName": "Some Raion",
                "shapeISO": "",
                "shapeID": "2B",
                "shapeGroup": "UKR",
                "shapeType": "ADM2",
            },
        ),
    )
    own = layered(made(gaz, tmp_path, path))

    assert own.region("iso:UA-65").equals(shapely.box(32, 46, 34, 47))
    assert own.get("geoboundaries:2B").kind == "admin2"


@pytest.mark.parametrize("suffix", ["gpkg", "shp"])
def test_coordinate_systems_are_transformed(gaz: Gazetteer, tmp_path: Path, suffix: str) -> None:
    frame = geopandas.GeoDataFrame(
        {"name": ["Zone Alpha Nine", "Zone Beta Nine"]},
        geometry=[shapely.box(30, 50, 31, 51), shapely.box(31, 50, 32, 51)],
        crs=4326,
    )
    path = tmp_path / f"a.{suffix}"
    frame.to_crs(3857).to_file(path)
    own = layered(made(gaz, tmp_path, path))

    (found,) = own.search("Zone Alpha Nine")
    assert found.place.kind == "region"
    area = own.region(found.place.id)
    assert area is not None
    assert area.bounds == pytest.approx((30, 50, 31, 51), abs=1e-4)


def test_all_layers_of_a_package_are_read(gaz: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    for number, name in enumerate(("one", "two")):
        frame = geopandas.GeoDataFrame(
            {"name": [f"Layer Place {name}"]}, geometry=[shapely.Point(number, 5)], crs=4326
        )
        frame.to_file(path, layer=name)

    assert made(gaz, tmp_path, path).manifest["places"] == 2


def test_the_name_must_be_found(gaz: Gazetteer, tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.geojson", ({"type": "Point", "coordinates": [1, 2]}, {"nom": "Ici", "kind": "village"})
    )
    with pytest.raises(SourceError, match="no property is the name; it has nom, kind; --field name=PROPERTY"):
        made(gaz, tmp_path, path)
    assert made(gaz, tmp_path, path, fields={"name": "nom"}).manifest["places"] == 1


def test_what_gdal_cannot_read(gaz: Gazetteer, tmp_path: Path) -> None:
    for name, data in (
        ("a.gpkg", b"no package"),
        ("b.geojson", b'{"type": "FeatureCollection", "features": ['),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SourceError, match=f"{name}: cannot be read"):
            made(gaz, tmp_path, tmp_path / name)
