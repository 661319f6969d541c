"""Documents through the workers of a scheduler give what one process gives, whatever happens to the workers."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

import gazetteer
from geo.batch import Outcome, Plan, outcomes
from geo.corrections import load
from geo.documents import Failure
from geo.errors import OptionError
from geo.scale import team
from geo.scale.reader import make_order, read
from geo.types import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from distributed import Client, LocalCluster

    from gazetteer import Gazetteer
    from geo.batch.pool import Chunk
    from geo.batch.worker import Report
    from geo.scale.reader import Order

TOWNS = ("Lagos", "Kano", "Odesa", "Lima", "Oslo")


def documents(number: int, words: str = "") -> list[Document]:
    return [
        Document(f"d{n}", f"Shells fell on {TOWNS[n % 5]} again. Number {n}. {words}") for n in range(number)
    ]


def test_the_workers_of_a_scheduler_give_the_same(
    tmp_path: Path, gaz: Gazetteer, cluster: LocalCluster
) -> None:
    table = tmp_path / "c.csv"
    table.write_text("name,place\nLima,none\nAtlantis,none\n")
    items = [*documents(150), Failure("bad", "is bad"), *documents(3), Outcome("kept", b"{}", kept=True)]
    plan = Plan(settings={"corrections": str(table)}, text=False)
    one, many = load(table, gaz), load(table, gaz)

    found = list(outcomes(iter(items), plan, corrections=many, team=team(cluster.scheduler_address, plan)))

    assert found == list(outcomes(iter(items), plan, corrections=one))
    assert many.report() == one.report()


def _kept(paths: list[str]) -> tuple[int, list[str]]:
    from geo.scale import reader

    maps = Path("/proc/self/maps")
    lines = maps.read_text().splitlines() if maps.exists() else []
    return reader.opened, [path for path in paths if any(path in line for line in lines)]


def test_a_gazetteer_is_opened_once_per_process_and_never_sent(client: Client, gaz: Gazetteer) -> None:
    plan = Plan(settings={"min_score": 0.25})
    before = client.run(_kept, [])
    sent = pickle.dumps((read, make_order(plan), documents(1)))
    order = make_order(plan)

    for _ in range(3):
        for worker in before:
            assert client.submit(read, order, documents(2), workers=[worker], pure=False).result().outcomes

    for worker, (opened, mapped) in client.run(_kept, [str(gaz.path)]).items():
        assert opened == before[worker][0] + 1
        assert mapped or not Path("/proc/self/maps").exists()
    assert len(sent) < 2_000


def test_a_gazetteer_is_pickled_as_its_path_and_options() -> None:
    one = gazetteer.open(viewpoint="de-facto")

    packed = pickle.dumps(one)

    assert len(packed) < 1_000
    assert pickle.loads(packed).viewpoint == "de-facto"  # noqa: S301  (our own bytes)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")
def test_a_worker_that_is_lost_costs_only_what_it_had(client: Client, cluster: LocalCluster) -> None:
    items, plan = documents(256, "The army said that rebels left Goma on Monday. " * 4), Plan()
    pids = client.run(os.getpid)
    flow = outcomes(iter(items), plan, team=team(cluster.scheduler_address, plan))
    found = [next(flow)]

    os.kill(min(pids.values()), signal.SIGKILL)
    found += flow

    assert found == list(outcomes(iter(items), plan))
    assert max(pids.values()) in client.run(os.getpid).values()


class Mortal:
    """A client whose workers die of one document."""

    def __init__(self, deadly: str) -> None:
        self.deadly = deadly

    def nthreads(self) -> dict[str, int]:
        return {"a": 1}

    def submit(self, _: object, order: Order, work: list[Document], *, pure: bool) -> Future[Report]:
        from distributed import KilledWorker

        future: Future[Report] = Future()
        if any(item.id == self.deadly for item in work):
            future.set_exception(KilledWorker("read", cast("Any", None), 3))
        else:
            future.set_result(read(order, work))
        return future


def test_a_document_that_kills_its_workers_stops_no_other() -> None:
    from geo.scale.client import _Flow

    def flow(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Report]]:
        return _Flow(cast("Client", Mortal("d70")), make_order(Plan())).run(chunks)

    found = list(outcomes(documents(130), Plan(), team=flow))

    assert [one.id for one in found] == [f"d{n}" for n in range(130)]
    assert [str(one.failure) for one in found if one.failure] == [
        "d70: the workers that read it died; it may need more memory than they have"
    ]


class Lost(Mortal):
    """A client whose scheduler goes away."""

    status = "closed"

    def submit(self, *_: object, **__: object) -> Future[Report]:
        from distributed.comm import CommClosedError

        future: Future[Report] = Future()
        future.set_exception(CommClosedError("in <TCP>: reset by peer"))
        return future

    def close(self) -> None:
        self.status = "gone"


def test_a_scheduler_that_is_lost_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Lost("")
    monkeypatch.setattr("geo.scale.client.connect", lambda _: client)

    with pytest.raises(OptionError, match=r"tcp://x:1: it was lost in the middle; .* go on with --resume"):
        list(outcomes(documents(2), Plan(), team=team("tcp://x:1", Plan())))
    assert client.status == "gone"


def test_another_file_on_the_worker_is_refused(tmp_path: Path, client: Client) -> None:
    table = tmp_path / "c.csv"
    table.write_text("name,place\nLima,none\n")
    order = make_order(Plan(settings={"corrections": str(table)}))
    other = replace(order, files=tuple((name, "0" * 64) for name, _ in order.files))

    with pytest.raises(OptionError, match="the package's gazetteer: is not the client's"):
        client.submit(read, other, documents(1), pure=False).result()
    table.unlink()
    with pytest.raises(OptionError, match=r"c\.csv: cannot be read .* under the same path on every machine"):
        client.submit(read, order, documents(1), pure=False).result()
    with pytest.raises(OptionError, match=r"has version .* the client 9; install the same"):
        client.submit(read, replace(order, version="9"), documents(1), pure=False).result()


def test_an_object_is_not_sent() -> None:
    with pytest.raises(
        OptionError, match="recogniser: only names and paths can be sent to workers, not object"
    ):
        make_order(Plan(settings={"recogniser": object()}))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "ftp://127.0.0.1:1"])
def test_no_scheduler_is_one_clear_line(address: str) -> None:
    with pytest.raises(OptionError, match="no scheduler answers there; start one with 'dask scheduler'"):
        list(outcomes(documents(1), Plan(), team=team(address, Plan())))


def test_the_command(tmp_path: Path, cluster: LocalCluster, root: Path) -> None:
    for name, options in (("one", []), ("many", ["--scheduler", cluster.scheduler_address])):
        command = [
            sys.executable,
            "-c",
            "from geo.cli import main; main()",
            "parse",
            str(root / "seeds"),
            "-o",
            f"{name}.jsonl",
            *options,
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")

    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "many.jsonl").read_bytes()
    both = [*command, "--jobs", "2"]
    done = subprocess.run(both, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "exclude each other" in done.stderr


def test_a_folder_of_geoparquet(tmp_path: Path, cluster: LocalCluster) -> None:
    from click.testing import CliRunner

    from geo.cli import main

    lines = [json.dumps({"id": item.id, "text": item.text}) for item in documents(70)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    for name, options in (("one", []), ("many", ["--scheduler", cluster.scheduler_address])):
        output = f"{tmp_path / name}{os.sep}"
        done = CliRunner().invoke(main, ["parse", str(tmp_path / "in.jsonl"), "-o", output, *options])
        assert done.exit_code == 0, done.output

    found = [
        {p.relative_to(top): p.read_bytes() for p in top.rglob("*.*")}
        for top in (tmp_path / "one", tmp_path / "many")
    ]
    assert len(found[0]) == 4
    assert found[0] == found[1]
