from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.sentences import sentences

PIECES = [
    "The army left.",
    " ",
    "\n",
    "”Paul said",
    ".",
    "Gen.",
    "U.S.",
    "a.m.",
    "“",
    "”",
    "!",
    "no",
    "Dnipro.The",
    "X",
    "…",
]


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_spans_cover_all_text_in_order(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert not text[position:start].strip()
        assert end > start >= position
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell. Nobody spoke.", ["It fell.", "Nobody spoke."]),
        (
            "Gen. Smith of the U.S. Army left at 5 a.m. The rest stayed.",
            ["Gen. Smith of the U.S. Army left at 5 a.m.", "The rest stayed."],
        ),
        ("J. R. Miller won. St. Louis lost.", ["J. R. Miller won.", "St. Louis lost."]),
        ("It ended the war.The army left.", ["It ended the war.", "The army left."]),
        ("“We will go.”The army left.", ["“We will go.”", "The army left."]),
        ("“Stop these attacks”Miller said on Friday.", ["“Stop these attacks”Miller said on Friday."]),
        ("“It is over.” Miller said.", ["“It is over.” Miller said."]),
        ("“Is it over?” he asked. Nobody knew.", ["“Is it over?” he asked.", "Nobody knew."]),
        ("HEADING IN CAPS\nThe text follows.", ["HEADING IN CAPS", "The text follows."]),
        ("It cost 3.5 million. See example.com today.", ["It cost 3.5 million.", "See example.com today."]),
        ("They fled. of that town nothing is left.", ["They fled. of that town nothing is left."]),
        (
            "it fell to rebels. in the capital nobody spoke.",
            ["it fell to rebels.", "in the capital nobody spoke."],
        ),
        ("The road is closed.the army left.", ["The road is closed.", "the army left."]),
        ("See news.at or the approx. the same.", ["See news.at or the approx. the same."]),
        ("Radars… will come. Go!Now", ["Radars… will come.", "Go!", "Now"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_breaks(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The governor said on Tuesday that the bridge over the river\n"
        "Maritsa would stay closed until the flood has passed and\n"
        "all repairs are done."
    )
    assert len(cut(text)) == 1


def test_headline_above_a_long_paragraph_stands_alone() -> None:
    text = (
        "Flood closes the bridge over the river in the old quarter\nThe governor said on Tuesday. "
        + "More was said. " * 20
    )
    assert cut(text)[0] == "Flood closes the bridge over the river in the old quarter"


def test_part_of_a_text() -> None:
    text = "---\ntitle: x\n---\nIt fell. It rose."
    assert sentences(text, 17) == [(17, 25), (26, 34)]


def test_copy_in_small_letters_is_cut_too() -> None:
    text = (
        "drones hit the refinery of aden. police saw smoke near the port. rebels denied it, e.g. on monday."
    )
    assert [text[a:b] for a, b in sentences(text)] == [
        "drones hit the refinery of aden.",
        "police saw smoke near the port.",
        "rebels denied it, e.g. on monday.",
    ]
