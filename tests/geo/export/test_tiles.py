"""Vector tiles: every row once at the largest scale, exact numbers at all, the same bytes again."""

from __future__ import annotations

import builtins
import gzip
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, Reader, all_tiles
from shapely import Point

from geo.errors import MissingExtraError
from geo.export import write
from geo.export.tiles import MAX_ZOOM
from geo.layers import Layer
from geo.layers.layer import columns
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = columns(
    ("row_id", "str", "key"),
    ("type", "str", "type"),
    ("family", "str", "family"),
    ("status", "str", "status"),
)


def events(points: list[tuple[float, float]]) -> Layer:
    layer = Layer("events", "Events", COLUMNS)
    for n, (lon, lat) in enumerate(points):
        kind = ("clash", "strike")[n % 2]
        layer.add(Point(lon, lat), row_id=str(n), type=kind, family="violence", status="happened")
    return layer


def parts(data: bytes) -> list[tuple[int, Any]]:
    """Fields of a protocol buffer with their numbers: enough to count what raw tiles hold."""
    found: list[tuple[int, Any]] = []
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        field, kind = divmod(number(), 8)
        if kind == 2:
            size = number()
            found.append((field, data[at : at + size]))
            at += size
        else:
            found.append((field, number() if kind == 0 else None))
            at += {0: 0, 1: 8, 5: 4}[kind]
    return found


def raw_layers(tile: bytes) -> Counter[str]:
    """Features of each layer in a tile, by name."""
    found: Counter[str] = Counter()
    for field, layer in parts(gzip.decompress(tile)):
        if field == 3:
            inner = parts(layer)
            name = next(value.decode() for number, value in inner if number == 1)
            found[name] += sum(number == 2 for number, _ in inner)
    return found


def sums(path: Path, zoom: int) -> Counter[str]:
    """What a reader that is not ours finds at a zoom: sums of ``count`` by type."""
    frame = pyogrio.read_dataframe(path, layer="events", read_geometry=False, ZOOM_LEVEL=zoom)
    return Counter(frame.groupby("type")["count"].sum().to_dict())


lons, lats = st.floats(-180, 180, width=32), st.floats(-90, 90, width=32)
EDGES = st.sampled_from(
    [(0.0, 0.0), (22.5, 0.0), (180.0, 10.0), (-180.0, 10.0), (1.40625, 90.0), (0.0, -90.0)]
)


@settings(deadline=None, max_examples=6, phases=[Phase.explicit, Phase.generate])  # shrinking takes minutes
@given(st.lists(EDGES | st.tuples(lons, lats), min_size=1, max_size=40))
def test_every_row_counts_once_at_every_zoom(
    tmp_path_factory: pytest.TempPathFactory, points: list[tuple[float, float]]
) -> None:
    path = tmp_path_factory.mktemp("tiles") / "a.pmtiles"
    layer = events(points)
    write({"events": layer}, path)
    given_types = Counter(row["type"] for row in layer.rows)
    for zoom in range(MAX_ZOOM + 1):
        assert sums(path, zoom) == given_types
    with path.open("rb") as stream:
        raw = [(zxy[0], raw_layers(data)) for zxy, data in all_tiles(MmapSource(stream))]
    assert sum(held["events"] for zoom, held in raw if zoom == MAX_ZOOM) == len(points)


def test_the_largest_scale_has_the_rows(tmp_path: Path) -> None:
    write({"events": events([(10.0 + n / 1000, 50.0) for n in range(3000)])}, tmp_path / "a.pmtiles")
    frame = pyogrio.read_dataframe(tmp_path / "a.pmtiles", layer="events")
    assert set(frame["row_id"]) == {str(n) for n in range(3000)}
    assert set(frame["count"]) == {1}
    few = pyogrio.read_dataframe(tmp_path / "a.pmtiles", layer="events", ZOOM_LEVEL=0)
    assert len(few) < 10
    assert few["row_id"].isna().all() if "row_id" in few else True


def test_many_at_one_place_are_all_there(tmp_path: Path) -> None:
    layer = events([(30.5, 50.4)] * 1500)
    for row in layer.rows:
        row["status"] = f"{row['row_id']:x<400}"  # more than GDAL lets into a tile by itself
    write({"events": layer}, tmp_path / "a.pmtiles")
    assert len(pyogrio.read_dataframe(tmp_path / "a.pmtiles", layer="events", read_geometry=False)) == 1500


def test_layers_stand_in_one_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.pmtiles"
    written = write(stage.layers(), path, metadata={"attribution": "Somebody"})
    again = tmp_path / "b.pmtiles"
    write(stage.layers(), again, metadata={"attribution": "Somebody"})
    assert path.read_bytes() == again.read_bytes()
    assert "reports" not in written
    with path.open("rb") as stream:
        source = MmapSource(stream)
        header, about = Reader(source).header(), Reader(source).metadata()
        held = sum((raw_layers(data) for _, data in all_tiles(source)), Counter())
    assert header["clustered"]
    assert (header["min_zoom"], header["max_zoom"]) == (0, MAX_ZOOM)
    assert about["attribution"] == "Somebody"
    assert "add up" in about["description"]
    described = {layer["id"]: layer for layer in about["vector_layers"]}
    assert {"events", "regions", "claims"} <= set(described)
    assert set(described) == set(held)
    assert "count them by cells" in described["events"]["description"]
    assert described["events"]["minzoom"] == 0
    layers = stage.layers()
    for name in described:
        key = layers[name].columns[0].name
        frame = pyogrio.read_dataframe(path, layer=name, read_geometry=False)
        placed = {
            row[key]
            for row, shape in zip(layers[name].rows, layers[name].geometry, strict=True)
            if shape is not None and not shape.is_empty
        }
        assert set(frame[key]) == placed, name


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pmtiles"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtraError, match=r"pip install 'geodispatch\[tiles\]'"):
        write({"events": events([(1, 1)])}, tmp_path / "a.pmtiles")
    assert not list(tmp_path.iterdir())
