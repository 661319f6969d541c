"""Every command from end to end, with the real stages and the package's gazetteer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner, Result

from geo.cli import COMMANDS, main

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[3]
TEXT = "Shells fell on Kharkiv on 3 May 2022. Kyiv said families would be evacuated from Kherson to Mykolaiv."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with one text in in/."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def geo(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def program(*arguments: str, cwd: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    code = "from geo.cli import main; main()"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


class TestFrontDoor:
    def test_help_lists_every_command_and_imports_none(self, here: Path) -> None:
        code = (
            "import sys; from click.testing import CliRunner; from geo.cli import main; "
            "print(CliRunner().invoke(main, ['--help']).output); "
            "print(sorted(m for m in sys.modules if m.startswith(('geo.', 'gazetteer'))))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

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


class TestMap:
    def test_it_says_what_it_found_and_where_the_map_is(self, here: Path) -> None:
        done = geo("map", "in", "-o", "deep/map.html")

        assert done.exit_code == 0, done.output
        assert done.stdout == ""
        lines = done.stderr.splitlines()
        assert lines[0].startswith("Found in 1 document: ")
        assert "mentions of" in lines[0]
        assert lines[1].startswith("Not placed, and listed on the map: ")
        assert lines[2].startswith("Map: deep/map.html (")
        html = (here / "deep" / "map.html").read_text(encoding="utf-8")
        assert html.startswith("<!")
        assert "Kharkiv" in html

    def test_the_title_and_the_day_are_on_the_map(self, here: Path) -> None:
        geo(
            "map",
            "in",
            "-o",
            "a.html",
            "--title",
            "Roads <&> rails",
            "--as-of",
            "2015-01-01",
            "--publisher",
            "The Paper",
        )
        html = (here / "a.html").read_text(encoding="utf-8")

        assert "<title>Roads &lt;&amp;&gt; rails</title>" in html
        assert "The Paper" in html
        assert "1 January 2015" in html

    def test_to_standard_output(self, here: Path) -> None:
        done = geo("map", "in", "-o", "-")

        assert done.stdout.startswith("<!")
        assert "Map:" not in done.stderr

    def test_same_input_same_bytes_also_by_way_of_records(self, here: Path) -> None:
        geo("map", "in", "-o", "a.html")
        geo("map", "in", "-o", "b.html")
        geo("parse", "in", "-o", "a.jsonl")
        geo("map", "a.jsonl", "-o", "c.html")

        assert (
            (here / "a.html").read_bytes() == (here / "b.html").read_bytes() == (here / "c.html").read_bytes()
        )

    def test_it_can_open_the_browser(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        opened: list[str] = []
        monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
        geo("map", "in", "-o", "a b.html", "--open")

        assert opened == [(here / "a b.html").as_uri()]

    def test_no_heavy_library_is_loaded(self, here: Path) -> None:
        code = (
            "import sys; from click.testing import CliRunner; from geo.cli import main; "
            "assert CliRunner().invoke(main, ['map', 'in', '-o', 'a.html']).exit_code == 0; "
            "print([m for m in ('geopandas', 'pandas', 'folium', 'pyogrio', 'pyarrow', 'matplotlib', 'jinja2') if m in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=here,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

        assert done.stdout.strip() == "[]"


class TestBadInput:
    @pytest.fixture
    def mixed(self, here: Path) -> Path:
        (here / "in" / "b-empty.txt").write_bytes(b"")
        (here / "in" / "c-binary.txt").write_bytes(b"\x7fELF\0\0\0\0")
        (here / "in" / "d-latin.txt").write_bytes(
            b"Caf\xe9 bombard\xe9 \xe0 Orl\xe9ans, d\xe9j\xe0 ferm\xe9. " * 20
        )
        (here / "in" / "e-large.txt").write_bytes(b"Shells fell on Kharkiv. " * 2_100_000)
        (here / "none").mkdir()
        return here

    def test_each_in_one_line_and_the_rest_is_done(self, mixed: Path) -> None:
        done = geo("parse", "in", "nowhere.txt", "none", "-o", "a.jsonl")
        lines = done.stderr.splitlines()

        assert done.exit_code == 1
        assert [line.split(": ")[1] for line in lines[:-1]] == [
            "in/b-empty.txt",
            "in/c-binary.txt",
            "in/d-latin.txt",
            "in/e-large.txt",
            "nowhere.txt",
            "none",
        ]
        assert lines[1] == "geo: in/c-binary.txt: is a program, not text; convert it to text, or leave it out"
        assert lines[2].startswith("geo: in/d-latin.txt: is not UTF-8; read as")
        assert lines[-1] == "geo: 5 inputs failed, 2 done"
        records = [json.loads(line) for line in (mixed / "a.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [record["id"] for record in records] == ["in/a.txt", "in/d-latin.txt"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["map", "-o", "out"],
            ["parse", "-o", "out"],
            ["events", "-o", "out"],
            ["export", "-f", "csv", "-o", "out"],
            ["image", "-f", "svg", "-o", "out"],
        ],
    )
    def test_an_existing_output_stays_when_nothing_could_be_read(
        self, here: Path, arguments: list[str]
    ) -> None:
        (here / "out").write_text("old")
        (here / "empty.txt").write_text("")
        done = geo(*arguments, "empty.txt", "nowhere.txt")

        assert done.exit_code == 1
        assert done.stderr.splitlines() == [
            "geo: empty.txt: has no text in it; leave it out, or check how it was saved",
            "geo: nowhere.txt: there is no such file or folder; check the path",
            "geo: no document could be read; no output was replaced",
        ]
        assert (here / "out").read_text() == "old"
        assert sorted(path.name for path in here.iterdir()) == ["empty.txt", "in", "out"]

    def test_an_output_that_cannot_be_written(self, here: Path) -> None:
        (here / "file").write_text("x")
        done = geo("map", "in", "-o", "file/map.html")

        assert done.exit_code == 1
        assert "geo: file/map.html: cannot be written" in done.stderr

    def test_an_output_that_is_a_folder(self, here: Path) -> None:
        done = geo("map", "in", "-o", "in")

        assert done.exit_code == 1
        assert "geo: in: is a folder; name a file to write" in done.stderr

    def test_a_fault_of_the_program_is_one_line(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise ZeroDivisionError("oops\nand more")

        monkeypatch.setattr("geo.pipeline.make_map", fail)
        done = geo("map", "in", "-o", "a.html")

        assert done.exit_code == 1
        assert (
            "geo: a fault in the program (ZeroDivisionError: oops and more); GEO_DEBUG=1 shows where"
            in done.stderr
        )
        monkeypatch.setenv("GEO_DEBUG", "1")
        assert isinstance(geo("map", "in", "-o", "a.html").exception, ZeroDivisionError)

    def test_control_characters_do_not_reach_the_terminal(self, here: Path) -> None:
        name = "a\x1b]0;owned\x07.txt"
        (here / "in" / name).write_text("")
        (here / "in" / "b\x1b[2J.txt").write_bytes(b"Caf\xe9 ferm\xe9, d\xe9j\xe0. " * 20)
        done = geo("parse", "in", "-o", "a.jsonl")

        assert "geo: in/a?]0;owned?.txt: has no text in it" in done.stderr
        assert "geo: in/b?[2J.txt: is not UTF-8" in done.stderr
        assert "\x1b" not in done.stderr


class TestSignals:
    def test_interrupted(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (here / "a.html").write_text("old")

        def stop(*_: Any, **__: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("geo.pipeline.make_map", stop)
        done = geo("map", "in", "-o", "a.html")

        assert done.exit_code == 130
        assert done.stderr.splitlines()[-1] == "geo: interrupted; no output was replaced"
        assert (here / "a.html").read_text() == "old"

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
    @pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
    def test_a_signal_leaves_nothing_half_written(self, here: Path, name: str) -> None:
        code = (
            "import os, signal, geo.pipeline as p\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a background job ignores it
            f"p.make_stages = lambda *a, **k: os.kill(os.getpid(), signal.{name})\n"
            "from geo.cli import main; main()"
        )
        (here / "a.jsonl").write_text("old")
        done = subprocess.run(
            [sys.executable, "-c", code, "parse", "in", "-o", "a.jsonl"],
            cwd=here,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

        assert done.returncode == 130
        assert done.stderr.strip() == "geo: interrupted; no output was replaced"
        assert (here / "a.jsonl").read_text() == "old"
        assert sorted(path.name for path in here.iterdir()) == ["a.jsonl", "in"]

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
    def test_a_closed_pipe_is_quiet(self, here: Path) -> None:
        for number in range(30):
            shutil.copy(here / "in" / "a.txt", here / "in" / f"b{number}.txt")
        code = f"{sys.executable} -c 'from geo.cli import main; main()' parse in | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", code],
            cwd=here,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

        assert done.stdout in {"141\n", "0\n"}
        assert done.stderr == ""


class TestStreams:
    def test_parse_is_a_filter(self, here: Path) -> None:
        first = geo("parse", "in")
        again = geo("parse", "-", stdin=first.stdout)

        assert first.exit_code == again.exit_code == 0
        assert first.stdout == again.stdout
        assert json.loads(first.stdout)["text"] == TEXT
        assert first.stderr == ""

    def test_parse_without_text(self, here: Path) -> None:
        record = json.loads(geo("parse", "in", "--no-text").stdout)

        assert "text" not in record
        assert record["mentions"]

    def test_plain_text_from_standard_input(self) -> None:
        record = json.loads(geo("parse", "-", "--date", "2022-05-04", stdin=TEXT).stdout)

        assert (record["id"], record["date"], record["date_basis"]) == ("-", "2022-05-04", "option")

    def test_demonyms_only_where_asked(self) -> None:
        text = "Ukrainian forces shelled Donetsk."
        roles = [
            {m["role"] for m in json.loads(geo("parse", "-", *more, stdin=text).stdout)["mentions"]}
            for more in ([], ["--demonyms"])
        ]

        assert "demonym" not in roles[0]
        assert "demonym" in roles[1]

    def test_a_least_score(self) -> None:
        record = json.loads(geo("parse", "-", "--min-score", "1", stdin=TEXT).stdout)

        assert {mention["place"] for mention in record["mentions"]} == {None}
        assert record["unplaced"]

    def test_events_are_merged_over_documents(self, here: Path) -> None:
        shutil.copy(here / "in" / "a.txt", here / "in" / "b.txt")
        lines = geo("events", "in").stdout.splitlines()
        one = geo("events", "in/a.txt").stdout.splitlines()

        assert lines
        assert len(lines) == len(one)
        assert {report["document"] for report in json.loads(lines[0])["reports"]} == {"in/a.txt", "in/b.txt"}

    def test_export_to_a_pipe(self, here: Path) -> None:
        done = geo("export", "in", "-o", "-", "-f", "geojson", "-l", "places")

        names = [f["properties"]["name"] for f in json.loads(done.stdout)["features"]]
        assert "Kharkiv" in names
        assert done.stderr == f"Wrote standard output: places {len(names)}\n"

    def test_export_of_some_rows_for_viewers(self, here: Path) -> None:
        where = ("--where", "family=fires", "--bbox", "30,45,40,52")
        done = geo("export", "in", "-o", "-", "-f", "geojson", "--simplestyle", *where)

        (feature,) = json.loads(done.stdout)["features"]
        assert feature["properties"]["title"].endswith(": Kharkiv")
        assert feature["properties"]["marker-color"].startswith("#")
        assert done.stderr == "Wrote standard output: events 1\n"
        assert geo("export", "in", "-o", "a.csv", "--bbox", "0,0,1,1").stderr == "Wrote a.csv: events 0\n"


class TestOthers:
    def test_export_all_layers(self, here: Path) -> None:
        import pyogrio

        done = geo("export", "in", "-o", "a.gpkg", "--as-of", "2022-10-13")

        assert done.exit_code == 0, done.output
        assert [name for name, _ in pyogrio.list_layers("a.gpkg")] == [
            "events",
            "reports",
            "places",
            "regions",
            "flows",
            "claims",
            "unplaced",
            "layer_styles",
        ]

    @pytest.mark.parametrize(("suffix", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
    def test_image(self, here: Path, suffix: str, magic: bytes) -> None:
        done = geo("image", "in", "-o", f"a.{suffix}", "--dpi", "60")

        assert done.exit_code == 0, done.output
        assert (here / f"a.{suffix}").read_bytes().startswith(magic)
        assert done.stderr.startswith(f"Picture: a.{suffix} (")

    def test_embed(self, here: Path) -> None:
        geo("map", "in", "-o", "a.html", "--title", 'Roads "&" rails')
        done = geo("embed", "a.html")

        assert (
            '<iframe src="a.html" title="Roads &quot;&amp;&quot; rails" loading="lazy" sandbox="allow-scripts"'
            in done.stdout
        )
        assert "<figure" in done.stdout
        assert (
            "<figure" not in geo("embed", "a.html", "--kind", "iframe", "--src", "https://x.example/").stdout
        )

    def test_embed_of_nothing(self, here: Path) -> None:
        done = geo("embed", "no.html")

        assert done.exit_code == 1
        assert done.stderr.startswith(
            "geo: no.html: cannot be read (No such file or directory); draw the map first"
        )

    def test_explain(self, here: Path) -> None:
        done = geo("explain", "in/a.txt", "KHARKIV")

        assert done.exit_code == 0, done.output
        assert "[Kharkiv]" in done.stdout
        assert "role      literal" in done.stdout
        assert "matched as" in done.stdout
        assert "*" in done.stdout
        at = TEXT.index("Kherson")
        assert "[Kherson]" in geo("explain", "in/a.txt", f"@{at}").stdout

    def test_explain_what_is_no_mention(self, here: Path) -> None:
        done = geo("explain", "in/a.txt", "Atlantis")

        assert done.exit_code == 1
        assert done.stdout == ""
        assert "'Atlantis' is no mention here; mentions: Kharkiv" in done.stderr


class TestEval:
    @pytest.fixture
    def gold(self, here: Path) -> str:
        def toponym(name: str, lat: float, lon: float) -> dict[str, Any]:
            start = TEXT.index(name)
            return {"start": start, "end": start + len(name), "lat": lat, "lon": lon}

        tops = [
            toponym("Kharkiv", 50, 36.25),
            toponym("Kherson", 46.64, 32.62),
            toponym("Mykolaiv", 46.97, 32),
        ]
        (here / "gold.jsonl").write_text(json.dumps({"id": "x", "text": TEXT, "toponyms": tops}))
        return "gold.jsonl"

    def test_the_table(self, gold: str) -> None:
        done = geo("eval", "--gold", gold)

        assert done.exit_code == 0, done.output
        assert done.stdout.splitlines()[0].split() == ["measure", "value", "meaning"]
        assert "overlap_f1" in done.stdout
        assert "oracle" not in done.stdout

    def test_gold_spans(self, gold: str) -> None:
        figures = json.loads(geo("eval", "--gold", gold, "--spans", "gold", "--json").stdout)

        assert figures["matched"] == 3
        assert figures["acc161"] == 1

    @pytest.mark.parametrize(
        ("floors", "code"),
        [({"overlap_r": 0.5, "median_km": 50}, 0), ({"overlap_r": 1.01}, 3), ({"median_km": 0}, 3)],
    )
    def test_floors(self, here: Path, gold: str, floors: dict[str, float], code: int) -> None:
        (here / "floors.json").write_text(json.dumps(floors))
        done = geo("eval", "--gold", gold, "--floors", "floors.json")

        assert done.exit_code == code, done.output
        assert ("floor broken" in done.stderr) == (code == 3)

    @pytest.mark.parametrize("floors", ["[]", "{", '{"nothing": 1}', '{"overlap_f1": "high"}'])
    def test_wrong_floors(self, here: Path, gold: str, floors: str) -> None:
        (here / "floors.json").write_text(floors)

        assert geo("eval", "--gold", gold, "--floors", "floors.json").exit_code == 2

    def test_wrong_gold(self, here: Path) -> None:
        (here / "gold.jsonl").write_text("{}")
        done = geo("eval", "--gold", "gold.jsonl")

        assert done.exit_code == 1
        assert "gold.jsonl:1: no gold record" in done.stderr


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
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=here,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

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
