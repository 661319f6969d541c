"""The group of commands and what every command's end looks like to the shell."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from geo import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "map": ("geo.cli.map", "Draw a map of documents: one HTML file."),
    "parse": ("geo.cli.parse", "Find places and events; JSON Lines, one document per line."),
    "events": ("geo.cli.events", "List the events, merged over the documents; JSON Lines."),
    "export": ("geo.cli.export", "Write layers for GIS tools: GeoJSON, GeoPackage, CSV ..."),
    "image": ("geo.cli.image", "Draw a picture: PNG, SVG or PDF."),
    "report": ("geo.cli.report", "Write a report: HTML, Markdown, Word or PDF."),
    "embed": ("geo.cli.embed", "Print what puts a map into a page or report."),
    "explain": ("geo.cli.explain", "Show why a name was placed where it is."),
    "eval": ("geo.cli.eval", "Score against a gold file."),
    "compare": ("geo.cli.compare", "List which events two sources have in common."),
    "diff": ("geo.cli.diff", "Show what two outputs of geo parse see differently."),
}
"""Name -> module and its one-line help (kept here so that the list of commands needs no import)."""

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names, in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run the command line; as a program it leaves with the exit code and never with a traceback."""
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        _prepare()
        try:
            code = super().main(args, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("geo: interrupted; no output was replaced", err=True)
            code = INTERRUPTED
        except Exception as error:
            code = _fault(error)
        sys.exit(code if isinstance(code, int) else DONE)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest name for a misspelt one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if near and "Did you mean" not in error.message:
                raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from error
            raise


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExample:\n  geo map seeds/ -o out/map.html",
)
@click.version_option(__version__, prog_name="geo", message="%(prog)s %(version)s (geodispatch)")
def main() -> None:
    """From news text to maps: places, events, claims.

    INPUT is a file, a folder, a pattern, or - for standard input: txt, md, html, jsonl, csv, parquet,
    RSS and Atom, or what `geo parse` wrote.
    """


def plain(text: str) -> str:
    """Return a line that a terminal only shows: names of files and records may hold control characters."""
    return "".join(char if char.isprintable() else "?" for char in text)


class _OneLine(logging.Formatter):
    """Formats a warning of the library as one harmless line."""

    def format(self, record: logging.LogRecord) -> str:
        return plain(f"geo: {' '.join(record.getMessage().split())}")


def _fault(error: Exception) -> int:
    """Report an error in one line; what the user can mend is told apart from a fault of ours."""
    if os.environ.get("GEO_DEBUG"):
        raise error
    from gazetteer.errors import GazetteerError, UnknownViewpointError
    from geo.errors import GeoError, OptionError

    text = plain(" ".join(str(error).split()))
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.filename or 'standard output'}: {error.strerror}"
    if isinstance(error, (OptionError, UnknownViewpointError)):
        click.echo(f"geo: {text}", err=True)
        return USAGE
    if isinstance(error, (GeoError, GazetteerError, OSError)):
        click.echo(f"geo: {text}", err=True)
        return FAILED
    kind = type(error).__name__
    click.echo(
        f"geo: a fault in the program ({kind}: {text}); GEO_DEBUG=1 shows where. Please report it", err=True
    )
    return FAILED


def _prepare() -> None:
    """Show warnings of the library as single lines; end on a hang-up or termination as on Ctrl-C."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine())
    logger = logging.getLogger("geo")
    logger.handlers[:] = [handler]
    logger.propagate = False

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with contextlib.suppress(ValueError):  # not in the main thread (tests, notebooks)
        signal.signal(signal.SIGTERM, stop)
