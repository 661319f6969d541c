"""Own CSV: columns by their names, rows that fail, and the way out and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer import NameUse, SourceError
from gazetteer.details import Name
from gazetteer.own.export import csv_lines, places
from gazetteer.own.mapping import names, names_cell
from gazetteer.types import KINDS
from tests.gazetteer.own.helpers import layered, made, table, written
from tests.gazetteer.own.strategies import Given, check, entries, texts

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer


def test_columns_by_other_names(gaz: Gazetteer, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        [
            "Title;Latitude;LONG;Country_Code;Province;pop;alt_names",
            "Stara Zhaborka;46.47;32.40;UKR;Kherson Oblast;1600;Старая Жаборка|former:Zhab'orka",
        ],
    )
    own = layered(made(gaz, tmp_path, path))
    (found,) = own.search("Stara Zhaborka")

    assert found.place.id.startswith("own:")
    assert (found.place.kind, found.place.country, found.place.admin1) == ("village", "UA", "UA-65")
    assert (found.place.lon, found.place.lat, found.place.population) == (32.40, 46.47, 1600)
    assert [c.use for c in own.search("Zhaborka")] == [NameUse.FORMER]


@pytest.mark.parametrize(
    ("value", "unit"),
    [("UA-65", "UA-65"), ("iso:UA-65", "UA-65"), ("UA.08", "UA-65"), ("08", "UA-65"), ("Kherson", "UA-65")],
)
def test_units_by_code_or_name(gaz: Gazetteer, tmp_path: Path, value: str, unit: str) -> None:
    path = table(
        tmp_path / "a.csv",
        [{"id": "1", "name": "A", "lat": 1, "lon": 1, "country": "Ukraine", "admin1": value}],
    )

    assert layered(made(gaz, tmp_path, path)).get("own:1").admin1 == unit


def test_what_is_not_known_of_a_row_is_left_out_and_said(gaz: Gazetteer, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv", [{"name": "A", "lat": 1, "lon": 1, "country": "Atlantis", "admin1": "East"}]
    )
    built = made(gaz, tmp_path, path)

    assert (built.manifest["places"], built.rejected) == (1, 0)
    assert built.rejects is not None
    assert built.rejects.read_text(encoding="utf-8").splitlines() == [
        f"{path}:2: kept, but country 'Atlantis' is not known: kept without it",
        f"{path}:2: kept, but first-level unit 'East' is not known: kept without it",
    ]


def test_wkt_gives_points_and_outlines(gaz: Gazetteer, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv",
        [
            {"id": "p", "name": "Point", "wkt": "POINT (33.5 46.5)", "kind": "facility"},
            {
                "id": "a",
                "name": "Area",
                "wkt": "POLYGON ((30 50, 31 50, 31 51, 30 51, 30 50))",
                "kind": "region",
            },
            {"id": "b", "name": "Bow tie", "wkt": "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", "kind": "region"},
            {"id": "n", "name": "None", "wkt": "POLYGON ((0 0))", "kind": "region"},
        ],
    )
    built = made(gaz, tmp_path, path)
    own = layered(built)

    assert (own.get("own:p").lon, own.get("own:p").lat, own.region("own:p")) == (33.5, 46.5, None)
    area = own.region("own:a")
    assert area is not None
    assert area.area == pytest.approx(1)
    mended = own.region("own:b")
    assert mended is not None
    assert mended.is_valid
    assert mended.area == pytest.approx(0.5)
    assert [reason for reason, _ in built.reasons] == ["no WKT: ..."]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["a,b", "1,2"],
            r"line 1: no column for the name .* and lat .* and lon .*; it has a, b; --field name=COLUMN",
        ),
        (["name,lat", "A,1"], "no column for lon"),
        (["", "x"], "there is no header"),
    ],
)
def test_headers_that_lack_something(gaz: Gazetteer, tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        made(gaz, tmp_path, written(tmp_path / "a.csv", lines))


def test_columns_that_are_named(gaz: Gazetteer, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ["Ort,Breite,Länge", "Neudorf,50.5,30.5"])
    fields = {"name": "Ort", "lat": "Breite", "lon": "Länge"}
    own = layered(made(gaz, tmp_path, path, fields=fields, constants={"kind": "village", "country": "UA"}))

    (found,) = [c.place for c in own.search("Neudorf", country="UA") if c.place.id.startswith("own:")]
    assert found.kind == "village"
    with pytest.raises(SourceError, match="there is no column 'Name'; it has Ort, Breite, Länge"):
        made(gaz, tmp_path, path, fields={"name": "Name"})


def test_rows_that_fail(gaz: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"id,name,lat,lon,population,kind\n"
        b"1,Good,1,2,,\n"
        b"2,Few,1\n"
        b"3,Comma,\"1,5\",2,,\n"
        b"4,Far,1,181,,\n"
        b"5,,1,2,,\n"
        b"6,Kind,1,2,,planet\n"
        b"7,People,1,2,many,\n"
        b"8 8,Id,1,2,,\n"
        b"geonames:x,Number,1,2,,\n"
        b"10,\"Two\nlines\",1,2,,\n"
        b"11,No point,,2,,\n"
        + "12,Zürich,1,2,,\n".encode("latin-1")
        + b"13,N\0,1,2,,\n14,Last,3,4,,\n"
    )  # fmt: skip
    built = made(gaz, tmp_path, path)

    assert {p.name for p in places(gazetteer.open(built.path))} == {"Good", "Two lines", "Last"}
    assert built.rejects is not None
    lines = built.rejects.read_text(encoding="utf-8").splitlines()
    said = dict(line.removeprefix(f"{path}:").split(": ", 1) for line in lines)
    assert {number: reason.split("; choose")[0] for number, reason in said.items()} == {
        "3": "3 cells, the header has 6",
        "4": "lat '1,5' is no number; write it with a point",
        "5": "no point on the globe: lon 181.0, lat 1.0",
        "6": "the name is empty",
        "7": "there is no kind 'planet'",
        "8": "population 'many' is no number",
        "9": "the id '8 8' holds a space or control character, or is too long",
        "10": "the id 'geonames:x' is no GeoNames id: a whole number above 0 must follow",
        "13": "no lat",
        "14": "byte 0xFC is no UTF-8; save the file as UTF-8",
        "15": "holds a NUL byte; a table of text has none",
    }


def test_an_open_quote_loses_no_more_than_it_swallows(gaz: Gazetteer, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ["name,lat,lon", "A,1,2", '"B,1,2', "C,1,2"])
    built = made(gaz, tmp_path, path)

    assert built.manifest["places"] == 1
    assert built.rejected == 1


def test_utf16_is_refused(gaz: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,lat,lon\nA,1,2\n", encoding="utf-16")
    with pytest.raises(SourceError, match="is UTF-16 or no text; save it as UTF-8"):
        made(gaz, tmp_path, path)


def test_a_byte_order_mark_is_no_part_of_a_name(gaz: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,lat,lon\nA,1,2\n", encoding="utf-8-sig")
    assert made(gaz, tmp_path, path).manifest["places"] == 1


@given(
    st.lists(
        st.builds(
            Name, texts, st.sampled_from(NameUse), st.sampled_from(["", "uk"]), st.sampled_from(["", "1924"])
        )
    )
)
def test_names_survive_a_cell(found: list[Name]) -> None:
    assert names(names_cell(found)) == found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_places=entries)
def test_csv_there_and_back_loses_nothing(
    gaz: Gazetteer, tmp_path_factory: pytest.TempPathFactory, given_places: list[Given]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    rows = [
        {
            "id": one.id, "name": one.name, "kind": one.kind, "country": one.country, "lat": one.lat, "lon": one.lon,
            "population": one.population or "", "names": names_cell(one.names), "links": " ".join(one.links),
        }
        for one in given_places
    ]  # fmt: skip
    first = gazetteer.open(made(gaz, folder, table(folder / "a.csv", rows)).path)
    check(first, given_places)
    written(folder / "b.csv", csv_lines(first, places(first)))
    second = gazetteer.open(made(gaz, folder, folder / "b.csv", name="b.gaz").path)

    check(second, given_places)
    assert list(csv_lines(second, places(second))) == list(csv_lines(first, places(first)))
    assert set(KINDS) >= {one.kind for one in given_places}
