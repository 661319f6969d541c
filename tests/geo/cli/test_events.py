"""``geo events`` from end to end."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.geo.cli.run import geo

if TYPE_CHECKING:
    from pathlib import Path


class TestEvents:
    def test_events_are_merged_over_documents(self, here: Path) -> None:
        shutil.copy(here / "in" / "a.txt", here / "in" / "b.txt")
        lines = geo("events", "in").stdout.splitlines()
        one = geo("events", "in/a.txt").stdout.splitlines()

        assert lines
        assert len(lines) == len(one)
        assert {report["document"] for report in json.loads(lines[0])["reports"]} == {"in/a.txt", "in/b.txt"}
