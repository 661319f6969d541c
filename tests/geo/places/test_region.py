"""Telephone and postal codes and roads: which region they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.places.region import codes, joined, shares, told_by_numbers

if TYPE_CHECKING:
    from gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(859) 555-0100", {"US-KY": 0.7}),
        ("(859)555-0100", {"US-KY": 0.7}),
        ("call 512-555-0199.", {"US-TX": 0.7}),
        ("1-859-257-9000", {"US-KY": 0.7}),
        ("+1 859-257-9000", {"US-KY": 0.7}),
        ("519-555-0100 or 519-555-0101", {"CA-ON": 0.7}),
        ("519-555-0100 or 226-555-0101", {"CA-ON": 0.91}),
        ("270-555-0100 or 615-555-0101", {"US-KY": 0.7, "US-TN": 0.7}),
        ("+44 117 496 0000", {"GB": 0.6}),
        ("+91 412 555 1234", {"IN": 0.6}),
        ("+353 21 463 1580", {"IE": 0.6}),
        ("a crash on M-59 in Howell", {"US-MI": 0.5}),
        ("the race in GA-6", {"US-GA": 0.5}),
        ("800-555-0100", {}),
        ("I-75 and MI-6 and F-16 and COVID-19 and MS-13", {}),
        ("won 5-10 on a 202-10 vote, 2019-2020", {}),
        ("555-0100", {}),
        ("0131-202-5555", {}),
        ("$859-257-9000", {}),
        ("+1000 (+3)", {}),
        ("-1234", {}),
        ("", {}),
    ],
)
def test_numbers(text: str, told: dict[str, float]) -> None:
    assert told_by_numbers(text) == told


def test_a_postal_code_stands_behind_a_name() -> None:
    text = "Send gifts to P.O. Box 32, Athens 75751, or to Paris 123456."
    ends = [text.index("Athens") + 6, text.index("Paris") + 5, len(text)]

    assert told_by_numbers(text, ends) == {"US-TX": 0.8}
    assert told_by_numbers(text) == {}


def test_front_matter_is_not_read() -> None:
    text = "id: 859-555-0100\n\nIt rained."
    assert told_by_numbers(text, start=text.index("It")) == {}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="0123456789-+() .AMKYé\n", max_size=40), st.lists(st.integers(0, 40), max_size=4))
def test_any_text_is_read(text: str, ends: list[int]) -> None:
    told = told_by_numbers(text, [end for end in ends if end <= len(text)])
    assert all(0 < strength < 1 for strength in told.values())
    assert told == told_by_numbers(text, sorted({end for end in ends if end <= len(text)}))


@given(
    st.dictionaries(st.sampled_from(["US-KY", "ZA"]), st.floats(0.1, 0.9), max_size=2), st.floats(0.1, 0.9)
)
def test_shares_are_bounded(strengths: dict[str, float], more: float) -> None:
    found = joined(strengths, ["US-KY"], more)
    assert found["US-KY"] >= strengths.get("US-KY", 0)
    assert 0 < sum(shares(found).values()) <= 1


def test_the_table_names_regions_that_are_known(gaz: Gazetteer) -> None:
    known = codes()
    for table in known:
        assert {f"iso:{region}" for region in table.values() if f"iso:{region}" not in gaz} == set()
    assert len(known.area) > 300
    assert all(len(code) == 3 for code in (*known.area, *known.postal))
