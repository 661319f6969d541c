"""Write docs/cli.md from the help texts of both programs; ``--check`` only says whether it is up to date.

Usage: python tools/cli_reference.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
WIDTH = 100
HEAD = """# Command line

Made from the help texts by `python tools/cli_reference.py`; do not edit.

Data goes to stdout, everything else to stderr; progress is shown on a terminal only. Exit status: 0 done,
1 some input failed (the rest is written, failures are listed), 2 wrong usage, 3 a floor broken. An existing
output is replaced only when the run succeeds.
"""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command of both programs by its full name."""
    from gazetteer.cli import main as gazetteer_main
    from geo.cli import main as geo_main

    for program, group in (("geo", geo_main), ("gazetteer", gazetteer_main)):
        context = click.Context(group, info_name=program)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if command is not None and not command.hidden:
                yield f"{program} {name}", command


def reference() -> str:
    """Put the page together."""
    parts = [HEAD]
    for name, command in commands():
        context = click.Context(command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH)
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"## `{name}`\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    if "--check" in arguments:
        return 0 if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == reference() else 1
    TARGET.write_text(reference(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
