"""Reasons say what decided, and nothing that is not so."""

from __future__ import annotations

import pytest

import gazetteer
from geo.mentions import RuleRecogniser
from geo.places import Resolver
from geo.types import Document, Resolution

GAZ = gazetteer.open()
RECOGNISER = RuleRecogniser(GAZ)


def resolve(text: str) -> dict[str, Resolution]:
    document = Document("t", text)
    return {r.mention.text: r for r in Resolver(GAZ).resolve(document, RECOGNISER.find(document))}


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Deputies met in Paris, Texas, on Monday.", "Paris", "lies in Texas, named beside it"),
        ("She flew to Paris.", "Paris", "better known than the others"),
        (
            "Leicester and Norwich wait; a Norfolk firm will do it.",
            "Norfolk",
            "other names of the text lie in GB",
        ),
        ("A Bulgarian court in Nikopol freed him.", "Nikopol", "an adjective of BG stands before it"),
        ("New York lawmakers went home on Friday.", "New York", "the words beside it suit a unit"),
        ("Shells fell across the Kherson region.", "Kherson", "region asks for admin1"),
    ],
)
def test_the_reason_that_decided(text: str, name: str, reason: str) -> None:
    assert reason in resolve(text)[name].reasons


def test_a_name_of_another_state_is_refused_where_the_unit_is_beyond_doubt() -> None:
    text = "A truck overturned near Tonopah, Mo., on Friday."
    found = resolve(text)
    assert found["Tonopah"].place is None
    assert found["Tonopah"].reasons == ("no place of that name is known in Missouri",)


def test_a_clause_behind_a_comma_is_no_parent() -> None:
    found = resolve("In Perth, England lost to Australia by six wickets.")
    assert found["Perth"].place is not None
    assert found["Perth"].place.country == "AU"
    assert not any("lies in" in reason for reason in found["Perth"].reasons)


def test_a_head_within_the_name_asks_for_nothing_else() -> None:
    found = resolve("A storm hit Mount Vernon, Ohio, and Columbus.")["Mount Vernon"]
    assert found.place is not None
    assert found.place.admin1 == "US-OH"


def test_the_head_of_the_whole_is_no_head_of_the_part() -> None:
    found = resolve("He moved to San Jose, the capital of Costa Rica.")["Costa Rica"]
    assert found.place is not None
    assert found.place.id == "iso:CR"
    assert not any("capital" in reason for reason in found.reasons)
