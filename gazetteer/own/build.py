"""Own data -> one artefact, in bounded memory; what was read is kept beside the output until it is whole.

Steps: every input is read once into a database (`gazetteer.own.staging`); its rows are joined and written as columns,
one place at a time (`assemble`); the names are sorted and put into tries, shard by shard (`index`); the sections are
copied into one file, which takes the place of the output at the end.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gazetteer import arcs, artefact
from gazetteer.errors import SourceError
from gazetteer.layers import OWN
from gazetteer.own import assemble, index
from gazetteer.own.ids import Ids
from gazetteer.own.inputs import ORDER, Input, Reader, identify
from gazetteer.own.progress import Progress
from gazetteer.own.sections import Sections
from gazetteer.own.staging import MOST_REJECTS, Staging
from gazetteer.own.units import Units
from gazetteer.sources.rows import SourceInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gazetteer.own.mapping import Settings
    from gazetteer.store import Gazetteer

VERSION: Final = 1
"""Of the database: one that another version has left is removed."""

_BATCH: Final = 5_000
GEONAMES: Final = "Places: GeoNames, CC BY 4.0."


@dataclass(slots=True)
class Built:
    """What a build made.

    Attributes
    ----------
    path : pathlib.Path
    manifest : dict
        As `Gazetteer.info` returns it.
    reasons : list of (str, int)
        Why rows were not used, or only in part ("kept: ..."), and how many.
    rejects : pathlib.Path or None
        The file that lists them.
    """

    path: Path
    manifest: dict[str, Any]
    reasons: list[tuple[str, int]] = field(default_factory=list)
    rejects: Path | None = None

    @property
    def rejected(self) -> int:
        """Rows that are not in it."""
        return sum(count for reason, count in self.reasons if not reason.startswith("kept: "))


def work_folder(out: Path) -> Path:
    """Where a build keeps what it has read."""
    return out.with_name(out.name + ".work")


def build(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    settings: Settings,
    gaz: Gazetteer,
    attribution: str = "",
    say: Callable[[str], None] = lambda _: None,
    progress: Progress | None = None,
) -> Built:
    """Build an artefact to be layered over another gazetteer.

    Parameters
    ----------
    inputs : sequence of path
        Files of the GeoNames dump, CSV, GeoJSON, GeoPackage, Linked Places; in any order.
    out : path
        Replaced at the end, as a whole. The folder ``OUT.work`` beside it holds what was read; a build that was
        interrupted goes on from there when it is started again with the same inputs, else the folder is removed.
    settings : Settings
        Columns and constants, for all that is no dump.
    gaz : Gazetteer
        Knows the codes and names of countries and units.
    attribution : str, optional
        Line to print under a map.
    say : callable
        Told of each step.
    progress : Progress, optional
        Told how far each step is.

    Raises
    ------
    SourceError
        An input cannot be read, or not one row of them can be used; nothing is replaced then.
    """
    target = Path(os.path.realpath(out))
    if target.is_dir():
        raise SourceError(f"{out}: is a folder; name a file to write, such as {Path(out) / 'my.gaz'}")
    found = sorted(
        (identify(Path(one)) for one in dict.fromkeys(map(str, inputs))),
        key=lambda one: ORDER.index(one.kind),
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    work = work_folder(target)
    stamp = _stamp(found, settings)
    try:
        return _Build(found, target, work, Units(gaz), settings, progress or Progress(), say).run(
            stamp, attribution
        )
    except sqlite3.OperationalError as error:
        if "interrupt" in str(error):
            raise KeyboardInterrupt from error
        raise SourceError(f"{work}: {error}; is there room on the disk?") from error


def _stamp(found: Sequence[Input], settings: Settings) -> str:
    files = []
    for one in found:
        stat = one.path.stat()
        files.append([str(one.path.resolve()), stat.st_size, stat.st_mtime_ns])
    return json.dumps([VERSION, files, dict(settings.fields), dict(settings.constants)], sort_keys=True)


class _Build:
    """One run."""

    def __init__(
        self,
        found: Sequence[Input],
        target: Path,
        work: Path,
        units: Units,
        settings: Settings,
        progress: Progress,
        say: Callable[[str], None],
    ) -> None:
        self._inputs = found
        self._target = target
        self._work = work
        self._reader = Reader(units, settings)
        self._progress = progress
        self._say = say

    def run(self, stamp: str, attribution: str) -> Built:
        """All steps; the work folder is removed at the end, and kept where the build was interrupted."""
        self._prepare(stamp)
        with _sorting_in(self._work):
            return self._steps(stamp, attribution)

    def _steps(self, stamp: str, attribution: str) -> Built:
        staging = Staging(self._work / "staging.sqlite")
        try:
            staging.db.set_progress_handler(lambda: None, 1_000_000)  # lets Ctrl-C through
            staging.meta("stamp", stamp)
            self._read(staging)
            if staging.meta("settled") is None:
                staging.settle()
            if not staging.count("place"):
                raise SourceError(_nothing(staging))
            manifest = self._pack(staging, attribution)
            built = Built(self._target, manifest, staging.tally(), _rejects(staging, self._target))
        except SourceError:  # the inputs must change first, so there is nothing to go on with
            staging.close()
            shutil.rmtree(self._work)
            raise
        finally:
            staging.close()
        shutil.rmtree(self._work)
        return built

    def _prepare(self, stamp: str) -> None:
        """Go on with what is there, or remove it."""
        held = self._work / "staging.sqlite"
        if self._work.exists():
            if held.is_file() and _stamped(held) == stamp:
                self._say(f"going on with what an interrupted build has read ({self._work})")
                return
            self._say(f"removing {self._work}, which a build of other inputs has left")
            shutil.rmtree(self._work)
        self._work.mkdir()

    # -- reading --------------------------------------------------------------------------------------

    def _read(self, staging: Staging) -> None:
        self._progress.step("reading")
        total = sum(one.size for one in self._inputs) or 1
        before = rows = 0
        for number, one in enumerate(self._inputs):
            reached = int(staging.meta(f"read:{number}") or 0)
            if reached >= 0 or one.is_codes:
                rows += self._input(staging, number, one, max(0, reached), (before, total, rows))
            before += one.size

    def _input(
        self, staging: Staging, number: int, one: Input, reached: int, so_far: tuple[int, int, int]
    ) -> int:
        """Read one input from the line after `reached`; returns its rows."""
        self._say(f"reading {one.path}" + (f" from line {reached + 1:,} on" if reached else ""))
        before, total, rows = so_far
        name, position = str(one.path), f"read:{number}"
        batch: list[Any] = []
        done, count, last = 0, 0, reached
        again = one.is_codes and staging.meta(position) is not None
        with self._reader.open(one, reached) as items:
            for line, size, item in items:
                if again:  # only into memory
                    continue
                done += size
                count += 1
                if len(batch) >= _BATCH and line > last:  # all that one line yields goes in together
                    staging.add(name, batch, position, last)
                    batch = []
                    self._progress.at((before + min(done, one.size)) / total, rows + count)
                last = line
                if item is not None:
                    batch.append(item)
        staging.add(name, batch, position, -1)
        staging.meta(f"rows:{number}", str(int(staging.meta(f"rows:{number}") or 0) + count))
        return count

    # -- packing --------------------------------------------------------------------------------------

    def _pack(self, staging: Staging, attribution: str) -> dict[str, Any]:
        folder = self._work / "sections"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        sections = Sections(folder)
        total = staging.count("place")
        self._say(f"joining {total:,} rows of places with {staging.count('name'):,} further names")
        self._progress.step("places")
        path = self._work / "postings.sqlite"
        path.unlink(missing_ok=True)
        postings = sqlite3.connect(path, isolation_level=None)
        try:
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=FILE", "cache_size=-32768"):
                postings.execute(f"PRAGMA {pragma}")
            postings.set_progress_handler(lambda: None, 1_000_000)
            ids = Ids(sections)
            counted = assemble.assemble(
                staging,
                sections,
                postings,
                ids.add,
                lambda done: self._progress.at(done / total, done, "places"),
            )
            ids.finish(counted.geonames)
            sections.close()
            self._say(f"indexing the names of {counted.places:,} places")
            self._progress.step("names")
            self._index(postings, sections)
        finally:
            postings.close()
        sections.close()
        self._say(f"writing {self._target}")
        self._progress.step("writing")
        manifest = self._manifest(staging, counted, attribution)
        small = {"manifest": _json(manifest), "claims": b"[]", **_outlines(staging)}
        artefact.write(self._target, {**sections.files, **small})
        return manifest

    def _index(self, postings: sqlite3.Connection, sections: Sections) -> None:
        files = sections.files
        total = int(postings.execute("SELECT coalesce(max(rowid), 0) FROM posting").fetchone()[0]) or 1
        with index.Ranks(files["place.prominence"], files["label.offsets"], files["label.text"]) as ranks:
            index.write(
                postings, sections, ranks, lambda done: self._progress.at(done / total, done, "names")
            )

    def _manifest(self, staging: Staging, counted: assemble.Counted, attribution: str) -> dict[str, Any]:
        dump = any(one.is_dump for one in self._inputs)
        sources = [
            SourceInfo(
                name=one.path.name,
                version="",
                licence="CC BY 4.0" if one.is_dump else "",
                origin=one.kind,
                sha256=_sha256(one.path),
                rows=int(staging.meta(f"rows:{number}") or 0),
            )
            for number, one in enumerate(self._inputs)
        ]
        return {
            "format": artefact.FORMAT,
            "layer": OWN,
            "attribution": " ".join(filter(None, [GEONAMES if dump else "", attribution])),
            "places": counted.places,
            "names": counted.names,
            "kinds": dict(sorted(counted.kinds.items())),
            "claims": 0,
            "sources": [asdict(source) for source in sources],
        }


@contextmanager
def _sorting_in(folder: Path) -> Iterator[None]:
    """Let SQLite sort beside the output: /tmp may be small, or memory."""
    before = os.environ.get("SQLITE_TMPDIR")
    os.environ["SQLITE_TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = before


def _outlines(staging: Staging) -> dict[str, bytes]:
    """Outlines and the list of units; these are held in memory."""
    import shapely

    shapes = {
        (f"geonames:{key}" if isinstance(key, int) else key): shapely.from_wkb(wkb)
        for key, wkb in staging.outlines()
    }
    rows = staging.units()
    units = sorted([place, country, ""] for place, country in rows if place in shapes)
    return {**arcs.encode(shapes), "units": _json(units)}


def _rejects(staging: Staging, target: Path) -> Path | None:
    """List what was not used; a list that an earlier build has left goes."""
    path = target.with_name(target.name + ".rejects.txt")
    listed = staging.rejects()
    first = next(listed, None)
    if first is None:
        path.unlink(missing_ok=True)
        return None
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        for file, line, reason, kept in (first, *listed):
            clean = " ".join(f"{'kept, but ' if kept else ''}{reason}".split())
            out.write(f"{file}:{line}: {clean}\n")
        if staging.count("reject") >= MOST_REJECTS:
            out.write(f"... and more: only {MOST_REJECTS:,} are listed\n")
    part.replace(path)
    return path


def _nothing(staging: Staging) -> str:
    why = "; ".join(f"{reason} ({count:,})" for reason, count in staging.tally()[:3])
    return f"no row could be used; nothing was written. {why or 'The inputs hold no places.'}"


def _stamped(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(path, timeout=0.5)) as held:
            row = held.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise SourceError(
                f"{path.parent}: another build works there; wait for it, or name another output"
            ) from error
        return None
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
