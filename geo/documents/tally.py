"""What a long run has met, kept beside the memory: a few megabytes in it, the rest in a file without a name."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Final

CACHE_KB: Final = 4096
"""Of a scratch database, held in memory; what does not fit goes to the folder for temporary files."""


def scratch_database() -> sqlite3.Connection:
    """Open a database that nobody else sees and that is gone when it is closed, or when the process dies."""
    # "" is a file that SQLite unlinks at once; threads: a generator may be resumed by another one
    base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    base.execute("PRAGMA journal_mode = OFF")
    base.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    base.execute("BEGIN")  # one transaction that never ends: nothing is ever to be saved
    return base


class Tally:
    """Counts how often a name has come; memory stays the same for any number of names.

    Examples
    --------
    >>> tally = Tally()
    >>> tally.add("a"), tally.add("b"), tally.add("a")
    (1, 1, 2)
    """

    def __init__(self) -> None:
        self._base = scratch_database()
        self._base.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, count INTEGER) WITHOUT ROWID")

    def add(self, name: str) -> int:
        """Count a name; 1 says that it is new.

        Raises
        ------
        OSError
            The folder for temporary files is full.
        """
        key = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        try:
            if self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, 1)", (key,)).rowcount:
                return 1
            self._base.execute("UPDATE seen SET count = count + 1 WHERE key = ?", (key,))
            (count,) = self._base.execute("SELECT count FROM seen WHERE key = ?", (key,)).fetchone()
        except sqlite3.OperationalError as error:
            raise OSError(f"the folder for temporary files cannot be written ({error})") from error
        return int(count)
