from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.types import Located, NameUse, Place
from geo.errors import InputError
from geo.evaluate import GoldDocument, GoldToponym, evaluate, load
from geo.scoring.matching import match
from geo.scoring.measures import HALF_EARTH_KM, Counts, auc, coverage_accuracy, distance_km
from geo.scoring.seeds import same_place, score_seeds
from geo.types import Document, Mention, Parsed, Resolution

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Paris and Lyon and Rome and Nowhere"
PARIS = Place("geonames:1", "Paris", "city", "FR", "FR-IDF", 2.35, 48.85)
LYON = Place("geonames:2", "Lyon", "city", "FR", "FR-ARA", 4.83, 45.76)
FRANCE = Place("iso:FR", "France", "country", "FR", None, 2.0, 46.0)


def resolution(start: int, end: int, place: Place | None, score: float = 0.9) -> Resolution:
    return Resolution(Mention(start, end, TEXT[start:end], "literal", TEXT[start:end].lower()), place, score)


def gold_document(*tops: GoldToponym) -> GoldDocument:
    return GoldDocument(Document("d", TEXT), tops)


GOLD = gold_document(
    GoldToponym(0, 5, "Paris", 48.85, 2.35, "CITY"),
    GoldToponym(10, 14, "Lyon", 45.76, 4.83, "CITY"),
    GoldToponym(19, 23, "Rome", 41.9, 12.5, "CITY"),
    GoldToponym(28, 35, "Nowhere"),
)


def test_end_to_end_counts_and_distances() -> None:
    found = (
        resolution(0, 5, PARIS),
        resolution(9, 14, PARIS),
        resolution(28, 35, PARIS),
        resolution(6, 9, LYON),
    )
    scores = evaluate([GOLD], [Parsed(Document("d", TEXT), found)])
    assert (scores.exact.hits, scores.overlap.hits, scores.overlap.predicted, scores.overlap.gold) == (
        2,
        3,
        4,
        4,
    )
    # "Nowhere" touches only gold without a point and is ignored; "and" is a wrong prediction.
    assert (scores.end_to_end.hits, scores.end_to_end.predicted, scores.end_to_end.gold) == (1, 3, 3)
    assert scores.resolution.within(161) == 0.5
    [(name, rows)] = scores.groups(lambda row: row.gold.type).items()
    assert (name, [row.found is not None for row in rows]) == ("CITY", [True, True, False])


def test_unplaced_mentions_are_recognised_but_no_end_to_end_prediction() -> None:
    scores = evaluate([GOLD], [Parsed(Document("d", TEXT), (resolution(0, 5, None),))])
    assert scores.overlap.hits == 1
    assert scores.end_to_end.predicted == 0
    assert scores.resolution.km == [HALF_EARTH_KM]
    assert scores.resolution.within(161) == 0


def test_documents_that_were_not_parsed_count_as_missed() -> None:
    scores = evaluate([GOLD], [])
    assert scores.overlap.gold == 4
    assert scores.summary()["e2e_f1"] == 0


def test_no_documents() -> None:
    summary = evaluate([], []).summary()
    assert summary["overlap_f1"] == 0
    assert math.isnan(summary["median_km"])


class FakeUnits:
    def within(self, lon: float, lat: float) -> Located:
        return Located("FR", "FR-ARA", "inside")

    def names(self, place_id: str) -> list[tuple[str, NameUse]]:
        return [("France", NameUse.PREFERRED)]


@pytest.mark.parametrize(
    ("level", "name", "right"),
    [("country", "", True), ("", "France", True), ("", "Lyon", False), ("admin1", "France", False)],
)
def test_right_country_counts_whatever_its_point(level: str, name: str, right: bool) -> None:
    far = gold_document(GoldToponym(0, 5, "Paris", 43.0, 5.0, "", level, name))
    scores = evaluate([far], [Parsed(Document("d", TEXT), (resolution(0, 5, FRANCE),))], gaz=FakeUnits())
    assert scores.end_to_end.hits == 0
    assert scores.end_to_end_area.hits == int(right)


def test_oracle_counts_all_gold_with_a_point() -> None:
    parsed = Parsed(Document("d", TEXT), (resolution(0, 5, PARIS),))
    scores = evaluate([GOLD], [], oracle=[parsed])
    assert scores.oracle.within(161) == pytest.approx(1 / 3)


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=12,
    unique=True,
)


