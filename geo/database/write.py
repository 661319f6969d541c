"""Fill tables: schema, columns, indexes and rows in one transaction, which holds as a whole or not at all.

Rows stream by COPY into a temporary table and from there into the real one, by their key: new ones are added, those
that differ are changed, equal ones are not touched. Rows of earlier runs stay.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from geo.database.address import literal, parse_address, quoted
from geo.database.connect import connection
from geo.export.arrow import typed
from geo.export.geojson import key_column
from geo.export.geopackage import describe
from geo.export.shapes import multi, tidy_all

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.database.address import Address
    from geo.layers import Layer
    from geo.layers.layer import Column

Row = "tuple[Mapping[str, Any], BaseGeometry | None]"

GEOMETRY: Final = "geom"
BATCH: Final = 4000
"""Rows turned into bytes at a time."""
TYPES: Final = {
    "str": "text",
    "int": "bigint",
    "float": "double precision",
    "bool": "boolean",
    "date": "date",
}
KINDS: Final = {
    "events": "Point",
    "reports": "Point",
    "places": "Point",
    "regions": "MultiPolygon",
    "claims": "MultiPolygon",
    "flows": "MultiLineString",
}
"""Geometry type of a layer's table; other layers take any."""
INDEXED: Final = ("date_start", "id", "event_id", "type")
"""Columns with an index of their own, where the table has them and they are not its key."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of one table."""

    added: int
    changed: int
    rows: int

    @property
    def same(self) -> int:
        """Rows that were there already."""
        return self.rows - self.added - self.changed


def load(
    address: str,
    layers: Mapping[str, Layer],
    *,
    metadata: Mapping[str, str] | None = None,
    rows: Mapping[str, Iterable[Any]] | None = None,
) -> dict[str, Counts]:
    """Load layers into a database.

    Parameters
    ----------
    address : str
        ``postgresql://user@host/database?schema=NAME``; the schema is made when it is missing.
    layers : mapping of str to Layer
        One table each, named like the layer.
    metadata : mapping, optional
        ``attribution`` goes into the comment of each table.
    rows : mapping of str to iterable of (row, geometry), optional
        Taken in place of a layer's own rows, one by one: for more rows than memory holds.

    Returns
    -------
    dict of str to Counts

    Raises
    ------
    OutputError
        The database cannot be reached or stops the work; it is as before then, as it is on Ctrl-C or a crash.
    """
    where = parse_address(address)
    given = dict(rows or {})
    attribution = (metadata or {}).get("attribution")
    return asyncio.run(_load(where, layers, given, attribution))


async def _load(
    where: Address, layers: Mapping[str, Layer], rows: dict[str, Iterable[Any]], attribution: str | None
) -> dict[str, Counts]:
    counts = {}
    async with connection(where) as link:
        transaction = link.transaction()
        await transaction.start()
        # two runs at once would both find the schema missing
        await link.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"geodispatch {where.schema}")
        await _prepare(link, where.schema)
        for name, layer in layers.items():
            stream = rows.get(name) or zip(layer.rows, layer.geometry, strict=True)
            counts[name] = await _Table(link, where.schema, layer).fill(stream, attribution)
        await transaction.commit()
    return counts


async def _prepare(link: Any, schema: str) -> None:
    if not await link.fetchval("SELECT 1 FROM pg_extension WHERE extname = 'postgis'"):
        await link.execute("CREATE EXTENSION postgis")
    if not await link.fetchval("SELECT 1 FROM pg_namespace WHERE nspname = $1", schema):
        await link.execute(f"CREATE SCHEMA {quoted(schema)}")


