from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.text.tokens import Token, cut, tokens


@given(st.text(max_size=200))
def test_tokens_cover_all_text_in_order(text: str) -> None:
    found = tokens(text)
    position = 0
    for token in found:
        assert not text[position : token.start].strip()
        assert text[token.start : token.end] == token.text
        assert token.end > token.start >= position
        position = token.end
    assert not text[position:].strip()


def test_words_of_news_text() -> None:
    words = [token.text for token in tokens("The U.S.-led group, Russia's O'Hara: 1,200.5 men; don't")]
    assert words == [
        "The",
        "U.S.",
        "-",
        "led",
        "group",
        ",",
        "Russia",
        "'s",
        "O'Hara",
        ":",
        "1,200.5",
        "men",
        ";",
        "don't",
    ]


def test_offsets_count_from_the_whole_text() -> None:
    assert tokens("in Kyiv today", 3, 7) == [Token(3, 7, "Kyiv")]


def test_blank_text_has_no_tokens() -> None:
    assert tokens("") == tokens(" \n\t") == []


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_part_of_the_cut_is_what_that_part_alone_gives(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    whole = cut(text, 0, len(text))
    inside = whole.within(min(start, end), end)
    if inside is not None:
        columns = (column[slice(*inside)] for column in (whole.starts, whole.ends, whole.texts))
        assert list(zip(*columns, strict=True)) == tokens(text, min(start, end), end)


def test_a_bound_within_a_word_is_seen() -> None:
    whole = cut("near Kyivclosest town", 0, 21)
    assert whole.within(5, 16) == (1, 2)
    assert whole.within(5, 9) is None
    assert whole.within(9, 16) is None
    assert whole.lower == ["near", "kyivclosest", "town"]
