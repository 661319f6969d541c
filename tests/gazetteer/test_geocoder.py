import geopandas
import pytest
from geopy.exc import GeocoderQueryError
from geopy.point import Point

from gazetteer.geocoder import GazetteerGeocoder


@pytest.fixture(scope="module")
def geocoder(gaz):
    return GazetteerGeocoder(gazetteer=gaz)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Kherson", "geonames:706448"),
        ("Paris", "geonames:2988507"),
        ("Paris, Texas", "geonames:4717560"),
        ("Paris, TX, USA", "geonames:4717560"),
        ("Kherson, Ukraine", "geonames:706448"),
    ],
)
def test_parents_after_commas_decide(geocoder, query, place):
    assert geocoder.geocode(query).raw["id"] == place


def test_geopy_conventions(geocoder):
    assert geocoder.geocode("Zzyzzyx Nowhere") is None
    assert geocoder.geocode("Zzyzzyx Nowhere", exactly_one=False) is None
    several = geocoder.geocode("Springfield", exactly_one=False, limit=3)
    assert len(several) == 3
    assert {place.raw["country"] for place in several} == {"US"}
    assert geocoder.geocode("Paris", country_codes="us").raw["country"] == "US"
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(" , ")


@pytest.mark.parametrize("point", [(46.64, 32.61), "46.64, 32.61", Point(46.64, 32.61)])
def test_reverse_takes_latitude_first(geocoder, point):
    found = geocoder.reverse(point)
    assert found.raw["id"] == "geonames:706448"
    assert (found.latitude, found.longitude) == pytest.approx((46.637, 32.6146), abs=1e-3)


def test_reverse_across_the_antimeridian(gaz):
    west, east = gaz.nearest(-179.999, -16.8)[0], gaz.nearest(179.999, -16.8)[0]
    assert west == east


def test_a_point_off_the_globe(gaz):
    with pytest.raises(ValueError, match="globe"):
        gaz.nearest(200, 0)


def test_geopandas_geocodes_offline(gaz):
    frame = geopandas.tools.geocode(["Kherson", "Zzyzzyx"], provider=GazetteerGeocoder, gazetteer=gaz)
    assert frame.geometry[0].x == pytest.approx(32.6146, abs=1e-3)
    assert frame.geometry[1].is_empty
    points = geopandas.GeoSeries.from_xy([30.52], [50.45])
    back = geopandas.tools.reverse_geocode(points, provider=GazetteerGeocoder, gazetteer=gaz)
    assert "Kyiv" in back.address[0]
