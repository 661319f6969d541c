"""Quotations, with marks missing and mixed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.quotes import quotations


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("none", []),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("“One”, two, «three»", ["One", "three"]),
        ("“left open\n\nnext “closed”", ["left open", "closed"]),
        ("“open to the end", ["open to the end"]),
        ('""', []),
    ],
)
def test_quotations(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == wanted


@given(st.text(alphabet='ab “”"«»\n', max_size=40))
def test_spans_are_in_order_and_inside(text: str) -> None:
    spans = quotations(text)
    flat = [edge for span in spans for edge in span]
    assert flat == sorted(flat)
    assert all(0 <= a < b <= len(text) for a, b in spans)
