"""Opening input files: text or zip, line by line, with the numbers of lines and of bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final, cast

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_LINE: Final = 4 << 20
"""Bytes; a longer line is no line of a table."""

_ASIDE: Final = ("readme", "iso-languagecodes", "__macosx", ".")


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open a file, or the table in a zip file; gives the stream and its size in bytes.

    Raises
    ------
    SourceError
        It cannot be opened, is empty, or is a zip file that is damaged or holds no table.
    """
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                member = _table(archive, path)
                with archive.open(member) as stream:
                    yield io.BufferedReader(cast("io.RawIOBase", stream), 1 << 20), member.file_size
        else:
            size = path.stat().st_size
            if not size:
                raise SourceError(f"{path}: is empty")
            with path.open("rb", buffering=1 << 20) as stream:
                yield stream, size
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{path}: damaged or cut short ({error}); download it again") from error


def _table(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    found = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and not member.filename.rpartition("/")[2].lower().startswith(_ASIDE)
        and not member.filename.lower().startswith(_ASIDE)
    ]
    if not found or not max(member.file_size for member in found):
        raise SourceError(f"{path}: holds no file with data")
    return max(found, key=lambda member: member.file_size)


def lines(stream: IO[bytes], skip: int = 0) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, from 1; b"" stands for one that is longer than `LONGEST_LINE`.

    Parameters
    ----------
    stream : binary stream
    skip : int
        Lines that were read in an earlier run.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            line = b""
        if number > skip:
            yield number, line


def text(line: bytes) -> str:
    """Decode a line.

    Raises
    ------
    ValueError
        It is too long, no UTF-8, or holds a NUL.
    """
    if not line:
        raise ValueError(f"longer than {LONGEST_LINE >> 20} MB")
    if b"\0" in line:
        raise ValueError("holds a NUL byte; a table of text has none (UTF-16 is not read: save it as UTF-8)")
    try:
        return line.decode("utf-8").rstrip("\r\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        bad = line[error.start]
        raise ValueError(
            f"byte 0x{bad:02X} at position {error.start + 1} is no UTF-8; save the file as UTF-8"
        ) from None
