"""``geo eval`` from end to end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.geo.cli.run import TEXT, geo

if TYPE_CHECKING:
    from pathlib import Path


class TestEval:
    @pytest.fixture
    def gold(self, here: Path) -> str:
        def toponym(name: str, lat: float, lon: float) -> dict[str, Any]:
            start = TEXT.index(name)
            return {"start": start, "end": start + len(name), "lat": lat, "lon": lon}

        tops = [
            toponym("Kharkiv", 50, 36.25),
            toponym("Kherson", 46.64, 32.62),
            toponym("Mykolaiv", 46.97, 32),
        ]
        (here / "gold.jsonl").write_text(json.dumps({"id": "x", "text": TEXT, "toponyms": tops}))
        return "gold.jsonl"

    def test_the_table(self, gold: str) -> None:
        done = geo("eval", "--gold", gold)

        assert done.exit_code == 0, done.output
        assert done.stdout.splitlines()[0].split() == ["measure", "value", "meaning"]
        assert "overlap_f1" in done.stdout
        assert "oracle" not in done.stdout

    def test_gold_spans(self, gold: str) -> None:
        figures = json.loads(geo("eval", "--gold", gold, "--spans", "gold", "--json").stdout)

        assert figures["matched"] == 3
        assert figures["acc161"] == 1

    @pytest.mark.parametrize(
        ("floors", "code"),
        [({"overlap_r": 0.5, "median_km": 50}, 0), ({"overlap_r": 1.01}, 3), ({"median_km": 0}, 3)],
    )
    def test_floors(self, here: Path, gold: str, floors: dict[str, float], code: int) -> None:
        (here / "floors.json").write_text(json.dumps(floors))
        done = geo("eval", "--gold", gold, "--floors", "floors.json")

        assert done.exit_code == code, done.output
        assert ("floor broken" in done.stderr) == (code == 3)

    @pytest.mark.parametrize("floors", ["[]", "{", '{"nothing": 1}', '{"overlap_f1": "high"}'])
    def test_wrong_floors(self, here: Path, gold: str, floors: str) -> None:
        (here / "floors.json").write_text(floors)

        assert geo("eval", "--gold", gold, "--floors", "floors.json").exit_code == 2

    def test_wrong_gold(self, here: Path) -> None:
        (here / "gold.jsonl").write_text("{}")
        done = geo("eval", "--gold", "gold.jsonl")

        assert done.exit_code == 1
        assert "gold.jsonl:1: no gold record" in done.stderr
