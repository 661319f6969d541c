"""A database beside the output that holds what was read so far, so that a build can go on after an interruption.

SQLite sorts what is larger than memory, in files beside the database. What is committed is whole: rows and the line up
to which their file was read go in by one transaction.
"""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from gazetteer.artefact import geonames_id
from gazetteer.errors import SourceError
from gazetteer.own.entries import Entry, More, Reject
from gazetteer.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from gazetteer.own.entries import Item

CACHE_MB: Final = 32
"""Memory of each connection, and of each sort before it goes to a file."""

MOST_REJECTS: Final = 100_000
"""Rejected lines that are listed; all are counted."""

_KINDS: Final = {kind: number for number, kind in enumerate(KINDS)}
_LINK: Final = -1
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)
_VALUE: Final = re.compile(
    r"(?<!\w)'.*'(?!\w)|^feature \d+: |\b\d+ (?=fields|cells)|0x\w\w at position \d+|0x\w\w|(?<=globe).*"
)
"""What differs from row to row in one reason."""

_PLACES: Final = (
    "name, kind, lon, lat, country, admin1, admin2, population, precision, "
    "names, links, extra, alternates, geonames"
)
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS place(key, {_PLACES});
CREATE TABLE IF NOT EXISTS name(key, text TEXT, use INT, lang TEXT, since TEXT, until TEXT, display INT);
CREATE TABLE IF NOT EXISTS outline(key, wkb BLOB);
CREATE TABLE IF NOT EXISTS claim(code TEXT, rank INT, population INT, key);
CREATE TABLE IF NOT EXISTS reject(file TEXT, line INT, reason TEXT, kept INT);
CREATE TABLE IF NOT EXISTS tally(reason TEXT PRIMARY KEY, count INT);
"""
Key = int | str


def connect(path: Path) -> sqlite3.Connection:
    """Open a database for bulk work; safe against an end of the process, not of the machine.

    Raises
    ------
    SourceError
        Another process works on it.
    """
    made = sqlite3.connect(path, isolation_level=None)
    try:
        made.execute("PRAGMA locking_mode=EXCLUSIVE")
        made.execute("PRAGMA journal_mode=TRUNCATE")
        made.execute("PRAGMA synchronous=OFF")
        made.execute("PRAGMA temp_store=FILE")
        made.execute(f"PRAGMA cache_size=-{CACHE_MB * 1024}")
        made.execute("BEGIN EXCLUSIVE")
        made.execute("COMMIT")
    except sqlite3.OperationalError as error:
        made.close()
        raise SourceError(f"{path.parent}: another build works there ({error})") from error
    return made


class Staging:
    """Rows of all inputs, in the order in which they were read.

    Parameters
    ----------
    path : pathlib.Path
        The database; made where it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.db = connect(path)
        self.db.executescript(_SCHEMA)
        self._rejects = self.count("reject")
        self._known: _Numbers | None = None

    def close(self) -> None:
        """Close the database; what was not committed is dropped."""
        self.db.close()

    def meta(self, key: str, value: str | None = None) -> str | None:
        """Read a note, or write it."""
        if value is not None:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
            return value
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        row = self.db.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()  # noqa: S608  (our own names)
        return int(row[0])

    # -- reading --------------------------------------------------------------------------------------

    def add(self, file: str, items: Iterable[Item], position: str, reached: int) -> None:
        """Take over a batch and note how far its file was read, as one transaction."""
        places: list[tuple[Any, ...]] = []
        names: list[tuple[Any, ...]] = []
        self.db.execute("BEGIN")
        try:
            for item in items:
                if isinstance(item, Entry):
                    places.append(self._entry(item))
                elif isinstance(item, More):
                    if (row := self._more(item)) is not None:
                        names.append(row)
                else:
                    self._reject(file, item)
            self.db.executemany(f"INSERT INTO place VALUES ({','.join('?' * 15)})", places)  # noqa: S608
            self.db.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", names)
            self.meta(position, str(reached))
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            self._known = None
            raise

    def _entry(self, entry: Entry) -> tuple[Any, ...]:
        key: Key = geonames_id(entry.id) or entry.id
        if self._known is not None:
            self._known.add(key)
        if entry.outline:
            self.db.execute("INSERT INTO outline VALUES (?, ?)", (key, entry.outline))
        if entry.code:
            self.db.execute(
                "INSERT INTO claim VALUES (?, ?, ?, ?)", (entry.code, entry.rank, entry.population, key)
            )
        names = [[n.text, int(n.use), n.lang, n.since, n.until] for n in entry.names]
        return (
            key, entry.name, _KINDS[entry.kind], entry.lon, entry.lat, entry.country, entry.admin1, entry.admin2,
            entry.population, entry.precision_km, _json(names), _json(entry.links), _json(entry.extra),
            entry.alternates, entry.geonames,
        )  # fmt: skip

    def _more(self, item: More) -> tuple[Any, ...] | None:
        key: Key = geonames_id(item.id) or item.id
        if key not in self.known:  # names of the whole world beside the places of one country
            return None
        if item.name is None:
            return (key, item.link, _LINK, "", "", "", 0)
        name = item.name
        return (key, name.text, int(name.use), name.lang, name.since, name.until, item.display)

    @property
    def known(self) -> _Numbers:
        """Ids of the places so far."""
        if self._known is None:
            self._known = _Numbers()
            for (key,) in self.db.execute("SELECT key FROM place"):
                self._known.add(key)
        return self._known

    def _reject(self, file: str, item: Reject) -> None:
        kind = _VALUE.sub("...", item.reason).partition(";")[0][:100]
        self.db.execute(
            "INSERT INTO tally VALUES (?, 1) ON CONFLICT(reason) DO UPDATE SET count = count + 1",
            (("kept: " if item.kept else "") + kind,),
        )
        if self._rejects < MOST_REJECTS:
            self._rejects += 1
            row = (file, item.line, item.reason[:500], item.kept)
            self.db.execute("INSERT INTO reject VALUES (?, ?, ?, ?)", row)

    # -- settling -------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Give countries and units their ISO ids: one row for each code, the best claim first, then the larger."""
        best = """SELECT key AS old, code AS new FROM
            (SELECT *, row_number() OVER (PARTITION BY code ORDER BY rank, population DESC, key) AS n FROM claim)
            WHERE n = 1"""
        self.db.execute("BEGIN")
        self.db.execute("CREATE TEMP TABLE renamed(old PRIMARY KEY, new TEXT)")
        self.db.execute(f"INSERT OR IGNORE INTO renamed {best}")
        for table in ("place", "name", "outline"):
            self.db.execute(
                f"UPDATE {table} SET key = (SELECT new FROM renamed WHERE old = {table}.key) "  # noqa: S608
                "WHERE key IN (SELECT old FROM renamed)"
            )
        self.db.execute(  # a second country of one code is a dependency without an own one
            "UPDATE place SET kind = ? WHERE kind = ? AND geonames AND typeof(key) = 'integer'",
            (_KINDS["region"], _KINDS["country"]),
        )
        self.db.execute("DROP TABLE renamed")
        self.meta("settled", "yes")
        self.db.execute("COMMIT")

    def places(self) -> Iterator[tuple[Key, tuple[Any, ...]]]:
        """Rows in the order of the artefact: GeoNames ids by number, then the others; of one id as they were read."""
        for key, *row in self.db.execute(f"SELECT key, {_PLACES} FROM place ORDER BY key, rowid"):  # noqa: S608
            yield key, tuple(row)

    def names(self) -> Iterator[tuple[Key, tuple[Any, ...]]]:
        """Further names and links in the same order."""
        query = "SELECT key, text, use, lang, since, until, display FROM name ORDER BY key, rowid"
        for key, *row in self.db.execute(query):
            yield key, tuple(row)

    def outlines(self) -> Iterator[tuple[Key, bytes]]:
        """Outlines, the last of an id last."""
        yield from self.db.execute("SELECT key, wkb FROM outline ORDER BY key, rowid")

    def units(self) -> list[tuple[str, str]]:
        """First-level units with an outline, each with its country."""
        rows = self.db.execute(
            "SELECT DISTINCT key, country FROM place "
            "WHERE kind = ? AND country != '' AND key IN (SELECT key FROM outline)",
            (_KINDS["admin1"],),
        )
        return sorted(
            (f"geonames:{key}" if isinstance(key, int) else str(key), str(country)) for key, country in rows
        )

    def distinct(self, column: str) -> list[str]:
        """Values of a column, sorted."""
        rows = self.db.execute(f"SELECT DISTINCT {column} FROM place")  # noqa: S608
        return sorted({row[0] or "" for row in rows} | {""})

    def rejects(self) -> Iterator[tuple[str, int, str, bool]]:
        """Lines that were not used or only in part, as far as they are listed."""
        for file, line, reason, kept in self.db.execute(
            "SELECT file, line, reason, kept FROM reject ORDER BY rowid"
        ):
            yield str(file), int(line), str(reason), bool(kept)

    def tally(self) -> list[tuple[str, int]]:
        """Reasons and how often each was met, the most frequent first."""
        rows = self.db.execute("SELECT reason, count FROM tally ORDER BY count DESC, reason")
        return [(str(reason), int(count)) for reason, count in rows]


def is_link(use: int) -> bool:
    """Whether a row of `Staging.names` is a link."""
    return use == _LINK


class _Numbers:
    """A set of ids that takes one bit for each GeoNames id."""

    _PAGE: Final = 1 << 16

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}
        self._texts: set[str] = set()

    def add(self, key: Key) -> None:
        if isinstance(key, str):
            self._texts.add(key)
            return
        page, bit = divmod(key, self._PAGE)
        bits = self._pages.get(page)
        if bits is None:
            bits = self._pages[page] = bytearray(self._PAGE >> 3)
        bits[bit >> 3] |= 1 << (bit & 7)

    def __contains__(self, key: Key) -> bool:
        if isinstance(key, str):
            return key in self._texts
        page, bit = divmod(key, self._PAGE)
        bits = self._pages.get(page)
        return bits is not None and bool(bits[bit >> 3] & 1 << (bit & 7))


def _json(value: Any) -> str:
    return _ENCODER.encode(value) if value else ""
