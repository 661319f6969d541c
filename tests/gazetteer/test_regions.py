"""Where a point lies, and what is drawn beneath a map, on the compiled gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pycountry
import pytest
import shapely
from shapely import box

from gazetteer import arcs
from gazetteer.regions import Regions
from gazetteer.types import Located

if TYPE_CHECKING:
    from gazetteer import Gazetteer

COUNTRIES = sorted(f"iso:{country.alpha_2}" for country in pycountry.countries)

DISPUTED = [
    (35.77, 33.20, "SY"),  # Golan Heights
    (-13.2, 27.15, "EH"),  # Western Sahara
    (-15.0, 23.5, "EH"),
    (33.32, 35.33, "CY"),  # Northern Cyprus
    (44.06, 9.56, "SO"),  # Somaliland
    (34.1, 44.95, "UA"),  # Crimea
    (33.55, 44.6, "UA"),  # Sevastopol
    (37.8, 48.0, "UA"),  # Donetsk
    (35.235, 31.78, "PS"),  # East Jerusalem
    (34.4, 31.45, "PS"),  # Gaza
    (21.16, 42.66, "XK"),  # Kosovo
    (121.0, 24.0, "TW"),
    (41.0, 43.0, "GE"),  # Abkhazia
    (29.6, 46.84, "MD"),  # Transnistria
    (46.75, 39.82, "AZ"),  # Nagorno-Karabakh
    (-59.0, 6.0, "GY"),  # Essequibo
    (35.645, 33.235, "IL"),  # Dan, west of the Golan line
    (35.6388, 32.783, "IL"),  # Ein Gev, on the lake's eastern shore
    (-11.0, 28.3, "MA"),  # north of the parallel
]


@pytest.fixture(scope="module")
def two() -> Regions:
    """Two units of a country, a rest, and a sea between them and an island beyond 180 degrees."""
    base = {
        "iso:AA-1": box(10, 10, 11, 11),
        "iso:AA-2": box(11, 10, 12, 11),
        "rest:BB": box(179, 0, 180, 1),
        "none:x": box(-170, 0, -169, 1),
    }
    country = {"iso:AA": box(10, 10, 12, 11), "iso:BB": box(179, 0, 180, 1)}
    sections = arcs.encode({**base, **country, "land:0": shapely.union_all(list(base.values()))})
    units = [("iso:AA-1", "AA", "AA.01"), ("iso:AA-2", "AA", "AA.02"), ("iso:AA-3", "AA", "AA.03")]
    return Regions(
        {key: memoryview(value) for key, value in sections.items()}, units, lambda key: key.lower()
    )


def test_inside_near_and_nowhere(two: Regions) -> None:
    assert two.within(10.5, 10.5) == Located("AA", "AA-1", "inside")
    assert two.within(12.03, 10.5) == Located("AA", "AA-2", "nearest")
    assert two.within(12.06, 10.5) == Located(None, None, "none")
    assert two.within(179.5, 0.5) == Located("BB", None, "inside")
    assert two.within(-169.5, 0.5) == Located(None, None, "inside")
    assert two.within(float("nan"), 0.5) == Located(None, None, "none")
    assert two.within(370.5, 10.5) == two.within(10.5, 10.5)


def test_the_nearest_is_nearest_in_kilometres(two: Regions) -> None:
    assert two.within(11.0, 11.02).method == "nearest"
    assert two.within(10.9, 11.02) == Located("AA", "AA-1", "nearest")


def test_arrays_give_lists_in_order(two: Regions) -> None:
    found = two.within([10.5, 0.0, 11.5], [10.5, 0.0, 10.5])
    assert found == [two.within(10.5, 10.5), Located(None, None, "none"), two.within(11.5, 10.5)]
    assert two.within(np.zeros(0), np.zeros(0)) == []
    many = two.within(np.full(3000, 12.03), np.full(3000, 10.5))
    assert set(many) == {Located("AA", "AA-2", "nearest")}


def test_units_and_geometry(two: Regions) -> None:
    assert two.units() == ["iso:AA-1", "iso:AA-2"]
    assert two.units("BB") == []
    assert two.geometry("iso:AA-3") is None
    assert two.geometry("iso:AA").area == pytest.approx(2.0)


def test_basemap_is_clipped_and_named(two: Regions) -> None:
    found = two.basemap((10.5, 10.2, 11.5, 10.8), 0.0)
    assert [(code, name) for code, name, _ in found.countries] == [("AA", "iso:aa")]
    assert [key for key, _, _ in found.admin1] == ["iso:AA-1", "iso:AA-2"]
    assert found.land.bounds == pytest.approx((10.5, 10.2, 11.5, 10.8))
    assert shapely.coverage_is_valid([geometry for _, _, geometry in found.admin1])


@pytest.mark.parametrize("bbox", [(178, -5, -165, 5), (178, -5, 195, 5)])
def test_basemap_goes_on_beyond_the_antimeridian(two: Regions, bbox: tuple[float, ...]) -> None:
    assert two.basemap(bbox, 0.0).land.bounds == pytest.approx((179, 0, 191, 1))


def test_basemap_of_the_open_sea_is_empty(two: Regions) -> None:
    found = two.basemap((-60, -60, -50, -50), 0.1)
    assert found.land.is_empty
    assert found.countries == found.admin1 == found.lakes == found.rivers == []


# -- the compiled gazetteer -----------------------------------------------------------------------------


@pytest.mark.parametrize(("lon", "lat", "country"), DISPUTED)
def test_disputed_places_under_the_default_viewpoint(
    gaz: Gazetteer, lon: float, lat: float, country: str
) -> None:
    assert gaz.outlines.within(lon, lat).country == country


def test_one_point_and_many_agree(gaz: Gazetteer) -> None:
    lon, lat = np.array([row[:2] for row in DISPUTED] * 150).T
    many = gaz.outlines.within(lon, lat)
    assert many[: len(DISPUTED)] == [gaz.outlines.within(*row[:2]) for row in DISPUTED]


def test_a_town_on_a_generalised_coast_is_near(gaz: Gazetteer) -> None:
    assert gaz.outlines.within(32.6167, 46.6355) == Located("UA", "UA-65", "nearest")  # Kherson
    assert gaz.outlines.within(31.5, 45.5).method == "none"  # Black Sea
    assert gaz.outlines.within(0.0, 0.0).method == "none"  # Null Island


def test_a_point_of_a_unit_is_in_the_unit(gaz: Gazetteer) -> None:
    regions = gaz.outlines
    keys = regions.units()
    points = [regions.geometry(key).representative_point() for key in keys]
    found = regions.within([p.x for p in points], [p.y for p in points])
    wrong = [key for key, here in zip(keys, found, strict=True) if here.admin1 != key.partition(":")[2]]
    assert wrong == []


def test_a_point_of_a_country_is_in_the_country(gaz: Gazetteer) -> None:
    countries = [place.id for place in map(gaz.get, COUNTRIES) if gaz.region(place.id) is not None]
    shapes = [gaz.region(key) for key in countries]
    points = [shape.representative_point() for shape in shapes if shape is not None]
    found = gaz.within([p.x for p in points], [p.y for p in points])
    assert isinstance(found, list)
    assert len(countries) > 240
    assert [f"iso:{here.country}" for here in found] == countries


CENTRES = {
    "UA-05": "Vinnytsia", "UA-07": "Lutsk", "UA-09": "Luhansk", "UA-12": "Dnipro", "UA-14": "Donetsk",
    "UA-18": "Zhytomyr", "UA-21": "Uzhhorod", "UA-23": "Zaporizhzhia", "UA-26": "Ivano-Frankivsk", "UA-30": "Kyiv",
    "UA-35": "Kropyvnytskyi", "UA-40": "Sevastopol", "UA-43": "Simferopol", "UA-46": "Lviv", "UA-48": "Mykolaiv",
    "UA-51": "Odesa", "UA-53": "Poltava", "UA-56": "Rivne", "UA-59": "Sumy", "UA-61": "Ternopil", "UA-63": "Kharkiv",
    "UA-65": "Kherson", "UA-68": "Khmelnytskyi", "UA-71": "Cherkasy", "UA-74": "Chernihiv", "UA-77": "Chernivtsi",
}  # fmt: skip


@pytest.mark.parametrize(("unit", "name"), CENTRES.items())
def test_every_centre_of_an_oblast_lies_in_it(gaz: Gazetteer, unit: str, name: str) -> None:
    towns = (c.place for c in gaz.search(name, country="UA") if c.place.kind in ("city", "town"))
    town = next(towns)
    here = gaz.within(town.lon, town.lat)
    assert isinstance(here, Located)
    assert (here.country, here.admin1, town.admin1) == ("UA", unit, unit)


@pytest.mark.parametrize(("bbox", "tolerance"), [((20, 42, 46, 56), 0.01), ((-180, -90, 180, 90), 0.2)])
def test_basemap_shapes_are_valid_and_fit(
    gaz: Gazetteer, bbox: tuple[float, float, float, float], tolerance: float
) -> None:
    found = gaz.outlines.basemap(bbox, tolerance)
    units = [geometry for _, _, geometry in found.admin1]
    assert shapely.is_valid(units).all()
    assert shapely.is_valid([geometry for _, _, geometry in found.countries]).all()
    assert box(*bbox).buffer(1e-9).contains(found.land)
    covered = sum(geometry.area for _, _, geometry in found.countries)
    assert found.land.area == pytest.approx(covered, rel=0.002)  # what nobody holds is land too
    assert found.lakes
    assert "cur:dnipro-river" in {key for key, _ in found.rivers}


def test_basemap_across_the_bering_strait_has_no_seam(gaz: Gazetteer) -> None:
    found = gaz.outlines.basemap((160, 50, -140, 75), 0.05)
    countries = {code: geometry for code, _, geometry in found.countries}
    assert countries["RU"].bounds[2] > 190
    assert countries["US"].bounds[0] > 170
    chukotka = countries["RU"].intersection(box(170, 60, 192, 72))
    assert max(part.bounds[2] - part.bounds[0] for part in chukotka.geoms) > 15
