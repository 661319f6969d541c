"""Other stores for the same names and places: size, opening, exact look-up, names that start with some letters.

Every store gets the same names of the gazetteer with the places they mean, is written to a file, opened and
asked in this run. What none of them has is a scan of running text without an automaton built at every start; for that
see gazetteer_scan.py.

python bench/gazetteer_alternatives.py [NAMES]       # 100,000 by default
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
import zlib
from array import array
from bisect import bisect_left
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = 100_000
ASKED = 2_000

Rows = list[tuple[str, list[int]]]


def main() -> int:
    """Measure and print one line per store."""
    import gazetteer

    gaz, count = gazetteer.open(), int(sys.argv[1]) if sys.argv[1:] else NAMES
    rows = [(key, list(gaz._names.of(key))) for key, _ in zip(keys(gaz), range(count), strict=False)]
    rows.sort()
    chance = random.Random(1)
    asked = [rows[chance.randrange(len(rows))][0] for _ in range(ASKED)]
    print(f"{len(rows):,} names")
    print(f"{'':30} {'MB':>6} {'deflated':>9} {'open ms':>8} {'exact us':>9} {'prefix us':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for make in (trie, sqlite_table, sqlite_fts, arrow, parquet):
            measure(make, Path(folder) / make.__name__, rows, asked)
    return 0


def keys(gaz: Any) -> Iterator[str]:
    """Names of the trie, evenly over all."""
    trie = gaz._names.trie
    step = max(1, len(trie) // NAMES)
    return (trie.restore_key(number) for number in range(0, len(trie), step))


def measure(make: Callable[..., Any], path: Path, rows: Rows, asked: list[str]) -> None:
    """Write, open and ask one store."""
    opener = make(path, rows)
    data = b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
    start = time.process_time()
    exact, prefix = opener()
    exact(asked[0])
    opened = time.process_time() - start
    first = median(exact, asked)
    heads = median(prefix, [key[:4] for key in asked[:200]])
    sizes = f"{len(data) / 1e6:6.1f} {len(zlib.compress(data, 6)) / 1e6:9.1f}"
    print(
        f"{(make.__doc__ or make.__name__).rstrip(chr(46)):30} {sizes} "
        f"{opened * 1e3:8.1f} {first * 1e6:9.1f} {heads * 1e6:10.1f}"
    )


def median(call: Callable[[str], Any], asked: list[str]) -> float:
    """Median CPU time of a call in seconds."""
    times = []
    for key in asked:
        start = time.process_time_ns()
        call(key)
        times.append((time.process_time_ns() - start) / 1e9)
    return statistics.median(times)


def trie(path: Path, rows: Rows) -> Callable[[], tuple[Any, Any]]:
    """marisa-trie with columns (ours)."""
    import marisa_trie

    built = marisa_trie.Trie([key for key, _ in rows])
    by_number: dict[int, list[int]] = {built[key]: places for key, places in rows}
    offsets = array("I", accumulate((len(by_number[i]) for i in range(len(built))), initial=0))
    postings = array("I", (place for i in range(len(built)) for place in by_number[i]))
    path.write_bytes(built.tobytes())
    Path(f"{path}.offsets").write_bytes(offsets.tobytes())
    Path(f"{path}.postings").write_bytes(postings.tobytes())

    def opened() -> tuple[Any, Any]:
        import mmap

        def view(name: str) -> memoryview:
            with Path(name).open("rb") as file:
                return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

        whole = view(str(path))
        held = marisa_trie.Trie().map(whole)
        at, all_ = view(f"{path}.offsets").cast("I"), view(f"{path}.postings").cast("I")

        def exact(key: str, _: Any = whole) -> Any:  # the trie does not keep its memory alive
            number = held.get(key)
            return None if number is None else all_[at[number] : at[number + 1]].tolist()

        return exact, held.keys

    return opened


def sqlite_table(path: Path, rows: Rows) -> Callable[[], tuple[Any, Any]]:
    """SQLite, table without rowid."""
    with sqlite3.connect(path) as base:
        base.execute("create table name (key text, place integer, primary key (key, place)) without rowid")
        base.executemany("insert into name values (?, ?)", ((k, p) for k, places in rows for p in places))
    base.close()

    def opened() -> tuple[Any, Any]:
        held = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

        def exact(key: str) -> Any:
            return held.execute("select place from name where key = ?", (key,)).fetchall()

        def prefix(head: str) -> Any:
            return held.execute(
                "select key from name where key >= ? and key < ?", (head, head + "\uffff")
            ).fetchall()

        return exact, prefix

    return opened


def sqlite_fts(path: Path, rows: Rows) -> Callable[[], tuple[Any, Any]]:
    """SQLite, FTS5 (finds words, not names)."""
    with sqlite3.connect(path) as base:
        base.execute("create virtual table name using fts5 (key, place unindexed, prefix='4')")
        base.executemany("insert into name values (?, ?)", ((k, p) for k, places in rows for p in places))
    base.close()

    def opened() -> tuple[Any, Any]:
        held = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

        def quoted(key: str) -> str:
            return '"' + key.replace('"', '""') + '"'

        def exact(key: str) -> Any:
            found = held.execute("select key, place from name where name match ?", (quoted(key),)).fetchall()
            return [place for name, place in found if name == key]

        def prefix(head: str) -> Any:
            return held.execute("select key from name where name match ?", (quoted(head) + "*",)).fetchall()

        return exact, prefix

    return opened


def arrow(path: Path, rows: Rows) -> Callable[[], tuple[Any, Any]]:
    """Arrow IPC, mapped, bisection."""
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, columns(rows).schema) as writer:
        writer.write_table(columns(rows))

    def opened() -> tuple[Any, Any]:
        import pyarrow as pa

        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        return bisecting(table.column("key").combine_chunks(), table.column("places").combine_chunks())

    return opened


def parquet(path: Path, rows: Rows) -> Callable[[], tuple[Any, Any]]:
    """Parquet, read whole, bisection."""
    import pyarrow.parquet as pq

    pq.write_table(columns(rows), path, compression="zstd")

    def opened() -> tuple[Any, Any]:
        import pyarrow.parquet as pq

        table = pq.read_table(path)
        return bisecting(table.column("key").combine_chunks(), table.column("places").combine_chunks())

    return opened


def columns(rows: Rows) -> Any:
    """The rows as an Arrow table."""
    import pyarrow as pa

    return pa.table({"key": [key for key, _ in rows], "places": [places for _, places in rows]})


def bisecting(names: Any, places: Any) -> tuple[Any, Any]:
    """Look-ups in a sorted Arrow column."""

    class View:
        def __len__(self) -> int:
            return len(names)

        def __getitem__(self, at: int) -> str:
            return str(names[at].as_py())

    view: Any = View()

    def exact(key: str) -> Any:
        at = bisect_left(view, key)
        return places[at].as_py() if at < len(view) and view[at] == key else None

    def prefix(head: str) -> Any:
        return names[bisect_left(view, head) : bisect_left(view, head + "\uffff")].to_pylist()

    return exact, prefix


if __name__ == "__main__":
    sys.exit(main())
