"""The record of `geo parse`: every key of the design, and back again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.types import KINDS, Candidate, NameUse, Place
from geo.codec import SCHEMA, decode, dumps, encode
from geo.types import (
    ROLES,
    STATUSES,
    Actor,
    Attribution,
    Document,
    Event,
    EventPlace,
    Evidence,
    Mention,
    Parsed,
    Quantity,
    Report,
    Resolution,
    ScoredCandidate,
    TimeSpan,
    Unplaced,
)
from tests.geo import stage

words = st.text(st.characters(codec="utf-8"), max_size=8)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
offsets = st.integers(0, 10_000)
scores = st.floats(0, 1)
days = st.none() | st.dates()
maybe = st.none() | words


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


places = st.builds(
    Place,
    id=names,
    name=words,
    kind=st.sampled_from(KINDS),
    country=maybe,
    admin1=maybe,
    lon=st.floats(-180, 180),
    lat=st.floats(-90, 90),
    population=st.integers(0, 10**9),
    precision_km=st.floats(0, 1e4),
)
mentions = st.builds(Mention, offsets, offsets, words, st.sampled_from(ROLES), words)
candidates = st.builds(ScoredCandidate, st.builds(Candidate, places, words, st.sampled_from(NameUse)), scores)
resolutions = st.builds(Resolution, mentions, st.none() | places, scores, several(words), several(candidates))
spans = st.tuples(offsets, offsets)
times = st.builds(
    TimeSpan, days, days, st.sampled_from(["day", "month", "unknown"]), words, words, words, st.none() | spans
)
attributions = st.builds(Attribution, words, maybe, words, several(words))
reports = st.builds(
    Report,
    words,
    st.sampled_from(STATUSES),
    st.builds(Evidence, offsets, offsets, words),
    spans,
    st.none() | attributions,
    st.none() | times,
)
events = st.builds(
    Event,
    id=names,
    type=words,
    status=st.sampled_from(STATUSES),
    standing=words,
    places=several(
        st.builds(
            EventPlace,
            st.sampled_from(["at", "from", "to"]),
            st.none() | places,
            st.none() | offsets,
            words,
            words,
        )
    ),
    reports=several(reports),
    when=st.none() | times,
    actors=several(st.builds(Actor, words, words, maybe)),
    source=st.none() | attributions,
    quantities=several(
        st.builds(
            Quantity, words, st.none() | st.floats(0, 1e9), st.none() | st.floats(0, 1e9), words, words, words
        )
    ),
    score=scores,
    reasons=several(words),
)
documents = st.builds(Document, names, words, maybe, maybe, maybe, days, maybe, offsets)
parses = st.builds(
    Parsed,
    documents,
    several(resolutions),
    several(events),
    several(st.builds(Unplaced, words, words, words, offsets, offsets, maybe)),
    several(words),
)


@settings(max_examples=60, deadline=None)
@given(parses, st.booleans())
def test_a_record_comes_back_the_same(parsed: Parsed, text: bool) -> None:
    record = encode(parsed, text=text)
    line = dumps(record)

    assert "\n" not in line
    assert json.loads(line) == record
    assert dumps(encode(decode(json.loads(line)))) == line


@settings(max_examples=40, deadline=None)
@given(parses)
def test_what_layers_read_survives(parsed: Parsed) -> None:
    again = decode(encode(parsed))

    assert again.document == parsed.document
    assert again.unplaced == parsed.unplaced
    assert again.errors == parsed.errors
    assert [(e.id, e.when, e.actors, e.source, e.reports, e.quantities) for e in again.events] == [
        (e.id, e.when, e.actors, e.source, e.reports, e.quantities) for e in parsed.events
    ]
    for one, other in zip(again.resolutions, parsed.resolutions, strict=True):
        assert (one.mention.start, one.mention.end, one.mention.text, one.mention.role, one.reasons) == (
            other.mention.start,
            other.mention.end,
            other.mention.text,
            other.mention.role,
            other.reasons,
        )
        assert (one.place is None) == (other.place is None)
        if one.place and other.place:
            assert (one.place.id, one.place.kind) == (other.place.id, other.place.kind)
            assert one.place.lon == pytest.approx(other.place.lon, abs=1e-6)


def test_the_keys_are_those_of_the_design() -> None:
    record = encode(stage.parsed())

    assert list(record)[:8] == ["schema", "id", "source", "url", "title", "date", "date_basis", "text"]
    assert {"mentions", "events", "unplaced", "errors"} <= record.keys()
    assert (record["schema"], record["date"]) == (SCHEMA, "2001-05-04")
    mention = record["mentions"][0]
    assert list(mention) == ["start", "end", "text", "role", "place", "score", "reasons", "candidates"]
    assert mention["place"] == {
        "id": "geonames:1",
        "name": "Beek",
        "kind": "city",
        "country": "AA",
        "admin1": "AA-N",
        "lat": 8.0,
        "lon": 4.0,
        "precision_km": 10.0,
    }
    assert mention["candidates"] == [
        {
            "id": "geonames:1",
            "name": "Beek",
            "kind": "city",
            "country": "AA",
            "lat": 8.0,
            "lon": 4.0,
            "score": 0.9,
        }
    ]
    assert record["text"][mention["start"] : mention["end"]] == mention["text"]
    assert record["mentions"][3]["place"] is None


def test_the_keys_of_an_event() -> None:
    event = encode(stage.parsed())["events"][1]

    assert {
        "id",
        "type",
        "status",
        "standing",
        "places",
        "when",
        "actors",
        "source",
        "quantities",
        "score",
        "reports",
    } <= event.keys()
    assert (
        event["places"][0].items()
        >= {"role": "from", "mention": 2, "id": "geonames:2", "name": "Cora"}.items()
    )
    assert (
        event["when"].items()
        >= {
            "start": "2001-05-03",
            "end": "2001-05-03",
            "granularity": "day",
            "relation": "at",
            "basis": "explicit",
            "text": "3 May",
        }.items()
    )
    assert event["actors"][0].items() >= {"name": "Bland", "role": "agent"}.items()
    assert event["source"] == {"name": "Bland", "side": "BB", "verb": "said", "chain": ["agency"]}
    assert event["quantities"][0] == {
        "what": "people",
        "low": 3.0,
        "high": 4.0,
        "bound": "about",
        "unit": "",
        "text": "three or four people",
    }
    report = event["reports"][0]
    assert report.keys() >= {"status", "source", "when", "evidence"}
    assert stage.TEXT[report["evidence"]["start"] : report["evidence"]["end"]] == report["evidence"]["text"]


def test_without_text_the_offsets_stay() -> None:
    record = encode(stage.parsed(), text=False)

    assert "text" not in record
    assert decode(record).document.text == ""
    assert decode(record).resolutions[0].mention == decode(encode(stage.parsed())).resolutions[0].mention


def test_lines_of_other_scripts_and_line_separators() -> None:
    parsed = Parsed(Document("a", "Київ\u2028\u0085\x1f שלום"))

    assert dumps(encode(parsed)).count("\n") == 0
    assert decode(json.loads(dumps(encode(parsed)))) == parsed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 2}, "schema is 2, this version reads 1"),
        ({"schema": None}, "schema is None"),
        ({"mentions": [{}]}, "is missing"),
        ({"mentions": None}, "wrong form"),
        ({"events": [{"id": "x"}]}, "key 'type' is missing"),
        ({"date": "yesterday"}, "isoformat"),
        ({"mentions": ["x"]}, "wrong form"),
    ],
)
def test_a_wrong_record_is_a_value_error(change: dict[str, Any], message: str) -> None:
    record = encode(Parsed(Document("a", "Text.", date=date(2021, 6, 9)))) | change

    with pytest.raises(ValueError, match=message):
        decode(record)


def test_numbers_json_cannot_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"score": float("nan")})


def test_events_without_a_place_are_carried_by_the_unplaced() -> None:
    evidence = Evidence(0, 17, "Protests went on.")
    lost = Event("e1", "protest", "happened", "reported", (), (Report("a", "happened", evidence, (0, 8)),))
    document = Document("a", "Protests went on.")
    entry = Unplaced("event", "Protests went on.", "the text names no place for it", 0, 17, lost.id)
    parsed = Parsed(document, events=(lost,), unplaced=(entry,))
    record = encode(parsed)
    assert record["events"] == []
    assert record["unplaced"][0]["event"]["type"] == "protest"
    assert decode(record) == parsed
