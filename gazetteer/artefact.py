"""The compiled artefact: one file of named, aligned sections that is memory-mapped, never parsed whole.

Layout: magic (8 bytes), length of the header (8 bytes, little-endian), header as JSON
``{"format": 2, "sections": {name: [offset, length]}}``, then the sections, each starting at a multiple
of 8 bytes. All numbers in sections are little-endian.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer.errors import GazetteerFormatError, GazetteerMissingError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAGIC: Final = b"GEOGAZ\x00\x01"
FORMAT: Final = 2
"""Raised with every change of the sections; other versions are refused."""
_ALIGN: Final = 8

BLOCK: Final = 64
"""Places to one block of compressed names."""

SCALE: Final = 100_000
"""Coordinates are stored in units of 1e-5 degrees (about a metre)."""


def write(path: Path, sections: Mapping[str, bytes | Path]) -> None:
    """Write `sections` to `path` atomically; the same sections give the same bytes.

    A section is bytes, or a file that holds them (for what is larger than memory).
    """
    names = sorted(sections)
    sizes = {name: _size(sections[name]) for name in names}
    header = _header(sizes, base=0)
    base = _aligned(16 + len(header) + 64)  # room for the offsets to grow in digits
    header = _header(sizes, base=base).ljust(base - 16)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            out.write(MAGIC + len(header).to_bytes(8, "little") + header)
            for name in names:
                data = sections[name]
                if isinstance(data, Path):
                    with data.open("rb") as file:
                        shutil.copyfileobj(file, out, 1 << 20)
                else:
                    out.write(data)
                out.write(b"\x00" * (_aligned(sizes[name]) - sizes[name]))
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except BaseException:  # Ctrl-C too: no half file stays
        part.unlink(missing_ok=True)
        raise


def _size(data: bytes | Path) -> int:
    return data.stat().st_size if isinstance(data, Path) else len(data)


def _header(sizes: Mapping[str, int], base: int) -> bytes:
    table: dict[str, list[int]] = {}
    offset = base
    for name, size in sizes.items():
        table[name] = [offset, size]
        offset += _aligned(size)
    return json.dumps({"format": FORMAT, "sections": table}, sort_keys=True).encode("ascii")


def _aligned(length: int) -> int:
    return -(-length // _ALIGN) * _ALIGN


def read(path: Path) -> dict[str, memoryview]:
    """Map the file at `path` and return its sections as views into it.

    Raises
    ------
    GazetteerMissingError
        There is no such file.
    GazetteerFormatError
        The file is no artefact, is cut short, or has another format version.
    """
    try:
        with path.open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError as error:
        raise GazetteerMissingError(
            f"no gazetteer at {path}; reinstall the package or run 'gazetteer build'"
        ) from error
    except ValueError as error:  # an empty file cannot be mapped
        raise GazetteerFormatError(f"{path} is empty; build it again with 'gazetteer build'") from error
    if bytes(whole[:8]) != MAGIC:
        raise GazetteerFormatError(
            f"{path} is no compiled gazetteer; 'gazetteer build' makes one of your places"
        )
    length = int.from_bytes(whole[8:16], "little")
    try:
        header = json.loads(bytes(whole[16 : 16 + length]))
        version, table = header["format"], header["sections"]
    except (ValueError, KeyError, TypeError) as error:
        raise GazetteerFormatError(f"{path} has no readable header; build it again") from error
    if version != FORMAT:
        raise GazetteerFormatError(
            f"{path} has format {version}, this version reads {FORMAT}; build it again"
        )
    if any(offset + size > len(whole) for offset, size in table.values()):
        raise GazetteerFormatError(f"{path} is cut short; build it again")
    return {name: whole[offset : offset + size] for name, (offset, size) in table.items()}


def geonames_id(place_id: str) -> int:
    """The number in ``geonames:706448``, 0 for other ids.

    >>> geonames_id("geonames:706448"), geonames_id("iso:UA")
    (706448, 0)
    """
    scheme, _, number = place_id.partition(":")
    return int(number) if scheme == "geonames" and number.isascii() and number.isdigit() else 0
