"""Sections of an artefact written as files, piece by piece, so that no column is ever held whole."""

from __future__ import annotations

import array
import json
import sys
from typing import IO, TYPE_CHECKING, Any, Final

from gazetteer.tries import SHARD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CHUNK: Final = 1 << 15


class Numbers:
    """A column of numbers, little-endian."""

    def __init__(self, stream: IO[bytes], code: str) -> None:
        self._stream = stream
        self._code = code
        self._held = array.array(code)

    def add(self, value: int) -> None:
        """Append a number."""
        held = self._held
        held.append(value)
        if len(held) >= _CHUNK:
            self.flush()

    def extend(self, values: Sequence[int]) -> None:
        """Append several."""
        self._held.extend(values)
        if len(self._held) >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if sys.byteorder == "big":
            self._held.byteswap()
        self._stream.write(self._held.tobytes())
        self._held = array.array(self._code)


class Sections:
    """Files of sections in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        An empty one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._streams: dict[str, IO[bytes]] = {}
        self._numbers: list[Numbers] = []
        self.files: dict[str, Path] = {}

    def stream(self, name: str) -> IO[bytes]:
        """Open a section for bytes."""
        self.files[name] = self._folder / name
        self._streams[name] = self.files[name].open("wb")
        return self._streams[name]

    def numbers(self, name: str, code: str) -> Numbers:
        """Open a section for numbers of one width (as in `array.array`)."""
        made = Numbers(self.stream(name), code)
        self._numbers.append(made)
        return made

    def put(self, name: str, data: bytes) -> None:
        """Write a section at once."""
        self.files[name] = self._folder / name
        self.files[name].write_bytes(data)

    def close(self) -> None:
        """Write all that is held; streams may be opened anew after that."""
        for numbers in self._numbers:
            numbers.flush()
        for stream in self._streams.values():
            stream.close()
        self._numbers.clear()
        self._streams.clear()


class Runs:
    """Pieces of bytes one after the other, with the offsets of each."""

    def __init__(self, sections: Sections, offsets: str, data: str) -> None:
        self._offsets = sections.numbers(offsets, "I")
        self._data = sections.stream(data)
        self._total = 0
        self._offsets.add(0)

    def add(self, data: bytes) -> None:
        """Append a piece."""
        self._data.write(data)
        self._total += len(data)
        self._offsets.add(self._total)


class Trie:
    """A trie of keys that come in their order, cut into shards where there are many (see `gazetteer.tries`).

    Parameters
    ----------
    sections : Sections
    name : str
        Of the section: ``names.trie``.
    shard : int
        Keys to one trie.
    """

    def __init__(self, sections: Sections, name: str, shard: int = SHARD) -> None:
        self._sections = sections
        self._name = name
        self.shard = shard
        self._firsts: list[str] = []

    def add(self, keys: Sequence[str]) -> Any:
        """Build the trie of the next shard and return it."""
        import marisa_trie

        trie = marisa_trie.Trie(keys)
        self._sections.put(f"{self._name}.{len(self._firsts)}", trie.tobytes())
        self._firsts.append(keys[0] if keys else "")
        return trie

    def finish(self) -> None:
        """Name the shards; a single one is the whole trie, as where no shard was needed."""
        files = self._sections.files
        if not self._firsts:
            self.add([])
        if len(self._firsts) == 1:
            files[self._name] = files.pop(f"{self._name}.0")
        else:
            self._sections.put(f"{self._name}.shards", json.dumps(self._firsts, ensure_ascii=False).encode())
