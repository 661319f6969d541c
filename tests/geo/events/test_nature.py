"""What nature does to a place is no strike of anybody's."""

import pytest

from geo import pipeline
from geo.ontology import load
from geo.render.catalogues import UK
from geo.render.style import FAMILIES, GLYPHS
from geo.types import Document


def types(gaz, text):
    parsed = pipeline.parse(Document("t", text), gaz=gaz)
    return {event.type for event in parsed.events}


@pytest.mark.parametrize(
    "text",
    [
        "A magnitude 6.4 earthquake struck Jajarkot in Nepal late on Friday.",
        "The cyclone hit Beira in Mozambique before dawn.",
        "Lightning struck a church in Kigali.",
    ],
)
def test_disasters_strike_without_being_strikes(gaz, text):
    assert types(gaz, text).isdisjoint({"strike", "shelling", "explosion"})


def test_a_missile_still_strikes(gaz):
    assert "strike" in types(gaz, "Two missiles struck Kharkiv on Friday.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A magnitude 6.4 earthquake struck Nairobi late on Friday.", "earthquake"),
        ("Cyclone Dora made landfall near Mombasa on Friday.", "storm"),
        ("A volcano near Naples erupted on Friday.", "eruption"),
        ("The river burst its banks in Mombasa.", "flood"),
        ("A landslide buried homes in Mombasa.", "landslide"),
        ("Wildfires raged near Athens.", "wildfire"),
        ("The worst drought in 40 years has gripped Kenya.", "drought"),
        ("Rains have failed for a fifth season around Mombasa.", "drought"),
        ("Millions of people are starving in Yemen.", "famine"),
        ("The United Nations declared a famine in South Sudan.", "famine"),
        ("Voters in Nairobi went to the polls on Sunday.", "election"),
    ],
)
def test_disasters_and_elections_have_types_of_their_own(gaz, text, wanted):
    assert wanted in types(gaz, text)


@pytest.mark.parametrize(
    "text",
    [
        "A flood of complaints reached Nairobi.",
        "He won by a landslide victory in Nairobi.",
        "A tsunami warning was issued in Mombasa.",
        "The decision caused a storm of protest in Nairobi.",
        "He ended a goal drought in Madrid.",
        "The museum in Dublin remembers the Great Famine.",
        "The charity sent famine relief to Mombasa.",
    ],
)
def test_figures_of_speech_are_no_disasters(gaz, text):
    assert types(gaz, text).isdisjoint({"flood", "landslide", "storm", "earthquake", "drought", "famine"})


def test_the_map_has_a_symbol_and_a_family_for_each_type():
    for kind in load():
        assert kind.symbol in GLYPHS, kind.name
        assert kind.family in FAMILIES, kind.name
        assert f"type.{kind.name}" in UK, kind.name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A bus carrying pilgrims plunged into a ravine near Lusaka on Sunday.", "accident"),
        ("Two trains collided outside Athens late on Tuesday.", "accident"),
        ("A ferry with 200 people on board sank off Mombasa.", "accident"),
        ("A cargo ship ran aground off Mombasa.", "accident"),
        ("Fourteen miners were trapped when a mine collapsed near Lusaka.", "accident"),
        ("A stampede at a stadium in Nairobi killed seven.", "accident"),
        ("Cholera has broken out in Lusaka.", "outbreak"),
        ("Officials declared an Ebola outbreak in Kampala.", "outbreak"),
        ("Measles cases in Nairobi doubled last month.", "outbreak"),
    ],
)
def test_accidents_and_outbreaks_have_types_of_their_own(gaz, text, wanted):
    found = types(gaz, text)
    assert wanted in found
    assert "evacuation" not in found


@pytest.mark.parametrize(
    "text",
    [
        "The stock market crash hit Nairobi.",
        "The army shot down a helicopter that crashed near Kharkiv.",
        "Militants crashed a truck into the gate of a base in Nairobi.",
        "An epidemic of violence has reached Nairobi.",
        "An outbreak of fighting in Nairobi was stopped.",
    ],
)
def test_what_somebody_meant_is_no_accident_and_no_disease(gaz, text):
    assert types(gaz, text).isdisjoint({"accident", "outbreak"})
