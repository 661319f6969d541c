"""gazetteer build and export, as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import gazetteer
from gazetteer.cli import main
from gazetteer.own.progress import Progress
from gazetteer.own.staging import Staging
from tests.gazetteer.own.helpers import dump_line, name_line, table, written

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    rows = [
        {
            "id": "1",
            "name": "Qorvath",
            "lat": 46.5,
            "lon": 33.0,
            "kind": "village",
            "country": "UA",
            "names": "former:Qorvat",
        }
    ]
    assert (
        run(
            "build", table(tmp_path / "a.csv", rows), "-o", tmp_path / "a.gaz", "--attribution", "Mine."
        ).exit_code
        == 0
    )
    return tmp_path / "a.gaz"


def test_build_says_what_it_does(tmp_path: Path) -> None:
    lines = [dump_line(n, f"Place {n}") for n in range(1, 4)] + ["bad", dump_line(9, "North", lat=95)]
    done = run("build", written(tmp_path / "UA.txt", lines), "-o", tmp_path / "deep" / "ua.gaz")

    assert (done.exit_code, done.stdout) == (0, "")
    said = done.stderr.splitlines()
    assert said[0] == f"gazetteer: reading {tmp_path / 'UA.txt'}"
    assert f"gazetteer: 2 rows were left out; {tmp_path / 'deep' / 'ua.gaz.rejects.txt'} lists them" in said
    assert said[-1].startswith(f"Wrote {tmp_path / 'deep' / 'ua.gaz'}: ")
    assert "3 places" in said[-1]
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["ua.gaz", "ua.gaz.rejects.txt"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere.csv"], 1, "gazetteer: nowhere.csv: there is no such file"),
        (["."], 1, "gazetteer: .: is a folder; name the files in it"),
        (["a.csv", "--field", "name"], 2, "--field 'name': write OURS=..., where OURS is one of id, name"),
        (["a.csv", "--set", "colour=red"], 2, "--set 'colour=red'"),
    ],
)
def test_what_cannot_be_built(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    done = run("build", *arguments, "-o", tmp_path / "a.gaz")

    assert done.exit_code == code
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_folder(tmp_path: Path) -> None:
    source = written(tmp_path / "UA.txt", [dump_line(1, "A")])
    done = run("build", source, "-o", tmp_path)

    assert done.exit_code == 1
    assert f"{tmp_path}: is a folder; name a file to write, such as {tmp_path / 'my.gaz'}" in done.stderr


def test_own_data_in_every_command(own: Path) -> None:
    found = run("search", "Qorvath", "-g", own, "--json")
    assert json.loads(found.stdout)["id"] == "own:1"
    assert run("search", "Qorvath").exit_code == 1
    assert "former      Qorvat" in run("show", "own:1", "-g", own).stdout
    near = json.loads(run("reverse", "46.5", "33.0", "-g", own, "-n", "1", "--json").stdout)["near"]
    assert near[0]["id"] == "own:1"
    assert json.loads(run("info", "-g", own, "--json").stdout)["attribution"].endswith("Mine.")
    assert run("claims", "-g", own, "--as-of", "2022-10-13").exit_code == 0


def test_texts_are_read_with_own_data(own: Path, tmp_path: Path) -> None:
    from geo.cli import main as geo_main

    text = tmp_path / "t.txt"
    text.write_text(
        "Shelling hit the village of Qorvath in Kherson Oblast on Tuesday, officials said.", encoding="utf-8"
    )
    done = CliRunner().invoke(geo_main, ["parse", str(text), "--date", "2023-05-05", "-g", str(own)])

    assert done.exit_code == 0
    mentions = json.loads(done.stdout)["mentions"]
    assert {m["text"]: m["place"]["id"] for m in mentions} == {
        "Qorvath": "own:1",
        "Kherson Oblast": "iso:UA-65",
    }


def test_export_to_files_and_standard_output(own: Path, tmp_path: Path) -> None:
    done = run("export", "-g", own, "--only-own", "-o", tmp_path / "a.lpf.json")
    assert (done.exit_code, done.stderr) == (0, f"Wrote {tmp_path / 'a.lpf.json'}: 1 places\n")
    (feature,) = json.loads((tmp_path / "a.lpf.json").read_text(encoding="utf-8"))["features"]
    assert feature["@id"] == "own:1"
    assert json.loads(run("export", "-g", own, "--only-own").stdout) == feature
    assert run("export", "-g", own, "--only-own", "-o", tmp_path / "a.csv").exit_code == 0
    header, line = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("id,name,kind")
    assert line.startswith("own:1,Qorvath,village,UA")


def test_export_of_the_package(tmp_path: Path) -> None:
    done = run("export", "--country", "ua", "--kind", "admin1", "-o", tmp_path / "ua.json")
    features = json.loads((tmp_path / "ua.json").read_text(encoding="utf-8"))["features"]

    assert done.exit_code == 0
    assert len(features) == 27
    assert {part["type"] for one in features for part in one["geometry"]["geometries"]} == {
        "Point",
        "MultiPolygon",
    }


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "a.kml"], 2, "-o a.kml: the suffix says no format; use .json, .jsonl or .csv"),
        (["--kind", "planet"], 2, "there is no kind 'planet'"),
        (["--only-own"], 2, "--only-own: no own data is named; add -g FILE"),
        (["--country", "ZZ"], 2, "no country has the code 'ZZ'"),
    ],
)
def test_what_cannot_be_exported(arguments: list[str], code: int, message: str) -> None:
    done = run("export", *arguments)

    assert done.exit_code == code
    assert message in done.stderr


INTERRUPT = """
import os, signal, sys
import gazetteer.own.{module} as module
real, calls = module.{function}, []

