"""What we wrote ourselves is no article, wherever it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.cli.export import LAYERS
from geo.documents import Failure, read
from geo.documents.inputs import is_among
from geo.documents.made import is_records, made_here
from tests.geo.cli.run import TEXT, geo

if TYPE_CHECKING:
    from pathlib import Path

PRODUCTS = [
    (("map", "-o", "map.html"), "map.html"),
    (("report", "-o", "report.html"), "report.html"),
    (("report", "-o", "report.md", "--no-picture"), "report.md"),
    (("events", "-o", "list.jsonl"), "list.jsonl"),
    *(((("export", "-l", layer, "-o", f"{layer}.csv")), f"{layer}.csv") for layer in LAYERS),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "name"), PRODUCTS)
def test_our_products_are_passed_over_in_a_folder_and_refused_by_name(
    folder: Path, command: tuple[str, ...], name: str
) -> None:
    done = geo(command[0], "a.txt", *command[1:])
    assert done.exit_code == 0, done.output
    assert made_here((folder / name).read_bytes()[:1024])

    [failure] = read(name)

    assert [one.id for one in read(".")] == ["./a.txt"]  # type: ignore[union-attr]
    assert [one.id for one in read("*.*")] == ["a.txt"]  # type: ignore[union-attr]
    assert isinstance(failure, Failure)
    assert "no article" in failure.what


def test_what_is_passed_over_is_told_in_one_line(folder: Path) -> None:
    told = []
    for name in ("b.html", "c.html", "d.html"):
        done = geo("map", ".", "-o", name)
        assert done.exit_code == 0
        told.append([line for line in done.stderr.splitlines() if "passed over" in line])

    assert told == [
        [],
        ["geo: ./b.html: is a map or report that geo made, no article; passed over"],
        ["geo: 2 files that geo made itself are passed over, such as ./b.html"],
    ]


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"row",
        b"<!doctype html><title>A page about geodispatch</title>",
        b'{"id": "1", "text": "a"}',
        b"text,id\n",
    ],
)
def test_files_of_others_are_not_ours(head: bytes) -> None:
    assert not made_here(head)
    assert not is_records(head)


def test_html_in_a_text_file_is_read_as_html(folder: Path) -> None:
    (folder / "b.txt").write_text("<!DOCTYPE html><script>var x</script><p>Shells fell on Kharkiv.</p>")

    [document] = read("b.txt")

    assert document.text.strip() == "Shells fell on Kharkiv."  # type: ignore[union-attr]


@pytest.mark.parametrize("command", ["map", "parse", "events", "report"])
@pytest.mark.parametrize("given", ["a.txt", ".", "*.txt", "../"])
def test_no_text_of_the_users_is_replaced(folder: Path, command: str, given: str) -> None:
    done = geo(command, given, "-o", "a.txt")

    assert done.exit_code == 2
    assert "a.txt: is one of the inputs and would be replaced" in done.stderr
    assert (folder / "a.txt").read_text(encoding="utf-8") == TEXT


def test_an_older_output_among_the_inputs_is_replaced(folder: Path) -> None:
    for _ in range(2):
        assert geo("map", ".", "-o", "map.html").exit_code == 0
        assert geo("parse", ".", "-o", "records.jsonl").exit_code == 0
    assert geo("parse", "records.jsonl", "-o", "records.jsonl").exit_code == 0


def test_what_is_among_the_inputs(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").write_text("b")
    (folder / "picture.png").write_text("c")

    assert is_among("sub/b.txt", [folder])
    assert is_among("a.txt", ["-", "\0", "nowhere", "*.txt"])
    assert is_among(folder / "a.txt", ["./a.txt"])
    assert not is_among("a.txt", ["sub", "*.md", "-"])
    assert not is_among("picture.png", ["."])
    assert not is_among("none.txt", ["."])
