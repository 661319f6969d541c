from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.types import Place
from geo.cli.compare import command, listed, record
from geo.coded.mark import CODED
from geo.matching import Match, distance_km, match
from geo.types import Event, EventPlace, TimeSpan

if TYPE_CHECKING:
    from pathlib import Path


def event(
    name: str,
    kind: str = "shelling",
    lon: float | None = 4.0,
    day: int | None = 3,
    reach: float = 0.0,
    **more: Any,
) -> Event:
    place = Place(f"point:{lon}", name, "town", None, None, lon or 0, 8.0, precision_km=reach)
    when = None if day is None else TimeSpan(date(2001, 5, day), date(2001, 5, day), "day", "at", "explicit")
    places = () if lon is None else (EventPlace("at", place),)
    return replace(Event(name, kind, "happened", "reported", places, (), when), **more)


def pairs(found: list[Match]) -> list[tuple[str | None, str | None, str]]:
    return [(one.one.id if one.one else None, one.other.id if one.other else None, one.type) for one in found]


def test_place_time_and_type() -> None:
    a = [
        event("a"),
        event("b", lon=5.0),
        event("c", day=9),
        event("d", "protest"),
        event("e", lon=None),
        event("f", day=None),
    ]
    b = [event("A", "strike", lon=4.1, day=4), event("C", day=7), event("E", lon=None)]
    found = match(a, b)

    assert pairs(found) == [
        ("a", "A", "family"), ("b", None, ""), ("c", None, ""), ("d", None, ""), ("e", None, ""), ("f", None, ""),
        (None, "C", ""), (None, "E", ""),
    ]  # fmt: skip
    assert found[0].days == 1
    assert found[0].km == pytest.approx(11, abs=0.1)
    assert [one.reason for one in found[4:6]] == ["has no place", "has no date"]
    assert pairs(match(a, b, days=2))[1][:2] == ("c", "C")
    assert pairs(match(a, b, types="same"))[0][:2] == ("a", None)
    assert pairs(match(a[3:4], b[:1], types="any"))[0] == ("d", "A", "other")


def test_each_once_and_the_nearest_first() -> None:
    found = match([event("far", lon=4.2), event("near")], [event("x", lon=4.01)])

    assert pairs(found) == [("near", "x", "same"), ("far", None, "")]


def test_an_inexact_place_is_near_more() -> None:
    assert match([event("a", reach=60)], [event("b", lon=4.6)])[0].other is not None
    assert match([event("a")], [event("b", lon=4.6)])[0].other is None
    assert match([event("a", reach=5000)], [event("b", lon=8.0)])[0].other is None


def test_all_fighting_is_one_to_ucdp() -> None:
    coded = event("u", "clash", reasons=(CODED, "ucdp: 1"))
    assert match([event("a", "strike")], [coded])[0].type == "family"
    assert match([event("a", "strike")], [event("u", "clash")])[0].type == ""
    assert match([event("a", "protest")], [coded])[0].type == ""


@given(st.integers(0, 5), st.integers(0, 5))
def test_nothing_is_lost(n: int, m: int) -> None:
    a, b = (
        [event(f"a{i}", lon=4 + i / 10) for i in range(n)],
        [event(f"b{i}", lon=4 + i / 10) for i in range(m)],
    )
    found = match(a, b)

    assert sorted(one.one.id for one in found if one.one) == [one.id for one in a]
    assert sorted(one.other.id for one in found if one.other) == [one.id for one in b]
    assert sum(1 for one in found if one.one and one.other) == min(n, m)


def test_distances() -> None:
    assert distance_km(179.9, 0, -179.9, 0) == pytest.approx(22.2, abs=0.1)
    assert distance_km(1, 2, 1, 2) == 0


def test_output() -> None:
    found = match([event("a"), event("b", lon=9)], [event("x", lon=4.01)])
    lines = listed(found)

    assert listed([]) == []
    assert "same" not in lines[0]
    assert "1 km, 0 d" in lines[1]
    assert json.loads(json.dumps(record(found[0])))["A"]["places"][0]["name"] == "a"
    assert record(found[1])["B"] is None


def test_the_command(tmp_path: Path) -> None:
    for name, lon in (("a.csv", 4.0), ("b.csv", 4.05)):
        (tmp_path / name).write_text(
            f"lat,lon,type,date,place\n8,{lon},shelling,2001-05-03,Beek\n8,40,strike,2001-05-03,Far\n"
        )
    paths = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    done = CliRunner().invoke(command, [*paths, "--json"])

    assert done.exit_code == 0, done.output
    assert [json.loads(line)["found"] for line in done.stdout.splitlines()] == ["both", "both"]
    assert "2 match; only in A: 0 of 2; only in B: 0 of 2" in done.stderr
