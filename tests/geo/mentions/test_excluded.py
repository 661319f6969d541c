from __future__ import annotations

import pytest

import gazetteer
from geo.mentions import RuleRecogniser
from geo.types import Document

RECOGNISER = RuleRecogniser(gazetteer.open())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They will return in March to Bergen.", ["Bergen"]),
        ("They live in March, Cambridgeshire, and work in Ely.", ["March", "Cambridgeshire", "Ely"]),
        ("A bus overturned on U.S. 41 near Marquette.", ["Marquette"]),
        ("Exports to the U.S. 10 years ago were low.", ["U.S."]),
        ("The MOE wants more teachers in Seoul.", ["Seoul"]),
        ("The UAE wants more teachers.", ["UAE"]),
        ("She told channel France 24 so in Lyon.", ["Lyon"]),
        ("", []),
    ],
)
def test_what_is_ruled_out_at_a_glance(text: str, names: list[str]) -> None:
    assert [m.text for m in RECOGNISER.find(Document("t", text))] == names
