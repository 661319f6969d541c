"""Which events can have to do with each other: blocks by place, day, family and mode, closed under their reach.

The merging of one machine (`geo.events.merging`) depends on the order of the events: it puts each into slots, and looks
into slots for what it may join. Two events that are not connected through such slots, over however many others, never
have to do with each other. So the events are split into the connected parts of that graph, and each part, merged by
the code of one machine in the order of one machine, gives what one machine gives.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.types import Actor, Event, EventPlace, Quantity, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.events.merging import Key, Merger

    Numbers = NDArray[np.int64]

WRITTEN: Final = 1
LOOKED: Final = 2


@dataclass(frozen=True, slots=True)
class Reach:
    """Slots of some events, one row per event and slot.

    Attributes
    ----------
    count : int
        Number of events, those without a slot included.
    event, slot, how : numpy.ndarray
        Number of the event (int64), digest of the slot (uint64), WRITTEN or LOOKED or both (uint8). Where two slots
        had one digest, their events would stay together without need, and the result would still be the same.
    """

    count: int
    event: NDArray[np.int64]
    slot: NDArray[np.uint64]
    how: NDArray[np.uint8]


def reach(merger: Merger, events: Iterable[Event]) -> Reach:
    """Find the slots of events.

    Parameters
    ----------
    merger : Merger
        Any; nothing is added to it.
    events : iterable of Event
    """
    from array import array

    import numpy as np

    owners, slots, hows = array("q"), array("Q"), array("B")
    count = 0
    for event in events:
        written, looked = merger.reach(event)
        found = dict.fromkeys(written, WRITTEN)
        for key in looked:
            found[key] = found.get(key, 0) | LOOKED
        for key, how in found.items():
            owners.append(count)
            slots.append(_digest(key))
            hows.append(how)
        count += 1
    return Reach(
        count,
        np.frombuffer(owners, np.int64),
        np.frombuffer(slots, np.uint64),
        np.frombuffer(hows, np.uint8),
    )


def joined(parts: Sequence[Reach]) -> Reach:
    """Put the reaches of consecutive events together."""
    import numpy as np

    starts = np.cumsum([0, *(part.count for part in parts)])
    return Reach(
        int(starts[-1]),
        np.concatenate(
            [np.empty(0, np.int64), *(p.event + at for p, at in zip(parts, starts[:-1], strict=True))]
        ),
        np.concatenate([np.empty(0, np.uint64), *(part.slot for part in parts)]),
        np.concatenate([np.empty(0, np.uint8), *(part.how for part in parts)]),
    )


def components(found: Reach) -> Numbers:
    """Number each event by the first one it is connected with, through slots that are written and looked into."""
    import numpy as np

    order = np.argsort(found.slot, kind="stable")
    slot, event = found.slot[order], found.event[order]
    same = slot[1:] == slot[:-1]
    starts = np.flatnonzero(np.concatenate([[True], ~same])) if len(slot) else np.empty(0, np.int64)
    used = np.bitwise_or.reduceat(found.how[order], starts) if len(slot) else np.empty(0, np.uint8)
    alive = np.repeat(used == WRITTEN | LOOKED, np.diff([*starts, len(slot)]))[1:] & same
    return _connected(found.count, event[:-1][alive], event[1:][alive])


def _connected(count: int, one: Numbers, other: Numbers) -> Numbers:
    """Union of all pairs at once: each round hangs the greater root of a pair under the smaller one."""
    import numpy as np

    root = np.arange(count, dtype=np.int64)
    while len(one):
        one, other = root[one], root[other]
        apart = one != other
        one, other = one[apart], other[apart]
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        while True:
            above = root[root]
            if np.array_equal(above, root):
                break
            root = above
    return root


def bins(component: Numbers, most: int) -> Numbers:
    """Pack whole components into bins of about `most` events, in order; a larger component makes a larger bin."""
    import numpy as np

    roots, where, sizes = np.unique(component, return_inverse=True, return_counts=True)
    begin = np.cumsum(sizes) - sizes
    _, packed = np.unique(begin // most, return_inverse=True)
    return packed[where].astype(np.int64) if len(roots) else np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of events: the number of the first event of each one's cluster, and why it was joined to it."""

    event: Numbers
    first: Numbers
    reason: list[str]


def slim(event: Event, known: dict[Hashable, Any]) -> Event:
    """Give what merging decides by, without reports and words; equal parts that are in `known` are used again."""

    def once(part: Any) -> Any:
        return known.setdefault(part, part)

    when = event.when
    return Event(
        "",
        event.type,
        event.status,
        "",
        tuple(once(EventPlace(place.role, once(place.place))) for place in event.places),
        (),
        once(TimeSpan(when.start, when.end, "unknown", "", "")) if when else None,
        tuple(once(Actor(actor.name, "target")) for actor in event.actors if actor.role == "target"),
        None,
        tuple(once(Quantity(q.what, q.low, q.high, "", "", "")) for q in event.quantities),
    )


def decide(merger: Merger, numbers: Iterable[int], events: Iterable[Event]) -> Decided:
    """Merge whole components and keep only what was decided.

    Parameters
    ----------
    merger : Merger
        A new one.
    numbers : iterable of int
        Of the events, rising.
    events : iterable of Event
        May be slim.
    """
    import numpy as np

    firsts: list[int] = []
    names: list[int] = []
    found: list[int] = []
    reasons: list[str] = []
    told: dict[str, str] = {}
    for number, event in zip(numbers, events, strict=True):
        at, reason = merger.add(event)
        if at == len(firsts):
            firsts.append(number)
        names.append(number)
        found.append(firsts[at])
        reasons.append(told.setdefault(reason, reason))
    return Decided(np.array(names, np.int64), np.array(found, np.int64), reasons)


def _digest(key: Key) -> int:
    text = "\x1f".join(map(str, key))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


__all__ = ["Decided", "Reach", "bins", "components", "decide", "joined", "reach", "slim"]
