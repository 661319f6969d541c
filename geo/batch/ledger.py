"""An output of many records that survives being cut off.

While a run goes on, its records stand in ``OUTPUT.part``, whole lines in the order of the input; at its end the part
takes the place of the output (packed, where its name ends in .gz or .zst). A run that resumes first moves the
records of a part to ``OUTPUT.kept`` and then writes a new part: what it finds in the kept records or in the output,
by id, date and text, it copies. So the bytes at the end are those of a run that was never cut off, however often it
was.

Beside the output stands its manifest, and while a run goes on the manifest of the run: records of a run with other
versions, data or options are never copied.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from geo.atomic import replacing
from geo.batch.manifest import SUFFIX
from geo.batch.worker import HASH, Counts, Outcome, counts, text_hash
from geo.documents.packed import SUFFIXES, opened, packing
from geo.documents.tally import scratch_database
from geo.errors import InputError, OptionError, OutputError

if TYPE_CHECKING:
    import sqlite3
    from types import TracebackType

    from geo.batch.manifest import Manifest
    from geo.documents import Failure
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
    manifest : Manifest, optional
        What this run is; without it none is written, and none compared.

    Attributes
    ----------
    part : pathlib.Path
    written : int
        Records in the part so far.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, resume: bool = False, manifest: Manifest | None = None
    ) -> None:
        self._path = Path(os.path.realpath(path))
        self.part = self._beside(".part")
        self._kept = self._beside(".kept")
        self._resume = resume
        self._manifest = manifest
        self._told = self._beside(SUFFIX)
        self._running = self._beside(f"{SUFFIX}.part")
        self._index: sqlite3.Connection | None = None
        self._sources: list[IO[bytes]] = []
        self.written = 0
        self._stream: IO[bytes] | None = None

    def _beside(self, suffix: str) -> Path:
        return self._path.with_name(self._path.name + suffix)

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
        OptionError
            What there is to go on with was made by another kind of run.
        """
        if self._path.is_dir():
            raise OutputError(f"{self._path}: is a folder; name a file to write")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.part.open("a+b")
            locked(self._stream, self._path)
            if self._resume:
                self._take_up(self._stream)
            else:
                self._kept.unlink(missing_ok=True)
            self._stream.truncate(0)
            if self._manifest is not None:
                self._manifest.write(self._running, done=False)
        except OSError as error:
            self._close()
            if isinstance(error, OutputError):
                raise
            raise self._unwritable(error) from error
        except OptionError:
            self._close()
            if not self.part.stat().st_size:
                self.part.unlink()
            raise
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
                if not self._kept.exists():
                    self._running.unlink(missing_ok=True)

    def find(self, document: Document) -> Outcome | None:
        """Give the record that an earlier run made of this document, if its text is still the same."""
        if self._index is None:
            return None
        key = document_key(document)
        row = self._index.execute("SELECT * FROM kept WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        _, number, offset, *sums = row
        source = self._sources[number]
        source.seek(offset)
        return Outcome(document.id, source.readline().rstrip(b"\n"), kept=True, counts=Counts(*sums))

    def failed(self, failure: Failure) -> None:
        """Note an input that gave no record."""
        if self._manifest is not None:
            self._manifest.failed(failure)

    def add(self, outcome: Outcome) -> None:
        """Write the record of an outcome, and count it.

        Raises
        ------
        OutputError
            As `write`.
        """
        self.write(outcome.line)
        if self._manifest is not None:
            self._manifest.add(outcome)

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

    def _take_up(self, part: IO[bytes]) -> None:
        """Find what may be copied; first look whether it was made as this run would make it."""
        interrupted = self._kept.exists() or part.seek(0, os.SEEK_END) > 0
        if interrupted and self._manifest is not None and (why := self._manifest.differs(self._running)):
            raise self._other(self.part, why)
        finished = self._path.is_file() and self._fitting(interrupted=interrupted)
        self._salvage(part)
        if finished and self._path.suffix.lower() in SUFFIXES:
            self._unpack()
            finished = False
        self._index = _index()
        for source in (self._path, self._kept) if finished else (self._kept,):
            self._read(source)

    def _fitting(self, *, interrupted: bool) -> bool:
        """Whether the finished output may be copied from; refuses where nothing at all fits."""
        if self._manifest is None:
            return True
        if interrupted:
            return self._manifest.differs(self._told) is None
        # a kill between the end of a run and its last manifest leaves that of the run
        source = self._running if self._running.exists() and not self._told.exists() else self._told
        if why := self._manifest.differs(source):
            raise self._other(self._path, why)
        return True

    def _other(self, path: Path, why: str) -> OptionError:
        return OptionError(f"{path}: cannot go on with it: {why}; leave out --resume to begin anew")

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
            found = read_record(line) if line.endswith(b"\n") else None
            if found is not None:
                row = (found[0], len(self._sources) - 1, offset, *found[1])
                self._index.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            offset += len(line)

    def _unpack(self) -> None:
        """Put the records of a packed output with the kept ones, where they can be found by their place."""
        with opened(self._path) as source, self._kept.open("ab") as target:
            target.writelines(line for line in source if line.endswith(b"\n"))

    def _settle(self) -> None:
        if self._stream is None:
            return
        os.fsync(self._stream.fileno())
        if self._path.exists():
            self.part.chmod(stat.S_IMODE(self._path.stat().st_mode))
        self._told.unlink(missing_ok=True)
        if self._path.suffix.lower() in SUFFIXES:
            self._pack()
            self._close()
            self.part.unlink()
        else:
            self._close()
            self.part.replace(self._path)
        self._kept.unlink(missing_ok=True)
        if self._manifest is not None:
            self._manifest.write(self._told, done=True)
            self._running.unlink(missing_ok=True)

    def _pack(self) -> None:
        suffix = self._path.suffix
        with replacing(self._path) as new, self.part.open("rb") as source, packing(new, suffix) as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def _close(self) -> None:
        for stream in (*self._sources, *([self._stream] if self._stream else [])):
            stream.close()
        if self._index is not None:
            self._index.close()
        self._sources, self._stream, self._index = [], None, None

    def _unwritable(self, error: OSError) -> OutputError:
        reason = error.strerror or str(error)
        return OutputError(f"{self._path}: cannot be written ({reason}); choose another place with -o")


def locked(part: IO[bytes], path: Path) -> None:
    """Refuse to write where another run is writing.

    Raises
    ------
    OutputError
    """
    try:
        import fcntl
    except ImportError:  # not on Windows
        return
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(f"{path}: another run is writing it; wait for its end") from error


def _index() -> sqlite3.Connection:
    """Make the table of kept records: on disk, so that memory does not grow with them."""
    index = scratch_database()
    columns = ", ".join(("key BLOB PRIMARY KEY", "source", "offset", *Counts._fields))
    index.execute(f"CREATE TABLE kept ({columns}) WITHOUT ROWID")
    return index


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
    return _key(document.id, _day(document.date), text_hash(document.text))


def _key(name: str, day: str, digest: str) -> Key:
    return hashlib.blake2b(json.dumps([name, day, digest]).encode(), digest_size=16).digest()


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
