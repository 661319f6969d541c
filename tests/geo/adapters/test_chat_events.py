"""Events by a model: nothing of its answer is used but what stands in the text."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from geo import ontology
from geo.adapters.endpoint import KEY
from geo.errors import OptionError
from geo.events.by_model import MOST, instructions
from geo.pipeline import make_stages, parse_item
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from tests.geo.adapters.conftest import Endpoint

TEXT = (
    "Rebels shelled Goma on Monday, killing at least 12 people, the army said. "
    "Thousands fled from there to Gisenyi in Rwanda."
)
FIRST = "Rebels shelled Goma on Monday, killing at least 12 people, the army said."


def report(**changes: Any) -> dict[str, Any]:
    return {
        "quote": FIRST,
        "trigger": "shelled",
        "type": "shelling",
        "status": "claimed",
        "places": [{"name": "Goma", "role": "at"}],
        "source": "the army",
        "time": "on Monday",
        "actors": [{"name": "Rebels", "role": "agent"}],
        "numbers": ["at least 12"],
    } | changes


@pytest.fixture
def read(endpoint: Endpoint, gaz: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.delenv(KEY, raising=False)
    stages = make_stages(gaz, extractor="openai:small", base_url=endpoint.url)
    document = Document("d", TEXT, date=date(2025, 1, 29))

    def answer(*reports: Any, text: str | None = None) -> Parsed:
        endpoint.content = json.dumps({"reports": list(reports)})
        given = Document("d", text, date=document.date) if text else document
        return stages.parse(given)

    return answer


def test_a_report_becomes_an_event_with_our_places_and_days(read: Any, endpoint: Endpoint) -> None:
    (event,) = read(report()).events
    assert (event.type, event.status) == ("shelling", "claimed")
    assert [(place.role, place.place.name) for place in event.places] == [("at", "Goma")]
    assert event.when.start == event.when.end == date(2025, 1, 27)
    assert event.source.name == "the army"
    assert [(q.what, q.low, q.bound) for q in event.quantities] == [("killed", 12.0, "at_least")]
    assert event.reports[0].evidence.text == FIRST
    assert any("openai:small" in reason for reason in event.reasons)
    asked = endpoint.asked[0]["messages"]
    assert "shelling" in asked[0]["content"]
    assert json.loads(asked[1]["content"]) == TEXT


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "Rebels shelled Bukavu on Monday."},
        {"trigger": "bombed"},
        {"trigger": ""},
        {"type": "party"},
        {"type": ["shelling"]},
        {"status": "certain"},
        {"quote": None},
    ],
)
def test_what_is_not_in_the_text_or_the_lists_is_left_out(read: Any, wrong: dict[str, Any]) -> None:
    parsed = read(report(**wrong))
    assert parsed.events == ()


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"places": [{"name": "Bukavu", "role": "at"}]}, []),
        ({"places": [{"name": "Goma", "role": "inside"}]}, []),
        ({"places": "Goma"}, []),
        ({"places": [{"name": 3, "role": "at"}, "Goma", {"name": "Goma", "role": "near"}]}, ["Goma"]),
    ],
)
def test_places_are_mentions_of_the_text(read: Any, changes: dict[str, Any], places: list[str]) -> None:
    (event,) = read(report(**changes)).events
    assert [place.place.name for place in event.places] == places


def test_other_parts_that_are_invented_are_left_out(read: Any) -> None:
    (event,) = read(
        report(
            source="the mayor",
            time="on Tuesday",
            actors=[{"name": "Aliens", "role": "agent"}, 1],
            numbers=["99", 4],
        )
    ).events
    assert (event.source, event.when, event.actors, event.quantities) == (None, None, (), ())


def test_a_movement_finds_its_origin_before_the_sentence(read: Any) -> None:
    quote = "Thousands fled from there to Gisenyi in Rwanda."
    (event,) = read(
        report(
            quote=quote,
            trigger="fled",
            type="displacement",
            status="happened",
            places=[{"name": "Goma", "role": "from"}, {"name": "Gisenyi", "role": "to"}],
        )
    ).events
    assert [(place.role, place.place.name) for place in event.places] == [("from", "Goma"), ("to", "Gisenyi")]
    assert event.places[0].reason


def test_long_texts_are_asked_for_in_pieces(read: Any, endpoint: Endpoint) -> None:
    text = f"{FIRST} " * (3 * MOST // len(FIRST))
    read(text=text)
    sent = [json.loads(asked["messages"][1]["content"]) for asked in endpoint.asked]
    assert len(sent) > 2
    assert all(len(piece) <= MOST for piece in sent)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("no json", "another form"),
        ("[]", "another form"),
        ('{"reports": 3}', "another form"),
        ('{"reports": [1, null]}', ""),
        ('```json\n{"reports": []}\n```', ""),
    ],
)
def test_a_malformed_answer_is_a_failure_of_its_document(
    content: str, told: str, endpoint: Endpoint, gaz: Gazetteer
) -> None:
    endpoint.content = content
    stages = make_stages(gaz, extractor="openai:small", base_url=endpoint.url)
    result = parse_item(stages, Document("d", TEXT))
    assert isinstance(result, Parsed) == (not told)
    assert told in str(result) if told else True


def test_an_extractor_must_be_known(gaz: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    with pytest.raises(OptionError, match="extractor: 'magic' is none"):
        make_stages(gaz, extractor="magic")
    with pytest.raises(OptionError, match="OPENAI_API_KEY"):
        make_stages(gaz, extractor="openai:small")


def test_the_model_is_told_all_types() -> None:
    told = instructions(ontology.load())
    assert all(kind.name in told for kind in ontology.load())
