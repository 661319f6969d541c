"""Events and places of many partitions become those of one machine: what the tasks of Dask do.

Numbers run through all events in the order of the documents. Parts send each other packed bytes, never a gazetteer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.codec import decode
from geo.events.merging import Merger
from geo.layers.events import events_layer
from geo.layers.places import places_layer
from geo.ontology import load
from geo.scale.blocks import bins, components, decide, joined, reach, slim
from geo.scale.merging import Member, assembled, is_coded
from geo.scale.packing import dumps, loads
from geo.types import Document, Event, EventPlace, Evidence, Parsed, Report

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from dask.delayed import Delayed

    from geo.batch.worker import Outcome
    from geo.layers import Layer
    from geo.scale.blocks import Decided, Numbers, Reach
    from geo.types import Resolution


@dataclass(frozen=True, slots=True)
class Told:
    """What a part tells, packed.

    Attributes
    ----------
    count : int
        Events that may be merged.
    events, coded : bytes
        Lists of events: those that may be merged, and those that somebody coded.
    titles : dict of str to str
        Of the documents that have one.
    named : list of Parsed
        Documents with placed mentions alone.
    """

    count: int
    events: bytes
    coded: bytes
    titles: dict[str, str]
    named: list[Parsed]


def collect(parts: Sequence[Sequence[Outcome]]) -> Told:
    """Read the records of some partitions back."""
    events: list[Event] = []
    coded: list[Event] = []
    titles: dict[str, str] = {}
    named = []
    for one in (one for part in parts for one in part if one.failure is None):
        parsed = decode(json.loads(one.line))
        for event in parsed.events:
            (coded if is_coded(event) else events).append(event)
        document = parsed.document
        if document.title:
            titles[document.id] = document.title
        placed = tuple(replace(item, candidates=()) for item in parsed.resolutions if item.place)
        named.append(Parsed(Document(document.id, ""), placed))
    return Told(len(events), dumps(events), dumps(coded), titles, named)


@dataclass(frozen=True, slots=True)
class Share:
    """Where the events of a part go: each one's bin, and the number of the first."""

    start: int
    bin_of: Numbers


@dataclass(frozen=True, slots=True)
class Fate:
    """What was decided about the events of a part, and where its coded ones are numbered from."""

    start: int
    first: Numbers
    reason: dict[int, str]
    coded: int
    most: int
    """Events of each part that is put together."""


def merged(parts: list[Delayed], count: int) -> list[Delayed]:
    """Merge the events of all parts.

    Parameters
    ----------
    parts : list of Delayed
        Of `Told`, in the order of the documents.
    count : int
        How many parts are made.

    Returns
    -------
    list of Delayed
        Of (list of Event, titles of their documents); together in the order of one machine.
    """
    from dask import delayed

    shares = delayed(_arranged)([delayed(_reach)(part) for part in parts], count)
    slim_parts = [delayed(_slim)(part, shares[at], count) for at, part in enumerate(parts)]
    decided = [delayed(_decide)([sent[at] for sent in slim_parts]) for at in range(count)]
    fates = delayed(_fates)([delayed(_counts)(part) for part in parts], decided, count)
    sent = [delayed(_members)(part, fates[at], count) for at, part in enumerate(parts)]
    return [delayed(_assembled)([one[at] for one in sent]) for at in range(count)]


def places(parts: list[Delayed], events: list[Delayed], count: int) -> list[Delayed]:
    """Count the places of all parts.

    Parameters
    ----------
    parts, events : list of Delayed
        Of `Told`, and what `merged` gave.
    count : int
        How many parts are made; a place is in one of them.

    Returns
    -------
    list of Delayed
        Of Layer.
    """
    from dask import delayed

    named = [delayed(_named)(part, count) for part in parts]
    had = [delayed(_had)(part, count) for part in events]
    return [delayed(_places)([one[at] for one in named], [one[at] for one in had]) for at in range(count)]


def events_of(part: tuple[list[Event], dict[str, str]]) -> Layer:
    """Make the layer of merged events."""
    found, titles = part
    documents = {name: Document(name, "", title) for name, title in titles.items()}
    return events_layer(found, documents, load())


def _reach(part: Told) -> Reach:
    return reach(Merger(load()), loads(part.events))


