from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer.names import fold
from geo.mentions import RuleRecogniser
from geo.places import Resolver, explain
from geo.places.context import home_country, parents
from geo.types import Document, Mention, Resolution

GAZ = gazetteer.open()
RECOGNISER = RuleRecogniser(GAZ)
NAMES = [
    "Paris",
    "Texas",
    "Georgia",
    "Kherson",
    "Victoria",
    "Springfield",
    "Nowhereville",
    "London",
    "Moscow",
    "Cordoba",
]


def resolve(text: str, resolver: Resolver | None = None, **fields: str) -> dict[str, Resolution]:
    document = Document("t", text, **fields)
    return {
        r.mention.text: r for r in (resolver or Resolver(GAZ)).resolve(document, RECOGNISER.find(document))
    }


def mention(text: str, name: str, **fields: object) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, "literal", fold(name), **fields)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8))
def test_one_resolution_per_mention_in_order(names: list[str]) -> None:
    text = ", ".join(names)
    position, mentions = 0, []
    for name in names:
        mentions.append(Mention(position, position + len(name), name, "literal", fold(name)))
        position += len(name) + 2
    found = Resolver(GAZ).resolve(Document("t", text), mentions)
    assert [r.mention for r in found] == mentions
    for item in found:
        assert 0 <= item.score <= 1
        assert sum(c.score for c in item.candidates) <= 1.001
        assert [c.score for c in item.candidates] == sorted((c.score for c in item.candidates), reverse=True)
        assert item.reasons
        assert item.place is None or item.place == item.candidates[0].place


def test_no_mentions() -> None:
    assert Resolver(GAZ).resolve(Document("t", ""), []) == []


def test_an_unknown_name_stays_unplaced_with_the_reason() -> None:
    text = "They met in Qwertzuiopville."
    (found,) = Resolver(GAZ).resolve(Document("t", text), [mention(text, "Qwertzuiopville")])
    assert found.place is None
    assert found.candidates == ()
    assert found.reasons == ("no place of that name is known",)


def test_below_the_threshold_nothing_is_guessed_but_candidates_stay() -> None:
    text = "They met in Springfield."
    (found,) = Resolver(GAZ, min_score=0.99).resolve(Document("t", text), [mention(text, "Springfield")])
    assert found.place is None
    assert len(found.candidates) > 3
    assert "too uncertain" in found.reasons[0]


def test_one_sense_per_document() -> None:
    found = resolve("Deputies in London, Ky., met. The sheriff left London on Monday. London is small.")
    assert found["London"].place is not None
    assert found["London"].place.admin1 == "US-KY"


def test_near_is_a_prior_and_no_filter() -> None:
    near = Resolver(GAZ, near="iso:AU")
    victoria = resolve("A storm hit Newcastle.", near)["Newcastle"]
    assert victoria.place is not None
    assert victoria.place.country == "AU"
    paris = resolve("She flew to Paris.", near)["Paris"]
    assert paris.place is not None
    assert paris.place.country == "FR"


def test_a_similar_name_counts_only_inside_the_parent() -> None:
    text = "Fighting near Kramatorskk in Donetsk region."
    pair = [mention(text, "Kramatorskk"), mention(text, "Donetsk", kinds=("admin1",), head="region")]
    found = Resolver(GAZ).resolve(Document("t", text), pair)[0]
    assert found.place is not None
    assert found.place.name == "Kramatorsk"
    assert any("similar" in reason for reason in found.reasons)
    alone = Resolver(GAZ).resolve(Document("t", "Kramatorskk"), [mention("Kramatorskk", "Kramatorskk")])[0]
    assert alone.place is None


def test_a_town_does_not_stand_in_for_a_river() -> None:
    text = "They crossed the Springfield River."
    (found,) = Resolver(GAZ).resolve(
        Document("t", text), [mention(text, "Springfield", kinds=("river",), head="river")]
    )
    assert found.place is None
    assert "no river" in found.reasons[0]


def test_city_and_region_of_one_name_are_told_apart() -> None:
    found = Resolver(GAZ)
    text = "Shells fell in Kherson and across the Kherson region."
    document = Document("t", text)
    city, region = found.resolve(document, RECOGNISER.find(document))
    assert city.place is not None
    assert region.place is not None
    assert (city.place.kind in ("city", "town"), region.place.id) == (True, "iso:UA-65")


def test_explain_marks_what_was_chosen() -> None:
    rows = explain(resolve("She flew to Paris.")["Paris"])
    assert rows[0]["chosen"] == "*"
    assert [row["chosen"] for row in rows].count("*") == 1
    assert {"place", "kind", "country", "lat", "lon", "score", "match"} <= set(rows[0])


def test_explain_without_candidates() -> None:
    assert explain(Resolution(mention("X", "X"), None, 0.0, ("unknown",))) == []


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.example.co.uk/a", "GB"),
        ("https://example.ca", "CA"),
        ("https://example.com/x", None),
        ("notes.tv", None),
        ("", None),
    ],
)
def test_home_country_of_an_address(url: str, country: str | None) -> None:
    assert home_country(Document("t", "", url=url)) == country


@pytest.mark.parametrize(
    ("text", "comma"),
    [
        ("Paris, Texas", True),
        ("Paris in Texas", False),
        ("Paris in northern Texas", False),
        ("Paris, a town in Texas", False),
    ],
)
def test_parents(text: str, comma: bool) -> None:
    found = parents(Document("t", text), [mention(text, "Paris"), mention(text, "Texas")])
    assert found == {0: (1, comma)}


def test_owners_are_parents_too() -> None:
    text = "Ukraine's Kherson"
    assert parents(Document("t", text), [mention(text, "Ukraine"), mention(text, "Kherson")]) == {
        1: (0, False)
    }
