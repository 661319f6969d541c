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

import os
import shutil
import stat
from typing import IO, TYPE_CHECKING

from geo.atomic import clear_halves, replacing
from geo.batch.book import Book, Index
from geo.batch.manifest import SUFFIX
from geo.batch.worker import Outcome
from geo.documents.packed import SUFFIXES, opened, packing
from geo.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from geo.batch.manifest import Manifest
    from geo.documents import Failure
    from geo.types import Document


class Ledger(Book):
    """The output of a run that is one file.

    Parameters
    ----------
    path, resume
        As in `Book`.
    manifest : Manifest, optional
        What this run is; without it none is written, and none compared.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, resume: bool = False, manifest: Manifest | None = None
    ) -> None:
        super().__init__(path, resume=resume)
        self._kept = self._beside(".kept")
        self._manifest = manifest
        self._told = self._beside(SUFFIX)
        self._running = self._beside(f"{SUFFIX}.part")
        self._index: Index | None = None
        self._sources: list[IO[bytes]] = []

    @property
    def left_over(self) -> bool:
        """Whether an interrupted run left records here."""
        return self._kept.exists() or (self.part.is_file() and self.part.stat().st_size > 0)

    def _begin(self) -> None:
        if self.path.is_dir():
            raise OutputError(f"{self.path}: is a folder; name a file to write")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        stream = self._lock(self.part)
        for path in (self.path, self._told, self._running):
            clear_halves(path)
        if self._resume:
            self._take_up(stream)
        else:
            self._kept.unlink(missing_ok=True)
        stream.truncate(0)
        if self._manifest is not None:
            self._manifest.write(self._running, done=False)

    def _tidy(self) -> None:
        if self.left_over:
            return
        self.part.unlink(missing_ok=True)
        self._running.unlink(missing_ok=True)

    def find(self, document: Document) -> Outcome | None:
        """Give the record that an earlier run made of this document, if its text is still the same."""
        row = None if self._index is None else self._index.look(document)
        if row is None:
            return None
        number, offset, sums = row
        source = self._sources[number]
        source.seek(offset)
        return Outcome(document.id, source.readline().rstrip(b"\n"), kept=True, counts=sums)

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
        try:
            self._append(line)
        except OSError as error:
            raise self._unwritable(error) from error

    def _take_up(self, part: IO[bytes]) -> None:
        """Find what may be copied; first look whether it was made as this run would make it."""
        interrupted = self._kept.exists() or part.seek(0, os.SEEK_END) > 0
        if interrupted and self._manifest is not None and (why := self._manifest.differs(self._running)):
            raise self._other(self.part, why)
        finished = self.path.is_file() and self._fitting(interrupted=interrupted)
        self._salvage(part)
        if finished and self.path.suffix.lower() in SUFFIXES:
            self._unpack()
            finished = False
        self._index = Index()
        for source in (self.path, self._kept) if finished else (self._kept,):
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
            raise self._other(self.path, why)
        return True

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
            self._index.note(line, len(self._sources) - 1, offset)
            offset += len(line)

    def _unpack(self) -> None:
        """Put the records of a packed output with the kept ones, where they can be found by their place."""
        with opened(self.path) as source, self._kept.open("ab") as target:
            target.writelines(line for line in source if line.endswith(b"\n"))

    def _settle(self) -> None:
        if self._stream is None:
            return
        os.fsync(self._stream.fileno())
        if self.path.exists():
            self.part.chmod(stat.S_IMODE(self.path.stat().st_mode))
        self._told.unlink(missing_ok=True)
        if self.path.suffix.lower() in SUFFIXES:
            self._pack()
            self._close()
            self.part.unlink()
        else:
            self._close()
            self.part.replace(self.path)
        self._kept.unlink(missing_ok=True)
        if self._manifest is not None:
            self._manifest.write(self._told, done=True)
            self._running.unlink(missing_ok=True)

    def _pack(self) -> None:
        suffix = self.path.suffix
        with replacing(self.path) as new, self.part.open("rb") as source, packing(new, suffix) as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def _close(self) -> None:
        super()._close()
        for source in self._sources:
            source.close()
        if self._index is not None:
            self._index.close()
        self._sources, self._index = [], None
