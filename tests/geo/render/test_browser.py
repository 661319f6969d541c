"""The page in a browser: nothing asked for, nothing said, nothing run, everything reached."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer.types import Candidate, NameUse
from geo.layers import build
from geo.render.page import page
from geo.types import Actor, EventPlace, ScoredCandidate, TimeSpan
from tests.geo.layers.sample import EVENTS, PLACES, FakeGazetteer, event, parsed
from tests.geo.render.hostile import PAYLOADS, document

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.geo.render.conftest import Opened

    Open = Callable[..., Opened]

SIZES = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "narrow": {"viewport": {"width": 390, "height": 844}},
    "dark": {"color_scheme": "dark"},
    "still": {"reduced_motion": "reduce"},
}


def page_of(events: Any = EVENTS, documents: Any = None, **options: Any) -> str:
    gaz = FakeGazetteer()
    documents = [parsed()] if documents is None else documents
    return page(build(documents, events, gaz, as_of=options.get("as_of")), documents, gaz, **options)


def axe_source() -> str:
    """The axe engine that a Python package carries; without it: skip."""
    spec = find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("axe-playwright-python is not installed")
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def violations(opened: Opened) -> list[str]:
    opened.page.evaluate(axe_source())
    found = opened.page.evaluate("axe.run()")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]


@pytest.mark.parametrize("look", list(SIZES))
def test_no_request_no_message_no_violation(sample_html: str, open_html: Open, look: str) -> None:
    opened = open_html(sample_html, **SIZES[look])
    assert opened.page.locator(".group").count() >= 3
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


def test_an_empty_page_and_ukrainian(open_html: Open) -> None:
    opened = open_html(page_of([], [], lang="uk"))
    assert "подій не знайдено" in opened.page.locator("#list").inner_text()
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


def test_card_finds_mark_and_mark_finds_card(sample_html: str, open_html: Open) -> None:
    opened = open_html(sample_html)
    view = opened.page
    view.locator(".card .head", has_text="Shelling").click()
    assert view.url.endswith("#e-e1")
    assert view.locator(".group.selected").count() == 1
    assert "Oldport" in (view.locator(".group.selected").get_attribute("aria-label") or "")
    view.locator(".group.area", has_text="East Arla").press("Enter")
    assert "Annexation" in view.locator(".card.selected").inner_text()
    popup = view.locator(".leaflet-popup").inner_text()
    assert "claimed by Bree since 2014-03-18 (treaty signed)" in popup
    assert (opened.requests, opened.messages) == ([], [])


def test_everything_by_keyboard_with_a_visible_focus(sample_html: str, open_html: Open) -> None:
    view = open_html(sample_html).page
    seen: list[str] = []
    for _ in range(60):
        view.keyboard.press("Tab")
        name, outline = view.evaluate(
            "() => { const n = document.activeElement; const s = getComputedStyle(n);"
            "return [n === document.body ? 'BODY' : (n.getAttribute('aria-label') || n.innerText || n.id || n.tagName).slice(0, 60),"
            " s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0] }"
        )
        if name == "BODY":
            break
        seen.append(name)
        assert outline, name
    for wanted in ("Skip to the list", "Map", "Zoom in", "Oldport: ", "Search events", "Evacuation"):
        assert any(name.startswith(wanted) for name in seen), (wanted, seen)
    view.locator(".group").first.focus()
    view.keyboard.press("Enter")
    assert view.locator(".leaflet-popup").count() == 1


def test_filters_and_layers(sample_html: str, open_html: Open) -> None:
    view = open_html(sample_html).page
    view.locator(".chip", has_text="Shelling").click()
    assert view.locator(".card").count() == 1
    assert view.locator(".group").count() == 1
    view.locator(".chip", has_text="Shelling").click()
    view.locator("input[type=search]").fill("newbridge")
    view.wait_for_timeout(50)
    assert [t.split("\n")[0] for t in view.locator(".card").all_inner_texts()] == []
    view.locator("input[type=search]").fill("ministry")
    assert view.locator(".card").count() == 4
    view.locator("#show-events").uncheck()
    assert view.locator(".group").count() == 0


def test_without_javascript_there_is_a_map_and_a_table(sample_html: str, open_html: Open) -> None:
    opened = open_html(sample_html, java_script_enabled=False)
    view = opened.page
    assert view.locator("figure.static svg").is_visible()
    assert view.locator("figure.static svg .m").count() >= 4
    assert view.locator("section.static tbody tr").count() == 4 + 2
    assert not view.locator("#list").is_visible()
    assert (opened.requests, opened.messages) == ([], [])


def test_print_shows_the_static_map_the_legend_and_the_table(sample_html: str, open_html: Open) -> None:
    view = open_html(sample_html).page
    assert view.locator("section.static").count() == 0  # text until it is printed
    view.emulate_media(media="print")
    assert view.locator("figure.static svg").is_visible()
    assert view.locator("#legend .types").is_visible()
    view.locator("section.static table").first.wait_for()
    assert not view.locator("#map").is_visible()
    assert not view.locator("#list").is_visible()
    # About the width of a sheet of A4: nothing is cut off at its edge.
    view.set_viewport_size({"width": 640, "height": 900})
    wide = "all => Math.max(...all.map((one) => one.getBoundingClientRect().right))"
    assert view.locator("section.static table, section.static td").evaluate_all(wide) <= 640


@pytest.mark.parametrize("day", [date(2014, 1, 1), date(2014, 4, 1), date(2022, 9, 29), date(2022, 10, 13)])
def test_exactly_the_claims_of_the_day_are_drawn(open_html: Open, day: date) -> None:
    """Hatch colour is found where a unit is claimed on the day, and nowhere else."""
    view = open_html(page_of(as_of=day)).page
    for layer in ("events", "flows", "regions"):  # so that nothing but the hatch has its colour
        view.locator(f"#show-{layer}").uncheck()
    drawn = {
        unit
        for unit, (west, south, east, north) in {
            "AA-1": (0.4, 0.4, 3.6, 3.6),
            "AA-2": (4.7, 0.4, 7.6, 3.6),
            "BB-1": (8.8, 0.3, 11.6, 1.5),
        }.items()
        if hatched(view, west, south, east, north)
    }
    assert drawn == {
        unit for unit, since in {"AA-1": "2022-09-30", "AA-2": "2014-03-18"}.items() if since <= str(day)
    }


def hatched(view: Any, west: float, south: float, east: float, north: float) -> bool:
    """Whether pixels of the first hatch's colour lie in a box of degrees, on the canvas."""
    return bool(
        view.evaluate(
            """([west, south, east, north]) => {
              const data = JSON.parse(document.getElementById("data").textContent);
              const canvas = document.querySelector("#map canvas");
              const box = canvas.getBoundingClientRect();
              const at = window.geodispatch.screen;
              const [x0, y0] = at(west, north), [x1, y1] = at(east, south);
              const k = canvas.width / box.width;
              const map = document.getElementById("map").getBoundingClientRect();
              const image = canvas.getContext("2d").getImageData(
                (x0 + map.left - box.left) * k, (y0 + map.top - box.top) * k, (x1 - x0) * k, (y1 - y0) * k);
              let hits = 0;
              for (let i = 0; i < image.data.length; i += 4) {
                const [r, g, b] = image.data.slice(i, i + 3);
                if (r - g > 40 && b - g > 10) hits++;
              }
              return hits > 200;
            }""",
            [west, south, east, north],
        )
    )


