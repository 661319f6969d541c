"""The parts of bench/scale.py: made documents, and what is concluded from samples."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture(scope="module")
def load() -> Iterator[Any]:
    before = list(sys.path)
    sys.path.insert(0, str(BENCH))
    yield importlib.import_module
    sys.path[:] = before


def test_documents_depend_on_seed_and_number_alone(load: Any) -> None:
    generate = load("generate")
    places = generate.Places()
    made = [generate.document(number, places) for number in range(30)]

    assert generate.document(17, places) == made[17]
    assert generate.document(17, places, seed=8)["text"] != made[17]["text"]
    assert len({one["id"] for one in made}) == 30
    assert all(generate.SIZE <= len(one["text"]) < generate.SIZE + 200 for one in made)
    assert "{" not in "".join(one["text"] + one["title"] for one in made)
    assert len(places.countries) > 100


def test_what_is_concluded_from_samples(load: Any) -> None:
    watch = load("watch")
    # ten thousandths of a second each, twice that in the last tenth; memory grows by a tenth in the middle
    run = watch.Run(
        [
            watch.Sample(done, done * 0.01 + max(0, done - 90) * 0.01, 100 + 10 * (done > 50), 0, 0.5)
            for done in range(0, 101, 5)
        ]
    )
    tenths = run.tenths()

    assert [round(milliseconds, 3) for milliseconds, _ in tenths[1:]] == [10.0] * 8 + [20.0]
    assert round(tenths[-1][1] / tenths[1][1], 3) == 2.0
    assert run.peak(0.5, 1, "parent_mb") / run.peak(0, 0.5, "parent_mb") == pytest.approx(1.1)
    assert run.cpu_s == pytest.approx(1.1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_a_program_is_watched_and_killed(load: Any, tmp_path: Path) -> None:
    watch = load("watch")
    part = tmp_path / "out.part"
    code = f"import time\nwith open({str(part)!r}, 'w') as f:\n for n in range(10**6):\n  f.write('x\\n'); f.flush(); time.sleep(.01)"
    run = watch.watch([sys.executable, "-c", code], part, yardstick=lambda: 1.0, kill_at=10)

    assert run.code == -9
    assert run.samples[-1].done >= 10
    assert run.samples[-1].cpu_s > 0
    assert run.peak(0, 1, "parent_mb") > 1
