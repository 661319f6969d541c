from __future__ import annotations

import pytest

import gazetteer
from geo.mentions import RuleRecogniser
from geo.types import Document

RECOGNISER = RuleRecogniser(gazetteer.open())


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("It snowed in Norway.", "literal"),
        ("Norway said it would pay.", "metonym"),
        ("Norway has repeatedly called for talks.", "metonym"),
        ("Norway was flooded in June.", "literal"),
        ("They accused Norway of spying.", "metonym"),
        ("They signed a treaty with Norway.", "metonym"),
        ("They travelled to Norway.", "literal"),
        ("They delivered weapons to Norway.", "metonym"),
        ("Norway's decision surprised many.", "metonym"),
        ("Norway's northern coast was hit.", "literal"),
        ("Norway officials declined to speak.", "modifier"),
        ("A Norway-based firm paid.", "modifier"),
        ("The president of Norway resigned.", "modifier"),
        ("The people of Norway voted.", "literal"),
        ("The islands were annexed by Norway.", "metonym"),
        ("Farmers in Norway want rain.", "literal"),
        ("Rain is due, Norway said.", "metonym"),
    ],
)
def test_role(text: str, role: str) -> None:
    (mention,) = RECOGNISER.find(Document("t", text))
    assert (mention.text, mention.role) == ("Norway", role)


def test_a_town_acts_only_as_a_capital() -> None:
    (town,) = RECOGNISER.find(Document("t", "Bergen lost power on Monday."))
    (capital,) = RECOGNISER.find(Document("t", "Moscow recognised the vote."))
    assert (town.role, capital.role) == ("literal", "metonym")


def test_a_shared_office_covers_the_list() -> None:
    mentions = RECOGNISER.find(Document("t", "The heads of the Donetsk, Luhansk and Kherson regions met."))
    assert [m.role for m in mentions] == ["modifier"] * 3


def test_the_speaker_behind_a_comma_is_in_no_list() -> None:
    mentions = RECOGNISER.find(Document("t", "Shells fell across the Kherson region, Kyiv said."))
    assert [(m.text, m.role) for m in mentions] == [("Kherson", "literal"), ("Kyiv", "metonym")]


def roles(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.role) for m in RECOGNISER.find(Document("t", text))]


def test_a_town_decides_like_a_government() -> None:
    assert roles("Bergen approved the plan on Monday.") == [("Bergen", "metonym")]
    assert roles("The road to Bergen opened on Monday.") == [("Bergen", "literal")]


def test_names_in_a_report_of_sport_are_teams() -> None:
    text = "Bergen lost 2-1 in Oslo, where the goal fell late in the match. Coach and fans of the club were angry."
    assert roles(text) == [("Bergen", "metonym"), ("Oslo", "literal")]
    assert roles("Norway beat Sweden.") == [("Norway", "metonym"), ("Sweden", "metonym")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Norway's jails are full.", "literal"),
        ("Norway's Nordea fell.", "modifier"),
        ("Norway's refusal angered many.", "metonym"),
        ("Ten were hurt, said Norway.", "metonym"),
        ("Norway on Friday rejected the plan.", "metonym"),
        ("Norway Warns Sweden Over Fishing Border", "metonym"),
    ],
)
def test_more_roles(text: str, role: str) -> None:
    assert RECOGNISER.find(Document("t", text))[0].role == role


def test_a_list_as_subject_takes_a_plural_verb() -> None:
    assert roles("Norway and Sweden want talks.") == [("Norway", "metonym"), ("Sweden", "metonym")]


def test_a_noun_in_the_plural_is_shared_behind_an_article() -> None:
    assert roles("The Lyon and Grenoble hospitals opened wards.")[0] == ("Lyon", "modifier")
    assert roles("Parents in the Salem and Albany school districts wrote.")[0] == ("Salem", "modifier")
    assert roles("Rain fell on the Lyon and Grenoble suburbs.")[0] == ("Lyon", "literal")


def test_a_government_that_has_yet_to_act() -> None:
    assert roles("Oslo has yet to answer.") == [("Oslo", "metonym")]
    assert roles("Chad and Niger screen travellers.") == [("Chad", "metonym"), ("Niger", "metonym")]


def test_teams_that_are_held_off() -> None:
    game = "The coach saw two goals in the second half of the season. "
    assert roles(game + "They held off Bergen 3-2.") == [("Bergen", "metonym")]
    assert roles(game + "They meet the winner of Oslo and Bergen.") == [
        ("Oslo", "metonym"),
        ("Bergen", "metonym"),
    ]
    assert roles(game + "Bergen last won in 1998.") == [("Bergen", "metonym")]


@pytest.mark.parametrize(
    "text",
    [
        "Norway, which mediates, said talks went on.",
        "Norway, by contrast, has rejected the plan.",
        "Bonn has cut aid; Norway may.",
        "They will take it to Rome, Norway insists.",
    ],
)
def test_a_subject_apart_from_its_verb(text: str) -> None:
    assert ("Norway", "metonym") in roles(text)


def test_a_clause_between_commas_makes_no_subject() -> None:
    assert ("Norway", "literal") in roles("In Norway, by contrast, it rained.")
    assert ("Norway", "literal") in roles("Norway, which lies in the north, is cold.")
