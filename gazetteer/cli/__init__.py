"""The ``gazetteer`` command: what names mean, where places are, who claims what.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 nothing found or a failure,
2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

from gazetteer.cli.commands import main

__all__ = ["main"]
