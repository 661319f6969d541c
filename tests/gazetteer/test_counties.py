"""Second-level units: census counties take the place of those that towns name."""

from __future__ import annotations

from gazetteer.sources import counties
from gazetteer.sources.rows import Row
from gazetteer.types import NameUse


def unit(name: str, state: str, number: int = 0) -> Row:
    return Row(
        id=f"a2:{number}", name=name, kind="admin2", country="US", admin1=None, lon=-90, lat=40,
        geonames_admin1=f"US.{state}", population=number,
    )  # fmt: skip


def county(name: str, state: str, *names: str) -> Row:
    row = unit(name, state)
    row.id = f"us-fips:{name}"
    row.names = [(other, NameUse.ALTERNATE) for other in names]
    return row


def test_the_census_replaces_what_towns_name_in_the_same_state_only() -> None:
    known = [unit("Cook County", "IL", 1), unit("Cook County", "GA", 2)]
    merged = counties.merge(known, [county("Cook County", "IL")])
    assert [row.id for row in merged] == ["us-fips:Cook County", "a2:2"]


def test_spellings_of_saint_meet() -> None:
    known = [unit("Saint Louis County", "MO", 1), unit("DeWitt County", "IL", 2)]
    found = [county("St. Louis County", "MO"), county("De Witt County", "IL")]
    assert [row.id for row in counties.merge(known, found)] == [row.id for row in found]


def test_independent_cities_are_towns_and_no_units() -> None:
    assert counties.merge([unit("City of Norfolk", "VA")], []) == []
    assert counties.merge([unit("Capitol Planning Region", "CT")], []) != []


def test_a_type_word_comes_from_the_towns_else_from_the_state() -> None:
    named = {("US.LA", "orleansparish"): unit("Orleans Parish", "LA", 7)}
    assert counties._known("Orleans", "US.LA", named) is named["US.LA", "orleansparish"]
    assert counties._named("Cameron", "LA") == "Cameron Parish"
    assert counties._named("Travis", "TX") == "Travis County"
    assert counties._named("Yakutat", "AK") == "Yakutat"
