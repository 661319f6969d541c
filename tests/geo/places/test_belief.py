from __future__ import annotations

import json

import pytest

import gazetteer
from geo.mentions import RuleRecogniser
from geo.places import Resolver
from geo.places.belief import NAMES, belief, learned
from geo.places.weights import HAND
from geo.types import Document, Resolution

GAZ = gazetteer.open()
RECOGNISER = RuleRecogniser(GAZ)


def resolve(text: str, min_score: float = 0.4) -> dict[str, Resolution]:
    document = Document("t", text)
    mentions = RECOGNISER.find(document)
    return {r.mention.text: r for r in Resolver(GAZ, min_score=min_score).resolve(document, mentions)}


def test_weights_are_those_of_the_terms() -> None:
    assert set(learned()) == set(NAMES)
    assert learned()["odds"] > 0
    assert learned()["stands in"] < 0


def test_belief_grows_with_the_odds() -> None:
    beliefs = [belief([("always", 1.0), ("odds", odds)], learned()) for odds in (-3.0, 0.0, 3.0, 6.0)]
    assert beliefs == sorted(beliefs)
    assert all(0 < one < 1 for one in beliefs)


def test_a_clear_case_is_surer_than_a_doubtful_one() -> None:
    clear = resolve("Shells fell on Kharkiv and Chuhuiv in Kharkiv region.")["Chuhuiv"]
    doubtful = resolve("The fair in Springfield was cancelled.", min_score=0.0)["Springfield"]
    assert clear.score / clear.mention.score > 0.9
    assert doubtful.score / doubtful.mention.score < 0.7
    assert doubtful.place is not None


def test_the_least_score_is_the_users() -> None:
    text = "The fair in Springfield was cancelled."
    assert resolve(text, min_score=0.0)["Springfield"].place is not None
    refused = resolve(text, min_score=0.99)["Springfield"]
    assert refused.place is None
    assert refused.reasons == (f"too uncertain ({refused.score:.2f} below 0.99)",)
    assert refused.candidates


def test_learning_finds_what_tells_right_from_wrong() -> None:
    pytest.importorskip("sklearn")
    from training.rank import learn

    right = [([("always", 1.0), ("odds", 3.0)], True)] * 40
    wrong = [([("always", 1.0), ("odds", -3.0), ("stands in", 1.0)], False)] * 40
    weights = learn([*right, *wrong])
    assert weights == learn([*right, *wrong])
    assert weights["odds"] > 0 > weights["stands in"]
    assert json.dumps(weights)
    assert belief(right[0][0], weights) > 0.8
    assert belief(wrong[0][0], weights) < 0.2


def test_every_term_has_a_weight() -> None:
    text = (
        "KYIV, Ukraine - The governor of Oaxaca met Lawmakers in Georgia and Ohio. The Pacific, northern Mali, the "
        "Ukrainian city of Nikopol, Mount Vernon, Paris, Texas, Kramatorskk in Donetsk region, the river Ohio, Kyiv."
    )
    document = Document("t", text, url="https://example.ca/x")
    resolver = Resolver(GAZ, near="geonames:703448", min_score=0.0)
    mentions = RuleRecogniser(GAZ, demonyms=True).find(document)
    state = resolver.decide(document, mentions)
    names = {
        name
        for group in state.groups
        for i in range(len(group.candidates))
        for name, _ in resolver.terms(group, i, state)
    }
    assert len(names) > 20
    assert names <= set(HAND)
