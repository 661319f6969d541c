"""Tables of docs/benchmarks.md: each stands between two comments and is replaced as a whole."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

from measure import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = ROOT / "docs" / "benchmarks.md"
MARKED = re.compile(r"(<!-- begin (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def machine() -> str:
    """Processor, number of cores, system, Python."""
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", info.read_text(encoding="utf-8")) if info.exists() else None
    name = found[1] if found else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def write(tables: Mapping[str, str], date: str) -> None:
    """Put tables into the page, each with the machine and the day."""
    about = f"{machine()}; {date}."

    def made(found: re.Match[str]) -> str:
        if found[2] not in tables:
            return found[0]
        return f"{found[1]}{about}\n\n{tables[found[2]].strip()}\n{found[3]}"

    PAGE.write_text(MARKED.sub(made, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
