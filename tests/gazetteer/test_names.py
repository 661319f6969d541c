import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.names import fold, has_upper, is_code


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (["Rostov-on-Don", "ROSTOV ON DON", "Rostov–on–Don"], "rostov on don"),
        (["Donets'k", "Donets’k", "Donetsʹk", "donetsk"], "donetsk"),
        (["U.S.", "U.S", "US"], "us"),
        (["Łódź", "Lodz"], "lodz"),
        (["São Tomé & Príncipe"], "sao tome and principe"),
        (["St. Louis", "St Louis", "St.Louis"], "st louis"),
        (["Київ", "КИЇВ"], "киів"),
        (["Ёлкино", "Елкино"], "елкино"),
        (["Đà Nẵng"], "da nang"),
        (["が", "が"], "が"),
        (["서울"], "서울"),
        (["", " - ", "’"], ""),
    ],
)
def test_spellings_meet(spellings, key):
    assert {fold(spelling) for spelling in spellings} == {key}


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_folding_does_not_depend_on_normal_form(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("name", "named"),
    [("he er song", False), ("Kherson", True), ("al-Hasakah", True), ("赫尔松", True), ("", False)],
)
def test_machine_transliterations_have_no_capital(name, named):
    assert has_upper(name) is named


@pytest.mark.parametrize(("name", "code"), [("KHE", True), ("LA", True), ("Rio", False), ("МОСКВА", False)])
def test_codes(name, code):
    assert is_code(name) is code
