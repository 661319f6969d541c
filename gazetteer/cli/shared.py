"""What the modules of commands share: exit codes, examples, opening the gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer import Gazetteer

DONE: Final = 0
NOTHING: Final = 1
INTERRUPTED: Final = 130
READER_GONE: Final = 141


def example(command: str) -> str:
    """Make the end of a command's help: one example that runs as it stands."""
    return f"\b\nExample:\n  {command}"


def opened(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-g`` to a command; it is handed the files as ``paths``."""
    return click.option(
        "-g",
        "--gazetteer",
        "paths",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Own data built by 'gazetteer build', layered over the package's gazetteer; may be repeated.",
    )(function)


def country_code(gaz: Gazetteer, country: str | None) -> str | None:
    """Return the code of ``--country`` in capitals; one that no country has is wrong usage."""
    if country is None:
        return None
    code = country.upper()
    if f"iso:{code}" not in gaz:
        raise click.UsageError(f"no country has the code {country!r}; two letters are meant, such as UA")
    return code


def open_files(paths: tuple[str, ...], viewpoint: str = "default") -> Gazetteer:
    """Open the gazetteer that ``-g`` names, by default the package's, with the viewpoint of ``--viewpoint``."""
    import gazetteer
    from gazetteer.errors import UnknownViewpointError

    try:
        return gazetteer.open_files(paths, viewpoint=viewpoint)
    except UnknownViewpointError as error:
        raise click.UsageError(str(error)) from error
