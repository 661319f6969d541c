from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.database import is_address, parse_address
from geo.database.address import literal, quoted
from geo.errors import OptionError


def test_parts() -> None:
    one = parse_address("postgresql://ann:pw@db:5433/news?schema=a%20b&sslmode=require")

    assert (one.dsn, one.schema) == ("postgresql://ann:pw@db:5433/news?sslmode=require", "a b")
    assert one.shown == "postgresql://ann@db:5433/news"
    assert "pw" not in repr(one)
    assert parse_address("postgres:///news").dsn.startswith("postgresql://")


@pytest.mark.parametrize(
    "text",
    ["postgresql://ann:secret@db:port/x", "postgresql://[::1/secret"],
)
def test_what_cannot_be_read_shows_no_password(text: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse_address(text)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("schema", ["", "pg_catalog", "x" * 64, "%00"])
def test_names_that_cannot_be_schemas(schema: str) -> None:
    with pytest.raises(OptionError, match="cannot be the name of a schema"):
        parse_address(f"postgresql:///x?schema={schema}")


def test_what_is_an_address() -> None:
    assert [is_address(one) for one in ("POSTGRESQL://x", "postgres:///x", "postgres", "a/postgresql://", None)] == [
        True, True, False, False, False,
    ]  # fmt: skip


@given(st.text())
def test_quotes_cannot_be_left(text: str) -> None:
    for made, mark in ((quoted(text), '"'), (literal(text).removeprefix("E"), "'")):
        assert made[0] == made[-1] == mark
        inside = made[1:-1].replace("\\\\", "").replace(mark * 2, "")
        assert mark not in inside
        if mark == "'":
            assert "\\" not in inside
