"""What the two outputs of a long run share: they are opened, locked, left and complained about in one way.

Beside that, how a document is known again: by its id, date and text.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from geo.batch.worker import HASH, Counts, counts, text_hash
from geo.documents.tally import scratch_database
from geo.errors import InputError, OptionError, OutputError

if TYPE_CHECKING:
    from types import TracebackType

    from geo.batch.worker import Outcome
    from geo.types import Document

Key = bytes
Row = tuple[int, int, Counts]
"""Number of a source, where a record is in it, and what that holds."""


class Book(ABC):
    """The output of a run, a context manager: left by an exception it keeps what was done, and nothing else.

    Parameters
    ----------
    path : path-like
        The output; a link is followed, missing folders are made.
    resume : bool
        Use what earlier runs have written.

    Attributes
    ----------
    path : pathlib.Path
        The output itself.
    part : pathlib.Path
        What is written while the run goes on.
    written : int
        Records so far.
    """

    def __init__(self, path: str | os.PathLike[str], *, resume: bool) -> None:
        self.path = Path(os.path.realpath(path))
        if not self.path.name:
            raise OutputError(f"{path}: is no place for an output of its own; choose another place with -o")
        self.part = self._beside(".part")
        self._resume = resume
        self._stream: IO[bytes] | None = None
        self._mine = False
        self.written = 0

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)

    @property
    @abstractmethod
    def left_over(self) -> bool:
        """Whether an interrupted run left records here."""

    @abstractmethod
    def find(self, document: Document) -> Outcome | None:
        """Give the record that an earlier run made of this document, if its text is still the same."""

    @abstractmethod
    def add(self, outcome: Outcome) -> None:
        """Write a record; it is handed to the system at once, so that a kill costs at most this line.

        Raises
        ------
        OutputError
            The disk is full or the like.
        """

    @abstractmethod
    def _begin(self) -> None:
        """Open what is written, and what may be copied."""

    @abstractmethod
    def _settle(self) -> None:
        """Put what was written in the place of the output."""

    @abstractmethod
    def _tidy(self) -> None:
        """Leave no trace of a run that has written nothing."""

    def __enter__(self) -> Self:
        """Open what is written, and what may be copied.

        Raises
        ------
        OutputError
            It cannot be written, it is no such output, or another run is writing it.
        OptionError
            What there is to go on with was made by another kind of run.
        """
        try:
            self._begin()
        except OSError as error:
            self._leave()
            raise self._unwritable(error) from error
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put what was written in the place of the output; after an exception keep it where it holds something."""
        try:
            if kind is None:
                self._settle()
        except OSError as fault:
            raise self._unwritable(fault) from fault
        finally:
            self._leave()

    def _leave(self) -> None:
        self._close()
        if self._mine and not self.written:
            self._tidy()

    def _close(self) -> None:
        if self._stream is not None:
            with suppress(OSError):  # it tries again to write what could not be written, which was told then
                self._stream.close()
        self._stream = None

    def _lock(self, path: Path) -> IO[bytes]:
        """Open a file that takes lines; refuse where another run is writing it."""
        self._stream = path.open("a+b")
        try:
            import fcntl
        except ImportError:  # not on Windows
            self._mine = True
            return self._stream
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"{self.path}: another run is writing it; wait for its end") from error
        self._mine = True
        return self._stream

    def _append(self, line: bytes) -> IO[bytes]:
        """Hand a line to the system at once."""
        if self._stream is None:
            raise ValueError("the output is not open")
        self._stream.write(line + b"\n")
        self._stream.flush()
        self.written += 1
        return self._stream

    def _other(self, path: Path, why: str) -> OptionError:
        return OptionError(f"{path}: cannot go on with it: {why}; leave out --resume to begin anew")

    def _unwritable(self, error: OSError) -> OutputError:
        if isinstance(error, OutputError):
            return error
        reason = error.strerror or str(error)
        return OutputError(f"{self.path}: cannot be written ({reason}); choose another place with -o")


class Index:
    """Where the records of earlier runs stand, by their documents: on disk, so that memory does not grow with them."""

    def __init__(self) -> None:
        self._base = scratch_database()
        columns = ", ".join(("key BLOB PRIMARY KEY", "source", "place", *Counts._fields))
        self._base.execute(f"CREATE TABLE kept ({columns}) WITHOUT ROWID")

    def note(self, line: bytes, source: int, place: int) -> None:
        """Note a record; a line that is none, or was cut short, is left out.

        Raises
        ------
        OSError
            The folder for temporary files is full.
        """
        found = read_record(line) if line.endswith(b"\n") else None
        if found is None:
            return
        row = (found[0], source, place, *found[1])
        try:
            self._base.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.OperationalError as error:
            raise OSError(f"the folder for temporary files cannot be written: {error}") from error

    def look(self, document: Document) -> Row | None:
        """Where the record of a document stands, and what it holds."""
        key = document_key(document)
        row = self._base.execute("SELECT * FROM kept WHERE key = ?", (key,)).fetchone()
        return None if row is None else (row[1], row[2], Counts(*row[3:]))

    def close(self) -> None:
        """Forget all."""
        self._base.close()


def read_record(line: bytes) -> tuple[Key, Counts] | None:
    """Return by what the document of a record is known, and what it holds; None where the line is no record."""
    try:
        record: Any = json.loads(line)
        digest = text_hash(record["text"]) if record.get("text") else record[HASH]
        return _key(str(record["id"]), record["date"] or "", str(digest)), counts(record)
    except (ValueError, KeyError, TypeError, AttributeError, InputError):
        return None


def document_key(document: Document) -> Key:
    """By what a document is known: its id, date and text."""
    return _key(document.id, document.date.isoformat() if document.date else "", text_hash(document.text))


def _key(name: str, day: str, digest: str) -> Key:
    return hashlib.blake2b(json.dumps([name, day, digest]).encode(), digest_size=16).digest()
