from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.documents.decode import NotTextError, clean, decode

CYRILLIC = "Обстріли тривали всю ніч біля Харкова, повідомили в адміністрації області. " * 5


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(lambda t: t[0] != "﻿")
)
def test_utf8_comes_back_as_it_is(text: str) -> None:
    try:
        assert decode(text.encode()) == (text, None)
    except NotTextError:
        assert text.startswith(("%PDF", "GIF8", "PK", "{\\rtf"))


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF32_BE, "utf-32-be")],
)
def test_a_byte_order_mark_tells_the_encoding_and_goes(bom: bytes, encoding: str) -> None:
    assert decode(bom + "Київ".encode(encoding)) == ("Київ", None)


def test_a_legacy_encoding_is_read_and_told() -> None:
    text, note = decode(CYRILLIC.replace("і", "и").encode("cp1251"))

    assert "Харкова" in text
    assert note is not None
    assert "is not UTF-8" in note


@pytest.mark.parametrize(
    "text",
    ["A bomb exploded in São Paulo.", "A bomb exploded in Bogotá.", "“It’s over” — police said in Orléans."],
)
def test_a_few_accents_in_a_short_text_are_western(text: str) -> None:
    assert decode(text.encode("cp1252"))[0] == text


def test_a_few_words_of_another_script_are_not_western() -> None:
    text = "The town of Харьков was hit. " + "Людей вывезли из города. " * 3

    assert decode(text.encode("cp1251"))[0] == text


def test_a_few_bad_bytes_are_replaced_and_counted() -> None:
    text, note = decode("Київ, Львів і Одеса".encode() + b"\xff")

    assert text.endswith("Одеса�")
    assert note == "is not valid UTF-8; 1 bad place was replaced by U+FFFD"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 x", b"PK\x03\x04 x", b"\x89PNG\r\n", b"text\0text", bytes(range(1, 32)) * 9, b"\x1f\x8b x"],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(NotTextError, match="not text"):
        decode(data)


@given(st.binary())
def test_any_bytes_give_text_that_can_be_written_or_an_error(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except NotTextError:
        return
    text.encode("utf-8")


def test_lone_surrogates_are_replaced() -> None:
    assert clean("a\ud800b") == "a�b"
