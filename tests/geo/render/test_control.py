"""Control as the caller has it: read from GeoJSON, drawn apart from claims; and tiles, only when asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from xyzservices import providers

from geo.errors import InputError, OptionError
from geo.layers import build
from geo.render import page, read_control
from geo.render.tiles import plain, tile_hosts
from tests.geo.layers.sample import EVENTS, FakeGazetteer, parsed
from tests.geo.render.hostile import PAYLOADS
from tests.geo.render.test_browser import violations
from tests.geo.render.test_page import ALLOWED, Reader, data_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.geo.render.conftest import Opened

GAZ = FakeGazetteer()
LAYERS = build([parsed()], EVENTS, GAZ)
SQUARE = [[[1, 1], [5, 1], [5, 3], [1, 3], [1, 1]]]


def written(folder: Path, data: object, name: str = "control.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def collection(*features: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def feature(party: str, geometry: Any = None, key: str = "control") -> dict[str, Any]:
    outline = geometry or {"type": "Polygon", "coordinates": SQUARE}
    return {"type": "Feature", "properties": {key: party}, "geometry": outline}


def test_the_source_is_what_is_given_else_what_the_file_says(tmp_path: Path) -> None:
    path = written(tmp_path, collection(feature("North"), source="The Institute"))
    assert read_control(path).source == "The Institute"
    assert read_control(path, "Mine").source == "Mine"
    assert read_control(written(tmp_path, feature("North"), "x.geojson")).source == "x.geojson"
    assert read_control(path).areas[0][0] == "North"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "no GeoJSON"),
        (collection(), "holds no feature"),
        (collection(feature("x", {"type": "Point", "coordinates": [1, 2]})), "feature 1 is no polygon"),
        (collection(feature("x", {"type": "Polygon", "coordinates": "no"})), "feature 1 cannot be read"),
        (collection(feature("x"), {"type": "Feature"}), "feature 2 cannot be read"),
        (
            collection(
                feature(
                    "x",
                    {"type": "Polygon", "coordinates": [[[4e5, 6e6], [5e5, 6e6], [5e5, 7e6], [4e5, 6e6]]]},
                )
            ),
            "not in degrees",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path: Path, data: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_control(written(tmp_path, data))
    with pytest.raises(InputError, match="nothing"):
        read_control(tmp_path / "nothing")


def test_control_is_drawn_apart_from_claims(tmp_path: Path, open_html: Callable[..., Opened]) -> None:
    control = read_control(
        written(tmp_path, collection(feature("North"), feature("South"), source="The Institute"))
    )
    text = page(LAYERS, [parsed()], GAZ, control=control)
    assert data_of(text)["control"]["parties"] == ["North", "South"]
    opened = open_html(text)
    view = opened.page
    assert "Control, as given by The Institute" in view.locator("#legend").inner_text()
    assert view.locator("#show-control").is_checked()
    assert view.locator("figure.static path.held").count() == 2
    assert violations(opened) == []
    assert (opened.requests, opened.messages) == ([], [])


def test_hostile_names_in_a_file_stay_text(tmp_path: Path) -> None:
    data = collection(
        *(feature(payload.encode("utf-8", "replace").decode()) for payload in PAYLOADS),
        name="</script>{{ 7*7 }}",
    )
    text = page(LAYERS, [parsed()], GAZ, control=read_control(written(tmp_path, data)))
    reader = Reader(text)
    assert {name for name, _ in reader.elements} <= ALLOWED
    assert "as given by </script>{{ 7*7 }}" in "".join(reader.texts)


def test_tiles_are_allowed_by_host_and_named(open_html: Callable[..., Opened]) -> None:
    assert "tiles" not in data_of(page(LAYERS, [parsed()], GAZ))
    text = page(LAYERS, [parsed()], GAZ, tiles="OpenStreetMap.Mapnik")
    assert "img-src data: https://tile.openstreetmap.org;" in text
    assert "OpenStreetMap contributors" in "".join(Reader(text).texts)
    opened = open_html(text)
    opened.page.wait_for_timeout(300)
    assert opened.requests
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in opened.requests)
    assert opened.page.locator(".group").count() >= 3


@pytest.mark.parametrize(
    ("tiles", "message"),
    [
        ("No.Such", "no provider"),
        ("http://a.example.org/{z}/{x}/{y}.png", "no https address"),
        ("https://a.example.org/{z}/{x}.png", "no https address"),
        ("https://a b'; script-src *;/{z}/{x}/{y}.png", "no plain host"),
        (providers.Jawg.Streets, "asks for a key"),
        (7, "not int"),
    ],
)
def test_other_tiles_are_refused(tiles: Any, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        page(LAYERS, [parsed()], GAZ, tiles=tiles)


def test_hosts_and_attribution() -> None:
    assert tile_hosts("https://{s}.a.org/{z}", "ab") == ["https://a.a.org", "https://b.a.org"]
    assert plain('&copy; <a href="x">A</a> &amp; B') == "© A & B"
