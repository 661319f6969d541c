"""Codes and names of countries and first-level units, as the package's gazetteer knows them."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gazetteer.names import fold
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer

_ALPHA2: Final = re.compile(r"[A-Za-z]{2}")
_TYPE_WORDS: Final = ("oblast", "region", "province", "state", "governorate", "county", "district")
_DERIVED: Final = frozenset({NameUse.ADJECTIVE, NameUse.DEMONYM})


class Units:
    """Finds what the columns ``country`` and ``admin1`` of own data mean.

    Parameters
    ----------
    gaz : Gazetteer
        Whose countries and units count.
    """

    def __init__(self, gaz: Gazetteer) -> None:
        self._gaz = gaz
        rows = json.loads(bytes(gaz._sections["units"]))
        self.codes: dict[str, str] = {row[2]: row[0] for row in rows if row[2]}
        """Ids of units by GeoNames code: ``UA.08`` -> ``iso:UA-65``."""
        self.country = lru_cache(maxsize=4096)(self._country)
        self.admin1 = lru_cache(maxsize=65536)(self._admin1)

    def unit_id(self, code: str) -> str:
        """Id of the unit with a GeoNames code, as the package's gazetteer makes it."""
        return self.codes.get(code) or f"geonames-a1:{code}"

    def _country(self, text: str) -> str | None:
        """Alpha-2 code of a country by its code (two or three letters), id or name; None where it is unknown."""
        text = text.strip().removeprefix("iso:")
        if _ALPHA2.fullmatch(text) and f"iso:{text.upper()}" in self._gaz:
            return text.upper()
        found = self._gaz.search(text, kind="country") if text else []
        return next((c.place.country for c in found if c.use not in _DERIVED and c.place.country), None)

    def _admin1(self, text: str, country: str) -> str | None:
        """What stands for a unit in `Place.admin1`, by its ISO code, id, GeoNames code or name; None if unknown."""
        text = text.strip()
        bare = text.removeprefix("iso:")
        if f"iso:{bare}" in self._gaz:
            return bare
        if text in self.codes:
            return self.codes[text].partition(":")[2]
        if f"{country}.{text}" in self.codes:
            return self.codes[f"{country}.{text}"].partition(":")[2]
        unit = self.named(text, country)
        return None if unit is None else unit.partition(":")[2]

    def named(self, name: str, country: str) -> str | None:
        """Id of the unit of a country that a name means, with or without a type word; None where it is not one."""
        if not country or not fold(name):
            return None
        words = fold(name).split()
        bare = " ".join(word for word in words if word not in _TYPE_WORDS)
        for form in dict.fromkeys((name, bare, *(f"{bare} {word}" for word in _TYPE_WORDS))):
            found = self._gaz.search(form, country=country, kind="admin1") if form else []
            ids = {candidate.place.id for candidate in found if candidate.use not in _DERIVED}
            if len(ids) == 1:
                return ids.pop()
        return None
