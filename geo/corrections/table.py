"""Reads a corrections file: CSV, or a YAML list of mappings.

Each row says what it is about and what holds: ``name``, ``place``, ``document``, ``source``, ``start``, ``end``,
``quote``, ``note``. Only ``place`` (an id of the gazetteer, or ``none``) and a name are always needed:

- a mention: ``document`` with ``start`` and ``end`` (code points, end exclusive), or a ``quote`` that holds the name;
- a name in one document (``document``) or one source (``source``: its name, or the host of its address);
- a name everywhere: neither.

The narrower row wins. A column of another name is refused: misspelt, it would widen what its rows are about.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from gazetteer.errors import UnknownPlaceError
from geo.corrections.decide import Correction, Corrections
from geo.errors import OptionError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from gazetteer.types import Place

COLUMNS: Final = ("name", "place", "document", "source", "start", "end", "quote", "note")
NO_PLACE: Final = frozenset({"none", "no place", "-"})


class Places(Protocol):
    """What is needed of a gazetteer."""

    def get(self, place_id: str) -> Place:
        """Return the place with that id, or raise UnknownPlaceError."""


def load(path: str | os.PathLike[str], gaz: Places) -> Corrections:
    """Read a corrections file.

    Parameters
    ----------
    path : path-like
        ``.yaml`` or ``.yml`` is YAML, all else CSV with a header line.
    gaz : gazetteer.Gazetteer

    Returns
    -------
    Corrections
        Without rows for an empty file.

    Raises
    ------
    geo.errors.OptionError
        The file cannot be read, a row is incomplete, its place is unknown, or two rows contradict each other.
        The message names the line.
    """
    where = Path(path)
    try:
        text = where.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OptionError(f"{path}: cannot be read as corrections ({reason})") from error
    records = _yaml(text, str(path)) if where.suffix.lower() in {".yaml", ".yml"} else _csv(text, str(path))
    rows = tuple(_row(record, line, str(path), gaz) for line, record in records)
    _agree(rows, str(path))
    return Corrections(rows, where.name)


def _csv(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True)
    try:
        for record in reader:
            if None in record:
                raise OptionError(f"{where}:{reader.line_num}: has more cells than columns")
            if any(record.values()):
                yield reader.line_num, {str(key).strip(): value for key, value in record.items()}
    except csv.Error as error:
        raise OptionError(f"{where}:{reader.line_num}: cannot be read as CSV ({error})") from error


def _yaml(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise OptionError(f"{where}: cannot be read as YAML ({' '.join(str(error).split())})") from error
    if node is None:
        return
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise OptionError(f"{where}: corrections are a list of mappings, such as '- name: Paris'")
    for part, value in zip(node.value, values, strict=True):
        yield part.start_mark.line + 1, {str(key): cell for key, cell in value.items()}


def _row(record: dict[str, Any], line: int, path: str, gaz: Places) -> Correction:
    where = f"{path}:{line}"
    unknown = [key for key in record if key not in COLUMNS]
    if unknown:
        raise OptionError(f"{where}: no column is called {unknown[0]!r}; there are {', '.join(COLUMNS)}")
    cells = {key: "" if cell is None else str(cell).strip() for key, cell in record.items()}
    name, quote, document = (cells.get(key, "") for key in ("name", "quote", "document"))
    if not name:
        raise OptionError(f"{where}: has no name; write it as the text has it")
    if quote and name not in quote:
        raise OptionError(f"{where}: the quote does not hold {name!r}")
    span = _span(cells, where)
    if span and not document:
        raise OptionError(f"{where}: start and end need a document")
    return Correction(
        line,
        name,
        _place(cells.get("place", ""), where, gaz),
        document or None,
        cells.get("source") or None,
        quote or None,
        span,
        cells.get("note", ""),
    )


def _span(cells: dict[str, str], where: str) -> tuple[int, int] | None:
    start, end = cells.get("start", ""), cells.get("end", "")
    if not start and not end:
        return None
    if not start.isdecimal() or not end.isdecimal() or int(start) >= int(end):
        raise OptionError(f"{where}: start and end are two offsets such as 120 and 127")
    return int(start), int(end)


def _place(value: str, where: str, gaz: Places) -> Place | None:
    if value.casefold() in NO_PLACE:
        return None
    if not value:
        raise OptionError(f"{where}: has no place; write an id of the gazetteer, or none")
    try:
        return gaz.get(value)
    except UnknownPlaceError as error:
        raise OptionError(f"{where}: {error}") from error


def _agree(rows: tuple[Correction, ...], path: str) -> None:
    """Refuse two rows about the same thing that say different things."""
    seen: dict[tuple[Any, ...], Correction] = {}
    for row in rows:
        about = (row.name, row.document, row.source, row.quote, row.span)
        other = seen.setdefault(about, row)
        if other.place != row.place:
            raise OptionError(f"{path}:{row.line}: contradicts line {other.line} about {row.name!r}")
