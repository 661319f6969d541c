"""Reads files of the GeoNames dump."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.details import Name
from gazetteer.own.entries import Entry, More, Reject, checked
from gazetteer.own.text import lines, text
from gazetteer.sources import geonames
from gazetteer.sources.towns import radius_km
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from gazetteer.own.entries import Item
    from gazetteer.own.units import Units

Numbered = tuple[int, int, "Item | None"]
"""Line, bytes of it, and what it says."""


class Dump:
    """Files of one dump: what the administrative codes say is kept for the places.

    Parameters
    ----------
    units : Units
    """

    def __init__(self, units: Units) -> None:
        self._units = units
        self._counties: dict[str, str] = {}
        self._countries: dict[str, list[Name]] = {}
        self._places: dict[str, list[Name]] = {}

    def places(self, stream: IO[bytes], skip: int) -> Iterator[Numbered]:
        """``allCountries``, ``UA``, ``cities500`` and the like."""
        return _items(stream, skip, self._place)

    def names(self, stream: IO[bytes], skip: int) -> Iterator[Numbered]:
        """``alternateNamesV2``, ``alternateNames``."""
        return _items(stream, skip, _name)

    def counties(self, stream: IO[bytes]) -> Iterator[Numbered]:
        """``admin2Codes``: names of second-level units, for the places in them."""

        def read(fields: list[str]) -> None:
            if len(fields) != 4:
                raise ValueError(f"{len(fields)} fields, a line of codes has 4")
            self._counties[fields[0]] = fields[1]

        return _items(stream, 0, read)

    def units(self, stream: IO[bytes]) -> Iterator[Numbered]:
        """``admin1CodesASCII``: further names of first-level units."""

        def read(fields: list[str]) -> None:
            if len(fields) != 4:
                raise ValueError(f"{len(fields)} fields, a line of codes has 4")
            self._places[fields[0]] = [Name(name) for name in fields[1:3] if name]

        return _items(stream, 0, read)

    def countries(self, stream: IO[bytes]) -> Iterator[Numbered]:
        """``countryInfo``: English names and codes of countries."""

        def read(fields: list[str]) -> None:
            if len(fields) < 17:
                raise ValueError(f"{len(fields)} fields, a line of countries has at least 17")
            codes = [Name(code, NameUse.CODE) for code in fields[1:2] if code]
            self._countries[fields[0]] = [Name(fields[4]), *codes]

        return _items(stream, 0, read)

    def _place(self, fields: list[str]) -> Entry:
        row = geonames.place(fields)
        entry = Entry(
            id=f"geonames:{row.number}",
            name=row.name,
            kind=row.kind,
            lon=row.lon,
            lat=row.lat,
            country=row.country,
            admin1=self._unit(row.admin1),
            admin2=self._counties.get(row.admin2, ""),
            population=row.population,
            precision_km=radius_km(row.population) if row.kind in ("city", "town", "village") else 0.0,
            alternates=row.alternates,
            geonames=True,
        )
        if row.kind == "country" and row.country:
            entry.code, entry.rank, entry.admin1 = f"iso:{row.country}", row.rank, ""
            entry.names = self._countries.get(row.country, [])
        elif row.kind == "admin1" and row.admin1:
            entry.code = self._units.unit_id(row.admin1)
            entry.admin1 = entry.code.partition(":")[2]
            entry.names = self._places.get(row.admin1, [])
        return checked(entry)

    def _unit(self, code: str) -> str:
        """What stands for a first-level unit in `Place.admin1`, "" where neither we nor the dump know its code."""
        known = code in self._units.codes or code in self._places
        return self._units.unit_id(code).partition(":")[2] if known else ""


def _name(fields: list[str]) -> More | None:
    row = geonames.alternate(fields)
    if row is None:
        return None
    place = f"geonames:{row.number}"
    if row.link:
        return More(place, link=row.link)
    return More(place, Name(row.text, row.use, row.lang, row.since, row.until), display=row.display)


def _items(stream: IO[bytes], skip: int, read: Callable[[list[str]], Item | None]) -> Iterator[Numbered]:
    for number, line in lines(stream, skip):
        if line[:1] in (b"#", b"\n", b"\r"):
            continue
        try:
            yield number, len(line), read(text(line).split("\t"))
        except ValueError as error:
            yield number, len(line), Reject(number, str(error))
