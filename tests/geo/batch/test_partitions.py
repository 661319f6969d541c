from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.batch import Manifest, Outcome, Partitions, Plan, describe
from geo.batch.worker import counts
from geo.codec import dumps, encode
from geo.documents import read
from geo.documents.packed import opened
from geo.errors import OptionError, OutputError
from geo.types import Document, Mention, Parsed, Resolution

if TYPE_CHECKING:
    from pathlib import Path

PLAN = Plan(settings={"demonyms": False})
DOCUMENTS = [Document(f"d{number}", f"It rained in Oslo. {number}") for number in range(7)]


def outcome(document: Document) -> Outcome:
    mention = Mention(13, 17, "Oslo", "literal", "oslo")
    record = encode(Parsed(document, (Resolution(mention, None, 0.5, ("not known",), ()),)))
    return Outcome(document.id, dumps(record).encode(), counts=counts(record))


def run(path: Path, count: int, plan: Plan = PLAN, *, resume: bool = True, total: int = 7) -> int:
    """Write the records of all documents in parts of three, and be cut off behind `count`; count what was copied."""
    copied = 0
    try:
        with Partitions(path, Manifest(describe(plan, ["in"])), resume=resume, most=3) as folder:
            for number, document in enumerate(DOCUMENTS[:total]):
                if number == count:
                    raise KeyboardInterrupt
                known = folder.find(document)
                copied += known is not None
                folder.add(known or outcome(document))
    except KeyboardInterrupt:
        pass
    return copied


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


NAMES = [f"{kind}/{number:05d}{suffix}" for kind, suffix in (("events", ".parquet"), ("places", ".parquet"), ("records", ".jsonl.zst")) for number in range(3)]  # fmt: skip


def test_a_whole_run(tmp_path: Path) -> None:
    run(tmp_path / "deep" / "out", 9)
    out = tmp_path / "deep" / "out"

    assert sorted(tree(out)) == sorted([*NAMES, "manifest.json"])
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    lines = []
    for name in NAMES[6:]:
        with opened(out / name) as stream:
            lines += stream.read().splitlines()
    assert lines == [outcome(document).line for document in DOCUMENTS]
    places = [pq.read_table(out / name) for name in NAMES[3:6]]
    assert [table.num_rows for table in places] == [3, 3, 1]
    assert json.loads(places[0].schema.metadata[b"geo"])["version"] == "1.1.0"
    assert pq.read_table(out / "events" / "00000.parquet").num_rows == 0
    assert json.loads((out / "manifest.json").read_text())["counts"]["mentions"] == 7


def test_it_is_an_input_of_the_other_commands(tmp_path: Path) -> None:
    from geo.codec import decode

    run(tmp_path / "out", 9)
    found = list(read(tmp_path / "out", decoder=decode))

    assert [item.document for item in found if isinstance(item, Parsed)] == DOCUMENTS


@settings(deadline=None, max_examples=15)  # it waits for the disk
@given(st.lists(st.integers(0, 6), max_size=3), st.binary(max_size=20))
def test_however_often_it_is_cut_off(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], rest: bytes
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    run(folder / "whole", 9)
    best = 0
    for count in cuts:
        assert run(folder / "out", count) == min(best, count)
        best = max(best, count)
        current = folder / "out.part" / "current.jsonl"
        if current.exists():
            current.write_bytes(current.read_bytes() + rest.replace(b"\n", b""))  # what a kill cut short

    assert run(folder / "out", 9) == best
    assert tree(folder / "out") == tree(folder / "whole")
    assert sorted(path.name for path in folder.iterdir()) == ["out", "whole"]


def test_a_finished_folder_is_taken_up_too(tmp_path: Path) -> None:
    run(tmp_path / "whole", 9)
    run(tmp_path / "out", 9, total=5)

    assert run(tmp_path / "out", 9) == 5
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    assert run(tmp_path / "out", 9, total=2) == 2
    assert len(tree(tmp_path / "out")) == 4, "parts of the longer run are gone"


def test_another_run_is_not_gone_on_with(tmp_path: Path) -> None:
    other = Plan(settings={"demonyms": True})
    for count in (4, 9):
        run(tmp_path / "out", count)
        with pytest.raises(OptionError, match=r"demonyms false \(now true\); leave out --resume"):
            run(tmp_path / "out", 9, other)
    assert run(tmp_path / "out", 9, other, resume=False) == 0


def test_a_kill_between_the_last_two_steps(tmp_path: Path) -> None:
    run(tmp_path / "out", 9)
    (tmp_path / "out").rename(tmp_path / "out.old")

    assert run(tmp_path / "out", 9) == 7
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_kill_while_a_file_was_written(tmp_path: Path) -> None:
    run(tmp_path / "whole", 9)
    run(tmp_path / "out", 5)
    for folder in ("", "events", "records"):  # as `geo.atomic.replacing` leaves them
        half = tmp_path / "out.part" / folder / ".geo-a1b2"
        half.mkdir()
        (half / "00001.parquet").write_bytes(b"PAR1")

    assert run(tmp_path / "out", 9) == 5
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    assert not list((tmp_path / "out").rglob(".*"))


def test_nothing_of_others_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.doc").write_text("mine")
    for name, message in (("file", "is a file; name a folder"), ("folder", "is a folder of other things")):
        with pytest.raises(OutputError, match=message):
            run(tmp_path / name, 9)

    assert tree(tmp_path) == {"file": b"mine", "folder/thesis.doc": b"mine"}
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty", 9) == 0


def test_two_at_once(tmp_path: Path) -> None:
    with (
        Partitions(tmp_path / "out", Manifest(describe(PLAN, []))),
        pytest.raises(OutputError, match="another run is writing it"),
        Partitions(tmp_path / "out", Manifest(describe(PLAN, []))),
    ):
        pass


def test_a_run_that_wrote_nothing_leaves_nothing(tmp_path: Path) -> None:
    run(tmp_path / "out", 0)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
        run(tmp_path / "out", 9)

    assert not (tmp_path / "out").exists()
    monkeypatch.undo()
    assert run(tmp_path / "out", 9) == 3


def test_a_run_that_cannot_begin_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Manifest, "write", full)
    with pytest.raises(OutputError, match="No space left"):
        run(tmp_path / "out", 9)

    assert list(tmp_path.iterdir()) == []
