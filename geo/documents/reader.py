"""Read every input; what cannot be read comes back as a `Failure` and the rest goes on."""

from __future__ import annotations

import io
import logging
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.documents.decode import MAX_BYTES, NotTextError, decode
from geo.documents.failure import Failure
from geo.documents.feeds import feed
from geo.documents.html import html
from geo.documents.inputs import STDIN, Item, expand
from geo.documents.tables import Decoder, comma_separated, json_lines, parquet
from geo.documents.tally import Tally
from geo.documents.text import Note, plain
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

log = logging.getLogger("geo.documents")

MAX_TABLE_BYTES: Final = 500_000_000
"""Largest CSV file, in bytes: it is held in memory. JSON Lines and Parquet are read piece by piece."""

Read = Document | Parsed | Failure


def read(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    date: date | None = None,  # noqa: A002, RUF100  (the name of the option)
    decoder: Decoder | None = None,
) -> Iterator[Read]:
    """Read documents.

    Parameters
    ----------
    inputs : path-like or iterable of path-like
        Files, folders, glob patterns, or ``-`` for standard input.
    date : datetime.date, optional
        For documents that have no date of their own; their ``date_basis`` is "option".
    decoder : callable, optional
        `geo.codec.decode`, to take the records that `geo parse` wrote as they are.

    Yields
    ------
    Document, Parsed or Failure
        In sorted order within a folder. Ids are unique: a second document with the same id gets ``#2``
        behind it. What was mended (an encoding, front matter) is logged as a warning to ``geo.documents``.

    Examples
    --------
    >>> [str(failure) for failure in read("no-such-file.txt")]
    ['no-such-file.txt: there is no such file or folder; check the path']
    >>> list(read([]))
    []
    """
    given = [inputs] if isinstance(inputs, (str, os.PathLike)) else inputs
    used = Tally()
    for item in expand(given):
        found = iter((item,)) if isinstance(item, Failure) else _read_item(item, decoder)
        for one in found:
            yield one if isinstance(one, Failure) else _finish(one, date, used)


def _finish(one: Document | Parsed, day: date | None, used: Tally) -> Document | Parsed:
    document = one.document if isinstance(one, Parsed) else one
    count = used.add(document.id)
    if count > 1:
        log.warning(
            "%s: this id stands for %d documents; the later one is called %s#%d", *([document.id, count] * 2)
        )
        document = replace(document, id=f"{document.id}#{count}")
    if isinstance(one, Parsed):
        return one if document is one.document else replace(one, document=document)
    if document.date is None and day is not None:
        document = replace(document, date=day, date_basis="option")
    return document


def _read_item(item: Item, decoder: Decoder | None) -> Iterator[Read]:
    def note(message: str) -> None:
        log.warning("%s: %s", item.name, message)

    try:
        yield from _dispatch(item, note, decoder)
    except NotTextError as error:
        yield Failure(item.name, str(error), "convert it to text, or leave it out")
    except OSError as error:
        yield Failure(
            item.name, f"cannot be read ({error.strerror or error})", "check the file and its permissions"
        )


def _dispatch(item: Item, note: Note, decoder: Decoder | None) -> Iterator[Read]:
    if item.name == STDIN:
        yield from _whole(item, sys.stdin.buffer.read(), note, decoder)
        return
    size = item.path.stat().st_size
    form = item.format
    if form == "parquet":
        yield from parquet(item.name, item.path)
    elif form == "jsonl":
        yield from _or_empty(item, _stream(item, note, decoder)) if size else _empty(item)
    elif size > (MAX_TABLE_BYTES if form == "csv" else MAX_BYTES):
        yield _too_large(item.name, size, MAX_TABLE_BYTES if form == "csv" else MAX_BYTES)
    elif not item.path.is_file():
        yield Failure(item.name, "is no ordinary file", "pipe it in and name it -")
    else:
        yield from _whole(item, item.path.read_bytes(), note, decoder)


def _stream(item: Item, note: Note, decoder: Decoder | None) -> Iterator[Read]:
    with item.path.open("rb") as stream:
        yield from json_lines(item.name, stream, note, decoder)


def _whole(item: Item, data: bytes, note: Note, decoder: Decoder | None) -> Iterator[Read]:
    form = item.format or _sniff(data)
    if not data.strip():
        yield from _empty(item)
    elif form == "jsonl":
        yield from _or_empty(item, json_lines(item.name, io.BytesIO(data), note, decoder))
    elif form == "csv":
        yield from _or_empty(item, comma_separated(item.name, data, note))
    elif len(data) > MAX_BYTES:
        yield _too_large(item.name, len(data), MAX_BYTES)
    elif form == "feed":
        yield from feed(item.name, data)
    elif form == "parquet":
        yield Failure(item.name, "is Parquet, which cannot be read from a pipe", "save it as a .parquet file")
    else:
        yield _single(item, data, form, note)


def _single(item: Item, data: bytes, form: str, note: Note) -> Document | Failure:
    text, remark = decode(data)
    if remark:
        note(remark)
    if form == "html":
        document = html(item.name, text)
    else:
        document = plain(item.name, text, note, markdown=item.path.suffix.lower() in {".md", ".markdown"})
    if not document.text[document.body_start :].strip():
        return next(_empty(item))
    return document


def _or_empty(item: Item, found: Iterator[Read]) -> Iterator[Read]:
    """Pass everything on; nothing at all is a failure too. Records that are too long are refused."""
    nothing = True
    for one in found:
        nothing = False
        size = len(one.text) if isinstance(one, Document) else 0
        yield (
            _too_large(f"{item.name} ({one.id})", size, MAX_BYTES)
            if isinstance(one, Document) and size > MAX_BYTES
            else one
        )
    if nothing:
        yield from _empty(item)


def _empty(item: Item) -> Iterator[Failure]:
    yield Failure(item.name, "has no text in it", "leave it out, or check how it was saved")


def _too_large(where: str, size: int, limit: int) -> Failure:
    return Failure(
        where,
        f"is too large ({size / 1e6:.0f} MB; the limit is {limit / 1e6:.0f} MB)",
        "split it into its documents",
    )


def _sniff(data: bytes) -> str:
    """Tell the format of a file without a known suffix by how it begins."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"par1"):
        return "parquet"
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")):
        return "html" if b"<html" in head else "feed"
    if head.startswith((b"{", b"[{")):
        return "jsonl"
    return "text"
