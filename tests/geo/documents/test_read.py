from __future__ import annotations

import io
import json
import logging
import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from geo.documents import Failure, read
from geo.types import Document, Parsed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_what_is_being_written_is_no_input(folder: Path) -> None:
    for name in (
        "a.txt",
        "out/records.jsonl",
        "out.part/current.jsonl",
        "old.jsonl",
        "run.part/current.jsonl",
        "b.part/c.txt",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text('{"text": "Text."}\n')
    (folder / "run.part" / "manifest.json").write_text("{}")

    found = read("in", leave=["in/out", folder / "out.part", "in/old.jsonl"])
    assert [document.id for document in found if isinstance(document, Document)] == [
        "in/a.txt",
        "in/b.part/c.txt",
    ]
    named = read(["in/old.jsonl"], leave=["in/old.jsonl"])
    assert len(list(named)) == 1, "who names it means it"


def test_ids_that_were_numbered_before_stay_apart(folder: Path) -> None:
    ids = ["x#2", "x", "x", "x", "x#2"]
    (folder / "a.jsonl").write_text("".join(json.dumps({"id": one, "text": "Text."}) + "\n" for one in ids))

    assert [one.id for one in read("in") if isinstance(one, Document)] == ["x#2", "x", "x#3", "x#4", "x#2#3"]


def test_a_folder_is_read_in_order_without_readmes_hidden_and_other_files(folder: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "README.md",
        "readme",
        "Readme.de.txt",
        ".hidden.txt",
        "picture.jpg",
        "c.TXT",
    ):
        (folder / name).write_text("Text.")
    (folder / "deep").mkdir()
    (folder / "deep" / "d.txt").write_text("Text.")
    (folder / ".git").mkdir()
    (folder / ".git" / "e.txt").write_text("Text.")

    assert [document.id for document in read("in")] == ["in/a.md", "in/b.txt", "in/c.TXT", "in/deep/d.txt"]
    assert next(read("in/")).id == "in/a.md"  # type: ignore[union-attr]


def test_patterns_and_files_and_each_only_once(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "README.txt", "x[1].txt"):
        (folder / name).write_text("Text.")

    assert [d.id for d in read(["in/*.txt"])] == ["in/a.txt", "in/b.txt", "in/x[1].txt"]
    assert [d.id for d in read(["in/b.txt", "in", "./in/b.txt"])] == ["in/b.txt", "in/a.txt", "in/x[1].txt"]
    assert [d.id for d in read("in/x[1].txt")] == ["in/x[1].txt"]
    assert [d.id for d in read("in/README.txt")] == ["in/README.txt"], "named by itself it is a document"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "has no text in it"),
        ("blank.txt", b" \n\t\n", "has no text in it"),
        ("meta.md", b"---\ntitle: A\n---\n", "has no text in it"),
        ("empty.jsonl", b"", "has no text in it"),
        ("blank.jsonl", b"\n\n", "is no JSON"),
        ("header.csv", b"text\n", "has no text in it"),
        ("empty.html", b"<html><body></body></html>", "has no text in it"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", "is a PNG picture, not text"),
        ("program.txt", bytes(range(256)), "is a binary file, not text"),
        ("page.xml", b"<x>no feed</x>", "is no RSS or Atom feed"),
        ("large.txt", b"word " * 10_000_001, "is too large (50 MB; the limit is 10 MB); split it"),
        ("record.jsonl", json.dumps({"text": "word " * 2_100_000}).encode(), "is too large"),
    ],
)
def test_bad_files_fail_in_one_line_and_the_rest_is_read(
    folder: Path, name: str, data: bytes, message: str
) -> None:
    (folder / name).write_bytes(data)
    (folder / "z-good.txt").write_text("Text.")
    found = list(read("in"))

    assert [type(item) for item in found] == [Failure, Document]
    assert message in str(found[0])
    assert str(found[0]).startswith(f"in/{name}")
    assert "\n" not in str(found[0])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nowhere.txt", "nowhere.txt: there is no such file or folder; check the path"),
        ("nowhere/*.txt", "nowhere/*.txt: no file matches this pattern"),
        ("in", "in: there is no document in this folder; documents end in .txt"),
        ("", "'': is no path"),
        ("a\0b", "'a\\x00b': is no path"),
    ],
)
def test_bad_paths(folder: Path, given: str, message: str) -> None:
    (found,) = read([given])

    assert str(found).startswith(message)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    (folder / "a.txt").chmod(0)
    (found,) = read("in")

    assert "Permission denied" in str(found)


