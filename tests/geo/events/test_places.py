"""Where an event happened: datelines, unknown names, other incidents, borders and voters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo import dates, events, ontology
from geo.scoring.eventgold import resolutions
from geo.text.dateline import dateline_end
from geo.types import Document, Resolution
from tests.geo.events.texts import parse

if TYPE_CHECKING:
    from geo.types import Event


def places(found: list[Event], kind: str) -> list[list[tuple[str, str]]]:
    return [
        [(place.role, place.place.name if place.place else "?") for place in event.places]
        for event in found
        if event.type == kind
    ]


def with_unknown(text: str, known: list[str], unknown: list[str]) -> list[Event]:
    mentions = sorted([*known, *unknown], key=lambda entry: text.index(entry.split("|")[0]))
    names = {entry.split("|")[0] for entry in unknown}
    given = [
        Resolution(item.mention, None if item.mention.text in names else item.place, 1.0)
        for item in resolutions(text, mentions)
    ]
    document = Document("d", text, date=date(2024, 8, 7))
    return events.extract(document, given, dates.find_times(document), ontology.load())


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("KYIV, March 3 (Agency) - Shells fell.", "Shells fell."),
        ("LAUREL COUNTY, Ky. (WKYT) - A man died.", "A man died."),
        ("Goma, DR Congo (Agency) — Rebels came.", "Rebels came."),
        ("NEW DELHI: The court spoke.", "The court spoke."),
        ("KYIV/LVIV, 12 March 2024 (AFP) – Drones came.", "Drones came."),
        ("KAMPALA | Police spoke.", "Police spoke."),
        ("NAIROBI, Kenya | Police spoke.", "Police spoke."),
        ("LOME | May 3 | Police spoke.", "Police spoke."),
        ("QUITO 10 January - Police spoke.", "Police spoke."),
        ("RUSSIANS SHELL KHERSON", "RUSSIANS SHELL KHERSON"),
        ("Shells fell on Kherson - again.", "Shells fell on Kherson - again."),
        ("", ""),
    ],
)
def test_datelines(text: str, rest: str) -> None:
    assert text[dateline_end(text, 0, len(text)) :] == rest


def test_the_dateline_is_nobodys_place_nor_its_day_an_amount() -> None:
    (event,) = parse("KHERSON, Aug 3 (Agency) - Shells landed on two markets on Saturday.", "KHERSON|L")
    assert event.places == ()
    assert event.reports[0].evidence.text.startswith("KHERSON")


def test_an_unknown_village_of_a_country_is_one_unplaced_event() -> None:
    found = with_unknown("Air strikes on Zabbad in Sudan killed five.", ["Sudan|L|country||SD"], ["Zabbad|L"])
    assert places(found, "strike") == [[("at", "?")]]


def test_an_unknown_village_of_a_region_stands_in_the_region_and_says_so() -> None:
    text = "Clashes broke out in Zabbad, a village in the Darfur region."
    (event,) = with_unknown(text, ["Darfur|L|region||SD"], ["Zabbad|L"])
    assert [place.place.name for place in event.places if place.place] == ["Darfur"]
    assert "Zabbad is not known" in event.places[0].reason


def test_two_unknown_places_are_two_events() -> None:
    found = with_unknown("Jets bombed Zabbad. Jets bombed Kullo.", [], ["Zabbad|L", "Kullo|L"])
    assert len(found) == 2


def test_another_incident_does_not_inherit_the_place_of_the_first() -> None:
    text = "A strike killed three people in Bahri. Another strike killed four in a village called Wad Noora."
    assert places(parse(text, "Bahri|L"), "strike") == [[("at", "Bahri")], []]


def test_a_clause_behind_a_semicolon_goes_on_with_place_and_time() -> None:
    found = parse("A missile hit Sumy on Monday; two people were killed.", "Sumy|L")
    (harm,) = [event for event in found if event.type == "casualties"]
    assert [place.reason for place in harm.places] == ["goes on in the same sentence"]
    assert harm.when is not None
    assert harm.when.start == date(2022, 10, 10)


@pytest.mark.parametrize(
    ("text", "mentions", "kind", "expected"),
    [
        (
            "The army shelled Tuti, across the Nile from Khartoum.",
            ("Tuti|L|island", "Nile|L|river", "Khartoum|L"),
            "shelling",
            [[("at", "Tuti")]],
        ),
        (
            "Rebels seized Bunagana, on the border with Rwanda.",
            ("Bunagana|L", "Rwanda|L|country||RW"),
            "control_change",
            [[("at", "Bunagana")]],
        ),
        (
            "Serbia massed troops along the border with Kosovo.",
            ("Serbia|M|country||RS", "Kosovo|L|country||XK"),
            "mobilisation",
            [[("at", "Kosovo")]],
        ),
        (
            "Venezuela held a referendum on Sunday.",
            ("Venezuela|M|country||VE",),
            "referendum",
            [[("at", "Venezuela")]],
        ),
        (
            "In Iraq, officials said three people died.",
            ("Iraq|L|country||IQ",),
            "casualties",
            [[("at", "Iraq")]],
        ),
        (
            "Families were taken to shelters in Comilla.",
            ("Comilla|L",),
            "evacuation",
            [[("to", "Comilla")]],
        ),
        (
            "The United States sent food aid to Haiti.",
            ("United States|M|country||US", "Haiti|L|country||HT"),
            "arms_supply",
            [],
        ),
        ("Mr Block lives in Waterloo near the Battle of Life church.", ("Waterloo|L",), "clash", []),
    ],
)
def test_where(
    text: str, mentions: tuple[str, ...], kind: str, expected: list[list[tuple[str, str]]]
) -> None:
    assert places(parse(text, *mentions), kind) == expected


def test_a_speech_is_no_part_of_the_agent() -> None:
    found = parse("Prosecutors in Kharkiv said a bomb had killed two.", "Kharkiv|L")
    assert [actor.name for event in found for actor in event.actors] == ["bomb"]
    assert all(event.status == "happened" for event in found)


@pytest.mark.parametrize(
    ("text", "mentions", "kind", "wanted"),
    [
        ("Troops entered Jowhar on Monday; they arrested 40 men.", ["Jowhar|L"], "detention", "Jowhar"),
        ("A drone hit a depot in Jowhar; three people died.", ["Jowhar|L"], "casualties", "Jowhar"),
        ("Jowhar, a market town, was shelled.", ["Jowhar|L"], "shelling", "Jowhar"),
        ("Jowhar's airport was in flames.", ["Jowhar|X"], "infrastructure_damage", "Jowhar"),
        (
            "Rebels stopped a train near Jowhar and took 40 people hostage.",
            ["Jowhar|L"],
            "detention",
            "Jowhar",
        ),
        ("A bomb that exploded in Jowhar killed ten people.", ["Jowhar|L"], "casualties", "Jowhar"),
        (
            "Ten people were killed by gunmen who attacked a market in Jowhar.",
            ["Jowhar|L"],
            "casualties",
            "Jowhar",
        ),
        ("A plane crashed near Jowhar. All 60 on board were killed.", ["Jowhar|L"], "casualties", "Jowhar"),
        ("The mayor of Jowhar said ten people had been killed.", ["Jowhar|L"], "casualties", "Jowhar"),
        (
            "Gunmen stormed a hotel in Jowhar. Police freed ten hostages.",
            ["Jowhar|L"],
            "prisoner_exchange",
            "Jowhar",
        ),
        ("Jordan shot down drones in its airspace.", ["Jordan|M|country||JO"], "aircraft_downed", "Jordan"),
        (
            "Floods hit Rwanda. Uganda's government said 12 people had died.",
            ["Rwanda|L|country||RW", "Uganda|X|country||UG"],
            "casualties",
            "Uganda",
        ),
        (
            "Malawi's electoral commission said the party had won 54 percent in Saturday's presidential vote.",
            ["Malawi|X|country||MW"],
            "election",
            "Malawi",
        ),
        ("Gunmen abducted 40 girls from Jowhar.", ["Jowhar|L"], "detention", "Jowhar"),
    ],
)
def test_a_place_is_inherited_with_a_reason(text: str, mentions: list[str], kind: str, wanted: str) -> None:
    found = [event for event in parse(text, *mentions) if event.type == kind]
    assert [place.text for event in found for place in event.places] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Jets bombed Jowhar. Another village was bombed too.",
        "Rebels took Jowhar. Separately, police arrested a priest.",
        "The ministers met in Jowhar. Parliament approved a prisoner exchange.",
        "Rebels took Jowhar; the government condemned the attack on its soldiers.",
    ],
)
def test_what_is_elsewhere_or_of_another_kind_inherits_nothing(text: str) -> None:
    first, *rest = parse(text, "Jowhar|L")
    assert first.type == "diplomacy" or first.places
    assert all(
        event.places == ()
        for event in rest
        if event.type in {"strike", "detention", "prisoner_exchange", "condemnation"}
    )


def test_a_headline_holds_two_clauses() -> None:
    text = "Strikes kill nine in Aden as truce talks stall in Taiz"
    found = parse(text, "Aden|L", "Taiz|L")
    assert places(found, "strike") == [[("at", "Aden")]]
    text = "Rebels advance toward Aden, thousands flee into Taiz"
    assert places(parse(text, "Aden|L", "Taiz|L"), "advance") == [[("towards", "Aden")]]


def test_a_governor_tells_of_harm_in_his_own_region() -> None:
    text = "Drones were shot down over Aden. The governor of Lahij region, Omar Said, confirmed damage to a refinery."
    found = parse(text, "Aden|L|town|Yafa", "Lahij region|X|region|Lahij")
    assert places(found, "infrastructure_damage") == [[("at", "Lahij region")]]
