"""Where the time of the whole way goes: the share of each stage, from texts to the page, and what it was before.

    python bench/costs.py [--before FOLDER] [--functions 15] [--date DAY --write]

The texts are the development corpora where they are, else the example dispatches: half of them warm up what
is remembered of words, the others are measured. Each tree runs in a process of its own, by turns (--rounds),
each first in every second round; the least processor time of each stage counts. ``--before`` is a folder
with an older version of this repository, built. Where a machine changes its speed between rounds, the least
times may be of different speeds: the line below the table has the ratios of the whole, round by round.
``--functions N`` also prints the N functions that cost most by themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from measure import ROOT
from tables import write

SIZE: Final = 2048
PROGRAM: Final = """
import json, sys, time
import geopandas, shapely
import geo.dates, geo.events, geo.text.sentences
import gazetteer
from geo.codec import dumps, encode
from geo.layers import build
from geo.pipeline import make_map, merge
from geo.stages import make_stages
from geo.types import Document
spent = {}
inside = []
def timed(name, call):
    def run(*args, **options):
        begun = time.process_time()
        inside.append(0.0)
        try:
            return call(*args, **options)
        finally:
            took = time.process_time() - begun
            spent[name] = spent.get(name, 0.0) + took - inside.pop()
            if inside:
                inside[-1] += took
    return run
documents = [Document(str(n), text) for n, text in enumerate(json.load(open(sys.argv[1], encoding="utf-8")))]
gaz = gazetteer.open()
stages = make_stages(gaz)
for document in documents[::2]:  # fills what is remembered of words and names, as in a long run
    stages.parse(document)
documents = documents[1::2]
for name, owner, what in (
    ("finding names", type(stages.recogniser), "find"), ("placing them", type(stages.resolver), "resolve"),
    ("sentences", geo.text.sentences, "sentences"), ("dates", geo.dates, "find_times"),
    ("events", geo.events, "extract"), ("records of territory", type(stages.territories), "linked"),
):
    setattr(owner, what, timed(name, getattr(owner, what)))
if sys.argv[2:]:
    import cProfile, pstats
    profile = cProfile.Profile()
    profile.enable()
read = timed("the rest of parsing", stages.parse)
parsed = [read(document) for document in documents]
timed("records", lambda: [dumps(encode(one)) for one in parsed])()
events = timed("merging", merge)(parsed)
layers = timed("layers", build)(parsed, events, gaz)
timed("page", make_map)(parsed, gaz=gaz, layers=layers)
if sys.argv[2:]:
    profile.disable()
    pstats.Stats(profile, stream=sys.stderr).strip_dirs().sort_stats("tottime").print_stats(int(sys.argv[2]))
print(json.dumps(spent))
"""


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--before", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--functions", type=int, default=0)
    parser.add_argument("--date")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md; needs --date")
    options = parser.parse_args()
    if options.write and not options.date:
        parser.error("--write needs --date")
    texts = _texts()
    trees = {"now": ROOT, **({"before": options.before} if options.before else {})}
    best: dict[str, dict[str, float]] = {}
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), encoding="utf-8")
        for turn in range(options.rounds):
            spent = {}
            for name in list(trees)[:: -1 if turn % 2 else 1]:
                row = _run(trees[name], [str(path)])
                spent[name] = sum(row.values())
                known = best.setdefault(name, row)
                best[name] = {stage: min(took, known.get(stage, took)) for stage, took in row.items()}
            ratios.append(spent.get("before", 0.0) / spent["now"])
        if options.functions:
            _run(ROOT, [str(path), str(options.functions)])
    order = [name for name in ("before", "now") if name in best]
    table = _table({name: best[name] for name in order}, sum(map(len, texts[1::2])) / SIZE)
    if options.before:
        table += _rounds(ratios)
    print(table)
    if options.write:
        write({"costs": table}, options.date)
    return 0


def _texts() -> list[str]:
    corpora = sorted((ROOT.parent / "shared" / "corpora").glob("*.jsonl"))
    if corpora:
        return [json.loads(line)["text"] for path in corpora for line in path.open(encoding="utf-8")]
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").iterdir()) if path.is_file()]


def _run(tree: Path, arguments: list[str]) -> dict[str, float]:
    """Spend of each stage in a process of its own; what it says beside is passed on."""
    env = {**os.environ, "PYTHONPATH": str(tree)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # else every run compiles the modules of later stages
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env, cwd=tree)
    return dict(json.loads(done.stdout))


def _table(best: dict[str, dict[str, float]], size: float) -> str:
    """Milliseconds for 2 kB of text and shares, the dearest stage first."""
    heads = [f"{name}, ms for 2 kB | share" for name in best]
    ratio = " | times as fast" if "before" in best else ""
    lines = [f"| stage | {' | '.join(heads)}{ratio} |", "|---|" + "---:|" * (2 * len(best) + bool(ratio))]
    totals = {name: sum(row.values()) for name, row in best.items()}
    for stage in [*sorted(best["now"], key=lambda one: -best["now"][one]), "all"]:
        cells = []
        for name, row in best.items():
            took = totals[name] if stage == "all" else row.get(stage, 0.0)
            cells += [f"{took / size * 1e3:.2f}", f"{took / totals[name]:.0%}"]
        if ratio:
            now, before = (
                totals[name] if stage == "all" else best[name].get(stage, 0.0) for name in ("now", "before")
            )
            cells.append(f"{before / now:.2f}" if now else "")
        lines.append(f"| {stage} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _rounds(ratios: list[float]) -> str:
    """The ratios of the whole, round by round: the middle one and all of them."""
    each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    return f"\nThe whole, times as fast, round by round: {each}; the middle one {median(ratios):.2f}.\n"


if __name__ == "__main__":
    sys.exit(main())
