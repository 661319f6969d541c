"""Running the commands in tests: in this process, or as a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from geo.cli import main

ROOT = Path(__file__).resolve().parents[3]
TEXT = "Shells fell on Kharkiv on 3 May 2022. Kyiv said families would be evacuated from Kherson to Mykolaiv."


def geo(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def program(*arguments: str, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return python("from geo.cli import main; main()", *arguments, cwd=cwd, **options)


def python(
    code: str, *arguments: str, cwd: Path, check: bool = False, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run code as a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=check,
        **options,
    )
