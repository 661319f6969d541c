"""Places in disputed units: shown under the country of the default view, with what their source says kept.

GeoNames files Katzrin under Israel, Smara under Morocco and Ariel under Israel; the map that carries them does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.types import AREA_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.sources.outlines import OutlineSet
    from gazetteer.sources.rows import Row

MARGIN: Final = 0.015
"""Degrees that a place must lie inside a disputed unit before its source's country is overruled: outlines are
generalised, and a town near a line may well lie on the other side of it."""

_CROSSING: Final = frozenset({"river", "sea", "lake", "strait", "mountain"})


@dataclass(slots=True)
class Standing:
    """What the artefact keeps about places in disputed units.

    Attributes
    ----------
    members : dict
        Ids of the places in each part that has an outline of its own, sorted.
    said : dict
        By place id the country that its source states, where the default view shows another; "" for none.
    """

    members: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def settle(rows: Sequence[Row], outlines: OutlineSet) -> Standing:
    """Put the rows that lie in disputed units under the default view's country; they are changed in place.

    Only where the source files a row under a country that some viewpoint shows the unit under, or under a code of the
    unit itself (Ariel is ``IL.WE``): a border town that an outline takes in by mistake stays where it was.
    """
    import shapely

    result = Standing()
    found = [row for row in rows if row.country and row.kind not in AREA_KINDS | _CROSSING]
    tree = shapely.STRtree(np.array([shapely.Point(row.lon, row.lat) for row in found]))
    for key, unit in outlines.disputed.units.items():
        shape = outlines.parts.get(key) or outlines.geometries.get(key)
        if shape is None or not unit["atoms"]:  # a ring at sea holds no towns
            continue
        country = unit["country"] or None
        views = outlines.disputed.views.values()
        claimants = {view[key]["country"] for view in views if key in view} - {country}
        for at in tree.query(shape.buffer(-MARGIN), predicate="contains").tolist():
            row = found[at]
            if row.country != country and (row.country in claimants or _filed_here(row, unit, outlines)):
                result.said.setdefault(row.id, row.country or "")
                row.country = country
                row.admin1 = _unit(row, outlines)
        if key in outlines.parts:
            inside = [found[at] for at in tree.query(shape, predicate="contains").tolist()]
            held = {row.id for row in inside if row.country == country}
            result.members[key] = sorted(held | {row.id for row in rows if row.id == key})
    return result


def _filed_here(row: Row, unit: dict[str, Any], outlines: OutlineSet) -> bool:
    """Whether the source gives the row a first-level code of the unit's country under another country."""
    code = (row.geonames_admin1 or "").partition(".")[2]
    return f"geonames-a1:{unit['country']}.{code}" in outlines.geometries


def _unit(row: Row, outlines: OutlineSet) -> str | None:
    """First-level unit of a row's country whose outline holds its point."""
    import shapely

    keys = [
        unit.id for unit in outlines.units if unit.country == row.country and unit.id in outlines.geometries
    ]
    shapes: Any = np.array([outlines.geometries[key] for key in keys], dtype=object)
    inside = shapely.contains_xy(shapes, row.lon, row.lat).tolist() if keys else []
    return keys[inside.index(True)].partition(":")[2] if any(inside) else None
