"""EventMap gives the page's own bytes, and refuses what it cannot draw yet."""

from __future__ import annotations

import io
from html import unescape
from typing import TYPE_CHECKING

import folium
import pytest

from geo.errors import OptionError
from geo.layers import build
from geo.render import EventMap, page
from tests.geo.layers.sample import EVENTS, FakeGazetteer, parsed

if TYPE_CHECKING:
    from pathlib import Path

GAZ = FakeGazetteer()
DOCUMENTS = [parsed()]
LAYERS = build(DOCUMENTS, EVENTS, GAZ)


def made() -> EventMap:
    return EventMap(LAYERS, DOCUMENTS, GAZ, title="Two countries")


def test_it_is_a_folium_map_saved_as_the_page(tmp_path: Path) -> None:
    event_map = made()
    assert isinstance(event_map, folium.Map)
    event_map.save(tmp_path / "map.html")
    expected = page(LAYERS, DOCUMENTS, GAZ, title="Two countries").encode("utf-8")
    assert (tmp_path / "map.html").read_bytes() == expected
    stream = io.BytesIO()
    event_map.save(stream, close_file=False)
    assert stream.getvalue() == expected


def test_layers_of_folium_are_refused_by_name(tmp_path: Path) -> None:
    event_map = made()
    folium.Marker((1, 2)).add_to(event_map)
    with pytest.raises(OptionError, match="marker_"):
        event_map.save(str(tmp_path / "map.html"))
    assert not (tmp_path / "map.html").exists()


def test_a_notebook_gets_a_sandboxed_frame() -> None:
    text = made()._repr_html_()
    assert text.startswith('<iframe srcdoc="')
    assert 'sandbox="allow-scripts"' in text
    assert "<script>" not in text
    assert "<h1" in unescape(text)
