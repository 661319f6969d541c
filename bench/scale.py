"""One machine, many documents: memory, throughput, and two kills on the way, with ``geo parse`` as it is installed.

python bench/scale.py                                      1,000, 10,000 and 100,000 documents: hours on a slow machine
python bench/scale.py --documents 300 1000

Generated documents (bench/generate.py) go through ``geo parse -o FILE -j JOBS``. The largest number is run once whole
and once cut off with SIGKILL at 30 % and 65 % of the way and resumed; the bytes are compared. Memory is looked at from
outside, of the parent and of each worker; throughput is processor time per document, also in units of a piece of the
same work that is done beside it (see watch.py). Linux. Everything lies in one folder that is removed at the end.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from measure import BIN, ROOT, verdict
from watch import Run, watch

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS: Final = (0.3, 0.65)
MILLION: Final = 1_000_000


def main() -> int:
    """Measure, print the figures, and say where a promise is broken."""
    options = _options()
    folder = Path(options.folder or tempfile.mkdtemp(prefix="geo-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _measure(options, folder)
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000, 100_000], metavar="N")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", help="where to work; default: a temporary folder")
    parser.add_argument("--keep", action="store_true", help="leave corpus and outputs there")
    parser.add_argument("--no-kills", action="store_true")
    parser.add_argument("--only-kills", action="store_true", help="take the whole output from a kept folder")
    parser.add_argument("--json", help="write the figures and all samples to this file")
    options = parser.parse_args()
    options.documents.sort()
    return options


def _measure(options: argparse.Namespace, folder: Path) -> int:
    stick = yardstick()
    results: dict[str, Any] = {"jobs": options.jobs, "runs": {}}
    checks: list[bool] = []
    most = options.documents[-1]
    for count in options.documents if not options.only_kills else ():
        run = _whole(folder, count, options.jobs, stick)
        results["runs"][count] = {"wall_s": run.wall_s, "samples": [asdict(s) for s in run.samples]}
        _show(count, run)
        if count == most:
            checks += _judge(run)
            _extrapolate(run)
        _save(options.json, results)
    if not options.no_kills:
        checks.append(_killed(folder, most, options.jobs, stick))
    return 0 if all(checks) else 1


def yardstick() -> Callable[[], float]:
    """Make the fixed piece of work: reading the same few documents again."""
    from generate import Places, document

    from geo.pipeline import make_stages
    from geo.types import Document

    places = Places()
    work = [Document(one["id"], one["text"]) for one in (document(-n, places) for n in range(1, 5))]
    stages = make_stages()

    def measure() -> float:
        started = time.process_time()
        for one in work:
            stages.parse(one)
        return time.process_time() - started

    measure()
    return measure


def _corpus(folder: Path, count: int) -> Path:
    from generate import documents

    from geo.atomic import replacing

    path = folder / f"corpus-{count}.jsonl"
    if not path.exists():
        with replacing(path) as temporary, temporary.open("wb") as stream:
            for one in documents(count):
                stream.write(json.dumps(one, ensure_ascii=False).encode("utf-8") + b"\n")
    return path


def _command(corpus: Path, output: Path, jobs: int, *more: str) -> list[str]:
    return [str(BIN / "geo"), "parse", str(corpus), "-o", str(output), "-j", str(jobs), *more]


def _whole(folder: Path, count: int, jobs: int, stick: Callable[[], float]) -> Run:
    output = folder / f"whole-{count}.jsonl"
    command = _command(_corpus(folder, count), output, jobs)
    run = watch(command, Path(f"{output}.part"), yardstick=stick)
    if run.code:
        raise SystemExit(f"geo parse failed with {run.code}")
    return run


def _show(count: int, run: Run) -> None:
    mb = f"{run.peak(0, 1, 'parent_mb'):.0f} MB parent, {run.peak(0, 1, 'worker_mb'):.0f} MB worker"
    each = 1000 * run.cpu_s / count
    print(f"{count:>9,} documents: {run.cpu_s:.0f} s processor time ({each:.2f} ms each), {mb}", flush=True)


def _judge(run: Run) -> list[bool]:
    """Hold the largest run against what was promised."""
    tenths = run.tenths()
    for part, (milliseconds, sticks) in enumerate(tenths, 1):
        clock = run.clock((part - 1) / 10, part / 10)
        mb = run.peak((part - 1) / 10, part / 10, "parent_mb")
        own = run.peak((part - 1) / 10, part / 10, "parent_anon_mb")
        print(
            f"     tenth {part:>2}: {milliseconds:6.2f} ms per document, {sticks:.4f} yardsticks, "
            f"{clock:6.2f} ms of the clock; parent {mb:.0f} MB, {own:.0f} its own"
        )
    checks = []
    for what in ("parent_mb", "parent_anon_mb", "worker_mb", "worker_anon_mb"):
        first, second = run.peak(0, 0.5, what), run.peak(0.5, 1, what)
        if first:
            checks.append(
                verdict(f"{what[:-3]}: peak of the second half over the first", second / first, 1.05, "x")
            )
    ratio = tenths[-1][1] / tenths[0][1] if tenths[0][1] else 0.0
    print(f"     last tenth over the first, plain processor time: {tenths[-1][0] / tenths[0][0]:.3f}")
    checks.append(verdict("last tenth over the first, in yardsticks", ratio, 1.10, "x"))
    return checks


def _extrapolate(run: Run) -> None:
    """Say what a million would take at the rate of the second half."""
    tenths = run.tenths()
    each = sum(milliseconds for milliseconds, _ in tenths[5:]) / 5
    print(f"{MILLION:>9,} documents, extrapolated: {each * MILLION / 3.6e6:.1f} h processor time")


def _killed(folder: Path, count: int, jobs: int, stick: Callable[[], float]) -> bool:
    """Cut a run off twice, take it up again each time, and compare with the run that was never cut off."""
    corpus, output = _corpus(folder, count), folder / "cut.jsonl"
    part = Path(f"{output}.part")
    for number, share in enumerate(KILLS):
        more = ["--resume"] if number else []
        lamed = int(count * share / 2) if jobs > 1 else None
        run = watch(
            _command(corpus, output, jobs, *more),
            part,
            yardstick=stick,
            kill_at=int(count * share),
            kill_worker_at=lamed,
        )
        done = run.samples[-1].done
        print(
            f"     killed (exit {run.code}) at {done:,} of {count:,} documents; {output.exists()=}",
            flush=True,
        )
        with part.open("ab") as stream:  # as if the kill had come in the middle of a line
            stream.write(b'{"schema": 1, "id": "generated-')
    run = watch(_command(corpus, output, jobs, "--resume"), part, yardstick=stick)
    print(f"     resumed to the end: exit {run.code}, {run.cpu_s:.0f} s processor time")
    same = filecmp.cmp(output, folder / f"whole-{count}.jsonl", shallow=False)
    left = [
        path.name
        for path in folder.iterdir()
        if path.name.startswith("cut.") and path.suffix in {".part", ".kept"}
    ]
    return verdict("bytes that differ after two kills (0: none)", float(not same or bool(left)), 0, "")


def _save(path: str | None, results: dict[str, Any]) -> None:
    if path:
        Path(path).write_text(json.dumps(results))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(ROOT))
    sys.exit(main())
