"""Airfields with an ICAO code, from ``airportsdata`` (MIT)."""

from __future__ import annotations

import hashlib
import re
from importlib import metadata, resources
from typing import Final

from gazetteer.sources.rows import Row, SourceInfo
from gazetteer.types import NameUse

_TYPE_WORD: Final = re.compile(
    r"air|aero|field|heliport|helipad|strip|base|afb|port|station|hospital|ranch|farm|seaplane|landing|stolport",
    re.IGNORECASE,
)
_MILITARY: Final = re.compile(
    r"air ?base|air force|afb|naval|army|military|air station|joint base|\braf\b|\bnas\b", re.IGNORECASE
)


def read() -> tuple[list[Row], SourceInfo]:
    """One row per airfield; a bare name ("Kent") gets the word Airport, so that it never means the town."""
    import airportsdata

    rows = []
    for code, record in sorted(airportsdata.load("ICAO").items()):
        name = record["name"].strip()
        if not name or (record["lon"] == 0 and record["lat"] == 0):
            continue
        full = name if _TYPE_WORD.search(name) else f"{name} Airport"
        codes = [(c, NameUse.CODE) for c in (code, record["iata"]) if c]
        rows.append(
            Row(
                id=f"icao:{code}",
                name=full,
                kind="base" if _MILITARY.search(name) else "facility",
                country=record["country"] or None,
                admin1=None,
                lon=record["lon"],
                lat=record["lat"],
                precision_km=2.0,
                names=codes,
            )
        )
    raw = b"".join(
        p.read_bytes()
        for p in sorted(resources.files("airportsdata").iterdir(), key=lambda p: p.name)
        if p.name.startswith("airports")
    )
    info = SourceInfo(
        name="airportsdata",
        version=metadata.version("airportsdata"),
        licence="MIT",
        origin="PyPI airportsdata",
        sha256=hashlib.sha256(raw).hexdigest(),
        rows=len(rows),
    )
    return rows, info
