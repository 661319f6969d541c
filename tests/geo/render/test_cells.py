"""Very many events: counted by cells exactly, told of in the frame and the list."""

from __future__ import annotations

import importlib
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.layers import build, tally
from geo.render import cells as module
from geo.render.cells import aggregated, counted
from geo.render.page import page
from geo.types import Document, Event, EventPlace, Parsed, TimeSpan
from tests.geo.layers.sample import PLACES, FakeGazetteer, event, place
from tests.geo.render.test_browser import violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.geo.render.conftest import Opened

GAZ = FakeGazetteer()
build_module = importlib.import_module("geo.layers.build")  # the package has a function of that name
TOWNS = [place(f"t:{n}", f"Town {n}", "town", n % 25 * 0.4, n // 25 * 0.2) for n in range(100)]
TYPES = ("clash", "shelling", "diplomacy")


def made(number: int, where: list[Any], type_: str, status: str = "happened") -> Event:
    base = event(f"n{number}", type_, places=(("at", "t:1"),), text="Something happened.", status=status)
    places = tuple(EventPlace("at", spot) for spot in where)
    return Event(base.id, base.type, base.status, base.standing, places, base.reports, base.when)


def documents_of(events: list[Event]) -> list[Parsed]:
    return [Parsed(Document("a.txt", "x", "Many"), (), tuple(events))]


def events_of(number: int) -> list[Event]:
    region = next(iter(spot for spot in PLACES.values() if spot.kind == "admin1"))
    events = [
        made(n, [TOWNS[n * 7 % 100]], TYPES[n % 3], ("happened", "claimed")[n % 2]) for n in range(number)
    ]
    return [*events, made(number, [region], "clash"), made(number + 1, [TOWNS[0], TOWNS[99]], "clash")]


def test_up_to_the_limit_nothing_changes() -> None:
    events = events_of(8)
    layers = build(documents_of(events), events, GAZ)
    same, cells = aggregated(counted(layers, 10), documents_of(events), "{place}")
    assert cells is None
    assert same == layers
    assert aggregated(counted(layers, 9), documents_of(events), "{place}")[1] is not None


chosen = st.lists(
    st.tuples(
        st.lists(st.integers(0, 99), min_size=1, max_size=3, unique=True),
        st.sampled_from(TYPES),
        st.sampled_from(["happened", "claimed"]),
    ),
    min_size=1,
    max_size=30,
)


@settings(deadline=None, max_examples=25)
@given(chosen)
def test_counts_are_exact(picked: list[tuple[list[int], str, str]]) -> None:
    events = [
        made(n, [TOWNS[t] for t in towns], kind, status) for n, (towns, kind, status) in enumerate(picked)
    ]
    layers = build(documents_of(events), events, GAZ)
    _, cells = aggregated(counted(layers, 0), documents_of(events), "{place} and around")
    assert cells is not None
    totals = {(kind, status): n for _, kind, status, n, _ in cells.totals}
    assert totals == Counter((kind, status) for _, kind, status in picked)
    told: Counter[tuple[str, str, str]] = Counter()
    for towns, kind, status in picked:
        spots = {
            (TOWNS[t].lon // cells.side, TOWNS[t].lat // cells.side, TOWNS[t].admin1 or "") for t in towns
        }
        told.update((f"cell:{x:.0f}:{y:.0f}:{unit}", kind, status) for x, y, unit in spots)
    assert {entry[:3]: entry[3] for entry in cells.counts} == told


REGION = next(spot for spot in PLACES.values() if spot.kind == "admin1")
DAYS = st.none() | st.dates(date(988, 1, 1), date(2030, 1, 1))
ROLES = st.sampled_from(["at", "near", "from", "to", "towards"])
told = st.lists(
    st.tuples(
        st.lists(st.tuples(ROLES, st.sampled_from([*TOWNS[:9], REGION, None])), max_size=3),
        st.sampled_from(TYPES),
        st.sampled_from(["happened", "claimed", "denied"]),
        st.tuples(DAYS, DAYS),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=40)
@given(told, st.integers(1, 6))
def test_counted_when_built_or_by_the_page(picked: list[Any], kept: int) -> None:
    events = []
    for n, (where, kind, status, (start, end)) in enumerate(picked):
        base = event(f"n{n}", kind, text=f"Something {n} happened.", status=status)
        places = tuple(EventPlace(role, spot) for role, spot in where)
        when = TimeSpan(start, end, "day", "at", "explicit", "")
        events.append(replace(base, places=places, when=when))
    documents = documents_of(events)
    with pytest.MonkeyPatch.context() as patch:
        for one in (module, tally, build_module):
            patch.setattr(one, "KEPT", kept)
        whole = build(documents, events, GAZ)
        html = page(whole, documents, GAZ, limit=0)
        layers = build(documents, events, GAZ, limit=0)
        assert html == page(layers, documents, GAZ, limit=0)
    found = layers["events"].tally
    assert found is not None
    assert found.total == len(events)
    assert found.unplaced == len(whole["unplaced"])
    assert found.nowhere == sum(not any(spot for _, spot in where) for where, *_ in picked)
    assert {entry[1:3]: entry[3] for entry in found.totals()} == Counter(
        (kind, status) for _, kind, status, _ in picked
    )
    rows = Counter((row["place_id"], row["type"], row["status"]) for row in whole["events"].rows)
    names = [spot.id for spot in found.spots]
    assert {entry[:3]: entry[3] for entry in found.by(names)} == {k: n for k, n in rows.items() if k[0]}
    assert [row["events"] for row in layers["regions"].rows] == [
        row["events"] for row in whole["regions"].rows
    ]
    days = sorted(((e.when.start or e.when.end or date.min) for e in events if e.when), reverse=True)
    listed = {row["id"] for row in layers["events"].rows}
    assert (
        sorted(
            ((e.when.start or e.when.end or date.min) for e in events if e.when and e.id in listed),
            reverse=True,
        )
        == days[:kept]
    )


def test_the_list_is_cut_and_its_documents_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 5)
    events = events_of(40)
    layers, cells = aggregated(
        counted(build(documents_of(events), events, GAZ), 10), documents_of(events), "{place}"
    )
    assert cells is not None
    assert cells.total == 42
    assert len({row["id"] for row in layers["events"].rows}) == 5
    assert {row["event_id"] for row in layers["reports"].rows} == {row["id"] for row in layers["events"].rows}
    assert len(cells.parsed) == 1


def test_a_page_of_cells(open_html: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 50)
    events = events_of(600)
    documents = documents_of(events)
    html = page(build(documents, events, GAZ), documents, GAZ, limit=500)
    assert html == page(build(documents, events, GAZ), documents, GAZ, limit=500)
    opened = open_html(html)
    view = opened.page
    view.locator("#map .group").first.wait_for()
    assert "602 events are counted by cells" in view.locator("#map .face").inner_text()
    assert (
        view.locator("#list .shown").inner_text()
        == "602 events on the map; the list has the newest 50 of 602."
    )
    assert view.locator("#list .card").count() == 50
    clashes = sum(e.type == "clash" for e in events)
    assert view.locator(".chip", has_text="Clash").inner_text().split()[-1] == str(clashes)
    view.locator(".chip", has_text="Clash").click()
    assert view.locator("#list .shown").inner_text().startswith(f"{clashes} events on the map")
    assert marked(view) == clashes + 1  # one stands at two places
    view.locator("#list select").first.select_option("claimed")
    both = sum(e.type == "clash" and e.status == "claimed" for e in events)
    assert marked(view) == both
    view.locator("#map .group").first.press("Enter")
    assert "× Clash (claimed by one side)" in view.locator(".leaflet-popup .sheet").inner_text()
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


def marked(view: Any) -> int:
    """Sum of the numbers on the map, by what its marks say to those who do not see them."""
    return sum(
        int(part.split(" × ")[0].split(": ")[-1]) if " × " in part else 1
        for name in view.locator("#map .group").evaluate_all(
            "all => all.map((one) => one.getAttribute('aria-label'))"
        )
        for part in name.split(": ", 1)[1].split(", ")
    )
