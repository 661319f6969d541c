"""Layers in a real PostgreSQL with PostGIS, looked at with psql."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from shapely import Point

from geo.database import Counts, load, read_tables
from geo.errors import InputError, OutputError
from geo.layers import Layer
from geo.layers.layer import columns
from tests.geo import stage
from tests.geo.database.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENTS = "geodispatch.events"


def snapshot(sql: Any) -> list[list[str]]:
    """Every row with the transaction that wrote it, and the schema's objects."""
    tables = sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'geodispatch'")
    rows = [row for (name,) in tables for row in sql(f'SELECT xmin, * FROM geodispatch."{name}" ORDER BY 2')]
    return rows + sql(
        "SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
    )


def test_all_layers_are_tables(database: str, sql: Any) -> None:
    layers = stage.layers()
    counts = load(database, layers, metadata={"attribution": "Invented; 'data' \\ \""})

    assert counts == {name: Counts(len(layer), 0, len(layer)) for name, layer in layers.items()}
    for name, layer in layers.items():
        assert sql(f"SELECT count(*) FROM geodispatch.{name}") == [[str(len(layer))]]
    kinds = dict(sql("SELECT f_table_name, type FROM geometry_columns WHERE srid = 4326"))
    assert kinds["events"] == "POINT"
    assert kinds["claims"] == "MULTIPOLYGON"
    assert sql(f"SELECT ST_AsText(geom), date_start FROM {EVENTS} WHERE id = 'e1'") == [
        ["POINT(4 8)", "2001-05-03"]
    ]
    assert sql(f"SELECT geom IS NULL, place_id IS NULL FROM {EVENTS} WHERE id = 'e3'") == [["t", "t"]]
    found = sql(
        "SELECT tablename FROM pg_indexes WHERE schemaname = 'geodispatch' AND indexdef LIKE '%gist%'"
    )
    assert len(found) == len(layers)
    (comment,) = sql(f"SELECT obj_description('{EVENTS}'::regclass)")
    assert comment == ["One row per event and place where it happens, merged over the documents. "
                       "Data: Invented; 'data' \\ \""]  # fmt: skip


def test_a_second_run_changes_nothing(database: str, sql: Any) -> None:
    load(database, stage.layers())
    before = snapshot(sql)
    counts = load(database, stage.layers())

    assert snapshot(sql) == before
    assert {(one.added, one.changed) for one in counts.values()} == {(0, 0)}
    assert counts["events"].same == len(stage.layers()["events"])


def test_rows_are_changed_by_their_key_and_others_stay(database: str, sql: Any) -> None:
    load(database, stage.layers())
    layer = stage.layers()["events"]
    layer.rows[0]["status"] = "denied"
    layer.geometry[0] = Point(1, 2)
    new = dict(layer.rows[0], row_id="e9", id="e9")
    layer = replace(layer, rows=[layer.rows[0], new], geometry=[layer.geometry[0], None])

    assert load(database, {"events": layer}) == {"events": Counts(1, 1, 2)}
    assert sql(f"SELECT status, ST_X(geom) FROM {EVENTS} WHERE row_id = 'e1'") == [["denied", "1"]]
    assert sql(f"SELECT count(*) FROM {EVENTS}") == [["4"]]


def odd() -> Layer:
    layer = Layer(
        'odd"; DROP TABLE x; --',
        "Odd",
        columns(
            ("row_id", "str", "it's"), ('a"b', "str", "\\"), ("n", "int", ""), ("x", "float", ""),
            ("b", "bool", ""), ("d", "date", ""),
        ),
    )  # fmt: skip
    layer.add(
        Point(180, -90),
        row_id="1",
        **{'a"b': "tab\t line\n cr\r \\N \\. '\" Київ 🙂"},
        n=2**60,
        x=0.1,
        b=True,
        d="1812-09-07",
    )
    layer.add(None, row_id="2", **{'a"b': "zero\0byte"}, n=None, x=float("inf"), b=False, d="2014-03")
    layer.add(Point(0, 0), row_id="3", **{'a"b': ""}, n=-1, x=1e-300, b=None, d=None)
    return layer


