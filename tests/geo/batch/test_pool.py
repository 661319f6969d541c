from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from geo.batch import Outcome, Plan, outcomes
from geo.batch.count import count
from geo.corrections import load
from geo.documents import Failure
from geo.errors import OptionError
from geo.types import Document

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

TOWNS = ("Lagos", "Kano", "Odesa", "Lima", "Oslo")


def documents(number: int) -> list[Document]:
    return [Document(f"d{n}", f"Shells fell on {TOWNS[n % 5]} again. Number {n}.") for n in range(number)]


def test_any_number_of_processes_gives_the_same(tmp_path: Path, gaz: Gazetteer) -> None:
    table = tmp_path / "c.csv"
    table.write_text("name,place\nLima,none\nAtlantis,none\n")
    items = [*documents(40), Failure("bad", "is bad"), *documents(3), Outcome("kept", b"{}", kept=True)]
    plan = Plan(settings={"corrections": str(table)}, text=False)
    found, told = {}, {}
    for jobs in (1, 2):
        corrections = load(table, gaz)
        found[jobs] = list(outcomes(iter(items), plan, jobs=jobs, corrections=corrections))
        told[jobs] = corrections.report()

    assert found[1] == found[2]
    assert [one.id for one in found[1]] == [getattr(item, "id", "bad") for item in items]
    assert found[1][40].failure == items[40]
    assert b'"text_sha256"' in found[1][0].line
    assert (
        told[1]
        == told[2]
        == [
            "c.csv: 1 of 2 corrections used, for 8 mentions",
            "c.csv: unused: line 3",
        ]
    )


def test_nothing_to_read_opens_nothing() -> None:
    plan = Plan(gazetteers=("no such file",))

    assert list(outcomes([], plan)) == list(outcomes([], plan, jobs=2)) == []
    assert [one.id for one in outcomes([Failure("a", "is bad")], plan, jobs=2)] == ["a"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_wrong_setting_is_told_as_it_is(jobs: int) -> None:
    with pytest.raises(OptionError, match="no place has the id 'nowhere'"):
        list(outcomes(documents(2), Plan(settings={"near": "nowhere"}), jobs=jobs))


class Deadly(Document):
    """A document that the process which reads it dies of."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        return _die, (os.getpid(),)


def _die(parent: int) -> Document:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return Document("deadly", "x")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_a_document_that_kills_its_process_stops_no_other() -> None:
    items = [*documents(20), Deadly("deadly", "x"), *documents(2)]
    found = list(outcomes(items, Plan(), jobs=2))

    assert [one.id for one in found] == [item.id for item in items]
    assert [str(one.failure) for one in found if one.failure] == [
        "deadly: the process that read it died; it may need more memory than there is"
    ]


def test_a_guess_of_how_many(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\n' * 3)
    (tmp_path / "c.csv").write_text("text\na\nb\n")
    (tmp_path / "d.rss").write_text("<rss><item></item><item></item></rss>")
    (tmp_path / "e.parquet").write_text("none")

    assert count([tmp_path]) == 1 + 3 + 2 + 2 + 1
    assert count([tmp_path, "-"]) is None
    assert count(["nowhere"]) == 0
