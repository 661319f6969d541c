"""Staged postings -> tries of names and codes with the places of each, shard by shard."""

from __future__ import annotations

import array
import struct
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from gazetteer.own.sections import Trie
from gazetteer.rank import penalty
from gazetteer.tries import SHARD
from gazetteer.types import NameUse

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gazetteer.own.sections import Numbers, Sections


class Ranks:
    """Prominence and display name of places, out of the files that hold them.

    Names are read one by one when they are wanted, which is only where places share a name: mapped, they would stay
    in memory.
    """

    def __init__(self, prominence: Path, offsets: Path, labels: Path) -> None:
        self._prominence = prominence.read_bytes()  # one byte for each place
        self._offsets = offsets.open("rb", buffering=0)
        self._labels = labels.open("rb", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._offsets.close()
        self._labels.close()

    def label(self, place: int) -> str:
        """Display name of a place."""
        self._offsets.seek(4 * place)
        start, end = struct.unpack("<II", self._offsets.read(8))
        self._labels.seek(start)
        return self._labels.read(end - start).decode()

    def order(self, key: str, posting: int) -> tuple[float, int]:
        """Sorts the places of one name, see `gazetteer.rank`."""
        place, use = posting >> 4, NameUse(posting & 15)
        return penalty(key, self.label(place), use) - self._prominence[place] / 10, place


def write(
    postings: sqlite3.Connection,
    sections: Sections,
    ranks: Ranks,
    tell: Callable[[int], None],
    shard: int = SHARD,
) -> None:
    """Write ``names.*`` and ``codes.*``."""
    done = 0
    for code, prefix in enumerate(("names", "codes")):
        trie = Trie(sections, f"{prefix}.trie", shard)
        offsets, values = (
            sections.numbers(f"{prefix}.offsets", "I"),
            sections.numbers(f"{prefix}.postings", "I"),
        )
        offsets.add(0)
        total = 0
        for keys, counts, found in _shards(postings, code, ranks, shard):
            total = _put(trie.add(keys), keys, counts, found, offsets, values, total)
            done += len(found)
            tell(done)
        trie.finish()


def _shards(
    postings: sqlite3.Connection, code: int, ranks: Ranks, shard: int
) -> Iterator[tuple[list[str], list[int], array.array[int]]]:
    """Keys of one shard, how many places each has, and the postings one after the other."""
    rows = postings.execute("SELECT key, p FROM posting WHERE code = ? ORDER BY key, p", (code,))
    keys: list[str] = []
    counts: list[int] = []
    found = array.array("I")
    for key, group in groupby(rows, key=lambda row: row[0]):
        places = [p for _, p in group]
        if len(places) > 1:
            places.sort(key=lambda p: ranks.order(key, p))
        keys.append(key)
        counts.append(len(places))
        found.extend(places)
        if len(keys) == shard:
            yield keys, counts, found
            keys, counts, found = [], [], array.array("I")
    if keys:
        yield keys, counts, found


def _put(
    trie: Any,  # of marisa_trie, which has no types
    keys: list[str],
    counts: list[int],
    found: array.array[int],
    offsets: Numbers,
    values: Numbers,
    total: int,
) -> int:
    """Write the postings in the order of the trie's own numbers."""
    number = np.fromiter((trie[key] for key in keys), dtype=np.int64, count=len(keys))
    order = np.empty(len(keys), dtype=np.int64)
    order[number] = np.arange(len(keys))
    lengths = np.asarray(counts, dtype=np.int64)
    starts = lengths.cumsum() - lengths
    taken = lengths[order]
    first = taken.cumsum() - taken
    at = np.repeat(starts[order] - first, taken) + np.arange(int(taken.sum()))
    values.extend(np.frombuffer(found, dtype=np.uint32)[at].tolist())
    offsets.extend((total + taken.cumsum()).tolist())
    return total + int(taken.sum())
