from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import geo
from geo import pipeline
from geo.codec import dumps, encode
from geo.documents import Failure
from geo.pipeline import Stages, default_title
from geo.types import Document, Parsed
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer
    from geo.types import Mention, Resolution


class Names:
    """Finds what `stage` names, and fails on a word of its own."""

    def find(self, document: Document) -> list[Mention]:
        if "Boom" in document.text:
            raise RuntimeError("boom")
        return [item.mention for item in stage.parsed().resolutions if item.mention.text in document.text]


class Places:
    """Places what `stage` places."""

    def resolve(self, document: Document, mentions: Any) -> list[Resolution]:
        known = {item.mention: item for item in stage.parsed().resolutions}
        return [known[mention] for mention in mentions]


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    """Stages with stand-ins for everything that needs a gazetteer or a grammar."""
    from geo import dates, events

    monkeypatch.setattr(dates, "find_times", lambda *_: [], raising=False)
    monkeypatch.setattr(events, "extract", lambda *_: list(stage.parsed().events), raising=False)
    return Stages(Names(), Places(), None)


def test_a_document_goes_through_all_stages(stages: Stages) -> None:
    parsed = stages.parse(stage.parsed().document)

    assert parsed == stage.parsed()


def test_unplaced_mentions_and_events_have_reasons(stages: Stages) -> None:
    unplaced = stages.parse(stage.parsed().document).unplaced

    assert [(item.what, item.text, item.reason) for item in unplaced] == [
        ("mention", "Nowhereville", "no place of this name is known"),
        ("event", "Nowhereville was quiet.", "the text names no place for it"),
    ]


def test_a_floor_unplaces_with_a_reason(stages: Stages) -> None:
    parsed = replace(stages, min_score=0.95).parse(stage.parsed().document)

    assert {item.place for item in parsed.resolutions} == {None}
    assert parsed.resolutions[0].reasons[-1] == "score 0.90 is below 0.95"
    assert parsed.resolutions[0].candidates
    assert sum(item.what == "mention" for item in parsed.unplaced) == 4


def test_demonyms_only_where_asked(stages: Stages) -> None:
    class Demonyms(Names):
        def find(self, document: Document) -> list[Mention]:
            return [replace(item, role="demonym") for item in super().find(document)]

    known = [
        replace(item, mention=replace(item.mention, role="demonym")) for item in stage.parsed().resolutions
    ]

    class Known(Places):
        def resolve(self, document: Document, mentions: Any) -> list[Resolution]:
            return [item for item in known if item.mention in mentions]

    without = replace(stages, recogniser=Demonyms(), resolver=Known())

    assert without.places(stage.parsed().document) == []
    assert len(replace(without, demonyms=True).places(stage.parsed().document)) == 4


def test_a_document_that_fails_does_not_stop_the_others(stages: Stages, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Boom")
    (tmp_path / "b.txt").write_text(stage.TEXT)
    (tmp_path / "c.txt").write_text("")
    found = list(pipeline.run(tmp_path, stages=stages))

    assert [type(item) for item in found] == [Failure, Parsed, Failure]
    assert "could not be parsed (RuntimeError: boom)" in str(found[0])


def test_records_are_taken_as_they_are(stages: Stages, tmp_path: Path) -> None:
    path = tmp_path / "parsed.jsonl"
    path.write_text(dumps(encode(stage.parsed())) + "\n", encoding="utf-8")
    (found,) = pipeline.run(path, stages=stages)

    assert isinstance(found, Parsed)
    assert encode(found) == encode(stage.parsed())


def test_titles() -> None:
    first = stage.parsed()
    second = replace(first, document=Document("in/b.txt", "x", date=date(2001, 6, 1)))
    undated = replace(first, document=Document("in/c.txt", "x"))

    assert default_title([]) == "No documents"
    assert default_title([first]) == "A title"
    assert default_title([undated]) == "c.txt"
    assert default_title([first, first]) == "2 documents, 2001-05-04"
    assert default_title([first, second, undated]) == "3 documents, 2001-05-04 to 2001-06-01"
    assert default_title([undated, undated]) == "2 documents"


def test_the_front_door_is_exact() -> None:
    assert geo.__all__ == sorted(geo.__all__)
    assert set(geo._HOME) | {"__version__"} == set(geo.__all__)
    for name in geo.__all__:
        assert getattr(geo, name) is not None
    assert dir(geo) == sorted(geo.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = geo.nothing  # type: ignore[attr-defined]


class TestWholeWay:
    """With the real stages and the real gazetteer."""

    def test_a_text_gives_placed_mentions(self, gaz: Gazetteer) -> None:
        parsed = geo.parse("Shells fell on Kharkiv on 3 May 2022.", gaz=gaz)

        assert [item.place.name for item in parsed.resolutions if item.place] == ["Kharkiv"]

    def test_an_empty_text_gives_nothing(self, gaz: Gazetteer) -> None:
        assert geo.parse("", gaz=gaz) == Parsed(Document("text", ""))

    def test_the_examples(self, gaz: Gazetteer, root: Path) -> None:
        parsed = [item for item in geo.run(root / "seeds", gaz=gaz) if isinstance(item, Parsed)]

        assert len(parsed) == 2
        for item in parsed:
            text = item.document.text
            assert len(item.resolutions) > 20
            assert item.events
            for one in item.resolutions:
                assert text[one.mention.start : one.mention.end] == one.mention.text
                assert one.mention.start >= item.document.body_start
            for event in item.events:
                for report in event.reports:
                    assert text[report.evidence.start : report.evidence.end] == report.evidence.text

    def test_the_map_of_records_is_the_map_of_the_texts(self, gaz: Gazetteer, root: Path) -> None:
        parsed = [item for item in geo.run(root / "seeds", gaz=gaz) if isinstance(item, Parsed)]
        again = [geo.codec.decode(json.loads(dumps(encode(item)))) for item in parsed]  # type: ignore[attr-defined]

        assert geo.make_map(again, gaz=gaz) == geo.make_map(parsed, gaz=gaz)

    def test_a_home_must_be_known(self, gaz: Gazetteer) -> None:
        assert geo.parse("It rained in Paris.", gaz=gaz, near="us").resolutions[0].place is not None
        with pytest.raises(geo.OptionError, match="no place has the id 'nowhere'"):
            geo.parse("It rained in Paris.", gaz=gaz, near="nowhere")
