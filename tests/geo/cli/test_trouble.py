"""What goes wrong while outputs are written: a clear line, an exit code, and nothing half-written."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.geo.database.conftest import PASSWORD, database, server, sql  # noqa: F401  (fixtures)

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

ROWS = "lat,lon,type,date,place\n8,4,shelling,2001-05-03,Beek\n2,6,protest,,Cora\n"
LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
RUN = "from geo.cli import main; import sys; main(sys.argv[1:])"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS)
    return path


def run(*arguments: str, before: str = "", cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", before + RUN, *arguments],
        check=False, capture_output=True, text=True, cwd=cwd, timeout=120,
        env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("export", "a.gpkg"),
        ("export", "a.geojson"),
        ("image", "a.png"),
    ],
)
def test_a_full_disk(tmp_path: Path, rows: Path, command: str, output: str) -> None:
    """A limit of the size of files stands for the disk: the system refuses the write in the same way."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / output).write_text("old")
    before = LIMIT + "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    done = run(command, str(rows), "-o", str(folder / output), before=before, cwd=tmp_path)

    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("geo: ")
    assert "Traceback" not in done.stderr
    assert output in done.stderr
    assert (folder / output).read_text() == "old"
    assert [path.name for path in folder.iterdir()] == [output]


@pytest.mark.parametrize("output", ["a.gpkg"])
def test_a_folder_that_cannot_be_written(tmp_path: Path, rows: Path, output: str) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")  # root may write into read-only folders, but into no file
    done = run("export", str(rows), "-o", str(blocked / output), cwd=tmp_path)

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1
    assert blocked.read_text() == "not a folder"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "a.shp"], 2, "the suffix tells no format"),
        (["-o", "a", "-f", "dwg"], 2, "'dwg' is not one of"),
        ([], 2, "say where to write: -o FILE, or --to postgresql://"),
        (["--to", "mysql://host/x"], 2, "--to takes the address of a database: postgresql://"),
        (["--to", "postgresql:///x", "-o", "a.csv"], 2, "--to writes tables; leave out -o"),
        (
            ["--to", "postgresql://ann:secret@127.0.0.1:1/x"],
            1,
            "postgresql://ann@127.0.0.1:1/x: no database answers",
        ),
        (["--to", "postgresql:///x?schema=pg_x"], 2, "'pg_x' cannot be the name of a schema"),
    ],
)
def test_wrong_outputs(tmp_path: Path, rows: Path, arguments: list[str], code: int, message: str) -> None:
    done = run("export", str(rows), *arguments, cwd=tmp_path)

    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "secret" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_ctrl_c_leaves_the_old_file(tmp_path: Path) -> None:
    lines = "".join(f"{n % 80},{n % 170},shelling,2001-05-03,P{n}\n" for n in range(200_000))
    (tmp_path / "rows.csv").write_text("lat,lon,type,date,place\n" + lines)
    (tmp_path / "a.pmtiles").write_text("old")
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "export", "rows.csv", "-o", "a.pmtiles"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()

    assert process.returncode == 130
    assert errors.strip() == "geo: interrupted; no output was replaced"
    assert (tmp_path / "a.pmtiles").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pmtiles", "rows.csv"]


def test_into_a_database_and_back(tmp_path: Path, rows: Path, database: str, sql: Any) -> None:  # noqa: F811
    first = run("export", str(rows), "--to", database + "?schema=news", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "events: 2 added, 0 changed, 0 as they were" in first.stderr
    again = run("export", str(rows), "--to", database + "?schema=news", cwd=tmp_path)
    assert "events: 0 added, 0 changed, 2 as they were" in again.stderr
    back = run("export", database + "?schema=news", "-f", "csv", "-o", "-", cwd=tmp_path)
    assert back.returncode == 0, back.stderr
    found = {row["row_id"]: row for row in csv.DictReader(back.stdout.splitlines())}
    kept = ("type", "status", "place_name", "lon", "lat", "date_start", "evidence", "wkt")
    assert [found["rows.csv:1"][name] for name in kept] == [
        "shelling", "happened", "Beek", "4.0", "8.0", "2001-05-03", "shelling, Beek", "POINT (4 8)",
    ]  # fmt: skip
    assert found["rows.csv:2"]["date_start"] == ""
    wrong = run("export", str(rows), "--to", database, cwd=tmp_path, PGPASSWORD="not it")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "the password is wrong" in wrong.stderr
    assert PASSWORD not in wrong.stderr
    missing = run("export", database + "?schema=none", "-f", "csv", "-o", "-", cwd=tmp_path)
    assert missing.returncode == 1
    assert "schema none has no table events" in missing.stderr
