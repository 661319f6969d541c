from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo.batch import Ledger, Manifest, Outcome, Plan, describe
from geo.batch.manifest import MOST_FAILURES, digest_of
from geo.batch.worker import Counts
from geo.documents import Failure
from geo.errors import OptionError
from geo.types import Document

if TYPE_CHECKING:
    from pathlib import Path

PLAN = Plan(settings={"demonyms": False, "corrections": None})


def outcome(number: int) -> Outcome:
    found = {"mentions": [{"place": {}}, {"place": {}}, {"place": None}], "events": [{}], "unplaced": [{}]}
    record = {"id": str(number), "date": None, "text": f"text {number}", **found}
    return Outcome(str(number), json.dumps(record).encode(), counts=Counts(3, 2, 1, 1))


def run(path: Path, count: int, plan: Plan = PLAN, *, stop: bool = False, resume: bool = True) -> int:
    """Write some records; say how many were copied."""
    copied = 0
    try:
        with Ledger(path, manifest=Manifest(describe(plan, ["in"])), resume=resume) as ledger:
            for number in range(count):
                known = ledger.find(Document(str(number), f"text {number}"))
                copied += known is not None
                ledger.add(known or outcome(number))
            if stop:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert stop
    return copied


def test_it_says_what_the_run_was(tmp_path: Path) -> None:
    corrections = tmp_path / "c.csv"
    corrections.write_text("name,place\n")
    plan = Plan(
        settings={
            "demonyms": True,
            "corrections": str(corrections),
            "base_url": "https://me:key@a.example/v1",
        }
    )
    manifest = Manifest(describe(plan, ["in", "b.jsonl"], day=date(2022, 5, 4)))
    manifest.add(outcome(1))
    manifest.add(outcome(2))
    manifest.failed(Failure("in/a.txt", "has no\ntext", "leave it out"))
    manifest.write(tmp_path / "m.json", done=True)
    said = json.loads((tmp_path / "m.json").read_text())

    assert (said["schema"], said["state"], said["inputs"]) == (1, "done", ["in", "b.jsonl"])
    assert said["counts"] == {
        "documents": 2,
        "failed": 1,
        "mentions": 6,
        "placed": 4,
        "events": 2,
        "unplaced": 2,
    }
    assert said["failures"] == [{"where": "in/a.txt", "what": "has no text", "remedy": "leave it out"}]
    assert said["options"] == {
        "text": True,
        "viewpoint": "default",
        "date": "2022-05-04",
        "demonyms": True,
        "base_url": "https://a.example/v1",
    }
    assert {len(digest) for digest in said["data"].values()} == {64}
    assert sorted(said["data"]) == ["corrections", "gazetteer"]
    assert str(tmp_path) not in json.dumps(said)


def test_the_digest_of_the_code_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "geo" / "deep" / "__pycache__").mkdir(parents=True)
    (tmp_path / "geo" / "deep" / "a.py").write_text("a = 1")
    before = digest_of([tmp_path / "geo"])
    (tmp_path / "geo" / "deep" / "__pycache__" / "a.cpython-311.pyc.140234").write_bytes(
        b"half"
    )  # being written

    assert digest_of([tmp_path / "geo"]) == before
    (tmp_path / "geo" / "deep" / "a.py").write_text("a = 2")
    assert digest_of([tmp_path / "geo"]) != before


def test_many_failures_are_counted_and_some_listed(tmp_path: Path) -> None:
    manifest = Manifest(describe(PLAN, []))
    for number in range(MOST_FAILURES + 5):
        manifest.failed(Failure(f"{number}.txt", "is empty"))
    manifest.write(tmp_path / "m.json", done=True)
    said = json.loads((tmp_path / "m.json").read_text())

    assert said["counts"]["failed"] == MOST_FAILURES + 5
    assert len(said["failures"]) == MOST_FAILURES


def test_the_same_run_gives_the_same_bytes_however_often_it_was_cut_off(tmp_path: Path) -> None:
    run(tmp_path / "whole", 5)
    run(tmp_path / "cut", 2, stop=True)
    run(tmp_path / "cut", 4, stop=True)

    assert run(tmp_path / "cut", 5) == 4
    for name in ("", ".manifest.json"):
        assert (tmp_path / f"cut{name}").read_bytes() == (tmp_path / f"whole{name}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 4


OTHER = Plan(text=False, settings={"demonyms": True, "corrections": None})


@pytest.mark.parametrize("stop", [True, False])
def test_another_run_is_not_gone_on_with(tmp_path: Path, stop: bool) -> None:
    run(tmp_path / "out", 3, stop=stop)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(
        OptionError, match=r"text true \(now false\), demonyms false \(now true\); leave out --resume"
    ):
        run(tmp_path / "out", 3, OTHER)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept, "nothing is lost by asking"
    assert run(tmp_path / "out", 3, OTHER, resume=False) == 0


def test_what_nobody_knows_of_is_not_gone_on_with(tmp_path: Path) -> None:
    run(tmp_path / "out", 3)
    (tmp_path / "out.manifest.json").unlink()
    with pytest.raises(
        OptionError, match=r"out\.manifest\.json is missing, which says how it was made; leave out"
    ):
        run(tmp_path / "out", 3)
    (tmp_path / "out.manifest.json").write_text("[")
    with pytest.raises(OptionError, match="cannot be read"):
        run(tmp_path / "out", 3)


def test_an_old_output_of_another_kind_does_not_mix_with_an_interrupted_run(tmp_path: Path) -> None:
    run(tmp_path / "out", 5, OTHER)
    run(tmp_path / "out", 2, stop=True, resume=False)

    assert run(tmp_path / "out", 5) == 2


def test_a_kill_between_the_output_and_its_manifest(tmp_path: Path) -> None:
    run(tmp_path / "out", 3)
    (tmp_path / "out.manifest.json").rename(tmp_path / "out.manifest.json.part")

    assert run(tmp_path / "out", 4) == 3


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_packed_outputs(tmp_path: Path, suffix: str) -> None:
    from geo.documents.packed import opened

    out, cut = tmp_path / f"out.jsonl{suffix}", tmp_path / f"cut.jsonl{suffix}"
    run(out, 5)
    run(cut, 2, stop=True)
    with opened(out) as stream:
        assert stream.read() == b"".join(outcome(number).line + b"\n" for number in range(5))

    assert run(cut, 5) == 2
    assert out.read_bytes() == cut.read_bytes()
    assert run(out, 6) == 5, "a finished one is taken up too"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{name}.jsonl{suffix}{more}" for name in ("cut", "out") for more in ("", ".manifest.json")
    ]
