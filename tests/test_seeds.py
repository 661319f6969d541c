"""End to end on texts of our own, and on the reference documents where they lie beside the project.

What is expected was written from the texts (``tests/data/dispatches/*.json``), in the words of the texts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import geo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer import Gazetteer, Place

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "tests" / "data" / "dispatches"
TEXTS = sorted([*(ROOT / "seeds").glob("2*.md"), *EXPECTED.glob("2*.md")])

PLACES_FLOOR = 0.9
"""Least share of the expected places that are found where they are."""
EVENTS_FLOOR = 0.6
"""Least share of the expected events that are found with their type, place and status."""
FAMILIES = (
    {"strike", "shelling", "explosion"},
    {"advance", "control_change", "counteroffensive"},
    {"evacuation", "displacement", "deportation"},
)
"""Types that a careful reader may take for one another in one clause."""


@dataclass(frozen=True)
class Reading:
    """A text, what was read from it, and what is expected."""

    parsed: geo.Parsed
    wanted: dict[str, Any]

    def span(self, words: str) -> tuple[int, int]:
        """Where `words` stand; they must stand there once."""
        text = self.parsed.document.text
        assert text.count(words) == 1, words
        start = text.index(words)
        return start, start + len(words)


@pytest.fixture(scope="module", params=TEXTS, ids=lambda path: path.stem)
def reading(request: pytest.FixtureRequest, gaz: Gazetteer) -> Reading:
    """Each text in turn."""
    [parsed] = list(geo.run([request.param], gaz=gaz))
    assert isinstance(parsed, geo.Parsed)
    wanted = json.loads((EXPECTED / f"{request.param.stem}.json").read_text(encoding="utf-8"))
    return Reading(parsed, wanted)


def km(place: Place, point: list[float]) -> float:
    """Distance in km from a place to (longitude, latitude)."""
    from geo.scoring.measures import distance_km

    return distance_km(place.lat, place.lon, point[1], point[0])


def fits(place: Place | None, row: dict[str, Any], where: str) -> bool:
    """Whether a place is the one a row asks for by code, kind or point; rows that ask nothing fit any."""
    if place is None:
        return not {"code", "kind", where} & row.keys()
    if "code" in row and row["code"] not in {place.country, place.admin1, place.id.removeprefix("iso:")}:
        return False
    if "code" in row and where == "at" and place.id != f"iso:{row['code']}":
        return False
    if "kind" in row and place.kind != row["kind"]:
        return False
    return where not in row or km(place, row[where]) <= row["km"]


def missed_places(reading: Reading) -> Iterator[str]:
    """Say which expected places were not found."""
    for row in reading.wanted["places"]:
        start, end = reading.span(row["in"])
        inside = [r for r in reading.parsed.resolutions if start <= r.mention.start < end]
        named = [r for r in inside if row["name"] in r.mention.text or r.mention.text in row["name"]]
        if not any(fits(r.place, row, "at") and r.place for r in named):
            got = (
                ", ".join(f"{r.mention.text}={r.place.id if r.place else None}" for r in inside)
                or "no mention"
            )
            yield f"{row['name']} in {row['in']!r}: {got}"


def missed_events(reading: Reading) -> Iterator[str]:
    """Say which expected events were not found."""
    for row in reading.wanted["events"]:
        start, end = reading.span(row["in"])
        types = next((family for family in FAMILIES if row["type"] in family), {row["type"]})
        there = [
            event
            for event in reading.parsed.events
            if any(r.evidence.start < end and start < r.evidence.end for r in event.reports)
        ]
        good = [
            event
            for event in there
            if event.type in types
            and row.get("status", event.status) == event.status
            and (not {"place", "code"} & row.keys() or any(fits(p.place, row, "place") for p in event.places))
        ]
        if not good:
            got = "; ".join(
                f"{e.type}/{e.status} at {', '.join(p.place.name if p.place else '?' for p in e.places)}"
                for e in there
            )
            yield f"{row['type']} in {row['in']!r}: {got or 'no event'}"


def test_places_a_reader_finds(reading: Reading) -> None:
    missed = list(missed_places(reading))

    assert len(missed) <= (1 - PLACES_FLOOR) * len(reading.wanted["places"]), "\n".join(missed)


def test_events_a_reader_finds(reading: Reading) -> None:
    missed = list(missed_events(reading))

    assert len(missed) <= (1 - EVENTS_FLOOR) * len(reading.wanted["events"]), "\n".join(missed)


def test_words_that_are_no_places(reading: Reading) -> None:
    taken = {r.mention.text for r in reading.parsed.resolutions}

    assert taken & set(reading.wanted["not_places"]) == set()


def test_front_matter_is_metadata(reading: Reading) -> None:
    document = reading.parsed.document

    assert document.title
    assert document.source == "written for this project"
    assert str(document.date) == Path(document.id).name[:10]
    assert all(r.mention.start >= document.body_start for r in reading.parsed.resolutions)


def test_offsets_fit_the_text(reading: Reading) -> None:
    text = reading.parsed.document.text
    mentions = [r.mention for r in reading.parsed.resolutions]
    evidence = [report.evidence for event in reading.parsed.events for report in event.reports]

    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(text[e.start : e.end] == e.text for e in evidence)


def test_the_readme_in_seeds_is_no_document() -> None:
    found = [item.document.id for item in geo.run(ROOT / "seeds") if isinstance(item, geo.Parsed)]

    assert [Path(name).name for name in found] == [p.name for p in TEXTS if p.parent.name == "seeds"]


def test_an_evacuation_has_origin_and_destinations(gaz: Gazetteer) -> None:
    [parsed] = list(geo.run(ROOT / "seeds" / "2022-10-13-kherson-evacuation.md", gaz=gaz))
    assert isinstance(parsed, geo.Parsed)
    moves = [event for event in parsed.events if event.type == "evacuation"]
    ends = {(p.role, p.place.id) for event in moves for p in event.places if p.place}

    assert ("from", "iso:UA-65") in ends
    assert {("to", f"iso:{code}") for code in ("UA-43", "RU-ROS", "RU-KDA", "RU-STA")} <= ends


@pytest.fixture(scope="module")
def parsed(shared: Path, gaz: Gazetteer) -> dict[str, geo.Parsed]:
    items = [p for p in geo.run(shared / "seeds", gaz=gaz) if isinstance(p, geo.Parsed)]
    return {Path(item.document.id).name: item for item in items}


class TestReferenceDocuments:
    """Floors on the documents beside the project; geo.scoring says how they are counted."""

    def test_mentions(self, parsed: dict[str, geo.Parsed], shared: Path) -> None:
        from geo.scoring.seeds import load_seeds, score_seeds

        found = {name: (item.document.text, item.resolutions) for name, item in parsed.items()}
        scores = score_seeds(load_seeds(shared / "gold" / "seeds.json"), found)

        assert scores.literal_placed >= 0.92, scores.misses
        assert scores.spurious_share <= 0.08, scores.spurious
        assert scores.role_share >= 0.8, scores.wrong_roles
        assert scores.non_places == []

    def test_events(self, parsed: dict[str, geo.Parsed], shared: Path) -> None:
        from geo.evaluate_events import score_events, total
        from geo.scoring.seeds import load_seeds

        gold = load_seeds(shared / "gold" / "seeds.json")
        documents = gold["documents"]
        scores = [
            score_events(entry, parsed[entry["file"]], gold["places"], dated=False) for entry in documents
        ]
        counts = total(scores)

        assert counts["found"] >= 0.7 * counts["gold"], [score["missed"] for score in scores]
        assert counts["spurious"] <= 0.3 * counts["predicted"], [score["wrong"] for score in scores]

    def test_both_are_read(self, parsed: dict[str, geo.Parsed]) -> None:
        assert len(parsed) == 2
        assert all(item.resolutions and item.events for item in parsed.values())
