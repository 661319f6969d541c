from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import OptionError
from geo.scoring.floors import broken, lower, read_floors

if TYPE_CHECKING:
    from pathlib import Path

MEASURES = ("overlap_f1", "acc161", "median_km")


def read(folder: Path, floors: Any, names: tuple[str, ...] = ("a", "b")) -> dict[str, Any]:
    path = folder / "floors.json"
    path.write_text(floors if isinstance(floors, str) else json.dumps(floors))
    return read_floors(str(path), MEASURES, names)


def test_floors_for_all_files_and_for_one(tmp_path: Path) -> None:
    floors = read(tmp_path, {"overlap_f1": 0.8, "median_km": 20, "a": {"overlap_f1": 0.9}})
    figures = {"overlap_f1": 0.85, "median_km": 30.0}

    assert list(broken(floors, "a", figures)) == [("overlap_f1", 0.9, 0.85), ("median_km", 20, 30.0)]
    assert list(broken(floors, "b", figures)) == [("median_km", 20, 30.0)]
    assert list(broken(floors, "b", {"median_km": 20.0})) == [("overlap_f1", 0.8, None)]


@pytest.mark.parametrize(
    ("floors", "message"),
    [
        ("[]", "floors are a JSON object"),
        ("{", "cannot be read as floors"),
        ({"beauty": 1}, "no measure is called beauty"),
        ({"a": {"beauty": 1}}, "no measure is called beauty"),
        ({"acc161": "high"}, "floors are a JSON object"),
        ({"acc161": True}, "floors are a JSON object"),
        ({"c": {"acc161": 1}}, "has floors for c, not for a, b"),
    ],
)
def test_a_wrong_file(tmp_path: Path, floors: Any, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        read(tmp_path, floors)


def test_only_broken_floors_are_lowered(tmp_path: Path) -> None:
    floors = read(tmp_path, {"acc161": 0.5, "median_km": 20, "a": {"overlap_f1": 0.9}})
    figures = {"a": {"overlap_f1": 0.85678, "acc161": 0.7, "median_km": 30.0001}}
    path = tmp_path / "floors.json"

    assert lower(str(path), floors, figures) == 2
    lowered = read_floors(str(path), MEASURES, ("a",))
    assert lowered == {"acc161": 0.5, "median_km": 20, "a": {"overlap_f1": 0.856, "median_km": 30.001}}
    assert list(broken(lowered, "a", figures["a"])) == []
    before = path.read_bytes()
    assert lower(str(path), lowered, figures) == 0
    assert path.read_bytes() == before
