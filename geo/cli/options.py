"""Registry of shared options: one definition each, so that a name means the same in every command.

==================  ==========================================  ==============================
option              meaning                                     commands
==================  ==========================================  ==============================
INPUT...            documents                                   all but embed, eval, explain
-o, --output        where to write                              map parse events export image
--date              date of documents without one               all that read documents
--as-of             claims as of this day                       map export image
--demonyms          keep derived forms ("Ukrainian")            all that read documents
--min-score         placements below it become unplaced         all that read documents
--near              where the texts come from                    all that read documents
--corrections       a person's decisions about names            all that read documents
--recogniser        who finds the names                         all that read documents
--extractor         who reads the events                        all that read documents
--ontology          event types of one's own                    all that read documents
--base-url          where its endpoint is                       all that read documents
-g, --gazetteer     own data over the gazetteer                 all that read documents
--title             title of the map                            map image
--publisher         name in the disclaimer                      map image
==================  ==========================================  ==============================
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import click

from geo.cli.work import Work, spare_inputs, wrong_usage

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the value, or say how a date is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2022-10-13", param, ctx)


def example(command: str) -> str:
    """Make the end of a command's help: one example that runs as it stands."""
    return f"\b\nExample:\n  {command}"


def output(default: str | None, what: str) -> Callable[[F], F]:
    """Make ``-o``; `what` completes its help text."""
    return click.option(
        "-o", "--output", metavar="FILE", default=default, help=what, show_default=default is not None
    )


as_of = click.option(
    "--as-of", type=Day(), help="Claims as of this day. Default: the newest document's date."
)
title = click.option("--title", help="Title of the map. Default: from the documents.")
publisher = click.option("--publisher", help="Who publishes the map: named in its disclaimer.")

day = click.option("--date", "day", type=Day(), help="Date of documents that have none.")
demonyms = click.option(
    "--demonyms", is_flag=True, help="Keep derived forms such as 'Ukrainian' as mentions."
)
min_score = click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    metavar="0..1",
    help="List placements with a lower score as unplaced.",
)
near = click.option(
    "--near",
    metavar="ID",
    help="Where the texts come from: a country code or an id of the gazetteer, preferred in doubt.",
)
gazetteer = click.option(
    "-g",
    "--gazetteer",
    "gazetteers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Own data built by 'gazetteer build', layered over the package's gazetteer; may be repeated.",
)
viewpoint = click.option(
    "--viewpoint",
    default="default",
    show_default=True,
    metavar="NAME",
    help="Whose view of disputed areas: default (UN), de-facto or a country's code ('gazetteer viewpoints').",
)
corrections = click.option(
    "--corrections",
    metavar="FILE",
    envvar="GEO_CORRECTIONS",
    help="CSV or YAML of names that are a place or none, as docs/corrections.md describes. Default: GEO_CORRECTIONS.",
)
recogniser = click.option(
    "--recogniser",
    metavar="NAME",
    help="Who finds the names: rules, spacy:MODEL, hf:MODEL, gliner:MODEL or openai:MODEL. Default: rules.",
)
extractor = click.option(
    "--extractor", metavar="NAME", help="Who reads the events: rules or openai:MODEL. Default: rules."
)


def _known_types(context: click.Context, _: click.Parameter, path: str | None) -> None:
    """Let readers and maps know a user's event types, for as long as the command runs."""
    import os

    from geo.ontology import VARIABLE, load

    before = os.environ.get(VARIABLE)
    if path is None:
        return

    def restore() -> None:
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before

    os.environ[VARIABLE] = path
    try:
        with wrong_usage():
            load()
    except BaseException:
        restore()  # the command does not begin, so its context is never closed
        raise
    context.call_on_close(restore)


ontology = click.option(
    "--ontology",
    metavar="FILE",
    envvar="GEO_ONTOLOGY",
    expose_value=False,
    callback=_known_types,
    help="YAML with event types and words of your own, as docs/events.md describes. Default: GEO_ONTOLOGY.",
)
base_url = click.option(
    "--base-url", metavar="URL", help="Endpoint of openai:MODEL; its key is read from OPENAI_API_KEY."
)
_READING = (
    day,
    demonyms,
    min_score,
    near,
    corrections,
    recogniser,
    extractor,
    base_url,
    ontology,
    gazetteer,
    viewpoint,
)
_SETTINGS = ("demonyms", "min_score", "near", "corrections", "recogniser", "extractor", "base_url")


def reading(function: Callable[..., int]) -> Callable[..., int]:
    """Add the inputs and options of every command that reads documents; it is handed them as ``work``."""
    return _reading(function, click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."))


def reading_one(function: Callable[..., int]) -> Callable[..., int]:
    """Add one input and the same options, for commands that take something else after it."""
    return _reading(function, click.argument("inputs", required=True, metavar="INPUT"))


def _reading(function: Callable[..., int], argument: Callable[..., Any]) -> Callable[..., int]:
    @wraps(function)
    def command(
        *,
        inputs: tuple[str, ...] | str,
        day: date | None,
        gazetteers: tuple[str, ...],
        viewpoint: str,
        **others: Any,
    ) -> int:
        settings = {name: others.pop(name) for name in _SETTINGS}
        given = (inputs,) if isinstance(inputs, str) else inputs
        spare_inputs(given, others.get("output"))
        return function(work=Work(given, gazetteers, day, settings, viewpoint), **others)

    for option in reversed((argument, *_READING)):
        command = option(command)
    return command
