"""Others' data by their columns. All rows are invented; only the layouts are theirs."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from geo.codec import decode, encode
from geo.coded.cells import day_of, number_of, point_of, span_of
from geo.coded.files import is_coded_file, rows_of_file
from geo.coded.kinds import codes, type_of
from geo.coded.layouts import LAYOUTS, layout_of
from geo.coded.mark import CODED
from geo.coded.read import records
from geo.errors import InputError
from geo.export import write
from geo.layers import build
from geo.ontology import load
from geo.pipeline import merge, run
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
    "AAA1,2001-05-03,2001,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile attack,Side A,,1,"
    'Side B,,8,18,,1,X,Aland,North,,,Beek,8.0,4.0,1,A paper,National,"Shells fell, twice <b>.",3,,1\n'
    "AAA2,03 May 2001,2001,3,Strategic developments,Strategic developments,Headquarters or base established,Side A,,1,"
    ",,0,10,,1,X,Aland,South,,,Cora,2.0,6.0,3,A paper,National,Invented,0,,1\n"
    "AAA2,2001-05-04,2001,1,Demonstrations,Riots,A new kind of riot,Side A,,1,,,0,10,,1,X,Aland,South,,,Cora,2.0,6.0,2,"
    "A paper,National,,0,,1\n"
    "AAA4,2001-05-04,2001,1,Political violence,Battles,Armed clash,Side A,,1,,,0,10,,1,X,Aland,,,,Lost,,,3,A paper,,,0,,1\n"
    "AAA5,2001-05-04,2001,1,Political violence,Battles,Armed clash,Side A,,1,,,0,10,,1,X,Aland,,,,Off,95,4,3,A paper,,,0,,1\n"
)
UCDP = (
    "id,relid,year,type_of_violence,conflict_name,dyad_name,side_a,side_b,source_office,source_headline,where_prec,"
    "where_coordinates,where_description,adm_1,latitude,longitude,country,date_prec,date_start,date_end,best,high,low\n"
    "77,X-1,2001,1,A war,A - B,Government of Aland,Rebels,An agency,A headline,4,South Province,,South Province,2.5,5.0,"
    "Aland,4,2001-05-01 00:00:00.000,2001-05-31 00:00:00.000,10,15,5\n"
    "78,X-2,2001,3,A war,A - C,Government of Aland,Civilians,An agency,,1,Beek town,,North,8.0,4.0,Aland,1,2001-05-03,2001-05-03,0,0,0\n"
)
VIINA = (
    "viina_version,event_id,event_id_1pd,date,time,geonameid,asciiname,longitude,latitude,GEO_PRECISION,source,url,text,"
    "t_mil_b,t_loc_b,t_san_b,t_airstrike_b,t_artillery_b,t_firefight_b,t_uav_b\n"
    "x,1,11,20010503,,1,Beek,4.0,8.0,ADM3,An agency,https://example.org/1,Обстріл і удар,1,1,0,1,1,0,0\n"
    "x,2,12,20010504,,2,Cora,6.0,2.0,STREET,An agency,,,1,1,0,0,0,0,1\n"
)


@dataclass
class Where:
    country: str | None
    admin1: str | None


class Finder:
    def within(self, lon: Any, lat: Any) -> list[Where]:
        return [Where("AA", "iso:AA-N" if y > 5 else "iso:AA-S") for y in lat]


def read(path: Path, text: str) -> Any:
    path.write_text(text, encoding="utf-8")
    return records(str(path), rows_of_file(str(path)), Finder())


def test_acled(tmp_path: Path) -> None:
    (parsed,), problem = read(tmp_path / "a.csv", ACLED)
    one, two, three, lost = parsed.events

    assert problem == "1 of 5 rows were left out (row 5: longitude 4 and latitude 95 are not on the earth)"
    assert (one.id, one.type, one.status, one.when.start, one.when.end) == (
        "AAA1", "shelling", "happened", date(2001, 5, 3), date(2001, 5, 3),
    )  # fmt: skip
    place = one.places[0].place
    assert (place.name, place.lon, place.lat, place.country, place.admin1) == ("Beek", 4.0, 8.0, "AA", "AA-N")
    assert [(actor.name, actor.role) for actor in one.actors] == [("Side A", "agent"), ("Side B", "target")]
    assert (one.source.name, one.quantities[0].low, one.reports[0].evidence.text) == (
        "A paper", 3, "Shells fell, twice <b>.",
    )  # fmt: skip
    assert one.reasons == (CODED, "acled: Shelling/artillery/missile attack")
    assert (two.type, two.when.granularity, two.when.start) == (
        "headquarters_or_base_established", "month", date(2001, 4, 18),
    )  # fmt: skip
    assert two.places[0].place.is_area
    assert (three.id, three.type) == ("AAA2#2", "protest")
    assert lost.places == ()
    assert parsed.unplaced[0].reason == "the row has no coordinates"


def test_ucdp(tmp_path: Path) -> None:
    (parsed,), problem = read(tmp_path / "a.csv", UCDP)
    war, civilians = parsed.events

    assert problem == ""
    assert (war.type, war.when.granularity, war.when.start, war.when.end) == (
        "clash", "month", date(2001, 5, 1), date(2001, 5, 31),
    )  # fmt: skip
    assert (war.quantities[0].low, war.quantities[0].high, war.quantities[0].text) == (
        5,
        15,
        "10 killed (5 to 15)",
    )
    assert war.places[0].place.kind == "admin1"
    assert (civilians.type, civilians.quantities, civilians.reports[0].evidence.text) == (
        "casualties",
        (),
        "3, Beek town",
    )


def test_viina(tmp_path: Path) -> None:
    (parsed,), _ = read(tmp_path / "a.csv", VIINA)
    one, two = parsed.events

    assert is_coded_file(tmp_path / "a.csv"), "its column text holds headlines"
    assert (one.id, one.type, one.when.start, one.reports[0].evidence.text) == (
        "11", "strike", date(2001, 5, 3), "Обстріл і удар",
    )  # fmt: skip
    assert one.reasons[1] == "viina: t_mil; t_loc; t_airstrike; t_artillery"
    assert (two.type, two.places[0].place.precision_km) == ("strike", 1.0)


def test_every_type_of_the_tables_is_ours() -> None:
    assert set(codes().values()) <= set(load().types)
    for kind in load():
        for code in kind.acled.split(";"):
            if code and code.strip().lower() not in {"other"}:
                assert ("acled", code.strip().lower()) in codes()
    assert type_of(LAYOUTS["acled"], {"sub_event_type": "Other", "event_type": "Protests"})[0] == "protest"
    assert type_of(LAYOUTS["table"], {"type": "Air/drone strike"})[0] == "strike"
    assert type_of(LAYOUTS["table"], {}) == ("other", "")


def test_any_table_with_coordinates(tmp_path: Path) -> None:
    (parsed,), problem = read(
        tmp_path / "a.tsv", "Name\tLAT\tLng\tDate\tType\tStatus\nBeek\t8\t4\t2001-05\tprotest\tplanned\n"
    )
    (event,) = parsed.events

    assert problem == ""
    assert (event.id, event.type, event.status, event.when.start, event.when.end) == (
        "a.tsv:1", "protest", "planned", date(2001, 5, 1), date(2001, 5, 31),
    )  # fmt: skip
    assert event.reports[0].evidence.text == "protest, Beek"


def test_what_holds_texts_is_no_table_of_events(tmp_path: Path) -> None:
    for name, text, coded in (
        ("a.csv", "text,lat,lon\nhello,1,2\n", False),
        ("b.csv", "id,name\n1,x\n", False),
        ("c.csv", "lat,lon\n", True),
        ("d.txt", "lat,lon\n", False),
        ("e.csv", "", False),
    ):
        (tmp_path / name).write_text(text)
        assert is_coded_file(tmp_path / name) is coded, name
    assert not is_coded_file(tmp_path / "none.gpkg")
    assert not is_coded_file(tmp_path)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb", ".csv"])
def test_our_own_exports_come_back(tmp_path: Path, suffix: str) -> None:
    layers = stage.layers()
    path = tmp_path / f"a{suffix}"
    write(layers, path, metadata={"attribution": "A"})
    found, problem = records(str(path), rows_of_file(str(path)))
    again = build(found, merge(found), stage.Gaz(), as_of=date(2001, 5, 4))["events"]

    assert problem == ""
    assert [item.document.id for item in found] == ["a.txt"]
    lossy = {"destinations"} | (set() if suffix == ".gpkg" else {"source_chain"})
    for row, other in zip(
        layers["events"].rows, sorted(again.rows, key=lambda row: row["row_id"]), strict=True
    ):
        assert {key for key in row if row[key] != other[key]} <= lossy
    if suffix == ".gpkg":
        title = found[0].document.title
        assert (title, found[0].document.date, found[0].document.source) == (
            "A title",
            date(2001, 5, 4),
            "a paper",
        )
    assert [decode(encode(item)) for item in found] == found


def test_other_geometries_and_projections(tmp_path: Path) -> None:
    import geopandas

    frame = geopandas.GeoDataFrame(
        {"name": ["square", "nothing"], "type": ["siege", None]},
        geometry=[shapely.box(0, 0, 2, 2), None],
        crs="EPSG:4326",
    )
    frame.to_crs("EPSG:3857").to_file(tmp_path / "a.gpkg", layer="mine", engine="pyogrio")
    (parsed,), _ = records("a.gpkg", rows_of_file(str(tmp_path / "a.gpkg")))

    place = parsed.events[0].places[0].place
    assert place is not None
    assert place.lon == pytest.approx(1, abs=0.1)
    assert parsed.events[1].places == ()
    frame.to_file(tmp_path / "a.geojson", engine="pyogrio")
    assert rows_of_file(str(tmp_path / "a.geojson"))["events"][0]["lat"] == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.geojson", b"{"),
        ("b.geojson", b"[1]"),
        ("c.geojson", b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Blob"}}]}'),
        ("d.geojson", b'{"type":"FeatureCollection","features":[{"properties":[1]}]}'),
        (
            "e.geojson",
            b'{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:3857"}},"features":[]}',
        ),
        ("f.gpkg", b"no database"),
        ("g.fgb", b""),
        ("h.geojson", b"[" * 100_000),
    ],
)
def test_broken_files_are_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        rows_of_file(str(path))
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_coded_events_are_not_merged_and_go_through_the_pipeline(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("lat,lon,type,date\n8,4,shelling,2001-05-03\n8,4,shelling,2001-05-03\n")
    (item,) = run([str(path)], gaz=Finder())  # type: ignore[arg-type]

    assert not hasattr(item, "remedy")
    assert len(merge([item, stage.parsed()])) == 5  # type: ignore[list-item]
    (failure,) = run([str(tmp_path / "b.geojson")], gaz=Finder())  # type: ignore[arg-type]
    assert "there is no such file" in str(failure)


def test_days() -> None:
    assert day_of("2022-10-13T10:00Z") == day_of("20221013") == day_of("13-Oct-22") == date(2022, 10, 13)
    assert [day_of(text) for text in ("", "2022-02-30", "03/04/2022", "soon")] == [None] * 4
    assert span_of("2022-10-13", "2022-10-01") == (date(2022, 10, 1), date(2022, 10, 13))
    assert span_of("2022-13", "") == (None, None)


@given(st.text(max_size=20), st.text(max_size=20))
def test_cells_never_fall_over(one: str, other: str) -> None:
    day_of(one)
    span_of(one, other)
    number_of(one)
    with suppress(ValueError):
        point_of(one, other)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read(day: date) -> None:
    assert day_of(day.isoformat()) == day_of(day.strftime("%Y%m%d")) == day


def test_layouts_are_told_apart() -> None:
    assert layout_of(ACLED.split("\n", maxsplit=1)[0].split(",")).name == "acled"
    assert layout_of(UCDP.split("\n", maxsplit=1)[0].split(",")).name == "ucdp"
    assert layout_of([name.lower() for name in VIINA.split("\n", maxsplit=1)[0].split(",")]).name == "viina"
    assert layout_of(list(stage.layers()["events"].rows[0])).name == "own"
    assert layout_of([]).name == "table"


def test_a_feature_without_properties(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    point = {"type": "Feature", "geometry": Point(1, 2).__geo_interface__, "properties": None, "id": 7}
    path.write_text(json.dumps(point))

    assert rows_of_file(str(path))["events"] == [
        {"id": 7, "longitude": None, "latitude": None, "lon": 1.0, "lat": 2.0}
    ]
    assert pyogrio.read_info(path)["features"] == 1
