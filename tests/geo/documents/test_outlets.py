from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import geo.documents
from geo.documents.outlets import by_host, by_name, outlet_home, outlet_names
from geo.text.address import host_of
from geo.types import Document

if TYPE_CHECKING:
    from gazetteer import Gazetteer

TABLE = Path(geo.documents.__file__).with_name("outlets.csv")


@pytest.mark.parametrize(
    ("url", "source", "home"),
    [
        ("https://www.bangkokpost.com/a/1", None, "iso:TH"),
        ("http://news.bangkokpost.com:80", None, "iso:TH"),
        (None, "bangkokpost.com", "iso:TH"),
        ("https://example.org", "www.bangkokpost.com", "iso:TH"),
        (None, "Bangkok Post", "iso:TH"),
        (None, "The Portland Press-Herald", "geonames:4975802"),
        (None, "Press Herald", "geonames:4975802"),
        (None, "post", None),
        ("https://notbangkokpost.com", None, None),
        ("file:///bangkokpost.com", None, None),
        (None, None, None),
    ],
)
def test_homes(url: str | None, source: str | None, home: str | None) -> None:
    assert outlet_home(Document("a", "", url=url, source=source)) == home


def test_the_table(gaz: Gazetteer) -> None:
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    hosts = [row["host"] for row in rows]

    assert hosts == sorted(set(hosts))
    names = [name for row in rows for name in row["names"].split(";") if name]
    assert len(set(names)) == len(names)
    assert not {name for name in names if " " not in name and "-" not in name and len(name) < 4}
    assert list(by_host()) == hosts
    assert len(by_name()) == len(names)
    assert '"' not in TABLE.read_text(encoding="utf-8")  # lines are cut at commas
    for row in rows:
        assert host_of(row["host"]) == row["host"]
        assert gaz.get(row["place"]).name == row["name"], row
        assert gaz.get(row["place"]).kind in {"country", "city", "town", "village"}
        assert row["source"]


@pytest.mark.parametrize(
    ("url", "source", "names"),
    [
        (None, "The Jackson Times-Voice", ("jackson",)),
        (None, "The Bowling Green Daily News", ("bowling green",)),
        (None, "WXYZ Cedar Rapids News", ("cedar rapids",)),
        (None, "Daily News", ()),
        (None, "Reuters", ()),
        (None, "A Paper Of Very Many Words", ("a",)),
        ("https://www.parisbeacon.com/a", None, ("paris",)),
        ("https://mt-airynews.example/a", None, ("mt airy",)),
        ("https://dailynews.example", None, ()),
        ("https://example.org", None, ()),
        (None, None, ()),
    ],
)
def test_towns_in_names(url: str | None, source: str | None, names: tuple[str, ...]) -> None:
    assert outlet_names(Document("a", "", url=url, source=source)) == names


def test_hosts_are_cut_in_two() -> None:
    assert "mount airy" in outlet_names(Document("a", "", url="https://mountairynews.example"))
