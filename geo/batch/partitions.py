"""A folder of many records that survives being cut off: JSON Lines, and events and places as GeoParquet.

``FOLDER/records/00000.jsonl.zst``, ``FOLDER/events/00000.parquet`` and ``FOLDER/places/00000.parquet`` hold the same
documents, so many to a part, in the order of the input; ``FOLDER/manifest.json`` says what the run was.

While a run goes on it fills ``FOLDER.part``, which takes the place of FOLDER at its end. There the records of the part
that is not full yet stand as plain lines. A run that resumes moves the records it finds aside (``kept``) and copies
from them what it meets again, by id, date and text: the bytes at the end are those of a run that was never cut off.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Final

from geo.atomic import clear_halves, replacing
from geo.batch.book import Book, Index
from geo.batch.worker import Outcome
from geo.documents.inputs import MANIFEST, OTHERS, RECORDS
from geo.documents.packed import opened, packing
from geo.errors import OutputError

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from geo.batch.manifest import Manifest
    from geo.documents import Failure
    from geo.types import Document

MOST_DOCUMENTS: Final = 5000
MOST_BYTES: Final = 50_000_000
"""A part is full with so many documents or so many bytes of records: few files, little memory to make them."""


class Partitions(Book):
    """The output of a run that is a folder.

    Parameters
    ----------
    path, resume
        As in `Book`.
    manifest : Manifest
        What this run is.
    most : int
        Documents in a part.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        manifest: Manifest,
        *,
        resume: bool = False,
        most: int = MOST_DOCUMENTS,
    ) -> None:
        super().__init__(path, resume=resume)
        self._old = self._beside(".old")
        self._manifest = manifest
        self._most = most
        self._kept: _Kept | None = None
        self._number = self._count = self._size = 0

    @property
    def left_over(self) -> bool:
        """Whether an interrupted run left records here."""
        return any(self._sources(self.part))

    def _begin(self) -> None:
        self._check()
        if self._old.exists() and not self.path.exists():  # killed between the two last steps of a run
            self._old.rename(self.path)
        self.part.mkdir(parents=True, exist_ok=True)
        stream = self._lock(self.part / "current.jsonl")
        clear_halves(self.part)
        if self._resume:
            self._take_up()
        else:
            self._clear()
        stream.truncate(0)
        self._manifest.write(self.part / MANIFEST, done=False)

    def _tidy(self) -> None:
        if not self.left_over:
            shutil.rmtree(self.part, ignore_errors=True)

    def find(self, document: Document) -> Outcome | None:
        """Give the record that an earlier run made of this document, if its text is still the same."""
        return self._kept.find(document) if self._kept is not None else None

    def failed(self, failure: Failure) -> None:
        """Note an input that gave no record."""
        self._manifest.failed(failure)

    def add(self, outcome: Outcome) -> None:
        """Write a record; it is handed to the system at once, so that a kill costs at most this line.

        Raises
        ------
        OutputError
            The disk is full or the like.
        """
        try:
            stream = self._append(outcome.line)
            self._count += 1
            self._size += len(outcome.line)
            self._manifest.add(outcome)
            if self._count >= self._most or self._size >= MOST_BYTES:
                self._fill(stream)
        except OSError as error:
            raise self._unwritable(error) from error

    def _check(self) -> None:
        """Never take the place of a folder that no run made."""
        if self.path.is_dir():
            if any(self.path.iterdir()) and not (self.path / MANIFEST).is_file():
                raise OutputError(f"{self.path}: is a folder of other things; name a new one")
        elif self.path.exists():
            raise OutputError(f"{self.path}: is a file; name a folder for GeoParquet")

    def _clear(self) -> None:
        for name in (RECORDS, *OTHERS, "kept"):
            shutil.rmtree(self.part / name, ignore_errors=True)

    def _take_up(self) -> None:
        """Move the records of interrupted runs aside and index them, after a look whether they fit."""
        interrupted = self.left_over
        if interrupted and (why := self._manifest.differs(self.part / MANIFEST)):
            raise self._other(self.part, why)
        finished = list(self._sources(self.path))
        if finished and (why := self._manifest.differs(self.path / MANIFEST)):
            if not interrupted:
                raise self._other(self.path, why)
            finished = []
        kept = self.part / "kept"
        kept.mkdir(exist_ok=True)
        number = len(list(kept.iterdir()))
        for source in sorted((self.part / RECORDS).glob("*.jsonl.zst")):
            source.rename(kept / f"{number:05d}.jsonl.zst")
            number += 1
        current = self.part / "current.jsonl"
        if current.stat().st_size:
            shutil.copyfile(current, kept / f"{number:05d}.jsonl")
        self._kept = _Kept([*finished, *sorted(kept.iterdir())])

    def _sources(self, folder: Path) -> list[Path]:
        found = [*(folder / RECORDS).glob("*.jsonl.zst"), *(folder / "kept").glob("*")]
        current = folder / "current.jsonl"
        return sorted(found) + ([current] if current.is_file() and current.stat().st_size else [])

    def _fill(self, stream: IO[bytes]) -> None:
        """Make the files of a part of the lines that have gathered."""
        stream.seek(0)
        name = f"{self._number:05d}"
        with replacing(self.part / RECORDS / f"{name}.jsonl.zst") as new, packing(new, ".zst") as target:
            shutil.copyfileobj(stream, target, 1 << 20)
        stream.seek(0)
        self._tables(stream, name)
        stream.truncate(0)
        self._number += 1
        self._count = self._size = 0

    def _tables(self, lines: IO[bytes], name: str) -> None:
        from geo.codec import decode
        from geo.dates import to_edtf
        from geo.export.partition import tables, write_parquet

        made = tables([decode(json.loads(line)) for line in lines], to_edtf)
        for kind, table in made.items():
            write_parquet(table, self.part / kind / f"{name}.parquet")

    def _settle(self) -> None:
        if self._stream is None:
            return
        if self._count:
            self._fill(self._stream)
        self._close()
        for kind in (RECORDS, *OTHERS):  # of an earlier run with more documents
            for path in (self.part / kind).glob("*"):
                if int(path.name.partition(".")[0]) >= self._number:
                    path.unlink()
        shutil.rmtree(self.part / "kept", ignore_errors=True)
        (self.part / "current.jsonl").unlink()
        self._manifest.write(self.part / MANIFEST, done=True)
        if self.path.exists():
            shutil.rmtree(self._old, ignore_errors=True)
            self.path.rename(self._old)
        self.part.rename(self.path)
        shutil.rmtree(self._old, ignore_errors=True)

    def _close(self) -> None:
        super()._close()
        if self._kept is not None:
            self._kept.close()
        self._kept = None


class _Kept:
    """Records of earlier runs in packed files, found by their document; quickest in the order they stand in."""

    def __init__(self, sources: list[Path]) -> None:
        self._sources = sources
        self._stack = ExitStack()
        self._open: tuple[int, IO[bytes]] | None = None
        self._at = 0
        self._index = Index()
        for number, source in enumerate(sources):
            with opened(source) as lines:
                for at, line in enumerate(lines):
                    self._index.note(line, number, at)

    def find(self, document: Document) -> Outcome | None:
        row = self._index.look(document)
        if row is None:
            return None
        number, at, sums = row
        return Outcome(document.id, self._line(number, at), kept=True, counts=sums)

    def _line(self, number: int, at: int) -> bytes:
        if self._open is None or self._open[0] != number or self._at > at:
            self._stack.close()
            self._open, self._at = (number, self._stack.enter_context(opened(self._sources[number]))), 0
        stream = self._open[1]
        while self._at < at:
            stream.readline()
            self._at += 1
        self._at += 1
        return stream.readline().rstrip(b"\n")

    def close(self) -> None:
        self._stack.close()
        self._index.close()
