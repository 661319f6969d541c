"""``geo eval --events`` from end to end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.evaluate_events import confusion, figures, score_events, total
from geo.scoring.eventgold import case
from geo.types import Attribution, Event, EventPlace, Evidence, Parsed, Report
from tests.geo.cli.run import geo

if TYPE_CHECKING:
    from pathlib import Path

RECORD: dict[str, Any] = {
    "id": "a",
    "part": "one",
    "date": "2024-05-20",
    "text": "Rebels shelled Goma on Sunday, the army said. Thousands fled from Goma to Gisenyi.",
    "mentions": ["Goma|L", "Goma|L", "Gisenyi|L"],
    "events": [
        {"type": "shelling", "places": ["Goma"], "status": "claimed", "source": "army", "date": "2024-05-19"},
        {
            "type": "displacement",
            "places": ["Goma"],
            "status": "happened",
            "source": "",
            "origin": "Goma",
            "destinations": ["Gisenyi"],
        },
        {"type": "siege", "places": ["Goma"], "status": "happened"},
    ],
}


@pytest.fixture
def gold(here: Path) -> str:
    other = RECORD | {"id": "b", "part": "two", "events": []}
    (here / "gold.jsonl").write_text(f"{json.dumps(RECORD)}\n\n{json.dumps(other)}\n")
    return "gold.jsonl"


def test_the_measures_and_the_confusion_tables(gold: str) -> None:
    done = geo("eval", "--events", gold, "--part", "one")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    values = {line.split()[0]: line.split()[1] for line in lines if line[:1].islower()}
    assert values["family_r"] == "0.667"
    assert (
        values["status"] == values["source_p"] == values["date_strict"] == values["destinations"] == "1.000"
    )
    assert any(line.split()[0] == "siege" and line.split()[-1] == "1" for line in lines if line.strip())


def test_json(gold: str) -> None:
    done = geo("eval", "--events", gold, "--json")
    assert done.exit_code == 0, done.output
    assert '"types": [[' in done.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "holds no gold documents"),
        ("{", "gold.jsonl:1: no gold record of events"),
        (json.dumps({"id": "a"}), "gold.jsonl:1: no gold record of events"),
        (json.dumps(RECORD | {"mentions": ["Paris|L"]}), "gold.jsonl:1"),
        (json.dumps(RECORD | {"mentions": ["Goma|L"]}), "no mention is called"),
        (json.dumps({"places": {}, "documents": [{"file": "../x", "events": []}]}), "document 1"),
    ],
)
def test_bad_gold_is_one_clear_line(here: Path, content: str, told: str) -> None:
    (here / "gold.jsonl").write_text(content)
    done = geo("eval", "--events", "gold.jsonl")
    assert done.exit_code in {1, 2}
    assert told in done.stderr
    assert "Traceback" not in done.output


def test_a_part_that_is_not_there(gold: str) -> None:
    done = geo("eval", "--events", gold, "--part", "three")
    assert "no document belongs to part 'three'" in done.stderr


def _event(kind: str, source: str | None) -> Event:
    given = case(dict(RECORD))
    assert given.resolutions
    report = Report("a", "claimed", Evidence(0, 3, "x"), (0, 1), Attribution(source) if source else None)
    place = EventPlace("at", given.resolutions[0].place, 0, "Goma")
    return Event("e", kind, "claimed", "claimed", (place,), (report,))


def test_attribution_is_scored_for_precision_and_recall() -> None:
    given = case(dict(RECORD))
    parsed = Parsed(
        given.document, (), (_event("shelling", "the mayor"), _event("displacement", "the mayor"))
    )
    scores = [score_events(given.gold, parsed, given.places)]
    found = figures(scores)
    assert (found["source_p"], found["source_r"]) == (0.0, 0.0)
    assert found["family_r"] == pytest.approx(2 / 3)
    assert total(scores)["named"] == [0, 2, 1]


def test_the_confusion_table_names_what_was_taken_for_what() -> None:
    names, counts = confusion([("strike", "shelling"), ("strike", "strike"), ("siege", "")])
    assert names == ["shelling", "siege", "strike", ""]
    assert counts[2] == [1, 0, 1, 0]
    assert counts[1][3] == 1