def all_in_one() -> str:
    """A page with a document for each payload, and one with all of them in every channel."""
    documents, events = [], []
    _, _, gaz, options = document(" ".join(PAYLOADS))
    for number, payload in enumerate(PAYLOADS):
        parsed_, events_, _, _ = document(f"{number}{payload}")
        documents += parsed_
        events += events_
    return page(build(documents, events, gaz), documents, gaz, **options)


def test_hostile_text_is_inert(open_html: Open) -> None:
    assert len(PAYLOADS) >= 20
    documents, events, gaz, options = document("\n".join(PAYLOADS))
    for text in (all_in_one(), page(build(documents, events, gaz), documents, gaz, **options)):
        opened = open_html(text)
        view = opened.page
        view.locator(".group").first.press("Enter")
        view.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        for link in view.locator("#list .link").all()[:3]:
            link.click()
        assert view.evaluate("window.hit") is None
        assert view.locator("#list img, #list script, #map img, #map script, h1 *").count() == 0
        assert view.locator("h1").count() == 1
        assert view.locator(".card").count() >= 4
        assert all(
            re.match("https?://", a.get_attribute("href") or "#") for a in view.locator("#list a").all()
        )
        assert (opened.requests, opened.messages) == ([], [])


def test_many_events_at_one_place_and_many_places(open_html: Open) -> None:
    names = ("t:1", "t:2", "t:3")
    many = [event(f"e{n}", "clash", places=(("at", names[n % 3]),)) for n in range(3000)]
    opened = open_html(page_of(many))
    view = opened.page
    assert view.locator(".card").count() == 200
    view.locator(".more button").click()
    assert view.locator(".card").count() == 400
    labels = [label.get_attribute("aria-label") or "" for label in view.locator(".group").all()]
    assert sum(int(n) for label in labels for n in re.findall(r"(\d+) × Clash", label)) == 3000
    assert (opened.requests, opened.messages) == ([], [])


