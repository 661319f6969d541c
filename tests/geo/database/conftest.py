"""A PostgreSQL with PostGIS of Debian's packages (or any in the path), on a free port, gone after the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED = bool(os.environ.get("GEODISPATCH_REQUIRE_POSTGIS"))
"""Set in CI: there a test that skips for want of a database is a failure."""
PASSWORD = "a secret of the tests"  # noqa: S105


@dataclass(frozen=True)
class Server:
    """A running server; its superuser is ``ann``."""

    port: int
    folder: Path

    def address(self, database: str, *, user: str = "ann", extra: str = "") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}{extra}"


def missing(what: str) -> NoReturn:
    """Skip, or fail where a database is required."""
    text = f"{what}; apt install postgresql postgis (with GEODISPATCH_REQUIRE_POSTGIS this is a failure)"
    if REQUIRED:
        pytest.fail(text)
    pytest.skip(text)


def binaries() -> Path:
    """Folder with the server's programs: Debian's newest, else what the path has."""
    there = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parts[4]), reverse=True
    )
    there += [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    for folder in there:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "psql")):
            return folder
    missing("there is no initdb, pg_ctl and psql")


def account() -> dict[str, Any]:
    """Who runs the server: it refuses to be root."""
    if os.geteuid():
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        missing("root needs the user postgres to run a server")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    bin_, who = binaries(), account()
    folder = Path(tempfile.mkdtemp(prefix="geo-pg-", dir="/tmp"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if who:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=60, **who)

    try:
        run(
            str(bin_ / "initdb"), "-D", str(data), "-U", "ann", "--auth=scram-sha-256", f"--pwfile={secret}",
            "-E", "UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c autovacuum=off"
        run(str(bin_ / "pg_ctl"), "-D", str(data), "-o", settings, "-l", str(folder / "log"), "-w", "start")
        try:
            yield Server(port, folder)
        finally:
            run(str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sql(server: Server, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a statement by psql, a reader of its own; gives rows of texts."""
    psql = binaries() / "psql"
    monkeypatch.setenv("PGPASSWORD", PASSWORD)

    def run(statement: str, database: str = "news") -> list[list[str]]:
        command = [str(psql), "-h", "127.0.0.1", "-p", str(server.port), "-U", "ann", "-d", database]
        done = subprocess.run(
            [*command, "-XAtqF", "\x1f", "-v", "ON_ERROR_STOP=1", "-c", statement],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    return run


@pytest.fixture
def database(server: Server, sql: Any) -> Iterator[str]:
    """Address of an empty database with PostGIS."""
    if not sql("SELECT 1 FROM pg_database WHERE datname = 'with_postgis'", "postgres"):
        sql("CREATE DATABASE with_postgis", "postgres")
        try:
            sql("CREATE EXTENSION postgis", "with_postgis")
        except subprocess.CalledProcessError as error:
            missing(f"the server has no PostGIS ({error.stderr.strip()})")
    sql("CREATE DATABASE news TEMPLATE with_postgis", "postgres")
    yield server.address("news")
    sql("DROP DATABASE news WITH (FORCE)", "postgres")
