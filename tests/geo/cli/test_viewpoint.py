"""``--viewpoint``: whose view of disputed areas a record, a layer and a map show, never silently."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.geo.cli.run import geo

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Two people were injured when a shell hit a house in Sevastopol on Monday, officials said.\n"


@pytest.fixture
def disputed(here: Path) -> Path:
    (here / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    return here


def places(*options: str) -> list[dict[str, object]]:
    record = json.loads(geo("parse", "in", *options).stdout.splitlines()[0])
    return [mention["place"] for mention in record["mentions"]]


def test_the_default_needs_no_word(disputed: Path) -> None:
    (place,) = places()
    assert place["country"] == "UA"
    assert "viewpoint" not in place


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_records_name_another_viewpoint(disputed: Path, jobs: str) -> None:
    (place,) = places("--viewpoint", "RU", "--jobs", jobs)
    assert place["country"] == "RU"
    assert place["viewpoint"] == "RU"


def test_layers_name_it(disputed: Path) -> None:
    geo("export", "in", "--layer", "places", "-o", "p.geojson", "--viewpoint", "RU")
    collection = json.loads((disputed / "p.geojson").read_text(encoding="utf-8"))
    assert collection["viewpoint"] == "RU"
    assert collection["features"][0]["properties"]["country"] == "RU"


def test_the_map_names_it(disputed: Path) -> None:
    geo("map", "in", "-o", "a.html", "--viewpoint", "ru")
    html = (disputed / "a.html").read_text(encoding="utf-8")
    assert "Borders from the viewpoint of RU, not the internationally recognised ones" in html


def test_an_unknown_one_is_refused_with_the_known_ones(disputed: Path) -> None:
    done = geo("map", "in", "-o", "a.html", "--viewpoint", "Mars")
    assert done.exit_code != 0
    assert "no viewpoint 'Mars'; known are default, de-facto" in done.stderr
    assert not (disputed / "a.html").exists()
