"""An output of many records that survives being cut off.

While a run goes on, its records stand in ``OUTPUT.part``, whole lines in the order of the input; at its end the part
takes the place of the output. A run that resumes first moves the records of a part to ``OUTPUT.kept`` and then writes
a new part: what it finds in the kept records or in the output, by id, date and text, it copies. So the bytes at the
end are those of a run that was never cut off, however often it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from geo.batch.worker import HASH, Outcome, text_hash
from geo.documents.tally import scratch_database
from geo.errors import InputError, OutputError

if TYPE_CHECKING:
    import sqlite3
    from types import TracebackType

    from geo.types import Document

Key = bytes


class Ledger:
    """The output of a run, a context manager: left by an exception it keeps the part.

    Parameters
    ----------
    path : path-like
        The output; a link is followed, missing folders are made.
    resume : bool
        Use what earlier runs have written.

    Attributes
    ----------
    part : pathlib.Path
    written : int
        Records in the part so far.
    """

    def __init__(self, path: str | os.PathLike[str], *, resume: bool = False) -> None:
        self._path = Path(os.path.realpath(path))
        self.part = self._path.with_name(f"{self._path.name}.part")
        self._kept = self._path.with_name(f"{self._path.name}.kept")
        self._resume = resume
        self._index: sqlite3.Connection | None = None
        self._sources: list[IO[bytes]] = []
        self.written = 0
        self._stream: IO[bytes] | None = None

    @property
    def left_over(self) -> bool:
        """Whether an interrupted run left records here."""
        return self.part.exists() or self._kept.exists()

    def __enter__(self) -> Self:
        """Open the part, and what may be copied.

        Raises
        ------
        OutputError
            The output is a folder, cannot be written, or another run is writing it.
        """
        if self._path.is_dir():
            raise OutputError(f"{self._path}: is a folder; name a file to write")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.part.open("a+b")
            self._lock(self._stream)
            if self._resume:
                self._salvage(self._stream)
                self._index = _index()
                for source in (self._path, self._kept):
                    self._read(source)
            else:
                self._kept.unlink(missing_ok=True)
            self._stream.truncate(0)
        except OSError as error:
            self._close()
            raise self._unwritable(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the part in place of the output; after an exception keep it where it holds something."""
        try:
            if kind is None:
                self._settle()
        except OSError as fault:
            raise self._unwritable(fault) from fault
        finally:
            self._close()
            if kind is not None and not self.written:
                self.part.unlink(missing_ok=True)

    def find(self, document: Document) -> Outcome | None:
        """Give the record that an earlier run made of this document, if its text is still the same."""
        if self._index is None:
            return None
        key = _key(document.id, _day(document.date), text_hash(document.text))
        place = self._index.execute("SELECT source, offset FROM kept WHERE key = ?", (key,)).fetchone()
        if place is None:
            return None
        source = self._sources[place[0]]
        source.seek(place[1])
        return Outcome(document.id, source.readline().rstrip(b"\n"), kept=True)

    def write(self, line: bytes) -> None:
        """Add a record; it is handed to the system at once, so that a kill costs at most this line.

        Raises
        ------
        OutputError
            The disk is full or the like.
        """
        if self._stream is None:
            raise ValueError("the ledger is not open")
        try:
            self._stream.write(line + b"\n")
            self._stream.flush()
        except OSError as error:
            raise self._unwritable(error) from error
        self.written += 1

    def _lock(self, part: IO[bytes]) -> None:
        """Refuse to write where another run is writing."""
        try:
            import fcntl
        except ImportError:  # not on Windows
            return
        try:
            fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._close()
            raise OutputError(f"{self._path}: another run is writing it; wait for its end") from error

    def _salvage(self, part: IO[bytes]) -> None:
        """Copy the whole lines of a part to the kept records; a line that a kill cut short is left out."""
        part.seek(0)
        whole = (line for line in part if line.endswith(b"\n"))
        first = next(whole, None)
        if first is None:
            return
        with self._kept.open("ab") as target:
            target.write(first)
            target.writelines(whole)
            target.flush()
            os.fsync(target.fileno())

    def _read(self, path: Path) -> None:
        """Note where the records of a file stand; lines that are no record are left out."""
        if self._index is None or not path.is_file():
            return
        source = path.open("rb")
        self._sources.append(source)
        offset = 0
        for line in source:
            key = _record_key(line) if line.endswith(b"\n") else None
            if key is not None:
                row = (key, len(self._sources) - 1, offset)
                self._index.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)
            offset += len(line)

    def _settle(self) -> None:
        if self._stream is None:
            return
        os.fsync(self._stream.fileno())
        if self._path.exists():
            self.part.chmod(stat.S_IMODE(self._path.stat().st_mode))
        self._close()
        self.part.replace(self._path)
        self._kept.unlink(missing_ok=True)

    def _close(self) -> None:
        for stream in (*self._sources, *([self._stream] if self._stream else [])):
            stream.close()
        if self._index is not None:
            self._index.close()
        self._sources, self._stream, self._index = [], None, None

    def _unwritable(self, error: OSError) -> OutputError:
        reason = error.strerror or str(error)
        return OutputError(f"{self._path}: cannot be written ({reason}); choose another place with -o")


def _index() -> sqlite3.Connection:
    """Make the table of kept records: on disk, so that memory does not grow with them."""
    index = scratch_database()
    index.execute("CREATE TABLE kept (key BLOB PRIMARY KEY, source INTEGER, offset INTEGER) WITHOUT ROWID")
    return index


def _record_key(line: bytes) -> Key | None:
    try:
        record: Any = json.loads(line)
        digest = text_hash(record["text"]) if record.get("text") else record[HASH]
        return _key(str(record["id"]), record["date"] or "", str(digest))
    except (ValueError, KeyError, TypeError, AttributeError, InputError):
        return None


def _key(name: str, day: str, digest: str) -> Key:
    return hashlib.blake2b(json.dumps([name, day, digest]).encode(), digest_size=16).digest()


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
