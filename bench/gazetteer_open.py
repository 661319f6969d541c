"""The gazetteer: time and memory to open it and answer a question, speed of the common calls.

python bench/gazetteer_open.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import timeit

from measure import peak_mb, verdict

OPEN = "import gazetteer; gaz = gazetteer.open()"
TIMED = (
    "import time, gazetteer; t = time.perf_counter(); gaz = gazetteer.open(); print(time.perf_counter() - t)"
)


def main() -> int:
    """Measure and report."""
    runs = [
        float(
            subprocess.run([sys.executable, "-c", TIMED], check=True, capture_output=True, text=True).stdout
        )
        for _ in range(7)
    ]
    checks = [
        verdict("opening the gazetteer", statistics.median(runs) * 1e3, 100, "ms"),
        verdict("memory after opening, above an empty Python", peak_mb(OPEN) - peak_mb("pass"), 80, "MB"),
        verdict(
            "memory after a search, above an empty Python",
            peak_mb(f"{OPEN}; gaz.search('Kherson')") - peak_mb("pass"),
            80,
            "MB",
        ),
    ]
    calls()
    return 0 if all(checks) else 1


def calls() -> None:
    """Print what one call costs, warm."""
    import gazetteer
    from gazetteer.names import fold

    gaz = gazetteer.open()
    keys = [
        fold(name)
        for name in ("Kherson", "Springfield", "Paris", "Saint-Denis", "Zaporozhye", "no such name")
    ]
    text = (
        "Shells fell on Kharkiv and Kramatorsk, and on villages near the Dnipro river in Kherson region. "
        * 200
    )
    for key in keys:
        gaz.candidates(key)
    once = timeit.timeit(lambda: [gaz.candidates(key) for key in keys], number=2000) / 2000 / len(keys)
    print(f"     candidates(), cached: {once * 1e6:.1f} us")
    scan = min(timeit.repeat(lambda: gaz.scan(text), number=1, repeat=5))
    print(f"     scan(): {len(text) / scan / 1e6:.1f} MB/s")


if __name__ == "__main__":
    sys.exit(main())
