"""Commands about disputed territory: viewpoints, control, recognition; and the option that names a viewpoint."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from gazetteer.cli.shared import DONE, NOTHING, example, open_files, opened
from gazetteer.cli.table import table

if TYPE_CHECKING:
    from collections.abc import Callable


class Day(click.ParamType[str]):
    """A date as YYYY-MM-DD, handed on as text."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the value."""
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2022-10-13", param, ctx)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines in place of a table.")


def viewed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--viewpoint`` to a command."""
    return click.option(
        "--viewpoint",
        default="default",
        show_default=True,
        metavar="WHOSE",
        help="Under whose countries to show disputed places: default (UN), de-facto or an ISO code such as RU.",
    )(function)


@click.command("control", epilog=example("gazetteer control --as-of 2022-10-13"))
@opened
@click.option("--as-of", type=Day(), help="Only who holds it on this day. Default: all that is known.")
@click.option("--by", metavar="WHO", help="Only this controller: a name or an ISO code.")
@as_json
def control(paths: tuple[str, ...], as_of: str | None, by: str | None, as_json: bool) -> int:
    """Show who holds which disputed territory, since when and how far; no statement of right."""
    from gazetteer.claims import select_control

    found = select_control(open_files(paths).control_records(as_of), controller=by)
    if as_json:
        for record in found:
            click.echo(json.dumps(asdict(record), ensure_ascii=False))
    elif found:
        rows = [[r.territory, r.controller, r.kind, r.extent, r.since, r.until, r.basis] for r in found]
        click.echo(table(rows, ["territory", "held by", "kind", "extent", "since", "until", "counted from"]))
    else:
        click.echo("gazetteer: nothing is known of such control", err=True)
    return DONE if found else NOTHING


@click.command("recognition", epilog=example("gazetteer recognition --claim abkhazia-1999"))
@opened
@click.option("--as-of", type=Day(), help="Only what stands on this day. Default: withdrawn ones too.")
@click.option("--claim", metavar="ID", help="Only of this claim, as 'gazetteer claims --json' names it.")
@click.option("--by", metavar="WHO", help="Only by this state: a name or an ISO code.")
@as_json
def recognition(
    paths: tuple[str, ...], as_of: str | None, claim: str | None, by: str | None, as_json: bool
) -> int:
    """Show which states recognise a claim, since when and until when; long lists are not complete."""
    found = open_files(paths).recognition(as_of, claim=claim, state=by)
    if as_json:
        for row in found:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
    elif found:
        rows = [[r.claim, r.state, r.recognised, r.start, r.end, r.note] for r in found]
        click.echo(table(rows, ["claim", "by", "recognises", "since", "until", "note"]))
    else:
        click.echo("gazetteer: no such recognition is known", err=True)
    return DONE if found else NOTHING


@click.command("viewpoints", epilog=example("gazetteer viewpoints IL"))
@click.argument("viewpoint", required=False)
@opened
@as_json
def viewpoints(viewpoint: str | None, paths: tuple[str, ...], as_json: bool) -> int:
    """Show where a viewpoint shows the disputed units, and on which basis; without one, which are known."""
    gaz = open_files(paths, viewpoint or "default")
    if viewpoint is None:
        click.echo("\n".join(gaz.viewpoints.names))
        return DONE
    chosen = gaz.viewpoint
    shown = [gaz.viewpoints.shown(unit, chosen) for unit in gaz.viewpoints.units()]
    found = [row for row in shown if row.viewpoint == chosen]
    if as_json:
        for row in found:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
    else:
        rows = [[r.unit, r.name, r.country or r.holder or "no country", r.basis] for r in found]
        click.echo(table(rows, ["unit", "name", "shown under", "basis"]))
    return DONE
