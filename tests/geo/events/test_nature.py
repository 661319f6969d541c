"""What nature does to a place is no strike of anybody's."""

import pytest

from geo import pipeline
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
