"""Build a gazetteer from a generated GeoNames dump: a steady rate in bounded memory.

    python bench/gazetteer_dump.py [ROWS]

ROWS is 2,000,000 by default. Names are syllables from a seeded generator, with the clusters that real ones have: a few
thousand names are shared by many places. The build runs in a process of its own, whose memory is read from /proc. Rates
are by processor time, which a busy machine does not distort; the time that passed is given beside it.
"""

from __future__ import annotations

import json
import math
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORLD = 13_000_000
"""Rows of ``allCountries.txt`` that the extrapolation is for."""

_SYLLABLES = "ka lo mi ran ver dal os pe tri no sha bel gor ist ul an ya do mar ze khi wen tu fra lin ho que sa".split()
_ENDS = ("", "", "", "ville", "stad", "ovka", "pur", "ton", "abad", "grad")
_SECOND = ("", "", "", "", " River", " Hill", " Nova", " Bridge", " Station", " Mountain")
_CYRILLIC = str.maketrans("abdefghiklmnoprstuvyz", "абдефгхиклмнопрстувыз")
_FEATURES = (
    "P\tPPL",
    "P\tPPL",
    "P\tPPL",
    "P\tPPLA2",
    "H\tSTM",
    "T\tMT",
    "S\tSCH",
    "L\tLCTY",
    "S\tHTL",
    "A\tADM3",
)
_COUNTRIES = ("UA", "RU", "US", "FR", "CN", "IN", "BR", "NG", "DE", "ID")
_LANGUAGES = ("en", "fr", "ru", "de", "es", "", "zh", "ar")


def name(rng: random.Random) -> str:
    """Make a name; one in five from a small stock that many places share."""
    few = rng.random() < 0.2
    parts = rng.choices(_SYLLABLES[:9] if few else _SYLLABLES, k=3 if few else rng.randint(3, 5))
    return "".join(parts).capitalize() + rng.choice(_ENDS) + rng.choice(_SECOND)


def places(rows: int) -> Iterator[str]:
    """Lines of ``allCountries.txt``."""
    rng = random.Random(1)
    for number in range(1, rows + 1):
        called = name(rng)
        others = ",".join([name(rng) for _ in range(rng.choice((0, 0, 1, 3)))])
        if number % 4 == 0:
            others += ("," if others else "") + called.lower().translate(_CYRILLIC).capitalize()
        people = int(10 ** rng.uniform(1, 5)) if number % 3 == 0 else 0
        lat, lon = rng.uniform(-60, 75), rng.uniform(-180, 180)
        yield (
            f"{number}\t{called}\t{called}\t{others}\t{lat:.5f}\t{lon:.5f}\t{rng.choice(_FEATURES)}\t"
            f"{rng.choice(_COUNTRIES)}\t\t{rng.randint(1, 20):02d}\t{rng.randint(1, 400)}\t\t\t{people}\t\t12\tUTC\t"
            "2024-01-01\n"
        )


def names(rows: int) -> Iterator[str]:
    """Lines of ``alternateNamesV2.txt``: 1.2 for each place, in no order of theirs."""
    rng = random.Random(2)
    for number in range(rows * 12 // 10):
        flags = rng.choice(("\t\t\t", "\t\t\t", "1\t\t\t", "\t\t\t1"))
        language, text = rng.choice(_LANGUAGES), name(rng)
        yield f"{number}\t{rng.randint(1, rows)}\t{language}\t{text}\t{flags}\t\t\n"


def generate(rows: int, folder: Path) -> list[Path]:
    """Write the dump."""
    made = [folder / "allCountries.txt", folder / "alternateNamesV2.txt"]
    for path, lines in zip(made, (places(rows), names(rows)), strict=True):
        with path.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(lines)
    return made


def build(inputs: list[str], out: str) -> None:
    """Build and print a line of JSON for each tenth of each step (run in a process of its own)."""
    import gazetteer
    from gazetteer.own.build import build as build_own
    from gazetteer.own.mapping import Settings
    from gazetteer.own.progress import Progress

    class Recorder(Progress):
        def step(self, name: str) -> None:
            self._now, self._tenth, self._began_at = name, 0, time.process_time()
            self._last = (0, self._began_at)
            super().step(name)

        def at(self, share: float, done: int, unit: str = "rows") -> None:
            del unit
            if math.floor(share * 10) > self._tenth:
                self._tenth = math.floor(share * 10)
                now = time.process_time()
                rate = (done - self._last[0]) / (now - self._last[1])
                self._last = (done, now)
                print(json.dumps([self._now, self._tenth, round(rate), round(_resident())]), flush=True)

    start, began = time.process_time(), time.perf_counter()
    built = build_own(inputs, out, settings=Settings(), gaz=gazetteer.open(), progress=Recorder())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    record = {
        "seconds": time.process_time() - start,
        "wall": time.perf_counter() - began,
        "peak": peak,
        "places": built.manifest["places"],
    }
    print(json.dumps(record | {"names": built.manifest["names"], "rejected": built.rejected}), flush=True)


def _resident() -> float:
    """Memory of this process that is not a mapped file, in MB (Linux)."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields.get("RssAnon", "0 kB").split()[0]) / 1e3


def measure(rows: int, folder: Path) -> dict[str, float]:
    """Generate, build, print the rates."""
    print(f"generating {rows:,} rows ...", flush=True)
    inputs = generate(rows, folder)
    out = folder / "bench.gaz"
    command = [sys.executable, __file__, "--build", str(out), *map(str, inputs)]
    rates: dict[str, list[tuple[int, int]]] = {}
    disk = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout or ():
            item = json.loads(line)
            if isinstance(item, dict):
                result: dict[str, float] = item
            else:
                rates.setdefault(item[0], []).append((item[2], item[3]))
            disk = max(
                disk, sum(f.stat().st_size for f in folder.glob("bench.gaz.work/**/*") if f.is_file()) / 1e6
            )
    for step, found in rates.items():
        print(f"{step:<8} rows/s per tenth: {' '.join(f'{rate:,}' for rate, _ in found)}")
        print(f"{'':<8} MB (anonymous): {' '.join(str(held) for _, held in found)}")
    size = out.stat().st_size / 1e6
    print(
        f"{rows:,} rows and {rows * 12 // 10:,} alternate names: {result['seconds']:.0f} s of processor time "
        f"({result['wall']:.0f} s passed), "
        f"{rows / result['seconds']:,.0f} rows/s, peak {result['peak']:.0f} MB, "
        f"work files {disk:.0f} MB, artefact {size:.0f} MB"
    )
    return result


def main() -> None:
    """Measure two sizes, so that what grows is seen, and extrapolate."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    small = rows // 4
    folder = Path(tempfile.mkdtemp(prefix="dump-", dir=Path.cwd()))
    try:
        first = measure(small, folder)
        second = measure(rows, folder)
    finally:
        shutil.rmtree(folder)
    per_row = (second["peak"] - first["peak"]) * 1e6 / (rows - small)
    print(f"peak grows by {per_row:.0f} bytes per row")
    hours = second["seconds"] * WORLD / rows / 3600
    memory = second["peak"] + per_row * (WORLD - rows) / 1e6
    print(f"{WORLD:,} rows, if both go on so: {hours:.1f} h of processor time, peak {memory:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(sys.argv[3:], sys.argv[2])
    else:
        main()
