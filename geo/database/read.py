"""Read the tables of a schema back, row by row from the server."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.database.address import parse_address, quoted
from geo.database.connect import connection
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.database.address import Address


def read_tables(
    address: str, needed: Sequence[str], wanted: Sequence[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """Read tables.

    Parameters
    ----------
    address : str
        As for `load`.
    needed, wanted : sequence of str
        Tables; a missing one of `needed` is an error, one of `wanted` is left out.

    Returns
    -------
    dict of str to list of dict
        Rows without their geometry, in the order of their key; dates are ISO 8601 strings.

    Raises
    ------
    InputError
        The schema has no such table.
    OutputError
        The database cannot be reached.
    """
    where = parse_address(address)
    return asyncio.run(_read(where, needed, wanted))


async def _read(
    where: Address, needed: Sequence[str], wanted: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    found = {}
    async with connection(where) as link, link.transaction(isolation="repeatable_read", readonly=True):
        for name in (*needed, *wanted):
            columns = await _columns(link, where.schema, name)
            if columns:
                found[name] = await _rows(link, where.schema, name, columns)
            elif name in needed:
                raise InputError(
                    f"{where.shown}: schema {where.schema} has no table {name}; fill it with geo export --to, "
                    "or name another schema with ?schema="
                )
    return found


async def _columns(link: Any, schema: str, table: str) -> list[str]:
    query = (
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = $1 AND table_name = $2 AND udt_name NOT IN ('geometry', 'geography') "
        "ORDER BY ordinal_position"
    )
    return [row[0] for row in await link.fetch(query, schema, table)]


async def _rows(link: Any, schema: str, table: str, columns: list[str]) -> list[dict[str, Any]]:
    listed = ", ".join(map(quoted, columns))
    query = f"SELECT {listed} FROM {quoted(schema)}.{quoted(table)} ORDER BY 1"  # noqa: S608
    rows = []
    async for record in link.cursor(query, prefetch=2000):
        rows.append(
            {name: value.isoformat() if isinstance(value, date) else value for name, value in record.items()}
        )
    return rows
