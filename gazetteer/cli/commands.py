"""The commands; each only shows what the library answers."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from gazetteer.cli import own, territory
from gazetteer.cli.shared import (
    DONE,
    INTERRUPTED,
    NOTHING,
    READER_GONE,
    country_code,
    example,
    open_files,
    opened,
)
from gazetteer.cli.table import printable, table
from gazetteer.cli.territory import Day, as_json, viewed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.types import Claim, Place


class Group(click.Group):
    """Ends with an exit code and one line for the user, never with a traceback."""

    def main(  # type: ignore[override]  # click's overloads tell exit from return; ours may do either
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run the command line."""
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        from gazetteer.errors import GazetteerError

        try:
            code = super().main(args, standalone_mode=False, **extra)
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("gazetteer: interrupted", err=True)
            code = INTERRUPTED
        except (GazetteerError, OSError, ImportError) as error:
            click.echo(f"gazetteer: {printable(_told(error))}", err=True)
            code = NOTHING
        sys.exit(code if isinstance(code, int) else DONE)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; leave quietly where the reader of its output is gone."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
            )  # or Python complains again at exit
            raise click.exceptions.Exit(READER_GONE) from None
        return result


def _told(error: Exception) -> str:
    """Put an error into one line; the system's own ones tell the file after a number that says nothing."""
    if type(error).__module__ == "builtins" and isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'standard output'}: {error.strerror}"
    return " ".join(str(error).split())


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("geodispatch")
    except PackageNotFoundError:  # run from the tree
        return "unknown"


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"gazetteer {_version()} (geodispatch)")
        ctx.exit()


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("gazetteer search Zaporozhye"),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Show what names mean, where places are, and who claims what."""


@main.command("search", epilog=example("gazetteer search Zaporozhye --country UA"))
@click.argument("name")
@opened
@click.option("--country", metavar="CODE", help="Only in this country (ISO 3166-1 alpha-2).")
@click.option("--kind", metavar="KIND", help="Only of this kind: city, admin1, river, facility ...")
@click.option("--fuzzy", is_flag=True, help="Similar names too.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Places to show.")
@viewed
@as_json
def search(
    name: str,
    paths: tuple[str, ...],
    country: str | None,
    kind: str | None,
    fuzzy: bool,
    limit: int,
    viewpoint: str,
    as_json: bool,
) -> int:
    """Show what NAME can mean, best first, and how it matched."""
    from gazetteer.types import KINDS

    if kind is not None and kind not in KINDS:
        raise click.UsageError(f"there is no kind {kind!r}; choose from {', '.join(KINDS)}")
    gaz = open_files(paths, viewpoint)
    found = gaz.search(name, country=country_code(gaz, country), kind=kind, fuzzy=fuzzy, limit=limit)
    if as_json:
        for item in found:
            _line(
                {
                    **_place(item.place),
                    "matched": item.name,
                    "use": item.use.name.lower(),
                    "edits": item.edits,
                }
            )
    elif found:
        rows = [[*_columns(item.place), item.reason] for item in found]
        click.echo(table(rows, [*_HEADER, "matched as"]))
    if not found:
        click.echo(
            f"gazetteer: no {'such ' if country or kind else ''}place is called {name!r}"
            + ("" if fuzzy else "; --fuzzy looks for similar names"),
            err=True,
        )
    return DONE if found else NOTHING


@main.command("show", epilog=example("gazetteer show iso:UA-65"))
@click.argument("place_id", metavar="ID")
@opened
@viewed
@as_json
def show(place_id: str, paths: tuple[str, ...], viewpoint: str, as_json: bool) -> int:
    """Show one place with all its names, by its ID."""
    gaz = open_files(paths, viewpoint)
    place = gaz.get(place_id)
    names = gaz.names(place_id)
    parents = gaz.parents(place_id)
    if as_json:
        listed = [{"name": name, "use": use.name.lower()} for name, use in names]
        _line({**_place(place), "parents": [parent.id for parent in parents], "names": listed})
        return DONE
    inside = ", ".join(f"{parent.name} ({parent.id})" for parent in parents) or "-"
    for key, value in (
        ("id", place.id),
        ("name", place.name),
        ("kind", place.kind),
        ("in", f"{inside} ({place.viewpoint} viewpoint)" if inside != "-" else inside),
        ("lat lon", f"{place.lat:.5f} {place.lon:.5f} (WGS 84)"),
        ("precision", f"{place.precision_km:g} km"),
        ("population", f"{place.population:,}" if place.population else "unknown"),
    ):
        click.echo(f"{key:<11} {printable(value)}")
    grouped: dict[str, list[str]] = {}
    for name, use in names:
        grouped.setdefault(use.name.lower(), []).append(name)
    for use_name, group in grouped.items():
        click.echo(f"{use_name:<11} {printable(', '.join(group))}")
    return DONE


@main.command(
    "reverse",
    epilog=example("gazetteer reverse 46.64 32.62"),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("lat", type=click.FloatRange(-90, 90))
@click.argument("lon", type=click.FloatRange(-180, 180))
@opened
@click.option(
    "-n", "--limit", type=click.IntRange(1), default=5, show_default=True, help="Settlements to show."
)
@viewed
@as_json
def reverse(lat: float, lon: float, paths: tuple[str, ...], limit: int, viewpoint: str, as_json: bool) -> int:
    """Show the country and unit that hold a point, and the settlements nearest to it (LAT LON in degrees)."""
    gaz = open_files(paths, viewpoint)
    located = gaz.within(lon, lat)
    if isinstance(located, list):  # one point was asked for
        located = located[0]
    near = gaz.nearest(lon, lat, limit=limit)
    if as_json:
        _line(
            {
                "country": located.country,
                "admin1": located.admin1,
                "holder": located.holder,
                "viewpoint": located.viewpoint,
                "method": located.method,
                "near": [_place(p) for p in near],
            }
        )
        return DONE
    unit = _named(gaz, f"iso:{located.admin1}") if located.admin1 else "-"
    country = _named(gaz, f"iso:{located.country}") if located.country else located.holder or "-"
    click.echo(
        f"country  {country}\nunit     {unit}\nmethod   {located.method}\nview     {located.viewpoint}"
    )
    if near:
        click.echo(table([_columns(place) for place in near], _HEADER))
    return DONE


@main.command("claims", epilog=example("gazetteer claims --as-of 2022-10-13"))
@opened
@click.option("--as-of", type=Day(), help="Only claims made on this day. Default: all known, ended ones too.")
@click.option("--claimant", metavar="WHO", help="Only of this claimant: a name or an ISO code.")
@click.option("--acts", is_flag=True, help="List the acts of each claim too.")
@as_json
def claims(paths: tuple[str, ...], as_of: str | None, claimant: str | None, acts: bool, as_json: bool) -> int:
    """Show who claims what, since when and by which act; never who controls it."""
    from gazetteer.claims import select

    found = sorted(
        select(open_files(paths).claim_records(as_of), claimant=claimant),
        key=lambda claim: (claim.start, claim.id),
    )
    if as_json:
        for claim in found:
            _line(asdict(claim))
    elif acts:
        click.echo("\n\n".join(_with_acts(claim) for claim in found))
    elif found:
        rows = [
            [c.territory, c.claimant, c.kind, c.start, c.end, c.basis, ", ".join(c.regions)] for c in found
        ]
        click.echo(table(rows, ["territory", "claimed by", "kind", "since", "until", "basis", "outlines"]))
    if not found:
        click.echo("gazetteer: no such claim is known", err=True)
    return DONE if found else NOTHING


@main.command("info", epilog=example("gazetteer info"))
@opened
@as_json
def info(paths: tuple[str, ...], as_json: bool) -> int:
    """Show where the data comes from: sources, versions, licences, counts, attribution."""
    manifest = open_files(paths).info()
    if as_json:
        click.echo(json.dumps(manifest, ensure_ascii=False))
        return DONE
    sources = manifest.get("sources") or []
    if sources:
        rows = [[s.get("name"), s.get("version"), s.get("licence"), s.get("rows")] for s in sources]
        click.echo(table(rows, ["source", "version", "licence", "rows"]))
        click.echo()
    for key, value in manifest.items():
        if key != "sources":
            shown = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
            click.echo(f"{key}: {printable(shown)}")
    return DONE


main.add_command(own.build)
main.add_command(territory.control)
main.add_command(territory.recognition)
main.add_command(territory.viewpoints)
main.add_command(own.export)


_HEADER: Final = ["id", "name", "kind", "in", "people", "lat", "lon"]


def _columns(place: Place) -> list[object]:
    inside = place.admin1 or place.country or ""
    return [place.id, place.name, place.kind, inside, place.population or None, place.lat, place.lon]


def _place(place: Place) -> dict[str, Any]:
    record = asdict(place)
    record["lat"], record["lon"] = round(place.lat, 6), round(place.lon, 6)
    return record


def _named(gaz: Gazetteer, place_id: str) -> str:
    return f"{gaz.get(place_id).name} ({place_id})" if place_id in gaz else place_id


def _with_acts(claim: Claim) -> str:
    until = f" until {claim.end}" if claim.end else ""
    lines = [f"{claim.territory}: claimed by {claim.claimant} since {claim.start}{until} ({claim.basis})"]
    lines += [f"  {act.date}  {act.kind}  {act.actor}: {act.title}" for act in claim.acts]
    return "\n".join(
        printable(line) if not line.startswith("  ") else "  " + printable(line) for line in lines
    )


def _line(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))
