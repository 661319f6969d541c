"""Names that are unsure one by one and clear together."""

from __future__ import annotations

import pytest

import gazetteer
from gazetteer.names import fold
from geo.places import Resolver
from geo.types import Document, Mention


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(gazetteer.open())


def units(resolver: Resolver, *names: str) -> list[str | None]:
    text, mentions = "", []
    for name in names:
        text += "Snow fell on "
        mentions.append(Mention(len(text), len(text) + len(name), name, "literal", fold(name)))
        text += f"{name} on Monday. "
    found = resolver.resolve(Document("t", text), mentions)
    return [item.place.admin1 if item.place else None for item in found]


@pytest.mark.parametrize(
    ("names", "unit"),
    [
        (("Bath", "Portland", "Augusta"), "US-ME"),
        (("Alexandria", "Arlington"), "US-VA"),
        (("Charleston", "Huntington"), "US-WV"),
        (("Breathitt County", "Jackson", "Manchester", "London"), "US-KY"),
        (("Hamilton", "London", "Kingston", "Peterborough"), "CA-ON"),
    ],
)
def test_unsure_names_of_one_unit_are_told_by_each_other(
    resolver: Resolver, names: tuple[str, ...], unit: str
) -> None:
    assert units(resolver, *names) == [unit] * len(names)


def test_a_name_alone_means_the_best_known_place(resolver: Resolver) -> None:
    assert units(resolver, "Bath") == ["GB-ENG"]
    assert units(resolver, "Portland") == ["US-OR"]


def test_great_cities_are_not_drawn_into_one_state(resolver: Resolver) -> None:
    assert units(resolver, "Paris", "Athens", "Rome", "Berlin") == ["FR-IDF", "GR-I", "IT-62", "DE-BE"]
    assert units(resolver, "Moscow", "Cairo", "Lima", "Toronto") == ["RU-MOW", "EG-C", "PE-LMA", "CA-ON"]
