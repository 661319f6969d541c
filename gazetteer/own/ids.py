"""Ids of a build that are not of GeoNames: written while the places come, in shards, in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.own.sections import Trie
from gazetteer.tries import SHARD

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.own.sections import Sections


class Ids:
    """Ids that are not of GeoNames: a trie, and places by key and keys by place."""

    def __init__(self, sections: Sections) -> None:
        self._trie = Trie(sections, "ids.trie", SHARD)
        self._keys = sections.numbers("ids.keys", "I")
        self._places = sections.numbers("ids.places", "I")
        self._held: list[str] = []
        self._base = 0
        self._sections = sections

    def add(self, place_id: str) -> None:
        """Append an id; they come in their order."""
        self._held.append(place_id)
        if len(self._held) == self._trie.shard:
            self._flush()

    def _flush(self) -> None:
        trie = self._trie.add(self._held)
        numbers = [trie.key_id(key) for key in self._held]
        self._keys.extend([self._base + number for number in numbers])
        places = [0] * len(numbers)
        for place, number in enumerate(numbers):
            places[number] = self._base + place
        self._places.extend(places)
        self._base += len(numbers)
        self._held = []

    def finish(self, before: int) -> None:
        """Write the rest; `before` places with a GeoNames id stand before these."""
        if self._held:
            self._flush()
        self._trie.finish()
        self._sections.close()
        if before:
            _shift(self._sections.files["ids.places"], before)


def _shift(path: Path, by: int) -> None:
    """Add a number to a whole column: how many places come first is known only at the end."""
    import numpy as np

    if path.stat().st_size:
        column = np.memmap(path, dtype="<u4", mode="r+")
        column += by
        column.flush()
