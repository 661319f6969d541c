"""Disputed parts of the outlines: cut along curated lines, and who shows them under which country.

An *atom* is what has one first-level unit (or the rest of one country) and one disputed part. All other outlines are
unions of atoms, so that a viewpoint is nothing but other labels on the same atoms.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from gazetteer.sources import disputed
from gazetteer.sources.polygons import divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.sources.standing import Standing
    from gazetteer.sources.votes import Assigned

PART: Final = "part:"
"""Prefix of an atom that is not a whole piece: ``part:cur:golan-heights|iso:SY-QU``, ``part:|iso:SY-QU``."""


def cut(assigned: Sequence[Assigned]) -> list[Assigned]:
    """Cut off the parts whose country stays as it is (the others are cut before the votes).

    The rest of the polygon and the part keep unit and code, so that units do not change.
    """
    rows = [row for row in disputed.cuts() if row.line and row.part]
    current = list(assigned)
    for row in rows:
        result = []
        for each in current:
            polygon = each.polygon
            if f"file:{polygon.file}" != row.unit or polygon.country != row.country or polygon.part:
                result.append(each)
                continue
            inside, outside = divide(polygon.geometry, row)
            if not outside.is_empty:
                result.append(replace(each, polygon=replace(polygon, geometry=outside)))
            if not inside.is_empty:
                result.append(replace(each, polygon=replace(polygon, geometry=inside, part=row.part)))
        current = result
    return current


def rings() -> dict[str, BaseGeometry]:
    """Outlines that are drawn by hand alone, by id."""
    import shapely

    return {key: shapely.Polygon(line) for key, line in disputed.rings().items()}


def atom_ids(groups: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Ids of atoms by piece and part: the piece's own where it has one part only.

    >>> sorted(atom_ids([("iso:AA-1", ""), ("iso:AA-1", "cur:x"), ("iso:AA-2", "cur:x")]).values())
    ['iso:AA-2', 'part:cur:x|iso:AA-1', 'part:|iso:AA-1']
    """
    held: dict[str, list[str]] = defaultdict(list)
    for piece, part in groups:
        held[piece].append(part)
    return {
        (piece, part): piece if len(parts) == 1 else f"{PART}{part}|{piece}"
        for piece, parts in held.items()
        for part in parts
    }


def piece_of(atom: str) -> str:
    """The piece that an atom belongs to.

    >>> piece_of("part:cur:x|iso:AA-1"), piece_of("iso:AA-2")
    ('iso:AA-1', 'iso:AA-2')
    """
    return atom.partition("|")[2] if atom.startswith(PART) else atom


def by_piece(atoms: Iterable[str]) -> dict[str, list[str]]:
    """Atoms of each piece, sorted."""
    held: dict[str, list[str]] = defaultdict(list)
    for atom in sorted(atoms):
        held[piece_of(atom)].append(atom)
    return dict(sorted(held.items()))


@dataclass(frozen=True, slots=True)
class Section:
    """What the artefact says about disputed units.

    Attributes
    ----------
    units : dict
        By id, in order of the table: name, country of the default view, basis, source, precision_km, and the atoms
        that make it up.
    views : dict
        By viewpoint, then id: country, admin1, holder, basis, source.
    """

    units: dict[str, dict[str, Any]]
    views: dict[str, dict[str, dict[str, str]]]

    def outlines(self) -> dict[str, list[str]]:
        """Atoms of the parts that no unit or country is the whole of."""
        return {
            key: unit["atoms"] for key, unit in self.units.items() if key.startswith("cur:") and unit["atoms"]
        }

    def encode(self, standing: Standing | None = None) -> bytes:
        """Return the section of the artefact, with the places in disputed units where they are known."""
        value: dict[str, Any] = {"units": self.units, "views": self.views}
        if standing is not None:
            value |= {"members": standing.members, "said": standing.said}
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def section(part_of: Mapping[str, str], country: Mapping[str, str]) -> Section:
    """Join the table with the atoms: `part_of` has the part of each, `country` the default country of each piece."""
    units: dict[str, dict[str, Any]] = {}
    views: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in disputed.rows():
        if row.viewpoint != disputed.DEFAULT:
            fields = ("country", "admin1", "holder", "basis", "source")
            views[row.viewpoint][row.id] = {name: getattr(row, name) for name in fields}
        elif row.id:
            unit = units.setdefault(
                row.id,
                {
                    "name": row.name,
                    "country": row.country,
                    "basis": row.basis,
                    "source": row.source,
                    "km": 0.0,
                },
            )
            unit["km"] = max(unit["km"], row.precision_km)
            unit["atoms"] = _atoms(row.id, part_of, country)
    return Section(units, dict(views))


def _atoms(key: str, part_of: Mapping[str, str], country: Mapping[str, str]) -> list[str]:
    if key.startswith("cur:"):
        return sorted(atom for atom, part in part_of.items() if part == key)
    if "-" in key:
        return sorted(atom for atom in part_of if piece_of(atom) == key)
    return sorted(atom for atom in part_of if f"iso:{country[piece_of(atom)]}" == key)
