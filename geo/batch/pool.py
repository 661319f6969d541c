"""Documents through several processes: in order, in bounded memory, and past a process that dies."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Final

from geo.batch.worker import Outcome, Plan, Report, Worker
from geo.documents import Failure
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.corrections import Corrections

    Team = Callable[[Iterable["Chunk"]], Iterator[tuple["Chunk", Report]]]

Item = Document | Parsed | Failure | Outcome
log = logging.getLogger("geo.batch")

MOST_DOCUMENTS: Final = 16
MOST_CHARACTERS: Final = 100_000
"""A chunk for one process: enough to pay for its way there and back, few enough to keep memory small."""
MANY_DOCUMENTS: Final = 64
"""The same for a machine that is far: its way is longer."""


def outcomes(
    items: Iterable[Item],
    plan: Plan,
    *,
    jobs: int = 1,
    corrections: Corrections | None = None,
    team: Team | None = None,
) -> Iterator[Outcome]:
    """Read documents and give their records, in the order of `items`.

    Parameters
    ----------
    items : iterable
        What `geo.documents.read` gives; an Outcome among them is passed on.
    plan : Plan
    jobs : int
        Processes. The outcomes are the same for any number.
    corrections : geo.corrections.Corrections, optional
        Told what the processes used.
    team : callable, optional
        Reads the chunks in place of processes of this machine (`geo.scale.team`); `jobs` is not used then.

    Yields
    ------
    Outcome
    """
    if team is not None:
        reports = team(_chunks(items, MANY_DOCUMENTS))
    else:
        source = _chunks(items, 1 if jobs == 1 else MOST_DOCUMENTS)
        reports = _alone(source, plan) if jobs == 1 else _Team(plan, jobs).run(source)
    for chunk, report in reports:
        if corrections is not None:
            corrections.add(report.used, report.stale)
        for line in report.warnings:
            log.warning("%s", line)
        ready = iter(report.outcomes)
        for item in chunk:
            yield _passed(item) or next(ready)


Chunk = list[Item]


def _passed(item: Item) -> Outcome | None:
    """Give the outcome of what needs no reading."""
    if isinstance(item, Outcome):
        return item
    return Outcome(item.where, failure=item) if isinstance(item, Failure) else None


def _work(chunk: Chunk) -> list[Document | Parsed]:
    return [item for item in chunk if isinstance(item, (Document, Parsed))]


def _chunks(items: Iterable[Item], most: int) -> Iterator[Chunk]:
    chunk: Chunk = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.text) if isinstance(item, Document) else 1000
        if len(chunk) >= most or size >= MOST_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _alone(chunks: Iterable[Chunk], plan: Plan) -> Iterator[tuple[Chunk, Report]]:
    """Read in this process; the gazetteer is opened when the first document comes."""
    worker: Worker | None = None
    for chunk in chunks:
        work = _work(chunk)
        if work and worker is None:
            worker = Worker(plan)
        yield chunk, worker.run(work) if work and worker else Report([], {}, {}, [])


class _Team:
    """Several processes that read chunks; results come back in order."""

    def __init__(self, plan: Plan, jobs: int) -> None:
        self._plan = plan
        self._jobs = jobs
        self._pool = self._make(jobs)
        self._waiting: deque[tuple[Chunk, Future[Report] | None]] = deque()

    def _make(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            jobs, multiprocessing.get_context("spawn"), initializer=_start, initargs=(self._plan,)
        )

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Report]]:
        """Keep a few chunks on their way and give back the oldest."""
        try:
            for chunk in chunks:
                self._waiting.append((chunk, self._submit(chunk)))
                if len(self._waiting) > 2 * self._jobs + 1:
                    yield self._oldest()
            while self._waiting:
                yield self._oldest()
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, chunk: Chunk) -> Future[Report] | None:
        work = _work(chunk)
        if not work:
            return None
        try:
            return self._pool.submit(_run, work)
        except BrokenProcessPool:
            self._restart()
            return self._pool.submit(_run, work)

    def _oldest(self) -> tuple[Chunk, Report]:
        chunk, future = self._waiting.popleft()
        if future is None:
            return chunk, Report([], {}, {}, [])
        try:
            return chunk, future.result()
        except BrokenProcessPool:
            self._restart()
            return chunk, self._one_by_one(_work(chunk))

    def _restart(self) -> None:
        """Make new processes in place of those that died, and hand them what was on its way."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._make(self._jobs)
        pending, self._waiting = self._waiting, deque()
        for chunk, future in pending:
            again = future is not None and (not future.done() or future.exception() is not None)
            self._waiting.append((chunk, self._pool.submit(_run, _work(chunk)) if again else future))

    def _one_by_one(self, work: list[Document | Parsed]) -> Report:
        """Find the document that a process died of: each in a process of its own until it is known."""
        whole = Report([], {}, {}, [])
        pool = self._make(1)
        for item in work:
            try:
                report = pool.submit(_run, [item]).result()
            except BrokenProcessPool:
                pool = self._make(1)
                where = item.id if isinstance(item, Document) else item.document.id
                what, remedy = "the process that read it died", "it may need more memory than there is"
                report = Report([Outcome(where, failure=Failure(where, what, remedy))], {}, {}, [])
            whole.outcomes.extend(report.outcomes)
            whole.warnings.extend(report.warnings)
            whole.stale.update(report.stale)
            for line, count in report.used.items():
                whole.used[line] = whole.used.get(line, 0) + count
        pool.shutdown(wait=False)
        return whole


_worker: Worker | None = None
_fault: Exception | None = None


def _start(plan: Plan) -> None:
    """Begin a process: it leaves Ctrl-C to its parent, and ends with it even where the parent is killed."""
    global _worker, _fault  # noqa: PLW0603  (what a process keeps between chunks)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _worker = Worker(plan)
    except Exception as error:  # told by the first chunk; raised here it would only break the pool
        _fault = error


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(work: list[Document | Parsed]) -> Report:
    if _worker is None:
        raise _fault or RuntimeError("no worker")
    return _worker.run(work)