def test_an_error_while_reading_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text("Text.")

    def refuse(self: Path, *_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    (found,) = read("in")

    assert str(found) == "in/a.txt: cannot be read (Permission denied); check the file and its permissions"


def test_a_locked_folder_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text("Text.")
    (folder / "locked").mkdir()
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(read("in"))

    assert isinstance(found[0], Document)
    message = "this folder cannot be opened (Permission denied); check its permissions"
    assert [str(item) for item in found[1:]] == [f"in/locked: {message}"]
    assert [str(item) for item in read("in/locked")] == [f"in/locked: {message}"]


def test_a_pipe_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    (found,) = read("in")

    assert "is no ordinary file" in str(found)


def test_what_was_mended_is_logged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "a.txt").write_bytes("Café à Orléans, déjà fermé hier soir après l’été. ".encode("cp1252") * 5)
    with caplog.at_level(logging.WARNING, "geo.documents"):
        (found,) = read("in")

    assert isinstance(found, Document)
    assert "in/a.txt: is not UTF-8; read as" in caplog.text


def test_the_option_dates_only_documents_without_a_date(folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    (folder / "b.txt").write_text("Published: 2020-01-01\nText.")
    found = [(d.date, d.date_basis) for d in read("in", date=date(2021, 6, 9)) if isinstance(d, Document)]

    assert found == [(date(2021, 6, 9), "option"), (date(2020, 1, 1), "text")]
    assert [d.date for d in read("in/a.txt") if isinstance(d, Document)] == [None]


def test_ids_are_unique(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "a.jsonl").write_text('{"id": "x", "text": "One."}\n{"id": "x", "text": "Two."}\n')

    assert [document.id for document in read("in")] == ["x", "x#2"]
    assert "the later one is called x#2" in caplog.text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Plain text.", [Document("-", "Plain text.")]),
        (b'{"text": "One."}\n{"text": "Two."}', [Document("-#1", "One."), Document("-#2", "Two.")]),
        (b"<!DOCTYPE html><title>T</title><p>One.", [Document("-", "One.", "T")]),
        (b"", [Failure("-", "has no text in it", "leave it out, or check how it was saved")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[object]) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    assert list(read("-")) == expected


def test_records_are_decoded_when_asked(folder: Path) -> None:
    (folder / "a.jsonl").write_text('{"schema": 1, "id": "x", "text": "One.", "mentions": []}\n')
    parsed = Parsed(Document("x", "One."))

    assert list(read("in", decoder=lambda record: parsed)) == [parsed]
    assert list(read("in")) == [Document("x", "One.")]


def test_the_reference_documents(shared: Path) -> None:
    found = [item for item in read(shared / "seeds") if isinstance(item, Document)]

    assert len(found) == 2
    assert [(d.date, d.date_basis) for d in found] == [(None, None), (date(2022, 10, 13), "text")]


def test_a_file_whose_name_is_no_utf8_is_read(folder: Path) -> None:
    name = os.fsencode(folder) + b"/\xff.txt"
    try:
        Path(os.fsdecode(name)).write_text("Text.")
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")

    [document] = read("in")

    assert document.id == "in/\\udcff.txt"  # type: ignore[union-attr]


def test_folders_are_read_in_sorted_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b", "a", "c"):
        (folder / name).mkdir()
        (folder / name / "x.txt").write_text("Text.")
    walk = os.walk

    def backwards(*arguments: Any, **options: Any) -> Any:
        for root, folders, files in walk(*arguments, **options):
            folders.sort(reverse=True)
            yield root, folders, files

    monkeypatch.setattr(os, "walk", backwards)

    assert [one.id for one in read("in")] == ["in/a/x.txt", "in/b/x.txt", "in/c/x.txt"]  # type: ignore[union-attr]
