"""EventMap gives the page's own bytes, and inlines what layers of folium need or names what it cannot."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import folium
import pytest
from folium.plugins import HeatMap, MarkerCluster

from geo.errors import OptionError
from geo.layers import build
from geo.render import EventMap, page
from tests.geo.layers.sample import EVENTS, FakeGazetteer, parsed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.geo.render.conftest import Opened

GAZ = FakeGazetteer()
DOCUMENTS = [parsed()]
LAYERS = build(DOCUMENTS, EVENTS, GAZ)
BOX = {"type": "Polygon", "coordinates": [[[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]]}


def made(**options: Any) -> EventMap:
    return EventMap(LAYERS, DOCUMENTS, GAZ, title="Two countries", **options)


def with_layers(**options: Any) -> EventMap:
    event_map = made(**options)
    feature = {"type": "Feature", "properties": {"note": "a note"}, "geometry": BOX}
    collection = {"type": "FeatureCollection", "features": [feature]}
    folium.GeoJson(collection, name="Area", tooltip=folium.GeoJsonTooltip(["note"])).add_to(event_map)
    popup = folium.Popup("<b style='color:red'>popup</b><script>window.hit=1</script>")
    folium.Marker((2, 6), popup=popup, icon=folium.Icon(color="green", icon="star")).add_to(event_map)
    group = folium.FeatureGroup("Circles").add_to(event_map)
    folium.CircleMarker((3, 10), radius=9, tooltip="circle").add_to(group)
    cluster = MarkerCluster(name="Cluster").add_to(event_map)
    for n in range(5):
        folium.Marker((1 + n / 50, 10), popup=f"p{n}").add_to(cluster)
    folium.LayerControl().add_to(event_map)
    return event_map


def test_it_is_a_folium_map_saved_as_the_page(tmp_path: Path) -> None:
    event_map = made()
    assert isinstance(event_map, folium.Map)
    event_map.save(tmp_path / "map.html")
    expected = page(LAYERS, DOCUMENTS, GAZ, title="Two countries").encode("utf-8")
    assert (tmp_path / "map.html").read_bytes() == expected
    stream = io.BytesIO()
    event_map.save(stream, close_file=False)
    assert stream.getvalue() == expected


def test_layers_of_folium_are_inlined_and_drawn(open_html: Callable[..., Opened]) -> None:
    text = with_layers().html()
    assert not re.search(r"<(?:script|link|img)\b[^>]*(?:src|href)=", text)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "script-src 'sha256-" in policy[1]
    assert "style-src-attr 'unsafe-inline'" in policy[1]
    assert "http" not in policy[1]
    opened = open_html(text)
    view = opened.page
    assert view.locator(".leaflet-overlay-pane path").count() == 2
    assert view.locator(".marker-cluster").count() == 1
    assert view.locator(".leaflet-control-layers-overlays label").count() == 3
    view.locator("img.leaflet-marker-icon").first.press("Enter")  # one of our boxes may stand before it
    assert "popup" in view.locator(".leaflet-popup").inner_text()
    assert view.evaluate("window.hit") is None
    assert view.locator(".group").count() >= 3
    assert opened.requests == []
    # what a popup of folium tries to run is refused, and that is all there is to hear of
    assert all("Content Security Policy" in message for message in opened.messages)


def test_two_equal_maps_have_the_same_bytes() -> None:
    first = with_layers()
    assert first.html() == first.html() == with_layers().html()


def test_what_only_the_network_has_is_named(tmp_path: Path) -> None:
    for layer, name in (
        (folium.TileLayer("OpenStreetMap"), "tiles openstreetmap"),
        (HeatMap([(1, 2)]), "leaflet_heat"),
        (folium.Marker((1, 2), icon=folium.Icon(icon="bicycle", prefix="fa")), "icon 'bicycle'"),
        (folium.Marker((1, 2), icon=folium.CustomIcon("https://example.org/a.png")), "example.org/a.png"),
    ):
        event_map = made()
        layer.add_to(event_map)
        with pytest.raises(OptionError, match=re.escape(name)):
            event_map.save(tmp_path / "map.html")
        assert not (tmp_path / "map.html").exists()
    with pytest.raises(OptionError, match="online"):
        made(online="maybe")


def test_the_network_is_allowed_on_request_and_the_page_says_so(open_html: Callable[..., Opened]) -> None:
    event_map = made(online="allow")
    folium.TileLayer("https://tiles.example.org/{z}/{x}/{y}.png", attr="Example").add_to(event_map)
    text = event_map.html()
    assert "img-src data: https://tiles.example.org" in text
    assert "Parts of them are loaded from tiles.example.org." in text
    opened = open_html(text)
    opened.page.wait_for_timeout(300)
    assert opened.requests
    assert all(url.startswith("https://tiles.example.org/") for url in opened.requests)


def test_a_notebook_gets_a_sandboxed_frame(open_html: Callable[..., Opened]) -> None:
    text = made()._repr_html_()
    assert text.startswith('<iframe srcdoc="')
    assert 'sandbox="allow-scripts"' in text
    assert "<script>" not in text
    assert "<h1" in unescape(text)
    opened = open_html(f"<!doctype html><title>x</title>{with_layers()._repr_html_()}")
    frame = opened.page.frame_locator("iframe")
    frame.locator(".group").first.wait_for()
    assert frame.locator(".card").count() == 4
    frame.locator(".card .head").first.click()  # there is no address to keep the state in
    assert frame.locator(".card.selected").count() == 1
    assert (opened.requests, opened.messages) == ([], [])
