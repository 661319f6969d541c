"""The gazetteer against its targets: size, opening, memory, exact and fuzzy look-up, points in outlines.

python bench/gazetteer_open.py        (gazetteer_scan.py has the scan, gazetteer_alternatives.py what else was tried)
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
import zlib
from functools import partial
from typing import TYPE_CHECKING

from measure import peak_mb, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer import Gazetteer

OPEN = "import gazetteer; gaz = gazetteer.open()"
TIMED = "import time, gazetteer; t = time.perf_counter(); gazetteer.open(); print(time.perf_counter() - t)"
POINTS = 200_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main() -> int:
    """Measure and report; 1 where a target is missed and GEODISPATCH_BENCH=strict."""
    import gazetteer

    runs = [
        float(
            subprocess.run([sys.executable, "-c", TIMED], check=True, capture_output=True, text=True).stdout
        )
        for _ in range(7)
    ]
    empty = peak_mb("pass")
    gaz = gazetteer.open()
    keys = some_keys(gaz)
    exact = seconds(partial(gaz._candidates, key) for key in keys)
    fuzzy = seconds(partial(gaz.search, key, fuzzy=True) for key in typos(keys))
    checks = [
        verdict("artefact, deflated as in a wheel", deflated(gaz), 25, "MB"),
        verdict("opening the gazetteer, median of 7", statistics.median(runs) * 1e3, 50, "ms"),
        verdict("memory after opening, above an empty Python", peak_mb(OPEN) - empty, 60, "MB"),
        verdict("memory after a search too", peak_mb(f"{OPEN}; gaz.search('Kherson')") - empty, 60, "MB"),
        verdict("exact look-up, median of 5,000 first look-ups", statistics.median(exact) * 1e6, 20, "us"),
        verdict("fuzzy look-up, two edits, median of 300 typos", statistics.median(fuzzy) * 1e3, 10, "ms"),
        verdict("a million points placed, at the rate of 200,000", placing(gaz), 10, "s"),
    ]
    print(f"     exact p95 {at(exact, 0.95) * 1e6:.1f} us; fuzzy p95 {at(fuzzy, 0.95) * 1e3:.1f} ms")
    return 0 if all(checks) else 1


def deflated(gaz: Gazetteer) -> float:
    """Size in MB of the artefact in a wheel."""
    packer, total = zlib.compressobj(6), 0
    with gaz.path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total += len(packer.compress(chunk))
    return (total + len(packer.flush())) / 1e6


def some_keys(gaz: Gazetteer) -> list[str]:
    """5,000 folded names out of all, always the same."""
    trie, chance = gaz._names.trie, random.Random(20221001)
    return [trie.restore_key(chance.randrange(len(trie))) for _ in range(5000)]


def typos(keys: Iterable[str]) -> list[str]:
    """300 names of one Latin word with one or two slips beyond the first letter."""
    chance, found = random.Random(1), []
    for key in [key for key in keys if len(key) >= 6 and key.isascii() and key.isalpha()][:300]:
        letters = list(key)
        for _ in range(2):
            i, slip = chance.randrange(1, len(letters)), chance.randrange(4)
            if slip == 0:
                letters[i] = chance.choice(LETTERS)
            elif slip == 1:
                del letters[i]
            elif slip == 2:
                letters.insert(i, chance.choice(LETTERS))
            elif i + 1 < len(letters):
                letters[i : i + 2] = letters[i + 1], letters[i]
        found.append("".join(letters))
    return found


def seconds(calls: Iterable[Callable[[], object]]) -> list[float]:
    """CPU time of each call in seconds, sorted."""
    times = []
    for call in calls:
        start = time.process_time_ns()
        call()
        times.append((time.process_time_ns() - start) / 1e9)
    return sorted(times)


def at(times: list[float], share: float) -> float:
    """Quantile of sorted times."""
    return times[min(len(times) - 1, int(len(times) * share))]


def placing(gaz: Gazetteer) -> float:
    """CPU seconds for a million points, measured over towns of the world after the first call."""
    import numpy as np

    lon, lat = (np.frombuffer(gaz._column[name], np.int32)[:POINTS] / 1e5 for name in ("lon", "lat"))
    gaz.within(lon[:5000], lat[:5000])
    start = time.process_time()
    gaz.within(lon, lat)
    return (time.process_time() - start) / len(lon) * 1e6


if __name__ == "__main__":
    sys.exit(main())