def wrapped(*args, **options):
    calls.append(1)
    if len(calls) == {call}:
        os.kill(os.getpid(), signal.SIGINT)
    return real(*args, **options)

module.{function} = wrapped
from gazetteer.cli import main
main()
"""


def dump(folder: Path) -> tuple[Path, Path]:
    """A dump of more than one batch."""
    places = (dump_line(n, f"Place {n}", others=f"Alt{n},Other{n}") for n in range(1, 6_001))
    names = (name_line(n, f"Name {n}", "en") for n in range(1, 6_001))
    return written(folder / "UA.txt", places), written(folder / "names.txt", names)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("clean")
    assert run("build", *dump(folder), "-o", folder / "clean.gaz").exit_code == 0
    return (folder / "clean.gaz").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(
    ("module", "function", "call"),
    [
        pytest.param("staging", "geonames_id", 7000, id="reading"),
        pytest.param("assemble", "prominence", 3000, id="joining"),
        pytest.param("index", "_put", 1, id="indexing"),
        pytest.param("build", "_outlines", 1, id="writing"),
    ],
)
def test_ctrl_c_keeps_the_output_and_what_was_read(
    tmp_path: Path, uninterrupted: bytes, module: str, function: str, call: int
) -> None:
    places, names = dump(tmp_path)
    out = tmp_path / "ua.gaz"
    out.write_bytes(b"what stood there")
    code = INTERRUPT.format(module=module, function=function, call=call)
    child = subprocess.run(
        [sys.executable, "-c", code, "build", places, names, "-o", out],
        capture_output=True,
        text=True,
        check=False,
    )
    said = child.stderr
    assert child.returncode == 130, said
    assert f"interrupted; {out} is as it was" in said
    assert "Traceback" not in said
    assert out.read_bytes() == b"what stood there"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "UA.txt",
        "names.txt",
        "ua.gaz",
        "ua.gaz.work",
    ]

    done = run("build", places, names, "-o", out)
    assert done.exit_code == 0
    assert done.stderr.startswith(f"gazetteer: going on with what an interrupted build has read ({out}.work)")
    gaz = gazetteer.open(out)
    assert len(gaz) == 6_000
    assert gaz.info()["names"] == 6_000 * 4
    assert not (tmp_path / "ua.gaz.work").exists()
    assert out.read_bytes() == uninterrupted


def test_two_builds_of_one_output(tmp_path: Path) -> None:
    source = written(tmp_path / "UA.txt", [dump_line(1, "A")])
    work = tmp_path / "ua.gaz.work"
    work.mkdir()
    first = Staging(work / "staging.sqlite")
    first.meta("stamp", "other inputs")
    done = run("build", source, "-o", tmp_path / "ua.gaz")
    first.close()

    assert done.exit_code == 1
    assert f"gazetteer: {work}: another build works there" in done.stderr
    assert (work / "staging.sqlite").exists()


def test_what_another_build_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "ua.gaz.work").mkdir()
    (tmp_path / "ua.gaz.work" / "staging.sqlite").write_bytes(b"no database")
    done = run("build", written(tmp_path / "UA.txt", [dump_line(1, "A")]), "-o", tmp_path / "ua.gaz")

    assert done.exit_code == 0
    assert f"removing {tmp_path / 'ua.gaz.work'}, which a build of other inputs has left" in done.stderr


def test_progress_has_rate_and_time_left() -> None:
    shown: list[str] = []
    times = iter([0.0, 0.0, 0.1, 10.0, 20.0, 20.0, 30.0])
    progress = Progress(shown.append, clock=lambda: next(times))
    progress.step("reading")
    progress.at(0.01, 5)
    progress.at(0.02, 100)
    progress.at(0.5, 5_000)
    progress.step("places")
    progress.at(0.5, 9_000, "places")

    assert shown == [
        "  1%  reading: 100 rows, 10/s, ? left",
        " 16%  reading: 5,000 rows, 250/s, 109 s left",
        " 59%  places: 9,000 places, 900/s, 21 s left",
    ]
