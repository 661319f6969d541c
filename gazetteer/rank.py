"""How likely a bare name means a place: decided when an artefact is built, and again where several are layered."""

from __future__ import annotations

import math
from typing import Final

from gazetteer.names import spelled_alike
from gazetteer.types import NameUse

_EQUIVALENT: Final = {
    "continent": 9.0,
    "sea": 6.0,
    "region": 5.8,
    "river": 5.3,
    "strait": 5.0,
    "lake": 4.8,
    "peninsula": 5.0,
    "mountain": 4.8,
    "island": 4.6,
    "base": 3.8,
    "dam": 3.8,
    "bridge": 3.6,
    "facility": 3.5,
}
"""Decimal logarithm of people that stands in for kinds without inhabitants; a judgement, not a measurement."""

_AIRFIELD: Final = 2.0
_PENALTY: Final = {
    NameUse.ALTERNATE: 1.6,
    NameUse.FORMER: 2.0,
    NameUse.FOREIGN: 4.0,
    NameUse.ADJECTIVE: 0.1,
    NameUse.DEMONYM: 0.1,
}
"""What a use takes off the prominence when the places of one name are ranked: GeoNames' alternates hold old
names and names in every language, so that Islamabad is also Chattogram, and Victoria Hong Kong."""

_SPELLING: Final = 0.3
"""The same for an alternate that is but another spelling of the preferred name (Kiev, Odessa)."""


def prominence(place_id: str, kind: str, population: int, names: int) -> float:
    """See `gazetteer.types.Place.prominence`; `names` is the number of further names."""
    if place_id.startswith("icao:"):
        return _AIRFIELD
    people = math.log10(population + 1) if population else _EQUIVALENT.get(kind, 2.0)
    fame = 0.8 * math.log10(1 + names)
    return round(min(12.0, people + fame + {"country": 1.0, "admin1": -0.5}.get(kind, 0.0)), 1)


def penalty(key: str, name: str, use: NameUse) -> float:
    """What is taken off the prominence of a place called `name` when it is found by the folded name `key`."""
    if use is NameUse.ALTERNATE and spelled_alike(key, name):
        return _SPELLING
    return _PENALTY.get(use, 0.0)
