"""Two independent writings of the points that come from own knowledge, and where they disagree.

``curated/second_reading.csv`` was written by somebody who saw names, kinds and countries and no coordinates.
A river has a row for its mouth and one for its middle; a place may have no point at all (``unknown``).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Final

from gazetteer.sources import curated
from gazetteer.sources.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLUMNS: Final = ("id", "part", "lat", "lon", "radius_km", "confidence")
POINT_KM: Final = 10.0
AREA_KM: Final = 100.0
"""How far two readings may lie apart; for areas, see also `AREA_SHARE`."""

AREA_SHARE: Final = 0.25
"""The middle of Siberia is a matter of definition: a quarter of the smaller radius is allowed, if that is more."""

RIVER_SHARE: Final = 0.4
"""A point "in mid-course" may be anywhere on the middle part of a river: this share of half its length."""

AREAS: Final = frozenset(
    {"sea", "lake", "strait", "region", "continent", "peninsula", "mountain", "other", "island", "river"}
)
ONE_READING: Final = "own knowledge"
"""Source of a row that rests on memory alone; "own knowledge; third reading ..." was decided otherwise."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One point of a second reading, WGS 84 degrees; `radius_km` is 0 for points."""

    lon: float
    lat: float
    radius_km: float


def read(folder: Path = curated.FOLDER) -> dict[str, list[Reading]]:
    """Second readings by place id; an empty list where the second writer did not know the place.

    Raises
    ------
    SourceError
        A row is malformed; the message names file and line.
    """
    found: dict[str, list[Reading]] = {}
    for line in table(folder / "second_reading.csv", COLUMNS):
        held = found.setdefault(line.text("id", needed=True), [])
        lon, lat = line.number_of("lon", -180, 180), line.number_of("lat", -90, 90)
        if lon is not None and lat is not None:
            held.append(Reading(lon, lat, line.number_of("radius_km", 0, 10_000) or 0.0))
    return found


def check(places: Iterable[curated.CuratedPlace], folder: Path = curated.FOLDER) -> Iterator[str]:
    """Find rows from own knowledge without a second reading, or too far from it."""
    second = read(folder)
    for place in places:
        if place.source != ONE_READING:
            continue
        readings = second.get(place.row.id)
        if not readings:
            yield f"{place.where}: {place.row.name}: no second reading; give a source or drop the row"
            continue
        away, allowed = min((_distance(place, reading), _allowed(place, reading)) for reading in readings)
        if away > allowed:
            yield (
                f"{place.where}: {place.row.name} at {place.row.lat}, {place.row.lon} is {away:.0f} km from its "
                f"second reading; {allowed:.0f} km are allowed"
            )


def _allowed(place: curated.CuratedPlace, reading: Reading) -> float:
    least = AREA_KM if place.row.kind in AREAS else POINT_KM
    if place.row.kind == "river":
        return max(least, RIVER_SHARE * place.row.precision_km)
    return max(least, AREA_SHARE * min(place.row.precision_km, reading.radius_km))


def _distance(place: curated.CuratedPlace, reading: Reading) -> float:
    """Great-circle distance in km (haversine, radius 6371 km)."""
    one, two = radians(place.row.lat), radians(reading.lat)
    half = sin((two - one) / 2) ** 2
    half += cos(one) * cos(two) * sin(radians(reading.lon - place.row.lon) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))
