"""Very many events: counted by cells exactly, told of in the frame and the list."""

from __future__ import annotations

import importlib
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.layers import build, tally
from geo.render import cells as module
from geo.render.cells import aggregated, cells_data, counted
from geo.render.page import page
from geo.render.periods import UNITS, begin
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
    totals = {(kind, status): n for _, kind, status, n, _ in cells.totals.lines}
    assert totals == Counter((kind, status) for _, kind, status in picked)
    told: Counter[tuple[str, str, str]] = Counter()
    for towns, kind, status in picked:
        spots = {
            (TOWNS[t].lon // cells.side, TOWNS[t].lat // cells.side, TOWNS[t].admin1 or "") for t in towns
        }
        told.update((f"cell:{x:.0f}:{y:.0f}:{unit}", kind, status) for x, y, unit in spots)
    assert {entry[:3]: entry[3] for entry in cells.counts.lines} == told


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
    assert {entry[1:3]: entry[3] for entry in found.whole().counted(found.spans).lines} == Counter(
        (kind, status) for _, kind, status, _ in picked
    )
    rows = Counter((row["place_id"], row["type"], row["status"]) for row in whole["events"].rows)
    names = [spot.id for spot in found.spots]
    assert {entry[:3]: entry[3] for entry in found.grouped(names).counted(found.spans).lines} == {
        k: n for k, n in rows.items() if k[0]
    }
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


def dated(
    number: int, where: list[Any], kind: str, status: str, start: date | None, end: date | None
) -> Event:
    """An event of its own days, told of by one report and a half on average."""
    base = made(number, where, kind, status)
    reports = base.reports * (1 + number % 2)
    return replace(base, reports=reports, when=TimeSpan(start, end, "day", "at", "explicit", ""))


SPOTS = [
    place("s:0", "Here", "town", 0.01, 0.02, "AA-1"),
    place("s:1", "In the same cell", "town", 0.07, 0.02, "AA-1"),
    place("s:2", "In another unit", "town", 0.04, 0.05, "AA-2"),
    place("s:3", "In another cell", "town", 1.0, 0.02, "AA-2"),
    place("s:4", "In no unit", "town", 1.04, 0.02),
]
NEAR = st.none() | st.dates(date(2021, 11, 20), date(2022, 3, 10))
timed = st.lists(
    st.tuples(
        st.lists(st.integers(0, 4), max_size=3, unique=True),
        st.sampled_from(TYPES[:2]),
        st.sampled_from(["happened", "claimed"]),
        NEAR,
        NEAR,
    ),
    min_size=1,
    max_size=25,
)
LAST = {
    "day": lambda day: day,
    "week": lambda day: day + timedelta(days=6),
    "month": lambda day: (day + timedelta(days=31)).replace(day=1) - timedelta(days=1),
    "year": lambda day: day.replace(month=12, day=31),
}
"""Last day of the period that begins on a day."""


@settings(deadline=None, max_examples=60)
@given(timed, st.sampled_from(UNITS), st.lists(st.dates(date(2014, 1, 1), date(2023, 1, 1)), max_size=2))
def test_counts_by_time_are_exact(picked: list[Any], unit: str, since: list[date]) -> None:
    """In each period, by cell, by unit and in all: what a look at every event finds, each once."""
    events = [dated(n, [SPOTS[t] for t in towns], *rest) for n, (towns, *rest) in enumerate(picked)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "UNITS", [unit])
        layers = counted(build(documents_of(events), events, GAZ), 0)
        _, cells = aggregated(layers, documents_of(events), "{place}", [day.isoformat() for day in since])
    assert cells is not None
    places = {name: number for number, name in enumerate({line[0]: 0 for line in cells.counts.lines})}
    data = cells_data(cells, {kind: number for number, kind in enumerate(TYPES)}, places)
    begins = [begin((start or end).toordinal(), unit) for *_, start, end in picked if start or end]
    begins += [begin(day.toordinal(), unit) for day in since]
    assert data["periods"] == [date.fromordinal(day).isoformat() for day in sorted(set(begins))]

    def cell(number: int) -> str:
        spot = SPOTS[number]
        return f"cell:{spot.lon // cells.side:.0f}:{spot.lat // cells.side:.0f}:{spot.admin1 or ''}"

    for period in ["", *data["periods"]]:
        for undated in (True, False):
            told: Counter[Any] = Counter()
            for n, (towns, kind, status, start, end) in enumerate(picked):
                if not start and not end:
                    passes = undated
                elif period:
                    first = date.fromisoformat(period)
                    passes = (not start or start <= LAST[unit](first)) and (not end or first <= end)
                else:
                    passes = True
                if not passes:
                    continue
                one = (TYPES.index(kind), status)
                told.update({("counts", name, *one): 1 for name in {cell(t) for t in towns}})
                told.update({("totals", "all", *one): 1, ("reports", "all", *one): 1 + n % 2})
                units = {f"iso:{SPOTS[t].admin1}" for t in towns if SPOTS[t].admin1}
                told.update({("units", name, *one): 1 for name in units})
            assert shown(data, list(places), period, undated) == told


def shown(data: dict[str, Any], places: list[str], period: str, undated: bool) -> Counter[Any]:
    """Numbers as the page's code finds them in its tables, see cells.js."""
    found: Counter[Any] = Counter()
    chosen = data["periods"].index(period) + 1 if period else 0
    for name in ("counts", "units", "totals"):
        table = data[name]
        at = 0
        for line, many in enumerate(table["rows"]):
            of = places[table["of"][line]] if name == "counts" else table["of"][line]
            rows = range(at, at := at + many)
            assert table["n"][line] == sum(table["each"][row] for row in rows)
            assert table["reports"][line] == sum(table["each"][row] + table["more"][row] for row in rows)
            for row in rows:
                first = table["first"][row]
                if (first and chosen and not first <= chosen <= first + table["long"][row]) or not (
                    first or undated
                ):
                    continue
                key = (of, table["type"][line], table["status"][line])
                found[name, *key] += table["each"][row]
                if name == "totals":
                    found["reports", *key] += table["each"][row] + table["more"][row]
        assert at == len(table["first"]) == len(table["each"])
    return found


def test_the_unit_of_time_is_the_finest_that_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    first = date(2022, 1, 1)
    events = [
        dated(n, [TOWNS[0]], "clash", "happened", first + timedelta(days=n), first + timedelta(days=n))
        for n in range(400)
    ]
    documents = documents_of(events)
    layers = counted(build(documents, events, GAZ), 0)
    for rows, unit, many in ((400, "day", 400), (399, "week", 58), (57, "month", 14), (1, "year", 2)):
        monkeypatch.setattr(module, "ROWS", rows)
        cells = aggregated(layers, documents, "{place}")[1]
        assert cells is not None
        assert (cells.periods.unit, len(cells.periods.firsts)) == (unit, many)
        assert cells.days == ("2022-01-01", "2023-02-04")


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


def test_a_page_of_cells_through_time(
    open_html: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 30)
    monkeypatch.setattr(module, "ROWS", 120)
    first = date(2022, 1, 10)
    events = []
    for n in range(400):
        start = first + timedelta(days=n % 150) if n % 10 else None
        end = start and start + timedelta(days=40 * (n % 3 == 0))
        events.append(dated(n, [TOWNS[n % 4]], TYPES[n % 2], ("happened", "claimed")[n % 2], start, end))
    documents = documents_of(events)
    opened = open_html(
        page(build(documents, events, GAZ, as_of=date(2022, 6, 30)), documents, GAZ, limit=300)
    )
    view = opened.page

    def passing(month: int | None, *, undated: bool = True, kind: str | None = None) -> int:
        found = 0
        for one in events:
            when = one.when
            if when is None or (kind and one.type != kind):
                continue
            if when.start is None or when.end is None:
                found += undated
            else:
                found += month is None or when.start.month <= month <= when.end.month
        return found

    def shown_are(month: int | None, **rest: Any) -> bool:
        wanted = passing(month, **rest)
        told = view.locator("#list .shown").inner_text().split()[0]
        return (int(told), marked(view)) == (wanted, wanted)

    assert "and by month" in view.locator("#map .face").inner_text()
    assert (
        view.locator("#time .span")
        .inner_text()
        .startswith("All dates: 11 January 2022 to 16 July 2022 · 360 ev")
    )
    assert shown_are(None)
    view.get_by_role("button", name="Next month with data").click()
    slider = view.get_by_role("slider", name="Month")
    assert slider.get_attribute("aria-valuetext") == view.locator("#time .span").inner_text().split(" · ")[0]
    slider.focus()
    slider.press("End")
    assert view.locator("#time .span").inner_text().startswith("June 2022 · ")
    assert shown_are(6)
    assert "Claims as of June 2022" in view.locator("#map .face").inner_text()
    slider.press("ArrowLeft")
    assert shown_are(5)
    assert view.evaluate("location.hash") == "#day=2022-05-01"
    view.locator("#undated").uncheck()
    assert shown_are(5, undated=False)
    view.locator(".chip", has_text="Clash").click()
    assert shown_are(5, undated=False, kind="clash")
    assert violations(opened) == []
    view.evaluate("location.hash = '#day=2022-03-17'")  # an address of any day: the month that it lies in
    view.locator("#time .span", has_text="March 2022 · ").wait_for()
    assert shown_are(3)
    assert view.locator("#list .card").count() < 30
    view.get_by_role("button", name="Clear all filters").click()
    assert shown_are(None)
    assert (opened.requests, opened.messages) == ([], [])
    view.evaluate("location.hash = '#day=2022-01-17'")
    view.locator("#list .shown", has_text="None of the newest is among them").wait_for()


def marked(view: Any) -> int:
    """Sum of the numbers on the map, by what its marks say to those who do not see them."""
    return sum(
        int(part.split(" × ")[0].split(": ")[-1]) if " × " in part else 1
        for name in view.locator("#map .group").evaluate_all(
            "all => all.map((one) => one.getAttribute('aria-label'))"
        )
        for part in name.split(": ", 1)[1].split(", ")
    )
