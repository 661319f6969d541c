from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.types import Place
from geo.evaluate import GoldDocument, GoldToponym, Scores, evaluate
from geo.scoring.bootstrap import SEED, intervals
from geo.types import Document, Mention, Parsed, Resolution


def sample(seed: int, documents: int) -> Scores:
    """Scores of made-up documents: some names are missed, misplaced, unplaced, spurious or without a point."""
    rng = random.Random(seed)
    golds, parses = [], []
    for number in range(documents):
        tops, found = [], []
        for n in range(rng.randint(0, 6)):
            start = n * 10
            lat, lon = rng.uniform(-60, 60), rng.uniform(-170, 170)
            where = (lat, lon) if rng.random() < 0.9 else (None, None)
            tops.append(GoldToponym(start, start + 5, "x" * 5, *where))
            if rng.random() < 0.8:
                off = rng.choice([0.0, 0.0, 0.5, 1.0, 9.0])
                place = (
                    Place(f"p:{n}", "X", "city", None, None, lon, lat + off) if rng.random() < 0.9 else None
                )
                mention = Mention(start, start + rng.choice([4, 5]), "xxxxx", "literal", "xxxxx")
                found.append(Resolution(mention, place, rng.random()))
        if rng.random() < 0.5:
            spare = Mention(95, 99, "xxxx", "literal", "xxxx")
            found.append(Resolution(spare, Place("p:s", "S", "city", None, None, 0, 0), rng.random()))
        document = Document(str(number), "x" * 100)
        golds.append(GoldDocument(document, tuple(tops)))
        parses.append(Parsed(document, tuple(found)))
    return evaluate(golds, parses)


def drawn(scores: Scores, draws: int) -> list[Scores]:
    """The draws one by one."""
    size = len(scores.tallies)
    weights = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=draws)
    return [
        Scores([one for one, count in zip(scores.tallies, row, strict=True) for _ in range(count)])
        for row in weights
    ]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_as_if_each_draw_were_scored_by_itself(seed: int, documents: int) -> None:
    scores = sample(seed, documents)
    found = intervals(scores, draws=25)
    by_hand = [one.summary() for one in drawn(scores, 25)]

    for measure in found:
        values = [row[measure] for row in by_hand]
        # a draw without anything to count is left out here, and counts as 0 in a summary
        if any(math.isnan(value) or value == 0 for value in values):
            continue
        wanted = np.percentile(values, [2.5, 97.5])
        assert found[measure] == pytest.approx(tuple(wanted), abs=1e-9), measure


def test_the_interval_holds_the_measure_and_is_the_same_again() -> None:
    scores = sample(1, 60)
    found = intervals(scores)
    summary = scores.summary()

    assert found == intervals(scores)
    assert {"overlap_f1", "e2e_f1_area", "auc", "median_km", "selective_90", "listed"} <= found.keys()
    assert all(low <= summary[name] <= high for name, (low, high) in found.items())
    assert found["overlap_f1"][1] - found["overlap_f1"][0] > intervals(sample(1, 240))["overlap_f1"][1] * 0.01


def test_one_document_has_no_spread() -> None:
    assert all(low == high for low, high in intervals(sample(3, 1)).values())


@pytest.mark.parametrize("scores", [Scores(), evaluate([GoldDocument(Document("a", ""), ())], [])])
def test_nothing_to_draw_from(scores: Scores) -> None:
    assert intervals(scores) == {}
    assert intervals(sample(1, 5), draws=0) == {}
