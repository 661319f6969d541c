"""Addresses of databases: what is handed to the driver, and what may be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from geo.errors import OptionError

SCHEMA: Final = "geodispatch"
"""Where the tables are, unless the address names another with ``?schema=``."""
LONGEST: Final = 63
"""Bytes of an identifier; PostgreSQL cuts longer ones silently."""
_SCHEMES: Final = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Address:
    """A database and a schema in it.

    Attributes
    ----------
    dsn : str
        For the driver; may hold a password, so it stays out of ``repr``.
    schema : str
    shown : str
        The same for people: without password and without parameters.
    """

    dsn: str = field(repr=False)
    schema: str
    shown: str


def is_address(text: object) -> bool:
    """Whether an input or output names a database.

    Examples
    --------
    >>> is_address("postgresql:///news"), is_address("out/events.gpkg")
    (True, False)
    """
    return isinstance(text, str) and text.lower().startswith(_SCHEMES)


def parse_address(text: str) -> Address:
    """Take an address apart.

    Parameters
    ----------
    text : str
        ``postgresql://user@host:port/database?schema=NAME``; everything may be left out.

    Raises
    ------
    OptionError
        It cannot be read, or the schema's name is none. The message never holds the password.

    Examples
    --------
    >>> parse_address("postgresql://ann:secret@db.example.org/news?schema=may")
    Address(schema='may', shown='postgresql://ann@db.example.org/news')
    """
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise OptionError(
            "the address of the database cannot be read; write postgresql://user@host:port/database"
        ) from None
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    schema = query.pop("schema", SCHEMA)
    if not schema or "\0" in schema or len(schema.encode()) > LONGEST or schema.startswith("pg_"):
        raise OptionError(f"{schema!r} cannot be the name of a schema; choose another with ?schema=NAME")
    dsn = f"postgresql://{parts.netloc}{parts.path}" + (f"?{urlencode(query)}" if query else "")
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return Address(dsn, schema, f"postgresql://{user}{host}{port}{parts.path}")


def quoted(name: str) -> str:
    """Quote an identifier.

    Examples
    --------
    >>> print(quoted('a"; drop table b; --'))
    "a""; drop table b; --"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    r"""Quote a text for the few statements that take no parameters (COMMENT).

    Examples
    --------
    >>> print(literal("it's"))
    'it''s'
    """
    plain = text.replace("\0", "").replace("'", "''")
    return f"E'{plain.replace(chr(92), chr(92) * 2)}'" if "\\" in plain else f"'{plain}'"
