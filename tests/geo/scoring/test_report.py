from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evaluate import GoldDocument, GoldToponym, Scores
from geo.scoring.bootstrap import intervals
from geo.scoring.measures import calibration, calibration_error, coverage_accuracy, coverage_curve
from geo.scoring.plot import plot
from geo.scoring.report import MEANINGS, figures, record, sections, summary
from geo.types import Document
from tests.geo.scoring.test_bootstrap import sample

SCORED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


@given(SCORED)
def test_bins_hold_every_prediction(scored: list[tuple[float, bool]]) -> None:
    bins = calibration(scored)

    assert sum(one.count for one in bins) == len(scored)
    assert sum(one.count * one.right for one in bins) == pytest.approx(sum(right for _, right in scored))
    assert all(one.low <= one.score <= one.high for one in bins)


def test_calibration_error() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == 0
    assert calibration_error([(1.0, False), (0.0, True)]) == 1


@given(SCORED)
def test_the_curve_ends_with_all(scored: list[tuple[float, bool]]) -> None:
    points = coverage_curve(scored)

    assert bool(points) == bool(scored)
    if points:
        assert points[-1][2] == pytest.approx(coverage_accuracy(scored, 1.0))
        assert [score for _, score, _ in points] == sorted((score for _, score, _ in points), reverse=True)


def test_every_measure_has_a_meaning() -> None:
    scores = sample(1, 20)

    assert set(scores.summary()) == set(MEANINGS)
    assert set(intervals(scores)) < set(MEANINGS)


def test_tables_and_record_say_the_same() -> None:
    scores = sample(1, 20)
    known = [GoldDocument(Document("k", "xxxxx"), (GoldToponym(0, 5, "XXXXX"),))]
    values, bounds = figures(scores, given=False), intervals(scores, 50)
    found = json.loads(json.dumps(record(scores, values, bounds, known), allow_nan=False))
    text = summary({"one": values, "two": values}, {"one": bounds, "two": {}})

    assert text.splitlines()[0].split() == ["measure", "one", "two", "meaning"]
    assert found["measures"]["overlap_f1"] == round(values["overlap_f1"], 6)
    assert found["intervals"].keys() == bounds.keys()
    assert found["seen_and_novel"]["seen"]["gold"] == values["names"]
    assert sum(one["placed"] for one in found["placed_by_kind"].values()) == len(scores.believed)
    titles = [title for title, _ in sections(scores, known, details=True)]
    assert titles[0] == "seen and novel names"
    assert "calibration of all placed mentions" in titles
    assert list(sections(scores, [], details=False)) == []


def test_gold_spans_measure_no_recognition() -> None:
    assert "overlap_f1" not in figures(sample(1, 5), given=True)
    assert "oracle_acc161" not in figures(sample(1, 5), given=False)


def test_nothing_measured_is_null() -> None:
    found = record(Scores(), figures(Scores(), given=False), {}, [])

    assert found["measures"]["median_km"] is None
    assert found["calibration"] == []


@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_picture_is_the_same_again(form: str, magic: bytes) -> None:
    scores = {"a": sample(1, 40), "b": Scores()}
    first = plot(scores, form)

    assert first.startswith(magic)
    assert first == plot(scores, form)
