from __future__ import annotations

import pytest

from geo.mentions.persons import described, named_persons
from geo.mentions.view import View


def people(text: str, towns: frozenset[int] = frozenset()) -> list[str]:
    view = View(text, 0, len(text))
    return [view.texts[i] for i in sorted(described(view, towns=towns))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dallas Green, 44, left.", ["Dallas", "Green"]),
        ("Austin Lee, who left, is back.", ["Austin", "Lee"]),
        ("Toronto Mayor Olivia Chow, 66, agreed.", ["Olivia", "Chow"]),
        ("Leeds United, who lost, sacked him.", []),
        ("Houston, 44, left.", []),
        ("It lies near Dallas Green, 1,200 miles away.", []),
        ('Virgil "Tex" Houston played.', ["Virgil", "Houston"]),
        ('He said "Texas" in Houston.', []),
        ("", []),
    ],
)
def test_described(text: str, names: list[str]) -> None:
    assert people(text) == names


def test_a_name_that_ends_in_a_town_is_a_club_before_who() -> None:
    assert people("Bayern Munich, who lost, left.", frozenset({1})) == []
    assert people("Bayern Munich, 31, left.", frozenset({1})) == ["Bayern", "Munich"]


def test_the_seat_of_a_lawmaker_is_nobodys_name() -> None:
    view = View("Sen. Brandon Beach, R-Alpharetta, agreed.", 0, 41)
    assert named_persons(view)[0] == {"beach"}
