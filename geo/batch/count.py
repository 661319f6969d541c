"""How many documents there will be, for the time left: a quick guess, not a promise."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from geo.documents.inputs import STDIN, Item, expand
from geo.documents.packed import SUFFIXES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path


def count(
    inputs: Iterable[str | os.PathLike[str]], *, leave: Iterable[str | os.PathLike[str]] = ()
) -> int | None:
    """Guess the number of documents; None where standard input or packed files are among them.

    Files count as one, JSON Lines and CSV by their lines, feeds by their entries, Parquet by its rows; `leave` as
    in `geo.documents.read`.
    """
    total = 0
    for item in expand(inputs, leave=leave):
        if not isinstance(item, Item):
            continue
        if item.name == STDIN or PurePath(item.name).suffix.lower() in SUFFIXES:
            return None
        try:
            total += _inside(item)
        except (OSError, ValueError):
            total += 1
    return total


def _inside(item: Item) -> int:
    if item.format == "jsonl":
        return max(1, _occurrences(item.path, b"\n"))
    if item.format == "csv":
        return max(1, _occurrences(item.path, b"\n") - 1)
    if item.format == "feed":
        return max(1, _occurrences(item.path, b"<item") + _occurrences(item.path, b"<entry"))
    if item.format == "parquet":
        from pyarrow.parquet import ParquetFile

        return int(ParquetFile(item.path).metadata.num_rows)
    return 1


def _occurrences(path: Path, needle: bytes) -> int:
    """Count a short string; one that lies across two blocks may be missed."""
    with path.open("rb") as stream:
        return sum(block.count(needle) for block in iter(lambda: stream.read(1 << 20), b""))
