"""Clauses as hurried copy joins them: whose place, whose time, who says it, and whether it lies ahead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.geo.events.texts import parse

if TYPE_CHECKING:
    from geo.types import Event


def named(found: list[Event], kind: str) -> list[str]:
    """Names of the places of all events of one type."""
    return [
        place.place.name for event in found if event.type == kind for place in event.places if place.place
    ]


@pytest.mark.parametrize(
    "text",
    [
        "In Bamenda the army said its men had shot down two drones.",
        "In Bamenda, the army said its men had shot down two drones.",
    ],
)
def test_a_place_in_front_of_the_speaker_is_the_scene(text: str) -> None:
    (event,) = parse(text, "Bamenda|L|city||CM")
    assert named([event], "aircraft_downed") == ["Bamenda"]
    assert event.source is not None
    assert event.source.name == "army"


def test_there_is_not_where_people_are_heading() -> None:
    text = "In Kadugli families are walking towards Dilling; at least 14 people were killed there on Monday."
    found = parse(text, "Kadugli|L", "Dilling|L")
    assert named(found, "casualties") == ["Kadugli"]


def test_a_second_clause_with_its_own_subject_keeps_its_places() -> None:
    text = "A ferry carried 300 people to Messina and a navy ship took 80 survivors from Lipari to Milazzo."
    found = parse(text, "Messina|L", "Lipari|L", "Milazzo|L")
    assert [[(p.role, p.place.name) for p in event.places if p.place] for event in found] == [
        [("to", "Messina")],
        [("from", "Lipari"), ("to", "Milazzo")],
    ]


def test_verbs_of_one_subject_share_its_time() -> None:
    text = "Rebels stormed a barracks in Bria and killed nine soldiers late on Sunday."
    found = parse(text, "Bria|L", day=date(2024, 5, 7))
    assert {event.when.start for event in found if event.when} == {date(2024, 5, 5)}
    text = "Guerrillas attacked Arauca on Friday, but were beaten back by marines."
    found = parse(text, "Arauca|L", day=date(2024, 5, 7))
    assert {event.when.start for event in found if event.when} == {date(2024, 5, 3)}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Shooting was going on in Tripoli.", "happened"),
        ("The school in Tripoli had to be evacuated.", "happened"),
        ("Libya votes in a parliamentary election in Tripoli next October.", "planned"),
        ("Soldiers are going to shell Tripoli.", "planned"),
    ],
)
def test_what_is_under_way_and_what_lies_ahead(text: str, status: str) -> None:
    found = parse(
        text, *(["Libya|M|country||LY"] if "Libya" in text else []), "Tripoli|L", day=date(2024, 5, 7)
    )
    assert {event.status for event in found} == {status}


def test_killed_by_burning_lies_behind() -> None:
    found = parse("Four men were burned to death at Dori on Saturday.", "Dori|L", day=date(2024, 5, 7))
    assert [event.when.start for event in found if event.when] == [date(2024, 5, 4)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The relief office counts 900 families uprooted in Baidoa.", "relief office"),
        ("Two people died in a clash in Baidoa, the health service informed.", "health service"),
        ("The army shelled Baidoa, traders said.", "traders"),
    ],
)
def test_who_tells_of_it(text: str, speaker: str) -> None:
    event = parse(text, "Baidoa|L")[0]
    assert event.source is not None
    assert event.source.name == speaker
    assert event.status == ("claimed" if speaker == "health service" else "happened")


def test_sentences_in_small_letters_are_read_apart() -> None:
    text = "The ministry claimed that rebels had shelled Boda. in Bozoum gunmen attacked the embassy."
    found = parse(text, "Boda|L", "Bozoum|L")
    assert [(event.status, event.source is not None) for event in found] == [
        ("claimed", True),
        ("happened", False),
    ]


def test_a_march_towards_a_place_is_near_it() -> None:
    (event,) = parse("Women set out on a protest march towards Lamka.", "Lamka|L|town||IN")
    assert [place.role for place in event.places] == ["near"]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("France called the arrest of the writer unacceptable.", "condemnation", "happened"),
        ("Tehran has vowed to respond within days.", "threat", "threatened"),
        ("The union called people onto the streets of Lagos.", "protest", "called_for"),
        ("A judge ordered the former minister to be held in Lagos.", "detention", "happened"),
        ("Two suspected robbers died in a shootout in Lagos.", "clash", "happened"),
    ],
)
def test_an_asking_word_asks_only_where_it_does(text: str, kind: str, status: str) -> None:
    found = parse(text, *(["Lagos|L|city||NG"] if "Lagos" in text else []))
    assert {event.status for event in found if event.type == kind} == {status}


def test_people_are_taken_by_no_change_of_control() -> None:
    text = "Forty women who were out for water near Damboa were seized by militants."
    assert {event.type for event in parse(text, "Damboa|L|town||NG")} == {"detention"}
    text = "The town of Damboa was seized by militants after 20 people fled."
    assert "control_change" in {event.type for event in parse(text, "Damboa|L|town||NG")}
    text = "The police seized weapons and cash in Damboa."
    assert "control_change" not in {event.type for event in parse(text, "Damboa|L|town||NG")}


def test_what_a_vehicle_carries_is_no_evacuation() -> None:
    text = "A convoy carrying wounded soldiers came under fire near Damboa."
    assert "evacuation" not in {event.type for event in parse(text, "Damboa|L|town||NG")}
    text = "A ferry carried 90 people to Damboa."
    assert {event.type for event in parse(text, "Damboa|L|town||NG")} == {"evacuation"}


def test_the_clause_of_the_cause_is_nearer_than_the_country() -> None:
    text = "In Chad, 20 people died when two boats collided near Bol."
    found = parse(text, "Chad|L|country||TD", "Bol|L|town||TD")
    assert named(found, "casualties") == ["Bol"]


def test_a_relative_clause_behind_an_apposition() -> None:
    text = (
        "Help has not reached Amizmiz, a market town close to the epicentre, where a landslide cut the road."
    )
    assert named(parse(text, "Amizmiz|L|town||MA"), "landslide") == ["Amizmiz"]


def test_what_sets_off_a_riot_has_happened() -> None:
    (event,) = parse("A disputed verdict set off a riot in Sfax.", "Sfax|L|city||TN")
    assert event.status == "happened"


def test_a_police_post_says_nothing() -> None:
    found = parse(
        "Rebels shelled Bria. A court and a police post went up in flames at Sibut.", "Bria|L", "Sibut|L"
    )
    assert [event.status for event in found if event.type == "infrastructure_damage"] == ["happened"]


def test_who_reports_cases_tells_of_the_outbreak() -> None:
    (event,) = parse("The health ministry meanwhile reported 48 cases of cholera in Sfax.", "Sfax|L|city||TN")
    assert event.source is not None
    assert event.source.name == "health ministry"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Marines captured a leader of the gang in Lviv and flew him home.", "detention"),
        ("Police captured three members of a ring in Lviv.", "detention"),
        ("Soldiers freed 90 Palestinians in Lviv.", "prisoner_exchange"),
        ("The rebels captured two villages near Lviv.", "control_change"),
        ("The rebels captured the militants' base near Lviv.", "control_change"),
        ("A gas cylinder blew up in Lviv.", "explosion"),
        ("Rebels blew up a bridge in Lviv.", "sabotage"),
        ("The army sended reinforcements to Lviv.", "mobilisation"),
        ("Families walked out of Lviv.", "displacement"),
        ("Workers walked out of the plant in Lviv.", "protest"),
    ],
)
def test_objects_tell_what_a_verb_means(text: str, kind: str) -> None:
    assert kind in {event.type for event in parse(text, "Lviv|L")}
    others = {"detention", "prisoner_exchange", "control_change", "protest", "sabotage", "displacement"} - {
        kind
    }
    assert others.isdisjoint({event.type for event in parse(text, "Lviv|L")})


@pytest.mark.parametrize(
    "text",
    [
        "In occupied Lviv nothing was open.",
        "Reforms that lead to better care of people in Lviv are planned.",
        "Courts condemned four men to death in Lviv.",
    ],
)
def test_words_that_only_look_like_events(text: str) -> None:
    assert [event for event in parse(text, "Lviv|L") if event.type != "casualties"] == []


def test_who_is_heading_for_a_place_has_not_arrived() -> None:
    (event,) = parse("Refugees are heading for Lviv.", "Lviv|L")
    assert [place.role for place in event.places] == ["towards"]
    assert parse("A storm is heading for Lviv.", "Lviv|L") == []


def test_a_verb_behind_a_relative_clause_has_its_own_places() -> None:
    text = "The envoy, who was visiting Lviv, sent delegates to Milan for talks."
    found = parse(text, "Lviv|L", "Milan|L")
    assert ["Milan"] in [named([event], "diplomacy") for event in found]


def test_the_clause_of_the_cause_tells_the_day() -> None:
    found = parse("Two died when a bus crashed in Lviv on Friday.", "Lviv|L", day=date(2024, 5, 7))
    assert {event.when.start for event in found if event.when} == {date(2024, 5, 3)}
    assert all(event.when for event in found)


def test_who_is_seized_behind_the_place() -> None:
    (event,) = parse("The police of Lviv captured in Milan to three members of a gang.", "Lviv|X", "Milan|L")
    assert (event.type, named([event], "detention")) == ("detention", ["Milan"])


def test_an_ambassador_is_called_from_where_he_served() -> None:
    (event,) = parse("The ministry called its ambassador home from Lviv.", "Lviv|L")
    assert named([event], "diplomacy") == ["Lviv"]


def test_a_noun_at_the_beginning_asks_for_nothing() -> None:
    assert {event.status for event in parse("Rocket has hit a school in Lviv.", "Lviv|L")} == {"happened"}
    assert {event.status for event in parse("A post in Lviv was set on fire by a mob.", "Lviv|L")} == {
        "happened"
    }
