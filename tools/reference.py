"""Write the generated parts of docs/cli.md and docs/formats.md: python tools/reference.py.

A part stands between ``<!-- begin NAME -->`` and ``<!-- end -->``; a test fails when one is out of date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "docs" / "cli.md", ROOT / "docs" / "formats.md")
_PART = re.compile(r"(<!-- begin ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(page: str) -> str:
    """Return a page with its generated parts made anew."""
    return _PART.sub(lambda match: match[1] + _parts()[match[2]]() + match[3], page)


def _parts() -> dict[str, Callable[[], str]]:
    return {
        "geo": lambda: "\n".join(_commands("geo")),
        "gazetteer": lambda: "\n".join(_commands("gazetteer")),
        "layers": lambda: "\n".join(_layers()),
        "mentions": _mentions,
        "formats": _formats,
    }


def _commands(program: str) -> Iterator[str]:
    from gazetteer.cli import main as gazetteer
    from geo.cli import main as geo

    group: click.Group = geo if program == "geo" else gazetteer
    context = click.Context(group)
    for name in group.list_commands(context):
        if command := group.get_command(context, name):
            yield from _command(f"{program} {name}", command)


def _command(name: str, command: click.Command) -> Iterator[str]:
    arguments = [
        str(param.make_metavar(click.Context(command)))
        for param in command.params
        if isinstance(param, click.Argument)
    ]
    yield f"### `{' '.join([name, *arguments])}`\n"
    paragraphs = (command.help or "").split("\n\n")
    yield "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs) + "\n"
    rows = [_option(param) for param in command.params if isinstance(param, click.Option)]
    yield _table(["option", "meaning"], rows)
    example = (command.epilog or "").split("\n")[-1].strip()
    yield f"```sh\n{example}\n```\n"


def _option(option: click.Option) -> list[str]:
    names = ", ".join(f"`{name}`" for name in option.opts)
    value = "" if option.is_flag else f" {_value(option)}"
    default = option.default
    shown = f" Default: {default}." if option.show_default and isinstance(default, (str, int, float)) else ""
    return [names + value, (option.help or "") + shown]


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return " ".join(f"`{choice}`" for choice in option.type.choices)
    if option.metavar:
        return option.metavar
    return {"integer range": "N", "text": "TEXT"}.get(option.type.name, option.type.name.upper())


def _layers() -> Iterator[str]:
    from geo.layers import schema

    for name in ("events", "reports", "places", "regions", "claims", "flows", "unplaced"):
        yield f"### {name}\n"
        columns = getattr(schema, name.upper())
        yield _table(["column", "type", "meaning"], [[f"`{c.name}`", c.type, c.meaning] for c in columns])


def _mentions() -> str:
    from geo.layers.schema import MENTIONS

    rows = [[f"`{column.name}`", column.type, column.meaning] for column in MENTIONS]
    return _table(["column", "type", "meaning"], rows)


def _formats() -> str:
    from geo.export import FORMATS

    rows = [
        [f"`{item.name}`", " ".join(item.suffixes), "all" if item.all_layers else "one", item.note]
        for item in FORMATS.values()
    ]
    return _table(["format", "suffix", "layers", "notes"], rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


def main() -> int:
    """Renew the pages; exit status 1 where ``--check`` finds one out of date."""
    stale = [page for page in PAGES if renewed(text := page.read_text(encoding="utf-8")) != text]
    for page in stale:
        if "--check" not in sys.argv:
            page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"{page.relative_to(ROOT)} {'is out of date' if '--check' in sys.argv else 'renewed'}")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
