"""Spans kept to a length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.text.spans import bounded


@given(st.text(alphabet="ab \n", max_size=200), st.integers(2, 30))
def test_pieces_hold_all_words_and_none_is_longer(text: str, most: int) -> None:
    found = bounded(text, [(0, len(text))], most)
    assert all(0 < end - start <= most for start, end in found)
    assert "".join(text[start:end] for start, end in found).replace(" ", "").replace("\n", "") == (
        text.replace(" ", "").replace("\n", "")
    )


def test_a_sentence_stays_as_it_is() -> None:
    assert bounded("Rebels shelled Goma.", [(0, 20)]) == [(0, 20)]
    assert bounded("", []) == []
