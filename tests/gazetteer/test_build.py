"""Merging of rows from several sources, without building the world."""

from types import SimpleNamespace

import pytest
from shapely.geometry import box

from gazetteer.build import Rows, county_rows, unit_rows
from gazetteer.sources.rows import Row
from gazetteer.types import NameUse


def town(place_id="geonames:1", name="Alpha", **values):
    defaults = {"kind": "town", "country": "UA", "admin1": None, "lon": 30.0, "lat": 50.0}
    return Row(id=place_id, name=name, **(defaults | values))


def settled(rows, units=(), geometries=None):
    rows.settle(SimpleNamespace(units=list(units), geometries=geometries or {}))
    return {row.id: row for row in rows.finish()}


def test_a_later_row_wins_and_keeps_the_names_of_both():
    rows = Rows()
    rows.add([town(name="Old", population=7, names=[("Older", NameUse.ALTERNATE)])])
    rows.add([town(name="New", lon=31.0)])
    (row,) = rows.finish()
    assert (row.name, row.lon, row.population) == ("New", 31.0, 7)
    assert {name for name, _ in row.names} == {"Old", "Older"}


def test_rows_without_a_point_are_left_out():
    rows = Rows()
    rows.add([town(lon=0.0, lat=0.0)])
    assert rows.finish() == []


def test_units_get_people_points_and_towns_their_code():
    unit = SimpleNamespace(
        gn_id=706442,
        id="iso:UA-65",
        iso="UA-65",
        geonames_code="UA.08",
        country="UA",
        name="Cherson",
        names=[],
        lon=0.0,
        lat=0.0,
    )
    rows = Rows()
    rows.add(unit_rows([unit], {"UA.08": "Kherson"}))
    rows.add([town(population=9, geonames_admin1="UA.08")])
    by_id = settled(rows, [unit], {"iso:UA-65": box(30, 50, 32, 52)})
    assert by_id["geonames:1"].admin1 == "UA-65"
    area = by_id["iso:UA-65"]
    assert (area.name, area.population) == ("Cherson", 9)
    assert (area.lon, area.lat) == pytest.approx((31, 51))
    assert area.precision_km == pytest.approx(111, abs=1)
    assert ("Kherson", NameUse.ALTERNATE) in area.names


def test_short_capitals_of_areas_match_only_as_written():
    rows = Rows()
    rows.add([town("iso:US", "United States", kind="country", names=[("USA", NameUse.ALTERNATE)])])
    (row,) = rows.finish()
    assert row.names == [("USA", NameUse.ABBREVIATION)]


def test_second_level_units_stand_at_the_mean_of_their_towns():
    towns = [
        town("geonames:1", admin2="Raion", geonames_admin1="UA.08", lon=30.0, population=1),
        town("geonames:2", admin2="Raion", geonames_admin1="UA.08", lon=31.0, population=2),
        town("geonames:3", admin2=None, geonames_admin1="UA.08"),
    ]
    (county,) = county_rows(towns)
    assert (county.id, county.kind, county.lon, county.population) == ("a2:UA.08:raion", "admin2", 30.5, 3)


def test_facts_about_unknown_places_are_said_not_swallowed(monkeypatch):
    from gazetteer.sources import curated

    monkeypatch.setattr(curated, "preferred", lambda: {"geonames:404": "Nowhere"})
    said = []
    Rows().add_curated(said.append)
    assert any("geonames:404" in line for line in said)
