"""Counties of the United States with their FIPS codes and outlines' middles, from ``us-atlas``.

Independent cities (codes from 510 on) are towns in GeoNames already and are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gazetteer.names import fold
from gazetteer.sources import npm, topojson
from gazetteer.sources.npm import Tarball
from gazetteer.sources.polygons import STATES
from gazetteer.sources.rows import Row
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

INDEPENDENT_CITY: Final = 510
"""First county code that FIPS gives to a city outside every county."""

_WORDS: Final = ("County", "Parish", "Borough", "Census Area", "Municipality", "City and Borough")


def read(cache: Path, known: Iterable[Row]) -> list[Row]:
    """All counties of the fifty states; `known` are second-level rows made from towns, for type word and people.

    Parameters
    ----------
    cache : pathlib.Path
        Where npm's tarballs are kept.
    known : iterable of Row
        Rows of kind ``admin2``; those of other countries are ignored.

    Raises
    ------
    SourceError
        The package cannot be fetched or read.
    """
    package = npm.PACKAGES["us-atlas"]
    named = {(row.geonames_admin1 or "", _key(row.name)): row for row in known if row.country == "US"}
    with Tarball(npm.fetch(cache, [package])["us-atlas"]) as tarball:
        found = topojson.features(tarball.json("package/counties-10m.json"), "counties")
    wanted = [pair for pair in found if _is_county(pair[0]["id"])]
    return [_row(item["id"], item["properties"]["name"], shape, named) for item, shape in wanted]


def merge(known: Iterable[Row], found: Iterable[Row]) -> list[Row]:
    """Return `found` and those of `known` that it does not replace; independent cities are towns, not units."""
    held = {
        (row.geonames_admin1, _key(name)) for row in found for name in (row.name, *(n for n, _ in row.names))
    }
    rest = [
        row
        for row in known
        if (row.geonames_admin1, _key(row.name)) not in held
        and not (row.country == "US" and row.name.startswith("City of "))
    ]
    return [*found, *rest]


def _is_county(fips: str) -> bool:
    return fips[:2] in STATES and fips[:2] != "11" and int(fips[2:]) < INDEPENDENT_CITY


def _key(name: str) -> str:
    """Key under which "Saint Louis", "St. Louis", "DeWitt" and "De Witt" meet."""
    key = fold(name)
    for long, short in (("saint ", "st "), ("sainte ", "ste ")):
        key = short + key.removeprefix(long) if key.startswith(long) else key
    return key.replace(" ", "")


def _row(fips: str, bare: str, shape: Any, named: dict[tuple[str, str], Row]) -> Row:
    state = STATES[fips[:2]]
    match = _known(bare, f"US.{state}", named)
    point = shape.centroid
    if not shape.contains(point):
        point = shape.representative_point()
    west, south, east, north = shape.bounds
    name = match.name if match else _named(bare, state)
    return Row(
        id=f"us-fips:{fips}",
        name=name,
        kind="admin2",
        country="US",
        admin1=f"US-{state}",
        lon=round(point.x, 4),
        lat=round(point.y, 4),
        population=match.population if match else 0,
        precision_km=round(max(north - south, (east - west) * 0.7) * 111 / 2, 1),
        names=[(_named(bare, state), NameUse.ALTERNATE)] if "St" in bare else [],
        geonames_admin1=f"US.{state}",
    )


def _known(bare: str, unit: str, named: dict[tuple[str, str], Row]) -> Row | None:
    forms = (
        [f"{bare} {word}" for word in _WORDS]
        + [f"City and {kind} of {bare}" for kind in ("County", "Borough")]
        + [bare]
    )
    return next((named[unit, _key(form)] for form in forms if (unit, _key(form)) in named), None)


def _named(bare: str, state: str) -> str:
    """Name of a county without a town of 500: Louisiana has parishes, Alaska several kinds (left bare)."""
    return bare if state == "AK" else f"{bare} {'Parish' if state == 'LA' else 'County'}"