def test_odd_names_and_values_come_back(database: str) -> None:
    layer = odd()
    address = database + "?schema=" + "%22%27odd schema%3B--"
    load(address, {layer.name: layer})
    rows = read_tables(address, [layer.name])[layer.name]

    assert rows[0] == layer.rows[0]
    assert rows[1] == {"row_id": "2", 'a"b': "zero\ufffdbyte", "n": None, "x": None, "b": False, "d": None}
    assert rows[2] == layer.rows[2]


def test_an_older_table_gets_the_new_columns(database: str, sql: Any) -> None:
    layer = stage.layers()["places"]
    old = replace(layer, columns=layer.columns[:4])
    load(database, {"places": old})
    load(database, {"places": layer})

    assert sql("SELECT lat FROM geodispatch.places WHERE id = 'geonames:1'") == [["8"]]


def test_two_rows_of_one_key_are_refused(database: str, sql: Any) -> None:
    layer = odd()
    layer.rows[1]["row_id"] = "1"
    with pytest.raises(OutputError, match=r"two rows have the same key; nothing was changed"):
        load(database, {layer.name: layer})
    assert sql("SELECT 1 FROM pg_namespace WHERE nspname = 'geodispatch'") == []


def test_a_failure_in_the_stream_leaves_all_as_before(database: str, sql: Any) -> None:
    load(database, stage.layers())
    before = snapshot(sql)
    layer = stage.layers()["events"]

    def rows() -> Iterator[Any]:
        for number in range(9000):
            yield dict(layer.rows[0], row_id=f"new{number}", status="denied"), layer.geometry[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(database, {"events": layer}, rows={"events": rows()})
    assert snapshot(sql) == before


KILLED = """
import sys, time
from geo.database import load
from tests.geo import stage
layer = stage.layers()["events"]
def rows():
    for number in range(10**9):
        yield dict(layer.rows[0], row_id=f"new{number}", status="denied"), layer.geometry[0]
        if number == 5_000:
            print("streaming", flush=True)
load(sys.argv[1], {"events": layer}, rows={"events": rows()})
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_in_the_middle_the_tables_are_as_before(database: str, sql: Any, how: int) -> None:
    load(database, stage.layers())
    before = snapshot(sql)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, database], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"streaming\n"
        process.send_signal(how)
        try:
            process.wait(timeout=10)
        finally:
            process.kill()
    for _ in range(100):
        if not sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'geodispatch'"):
            break
        time.sleep(0.1)

    assert snapshot(sql) == before


def refusal(address: str) -> str:
    with pytest.raises(OutputError) as caught:
        load(address, stage.layers())
    return str(caught.value)


def test_what_the_server_refuses_is_one_clear_line(
    database: str, server: Any, sql: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sql("CREATE ROLE bob LOGIN PASSWORD 'bob'")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    where = f"postgresql://ann@127.0.0.1:{server.port}/"

    monkeypatch.setenv("PGPASSWORD", "bob")
    assert refusal(server.address("news", user="bob")).endswith(
        "permission denied for database news; ask the owner of the database for the right, or choose another "
        "?schema=; nothing was changed"
    )
    assert refusal(database) == f"{where}news: the password is wrong; give it by PGPASSWORD or ~/.pgpass"
    monkeypatch.delenv("PGPASSWORD")
    assert "the password is wrong" in refusal(database) or "a password is needed" in refusal(database)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert (
        refusal(server.address("nowhere"))
        == f"{where}nowhere: there is no such database; make it with createdb"
    )
    assert "no database answers" in refusal("postgresql://ann@127.0.0.1:1/news")
    sql("CREATE TABLE public.x (id int)")
    with pytest.raises(InputError, match=r"schema public has no table events; fill it with geo export --to"):
        read_tables(database + "?schema=public", ["events"])


def test_the_password_may_stand_in_a_file_and_is_never_shown(
    database: str, server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "pgpass"
    secret.write_text(f"127.0.0.1:{server.port}:*:ann:{PASSWORD}\n")
    secret.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(secret))
    load(database, {"places": stage.layers()["places"]})

    text = refusal(database.replace("ann@", "ann:no-such-password@"))
    assert "no-such-password" not in text
    assert "ann@127.0.0.1" in text
    assert os.environ.get("PGPASSWORD") is None
