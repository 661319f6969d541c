"""What Dask costs and gains: one process without it, one worker and two workers of a scheduler on this machine.

    python bench/workers.py [--documents 800] [--pairs 5]

Generated documents (bench/generate.py) go through `geo.batch.outcomes`, as in ``geo parse`` without and with
``--scheduler``; all must give the same lines. Each way is warmed up first; then they take turns, so that what else runs
on the machine falls on all of them. Processor time counts everything: this process, which holds the scheduler, and the
workers. Wall time of two workers means something only where two cores are free: the share of a core that each worker
got, and the machine's load, stand beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.batch import Plan, outcomes
from geo.types import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from distributed import Client, LocalCluster


@dataclass(slots=True)
class Way:
    """One way to read, with what its runs took in seconds."""

    workers: int
    cluster: LocalCluster | None = None
    client: Client | None = None
    wall: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    digest: str = ""

    def run(self, documents: Sequence[Document], *, count: bool = True) -> None:
        """Read all documents once."""
        before, begin = self._processor(), perf_counter()
        plan, whole = Plan(), hashlib.sha256()
        team = None
        if self.cluster is not None:
            from geo.scale import team as make

            team = make(self.cluster.scheduler_address, plan)
        for one in outcomes(documents, plan, team=team):
            whole.update(one.line + b"\n")
        if count:
            self.wall.append(perf_counter() - begin)
            self.used.append(self._processor() - before)
        self.digest = whole.hexdigest()[:16]

    def _processor(self) -> float:
        workers = self.client.run(process_time).values() if self.client is not None else ()
        return process_time() + sum(workers)


def ways(stack: ExitStack) -> dict[str, Way]:
    """Start the clusters."""
    from distributed import Client, LocalCluster

    found = {"no Dask": Way(1)}
    for workers in (1, 2):
        cluster = stack.enter_context(
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                host="127.0.0.1",
            )
        )
        client = stack.enter_context(Client(cluster, set_as_default=False))
        found[f"{workers} worker{'s' if workers > 1 else ''}"] = Way(workers, cluster, client)
    return found


def main() -> None:
    """Measure, and print medians and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=800)
    parser.add_argument("--pairs", type=int, default=5)
    given = parser.parse_args()
    from bench.generate import documents as generate

    texts = [
        Document(one["id"], one["text"], date=date.fromisoformat(one["date"]), date_basis="metadata")
        for one in generate(given.documents)
    ]
    with ExitStack() as stack:
        found = ways(stack)
        for way in found.values():
            way.run(texts, count=False)
        print(f"{len(texts)} documents, {given.pairs} turns; load {os.getloadavg()[0]:.1f} at the start")
        for _ in range(given.pairs):
            for way in found.values():
                way.run(texts)
        report(found, len(texts))


def report(found: dict[str, Way], count: int) -> None:
    """Print one line per way, then the two ratios."""
    print("way         wall s   processor s  ms a document  cores got per worker  records")
    for name, way in found.items():
        wall, used = median(way.wall), median(way.used)
        share = median(u / w for u, w in zip(way.used, way.wall, strict=True)) / way.workers
        print(f"{name:10} {wall:7.2f} {used:13.2f} {used / count * 1e3:14.2f} {share:21.2f}  {way.digest}")
    alone, one, two = found.values()
    if len({alone.digest, one.digest, two.digest}) > 1:
        sys.exit("the records differ")
    cost = median(a / b for a, b in zip(one.used, alone.used, strict=True)) - 1
    slower = median(a / b for a, b in zip(one.wall, alone.wall, strict=True)) - 1
    gain = [a / b for a, b in zip(one.wall, two.wall, strict=True)]
    work = median(a / b for a, b in zip(two.used, one.used, strict=True))
    print(f"one worker against no Dask: {cost:+.1%} processor time, {slower:+.1%} wall time (limit +15%)")
    print(
        f"two workers against one: {median(gain):.2f} times as fast (limit 1.5), best pair {max(gain):.2f};"
    )
    print(f"  processor time {work:.2f} times as much; load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
