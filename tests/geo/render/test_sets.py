"""Maps that are hard on a page: across the antimeridian, right to left, ten thousand events, many at one point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box as rectangle

from geo.layers import build
from geo.ontology import load
from geo.render import markup
from geo.render.base import base
from geo.render.page import page
from geo.render.unroll import unrolled as unrolled_map
from geo.render.unroll import within
from geo.render.view import View, pieces, unrolled, view
from geo.types import Document, Event, EventPlace, Parsed
from tests.geo.layers.sample import EVENTS, PLACES, FakeGazetteer, event, parsed, place
from tests.geo.render.test_browser import violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.geo.render.conftest import Opened

    Open = Callable[..., Opened]

GAZ = FakeGazetteer()
FAR = [
    place("t:20", "Eastisle", "town", 178.5, -17.0),
    place("t:21", "Westisle", "town", -179.0, -16.0),
    place("t:22", "Southisle", "town", -175.0, -21.0),
    place("t:23", "Pole", "town", 10.0, -90.0),
]


def at(number: int, where: Any, type_: str = "clash", text: str = "Something happened.") -> Event:
    made = event(f"n{number}", type_, places=(("at", "t:1"),), text=text)
    return Event(
        made.id, made.type, made.status, made.standing, (EventPlace("at", where),), made.reports, made.when
    )


def page_of(events: list[Event], title: str = "A set") -> str:
    documents = [Parsed(Document("a.txt", "x", title), (), tuple(events))]
    return page(build(documents, events, GAZ), documents, GAZ)


lons = st.floats(-180, 180, allow_nan=False).map(lambda lon: round(lon, 3))


@given(st.lists(st.tuples(lons, st.just(0.0)), min_size=1, max_size=9))
def test_unrolled_points_are_the_same_points_and_never_wider(points: list[tuple[float, float]]) -> None:
    moved = unrolled(points)
    assert all(abs((a[0] - b[0]) % 360) < 1e-6 for a, b in zip(points, moved, strict=True))
    width = [max(p[0] for p in listed) - min(p[0] for p in listed) for listed in (points, moved)]
    assert width[1] <= width[0] + 1e-6


@given(lons, st.floats(1, 300))
def test_pieces_cover_the_box(west: float, width: float) -> None:
    cut = pieces((west, -10, west + width, 10))
    assert all(-180 <= piece[0] <= piece[2] <= 180 for piece, _ in cut)
    assert sum(piece[2] - piece[0] for piece, _ in cut) == pytest.approx(width)


def test_outlines_and_basemap_count_on_past_the_antimeridian() -> None:
    outline = rectangle(-180, -20, -175, -10)
    assert within(outline, (170.0, -30.0, 190.0, 0.0)).bounds == (180, -20, 185, -10)
    joined = unrolled_map(GAZ, (10.0, -5.0, 370.0, 5.0), 0.1)
    assert {name for _, name, _ in joined.admin1} == {"West Arla", "East Arla", "Lower Bree", "Upper Bree"}
    assert joined.land is not None
    assert joined.land.bounds[2] == pytest.approx(368.4, abs=4)


def test_a_set_across_the_antimeridian_is_one_view(open_html: Open) -> None:
    events = [at(n, where) for n, where in enumerate(FAR[:3])]
    shown = view(build([], events, GAZ))
    assert shown.focus[0] > 170
    assert 180 < shown.focus[2] < 190
    assert isinstance(base(GAZ, shown).far, list)
    opened = open_html(page_of(events))
    view_ = opened.page
    (x0, _), (x1, _) = (
        view_.evaluate(f"window.geodispatch.screen({where.lon}, {where.lat})") for where in FAR[:2]
    )
    assert 0 < x1 - x0 < 500
    assert 0 < x0 < 870
    assert view_.locator(".group").count() == 3
    assert view_.locator("figure.static svg .m").count() == 3
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


def test_a_world_wide_set_goes_round(open_html: Open) -> None:
    wide = [
        place(f"t:{n}", f"Place {n}", "town", lon, 10.0 + n) for n, lon in enumerate(range(-175, 180, 30), 30)
    ]
    opened = open_html(page_of([at(n, where) for n, where in enumerate([*wide, *FAR])]))
    view_ = opened.page
    before = view_.locator(".group").count()
    assert before >= 12
    view_.locator("#map").focus()
    for _ in range(12):
        view_.keyboard.press("Shift+ArrowRight")
        view_.wait_for_timeout(60)
    view_.wait_for_timeout(400)
    assert view_.locator(".group").count() >= before - 3
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


def test_right_to_left(open_html: Open) -> None:
    towns = [place("t:40", "القدس", "town", 2, 2), place("t:41", "תל אביב", "town", 3, 2)]
    texts = ["قال المسؤولون إن القصف وقع في القدس يوم 3/5.", "ההפגזה בתל אביב נמשכה (שלושה ימים)."]
    events = [at(n, town, "shelling", text) for n, (town, text) in enumerate(zip(towns, texts, strict=True))]
    opened = open_html(page_of(events, "خريطة الأحداث"))
    view_ = opened.page
    for name in ("h1", ".card blockquote", ".card .where"):
        assert view_.locator(name).first.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


def test_ten_thousand_events_are_gathered_with_exact_numbers(
    open_html: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "ROWS", 50)  # the hidden table of print only slows the search for violations
    towns = [place(f"t:{n}", f"Town {n}", "town", n % 25 * 0.4, n // 25 * 0.2) for n in range(500)]
    types = ("clash", "shelling", "diplomacy")
    opened = open_html(page_of([at(n, towns[n * 7 % 500], types[n % 3]) for n in range(10_000)]))
    view_ = opened.page
    assert "500 places gathered into" in view_.locator(".gathered").inner_text()
    counts = [int(text) for text in view_.locator(".group .count").all_inner_texts()]
    assert sum(counts) == 10_000
    assert view_.locator(".group .ring .arc").count() >= len(counts)
    view_.locator(".chip", has_text="Clash").click()
    assert sum(int(text) for text in view_.locator(".group .count").all_inner_texts()) == 3334
    assert violations(opened) == []
    view_.locator(".group").first.press("Enter")  # zooms in on what it stands for
    view_.locator(".leaflet-zoom-anim").wait_for(state="detached")
    assert sum(int(text) for text in view_.locator(".group .count").all_inner_texts()) <= 3334
    assert (opened.requests, opened.messages) == ([], [])


def test_equal_points_fan_out_and_fold(open_html: Open) -> None:
    same = [at(n, PLACES["t:1"], "clash", f"Clash {n}.") for n in range(9)]
    opened = open_html(page_of([*same, at(9, PLACES["t:3"])]))
    view_ = opened.page
    crowd = view_.locator(".group", has_text="9")
    crowd.press("Enter")
    assert view_.locator(".group.fanned").count() == 9
    boxes = [item.bounding_box() for item in view_.locator(".group.fanned").all()]
    assert all(
        abs(a["x"] - b["x"]) > 20 or abs(a["y"] - b["y"]) > 20 for a in boxes for b in boxes if a is not b
    )
    assert violations(opened) == []
    view_.keyboard.press("Enter")
    assert "Clash 0." in view_.locator(".leaflet-popup").inner_text()
    view_.locator(".group.fanned").first.focus()
    view_.keyboard.press("Escape")
    assert view_.locator(".group.fanned").count() == 0
    assert "9" in view_.evaluate("document.activeElement.textContent")
    assert opened.messages == []


def test_counts_of_regions_follow_the_filters(open_html: Open) -> None:
    opened = open_html(page(build([parsed()], EVENTS, GAZ), [parsed()], GAZ))
    view_ = opened.page
    view_.locator("details.fold > summary").first.click()
    row = view_.locator("details.fold tr", has_text="West Arla").locator("td").nth(2)
    before = int(row.inner_text())
    assert before > 1
    view_.locator(".chip", has_text="Shelling").click()
    assert row.inner_text() == "1"
    view_.get_by_role("button", name="Clear all filters").click()
    assert row.inner_text() == str(before)


@pytest.mark.parametrize("size", [(640, 400), (320, 640)])
def test_zoomed_to_200_percent_nothing_is_cut_off(open_html: Open, size: tuple[int, int]) -> None:
    """A window of 1280 by 800 zoomed to 200 % (and a narrow one): no scrolling in two directions."""
    html = page(build([parsed()], EVENTS, GAZ), [parsed()], GAZ)
    opened = open_html(html, viewport={"width": size[0], "height": size[1]}, device_scale_factor=2)
    view_ = opened.page
    assert view_.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert view_.evaluate(
        "[...document.querySelectorAll('.card *, .top *')].every(n => n.scrollWidth <= innerWidth)"
    )
    assert violations(opened) == []


def test_an_empty_set_has_no_claims_and_little_ground() -> None:
    layers = build([], [], GAZ)
    assert view(layers) == View(view(layers).focus, view(layers).detail, 0, empty=True)
    assert " data-from=" not in page(layers, [], GAZ)


def test_points_beyond_the_drawn_world_stay_on_it() -> None:
    shown = view(build([], [at(1, FAR[3])], GAZ))
    assert shown.focus[1] < shown.focus[3] <= 84


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_nothing_of_the_first_view_is_cut(open_html: Open, size: tuple[int, int]) -> None:
    """Boxes of regions stand within the map and beside its buttons and notes, once the foot has its room."""
    opened = open_html(
        page(build([parsed()], EVENTS, GAZ), [parsed()], GAZ), viewport={"width": size[0], "height": size[1]}
    )
    view_ = opened.page
    view_.locator(".group").first.wait_for()
    assert view_.evaluate("geodispatch.map.getSize().y") == view_.evaluate(
        "document.getElementById('map').clientHeight"
    )
    frame = view_.locator("#map").bounding_box()
    notes = [box for one in view_.locator("#map .leaflet-control").all() if (box := one.bounding_box())]
    boxes = [box for one in view_.locator(".group.area").all() if (box := one.bounding_box())]
    assert frame
    assert notes
    assert boxes
    for box in boxes:
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"] - box["width"]
        assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"]
        assert not any(
            abs(2 * (box["x"] - note["x"]) + box["width"] - note["width"]) < box["width"] + note["width"]
            and abs(2 * (box["y"] - note["y"]) + box["height"] - note["height"])
            < box["height"] + note["height"]
            for note in notes
        )


def test_many_types_are_folded(open_html: Open) -> None:
    kinds = list(load().types)[:14]
    events = [at(n, PLACES["t:1"], kind) for n, kind in enumerate(kinds)]
    opened = open_html(page_of(events))
    view_ = opened.page
    assert view_.locator(".chip:visible").count() == 9  # eight types and the button
    more = view_.get_by_role("button", name="Show 6 more")
    more.click()
    assert view_.locator(".chip:visible").count() == 14
    assert not more.is_visible()
    assert view_.evaluate("document.activeElement.className") == "chip"
    again = open_html(page_of(events)).page
    again.evaluate(f"location.hash = '#type={max(kinds)}'")
    again.locator(".chip[aria-pressed=true]").wait_for()
    assert again.locator(".chip:visible").count() == 14
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])