@given(spans, spans)
def test_matching_is_one_to_one_and_overlapping(
    gold: list[tuple[int, int]], predicted: list[tuple[int, int]]
) -> None:
    pairs = match(gold, predicted)
    assert len(set(pairs.values())) == len(pairs)
    assert all(gold[g][0] < predicted[p][1] and predicted[p][0] < gold[g][1] for g, p in pairs.items())
    unmatched = set(range(len(predicted))) - set(pairs.values())
    for g in set(range(len(gold))) - set(pairs):
        assert not any(gold[g][0] < predicted[p][1] and predicted[p][0] < gold[g][1] for p in unmatched)
    assert len(pairs) >= len(set(gold) & set(predicted))


def test_matching_moves_a_pair_to_make_room() -> None:
    assert match([(0, 10), (0, 2)], [(0, 2), (5, 9)]) == {0: 1, 1: 0}


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    km = distance_km(a, b, c, d)
    assert 0 <= km <= 20038
    assert km == pytest.approx(distance_km(c, d, a, b))


def test_known_distance() -> None:
    assert distance_km(48.8566, 2.3522, 51.5074, -0.1278) == pytest.approx(343.6, abs=1)


def test_auc_is_zero_for_no_error_and_one_for_the_worst() -> None:
    assert auc([0.0, 0.0, 0.0]) == 0
    assert auc([HALF_EARTH_KM] * 3) == pytest.approx(1, abs=1e-4)
    assert math.isnan(auc([1.0]))


def test_coverage_keeps_the_surest() -> None:
    scored = [(0.9, True), (0.8, True), (0.2, False), (0.1, False)]
    assert coverage_accuracy(scored, 0.5) == 1
    assert coverage_accuracy(scored, 1) == 0.5


def test_empty_counts() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)


def test_load_reads_json_lines(tmp_path: Path) -> None:
    record = {
        "id": "a",
        "text": "In Rome",
        "toponyms": [{"start": 3, "end": 7, "surface": "Rome", "lat": 1, "lon": 2, "fcode": "PCLI"}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record) + "\n\n", encoding="utf-8")
    (doc,) = load(path)
    assert doc.toponyms[0].level == "country"
    assert doc.toponyms[0].located


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": 1}', '{"id":1,"text":"x","toponyms":[{"start":0,"end":1,"surface":"y"}]}']
)
def test_load_names_the_bad_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl:1"):
        load(path)


def test_load_of_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load(tmp_path / "none.jsonl")


SEED_GOLD = {
    "places": {
        "P": {"kind": "city", "lat": 48.85, "lon": 2.35, "tol": 10},
        "FR": {"kind": "country", "country": "FR"},
    },
    "documents": [
        {
            "file": "x.txt",
            "mentions": [
                {"start": 0, "end": 5, "surface": "Paris", "places": ["P"], "role": "literal"},
                {"start": 10, "end": 14, "surface": "Lyon", "places": ["FR"], "role": "metonym|modifier"},
            ],
            "non_places": ["Nowhere"],
        }
    ],
}


def test_seed_scores() -> None:
    found = [resolution(0, 5, PARIS), resolution(10, 14, FRANCE), resolution(28, 35, LYON)]
    scores = score_seeds(SEED_GOLD, {"x.txt": (TEXT, found)})
    assert scores.literal_placed == 1
    assert scores.role_share == 0.5
    assert len(scores.non_places) == 1
    assert scores.spurious_share == pytest.approx(1 / 3)


def test_a_town_is_not_its_region() -> None:
    region = Place("iso:FR-IDF", "Île-de-France", "admin1", "FR", "FR-IDF", 2.35, 48.85)
    assert not same_place(SEED_GOLD["places"]["P"], region)
    assert not same_place(SEED_GOLD["places"]["P"], None)


def test_roles_where_the_gold_gives_them() -> None:
    tops = (GoldToponym(0, 5, "Paris", role="literal"), GoldToponym(10, 14, "Lyon", role="metonym"))
    found = (resolution(0, 5, PARIS), resolution(10, 14, LYON))
    scores = evaluate([gold_document(*tops)], [Parsed(Document("d", TEXT), found)])

    assert scores.role_accuracy() == 0.5
    assert math.isnan(evaluate([GOLD], []).role_accuracy())
