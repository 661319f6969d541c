"""Prose that a program can check: commands, help texts, the README's code."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command of both programs by its full name."""
    from gazetteer.cli import main as gazetteer_main
    from geo.cli import main as geo_main

    for program, group in (("geo", geo_main), ("gazetteer", gazetteer_main)):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield f"{program} {name}", command


COMMANDS = dict(commands())


def test_the_commands_of_the_design_exist() -> None:
    expected = {f"geo {name}" for name in ("map", "parse", "events", "export", "image", "embed")}
    expected |= {f"gazetteer {name}" for name in ("search", "show", "info", "claims")}

    assert expected <= COMMANDS.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    text = click.Context(COMMANDS[name], info_name=name).get_help()

    assert re.search(rf"^\s+(\$ )?{name}( \S|$)", text.split("Usage:")[-1].split("\n", 1)[1], re.MULTILINE), (
        text
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_reference(name: str) -> None:
    assert f"`{name}" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [p.name for p in COMMANDS[name].params if isinstance(p, click.Option) and not p.help]

    assert silent == []


def test_the_readme_names_only_commands_and_options_that_exist() -> None:
    shown = re.findall(r"^(?:\$ )?((?:geo|gazetteer) [a-z]+)(.*)$", README, re.MULTILINE)

    assert shown
    for name, rest in shown:
        assert name in COMMANDS, name
        known = {opt for param in COMMANDS[name].params for opt in (*param.opts, *param.secondary_opts)}
        used = set(re.findall(r"(?<!\S)--?[a-z][\w-]*", rest.split("#")[0]))
        assert used - known - {"--help"} == set(), name


def test_the_python_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "seeds").symlink_to(ROOT / "seeds", target_is_directory=True)

    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102  (our own text)
    assert (tmp_path / "out" / "map.html").stat().st_size > 10_000


def test_the_answers_to_questions_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gazetteer.cli import main as gazetteer_main
    from geo.cli import main as geo_main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds", target_is_directory=True)
    (tmp_path / "out").mkdir()
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    scope: dict[str, Any] = {}
    ran = 0

    for language, code in re.findall(r"```(sh|python)\n(.*?)```", text, re.DOTALL):
        if language == "python":
            exec(compile(code, "questions.md", "exec"), scope)  # noqa: S102  (our own page)
            continue
        for line in code.splitlines():
            words = shlex.split(line)
            if words[0] == "printf":
                subprocess.run(line, shell=True, check=True)  # noqa: S602  (our own page)
                continue
            group = {"geo": geo_main, "gazetteer": gazetteer_main}[words[0]]
            done = CliRunner().invoke(group, words[1:])
            assert done.exit_code == 0, f"{line}\n{done.output}"
            ran += 1

    assert ran == 8
    assert 0 < len(scope["sure"]) < len(scope["table"])
    assert scope["points"].crs == "EPSG:4326"


def test_links_between_the_documents_hold() -> None:
    pages = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "THIRD_PARTY.md",
        *(ROOT / "docs").glob("*.md"),
    ]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]

    assert broken == []


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
