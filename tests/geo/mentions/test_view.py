from __future__ import annotations

import pytest

from geo.mentions.view import DIGIT, LOWER, OTHER, TITLE, UPPER, View, shape


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kyiv", LOWER),
        ("Kyiv", TITLE),
        ("KYIV", UPPER),
        ("U.S.", UPPER),
        ("A", TITLE),
        ("12", DIGIT),
        ("—", OTHER),
        ("東京", TITLE),
    ],
)
def test_shapes(word: str, expected: int) -> None:
    assert shape(word) == expected


def view(text: str) -> View:
    return View(text, 0, len(text))


def runs(text: str) -> list[str]:
    v = view(text)
    return [text[v.starts[a] : v.ends[b]] for a, b in v.runs]


def test_runs_of_capitalised_words() -> None:
    assert runs("The mayor of San José met J. R. Miller in Oslo Thursday.") == [
        "San José",
        "J. R. Miller",
        "Oslo",
    ]


def test_a_newline_ends_a_run() -> None:
    assert runs("in Rome\n\nParis fell") == ["Rome", "Paris"]


def test_an_article_joins_the_words_of_one_name() -> None:
    assert runs("in Wad al-Noora today") == ["Wad al-Noora"]
    assert runs("in Wad al - Noora") == ["Wad", "Noora"]
    assert runs("they met al-") == []


def test_headlines() -> None:
    v = view("Clashes In Khartoum Leave Dozens Dead\nThe army in Khartoum said nothing.")
    assert 0 in v.headline
    assert len(v) - 2 not in v.headline


def test_initial_words_are_those_after_quotation_marks_too() -> None:
    v = view("He said: “Nice is near.”")
    assert {v.texts[i] for i in v.initial} == {"He", "Nice"}


def test_neighbours_stay_in_the_sentence() -> None:
    v = view("It fell. Rome stood")
    at = v.texts.index("Rome")
    assert v.preceding(at) == ""
    assert v.following(at) == "stood"
    assert v.following(len(v) - 1) == ""
    assert v.word(-1) == v.word(99) == ""


def test_empty_text() -> None:
    assert len(view("")) == 0
    assert view("").runs == []


def test_names_in_small_letters_begin_with_some_words_only() -> None:
    text = "the hague, oslo; a village near lagos, d`akar and Rome"
    v = view(text.replace("`", ""))
    assert [word for _, word in v.beginnings(0, {"oslo"})] == ["the", "oslo", "Rome"]
    whole = [word for _, word in view(text).beginnings(0, {"oslo"})]
    assert whole == [word for _, word in view(text).beginnings()]


def test_names_begin_at_no_common_word_in_small_letters() -> None:
    text = "They said the Nile, the gate of oslo and 3 Towns."
    assert [word for at, word in view(text).beginnings() if text.startswith(word, at)] == [
        "They",
        "the",
        "Nile",
        "oslo",
        "Towns",
    ]
