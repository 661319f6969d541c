"""Tries over mapped memory: one, several that share the keys between them, or several layered.

A trie is built in memory from all its keys. What has millions of keys is therefore cut, in the order of the keys, into
shards of at most `SHARD`; a reader sees one trie. Key numbers go through: those of the second shard follow the first's.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SHARD: Final = 500_000
"""Keys to one trie; about 100 MB while it is built."""


def load(sections: Mapping[str, memoryview], name: str) -> Any:
    """Open the trie of a section, whole (``names.trie``) or in shards (``names.trie.0``, ``names.trie.shards``)."""
    import marisa_trie

    if name in sections:
        return marisa_trie.Trie().map(sections[name])
    firsts = json.loads(bytes(sections[f"{name}.shards"]))
    return Sharded([marisa_trie.Trie().map(sections[f"{name}.{i}"]) for i in range(len(firsts))], firsts)


class Sharded:
    """The part of ``marisa_trie.Trie`` that the gazetteer uses, over shards.

    Parameters
    ----------
    shards : sequence of marisa_trie.Trie
        In the order of their keys.
    firsts : sequence of str
        The least key of each.
    """

    def __init__(self, shards: Sequence[Any], firsts: Sequence[str]) -> None:
        self._shards = shards
        self._firsts = list(firsts)
        self._base = [0]
        for shard in shards:
            self._base.append(self._base[-1] + len(shard))

    def __len__(self) -> int:
        return self._base[-1]

    def __contains__(self, key: str) -> bool:
        at = bisect_right(self._firsts, key) - 1
        return at >= 0 and key in self._shards[at]

    def get(self, key: str) -> int | None:
        """Return the number of a key, None where it is not there."""
        at = bisect_right(self._firsts, key) - 1
        number = self._shards[at].get(key) if at >= 0 else None
        return None if number is None else self._base[at] + int(number)

    def restore_key(self, number: int) -> str:
        """Return the key of a number."""
        at = bisect_right(self._base, number) - 1
        return str(self._shards[at].restore_key(number - self._base[at]))

    def iterkeys(self, prefix: str) -> Iterator[str]:
        """Keys that start with a prefix, shard by shard."""
        at = max(0, bisect_right(self._firsts, prefix) - 1)
        while at < len(self._shards) and (self._firsts[at] <= prefix or self._firsts[at].startswith(prefix)):
            yield from self._shards[at].iterkeys(prefix)
            at += 1


class Union:
    """The keys of several tries, each once; key numbers have no meaning here."""

    def __init__(self, tries: Sequence[Any]) -> None:
        self._tries = tries

    def __contains__(self, key: str) -> bool:
        return any(key in trie for trie in self._tries)

    def iterkeys(self, prefix: str) -> Iterator[str]:
        """Keys that start with a prefix."""
        seen: set[str] = set()
        for trie in self._tries:
            for key in trie.iterkeys(prefix):
                if key not in seen:
                    seen.add(key)
                    yield key


class Postings:
    """A trie of keys with the postings of each: numbers of places, with how the key is used.

    Parameters
    ----------
    sections : mapping of str to memoryview
    prefix : str
        What the names of its sections begin with: ``names`` or ``codes``.
    """

    def __init__(self, sections: Mapping[str, memoryview], prefix: str) -> None:
        self.trie = load(sections, f"{prefix}.trie")
        self._offsets = sections[f"{prefix}.offsets"].cast("I")
        self._postings = sections[f"{prefix}.postings"].cast("I")

    def of(self, key: str) -> memoryview[int] | tuple[()]:
        """Postings of a key, the most prominent place first; none for an unknown one."""
        number = self.trie.get(key)
        return () if number is None else self._postings[self._offsets[number] : self._offsets[number + 1]]