def test_a_sandboxed_frame_shows_it_too(sample_html: str, open_html: Open) -> None:
    import html

    frame = f'<!doctype html><title>t</title><iframe sandbox="allow-scripts" width="900" height="700" srcdoc="{html.escape(sample_html)}"></iframe>'
    opened = open_html(frame)
    inner = opened.page.frame_locator("iframe")
    inner.locator(".card .head").first.click()
    assert inner.locator(".card.selected").count() == 1
    assert (opened.requests, opened.messages) == ([], [])


def titles(view: Any) -> list[str]:
    return [text.split("\n")[0] for text in view.locator(".card").all_inner_texts()]


def times(*spans: tuple[str | None, str | None]) -> list[Any]:
    """One clash per span of days."""
    return [
        event(
            f"t{n}",
            "clash",
            places=(("at", "t:1"),),
            when=TimeSpan(
                date.fromisoformat(start) if start else None,
                date.fromisoformat(end) if end else None,
                "day",
                "at",
                "explicit",
                "",
            ),
        )
        for n, (start, end) in enumerate(spans)
    ]


def ids(view: Any) -> set[str]:
    return {card.get_attribute("id") or "" for card in view.locator(".card").all()}


def test_a_day_shows_its_events_and_its_claims(sample_html: str, open_html: Open) -> None:
    opened = open_html(sample_html)
    view = opened.page
    assert "All dates: 30 September 2022 to 2 October 2022 · 3 events" in view.locator("#time").inner_text()
    bar = view.get_by_role("slider", name="Day")
    bar.focus()
    for _ in range(5):
        view.keyboard.press("ArrowLeft")
    for expected in ("1990-01-01", "2014-03-18", "2022-09-30", "2022-10-01"):
        view.keyboard.press("ArrowRight")
        assert view.url.endswith(f"#day={expected}")
    assert bar.get_attribute("aria-valuetext") == "1 October 2022"
    assert titles(view) == ["Shelling", "Condemnation"]
    view.get_by_label("without a date").uncheck()
    assert titles(view) == ["Shelling"]
    view.get_by_role("button", name="Previous day with data").click()
    view.get_by_role("button", name="Previous day with data").click()
    assert titles(view) == []
    assert "18 March 2014 · 0 events · 1 claim" in view.locator("#time").inner_text()
    assert "Claims as of 18 March 2014" in view.locator("#map .face").inner_text()
    view.get_by_role("button", name="Clear all filters").click()
    assert view.locator(".card").count() == 4
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


@pytest.mark.parametrize(
    ("day", "claimed"),
    [
        ("1989-12-31", set()),
        ("1995-06-01", {"BB-1"}),
        ("2014-01-01", set()),
        ("2014-04-01", {"AA-2"}),
        ("2022-09-29", {"AA-2"}),
        ("2022-10-13", {"AA-1", "AA-2"}),
    ],
)
def test_claims_come_and_go_with_the_day(
    sample_html: str, open_html: Open, day: str, claimed: set[str]
) -> None:
    view = open_html(sample_html).page
    view.evaluate(f"location.hash = '#day={day}'")
    for layer in ("events", "flows", "regions"):
        view.locator(f"#show-{layer}").uncheck()
    for _ in range(2):
        view.get_by_role("button", name="Zoom out").click()
        view.wait_for_timeout(400)
    boxes = {
        "AA-1": (0.4, 0.4, 3.6, 3.6),
        "AA-2": (4.7, 0.4, 7.6, 3.6),
        "BB-1": (8.8, 0.3, 11.6, 1.5),
    }
    assert {unit for unit, box in boxes.items() if hatched(view, *box)} == claimed
    assert view.locator("[data-from]:visible").count() == len(claimed)
    assert view.locator("#no-claim").is_visible() == (not claimed)
    view.emulate_media(media="print")
    assert view.locator("[data-from]:visible").count() == 2
    assert not view.locator("#time").is_visible()


def test_intervals_open_ends_and_old_dates(open_html: Open) -> None:
    spans = times(
        ("1914-06-28", "1914-06-28"), ("1916-01-01", "1916-12-31"), ("1915-05-01", None), (None, "1914-12-31")
    )
    view = open_html(page_of(spans)).page
    for day, expected in (
        ("0988-01-01", {"e-t3"}),
        ("1914-06-28", {"e-t0", "e-t3"}),
        ("1914-12-31", {"e-t3"}),
        ("1915-01-01", set()),
        ("1916-02-29", {"e-t1", "e-t2"}),
        ("2022-10-13", {"e-t2"}),
    ):
        view.evaluate(f"location.hash = '#day={day}'")
        view.wait_for_function(
            "day => document.querySelector('#time .span').textContent.includes(day)", arg=day[:4].lstrip("0")
        )
        assert ids(view) == expected, day


