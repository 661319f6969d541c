"""Reports as an archive of news has them, made up: few places are in the news often, most seldom.

A happening has a type, a day and a place drawn by prominence; one to many reports tell of it, most on the same day,
some with other numbers, of the region or the country instead of the town, of two places, or without a day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Final

from gazetteer.types import Place
from geo.types import Actor, Attribution, Event, EventPlace, Evidence, Quantity, Report, Status, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = {
    "strike": 16,
    "shelling": 12,
    "explosion": 6,
    "clash": 12,
    "casualties": 10,
    "protest": 8,
    "diplomacy": 10,
    "condemnation": 5,
    "detention": 5,
    "infrastructure_damage": 5,
    "evacuation": 3,
    "control_change": 4,
    "sanction": 4,
}
STATUSES: Final[dict[Status, int]] = {
    "happened": 70, "claimed": 14, "planned": 6, "denied": 3, "called_for": 4, "threatened": 3,
}  # fmt: skip
COUNTRIES, UNITS, TOWNS = 40, 20, 25
"""Countries, first-level units of each, towns of each of those."""
YEARS = 4
AREA, TWO, OPEN, NUMBER = 0.12, 0.1, 0.04, 0.45
"""Shares: told of the area around, of two places, without a day, with a number."""


@lru_cache(maxsize=1)
def world() -> tuple[tuple[Place, ...], tuple[float, ...], dict[str, Place]]:
    """Towns, their cumulative weights (Zipf: the n-th has 1 / n), and areas by id."""
    towns: list[Place] = []
    areas: dict[str, Place] = {}
    for land in range(COUNTRIES):
        country = f"{chr(65 + land // 26)}{chr(65 + land % 26)}"
        areas[f"iso:{country}"] = Place(f"iso:{country}", f"Land {land}", "country", country, None, land, 0.0)
        for number in range(UNITS):
            unit = f"{country}-{number}"
            areas[f"iso:{unit}"] = Place(f"iso:{unit}", f"Unit {unit}", "admin1", country, unit, land, number)
            for town in range(TOWNS):
                towns.append(
                    Place(f"{unit}-{town}", f"Town {unit}-{town}", "town", country, unit, land, number)
                )
    Random(0).shuffle(towns)
    total, weights = 0.0, []
    for rank in range(1, len(towns) + 1):
        total += 1 / rank
        weights.append(total)
    return tuple(towns), tuple(weights), areas


def reports(count: int, *, seed: int = 1) -> Iterator[Event]:
    """Make `count` events of one report each, in the order of their documents; the same for the same seed."""
    random = Random(seed)
    number = 0
    while number < count:
        telling = _happening(random)
        for _ in range(min(count - number, 1 + int(random.expovariate(1 / 2.2)))):
            yield _report(random, number, *telling)
            number += 1


def _happening(random: Random) -> tuple[str, tuple[Place, ...], date, float, str]:
    towns, weights, _ = world()
    kind = random.choice(_TYPES)
    places = tuple(random.choices(towns, cum_weights=weights, k=2 if random.random() < TWO else 1))
    day = date(2021, 1, 1) + timedelta(days=random.randrange(365 * YEARS))
    return kind, places, day, float(int(random.paretovariate(0.8)) + 1), random.choice(_TARGETS)


def _report(
    random: Random, number: int, kind: str, places: tuple[Place, ...], day: date, toll: float, target: str
) -> Event:
    status = random.choice(_STATUSES)
    if random.random() < AREA:
        places = (_around(random, places[0]),)
    when = None if random.random() < OPEN else TimeSpan(day, day, "day", "at", "explicit", str(day))
    text = f"{kind.capitalize()} in {places[0].name} on {day}, report {number}: " + "words of a sentence " * 5
    source = Attribution("officials", "UA", "said") if random.random() < 0.4 else None
    numbers = (
        (Quantity("killed", max(1.0, toll + random.randrange(-1, 2)), None, "exact", "people", str(toll)),)
        if random.random() < NUMBER
        else ()
    )
    actors = (Actor(target, "target"),) if target and random.random() < 0.7 else ()
    return Event(
        f"e{number:012d}",
        kind,
        status,
        "reported",
        tuple(EventPlace("at", place, i, place.name) for i, place in enumerate(places)),
        (Report(f"d{number // 3}", status, Evidence(0, len(text), text), (0, len(kind)), source, when),),
        when,
        actors,
        source,
        numbers,
        round(random.uniform(0.4, 1.0), 3),
    )


def _around(random: Random, town: Place) -> Place:
    areas = world()[2]
    ids = [f"iso:{code}" for code in (town.admin1, town.country) if code and f"iso:{code}" in areas]
    return areas[random.choice(ids)] if ids else town


_TARGETS = ("", "", "", "a school", "the airport", "a hospital", "the bridge", "a market", "the power plant")
_TYPES = [name for name, share in TYPES.items() for _ in range(share)]
_STATUSES = [name for name, share in STATUSES.items() for _ in range(share)]
