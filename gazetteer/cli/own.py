"""The commands for own data: build and export."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Self

import click

from gazetteer.cli.shared import DONE, INTERRUPTED, NOTHING, country_code, example, open_files, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from gazetteer.own.build import Built
    from gazetteer.own.mapping import Settings
    from gazetteer.types import Place

_WIDTH: Final = 100


@click.command("build", epilog=example("gazetteer build UA.zip alternateNamesV2.zip -o ua.gaz"))
@click.argument("inputs", nargs=-1, metavar="[INPUT...]")
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="The artefact; replaced when the build is whole."
)
@click.option(
    "--field", "fields", multiple=True, metavar="OURS=THEIRS",
    help="Which column or property is a field of ours, such as name=ADM1_EN; may be repeated.",
)  # fmt: skip
@click.option(
    "--set", "constants", multiple=True, metavar="OURS=VALUE",
    help="A field of all rows that state none, such as kind=village; may be repeated.",
)  # fmt: skip
@click.option("--attribution", default="", metavar="TEXT", help="Line to print under a map with this data.")
@click.option(
    "--cache", default="build/sources", show_default=True, metavar="FOLDER",
    help="Without INPUT: downloads are kept here and used again.",
)  # fmt: skip
def build(
    inputs: tuple[str, ...],
    output: str,
    fields: tuple[str, ...],
    constants: tuple[str, ...],
    attribution: str,
    cache: str,
) -> int:
    """Compile own data (GeoNames dump, CSV, GeoJSON, GeoPackage, Linked Places) to a file for -g.

    Rows that cannot be used are left out, listed in FILE.rejects.txt, and counted. What was read before an
    interruption is used by the next run. Without INPUT the package's own gazetteer is compiled anew from its
    sources, which needs the network and the build requirements.
    """
    from pathlib import Path

    if not inputs:
        return _world(Path(output), Path(cache))
    import gazetteer
    from gazetteer.own.build import build as build_own
    from gazetteer.own.build import work_folder
    from gazetteer.own.progress import Progress

    settings = _settings(fields, constants)
    try:
        with _Passing() as show:
            built = build_own(
                inputs,
                output,
                settings=settings,
                gaz=gazetteer.open(),
                attribution=attribution,
                say=show.say,
                progress=Progress(show.show),
            )
    except KeyboardInterrupt:
        work = work_folder(Path(output))
        if work.exists():
            _say(f"interrupted; {output} is as it was. Run the same command to go on, or remove {work}")
            return INTERRUPTED
        raise
    _report(built)
    return DONE


def _settings(fields: Sequence[str], constants: Sequence[str]) -> Settings:
    from gazetteer.own.mapping import ALIASES, Settings

    def pairs(given: Sequence[str], option: str) -> dict[str, str]:
        made = {}
        for text in given:
            ours, mark, theirs = text.partition("=")
            if not mark or ours not in ALIASES or not theirs:
                raise click.UsageError(
                    f"{option} {text!r}: write OURS=..., where OURS is one of {', '.join(ALIASES)}"
                )
            made[ours] = theirs
        return made

    return Settings(pairs(fields, "--field"), pairs(constants, "--set"))


def _world(target: Path, cache: Path) -> int:
    from gazetteer.build import build_world

    target.parent.mkdir(parents=True, exist_ok=True)
    manifest = build_world(cache, target, _say)
    size = target.stat().st_size / 1e6
    click.echo(f"Wrote {target}: {size:.1f} MB, {manifest.get('places', 0):,} places", err=True)
    return DONE


def _report(built: Built) -> None:
    kept = sum(count for reason, count in built.reasons if reason.startswith("kept: "))
    for reason, count in built.reasons[:5]:
        _say(f"{count:>9,}  {reason}")
    if built.rejects:
        what = [f"{built.rejected:,} rows were left out"] if built.rejected else []
        what += [f"{kept:,} kept in part"] if kept else []
        _say(f"{', '.join(what)}; {built.rejects} lists them")
    size = built.path.stat().st_size / 1e6
    manifest = built.manifest
    click.echo(
        f"Wrote {built.path}: {size:.1f} MB, {manifest['places']:,} places, {manifest['names']:,} names",
        err=True,
    )


def _say(text: str) -> None:
    from gazetteer.cli.table import printable

    click.echo(f"gazetteer: {printable(text)}", err=True)


class _Passing:
    """Shows a passing line on a terminal, nothing elsewhere."""

    def __enter__(self) -> Self:
        self._on = sys.stderr.isatty()
        return self

    def __exit__(self, *_: object) -> None:
        self.show("")

    def show(self, text: str) -> None:
        """Show a line that the next one replaces."""
        if self._on:
            sys.stderr.write("\r" + text[:_WIDTH].ljust(_WIDTH) + "\r")
            sys.stderr.flush()

    def say(self, text: str) -> None:
        """Write a line that stays."""
        self.show("")
        _say(text)


@click.command("export", epilog=example("gazetteer export -o places.lpf.json --country UA --kind admin1"))
@opened
@click.option(
    "-o", "--output", default="-", metavar="FILE",
    help="By its suffix: .json (Linked Places), .jsonl (the same, one feature per line), .csv. Default: .jsonl to "
    "standard output.",
)  # fmt: skip
@click.option("--country", metavar="CODE", help="Only of this country (ISO 3166-1 alpha-2).")
@click.option("--kind", metavar="KIND", help="Only of this kind: city, admin1, river ...")
@click.option("--only-own", is_flag=True, help="Only what the files of -g hold.")
def export(paths: tuple[str, ...], output: str, country: str | None, kind: str | None, only_own: bool) -> int:
    """Write places in the Linked Places Format or as CSV, so that other gazetteers (and build) can read them."""
    from gazetteer.own import export as writers
    from gazetteer.types import KINDS

    if kind is not None and kind not in KINDS:
        raise click.UsageError(f"there is no kind {kind!r}; choose from {', '.join(KINDS)}")
    suffix = output.rpartition(".")[2].lower() if "." in output else ""
    if output != "-" and suffix not in ("json", "jsonl", "csv"):
        raise click.UsageError(f"-o {output}: the suffix says no format; use .json, .jsonl or .csv")
    if only_own and not paths:
        raise click.UsageError("--only-own: no own data is named; add -g FILE")
    gaz = open_files(paths)
    count = [0]
    places = _counted(writers.places(gaz, country=country_code(gaz, country), kind=kind, own=only_own), count)
    if suffix == "csv":
        lines = writers.csv_lines(gaz, places)
    else:
        lines = writers.linked_lines(gaz, places, collection=suffix == "json")
    _write(output, lines, count)
    if not count[0]:
        _say("no such place is known" + ("" if output == "-" else f"; {output} is as it was"))
        return NOTHING
    if output != "-":
        click.echo(f"Wrote {output}: {count[0]:,} places", err=True)
    return DONE


def _counted(places: Iterable[Place], count: list[int]) -> Iterator[Place]:
    for place in places:
        count[0] += 1
        yield place


def _write(output: str, lines: Iterable[str], count: list[int]) -> None:
    """Write lines to a file, replaced as a whole where there is anything, or as they come to standard output."""
    from pathlib import Path

    if output == "-":
        for line in lines:
            click.echo(line)
        return
    target = Path(output)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{line}\n" for line in lines)
        if count[0]:
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
