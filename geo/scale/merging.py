"""Merging more events than memory holds, with the result of `geo.events.merge`.

The events go to a file on disk as they come. What they can have to do with each other is reckoned from numbers alone
(`geo.scale.blocks`); block by block it is decided what belongs together; then the merged events are put together one
after another. Memory holds the numbers (about 100 bytes an event) and one block of slim events.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from geo.coded.mark import CODED
from geo.events.cluster import Cluster
from geo.events.merging import Merger
from geo.ontology import load
from geo.scale.blocks import bins, components, decide, reach, slim
from geo.scale.packing import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from geo.ontology import Ontology
    from geo.scale.blocks import Numbers
    from geo.types import Event

BLOCK: Final = 50_000
"""Events of a block, where they are not all connected."""


def merge(
    events: Iterable[Event],
    *,
    folder: str | os.PathLike[str] | None = None,
    ontology: Ontology | None = None,
    block: int = BLOCK,
) -> Iterator[Event]:
    """Merge the events of very many documents.

    Parameters
    ----------
    events : iterable of Event
        Taken one by one, none is kept in memory.
    folder : path-like, optional
        Where the temporary file may stand, about 1 kB an event. Default: the system's.
    ontology : Ontology, optional
    block : int
        Events that are decided about at a time; more are, where more are connected.

    Yields
    ------
    Event
        What `geo.pipeline.merge` gives for the same events in the same order: merged ones, then those that somebody
        coded.
    """
    known = ontology or load()
    with tempfile.TemporaryFile(dir=folder) as file, tempfile.TemporaryFile(dir=folder) as aside:
        spool, coded = Spool(file), Spool(aside)
        found = reach(Merger(known), _put(events, spool, coded))
        block_of = bins(components(found), block)
        del found
        first, reasons = _decided(spool, block_of, known)
        yield from _assembled(spool, first, reasons)
        yield from coded.all()


class Spool:
    """Events in a file, found by their number."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._unwritten = False
        self._starts = array("Q", [0])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def put(self, event: Event) -> None:
        """Add an event."""
        data = dumps(event)
        self._file.write(data)
        self._unwritten = True
        self._starts.append(self._starts[-1] + len(data))

    def get(self, number: int) -> Event:
        """Read an event."""
        start, end = self._starts[number], self._starts[number + 1]
        event: Event = loads(self._read(start, end - start))
        return event

    def _read(self, start: int, size: int) -> bytes:
        if self._unwritten:
            self._file.flush()
            self._unwritten = False
        if hasattr(os, "pread"):  # not on Windows; a seek would read a whole buffer each time
            return os.pread(self._file.fileno(), size, start)
        self._file.seek(start)
        return self._file.read(size)

    def all(self) -> Iterator[Event]:
        """Read all, in order."""
        return map(self.get, range(len(self)))


def _put(events: Iterable[Event], spool: Spool, coded: Spool) -> Iterator[Event]:
    """Write all events away; those that are merged are passed on."""
    for event in events:
        if is_coded(event):
            coded.put(event)
        else:
            spool.put(event)
            yield event


def is_coded(event: Event) -> bool:
    """Whether somebody coded the event; such are never merged."""
    return event.reasons[:1] == (CODED,)


def _decided(spool: Spool, block_of: Numbers, ontology: Ontology) -> tuple[Numbers, dict[int, str]]:
    """Decide block by block: the first event of each one's cluster, and the reasons of those that were joined."""
    import numpy as np

    first = np.arange(len(spool), dtype=np.int64)
    reasons: dict[int, str] = {}
    told: dict[str, str] = {}
    order = np.argsort(block_of, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(block_of[order])) + 1):
        known: dict[Hashable, Any] = {}
        numbers = members.tolist()
        decided = decide(Merger(ontology), numbers, (slim(spool.get(number), known) for number in numbers))
        first[decided.event] = decided.first
        for number, reason in zip(numbers, decided.reason, strict=True):
            if reason:
                reasons[number] = told.setdefault(reason, reason)
    return first, reasons


def _assembled(spool: Spool, first: Numbers, reasons: dict[int, str]) -> Iterator[Event]:
    import numpy as np

    order = np.argsort(first, kind="stable")
    members = (
        Member(number, int(first[number]), reasons.get(number, ""), spool.get(number))
        for number in order.tolist()
    )
    return (event for _, event in assembled(members))


@dataclass(frozen=True, slots=True)
class Member:
    """An event with what was decided about it: the number of its cluster's first event, and why it was joined."""

    number: int
    first: int
    reason: str
    event: Event


def assembled(members: Iterable[Member]) -> Iterator[tuple[int, Event]]:
    """Put merged events together.

    Parameters
    ----------
    members : iterable of Member
        Sorted by `first`, then by `number`.

    Yields
    ------
    tuple of int and Event
        Number of the first event, and the merged one.
    """
    cluster: Cluster | None = None
    first = -1
    for member in members:
        if cluster is not None and member.first == first:
            cluster.add(member.event, member.reason)
            continue
        if cluster is not None:
            yield first, cluster.event()
        cluster, first = Cluster(member.event), member.first
    if cluster is not None:
        yield first, cluster.event()


__all__ = ["Member", "Spool", "assembled", "is_coded", "merge"]
