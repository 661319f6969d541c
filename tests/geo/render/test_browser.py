"""The page in a browser: nothing asked for, nothing said, nothing run, everything reached."""

from __future__ import annotations

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.layers import build
from geo.render.page import page
from tests.geo.layers.sample import EVENTS, FakeGazetteer, event, parsed
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
    view.emulate_media(media="print")
    assert view.locator("figure.static svg").is_visible()
    assert view.locator("#legend .types").is_visible()
    assert view.locator("section.static table").first.is_visible()
    assert not view.locator("#map").is_visible()
    assert not view.locator("#list").is_visible()


@pytest.mark.parametrize("day", [date(2014, 1, 1), date(2014, 4, 1), date(2022, 9, 29), date(2022, 10, 13)])
def test_exactly_the_claims_of_the_day_are_drawn(open_html: Open, day: date) -> None:
    """Hatch colour is found where a unit is claimed on the day, and nowhere else."""
    view = open_html(page_of(as_of=day)).page
    view.locator("#show-events").uncheck()
    view.locator("#show-flows").uncheck()
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
