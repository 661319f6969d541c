"""Reads own CSV: one place per row, columns by their names."""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING, Final

from gazetteer.errors import SourceError
from gazetteer.own.entries import Reject
from gazetteer.own.mapping import ALIASES, columns, entry, notes_of
from gazetteer.own.text import LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.own.dumps import Numbered
    from gazetteer.own.mapping import Settings
    from gazetteer.own.units import Units

_DELIMITERS: Final = ",;\t|"
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


class _Decoded:
    """Lines as text; bytes that are no UTF-8 stay recognisable, so that only their row is lost."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.read = 0

    def __iter__(self) -> _Decoded:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.read += len(line)
        return line.decode("utf-8", "surrogateescape")


def read(stream: IO[bytes], skip: int, where: str, settings: Settings, units: Units) -> Iterator[Numbered]:
    """Read rows.

    Raises
    ------
    SourceError
        The header lacks a name or a point, or the file is no text.
    """
    text = _Decoded(stream)
    header, delimiter = _header(text, where)
    found = columns(header, settings, f"{where}, line 1")
    _check(found, settings, header, where)
    csv.field_size_limit(LONGEST_LINE)  # outlines as WKT are longer than the module expects
    reader = csv.reader(text, delimiter=delimiter)
    places = {name: header.index(column) for name, column in found.items()}
    before = text.read
    while True:
        number = reader.line_num + 2
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield number, text.read - before, Reject(number, f"no CSV: {error}; is a quote left open?")
            before = text.read
            continue
        if cells is None:
            return
        size, before = text.read - before, text.read
        if number <= skip or not any(cells):
            continue
        try:
            made, notes = entry(_values(cells, places, len(header)), settings, units)
        except ValueError as error:
            yield number, size, Reject(number, str(error))
            continue
        yield number, size, made
        for note in notes_of(number, notes):
            yield number, 0, note


def _header(text: _Decoded, where: str) -> tuple[list[str], str]:
    line = next(text, "")
    if line.startswith(("\udcff\udcfe", "\udcfe\udcff")) or "\0" in line:
        raise SourceError(f"{where}: is UTF-16 or no text; save it as UTF-8")
    line = line.removeprefix("\ufeff").rstrip("\r\n")
    if not line.strip():
        raise SourceError(f"{where}, line 1: there is no header")
    known = {alias for aliases in ALIASES.values() for alias in aliases}
    rows = {mark: next(csv.reader([line], delimiter=mark), []) for mark in _DELIMITERS}
    hits = {mark: sum(cell.strip().lower() in known for cell in row) for mark, row in rows.items()}
    best = max(_DELIMITERS, key=lambda mark: (hits[mark], len(rows[mark])))
    return [cell.strip() for cell in rows[best]], best


def _check(found: dict[str, str], settings: Settings, header: list[str], where: str) -> None:
    lacking = []
    if "name" not in found:
        lacking.append(f"the name ({', '.join(ALIASES['name'][:4])})")
    if "wkt" not in found:
        lacking += [
            f"{what} ({', '.join(ALIASES[what])})"
            for what in ("lat", "lon")
            if what not in found and what not in settings.constants
        ]
    if lacking:
        raise SourceError(
            f"{where}, line 1: no column for {' and '.join(lacking)}; it has {', '.join(header)[:300]}; "
            "--field name=COLUMN says which one it is"
        )


def _values(cells: list[str], places: dict[str, int], width: int) -> dict[str, str]:
    if len(cells) != width:
        raise ValueError(f"{len(cells)} cells, the header has {width}")
    joined = "".join(cells)
    if "\0" in joined:
        raise ValueError("holds a NUL byte; a table of text has none")
    if match := _SURROGATE.search(joined):
        byte = ord(match.group()) - 0xDC00
        raise ValueError(f"byte 0x{byte:02X} is no UTF-8; save the file as UTF-8")
    return {name: cells[at] for name, at in places.items()}