@pytest.mark.parametrize("look", ["wide", "still"])
def test_play_is_begun_by_the_reader_and_stops_at_the_end(
    sample_html: str, open_html: Open, look: str
) -> None:
    opened = open_html(sample_html, **SIZES[look])
    view = opened.page
    view.clock.install()
    view.reload()
    view.clock.run_for(5000)
    assert "All dates" in view.locator("#time").inner_text()
    view.get_by_role("button", name="Play").press("Enter")
    assert view.url.endswith("#day=2022-09-30")
    view.clock.run_for(1300)
    assert view.url.endswith("#day=2022-10-01")
    view.get_by_role("button", name="Pause").press("Enter")
    view.clock.run_for(5000)
    assert view.url.endswith("#day=2022-10-01")
    view.get_by_role("button", name="Play").press("Enter")
    view.clock.run_for(9000)
    assert view.url.endswith("#day=2022-10-02")
    assert view.get_by_role("button", name="Play").count() == 1
    assert opened.messages == []


def test_filters_live_in_the_address(sample_html: str, open_html: Open) -> None:
    opened = open_html(sample_html)
    view = opened.page
    view.get_by_text("More filters").click()
    view.get_by_label("Place", exact=True).select_option("Oldport")
    assert titles(view) == ["Evacuation", "Shelling"]
    view.locator(".chip", has_text="Shelling").click()
    view.locator(".card .head").click()
    assert view.url.endswith("#e-e1&type=shelling&place=t%3A1")
    assert violations(opened) == []
    view.reload()
    assert titles(view) == ["Shelling"]
    assert view.locator(".card.selected").count() == 1
    assert view.locator(".chip[aria-pressed=true]").inner_text().startswith("Shelling")
    assert view.get_by_label("Place", exact=True).input_value() == "t:1"
    view.evaluate("location.hash = '#e-e3'")
    view.locator(".card.selected", has_text="Annexation").wait_for()
    assert view.locator(".card").count() == 4
    view.evaluate("location.hash = '#type=none&place=%E0%A4%A&status=x&day=tomorrow&source=<b>'")
    view.wait_for_timeout(50)
    assert view.locator(".card").count() == 4
    assert (opened.requests, opened.messages) == ([], [])


def test_source_side_and_document_are_filters(open_html: Open) -> None:
    documents, events = [], []
    for name, source, side in (("a.txt", "the army", "AA"), ("b.txt", "the navy", "BB")):
        made = event(name[0], "clash", places=(("at", "t:1"),), document=name, source=source)
        made = replace(made, actors=(Actor("they", "agent", side),))
        found = parsed()
        documents.append(
            replace(found, document=replace(found.document, id=name, title=name), events=(made,))
        )
        events.append(made)
    view = open_html(page_of(events, documents)).page
    view.get_by_text("More filters").click()
    for label, option in (("Source", "the navy"), ("Side", "Bree"), ("Document", "b.txt")):
        view.get_by_label(label, exact=True).select_option(option)
        assert ids(view) == {"e-b"}
        view.get_by_role("button", name="Clear all filters").click()
        assert view.locator(".card").count() == 2


def explained(reason: str = "only candidate") -> str:
    """A page with an event whose place has a mention with candidates."""
    base = parsed()
    candidates = tuple(
        ScoredCandidate(Candidate(PLACES[name], "oldport", NameUse.PREFERRED), score)
        for name, score in (("t:1", 0.8), ("t:2", 0.1), ("t:3", 0.06), ("t:9", 0.02))
    )
    resolution = replace(base.resolutions[0], reasons=(reason,), candidates=candidates)
    where = EventPlace("at", PLACES["t:1"], 0, "Oldport", f"the port {reason}")
    found = replace(EVENTS[0], places=(where,))
    return page_of([found], [replace(base, resolutions=(resolution,), events=(found,))])


def test_why_here_shows_candidates_and_reasons(open_html: Open) -> None:
    opened = open_html(explained())
    view = opened.page
    view.locator(".why summary").press("Enter")
    view.locator(".why ul").first.wait_for()  # it is filled when it opens
    text = view.locator(".why").inner_text()
    assert "Oldport → Oldport · Belief 90 %" in text.replace("“", "").replace("”", "").replace('"', "")
    for part in ("only candidate", "Place taken from: the port only candidate", "town", "80 %", "Highgate"):
        assert part in text
    assert "Farhaven" not in text
    assert violations(opened) == []
    hostile = open_html(explained("<img src=x onerror=window.hit=1>"))
    hostile.page.locator(".why summary").press("Enter")
    hostile.page.locator(".why ul").first.wait_for()
    assert "<img" in hostile.page.locator(".why ul").inner_text()
    assert hostile.page.locator(".why img").count() == 0
    assert (hostile.requests, hostile.messages) == ([], [])
