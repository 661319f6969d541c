"""What every command does with input that cannot be used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.geo.cli.run import geo

if TYPE_CHECKING:
    from pathlib import Path


class TestBadInput:
    @pytest.fixture
    def mixed(self, here: Path) -> Path:
        (here / "in" / "b-empty.txt").write_bytes(b"")
        (here / "in" / "c-binary.txt").write_bytes(b"\x7fELF\0\0\0\0")
        (here / "in" / "d-latin.txt").write_bytes(
            b"Caf\xe9 bombard\xe9 \xe0 Orl\xe9ans, d\xe9j\xe0 ferm\xe9. " * 20
        )
        (here / "in" / "e-large.txt").write_bytes(b"Shells fell on Kharkiv. " * 2_100_000)
        (here / "none").mkdir()
        return here

    def test_each_in_one_line_and_the_rest_is_done(self, mixed: Path) -> None:
        done = geo("parse", "in", "nowhere.txt", "none", "-o", "a.jsonl")
        lines = done.stderr.splitlines()

        assert done.exit_code == 1
        assert [line.split(": ")[1] for line in lines[:-1]] == [
            "in/b-empty.txt",
            "in/c-binary.txt",
            "in/d-latin.txt",
            "in/e-large.txt",
            "nowhere.txt",
            "none",
        ]
        assert lines[1] == "geo: in/c-binary.txt: is a program, not text; convert it to text, or leave it out"
        assert lines[2].startswith("geo: in/d-latin.txt: is not UTF-8; read as")
        assert lines[-1] == "geo: 5 inputs failed, 2 done"
        records = [json.loads(line) for line in (mixed / "a.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [record["id"] for record in records] == ["in/a.txt", "in/d-latin.txt"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["map", "-o", "out"],
            ["parse", "-o", "out"],
            ["events", "-o", "out"],
            ["export", "-f", "csv", "-o", "out"],
            ["image", "-f", "svg", "-o", "out"],
        ],
    )
    def test_an_existing_output_stays_when_nothing_could_be_read(
        self, here: Path, arguments: list[str]
    ) -> None:
        (here / "out").write_text("old")
        (here / "empty.txt").write_text("")
        done = geo(*arguments, "empty.txt", "nowhere.txt")

        assert done.exit_code == 1
        assert done.stderr.splitlines() == [
            "geo: empty.txt: has no text in it; leave it out, or check how it was saved",
            "geo: nowhere.txt: there is no such file or folder; check the path",
            "geo: no document could be read; no output was replaced",
        ]
        assert (here / "out").read_text() == "old"
        assert sorted(path.name for path in here.iterdir()) == ["empty.txt", "in", "out"]

    def test_an_output_that_cannot_be_written(self, here: Path) -> None:
        (here / "file").write_text("x")
        done = geo("map", "in", "-o", "file/map.html")

        assert done.exit_code == 1
        assert "geo: file/map.html: cannot be written" in done.stderr

    def test_an_output_that_is_a_folder(self, here: Path) -> None:
        done = geo("map", "in", "-o", "in")

        assert done.exit_code == 1
        assert "geo: in: is a folder; name a file to write" in done.stderr

    def test_a_fault_of_the_program_is_one_line(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise ZeroDivisionError("oops\nand more")

        monkeypatch.setattr("geo.pipeline.make_map", fail)
        done = geo("map", "in", "-o", "a.html")

        assert done.exit_code == 1
        assert (
            "geo: a fault in the program (ZeroDivisionError: oops and more); GEO_DEBUG=1 shows where"
            in done.stderr
        )
        monkeypatch.setenv("GEO_DEBUG", "1")
        assert isinstance(geo("map", "in", "-o", "a.html").exception, ZeroDivisionError)

    def test_control_characters_do_not_reach_the_terminal(self, here: Path) -> None:
        name = "a\x1b]0;owned\x07.txt"
        (here / "in" / name).write_text("")
        (here / "in" / "b\x1b[2J.txt").write_bytes(b"Caf\xe9 ferm\xe9, d\xe9j\xe0. " * 20)
        done = geo("parse", "in", "-o", "a.jsonl")

        assert "geo: in/a?]0;owned?.txt: has no text in it" in done.stderr
        assert "geo: in/b?[2J.txt: is not UTF-8" in done.stderr
        assert "\x1b" not in done.stderr
