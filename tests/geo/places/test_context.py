from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.types import Place
from geo.places.candidates import Pool
from geo.places.context import Context, Others, Vote, adjectives
from geo.scoring.measures import distance_km
from geo.types import Document

if TYPE_CHECKING:
    from gazetteer import Gazetteer

points = st.tuples(st.floats(-170, 170), st.floats(-80, 80))


def town(
    name: str, lon: float = 0.0, lat: float = 0.0, country: str | None = "UA", unit: str | None = None
) -> Place:
    return Place(name, name, "town", country, unit, lon, lat)


@given(points, st.lists(st.tuples(st.floats(-6, 6), st.floats(-6, 6)), max_size=12))
def test_nearness_is_that_of_the_nearest_anchor(
    point: tuple[float, float], shifts: list[tuple[float, float]]
) -> None:
    context = Context()
    here = town("here", *point)
    others = [town(f"t{i}", point[0] + x, max(-85, min(85, point[1] + y))) for i, (x, y) in enumerate(shifts)]
    for other in others:
        context.add(Vote(other, 1.0))
    km = min((distance_km(o.lat, o.lon, here.lat, here.lon) for o in others), default=math.inf)
    found = Others(context, None).nearness(here)
    if km > 460:
        assert found == 0
    else:
        edge = math.exp(-444.8 / 200)
        assert found == pytest.approx(max(0.0, (math.exp(-km / 200) - edge) / (1 - edge)), abs=0.06)


def test_no_name_is_evidence_for_itself() -> None:
    context = Context()
    own = Vote(town("Sumy", unit="UA-59"), 1.0)
    context.add(own)
    assert Others(context, own).country_share("UA") == 0
    assert Others(context, own).unit_share("UA-59") == 0
    assert Others(context, own).nearness(town("Sumy")) == 0
    assert Others(context, None).country_share("UA") > 0.5


def test_shares_of_a_silent_document_are_zero() -> None:
    others = Others(Context(), None)
    assert (others.country_share("UA"), others.unit_share(None), others.nearness(town("x"))) == (0, 0, 0)


def test_anchors_of_one_town_are_few_however_long_the_text() -> None:
    context = Context()
    for i in range(5000):
        context.add(Vote(town(f"t{i}", 30 + i / 1e5, 50.0), 1.0))
    assert len(context.around(30.0, 12)) == 24
    assert context.around(60.0, 12) == []
    assert Others(context, None).nearness(town("far off", 30.0, -50.0)) == 0


def test_adjectives_stand_by_themselves_and_hold_nothing() -> None:
    text = "Russian troops left Russian-held Donetsk; Ukrainian and proUkrainian papers; Russians."
    known = [("Russian", "RU"), ("Ukrainian", "UA"), ("Russians", "RU")]
    found = adjectives(Document("t", text), lambda _text, _start: known)
    assert found == [(0, "RU"), (text.index("Ukrainian"), "UA"), (text.index("Russians"), "RU")]


def test_adjectives_are_looked_for_in_the_body_alone(gaz: Gazetteer) -> None:
    text = "Title: Spanish\n---\nA French and an (Italian) boat, a second French one; the ITALIANS; französische."
    start = text.index("A French")
    found = adjectives(Document("t", text, body_start=start), Pool(gaz).adjectives)
    spans = [(text[at : at + 6], country) for at, country in found]
    assert spans == [("French", "FR"), ("Italia", "IT"), ("French", "FR"), ("ITALIA", "IT")]
