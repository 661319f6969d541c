"""What merging costs out of core: time and peak memory over n log n, from ten thousand reports to a million.

    python bench/merging.py [--most N]

Each size runs in a process of its own: generated reports (bench/reports.py) go through `geo.scale.merge` one by one
and the merged events are counted and digested (ids, reports, reasons), none is kept. Beside it, where it is not too
large, `geo.events.merge` in memory; both must give the same events. Seconds are processor time without the making
of the reports.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
from itertools import islice
from math import log
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if __package__ is None or not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.reports import reports, world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.types import Event

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
IN_MEMORY = 300_000
"""Most reports that are merged in memory too, to compare."""


def one(way: str, count: int) -> None:
    """Merge `count` reports in this process and print what it cost, as JSON."""
    world()
    start_mb = _peak_mb()
    given = Given(count)
    begin = process_time()
    events, digest = _digest(_merged(way, given))
    found = {"events": events, "digest": digest, "seconds": process_time() - begin - given.seconds}
    print(json.dumps(found | {"mb": _peak_mb(), "start_mb": start_mb}))


class Given:
    """The reports, with the processor time that making them took."""

    def __init__(self, count: int) -> None:
        self._reports = reports(count)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Event]:
        """Make them one by one."""
        while True:
            begin = process_time()
            found = list(islice(self._reports, 1000))
            self.seconds += process_time() - begin
            if not found:
                return
            yield from found


def _merged(way: str, given: Given) -> Iterable[Event]:
    if way == "blocks":
        from geo.scale import merge

        return merge(given)
    from geo.events import merge as at_one_go

    return at_one_go(list(given))


def _digest(merged: Iterable[Event]) -> tuple[int, str]:
    """Count the events, and digest what merging changes in them."""
    whole, count = hashlib.sha256(), 0
    for event in merged:
        told = [report.document for report in event.reports]
        whole.update(repr((event.id, event.standing, told, event.reasons)).encode())
        count += 1
    return count, whole.hexdigest()[:16]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Run all sizes, each in a process of its own."""
    if "--one" in sys.argv:
        one(sys.argv[2], int(sys.argv[3]))
        return
    most = int(sys.argv[sys.argv.index("--most") + 1]) if "--most" in sys.argv else SIZES[-1]
    print("way        reports    events  seconds  us per n log n  peak MB  bytes a report  events")
    for count in (size for size in SIZES if size <= most):
        for way in ("blocks", "memory") if count <= IN_MEMORY else ("blocks",):
            command = [sys.executable, __file__, "--one", way, str(count)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            share = found["seconds"] / (count * log(count)) * 1e6
            each = (found["mb"] - found["start_mb"]) * 1e6 / count
            print(
                f"{way:8} {count:9,} {found['events']:9,} {found['seconds']:8.1f} {share:15.2f} "
                f"{found['mb']:8.0f} {each:15.0f}  {found['digest']}",
                flush=True,
            )


if __name__ == "__main__":
    main()
