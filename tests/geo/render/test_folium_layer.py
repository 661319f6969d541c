"""Our layers on any map of folium, and explore() with the names that geopandas has."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import folium
import pytest

from geo.errors import OptionError
from geo.layers import Layer, build
from geo.render import EventLayer, EventMap, explore
from tests.geo.layers.sample import EVENTS, FakeGazetteer, parsed
from tests.geo.render.hostile import PAYLOADS, document

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

GAZ = FakeGazetteer()
LAYERS = build([parsed()], EVENTS, GAZ)
STATIC = resources.files("geo.render").joinpath("static")


def opened(browser: Browser, folder: Path, m: folium.Map) -> tuple[Page, list[str]]:
    """Open a plain map of folium whose addresses on the network are answered from our own bundles."""
    m.save(folder / "map.html")
    view = browser.new_page()
    view.set_default_timeout(20_000)
    messages: list[str] = []

    def answer(route: Any) -> None:
        url = route.request.url
        names = {
            "leaflet.js": "page.leaflet.js",
            "jquery-3.7.1.min.js": "page.jquery.js",
            "leaflet.css": "page.css",
        }
        name = names.get(url.rsplit("/", 1)[-1])
        if url.startswith("file:"):
            route.continue_()
        else:
            route.fulfill(body=STATIC.joinpath(name).read_text() if name else "")

    view.route("**/*", answer)
    view.on("console", lambda message: messages.append(message.text))
    view.on("pageerror", lambda error: messages.append(str(error)))
    view.goto((folder / "map.html").as_uri())
    return view, messages


def test_three_layers_on_a_map_that_exists(browser: Browser, tmp_path: Path) -> None:
    m = folium.Map(location=(2, 6), zoom_start=6, tiles=None)
    LAYERS["claims"].add_to(m)
    assert explore(LAYERS["flows"], m=m) is m
    assert LAYERS["events"].explore(m=m, tooltip=["place_name", "status"]) is m
    folium.LayerControl().add_to(m)
    view, messages = opened(browser, tmp_path, m)
    assert view.locator("path[fill^='url(#geodispatch-h']").count() == 2
    assert view.locator(".leaflet-marker-icon svg").count() >= 4
    assert view.locator(".leaflet-control-layers-overlays label").count() == 3
    view.locator(".leaflet-marker-icon").first.press("Enter")
    assert "Oldport" in view.locator(".leaflet-popup").inner_text()
    assert messages == []
    view.close()


def test_hostile_texts_pass_no_template(browser: Browser, tmp_path: Path) -> None:
    documents, events, gaz, _ = document(" ".join(PAYLOADS))
    m = folium.Map(location=(2, 6), zoom_start=6, tiles=None)
    for layer in build(documents, events, gaz).values():
        if EventLayer.draws(layer):
            layer.add_to(m)
    view, messages = opened(browser, tmp_path, m)
    view.locator(".leaflet-marker-icon").first.press("Enter")
    shown = view.locator(".leaflet-popup").inner_text()
    assert "{{ 7*7 }}" in shown
    assert "${window.hit=1}" in shown
    assert view.evaluate("window.hit") is None
    assert messages == []
    view.close()


def test_explore_makes_a_map_of_our_own() -> None:
    made = LAYERS["claims"].explore()
    assert isinstance(made, EventMap)
    assert "Territorial claims" in made.html()
    assert "url(#geodispatch-h0)" in made.html()
    again = LAYERS["regions"].explore("mentions", m=made, style_kwds={"weight": 3})
    assert again is made
    assert len(made.added()) == 2
    assert set(EventMap(LAYERS, [parsed()], GAZ).layers) == {"events", "places", "regions", "claims", "flows"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"column": "nothing"}, "no column 'nothing'"),
        ({"tooltip": ["nothing"]}, "no column nothing"),
        ({"style_kwds": {"onclick": 1}}, "onclick"),
        ({"cmap": "viridis"}, "cmap"),
        ({"m": folium.Map(tiles=None), "title": "x"}, "title not known"),
        ({"tiles": "https://a.example.org/{z}/{x}/{y}"}, "attr="),
    ],
)
def test_unknown_options_are_told(options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        LAYERS["events"].explore(**options)


def test_layers_without_geometries_or_gazetteer_are_told() -> None:
    with pytest.raises(OptionError, match="no geometries"):
        LAYERS["reports"].add_to(folium.Map(tiles=None))
    bare = Layer("events", "Events", LAYERS["events"].columns)
    with pytest.raises(OptionError, match="m="):
        bare.explore()
    assert isinstance(bare.explore(m=folium.Map(tiles=None)), folium.Map)
