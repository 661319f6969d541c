"""Documents through the workers of a running Dask scheduler: in order, in bounded memory, past workers that die."""

from __future__ import annotations

import logging
from collections import deque
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from geo.batch.worker import Outcome, Report
from geo.documents import Failure
from geo.errors import GeoError, MissingExtraError, OptionError
from geo.scale.reader import make_order, read
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from distributed import Client, Future

    from geo.batch import Plan
    from geo.batch.pool import Chunk, Team
    from geo.scale.reader import Order

PATIENCE: Final = 10
"""Seconds to wait for the scheduler's answer, and again for its first worker."""


def team(scheduler: str, plan: Plan) -> Team:
    """Make what reads chunks of documents on the workers of a scheduler, for `geo.batch.outcomes`.

    Parameters
    ----------
    scheduler : str
        Its address, such as ``tcp://127.0.0.1:8786``.
    plan : Plan

    Raises
    ------
    OptionError
        When the first chunk comes: nothing answers there, it has no workers, or they have other files.
    MissingExtraError
        Dask is not installed.
    """
    return partial(_run, scheduler, plan)


def connect(scheduler: str) -> Client:
    """Connect to a scheduler that has a worker.

    Raises
    ------
    OptionError
        Nothing answers at the address, or no worker comes.
    MissingExtraError
        Dask is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtraError("Dask is not installed; pip install 'geodispatch[scale]'") from error
    try:
        _knock(scheduler)
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        what = f"--scheduler {scheduler}: no scheduler answers there"
        raise OptionError(f"{what}; start one with 'dask scheduler' and give its address") from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        what = f"--scheduler {scheduler}: it has no workers"
        raise OptionError(f"{what}; start one with 'dask worker {scheduler}'") from error
    return client


def _knock(scheduler: str) -> None:
    """Raise where nobody listens: a client that found nobody would take long to give up, and longer to close."""
    import socket

    from distributed.comm.addressing import parse_address, parse_host_port

    scheme, place = parse_address(scheduler)
    if scheme in {"tcp", "tls", "ws", "wss"}:
        socket.create_connection(parse_host_port(place), timeout=PATIENCE).close()
    elif scheme not in {"inproc", "ucx", "ucxx"}:
        raise ValueError(scheme)


def _run(scheduler: str, plan: Plan, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Report]]:
    order = make_order(plan)
    client = connect(scheduler)
    from distributed import CancelledError
    from distributed.comm import CommClosedError

    with _quiet():
        try:
            yield from _Flow(client, order).run(chunks)
        except (CancelledError, OSError) as error:
            if client.status == "running" and not isinstance(error, CancelledError | CommClosedError):
                raise
            what = f"--scheduler {scheduler}: it was lost in the middle"
            raise OptionError(f"{what}; start it again with its workers, and go on with --resume") from error
        finally:
            client.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave a lost worker unsaid: it is made up for."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


class _Flow:
    """Chunks on their way; the oldest is given back first."""

    def __init__(self, client: Client, order: Order) -> None:
        self._client = client
        self._order = order
        self._waiting: deque[tuple[Chunk, Future[Report] | None]] = deque()

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Report]]:
        """Keep every thread of the workers busy, and no more than that in memory."""
        for chunk in chunks:
            self._waiting.append((chunk, self._submit(_work(chunk))))
            while len(self._waiting) > self._most():
                yield self._oldest()
        while self._waiting:
            yield self._oldest()

    def _most(self) -> int:
        """Two chunks for each thread that is there now: workers may come and go."""
        threads: dict[str, int] = self._client.nthreads()
        return 2 * max(1, sum(threads.values())) + 1

    def _submit(self, work: list[Document | Parsed]) -> Future[Report] | None:
        return self._client.submit(read, self._order, work, pure=False) if work else None

    def _oldest(self) -> tuple[Chunk, Report]:
        chunk, future = self._waiting.popleft()
        if future is None:
            return chunk, Report([], {}, {}, [])
        from distributed import KilledWorker

        try:
            return chunk, self._result(future)
        except KilledWorker:
            return chunk, self._one_by_one(_work(chunk))

    def _result(self, future: Future[Report]) -> Report:
        from distributed import KilledWorker

        try:
            report: Report = future.result()
        except (GeoError, KilledWorker):
            raise
        except ImportError as error:
            what = f"a worker cannot run the package ({error})"
            raise OptionError(f"{what}; install the same on every machine") from error
        return report

    def _one_by_one(self, work: list[Document | Parsed]) -> Report:
        """Find the document that several workers died of: each in a task of its own."""
        from distributed import KilledWorker

        whole = Report([], {}, {}, [])
        for item in work:
            try:
                _add(whole, self._client.submit(read, self._order, [item], pure=False).result())
            except KilledWorker:
                where = item.id if isinstance(item, Document) else item.document.id
                what, remedy = "the workers that read it died", "it may need more memory than they have"
                whole.outcomes.append(Outcome(where, failure=Failure(where, what, remedy)))
        return whole


def _add(whole: Report, report: Report) -> None:
    whole.outcomes.extend(report.outcomes)
    whole.warnings.extend(report.warnings)
    whole.stale.update(report.stale)
    for line, count in report.used.items():
        whole.used[line] = whole.used.get(line, 0) + count


def _work(chunk: Iterable[Any]) -> list[Document | Parsed]:
    return [item for item in chunk if isinstance(item, Document | Parsed)]


__all__ = ["connect", "team"]
