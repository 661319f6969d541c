"""A million events into PostGIS in a stream, twice: python bench/postgis.py postgresql://user@host/database [COUNT].

Prints seconds and the most memory that this side took; the second run must change nothing.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from exports import rows

from geo.database import load
from geo.layers import Layer
from geo.layers.schema import EVENTS


def main(address: str, count: int) -> int:
    """Load the events twice."""
    layer = Layer("events", "Events", EVENTS)
    for run in ("first", "second"):
        start = time.perf_counter()
        done = load(address, {"events": layer}, rows={"events": rows(count)})["events"]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{run} run: {done.added:,} added, {done.changed:,} changed, {done.same:,} as they were; "
            f"{time.perf_counter() - start:.0f} s, {memory:.0f} MB at most"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000))
