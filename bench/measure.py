"""What the benchmarks share: wall time and peak memory of commands, run in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def seconds(command: Sequence[str], *, cwd: Path | str = ROOT) -> float:
    """Wall time of a command in seconds; an error if it fails."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(commands: dict[str, Sequence[str]], *, rounds: int = 7) -> dict[str, float]:
    """Median wall time in seconds of each command, run in turns after one warm-up round."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            took = seconds(command)
            if turn:
                times[name].append(took)
    return {name: statistics.median(values) for name, values in times.items()}


def peak_mb(code: str, given: str = "") -> float:
    """Peak resident memory in MB of a Python program given as text (Linux and macOS); it may read `given`."""
    tail = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code + tail],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
            input=given,
        )
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return float(done.stdout.split()[-1]) / unit


def verdict(name: str, value: float, most: float, unit: str) -> bool:
    """Print one line against its limit; True where it holds. GEODISPATCH_BENCH=strict makes misses count."""
    good = value <= most
    print(f"{'ok  ' if good else 'OVER'} {name}: {value:.2f} {unit} (limit {most:g} {unit})")
    return good or os.environ.get("GEODISPATCH_BENCH") != "strict"
