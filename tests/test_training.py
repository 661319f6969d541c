"""The annotated texts of our own: markup, conventions, and what they cover."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gazetteer
from gazetteer.types import KINDS
from training import compile as compiler
from training.markup import Block, MarkupError, Point, read_blocks, read_code, strip_marks
from training.suggest import points, resolve, resolve_text, same_place


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.open()


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(compiler.documents(gazetteer.open()))


def _block(raw: str, source: str = "wire") -> Block:
    return Block("tst-001", "A title", source, "2020-01-01", raw)


# -- markup


def test_marks_come_out_of_the_text_with_their_spans() -> None:
    text, marks = strip_marks("In [Kyiv]{l geonames:703448}, near [Reading]{-}.")
    assert text == "In Kyiv, near Reading."
    assert [(text[m.start : m.end], m.code, m.is_place) for m in marks] == [
        ("Kyiv", "l geonames:703448", True),
        ("Reading", "-", False),
    ]


def test_a_place_inside_an_organisation() -> None:
    text, marks = strip_marks("The [University of [Sussex]{m ? 50.9 -0.1 region GB}]{-} said so.")
    assert text == "The University of Sussex said so."
    assert [m.surface for m in marks] == ["University of Sussex", "Sussex"]


def test_brackets_of_the_text_are_escaped() -> None:
    assert strip_marks(r"a \[b\] \{c\} \\") == ("a [b] {c} \\", [])


def test_a_header_may_name_the_outlet() -> None:
    told, silent = read_blocks(
        "### a-1 | T | local | 2020-01-01 | example.org/a\nX.\n### a-2 | T | local | -\nY.\n"
    )
    assert (told.outlet, silent.outlet) == ("example.org/a", None)
    assert (told.raw, silent.date) == ("X.", None)


@pytest.mark.parametrize(
    "raw", ["[open", "closed]{-}", "[no braces]", "[x]{l", "a {lone brace}", "[a]{-} ]", "[[a]{-}"]
)
def test_broken_markup_is_refused(raw: str) -> None:
    with pytest.raises(MarkupError):
        strip_marks(raw)


@given(st.text(st.characters(exclude_characters="[]{}\\", exclude_categories=["Cs"])), st.text("abc -"))
def test_text_without_markup_is_kept_and_marked_text_comes_back(before: str, name: str) -> None:
    assert strip_marks(before) == (before, [])
    text, marks = strip_marks(f"{before}[{name}]{{-}}")
    assert text == before + name
    assert (marks[0].start, marks[0].end) == (len(before), len(before) + len(name))


def test_blocks_and_their_headers() -> None:
    first, second = read_blocks(
        "### a-1 | One | wire | 2020-02-03\nText.\n\n### a-2 | Two | social | -\nMore.\n"
    )
    assert (first.id, first.title, first.source, first.date, first.raw) == (
        "a-1",
        "One",
        "wire",
        "2020-02-03",
        "Text.",
    )
    assert (second.date, second.raw) == (None, "More.")
    assert read_blocks("") == []


@pytest.mark.parametrize(
    "content", ["stray\n### a | b | wire | -\nx", "### a | b\nx", "### a | b | wire | soon\nx"]
)
def test_broken_headers_are_refused(content: str) -> None:
    with pytest.raises(MarkupError):
        read_blocks(content)


def test_what_the_braces_say() -> None:
    assert read_code("l iso:UA").place == "iso:UA"
    reading = read_code("t cur:x ? -1.5 33 lake")
    assert (reading.role, reading.place, reading.point) == ("metonym", "cur:x", Point(-1.5, 33.0, "lake"))
    assert str(Point(31.4, 34.4, "region", "PS")) == "? 31.4 34.4 region PS"


@pytest.mark.parametrize(
    "code", ["", "l", "x iso:UA", "l @UA", "l UA", "l ? 1", "l iso:UA iso:RU", "l ? 1 2"]
)
def test_drafts_and_nonsense_are_refused(code: str) -> None:
    with pytest.raises(MarkupError):
        read_code(code)


# -- compiling

FILLER = " and a few more words so that this counts as a text at all."


@pytest.mark.parametrize(
    "name",
    ["the Sahara", "Kenya's", "Kenya’s", " Kenya", "Kenya ", ""],
)
def test_spans_against_the_conventions_are_refused(gaz: gazetteer.Gazetteer, name: str) -> None:
    with pytest.raises(MarkupError):
        compiler.record(_block(f"In [{name}]{{l iso:KE}}{FILLER}"), gaz)


@pytest.mark.parametrize(
    ("raw", "source"),
    [
        (f"In [A [B]{{l iso:KE}}]{{l iso:KE}}{FILLER}", "wire"),
        (f"In [A]{{l iso:QQ}}{FILLER}", "wire"),
        (f"In [A]{{l ? 91 0 town}}{FILLER}", "wire"),
        (f"In [A]{{l ? 1 0 planet}}{FILLER}", "wire"),
        ("Too [short]{-}.", "wire"),
        (f"In [Kenya]{{l iso:KE}}{FILLER}", "gossip"),
    ],
)
def test_records_against_the_conventions_are_refused(gaz: gazetteer.Gazetteer, raw: str, source: str) -> None:
    with pytest.raises(MarkupError):
        compiler.record(_block(raw, source), gaz)


def test_the_gazetteer_goes_before_the_point_and_the_point_fills_in(gaz: gazetteer.Gazetteer) -> None:
    raw = f"In [Kenya]{{l iso:KE ? 1 2 country KE}} and [Nowhere]{{l cur:gone ? 3 4 town KE}}{FILLER}"
    known, gone = compiler.record(_block(raw), gaz)["toponyms"]
    assert (known["place"], known["lat"]) == ("iso:KE", gaz.get("iso:KE").lat)
    assert (gone["place"], gone["lat"], gone["lon"], gone["kind"]) == (None, 3.0, 4.0, "town")


def test_the_split_is_by_id_alone() -> None:
    parts = Counter(compiler.split_of(f"x-{n}") for n in range(5000))
    assert 0.18 < parts["check"] / 5000 < 0.22
    assert compiler.split_of("war-001") == compiler.split_of("war-001")


def test_output_is_the_same_twice(tmp_path: Any) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        assert compiler.main(["-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"id", "source", "date", "title", "text", "toponyms", "non_places", "group", "split"} == set(
        rows[0]
    )


def test_an_error_names_file_and_text(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "01-x.txt").write_text("### x-1 | T | wire | -\nAn [open bracket.\n", encoding="utf-8")
    assert compiler.main(["--texts", str(tmp_path)]) == 1
    assert "01-x.txt: x-1" in capsys.readouterr().err


# -- hints


@pytest.mark.parametrize(
    ("surface", "hint", "place"),
    [
        ("Ukraine", "UA", "iso:UA"),
        ("Texas", "US-TX", "iso:US-TX"),
        ("Paris", "@US-TX", "geonames:4717560"),
        ("Kiev", "=Kyiv@UA", "geonames:703448"),
        ("London", "@CA", "geonames:6058560"),
        ("Kherson", "@UA/admin1", "iso:UA-65"),
        ("Kherson", "@UA", "geonames:706448"),
        ("anything", "geonames:1", "geonames:1"),
        ("Nowhereburg", "@UA", None),
        ("Nowhereburg", "!!", None),
        ("Nowhereburg", "? 1 2 town UA", "? 1 2 town UA"),
    ],
)
def test_hints_resolve(gaz: gazetteer.Gazetteer, surface: str, hint: str, place: str | None) -> None:
    found = resolve(surface, hint, gaz)
    assert found == place


def test_a_point_becomes_an_id_when_the_gazetteer_has_the_place(gaz: gazetteer.Gazetteer) -> None:
    place = same_place("Kherson", Point(46.6, 32.6, "town", "UA"), gaz)
    assert place is not None
    assert place.id == "geonames:706448"
    assert same_place("Kherson", Point(10, 10, "town", "NG"), gaz) is None


def test_resolving_a_resolved_text_changes_nothing(gaz: gazetteer.Gazetteer) -> None:
    path = next(compiler.TEXTS.glob("01-*.txt"))
    content = path.read_text(encoding="utf-8")
    again, notes = resolve_text(content, gaz)
    assert not [note for note in notes if note.startswith("OPEN")]
    assert resolve_text(again, gaz)[0] == again


def test_points_are_sane() -> None:
    for name, found in points().items():
        assert name
        for point in found:
            assert -90 <= point.lat <= 90
            assert -180 <= point.lon <= 180
            assert point.kind in KINDS


# -- the texts


def test_every_text_compiles_and_spans_hold() -> None:
    for row in _rows():
        for top in row["toponyms"] + row["non_places"]:
            assert row["text"][top["start"] : top["end"]] == top["surface"]


def test_there_are_enough_texts_of_every_sort() -> None:
    rows = _rows()
    assert len(rows) >= 400
    assert min(Counter(row["group"] for row in rows).values()) >= 10
    assert {row["source"].removeprefix("own/") for row in rows} == compiler.SOURCES
    roles = Counter(top["role"] for row in rows for top in row["toponyms"])
    assert set(roles) == {"literal", "metonym", "modifier", "demonym"}
    assert min(roles.values()) >= 150
    assert sum(len(row["non_places"]) for row in rows) >= 400
    kinds = {top["kind"] for row in rows for top in row["toponyms"]}
    assert kinds >= set(KINDS) - {"other"}


def test_no_country_takes_over_and_the_world_is_there() -> None:
    countries = Counter(top["country"] for row in _rows() for top in row["toponyms"] if top["country"])
    total = sum(countries.values())
    assert countries["UA"] <= 0.1 * total
    assert countries["US"] <= 0.3 * total
    assert len(countries) >= 150


def test_no_text_occurs_twice() -> None:
    texts = [row["text"] for row in _rows()]
    assert len(set(texts)) == len(texts)