class _Table:
    """One table and the statements that fill it; every name in them is quoted."""

    def __init__(self, link: Any, schema: str, layer: Layer) -> None:
        self.link, self.schema, self.layer = link, schema, layer
        self.key = key_column(layer)
        self.name = f"{quoted(schema)}.{quoted(layer.name)}"
        self.staging = f"new_{layer.name}"
        self.columns = [column.name for column in layer.columns] + [GEOMETRY]

    async def fill(self, rows: Iterable[Any], attribution: str | None) -> Counts:
        await self._make(attribution)
        staging = f"pg_temp.{quoted(self.staging)}"
        listed = ", ".join(map(quoted, self.columns))
        await self.link.execute(
            f"CREATE TEMP TABLE {quoted(self.staging)} ON COMMIT DROP AS SELECT {listed} FROM {self.name} LIMIT 0"  # noqa: S608
        )
        await self.link.copy_to_table(
            self.staging,
            source=_lines(rows, self.layer.columns),
            columns=self.columns,
            schema_name="pg_temp",
            format="text",
        )
        return await self._merge(staging, listed)

    async def _merge(self, staging: str, listed: str) -> Counts:
        others = [quoted(name) for name in self.columns if name != self.key]
        sets = ", ".join(f"{name} = excluded.{name}" for name in others)
        old, new = (", ".join(f"{side}.{name}" for name in others) for side in ("old", "excluded"))
        found = await self.link.fetchrow(
            f"WITH done AS (INSERT INTO {self.name} AS old ({listed}) SELECT {listed} FROM {staging} "  # noqa: S608
            f"ON CONFLICT ({quoted(self.key)}) DO UPDATE SET {sets} WHERE ({old}) IS DISTINCT FROM ({new}) "
            f"RETURNING xmax = 0 AS added) "
            f"SELECT (SELECT count(*) FILTER (WHERE added) FROM done), "
            f"(SELECT count(*) FILTER (WHERE NOT added) FROM done), (SELECT count(*) FROM {staging})"
        )
        return Counts(*found)

    async def _make(self, attribution: str | None) -> None:
        """Make the table, or add the columns that an older one lacks."""
        kind = KINDS.get(self.layer.name, "Geometry")
        types = {column.name: TYPES[column.type] for column in self.layer.columns}
        types[GEOMETRY] = f"geometry({kind}, 4326)"
        known = await self._known()
        if not known:
            body = ", ".join(f"{quoted(name)} {sql}" for name, sql in types.items())
            await self.link.execute(f"CREATE TABLE {self.name} ({body}, PRIMARY KEY ({quoted(self.key)}))")
            await self._index()
            for column in self.layer.columns:
                where = f"{self.name}.{quoted(column.name)}"
                await self.link.execute(f"COMMENT ON COLUMN {where} IS {literal(column.meaning)}")
        for name, sql in types.items():
            if known and name not in known:
                await self.link.execute(f"ALTER TABLE {self.name} ADD COLUMN {quoted(name)} {sql}")
        await self._describe(describe(self.layer, attribution))

    async def _known(self) -> set[str]:
        query = (
            "SELECT column_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2"
        )
        return {row[0] for row in await self.link.fetch(query, self.schema, self.layer.name)}

    async def _index(self) -> None:
        await self.link.execute(f"CREATE INDEX ON {self.name} USING gist ({quoted(GEOMETRY)})")
        for name in INDEXED:
            if name in self.columns and name != self.key:
                await self.link.execute(f"CREATE INDEX ON {self.name} ({quoted(name)})")

    async def _describe(self, text: str) -> None:
        old = await self.link.fetchval("SELECT obj_description($1::regclass, 'pg_class')", self.name)
        if old != text:
            await self.link.execute(f"COMMENT ON TABLE {self.name} IS {literal(text)}")


async def _lines(rows: Iterable[Any], columns: Sequence[Column]) -> AsyncIterator[bytes]:
    """Write rows as COPY's text format, some thousands at a time."""
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        shapes = _hex([geometry for _, geometry in batch])
        lines = [
            "\t".join([*(_cell(typed(row[column.name], column.type)) for column in columns), shape])
            for (row, _), shape in zip(batch, shapes, strict=True)
        ]
        yield ("\n".join(lines) + "\n").encode("utf-8", "replace")
        await asyncio.sleep(0)  # or Ctrl-C would wait for the end of the rows


def _hex(geometries: list[BaseGeometry | None]) -> list[str]:
    import numpy as np
    import shapely

    tidy = [
        shape
        if shape is None or shape.geom_type == "Point"
        else multi(list(getattr(shape, "geoms", (shape,))))
        for shape in tidy_all(geometries)
    ]
    array = shapely.set_srid(np.asarray(tidy, dtype=object), 4326)
    return [text or _NULL for text in shapely.to_wkb(array, hex=True, include_srid=True).tolist()]


_NULL: Final = "\\N"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\ufffd"})
"""PostgreSQL's text cannot hold a zero byte."""


def _cell(value: Any) -> str:
    if value is None:
        return _NULL
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return str(value)
