"""What two outputs of geo parse see differently."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from geo.cli import main
from geo.codec import dumps, encode
from geo.types import EventPlace
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

    from geo.types import Parsed


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def save(path: Path, *parsed: Parsed) -> str:
    path.write_text("".join(dumps(encode(item)) + "\n" for item in parsed), encoding="utf-8")
    return path.name


def diff(here: Path, before: Parsed | list[Parsed], after: Parsed | list[Parsed], *options: str) -> Result:
    one, other = (item if isinstance(item, list) else [item] for item in (before, after))
    return CliRunner().invoke(
        main, ["diff", save(here / "a.jsonl", *one), save(here / "b.jsonl", *other), *options]
    )


def changes(here: Path, before: Parsed | list[Parsed], after: Parsed | list[Parsed]) -> list[Any]:
    done = diff(here, before, after, "--json")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def named(document_id: str) -> Parsed:
    return replace(stage.parsed(), document=replace(stage.parsed().document, id=document_id))


def test_no_difference(here: Path) -> None:
    done = diff(here, stage.parsed(), stage.parsed(), "--exit-code")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No difference in 1 document\n")


def test_documents_in_one_only(here: Path) -> None:
    found = changes(here, [stage.parsed(), named("old")], [named("new"), stage.parsed()])

    assert [(one["document"], one["what"], one["change"]) for one in found] == [
        ("old", "document", "removed"),
        ("new", "document", "added"),
    ]


def test_mentions(here: Path) -> None:
    first, second, third, fourth = stage.parsed().resolutions
    moved = replace(first, place=stage.CORA)
    recast = replace(second, mention=replace(second.mention, role="literal"))
    found = changes(
        here,
        replace(stage.parsed(), resolutions=(first, second, third)),
        replace(stage.parsed(), resolutions=(moved, recast, fourth)),
    )

    assert [(one["text"], one["change"], one["fields"]) for one in found] == [
        ("Beek", "changed", {"place": ["Beek (geonames:1)", "Cora (geonames:2)"]}),
        ("Bland", "changed", {"role": ["metonym", "literal"]}),
        ("Cora", "removed", {"place": ["Cora (geonames:2)", None]}),
        ("Nowhereville", "added", {"place": [None, "not placed"]}),
    ]
    assert stage.TEXT[found[0]["start"] : found[0]["end"]] == "Beek"


def test_events(here: Path) -> None:
    shelling, evacuation, protest = stage.parsed().events
    assert shelling.when is not None
    other = replace(
        shelling,
        id="x",
        type="strike",
        status="claimed",
        places=(EventPlace("at", stage.CORA, 2, "Cora"),),
        when=replace(shelling.when, end=None),
    )
    before = replace(stage.parsed(), events=(shelling, evacuation), unplaced=())
    after = replace(stage.parsed(), events=(other, protest), unplaced=())
    changed, removed, added = changes(here, before, after)

    assert changed["change"] == "changed"
    assert changed["fields"] == {
        "type": ["shelling", "strike"],
        "status": ["happened", "claimed"],
        "places": ["at Beek (geonames:1)", "at Cora (geonames:2)"],
        "date": ["2001-05-03", "2001-05-03/.."],
    }
    assert (removed["change"], removed["fields"]["type"]) == ("removed", ["evacuation", None])
    assert (added["change"], added["fields"]["places"]) == ("added", [None, "not placed"])


def test_events_of_one_sentence_are_paired_by_type_and_place(here: Path) -> None:
    one = stage.parsed().events[0]
    two = replace(one, id="y", places=(EventPlace("at", stage.CORA, 2, "Cora"),))
    before = replace(stage.parsed(), events=(one, two), unplaced=())
    after = replace(stage.parsed(), events=(replace(two, status="claimed"), one), unplaced=())
    (found,) = changes(here, before, after)

    assert found["fields"] == {"status": ["happened", "claimed"]}
    assert changes(here, before, replace(before, events=(two, one))) == []


def test_the_table_and_the_summary(here: Path) -> None:
    first, *rest = stage.parsed().resolutions
    hostile = replace(first, place=replace(stage.CORA, name="\x1b[31mRed"))
    done = diff(here, stage.parsed(), replace(stage.parsed(), resolutions=(hostile, *rest)), "--exit-code")

    assert done.exit_code == 1
    head, line = done.stdout.splitlines()
    assert head.split() == ["document", "what", "change", "text", "field", "A", "B"]
    assert line.split()[:5] == ["a.txt", "mention", "changed", "Beek", "place"]
    assert "\x1b" not in done.stdout
    assert done.stderr == "mentions changed 1; 1 document in both\n"


def test_what_is_no_record(here: Path) -> None:
    (here / "a.txt").write_text("Shells fell on Kharkiv.")
    save(here / "b.jsonl", stage.parsed())
    runner = CliRunner()

    done = runner.invoke(main, ["diff", "b.jsonl", "a.txt"])
    assert done.exit_code == 1
    assert done.stderr == "geo: a.txt: holds no records; compare two files that 'geo parse' wrote\n"
    done = runner.invoke(main, ["diff", "b.jsonl", "none.jsonl"])
    assert done.exit_code == 1
    assert "none.jsonl: no record could be read; nothing was compared" in done.stderr


def test_a_broken_line_is_told_and_the_rest_compared(here: Path) -> None:
    save(here / "a.jsonl", stage.parsed())
    text = (here / "a.jsonl").read_text(encoding="utf-8")
    (here / "b.jsonl").write_text(text + '{"schema":1,\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["diff", "a.jsonl", "b.jsonl"])

    assert done.exit_code == 1
    assert "b.jsonl" in done.stderr
    assert done.stderr.endswith("No difference in 1 document\n")
