"""``geo parse`` as a filter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.geo.cli.run import ROOT, TEXT, geo, program

if TYPE_CHECKING:
    from collections.abc import Sequence


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

    @pytest.mark.parametrize("output", ["in/out/", "in/out.jsonl"])
    def test_an_output_among_the_inputs_is_not_read(self, here: Path, output: str) -> None:
        (here / "in" / "z.txt").write_text("It rained in Oslo.")
        for _ in range(2):
            assert (found := geo("parse", "in", "-o", output)).exit_code == 0, found.stderr
            manifest = "in/out/manifest.json" if output.endswith("/") else f"{output}.manifest.json"
            assert json.loads((here / manifest).read_text())["counts"]["documents"] == 2


class TestBatch:
    """Many documents, cut off by a kill and taken up again."""

    DOCUMENTS = 2000

    @pytest.fixture
    def many(self, here: Path) -> Path:
        towns = ("Lagos", "Kano", "Odesa", "Lima", "Oslo")
        lines = [
            json.dumps({"id": f"d{n}", "text": f"It rained in {towns[n % 5]}. {n}"})
            for n in range(self.DOCUMENTS)
        ]
        lines.insert(700, "broken")
        (here / "many.jsonl").write_text("\n".join(lines) + "\n")
        return here

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
    def test_a_kill_costs_nothing_that_was_done(self, many: Path) -> None:
        code = "from geo.cli import main; main()"
        arguments = ["parse", "many.jsonl", "-o", "out.jsonl", "-j", "2"]
        running = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=many,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        )
        part = many / "out.jsonl.part"
        while running.poll() is None and (not part.exists() or part.read_bytes().count(b"\n") < 300):
            time.sleep(0.01)
        running.kill()
        running.wait()
        assert not (many / "out.jsonl").exists(), "killed before its end"
        done = part.read_bytes().count(b"\n")
        with part.open("ab") as stream:
            stream.write(b'{"schema": 1, "id": "d')  # as if the kill had come within a line
        again = geo("parse", "many.jsonl", "-o", "out.jsonl", "--resume")
        whole = geo("parse", "many.jsonl", "-o", "whole.jsonl")

        assert 300 <= done < self.DOCUMENTS
        assert again.exit_code == whole.exit_code == 1
        assert f"geo: {done} of 2000 documents were read by an earlier run" in again.stderr
        assert "geo: many.jsonl:701: is no JSON" in again.stderr
        assert (many / "out.jsonl").read_bytes() == (many / "whole.jsonl").read_bytes()
        assert sorted(path.name for path in many.iterdir()) == [
            "in",
            "many.jsonl",
            "out.jsonl",
            "out.jsonl.manifest.json",
            "whole.jsonl",
            "whole.jsonl.manifest.json",
        ]
        manifests = [(many / f"{name}.jsonl.manifest.json").read_bytes() for name in ("out", "whole")]
        assert manifests[0] == manifests[1]

    def test_new_and_changed_documents_alone_are_read(self, here: Path) -> None:
        geo("parse", "in", "-o", "out.jsonl", "--no-text")
        (here / "in" / "b.txt").write_text("It rained in Lagos.")
        done = geo("parse", "in", "-o", "out.jsonl", "--no-text", "--resume")

        assert done.stderr == "geo: 1 of 2 documents were read by an earlier run\n"
        (here / "in" / "a.txt").write_text("It rained in Kano.")
        geo("parse", "in", "-o", "out.jsonl", "--no-text", "--resume")
        names = [
            json.loads(line)["mentions"][0]["text"] for line in Path("out.jsonl").read_text().splitlines()
        ]
        assert names == ["Kano", "Lagos"]

    def test_an_interruption_says_how_to_go_on(self, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from geo.batch.worker import Worker

        run = Worker.run
        count = iter(range(10))

        def interrupted(self: Worker, chunk: Sequence[Any]) -> Any:
            if next(count) == 7:
                raise KeyboardInterrupt
            return run(self, chunk)

        monkeypatch.setattr(Worker, "run", interrupted)
        (many / "out.jsonl").write_text("old")
        done = geo("parse", "many.jsonl", "-o", "out.jsonl")

        assert done.exit_code == 130
        assert list(filter(None, done.stderr.splitlines())) == [
            "geo: 7 documents done so far: out.jsonl.part; the same command with --resume goes on",
            "geo: interrupted; no output was replaced",
        ]
        assert (many / "out.jsonl").read_text() == "old"
        assert len((many / "out.jsonl.part").read_text().splitlines()) == 7

    def test_to_begin_anew_is_said(self, here: Path) -> None:
        (here / "out.jsonl.part").write_text("{}\n")
        done = geo("parse", "in", "-o", "out.jsonl")

        assert done.stderr.startswith("geo: out.jsonl.part of an interrupted run is written anew; --resume")
        assert done.exit_code == 0

    def test_only_a_file_can_be_gone_on_with(self, here: Path) -> None:
        done = geo("parse", "in", "--resume")

        assert done.exit_code == 2
        assert "--resume needs a file to go on with" in done.stderr


class TestRecognisers:
    def test_a_missing_extra_is_one_line(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "gliner", None)
        done = geo("parse", "in", "--recogniser", "gliner:small")

        assert done.exit_code == 1
        assert done.stderr == "geo: gliner is not installed: pip install 'geodispatch[gliner]'\n"

    def test_a_wrong_name_is_wrong_usage(self, here: Path) -> None:
        done = geo("parse", "in", "--recogniser", "magic")

        assert done.exit_code == 2
        assert "'magic' is none; there are rules, spacy:MODEL" in done.stderr


class TestCorrections:
    @pytest.fixture
    def table(self, here: Path) -> str:
        (here / "c.csv").write_text(
            "name,place,note\nKharkiv,iso:UA-63,the desk\nMykolaiv,none,\nLviv,none,\n"
        )
        return "c.csv"

    def test_they_come_first_and_are_told(self, here: Path, table: str) -> None:
        done = geo("parse", "in", "--corrections", table)
        record = json.loads(done.stdout)
        places = {mention["text"]: mention for mention in record["mentions"]}

        assert done.stderr.splitlines() == [
            "geo: c.csv: 2 of 3 corrections used, for 2 mentions",
            "geo: c.csv: unused: line 4",
        ]
        assert places["Kharkiv"]["place"]["id"] == "iso:UA-63"
        assert places["Kharkiv"]["score"] == 1
        assert places["Kharkiv"]["reasons"] == ["corrected (c.csv line 2: the desk)"]
        assert "Mykolaiv" not in places
        [refused] = [item for item in record["unplaced"] if item["text"] == "Mykolaiv"]
        assert refused["reason"] == "no place, as corrected (c.csv line 3)"

    def test_events_follow(self, here: Path, table: str) -> None:
        record = json.loads(geo("parse", "in", "--corrections", table).stdout)

        ids = {place["id"] for event in record["events"] for place in event["places"]}
        assert "iso:UA-63" in ids
        assert not any(place["text"] == "Mykolaiv" for event in record["events"] for place in event["places"])

    def test_records_are_read_again_where_a_row_is_about_them(self, here: Path, table: str) -> None:
        direct = geo("parse", "in", "--corrections", table).stdout
        geo("parse", "in", "-o", "plain.jsonl")
        geo("parse", "in", "-o", "bare.jsonl", "--no-text")

        assert geo("parse", "plain.jsonl", "--corrections", table).stdout == direct
        bare = geo("parse", "bare.jsonl", "--corrections", table)
        assert "this record has no text: no correction is applied to it" in bare.stderr
        assert "iso:UA-63" not in {(m["place"] or {}).get("id") for m in json.loads(bare.stdout)["mentions"]}

    def test_every_command_reads_them(self, here: Path, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GEO_CORRECTIONS", table)
        shown = geo("explain", "in/a.txt", "Kharkiv")

        assert "corrected (c.csv line 2: the desk)" in shown.stdout
        refused = geo("explain", "in/a.txt", "mykolaiv")
        assert refused.exit_code == 0
        assert "no place, as corrected (c.csv line 3)" in refused.stdout

    def test_an_unknown_place_is_wrong_usage(self, here: Path) -> None:
        (here / "c.csv").write_text("name,place\nKharkiv,iso:UA-99\n")
        done = geo("map", "in", "--corrections", "c.csv")

        assert done.exit_code == 2
        assert (
            done.stderr
            == "geo: c.csv:2: no place has the id 'iso:UA-99'; 'gazetteer search NAME' finds ids\n"
        )
        assert not (here / "out").exists()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="POSIX devices")
def test_standard_output_by_its_path(here: Path) -> None:
    done = program("parse", "in", "-o", "/dev/stdout", cwd=here)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "in/a.txt"


class TestFolder:
    """``-o FOLDER/``: GeoParquet beside the records."""

    def test_a_folder_of_geoparquet(self, here: Path) -> None:
        import geopandas

        done = geo("parse", "in", "-o", "deep/out/")
        events, places = (geopandas.read_parquet(f"deep/out/{name}") for name in ("events", "places"))
        record = json.loads(geo("parse", "in").stdout)

        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
        assert list(places["mention"]) == [mention["text"] for mention in record["mentions"]]
        assert list(places["start"]) == [mention["start"] for mention in record["mentions"]]
        assert set(events["id"]) == {
            event["id"]
            for event in (
                *record["events"],
                *(item["event"] for item in record["unplaced"] if "event" in item),
            )
        }
        assert events.crs == "OGC:CRS84"
        assert [list(row.geometry.coords[0]) for row in places.itertuples() if row.place_id] == [
            [mention["place"]["lon"], mention["place"]["lat"]]
            for mention in record["mentions"]
            if mention["place"]
        ]
        near = geopandas.read_parquet("deep/out/places", bbox=(30, 45, 40, 52))
        assert len(near) == sum(
            30 <= x <= 40 and 45 <= y <= 52 for x, y in zip(places.lon, places.lat, strict=True)
        )

    def test_it_is_read_as_its_records(self, here: Path) -> None:
        geo("parse", "in", "-o", "out", "-f", "parquet")
        again = geo("parse", "out")

        assert again.stdout == geo("parse", "in").stdout
        assert again.stderr == ""

    def test_jobs_and_resume_give_the_same_bytes(self, here: Path) -> None:
        for number in range(40):
            (here / "in" / f"x{number:02d}.txt").write_text(f"Shells fell on Odesa on 4 May 2022. {number}")
        geo("parse", "in", "-o", "one/")
        (here / "in" / "x40.txt").write_text("")
        two = geo("parse", "in", "-o", "two/", "-j", "2")
        geo("parse", "in", "-o", "one/", "--resume")

        assert two.exit_code == 1
        files = [sorted(p for p in (here / name).rglob("*") if p.is_file()) for name in ("one", "two")]
        assert [p.relative_to(here / "one") for p in files[0]] == [
            p.relative_to(here / "two") for p in files[1]
        ]
        assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]
        manifest = json.loads((here / "two" / "manifest.json").read_text())
        assert manifest["counts"]["failed"] == 1
        assert manifest["failures"][0]["where"] == "in/x40.txt"

    def test_where_a_folder_cannot_be(self, here: Path) -> None:
        assert "GeoParquet needs a folder" in geo("parse", "in", "-f", "parquet").stderr
        done = geo("parse", "in", "-o", "in/")

        assert done.exit_code == 1
        assert done.stderr.endswith("in: is a folder of other things; name a new one\n")


class TestManifest:
    def test_other_options_are_not_gone_on_with(self, here: Path) -> None:
        geo("parse", "in", "-o", "out.jsonl")
        before = Path("out.jsonl").read_bytes()
        done = geo("parse", "in", "-o", "out.jsonl", "--resume", "--demonyms", "--no-text")

        assert done.exit_code == 2
        assert done.stderr == (
            f"geo: {here / 'out.jsonl'}: cannot go on with it: it was made with text true (now false), "
            "demonyms false (now true); leave out --resume to begin anew\n"
        )
        assert Path("out.jsonl").read_bytes() == before
        assert geo("parse", "in", "-o", "out.jsonl", "--resume").exit_code == 0

    def test_other_data_are_not_gone_on_with(self, here: Path) -> None:
        (here / "c.csv").write_text("name,place,note\nLviv,none,\n")
        geo("parse", "in", "-o", "out.jsonl", "--corrections", "c.csv")
        (here / "c.csv").write_text("name,place,note\nOdesa,none,\n")
        done = geo("parse", "in", "-o", "out.jsonl", "--corrections", "c.csv", "--resume")

        assert done.exit_code == 2
        assert "it was made with corrections " in done.stderr
