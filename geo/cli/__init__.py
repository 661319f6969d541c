"""The ``geo`` command.

Commands are loaded when they are called, so that ``geo --help`` starts at once. Data goes to standard output,
everything else to standard error. Exit codes: 0 done, 1 some input failed (the rest is written), 2 wrong usage,
3 a floor broken; 130 interrupted, 141 the reader of standard output went away.
"""

from __future__ import annotations

from geo.cli.group import COMMANDS, main

__all__ = ["COMMANDS", "main"]
