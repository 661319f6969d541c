"""Small places that only their surroundings tell: the unit they lie in, the verb whose object they are."""

import pytest

from geo.mentions import RuleRecogniser
from geo.types import Document


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Its troops had taken Kodima, in the Donetsk region, on Tuesday.", "Kodima"),
        ("Rebels overran Gorom-Gorom in northern Burkina Faso.", "Gorom-Gorom"),
        ("Floods reached Lokoja, in Nigeria, overnight.", "Lokoja"),
    ],
)
def test_found_by_what_stands_around(gaz, text, name):
    assert name in [mention.text for mention in RuleRecogniser(gaz).find(Document("t", text))]


@pytest.mark.parametrize("text", ["She met Johnson in Ohio.", "Police captured Miller in Texas on Friday."])
def test_persons_stay_persons(gaz, text):
    names = [mention.text for mention in RuleRecogniser(gaz).find(Document("t", text))]
    assert not {"Johnson", "Miller"} & set(names)
