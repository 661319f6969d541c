"""Tables of documents: JSON Lines, CSV and Parquet with a ``text`` column."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import IO, TYPE_CHECKING, Any, Final

from geo.documents.decode import MAX_BYTES, NotTextError, clean, decode, survey
from geo.documents.failure import Failure
from geo.documents.text import Note, assemble
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS: Final = ("text", "id", "title", "date", "source", "url")
"""Columns that are read; ``text`` is needed, the others may be missing, further ones are ignored."""

Decoder = Callable[[Mapping[str, Any]], Parsed]
Records = Iterator["Document | Parsed | Failure"]
Opener = Callable[[], AbstractContextManager[IO[bytes]]]

MAX_LINE: Final = 100_000_000
"""Longest line of JSON Lines and CSV, in bytes or characters: more than any document, less than the memory."""
MAX_WHOLE: Final = 500_000_000
"""Largest JSON value over several lines, in bytes: it is held in memory."""

# the standard limit of 128 kB is shorter than long articles; without one, a stray quotation mark takes the whole file
csv.field_size_limit(4 * MAX_BYTES)


def json_lines(name: str, stream: IO[bytes], note: Note, decoder: Decoder | None) -> Records:
    """Read JSON Lines; one JSON value over several lines (an object, or a list of them) is taken too.

    Parameters
    ----------
    name : str
        The file's name, for ids and messages.
    stream : binary file
    note : callable
    decoder : callable or None
        Turns a record that `geo parse` wrote (it has ``mentions``) into a `Parsed`. None reads such a
        record as a plain document.

    Yields
    ------
    Document, Parsed or Failure
    """
    lines = _json_lines(stream)
    first, skipped = next(lines, b""), 0
    while first and not first.strip():
        first, skipped = next(lines, b""), skipped + 1
    if not _is_json(first):
        yield from _whole_json(name, first + stream.read(MAX_WHOLE + 1), note, decoder)
        return
    for number, line in enumerate(itertools.chain([first], lines), skipped + 1):
        if len(line) > MAX_LINE:
            what = f"the line is longer than {MAX_LINE / 1e6:.0f} MB"
            yield Failure(f"{name}:{number}", what, "one document per line is needed")
        elif line.strip():
            yield from _json_line(name, number, line, note, decoder)


def comma_separated(name: str, again: Opener, note: Note) -> Records:
    """Read CSV (comma, semicolon, tab or bar, by the header line), row by row.

    Parameters
    ----------
    name : str
    again : callable
        Opens the file from its beginning: it is read twice, once to find its encoding.
    note : callable

    Yields
    ------
    Document or Failure
    """
    with again() as stream:
        encoding, remark = survey(stream)
    if remark:
        note(remark)
    with again() as stream:
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        yield from _rows(name, _csv_lines(text))


def _csv_lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise csv.Error(f"a line is longer than {MAX_LINE / 1e6:.0f} MB")
        yield line


def _rows(name: str, lines: Iterator[str]) -> Records:
    number = 0
    try:
        header = next(lines, "")
        rows = csv.DictReader(itertools.chain([header], lines), delimiter=max(",;\t|", key=header.count))
        columns = {str(column).strip().lower(): column for column in rows.fieldnames or ()}
        if not columns:
            return
        if "text" not in columns:
            remedy = f"name the columns {', '.join(COLUMNS)} in the first line"
            yield Failure(name, "has no column 'text'", remedy)
            return
        for row in rows:
            number = rows.line_num
            record: dict[str, Any] = {
                column: row.get(columns[column]) for column in COLUMNS if column in columns
            }
            yield record_document(record, f"{name}#{number}", f"{name}:{number}")
    except csv.Error as error:
        yield Failure(f"{name}:{number + 1}", f"cannot be read as CSV ({error})", "check the quotation marks")


def parquet(name: str, path: Path) -> Records:
    """Read a Parquet file in batches, page by page: a file written in one go is one group of rows."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        table = ParquetFile(path, buffer_size=1 << 20, pre_buffer=False)
        available = [column for column in COLUMNS if column in table.schema_arrow.names]
        if "text" not in available:
            yield Failure(name, "has no column 'text'", f"name the columns {', '.join(COLUMNS)}")
            return
        number = 0
        for batch in table.iter_batches(columns=available, batch_size=200):
            for row in batch.to_pylist():
                number += 1
                yield record_document(row, f"{name}#{number}", f"{name} row {number}")
    except (pyarrow.ArrowException, OSError) as error:
        yield Failure(name, f"cannot be read as Parquet ({error})", "check that the file is whole")


def record_document(record: Mapping[str, Any], fallback: str, where: str) -> Document | Failure:
    """Make a document of one row.

    Parameters
    ----------
    record : mapping
        With `COLUMNS` as keys.
    fallback : str
        Id where the record has none.
    where : str
        For the message of a failure.
    """
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return Failure(where, "has no text", "give each record a 'text'")
    identity = record.get("id")
    chosen = fallback if identity is None or str(identity).strip() == "" else clean(str(identity))
    meta = {key: clean(value) if isinstance(value, str) else value for key, value in record.items()}
    return assemble(chosen, clean(text), meta)


def _json_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Give the lines; of one that is too long, a beginning that is too long."""
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE + 1)
        yield line


def _json_line(name: str, number: int, line: bytes, note: Note, decoder: Decoder | None) -> Records:
    where = f"{name}:{number}"
    try:
        text, remark = decode(line)
        value = json.loads(text)
    except NotTextError as error:
        yield Failure(where, str(error), "one JSON object per line is needed")
        return
    except (ValueError, RecursionError) as error:
        yield Failure(where, f"is no JSON ({error})", "one JSON object per line is needed")
        return
    if remark:
        note(f"line {number} {remark}")
    yield _json_value(value, f"{name}#{number}", where, decoder)


def _json_value(
    value: object, fallback: str, where: str, decoder: Decoder | None
) -> Document | Parsed | Failure:
    if not isinstance(value, dict):
        return Failure(where, "is no JSON object", 'write {"text": "..."}')
    if "mentions" not in value or decoder is None:
        return record_document({key: value.get(key) for key in COLUMNS}, fallback, where)
    try:
        return decoder(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Failure(where, f"is no record of geo parse ({error})", "run geo parse again on the texts")


def _whole_json(name: str, data: bytes, note: Note, decoder: Decoder | None) -> Records:
    if len(data) > MAX_WHOLE:
        what = f"is one JSON value of more than {MAX_WHOLE / 1e6:.0f} MB"
        yield Failure(name, what, "write one JSON object per line")
        return
    try:
        text, remark = decode(data)
        value = json.loads(text)
    except NotTextError as error:
        yield Failure(name, str(error), "one JSON object per line is needed")
        return
    except (ValueError, RecursionError) as error:
        yield Failure(name, f"is no JSON ({error})", "one JSON object per line is needed")
        return
    if remark:
        note(remark)
    values: Iterable[object] = value if isinstance(value, list) else [value]
    for number, item in enumerate(values, 1):
        yield _json_value(item, f"{name}#{number}", f"{name} item {number}", decoder)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return line.strip()[:1] == b"{"
