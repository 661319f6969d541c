"""The columns that an export adds to the events."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest

from geo.dates import to_edtf
from geo.export import coded, write
from geo.export.coded import ADDED, SCHEMES
from geo.layers import Layer
from geo.layers.layer import columns
from geo.layers.schema import EVENTS
from geo.ontology import load
from tests.geo import stage

PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats.md"


def of(**values: object) -> dict[str, object]:
    layer = Layer("events", "Events", EVENTS)
    layer.add(None, row_id="a", **values)
    (row,) = coded({"events": layer}, to_edtf)["events"].rows
    return row


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-10-13", "2022-10-13", "2022-10-13"),
        ("2022-09-01", "2022-09-30", "2022-09"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2022-09-23", "2022-09-27", "2022-09-23/2022-09-27"),
        ("2022-02-24", None, "2022-02-24/.."),
        (None, "2022-02-24", "../2022-02-24"),
        (None, None, None),
        ("2014-03", "2014-03", None),
    ],
)
def test_dates(start: str | None, end: str | None, expected: str | None) -> None:
    assert of(date_start=start, date_end=end)["date_edtf"] == expected


def test_types_of_other_schemes() -> None:
    for kind in load():
        row = of(type=kind.name)
        assert [row[name] or "" for name in SCHEMES] == [getattr(kind, name) for name in SCHEMES]
    assert [of(type="a user's own")[name] for name in SCHEMES] == [None] * 4


def test_the_layers_are_not_changed() -> None:
    layers = stage.layers()
    made = coded(layers, to_edtf)

    assert layers["events"].columns == EVENTS
    assert layers["events"].rows == stage.layers()["events"].rows
    assert [column.name for column in made["events"].columns[len(EVENTS) :]] == [one.name for one in ADDED]
    assert all(made[name] is layer for name, layer in layers.items() if name != "events")
    again = coded(made, to_edtf)
    assert again["events"].columns == made["events"].columns
    assert again["events"].rows == made["events"].rows


def test_other_events_stay_as_they_are() -> None:
    layer = Layer("events", "Odd", columns(("id", "str", "key")), [{"id": "a"}], [None])

    assert coded({"events": layer}, to_edtf)["events"] is layer
    assert coded({}, to_edtf) == {}


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".fgb", ".csv"])
def test_they_are_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    layers = coded(stage.layers(), to_edtf)
    write(
        {
            "events": Layer(
                "events",
                "E",
                layers["events"].columns,
                layers["events"].rows[:1],
                layers["events"].geometry[:1],
            )
        },
        path,
    )
    frame = pyogrio.read_dataframe(path)

    assert str(frame["date_edtf"].iloc[0])[:10] == "2001-05-03"  # GDAL guesses dates in GeoJSON
    assert frame["acled"].iloc[0] == load()["shelling"].acled


def test_the_page_describes_them() -> None:
    text = PAGE.read_text(encoding="utf-8")

    for column in ADDED:
        assert f"| `{column.name}` | {column.type} | {column.meaning} |" in text
