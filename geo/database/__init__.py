"""Layers <-> PostGIS: tables that are filled in one transaction, and read back.

The driver is asyncpg (the extra ``postgis``). It takes what an address leaves out from the usual places: ``PGHOST``,
``PGUSER``, ``PGPASSWORD`` ..., a service file, and ``~/.pgpass``.
"""

from __future__ import annotations

from geo.database.address import Address, is_address, parse_address
from geo.database.read import read_tables
from geo.database.write import Counts, load

__all__ = ["Address", "Counts", "is_address", "load", "parse_address", "read_tables"]
