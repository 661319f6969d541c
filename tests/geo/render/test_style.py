"""Every event type has a look, colours can be seen, and the interface speaks each language whole."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from geo.errors import OptionError
from geo.ontology import load
from geo.render import reasons, style
from geo.render.catalogues import CATALOGUES, EN
from geo.render.words import period, words
from geo.types import STATUSES

if TYPE_CHECKING:
    from pathlib import Path


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_type_has_a_family_and_a_symbol() -> None:
    for kind in load():
        assert kind.family in style.FAMILIES, kind.name
        assert kind.symbol in style.GLYPHS, kind.name


def test_no_two_families_look_the_same() -> None:
    looks = [(family.shape, family.fill) for family in style.FAMILIES.values()]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("name", [*style.FAMILIES, "unheard of"])
def test_marks_have_the_contrast_of_wcag(name: str) -> None:
    family = style.family(name)
    assert contrast(family.ink, family.fill) >= 3
    assert contrast(family.line, style.LIGHT["land"]) >= 3
    assert contrast(family.line, "#ffffff") >= 3
    assert contrast(family.line_dark, style.DARK["land"]) >= 3


@pytest.mark.parametrize("paper", [style.LIGHT, style.DARK])
def test_labels_and_hatches_can_be_read(paper: dict[str, str]) -> None:
    assert contrast(paper["label"], paper["land"]) >= 4.5
    assert contrast(paper["quiet"], paper["land"]) >= 4.5
    hatches, tints = (
        (style.HATCH_COLOURS, style.TINTS)
        if paper is style.LIGHT
        else (style.HATCH_COLOURS_DARK, style.TINTS_DARK)
    )
    for colour in hatches:
        assert contrast(colour, paper["land"]) >= 3
        assert contrast(colour, tints[0]) >= 3


def test_tints_by_number_of_events() -> None:
    assert [style.tint(n) for n in (0, 1, 2, 3, 6, 12, 500)] == [None, 0, 0, 1, 2, 3, 3]


def test_a_proxy_outline_is_dotted() -> None:
    assert style.claim_line("disputed", proxy=True) == "approximate"
    assert style.claim_line("disputed", proxy=False) == "disputed"
    assert style.claim_line("ended", proxy=True) == "ended"


@pytest.mark.parametrize("lang", list(CATALOGUES))
def test_catalogues_are_whole(lang: str) -> None:
    catalogue = words(lang)
    own = {key for key in catalogue if key.startswith(("type.", "claimed_"))}  # in English data has them
    assert catalogue.keys() - own == EN.keys()
    assert len(catalogue["months"].split()) == 12
    assert {f"status.{status}" for status in STATUSES} <= catalogue.keys()
    for key, text in catalogue.items():
        if key not in own:
            assert fields(text) == fields(EN[key]), key


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_unknown_language_names_those_there_are() -> None:
    with pytest.raises(OptionError, match="en, uk"):
        words("xx")


def test_every_word_is_used(root: Path) -> None:
    folder = root / "geo" / "render"
    files = [
        path for path in [*folder.glob("*.py"), *folder.glob("web/*.js")] if path.name != "catalogues.py"
    ]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    unused = [key for key in EN if not re.search(rf"""["'`.]{re.escape(key.split(".")[0])}\b""", sources)]
    assert unused == []


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-10-13", "2022-10-13", "13 October 2022"),
        ("2014-03-01", "2014-03-31", "March 2014"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2022-10-11", "2022-10-13", "11 October 2022 to 13 October 2022"),
        ("2022-02-24", None, "since 24 February 2022"),
        (None, "2023-01-01", "until 1 January 2023"),
        (None, None, ""),
        ("0069-01-01", "0069-12-31", "0069"),
    ],
)
def test_periods_for_people(start: str | None, end: str | None, expected: str) -> None:
    assert period({"date_start": start, "date_end": end}, EN) == expected


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in reasons.UK])
def test_reasons_have_words_for_all_their_parts(pattern: str) -> None:
    example = re.sub(r"\(\?P<\w+>[^)]*\)", "3", pattern)
    example = example.replace("\\", "").replace("edits?", "edit")
    told = reasons.in_words(example, words("uk"))
    assert told != example
    assert "{" not in told
    assert reasons.in_words(example, words("en")) == example


def test_an_unknown_reason_and_a_note_stay() -> None:
    assert reasons.in_words("preferred name; noted", words("uk")) == "основна назва; noted"
    assert reasons.in_words("something new", words("uk")) == "something new"
    assert reasons.in_words(None, words("uk")) == ""
    assert "вид" in reasons.in_words("city asks for city", words("uk"))
    assert "велике місто" in reasons.in_words("city asks for city", words("uk"))


def test_tints_and_sizes_grow_with_what_they_show() -> None:
    for most in (0, 1, 48, 49, 800, 12345):
        steps = style.tint_steps(most)
        assert len(steps) == len(style.TINTS)
        assert list(steps) == sorted(set(steps))
        assert style.tint(most, steps) == (None if most == 0 else style.tint(most, steps))
    assert style.tint(0) is None
    assert [style.size(n) for n in (0, 1, 2, 4, 5, 99)] == [26, 26, 30, 30, 34, 34]
