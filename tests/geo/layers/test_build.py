"""Layers from hand-made documents: each number on the map can be counted here by hand."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from geo.layers import Layer, as_of_date, build
from geo.types import EventPlace, Unplaced
from tests.geo.layers.sample import CLAIMS, EVENTS, PLACES, FakeGazetteer, event, mention, parsed

GAZ = FakeGazetteer()


@pytest.fixture
def layers() -> dict[str, Layer]:
    return build([parsed()], EVENTS, GAZ)


def test_all_layers_are_there_in_order(layers: dict[str, Layer]) -> None:
    assert list(layers) == ["events", "reports", "places", "regions", "flows", "claims", "unplaced"]


def test_nothing_gives_empty_layers_with_their_columns() -> None:
    layers = build([], [], GAZ)
    assert all(len(layer) == 0 for name, layer in layers.items() if name != "claims")
    assert {row["id"] for row in layers["claims"].rows} == {"one", "two", "old"}
    assert list(layers["events"].frame.columns)[-1] == "geometry"


def test_one_row_per_event_and_place(layers: dict[str, Layer]) -> None:
    rows = [(row["row_id"], row["id"], row["place_name"]) for row in layers["events"].rows]
    assert rows == [
        ("e1", "e1", "Oldport"),
        ("e2", "e2", "Oldport"),
        ("e3", "e3", "West Arla"),
        ("e3.2", "e3", "East Arla"),
        ("e4", "e4", None),
    ]


def test_event_row_carries_everything(layers: dict[str, Layer]) -> None:
    row = layers["events"].rows[0]
    assert (row["family"], row["status"], row["source"]) == ("fires", "claimed", "the ministry")
    assert (row["lon"], row["lat"], row["is_area"], row["admin1"]) == (1.5, 1.2, False, "AA-1")
    assert (row["date_start"], row["date_end"], row["granularity"]) == ("2022-10-01", "2022-10-01", "day")
    assert (row["evidence"], row["evidence_start"], row["evidence_end"]) == (
        "Oldport was shelled, the ministry said.",
        0,
        39,
    )
    assert (row["documents"], row["document_titles"], row["reports"]) == ("a.txt", "A dispatch", 1)


def test_area_event_is_flagged_and_has_a_representative_point(layers: dict[str, Layer]) -> None:
    row, shape = layers["events"].rows[2], layers["events"].geometry[2]
    assert row["is_area"] is True
    assert shape is not None
    assert (shape.x, shape.y) == (PLACES["iso:AA-1"].lon, PLACES["iso:AA-1"].lat)


def test_event_without_a_place_keeps_a_null_geometry_and_is_listed(layers: dict[str, Layer]) -> None:
    assert layers["events"].geometry[-1] is None
    assert [(row["what"], row["event_id"]) for row in layers["unplaced"].rows] == [
        ("event", "e4"),
        ("mention", None),
    ]


def test_the_reason_a_document_gives_is_kept() -> None:
    item = parsed()
    why = Unplaced("event", "x", "only 'there'", 0, 39, "other-id")
    layers = build([replace(item, unplaced=(why,))], EVENTS, GAZ)
    assert [row["reason"] for row in layers["unplaced"].rows] == ["only 'there'"]


def test_movement_joins_origin_and_each_destination(layers: dict[str, Layer]) -> None:
    rows = [(row["origin"], row["destination"], row["role"]) for row in layers["flows"].rows]
    assert rows == [("Oldport", "Newbridge", "to"), ("Oldport", "Highgate", "to")]
    assert list(layers["flows"].geometry[0].coords) == [(1.5, 1.2), (6.5, 2.8)]  # type: ignore[union-attr]
    assert layers["events"].rows[1]["destinations"] == "Newbridge; Highgate"


def test_regions_count_mentions_and_events(layers: dict[str, Layer]) -> None:
    found = {row["id"]: (row["mentions"], row["events"], row["places"]) for row in layers["regions"].rows}
    assert found == {
        "iso:AA-1": (2, 3, 2),
        "iso:AA-2": (1, 1, 2),
        "iso:BB-2": (1, 0, 1),
    }


def test_other_roles_are_counted_apart() -> None:
    item = replace(parsed(), resolutions=(mention(0, "Oldport", "t:1", "metonym"),), events=())
    layers = build([item], [], GAZ)
    row = layers["regions"].rows[0]
    assert (row["mentions"], row["mentions_other"]) == (0, 1)
    assert layers["places"].rows[0]["metonym"] == 1


def test_places_come_with_spellings_most_often_named_first(layers: dict[str, Layer]) -> None:
    rows = layers["places"].rows
    assert (rows[0]["name"], rows[0]["mentions"], rows[0]["spellings"], rows[0]["events"]) == (
        "Oldport",
        2,
        "Oldport",
        2,
    )
    assert {row["id"] for row in rows} >= {"iso:AA-1", "iso:BB", "t:3"}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(1989, 12, 31), []),
        (date(1990, 1, 1), ["old"]),
        (date(2014, 3, 17), []),
        (date(2014, 3, 18), ["one"]),
        (date(2022, 9, 29), ["one"]),
        (date(2022, 9, 30), ["one", "two"]),
    ],
)
def test_claims_are_those_made_on_the_day(as_of: date, expected: list[str]) -> None:
    layers = build([parsed()], EVENTS, GAZ, as_of=as_of)
    assert [row["id"] for row in layers["claims"].rows] == expected
    assert {row["as_of"] for row in layers["claims"].rows} <= {as_of.isoformat()}


def test_claims_default_to_the_newest_document() -> None:
    assert as_of_date([parsed()]) == date(2022, 10, 13)
    assert [row["id"] for row in build([parsed()], EVENTS, GAZ)["claims"].rows] == ["one", "two"]


def test_without_any_date_all_known_claims_are_kept() -> None:
    rows = build([parsed(dated=False)], EVENTS, GAZ)["claims"].rows
    assert {row["id"]: row["standing"] for row in rows} == {
        "one": "disputed",
        "two": "disputed",
        "old": "ended",
    }
    assert rows[0]["as_of"] is None


def test_claim_legend_names_claimant_date_and_basis(layers: dict[str, Layer]) -> None:
    assert layers["claims"].rows[0]["legend"] == "claimed by Bree since 2014-03-18 (treaty signed)"


def test_claim_far_from_the_map_is_left_out() -> None:
    item = replace(parsed(), resolutions=(mention(0, "Farhaven", "t:9"),), events=())
    assert len(build([item], [], GAZ)["claims"]) == 0


def test_claim_that_the_viewpoint_recognises() -> None:
    own = replace(CLAIMS[0], id="own", regions=("iso:BB-1",))
    rows = build([parsed()], EVENTS, FakeGazetteer(records=(own,)))["claims"].rows
    assert [row["standing"] for row in rows] == ["recognised"]


def test_same_place_twice_gives_one_row() -> None:
    twice = event("e9", "clash", places=(("at", "t:1"), ("near", "t:1"), ("to", "t:2")))
    rows = build([parsed()], [twice], GAZ)["events"].rows
    assert [(row["place_name"], row["place_role"]) for row in rows] == [("Oldport", "at")]


def test_place_without_a_gazetteer_entry_is_no_row() -> None:
    empty = replace(event("e9", "clash"), places=(EventPlace("at", None, None, "there"),))
    layers = build([parsed()], [empty], GAZ)
    assert layers["events"].rows[0]["place_name"] is None
    assert [row["event_id"] for row in layers["unplaced"].rows if row["what"] == "event"] == ["e9"]


def test_unknown_column_is_an_error(layers: dict[str, Layer]) -> None:
    with pytest.raises(KeyError, match="colour"):
        layers["events"].add(None, colour="red")


def test_every_column_has_a_meaning(layers: dict[str, Layer]) -> None:
    for layer in layers.values():
        assert len({column.name for column in layer.columns}) == len(layer.columns)
        assert all(
            column.meaning and column.type in {"str", "int", "float", "bool", "date"}
            for column in layer.columns
        )


def test_outlines_of_regions_are_made_when_they_are_first_asked_for() -> None:
    asked: list[str] = []

    class Noting(FakeGazetteer):
        def region(self, region_id: str) -> Any:
            asked.append(region_id)
            return super().region(region_id)

    regions = build([parsed()], EVENTS, Noting())["regions"]
    ids = [row["id"] for row in regions.rows]
    assert ids
    assert not set(asked) & set(ids)
    once = copy(regions)
    assert once.geometry == regions.geometry == [GAZ.region(one) for one in ids]
    assert sorted(set(asked) & set(ids)) == sorted(ids)
    with pytest.raises(AttributeError, match="a layer has no shape"):
        _ = regions.shape  # type: ignore[attr-defined]
