from __future__ import annotations

import sqlite3
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from geo.batch import Ledger, Manifest, Outcome, Partitions, Plan, describe
from geo.batch.book import Index
from geo.codec import dumps, encode
from geo.errors import OutputError
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("file", "folder")


def book(path: Path | str, kind: str, *, resume: bool = False) -> Ledger | Partitions:
    manifest = Manifest(describe(Plan(), ["in"]))
    return (Ledger if kind == "file" else Partitions)(path, manifest=manifest, resume=resume)


def outcome(name: str = "a") -> Outcome:
    return Outcome(name, dumps(encode(Parsed(Document(name, "b" * 2800), ()))).encode())


def fill(output: Ledger | Partitions, count: int) -> None:
    with output:
        for number in range(count):
            output.add(outcome(str(number)))


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a full disk."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_written_is_told_once_with_its_name(tmp_path: Path, kind: str) -> None:
    """What a failed write leaves behind fails again when the file is closed: that is no second fault."""
    output = book(tmp_path / "out", kind)
    with files_end_at(20_000), pytest.raises(OutputError, match=r"out: cannot be written \(File too large\)"):
        fill(output, 100)

    assert output.written == 6
    assert book(tmp_path / "out", kind).left_over


@pytest.mark.parametrize("kind", KINDS)
def test_the_root_is_no_place(kind: str) -> None:
    with pytest.raises(OutputError, match="no place for an output"):
        book("/", kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_that_cannot_begin_leaves_nothing(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Manifest, "write", full)
    with pytest.raises(OutputError, match="No space left"), book(tmp_path / "out", kind):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_who_finds_another_run_there_takes_nothing_away(tmp_path: Path, kind: str) -> None:
    with book(tmp_path / "out", kind) as output:
        with pytest.raises(OutputError, match="another run"):
            fill(book(tmp_path / "out", kind), 1)
        assert output.part.exists()
        output.add(outcome())

    assert not book(tmp_path / "out", kind).left_over
    assert (tmp_path / "out").exists()


def test_a_full_folder_for_temporary_files_is_no_fault_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full:
        def execute(self, *_: Any) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    index = Index()
    index.close()
    monkeypatch.setattr(index, "_base", Full())
    record = b'{"id": "a", "date": null, "text": "b", "mentions": [], "events": [], "unplaced": []}\n'
    with pytest.raises(OSError, match="folder for temporary files"):
        index.note(record, 0, 0)
