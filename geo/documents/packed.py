"""Files as streams of bytes, packed and unpacked on the way: gzip and zstd.

What is read is told by how it begins, what is written by its suffix.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES: Final = (".gz", ".zst")
HEAD: Final = 1024
"""Bytes by which a packed file and a format are told."""
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_BLOCK: Final = 1 << 16


def inner(name: str) -> PurePath:
    """Return the name without the suffix that says how it is packed.

    Examples
    --------
    >>> inner("a/b.jsonl.gz").suffix, inner("c.csv").suffix, inner("d.gz").suffix
    ('.jsonl', '.csv', '')
    """
    path = PurePath(name)
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, unpacked.

    Raises
    ------
    OSError, EOFError, zlib.error
        While reading: the file is damaged or cut off. Whatever came before that is whole.
    """
    with path.open("rb") as raw, unpacked(raw) as stream:
        yield stream


@contextmanager
def unpacked(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """Unpack a stream that stands at its beginning; one that is not packed comes back as it is."""
    head, stream = ahead(raw)
    if head.startswith(_GZIP):
        import gzip

        with gzip.GzipFile(fileobj=stream) as plain:
            yield cast("IO[bytes]", io.BufferedReader(plain, _BLOCK))
    elif head.startswith(_ZSTD):
        import pyarrow

        with pyarrow.input_stream(stream, compression="zstd", buffer_size=_BLOCK) as plain:
            yield cast("IO[bytes]", io.BufferedReader(plain, _BLOCK))
    else:
        yield stream


@contextmanager
def packing(path: Path, suffix: str) -> Iterator[IO[bytes]]:
    """Open a file for writing, packed as a suffix says; the same content gives the same bytes.

    Parameters
    ----------
    path : pathlib.Path
    suffix : str
        One of `SUFFIXES`; any other packs nothing.
    """
    with path.open("wb") as raw:
        if suffix.lower() == ".gz":
            import gzip

            with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as stream:  # neither name nor time
                yield cast("IO[bytes]", stream)
        elif suffix.lower() == ".zst":
            import pyarrow

            with pyarrow.CompressedOutputStream(raw, "zstd") as stream:
                yield stream
        else:
            yield raw


def ahead(raw: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """Return how a stream begins, and the stream from its beginning."""
    head = raw.read(HEAD)
    if raw.seekable():
        raw.seek(-len(head), io.SEEK_CUR)
        return head, raw
    return head, cast("IO[bytes]", io.BufferedReader(_Again(head, raw), _BLOCK))


class _Again(io.RawIOBase):
    """A pipe whose first bytes were read already and come once more."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        if self._head:
            block, self._head = self._head[:size], self._head[size:]
        else:
            block = self._rest.read(size)
        buffer[: len(block)] = block
        return len(block)
