from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.batch import Ledger
from geo.batch.worker import HASH, text_hash
from geo.errors import OutputError
from geo.types import Document

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = [Document(str(n), f"text {n}", date=date(2022, 5, 4) if n % 2 else None) for n in range(5)]


def line(document: Document, *, text: bool = True) -> bytes:
    day = document.date.isoformat() if document.date else None
    body = {"text": document.text} if text else {HASH: text_hash(document.text)}
    found = {"mentions": [{"place": None}], "events": [{}], "unplaced": []}
    return json.dumps({"id": document.id, "date": day, **body, **found}).encode()


def run(path: Path, count: int, *, resume: bool = True) -> list[bool]:
    """Write the records of all documents, and be cut off behind `count`; say which were copied."""
    copied = []
    with (
        pytest.raises(KeyboardInterrupt) if count < len(DOCUMENTS) else _no_error(),
        Ledger(path, resume=resume) as ledger,
    ):
        for number, document in enumerate(DOCUMENTS):
            if number == count:
                raise KeyboardInterrupt
            known = ledger.find(document)
            copied.append(known is not None)
            ledger.write(known.line if known else line(document))
    return copied


def _no_error() -> object:
    from contextlib import nullcontext

    return nullcontext()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


WHOLE = b"".join(line(document) + b"\n" for document in DOCUMENTS)


def test_a_whole_run(tmp_path: Path) -> None:
    assert run(tmp_path / "deep" / "out", 5) == [False] * 5
    assert files(tmp_path / "deep") == ["out"]
    assert (tmp_path / "deep" / "out").read_bytes() == WHOLE


def test_nothing_is_left_of_a_run_that_wrote_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    run(tmp_path / "out", 0)

    assert files(tmp_path) == ["out"]
    assert (tmp_path / "out").read_bytes() == b"old"


@settings(deadline=None, max_examples=40)  # it waits for the disk
@given(st.lists(st.integers(0, 4), max_size=4), st.binary(max_size=20))
def test_however_often_it_is_cut_off(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("cut") / "out"
    best = 0
    for count in cuts:
        copied = run(path, count)
        assert copied == [number < best for number in range(count)]
        best = max(best, count)
        part = path.with_name("out.part")
        if part.exists():
            part.write_bytes(part.read_bytes() + rest.replace(b"\n", b""))  # what a kill cut short
    run(path, 5)

    assert path.read_bytes() == WHOLE
    assert files(path.parent) == ["out"]


def test_a_finished_output_is_taken_up_too(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_bytes(line(DOCUMENTS[3]) + b"\nno record\n[]\n" + line(DOCUMENTS[0], text=False) + b"\n")

    assert run(out, 5) == [True, False, False, True, False]
    assert out.read_bytes().replace(line(DOCUMENTS[0], text=False), line(DOCUMENTS[0])) == WHOLE


@pytest.mark.parametrize(
    "other",
    [Document("0", "another text"), Document("9", "text 0"), Document("0", "text 0", date=date(2022, 5, 4))],
)
def test_another_text_name_or_date_is_another_document(tmp_path: Path, other: Document) -> None:
    run(tmp_path / "out", 5)

    with Ledger(tmp_path / "out", resume=True) as ledger:
        assert ledger.find(DOCUMENTS[0])
        assert ledger.find(other) is None


def test_without_resume_it_begins_anew(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, 3)
    assert Ledger(out).left_over
    assert run(out, 5, resume=False) == [False] * 5
    assert files(tmp_path) == ["out"]


def test_what_a_kill_left_of_a_packed_output_goes(tmp_path: Path) -> None:
    for name in ("out.gz", "other.gz"):
        half = tmp_path / f".geo-{name}"
        half.mkdir()
        (half / name).write_bytes(b"half")
    run(tmp_path / "out.gz", 3)
    run(tmp_path / "out.gz", 5)

    assert files(tmp_path) == [".geo-other.gz", "out.gz"]


def test_the_mode_of_the_output_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.touch(0o640)
    run(out, 5)

    assert out.stat().st_mode & 0o777 == 0o640


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, message in ((tmp_path, "is a folder"), (tmp_path / "file" / "out", "cannot be written")):
        with pytest.raises(OutputError, match=message), Ledger(path):
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks")
def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Ledger(out) as ledger:
        ledger.write(line(DOCUMENTS[0]))
        with pytest.raises(OutputError, match="another run is writing it"), Ledger(out, resume=True):
            pass
        ledger.write(line(DOCUMENTS[1]))

    assert out.read_bytes() == line(DOCUMENTS[0]) + b"\n" + line(DOCUMENTS[1]) + b"\n"
    assert files(tmp_path) == ["out"]
