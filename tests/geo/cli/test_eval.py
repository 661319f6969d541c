"""``geo eval`` from end to end."""

from __future__ import annotations

import json
import shutil
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
        assert done.stdout.splitlines()[0].split() == ["measure", "gold", "meaning"]
        assert "overlap_f1" in done.stdout
        assert "oracle" not in done.stdout

    def test_gold_spans(self, gold: str) -> None:
        found = json.loads(geo("eval", "--gold", gold, "--spans", "gold", "--json").stdout)
        figures = found["gold"]["measures"]

        assert figures["matched"] == 3
        assert figures["acc161"] == figures["oracle_acc161"] == figures["listed"] == 1

    def test_several_files_with_details_and_a_picture(self, here: Path, gold: str) -> None:
        (here / "deep").mkdir()
        shutil.copy(gold, here / "deep" / "other.jsonl")
        options = ("--details", "--seen", gold, "--plot", "out/cal.svg", "--bootstrap", "0")
        done = geo("eval", "--gold", gold, "--gold", "deep/other.jsonl", *options)

        assert done.stdout.splitlines()[0].split() == ["measure", "gold", "other", "meaning"]
        assert "\nother: calibration of all placed mentions\n" in done.stdout
        assert "seen" in done.stdout
        assert "(" not in done.stdout.splitlines()[8], "no intervals asked for"
        assert done.stderr == "Picture: out/cal.svg\n"
        assert (here / "out" / "cal.svg").read_text().startswith("<?xml")

    def test_a_corpus_in_xml(self, here: Path) -> None:
        (here / "virus.xml").write_text(
            "<articles><article><source>x</source><text>Rain fell in Lagos.</text><locations><location>"
            "<name>Lagos</name><start>14</start><end>19</end><lat>6.45</lat><lon>3.39</lon></location></locations>"
            "</article></articles>"
        )
        found = json.loads(geo("eval", "--gold", "virus.xml", "--json").stdout)

        assert found["virus"]["measures"]["e2e_f1"] == 1

    def test_floors_are_lowered_only_when_asked(self, here: Path, gold: str) -> None:
        (here / "floors.json").write_text('{"gold": {"overlap_r": 1.01, "acc161": 0.5}}')
        arguments = ("eval", "--gold", gold, "--floors", "floors.json")
        assert geo(*arguments).exit_code == 3
        done = geo(*arguments, "--lower-floors")

        assert done.exit_code == 0
        assert done.stderr.splitlines()[-1] == "geo: floors.json: 1 floors lowered to what was measured"
        assert json.loads((here / "floors.json").read_text()) == {"gold": {"overlap_r": 1.0, "acc161": 0.5}}
        assert geo(*arguments).exit_code == 0

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((), "Missing option '--gold' (or '--events')."),
            (("--gold", "gold.jsonl", "--plot", "a.gif"), "tells no picture format"),
            (("--gold", "gold.jsonl", "--lower-floors"), "--lower-floors needs --floors FILE"),
            (("--gold", "gold.jsonl", "--events", "e.jsonl", "--json"), "--json prints one thing"),
        ],
    )
    def test_wrong_usage(self, gold: str, arguments: tuple[str, ...], message: str) -> None:
        done = geo("eval", *arguments)

        assert done.exit_code == 2
        assert message in done.stderr

    def test_an_empty_gold_file(self, here: Path) -> None:
        (here / "gold.jsonl").write_text("")

        assert geo("eval", "--gold", "gold.jsonl").stderr == "geo: gold.jsonl: has no gold document\n"

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
