import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.build import Rows
from gazetteer.romanise import romanisations, ukrainian
from gazetteer.sources.rows import Row
from gazetteer.types import NameUse


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Запоріжжя", "Zaporizhzhia"),
        ("Згурівка", "Zghurivka"),
        ("Знам'янка", "Znamianka"),
        ("Їжакевич", "Yizhakevych"),
        ("Єнакієве", "Yenakiieve"),
        ("Хмельницький", "Khmelnytskyi"),
        ("Кам'янець-Подільський", "Kamianets-Podilskyi"),
        ("", ""),
    ],
)
def test_ukrainian_standard(cyrillic, latin):
    assert ukrainian(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "among"),
    [
        ("Запорожье", {"Zaporozhye", "Zaporozhe"}),
        ("Луганск", {"Lugansk"}),
        ("Хмельницкий", {"Khmelnitsky"}),
        ("Нижний Новгород", {"Nizhny Novgorod"}),
        ("Клещеевка", {"Kleshcheyevka", "Kleshcheevka"}),
        ("Орёл", {"Orel"}),
    ],
)
def test_russian_forms_of_reports(cyrillic, among):
    assert among <= romanisations(cyrillic)


@pytest.mark.parametrize("name", ["", "Kherson", "Мінск ў", "ქუთაისი", "123"])
def test_other_alphabets_have_none(name):
    assert romanisations(name) == set()


@given(st.text(alphabet="абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя' -", max_size=20))
def test_forms_are_plain_ascii(name):
    assert all(form.isascii() for form in romanisations(name))


def test_settlements_of_ukraine_and_russia_get_them_once():
    def town(country):
        names = [("Клещеевка", NameUse.ALTERNATE), ("Kleshcheyevka", NameUse.ALTERNATE)]
        return Row(f"cur:{country}", "Klishchiivka", "village", country, None, 1.0, 1.0, names=names)

    rows = Rows()
    rows.add([town("UA"), town("PL")])
    rows.romanise()
    ukrainian_town, other = rows.finish()
    names = [name for name, _ in ukrainian_town.names]
    assert "Kleshcheevka" in names
    assert names.count("Kleshcheyevka") == 1
    assert len(other.names) == 2