def _arranged(found: list[Reach], count: int) -> list[Share]:
    """Find what is connected over all parts, and pack it into bins."""
    whole = joined(found)
    bin_of = bins(components(whole), max(1, -(-whole.count // count)))
    shares, start = [], 0
    for one in found:
        shares.append(Share(start, bin_of[start : start + one.count]))
        start += one.count
    return shares


def _slim(part: Told, share: Share, count: int) -> list[bytes]:
    """Send each bin what it decides by."""
    sent: list[tuple[list[int], list[Event]]] = [([], []) for _ in range(count)]
    known: dict[Hashable, Any] = {}
    events = enumerate(loads(part.events), share.start)
    for at, (number, event) in zip(share.bin_of.tolist(), events, strict=True):
        sent[at][0].append(number)
        sent[at][1].append(slim(event, known))
    return [dumps(one) for one in sent]


def _decide(sent: list[bytes]) -> Decided:
    numbers: list[int] = []
    events: list[Event] = []
    known: dict[Hashable, Any] = {}
    for one in map(loads, sent):
        numbers += one[0]
        events += (slim(event, known) for event in one[1])
    return decide(Merger(load()), numbers, events)


def _counts(part: Told) -> tuple[int, int]:
    return part.count, len(loads(part.coded))


def _fates(counts: list[tuple[int, int]], decided: list[Decided], parts: int) -> list[Fate]:
    """Tell each part what was decided about its events."""
    import numpy as np

    total, coded = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    first = np.arange(total, dtype=np.int64)
    reasons: list[dict[int, str]] = [{} for _ in counts]
    starts = np.cumsum([0, *(count for count, _ in counts)])
    for one in decided:
        first[one.event] = one.first
        owners = np.searchsorted(starts, one.event, side="right") - 1
        for number, owner, reason in zip(one.event.tolist(), owners.tolist(), one.reason, strict=True):
            if reason:
                reasons[owner][number] = reason
    most = max(1, -(-(total + coded) // parts))
    fates, at_coded = [], total
    for at, (count, more) in enumerate(counts):
        start = int(starts[at])
        fates.append(Fate(start, first[start : start + count], reasons[at], at_coded, most))
        at_coded += more
    return fates


def _members(part: Told, fate: Fate, count: int) -> list[bytes]:
    """Send each event to where its cluster is put together, with the titles that it needs."""
    sent: list[tuple[list[Any], dict[str, str]]] = [([], {}) for _ in range(count)]
    firsts = fate.first.tolist()
    merging = (
        (number, firsts[number - fate.start], fate.reason.get(number, ""), event)
        for number, event in enumerate(loads(part.events), fate.start)
    )
    coded = ((number, number, "", event) for number, event in enumerate(loads(part.coded), fate.coded))
    for source in (merging, coded):
        for member in source:
            rows, titles = sent[member[1] // fate.most]
            rows.append(member)
            documents = (report.document for report in member[3].reports)
            titles.update((name, part.titles[name]) for name in documents if name in part.titles)
    return [dumps(one) for one in sent]


def _assembled(sent: list[bytes]) -> tuple[list[Event], dict[str, str]]:
    rows: list[Any] = []
    titles: dict[str, str] = {}
    for found, names in map(loads, sent):
        rows += found
        titles.update(names)
    rows.sort(key=lambda row: (row[1], row[0]))
    return [event for _, event in assembled(Member(*row) for row in rows)], titles


def _named(part: Told, count: int) -> list[list[Parsed]]:
    """Send each placed mention to where its place is counted."""
    sent: list[list[Parsed]] = [[] for _ in range(count)]
    for parsed in part.named:
        apart: dict[int, list[Resolution]] = {}
        for item in parsed.resolutions:
            if item.place is not None:
                apart.setdefault(_bucket(item.place.id, count), []).append(item)
        for at, found in apart.items():
            sent[at].append(Parsed(parsed.document, tuple(found)))
    return sent


def _had(part: tuple[list[Event], dict[str, str]], count: int) -> list[list[Event]]:
    """Send what is counted of an event to where its places are counted."""
    sent: list[list[Event]] = [[] for _ in range(count)]
    for event in part[0]:
        apart: dict[int, list[EventPlace]] = {}
        for item in event.places:
            if item.place is not None:
                apart.setdefault(_bucket(item.place.id, count), []).append(item)
        names = dict.fromkeys(report.document for report in event.reports)
        reports = tuple(Report(name, event.status, Evidence(0, 0, ""), (0, 0)) for name in names)
        for at, found in apart.items():
            sent[at].append(Event(event.id, event.type, event.status, "", tuple(found), reports))
    return sent


def _bucket(name: str, count: int) -> int:
    from zlib import crc32

    return crc32(name.encode()) % count


def _places(named: Iterable[list[Parsed]], had: Iterable[list[Event]]) -> Layer:
    return places_layer([one for part in named for one in part], [one for part in had for one in part])


__all__ = ["Told", "collect", "events_of", "merged", "places"]
