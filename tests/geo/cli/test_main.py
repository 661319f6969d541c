"""The commands as modules, for environments whose scripts are not on the search path."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("package", ["geo", "gazetteer"])
def test_a_package_runs_as_its_command(package: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", package, "--version"], check=True, capture_output=True, text=True
    )

    assert done.stdout.startswith(f"{package} ")
