"""Interruptions and readers that go away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.geo.cli.run import ROOT, geo

if TYPE_CHECKING:
    from pathlib import Path


class TestSignals:
    def test_interrupted(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (here / "a.html").write_text("old")

        def stop(*_: Any, **__: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("geo.pipeline.make_map", stop)
        done = geo("map", "in", "-o", "a.html")

        assert done.exit_code == 130
        assert done.stderr.splitlines()[-1] == "geo: interrupted; no output was replaced"
        assert (here / "a.html").read_text() == "old"

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
    @pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
    def test_a_signal_leaves_nothing_half_written(self, here: Path, name: str) -> None:
        code = (
            "import os, signal, geo.pipeline as p\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a background job ignores it
            f"p.make_stages = lambda *a, **k: os.kill(os.getpid(), signal.{name})\n"
            "from geo.cli import main; main()"
        )
        (here / "a.jsonl").write_text("old")
        done = subprocess.run(
            [sys.executable, "-c", code, "parse", "in", "-o", "a.jsonl"],
            cwd=here,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

        assert done.returncode == 130
        assert done.stderr.strip() == "geo: interrupted; no output was replaced"
        assert (here / "a.jsonl").read_text() == "old"
        assert sorted(path.name for path in here.iterdir()) == ["a.jsonl", "in"]

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
    def test_a_closed_pipe_is_quiet(self, here: Path) -> None:
        for number in range(30):
            shutil.copy(here / "in" / "a.txt", here / "in" / f"b{number}.txt")
        code = f"{sys.executable} -c 'from geo.cli import main; main()' parse in | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", code],
            cwd=here,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

        assert done.stdout in {"141\n", "0\n"}
        assert done.stderr == ""

    def test_a_reader_that_goes_away_in_the_middle(self, here: Path) -> None:
        (here / "many.jsonl").write_text((json.dumps({"text": "x" * 20_000}) + "\n") * 40)
        process = subprocess.Popen(
            [sys.executable, "-c", "from geo.cli import main; main()", "parse", "many.jsonl"],
            cwd=here,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        with process:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stdout.readline().startswith(b'{"schema"')
            process.stdout.close()

            assert process.stderr.read() == b""
        assert process.returncode == 141
