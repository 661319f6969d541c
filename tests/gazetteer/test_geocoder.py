import geopandas
import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
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


# -- geopy's conventions --------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [None, 3, float("nan"), "", {}, {"city": ""}, {"street": "Main Street"}])
def test_what_is_no_query_is_refused(geocoder, query):
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


def test_structured_queries(geocoder):
    assert geocoder.geocode({"city": "Paris", "state": "Texas"}).raw["id"] == "geonames:4717560"
    assert geocoder.geocode({"country": "Ukraine"}).raw["id"] == "iso:UA"
    assert geocoder.geocode({"city": "Kherson", "country": "Russia"}) is None
    assert geocoder.geocode({"name": "Zaporizhzhia Nuclear Power Plant"}).raw["kind"] == "facility"


def test_limits_and_codes(geocoder):
    assert geocoder.geocode("Kherson", limit=5).raw["id"] == "geonames:706448"
    assert len(geocoder.geocode("Springfield", exactly_one=False)) == 10
    assert len(geocoder.reverse((46.64, 32.61), exactly_one=False, limit=3)) == 3
    assert geocoder.geocode("Paris", country_codes="us, ca").raw["country"] == "US"
    for call in (geocoder.geocode, geocoder.reverse):
        with pytest.raises(ValueError, match="less than 1"):
            call("46.64, 32.61" if call == geocoder.reverse else "Paris", exactly_one=False, limit=0)
    with pytest.raises(ValueError, match="Failed to create Point"):
        geocoder.reverse("no point at all")


def test_geopandas_geocodes_a_series_with_gaps(gaz):
    import pandas as pd

    names = pd.Series(["Kherson", None, "Zzyzzyx Nowhere", "Paris, Texas"], index=[3, 5, 7, 9])
    frame = geopandas.tools.geocode(names, provider=GazetteerGeocoder, gazetteer=gaz)
    assert list(frame.index) == [3, 5, 7, 9]
    assert [point.is_empty for point in frame.geometry] == [False, True, True, False]
    assert frame.loc[3].geometry.x == pytest.approx(32.6146, abs=1e-3)


def test_the_viewpoint_is_stated(gaz):
    russian = GazetteerGeocoder(viewpoint="RU")
    found = russian.geocode("Simferopol")
    assert (found.raw["country"], found.raw["viewpoint"]) == ("RU", "RU")
    assert found.address == "Simferopol, Crimea, Russia"
    assert russian.geocode("Simferopol, Russia").raw["id"] == "geonames:693805"
    assert GazetteerGeocoder(gazetteer=gaz).geocode("Simferopol").address == "Simferopol, Crimea, Ukraine"
    with pytest.raises(ValueError, match="opened with the viewpoint 'default'"):
        GazetteerGeocoder(gazetteer=gaz, viewpoint="RU")


# -- fallback -------------------------------------------------------------------------------------------


class Online(Geocoder):
    """Stands in for a service; counts its questions."""

    def __init__(self, answers, fails=0):
        super().__init__()
        self.domain = "example.org"
        self.asked, self.answers, self.fails = [], answers, fails

    def geocode(self, query, *, exactly_one=True, timeout=None, **options):
        self.asked.append((query, options))
        if self.fails:
            self.fails -= 1
            raise GeocoderServiceError("down")
        found = self.answers.get(query if isinstance(query, str) else query.get("city"))
        return None if found is None else [Location(query, found, {"from": "online"})]


def with_fallback(gaz, online, path):
    return GazetteerGeocoder(gazetteer=gaz, fallback=online, cache=path, min_delay_seconds=0)


def test_the_fallback_is_asked_once_for_what_is_unknown(gaz, tmp_path):
    path, online = tmp_path / "sub" / "answers.json", Online({"Qwxyz Farm": (1.0, 2.0)})
    geocoder = with_fallback(gaz, online, path)
    assert geocoder.geocode("Kherson").raw["id"] == "geonames:706448"
    assert online.asked == []
    for _ in range(2):
        found = geocoder.geocode("Qwxyz Farm")
        assert ((found.latitude, found.longitude), found.raw) == ((1.0, 2.0), {"from": "online"})
        assert geocoder.geocode("Qwxyz Barn") is None
    assert [query for query, _ in online.asked] == ["Qwxyz Farm", "Qwxyz Barn"]
    again = Online({})
    later = with_fallback(gaz, again, path)
    assert [place.latitude for place in later.geocode("Qwxyz Farm", exactly_one=False)] == [1.0]
    assert later.geocode("Qwxyz Barn") is None  # a negative answer is remembered too
    assert again.asked == []
    assert later.geocode({"city": "Qwxyz Shed"}, country_codes="ua") is None
    assert again.asked == [({"city": "Qwxyz Shed"}, {"country_codes": ["ua"]})]
    assert [file.name for file in path.parent.iterdir()] == ["answers.json"]


def test_a_failure_of_the_service_is_raised_and_not_remembered(gaz, tmp_path):
    online = Online({"Qwxyz Farm": (1.0, 2.0)}, fails=1)
    geocoder = with_fallback(gaz, online, tmp_path / "answers.json")
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode("Qwxyz Farm")
    assert not (tmp_path / "answers.json").exists()
    assert geocoder.geocode("Qwxyz Farm").latitude == 1.0


def test_an_interrupted_write_keeps_the_file_that_was_there(gaz, tmp_path, monkeypatch):
    path = tmp_path / "answers.json"
    geocoder = with_fallback(gaz, Online({}), path)
    geocoder.geocode("Qwxyz Farm")
    before = path.read_bytes()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        geocoder.geocode("Qwxyz Barn")
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["answers.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 9, "answers": {}}', '{"version": 1}'])
def test_a_file_that_is_no_cache_is_refused_and_kept(gaz, tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="no cache of geocoder answers"):
        with_fallback(gaz, Online({}), path)
    assert path.read_text(encoding="utf-8") == text


def test_a_fallback_needs_a_cache(gaz):
    with pytest.raises(ValueError, match="cache=FILE"):
        GazetteerGeocoder(gazetteer=gaz, fallback=Online({}))
