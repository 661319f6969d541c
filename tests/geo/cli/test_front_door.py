"""The group of commands: help, usage, examples, exit codes."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from geo.cli import COMMANDS, main
from tests.geo.cli.run import ROOT, TEXT, geo, program, python

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class TestFrontDoor:
    def test_help_lists_every_command_and_imports_none(self, here: Path) -> None:
        code = (
            "import sys; from click.testing import CliRunner; from geo.cli import main; "
            "print(CliRunner().invoke(main, ['--help']).output); "
            "print(sorted(m for m in sys.modules if m.startswith(('geo.', 'gazetteer'))))"
        )
        done = python(code, cwd=here, check=True)

        for name, (_, help_line) in COMMANDS.items():
            assert f"{name} " in done.stdout
            assert help_line.split(";")[0] in done.stdout
        assert done.stdout.splitlines()[-1] == "['geo.cli', 'geo.cli.group']"

    def test_one_line_helps_agree_with_the_commands(self) -> None:
        context = click.Context(main)
        for name in COMMANDS:
            command = main.get_command(context, name)  # type: ignore[attr-defined]
            assert command is not None
            assert command.name == name
            assert command.help

    def test_version(self) -> None:
        version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

        assert geo("--version").output == f"geo {version} (geodispatch)\n"

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["mpa"], "Did you mean 'map'?"),
            (["map"], "Missing argument 'INPUT...'"),
            (["map", "in", "--nonsense"], "No such option"),
            (["map", "in", "--date", "yesterday"], "'yesterday' is no date; write it as 2022-10-13"),
            (["map", "in", "--min-score", "2"], "2.0 is not in the range"),
            (["map", "in", "--near", "nowhere"], "no place has the id 'nowhere'"),
            (["map", "in", "-g", "no.gaz"], "does not exist"),
            (["map", "in", "--viewpoint", "XX"], "no viewpoint 'XX'; known are default"),
            (["map", "in", "--ontology", "no.yaml"], "no.yaml: cannot be read as event types (No such file"),
            (["map", "in", "--control", "no.geojson"], "no.geojson: cannot be read (No such file"),
            (["map", "in", "--control", "in/a.txt"], "in/a.txt: is no GeoJSON"),
            (["map", "in", "--corrections", "no.csv"], "no.csv: cannot be read as corrections"),
            (["export", "in", "-o", "a.shp"], "the suffix tells no format"),
            (["export", "in", "-o", "-"], "standard output has no suffix"),
            (["export", "in", "-o", "a.csv", "-l", "towns"], "'towns' is not one of"),
            (["export", "in", "-o", "a.csv", "-l", "events", "-l", "places"], "csv holds one layer"),
            (["export", "in", "-o", "a.csv", "--simplestyle"], "--simplestyle is for geojson"),
            (["export", "in", "-o", "a.csv", "--bbox", "1,2,3"], "write it as west,south,east,north"),
            (["export", "in", "-o", "a.csv", "--bbox", "1,9,3,2"], "the box must be west,south,east,north"),
            (["export", "in", "-o", "a.csv", "--where", "type"], "write it as type=shelling"),
            (
                ["export", "in", "-o", "a.csv", "--where", "towns=1"],
                "has a column 'towns'; choose from row_id",
            ),
            (["image", "in", "-o", "a.gif"], "the suffix tells no picture format"),
            (["explain", "in"], "Missing argument 'MENTION'"),
            (["eval"], "Missing option '--gold'"),
        ],
    )
    def test_wrong_usage(self, here: Path, arguments: Sequence[str], message: str) -> None:
        done = geo(*arguments)

        assert done.exit_code == 2, done.output
        assert message in done.stderr
        assert done.stdout == ""
        assert sorted(path.name for path in here.iterdir()) == ["in"]


@pytest.mark.parametrize("program_name", ["geo", "gazetteer"])
def test_every_example_of_the_help_runs(here: Path, program_name: str) -> None:
    from gazetteer.cli import main as gazetteer_main

    group = main if program_name == "geo" else gazetteer_main
    (here / "seeds").symlink_to(ROOT / "seeds", target_is_directory=True)
    start = TEXT.index("Kharkiv")
    tops = [{"start": start, "end": start + 7, "lat": 50.0, "lon": 36.25}]
    (here / "gold.jsonl").write_text(json.dumps({"id": "x", "text": TEXT, "toponyms": tops}))
    (here / "floors.json").write_text('{"overlap_r": 0.5}')
    for name in ("before", "after"):
        geo("parse", "in", "-o", f"{name}.jsonl")
    for name in ("extracted.geojson", "coded.csv"):
        geo("export", "in", "-o", name)
    context = click.Context(group)
    for name in group.list_commands(context):
        if (program_name, name) == ("gazetteer", "build"):
            continue  # needs the network
        command = group.get_command(context, name)
        assert command is not None
        example = str(command.epilog).splitlines()[-1].split()
        assert example[:2] == [program_name, name]
        done = CliRunner().invoke(group, example[1:])
        assert done.exit_code == 0, done.output


def test_the_packages_are_ours(here: Path) -> None:
    """Other distributions bring packages of these names; a process elsewhere must still get ours."""
    code = "import geo, gazetteer; print(geo.__file__, gazetteer.__file__, sep='\\n')"
    done = python(code, cwd=here, check=True)

    assert done.stdout.splitlines() == [
        str(ROOT / "geo" / "__init__.py"),
        str(ROOT / "gazetteer" / "__init__.py"),
    ]


def test_the_program_as_a_process(here: Path) -> None:
    done = program("map", "in", "missing", cwd=here)

    assert done.returncode == 1
    assert done.stdout == ""
    assert (here / "out" / "map.html").exists(), "the default output"
    assert "Traceback" not in done.stderr
