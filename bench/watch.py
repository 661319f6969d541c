"""Watching a run of ``geo parse`` from outside: memory and processor time against documents done (Linux).

Another program on the same machine makes processor time itself vary, so between the samples the watcher reads the same
few documents over and over and takes its own time for them: a yardstick that was stretched by the same load.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EVERY_S: Final = 0.5
YARDSTICK_EVERY_S: Final = 5.0
TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Sample:
    """One look: documents done, seconds of all processes and of the clock, MB of the parent and its largest child.

    ``*_mb`` are resident, ``*_anon_mb`` what of it is their own: neither the mapped gazetteer nor programs.
    ``yardstick`` is the processor time of a fixed piece of the same work at that moment, in seconds.
    """

    done: int
    cpu_s: float
    parent_mb: float
    worker_mb: float
    yardstick: float
    parent_anon_mb: float = 0.0
    worker_anon_mb: float = 0.0
    clock_s: float = 0.0


@dataclass(slots=True)
class Run:
    """What was seen of one run."""

    samples: list[Sample] = field(default_factory=list)
    wall_s: float = 0.0
    code: int | None = None

    @property
    def cpu_s(self) -> float:
        """Processor time of the parent and all its workers, seconds."""
        return self.samples[-1].cpu_s

    def peak(self, first: float, last: float, what: str) -> float:
        """Most MB between two parts of the way (0 to 1)."""
        total = self.samples[-1].done
        found = [s for s in self.samples if first * total <= s.done <= last * total]
        return max((getattr(sample, what) for sample in found), default=0.0)

    def tenths(self) -> list[tuple[float, float]]:
        """Processor milliseconds per document in each tenth of the way: as measured, and in yardsticks."""
        total = self.samples[-1].done
        edges = [self._at(total * part / 10) for part in range(11)]
        found = []
        for part, (before, after) in enumerate(pairwise(edges)):
            sticks = [s.yardstick for s in self.samples if part <= s.done / total * 10 <= part + 1]
            spent = (after - before) / (total / 10)
            found.append((1000 * spent, spent / (sum(sticks) / len(sticks)) if sticks else 0.0))
        return found

    def clock(self, first: float, last: float) -> float:
        """Milliseconds of the clock per document between two parts of the way (0 to 1)."""
        total = self.samples[-1].done
        gone = self._at(last * total, "clock_s") - self._at(first * total, "clock_s")
        return 1000 * gone / ((last - first) * total)

    def _at(self, done: float, what: str = "cpu_s") -> float:
        """Seconds when so many documents were done, between two samples by proportion."""
        before = next((s for s in self.samples if s.done > 0), self.samples[0])
        for sample in self.samples:
            if sample.done >= done:
                gap = sample.done - before.done
                share = (done - before.done) / gap if gap > 0 else 1.0
                start: float = getattr(before, what)
                return float(start + max(0.0, share) * (getattr(sample, what) - start))
            before = sample
        return float(getattr(before, what))


def watch(
    command: Sequence[str],
    part: Path,
    *,
    yardstick: Callable[[], float],
    kill_at: int | None = None,
    kill_worker_at: int | None = None,
    offset: int = 0,
) -> Run:
    """Start a command and look at it until it ends.

    Parameters
    ----------
    command : sequence of str
    part : pathlib.Path
        The file that grows by a line per document.
    yardstick : callable
        Does the fixed piece of work and gives its processor time in seconds.
    kill_at : int, optional
        SIGKILL for the parent when so many documents are done.
    kill_worker_at : int, optional
        SIGKILL for one of its workers.
    offset : int
        Done before.
    """
    seen = Run()
    before = _spent()
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    count = _Lines(part)
    stick, measured = yardstick(), time.perf_counter()
    while process.poll() is None:
        if time.perf_counter() - measured > YARDSTICK_EVERY_S:
            stick, measured = yardstick(), time.perf_counter()
        done = offset + count.now()
        if found := _look(process.pid, done, stick):
            seen.samples.append(replace(found, clock_s=time.perf_counter() - started))
        if kill_at is not None and done >= kill_at:
            process.send_signal(signal.SIGKILL)
            break
        if kill_worker_at is not None and done >= kill_worker_at and (workers := _workers(process.pid)):
            os.kill(max(workers, key=_resident_mb), signal.SIGKILL)
            kill_worker_at = None
        time.sleep(EVERY_S)
    seen.code = process.wait()
    seen.wall_s = time.perf_counter() - started
    if seen.samples:
        spent = _spent() - before
        last = replace(seen.samples[-1], done=offset + count.now(), cpu_s=spent, clock_s=seen.wall_s)
        seen.samples.append(last)
    count.close()
    return seen


class _Lines:
    """Counts the lines of a file that grows, also when it is renamed in the meantime."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: IO[bytes] | None = None
        self._count = 0

    def now(self) -> int:
        if self._stream is None:
            if not self._path.exists():
                return 0
            self._stream = self._path.open("rb")
        while block := self._stream.read(1 << 20):
            self._count += block.count(b"\n")
        return self._count

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()


def _look(parent: int, done: int, yardstick: float) -> Sample | None:
    try:
        children = _workers(parent)
        cpu = sum(_cpu_s(pid) for pid in (parent, *children))
        most = max(map(_resident_mb, children), default=0.0)
        own = max(map(_own_mb, children), default=0.0)
        return Sample(done, cpu, _resident_mb(parent), most, yardstick, _own_mb(parent), own)
    except (OSError, ValueError, IndexError, StopIteration):  # it ended while we looked
        return None


def _workers(parent: int) -> list[int]:
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(pid) for pid in text.split()]


def _fields(pid: int) -> list[str]:
    """Fields of /proc/PID/stat behind the name, which may hold spaces."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _cpu_s(pid: int) -> float:
    """Own time and that of children that have ended."""
    return sum(map(int, _fields(pid)[11:15])) / TICKS


def _resident_mb(pid: int) -> float:
    return int(_fields(pid)[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _own_mb(pid: int) -> float:
    """Resident memory that no file stands behind."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("RssAnon"))


def _spent() -> float:
    """Processor seconds of all children that have ended, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
