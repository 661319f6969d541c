"""The check of two independent writings finds what it must find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer.errors import SourceError
from gazetteer.sources import curated, readings
from gazetteer.sources.rows import Row

if TYPE_CHECKING:
    from pathlib import Path


def place(kind: str = "village", source: str = "own knowledge", radius: float = 2.0) -> curated.CuratedPlace:
    row = Row("cur:x", "X", kind, "UA", "UA-14", lon=38.0, lat=48.0, precision_km=radius)
    return curated.CuratedPlace(row, "", 0.0, source, "", "villages.csv, line 2")


def second(folder: Path, *rows: str) -> Path:
    (folder / "second_reading.csv").write_text(
        "\n".join([",".join(readings.COLUMNS), *rows, ""]), encoding="utf-8"
    )
    return folder


def test_readings_that_agree_are_silent(tmp_path: Path) -> None:
    assert list(readings.check([place()], second(tmp_path, "cur:x,,48.05,38.02,0,high"))) == []


def test_a_village_ten_kilometres_off_is_found(tmp_path: Path) -> None:
    (finding,) = readings.check([place()], second(tmp_path, "cur:x,,48.2,38.0,0,high"))
    assert finding.startswith("villages.csv, line 2: X")
    assert "22 km" in finding


def test_areas_have_more_room(tmp_path: Path) -> None:
    folder = second(tmp_path, "cur:x,,50.5,38.0,1500,medium")  # 278 km
    assert list(readings.check([place("region", radius=1200.0)], folder)) == []
    assert len(list(readings.check([place("region", radius=200.0)], folder))) == 1


def test_a_river_may_agree_with_its_middle_or_its_mouth(tmp_path: Path) -> None:
    folder = second(tmp_path, "cur:x,mouth,46,30,0,high", "cur:x,middle,48.3,38.4,0,high")
    assert list(readings.check([place("river", radius=300.0)], folder)) == []


@pytest.mark.parametrize("rows", [[], ["cur:x,,,,,unknown"]])
def test_one_reading_alone_is_not_enough(tmp_path: Path, rows: list[str]) -> None:
    assert "no second reading" in next(readings.check([place()], second(tmp_path, *rows)))


def test_a_row_with_a_source_needs_none(tmp_path: Path) -> None:
    assert list(readings.check([place(source="own knowledge; point: GeoNames")], tmp_path)) == []


def test_a_bad_number_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"second_reading\.csv, line 2: lat is outside"):
        readings.read(second(tmp_path, "cur:x,,98,38,0,high"))
