"""Read every input; what cannot be read comes back as a `Failure` and the rest goes on."""

from __future__ import annotations

import logging
import os
import sys
import zlib
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, NamedTuple

from geo.documents.decode import MAX_BYTES, NotTextError, decode
from geo.documents.failure import Failure
from geo.documents.feeds import feed
from geo.documents.html import html
from geo.documents.inputs import STDIN, Item, expand
from geo.documents.made import made_here
from geo.documents.packed import ahead, inner, opened, unpacked
from geo.documents.tables import Decoder, comma_separated, json_lines, parquet
from geo.documents.tally import Tally
from geo.documents.text import Note, plain
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

log = logging.getLogger("geo.documents")

Read = Document | Parsed | Failure


class PassedOver(NamedTuple):
    """A file of our own making that was found among the texts."""

    name: str
    kind: str


def read(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    date: date | None = None,  # noqa: A002, RUF100  (the name of the option)
    decoder: Decoder | None = None,
    leave: Iterable[str | os.PathLike[str]] = (),
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
    leave : iterable of path-like
        Files and folders that are passed over where they lie in a folder: what is being written.

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
    passed: list[PassedOver] = []
    for item in expand(given, leave=leave):
        found = iter((item,)) if isinstance(item, Failure) else _read_item(item, decoder)
        for one in found:
            if isinstance(one, PassedOver):
                passed.append(one)
            else:
                yield one if isinstance(one, Failure) else _finish(one, date, used)
    _tell(passed)


def _finish(one: Document | Parsed, day: date | None, used: Tally) -> Document | Parsed:
    document = one.document if isinstance(one, Parsed) else one
    writable = document.id.encode("utf-8", "backslashreplace").decode("utf-8")
    if writable != document.id:  # the name of a file need not be UTF-8, but no output takes it then
        document = replace(document, id=writable)
    count = used.add(document.id)
    if count > 1:
        name = f"{document.id}#{count}"
        while used.add(name) > 1:  # somebody numbered them before
            count += 1
            name = f"{document.id}#{count}"
        log.warning("%s: this id stands for several documents; the later one is called %s", document.id, name)
        document = replace(document, id=name)
    if isinstance(one, Parsed):
        return one if document is one.document else replace(one, document=document)
    if document.date is None and day is not None:
        document = replace(document, date=day, date_basis="option")
    return document


def _read_item(item: Item, decoder: Decoder | None) -> Iterator[Read | PassedOver]:
    def note(message: str) -> None:
        log.warning("%s: %s", item.name, message)

    try:
        yield from _dispatch(item, note, decoder)
    except NotTextError as error:
        yield Failure(item.name, str(error), "convert it to text, or leave it out")
    except (OSError, EOFError, zlib.error) as error:
        yield _unreadable(item.name, error)


def _unreadable(name: str, error: Exception) -> Failure:
    """Tell a file that may not be read from one whose packing is broken: those errors have no number."""
    if isinstance(error, OSError) and error.errno is not None:
        return Failure(name, f"cannot be read ({error.strerror})", "check the file and its permissions")
    remedy = "fetch or pack it again; what stood before the damage was read"
    return Failure(name, f"is damaged or cut off ({error})", remedy)


def _dispatch(item: Item, note: Note, decoder: Decoder | None) -> Iterator[Read | PassedOver]:
    if item.name == STDIN:
        with unpacked(sys.stdin.buffer) as stream:
            yield from _stream(item, stream, note, decoder)
        return
    size = item.path.stat().st_size
    if item.format == "parquet" and inner(item.name) == PurePath(item.name):
        yield from parquet(item.name, item.path)
    elif item.format != "jsonl" and not item.path.is_file():
        yield Failure(item.name, "is no ordinary file", "pipe it in and name it -")
    elif item.format not in {"jsonl", "csv", None} and size > MAX_BYTES:
        yield _too_large(item.name, size)
    else:
        with opened(item.path) as stream:
            yield from _stream(item, stream, note, decoder)


def _stream(
    item: Item, stream: IO[bytes], note: Note, decoder: Decoder | None
) -> Iterator[Read | PassedOver]:
    head, stream = ahead(stream)
    form = item.format or _sniff(head)
    if form == "text" and item.format and _sniff(head) == "html":
        form = "html"
        note("is HTML whatever its suffix says; its visible text is read")
    if not head:
        yield from _empty(item)
    elif kind := made_here(head):
        yield _ours(item, kind)
    elif form == "jsonl":
        yield from _or_empty(item, json_lines(item.name, stream, note, decoder))
    elif form == "csv":
        yield from _or_empty(item, comma_separated(item.name, partial(opened, item.path), note))
    elif form == "parquet":
        yield Failure(item.name, "is Parquet, which cannot be read from a pipe", "save it as a .parquet file")
    else:
        yield from _whole(item, form, stream.read(MAX_BYTES + 1), note)


def _whole(item: Item, form: str, data: bytes, note: Note) -> Iterator[Read]:
    """Read one document, or a feed of some; these are held in memory."""
    if len(data) > MAX_BYTES:
        yield _too_large(item.name)
    elif not data.strip():
        yield from _empty(item)
    elif form == "feed":
        yield from feed(item.name, data)
    else:
        yield _single(item, data, form, note)


def _single(item: Item, data: bytes, form: str, note: Note) -> Document | Failure:
    text, remark = decode(data)
    if remark:
        note(remark)
    if form == "html":
        document = html(item.name, text)
    else:
        document = plain(
            item.name, text, note, markdown=inner(item.name).suffix.lower() in {".md", ".markdown"}
        )
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
            _too_large(f"{item.name} ({one.id})", size)
            if isinstance(one, Document) and size > MAX_BYTES
            else one
        )
    if nothing:
        yield from _empty(item)


def _empty(item: Item) -> Iterator[Failure]:
    yield Failure(item.name, "has no text in it", "leave it out, or check how it was saved")


def _ours(item: Item, kind: str) -> Failure | PassedOver:
    """Pass over what an earlier run has left among the texts: read as an article it would tell everything twice."""
    if not item.named:
        return PassedOver(item.name, kind)
    return Failure(item.name, f"is {kind}, no article", "name the texts or records that it was made of")


def _tell(passed: Sequence[PassedOver]) -> None:
    if len(passed) == 1:
        log.warning("%s: is %s, no article; passed over", passed[0].name, passed[0].kind)
    elif passed:
        log.warning("%d files that geo made itself are passed over, such as %s", len(passed), passed[0].name)


def _too_large(where: str, size: int | None = None) -> Failure:
    """Refuse a document; the size of one that comes packed or by a pipe is not known."""
    has = f"{size / 1e6:.0f} MB; " if size else ""
    what = f"is too large ({has}the limit is {MAX_BYTES / 1e6:.0f} MB)"
    return Failure(where, what, "split it into its documents")


def _sniff(data: bytes) -> str:
    """Tell the format of a file without a known suffix by how it begins."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"par1"):
        return "parquet"
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")):
        return "html" if b"<html" in head else "feed"
    if head.startswith((b"{", b"[{")):
        return "jsonl"
    return "text"
