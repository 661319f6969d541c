"""The Linked Places Format by its own rules, and as GeoJSON that GDAL reads."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest

from gazetteer.linked_terms import CONTEXT, TYPES
from gazetteer.types import KINDS
from geo.export import write
from geo.export.linked import MOST_CITATIONS, certainty
from geo.types import Document
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

    from geo.types import Parsed


def written(path: Path, *parsed: Parsed) -> Any:
    write(stage.layers(), path / "a.lpf.json", metadata={"attribution": "Invented data"}, parsed=parsed)
    return json.loads((path / "a.lpf.json").read_text(encoding="utf-8"))


def dated(number: int, day: date | None, url: str | None = None) -> Parsed:
    document = Document(f"{number}.txt", stage.TEXT, f"Title {number}", None, url, day)
    return replace(stage.parsed(), document=document)


def check_when(when: Any) -> None:
    assert when.keys() <= {"timespans", "periods", "label", "duration"}
    assert when["timespans"]
    for span in when["timespans"]:
        assert "start" in span
        for side in span.values():
            assert side.keys() <= {"in", "earliest", "latest"}
            assert all(re.fullmatch(r"-?\d{4}(-\d\d(-\d\d)?)?", value) for value in side.values())


def check(feature: Any) -> None:
    """What the format says of one Feature."""
    required = {"@id", "type", "properties", "names", "types", "geometry"}
    assert (
        required <= feature.keys() <= required | {"links", "when", "relations", "descriptions", "depictions"}
    )
    assert re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", feature["@id"])
    assert feature["properties"]["title"]
    assert all(re.fullmatch("[A-Z]{2}", code) for code in feature["properties"]["ccodes"])
    assert feature["properties"]["fclasses"]
    assert set(feature["properties"]["fclasses"]) <= set("AHLPRST")
    assert feature["names"]
    for name in feature["names"]:
        assert name["toponym"]
        assert all(one["label"] for one in name.get("citations", ()))
    for kind in feature["types"]:
        assert re.fullmatch(r"aat:3000?\d+", kind["identifier"])
        assert kind["label"]
    assert feature["geometry"]["type"] == "GeometryCollection"
    for geometry in feature["geometry"]["geometries"]:
        assert geometry["certainty"] in {"certain", "less-certain", "uncertain"}
        assert geometry["type"] == "Point"
        assert abs(geometry["coordinates"][0]) <= 180
    for link in feature.get("links", ()):
        assert link["type"] in {"exactMatch", "closeMatch", "primaryTopicOf", "subjectOf", "seeAlso"}
        assert link["identifier"].startswith("https://")
    if "when" in feature:
        check_when(feature["when"])


def test_the_structure(tmp_path: Path) -> None:
    collection = written(tmp_path, stage.parsed())

    assert collection["type"] == "FeatureCollection"
    assert collection["@context"] == CONTEXT
    assert collection["attribution"] == "Invented data"
    assert len(collection["features"]) == len(stage.layers()["places"])
    assert len({feature["@id"] for feature in collection["features"]}) == len(collection["features"])
    for feature in collection["features"]:
        check(feature)
        assert feature["names"][0]["citations"] == [{"label": "A title", "year": 2001}]
        assert feature["when"]["timespans"] == [{"start": {"in": "2001-05-04"}, "end": {"in": "2001-05-04"}}]


def test_gdal_reads_it(tmp_path: Path) -> None:
    written(tmp_path, stage.parsed())
    frame = pyogrio.read_dataframe(tmp_path / "a.lpf.json")

    assert list(frame["title"]) == [row["name"] for row in stage.layers()["places"].rows]
    assert frame.geometry.iloc[0].geoms[0].equals(stage.layers()["places"].geometry[0])


def test_links_only_to_what_is_known(tmp_path: Path) -> None:
    links = {one["@id"]: one["links"] for one in written(tmp_path)["features"]}

    assert links["geonames:1"] == [{"type": "exactMatch", "identifier": "https://www.geonames.org/1"}]
    assert links["iso:BB"] == []


def test_dates_span_the_documents(tmp_path: Path) -> None:
    parsed = [
        dated(1, date(2001, 5, 4)),
        dated(2, date(1999, 1, 2), "https://example.org/a"),
        dated(3, None, "javascript:alert(1)"),
    ]
    first = written(tmp_path, *parsed)["features"][0]

    assert first["when"]["timespans"] == [{"start": {"in": "1999-01-02"}, "end": {"in": "2001-05-04"}}]
    assert first["names"][0]["citations"] == [
        {"label": "Title 2", "year": 1999, "@id": "https://example.org/a"},
        {"label": "Title 1", "year": 2001},
        {"label": "Title 3"},
    ]


def test_without_documents_there_is_no_date(tmp_path: Path) -> None:
    for feature in written(tmp_path)["features"]:
        check(feature)
        assert "when" not in feature
        assert "citations" not in feature["names"][0]


def test_citations_are_limited(tmp_path: Path) -> None:
    first = written(tmp_path, *(dated(number, date(2001, 1, 1)) for number in range(50)))["features"][0]

    assert len(first["names"][0]["citations"]) == MOST_CITATIONS


def test_every_kind_has_a_type() -> None:
    assert set(TYPES) == set(KINDS)


@pytest.mark.parametrize(
    ("mentions", "score", "expected"),
    [(1, 0.8, "certain"), (1, 0.79, "less-certain"), (1, 0.49, "uncertain"), (0, 0.0, "less-certain")],
)
def test_certainty(mentions: int, score: float, expected: str) -> None:
    assert certainty({"mentions": mentions, "score": score}) == expected
