"""Numbers with bounds and what they count."""

from __future__ import annotations

import pytest

from geo.events.quantities import number, quantities


@pytest.mark.parametrize(
    ("text", "what", "low", "high", "bound"),
    [
        ("killed at least 12 people", "killed", 12, None, "at_least"),
        ("more than 2,400 square kilometres were taken", "area", 2400, None, "more_than"),
        ("five towns were retaken", "settlements", 5, 5, "exact"),
        ("up to 300 residents were evacuated", "evacuated", None, 300, "at_most"),
        ("dozens of people were arrested", "detained", 24, None, "at_least"),
        ("half a million people fled", "displaced", 500_000, 500_000, "exact"),
        ("between 30 and 40 soldiers", "troops", 30, 40, "exact"),
        ("between ten and twelve villages", "settlements", 10, 12, "exact"),
        ("1,200 square km", "area", 1200, 1200, "exact"),
        ("30 to 40 soldiers", "troops", 30, 40, "exact"),
        ("nearly 1.5 million people were displaced", "displaced", 1_500_000, 1_500_000, "about"),
        ("twenty-five civilians were wounded", "wounded", 25, 25, "exact"),
        ("several villages burned", "settlements", None, None, "unknown"),
        ("a turnout of 80%", "share", 80, 80, "exact"),
        ("12 dead", "killed", 12, 12, "exact"),
        ("hundreds of thousands of people were deported", "deported", 200_000, None, "at_least"),
        ("143 votes", "votes", 143, 143, "exact"),
    ],
)
def test_quantities(text: str, what: str, low: float | None, high: float | None, bound: str) -> None:
    found = [quantity for _, quantity in quantities(text, 0, len(text))]
    assert [(q.what, q.low, q.high, q.bound) for q in found] == [(what, low, high, bound)]


@pytest.mark.parametrize("text", ["", "no numbers", "a five-storey house", "in 2014", "the second time"])
def test_texts_that_count_nothing(text: str) -> None:
    assert quantities(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,400", 2400),
        ("half a million", 500_000),
        ("forty-two", 42),
        ("two hundred and six", 206),
        ("3.5 million", 3_500_000),
        ("three thousand", 3000),
        ("banana", None),
        ("", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert number(text) == value
