"""What a map shows first, and the box for which a detailed basemap is carried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.layers.layer import Layer

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS 84 degrees; east is beyond 180 where the box crosses the antimeridian."""
WORLD: Final[Box] = (-180.0, -60.0, 180.0, 78.0)
WIDEST: Final = 1.9
"""Width to height of the widest map that is thought of: beside the list on a screen of 1280 by 800 pixels."""
TALLEST: Final = 0.66
"""Width to height of the narrowest: a telephone."""
SPARE: Final = 1.2
"""What a map shows beyond its focus on each side, zoom steps being what they are, as a factor."""
CONTINENT: Final = 88.0
"""Width that a box is not grown to beyond for the shape of a screen alone, degrees."""
NARROWER: Final = 0.8
"""How much narrower a box across the antimeridian must be to be preferred."""
LIMIT: Final = 84.0
"""Latitude beyond which nothing is drawn, degrees north and south: Web Mercator grows without bound."""


@dataclass(frozen=True, slots=True)
class View:
    """The box shown first (`focus`), the box with detail (`detail`), and the points left outside the focus.

    ``empty`` where nothing at all is placed.
    """

    focus: Box
    detail: Box
    outside: int = 0
    empty: bool = False


def view(layers: Mapping[str, Layer]) -> View:
    """Choose the view of a set of layers.

    The focus holds the events (or, without any, the places named), except for a few far ones that would make
    the map of a province a map of the world; these stay on the map and are reached by panning or from the
    list. Without anything placed it is the world.
    """
    told = Counter(_points(layers))
    if not told:
        return View(WORLD, WORLD, empty=True)
    points: Counter[tuple[float, float]] = Counter()
    for point, many in zip(unrolled(list(told)), told.values(), strict=True):
        points[point] += many
    kept = _core(points)
    focus = _grow(_bounds(kept), share=0.12, least=0.7)
    detail = _shown(focus)
    if detail[2] - detail[0] > 150:
        middle = round((focus[0] + focus[2]) / 2) if focus[2] > 180 else 0
        south, north = WORLD[1::2] if focus[1] > WORLD[1] and focus[3] < WORLD[3] else (-LIMIT, LIMIT)
        detail = (middle - 180.0, south, middle + 180.0, north)
    return View(focus, detail, points.total() - kept.total())


def focused(focus: Box) -> View:
    """View of a given box."""
    return View(focus, _shown(focus))


def unrolled(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points (lon, lat), those of the west counted on past 180 where that makes their box much narrower.

    Examples
    --------
    >>> unrolled([(178.4, -18.1), (-171.8, -13.8)])
    [(178.4, -18.1), (188.2, -13.8)]
    >>> unrolled([(-74.0, 40.7), (139.7, 35.7)])
    [(-74.0, 40.7), (139.7, 35.7)]
    """
    lons = sorted({lon for lon, _ in points})
    if len(lons) < 2:
        return points
    gap, cut = max((after - before, before) for before, after in pairwise(lons))
    if 360 - gap > NARROWER * (lons[-1] - lons[0]):
        return points
    return [(round(lon + 360, 6) if lon <= cut else lon, lat) for lon, lat in points]


def pieces(box: Box) -> list[tuple[Box, float]]:
    """Cut a box at the antimeridian: boxes within -180 to 180, each with what its longitudes were lowered by."""
    west, south, east, north = box
    if east <= 180:
        return [(box, 0.0)]
    return [((west, south, 180.0, north), 0.0), ((-180.0, south, east - 360, north), 360.0)]


def _shown(focus: Box) -> Box:
    """Box that screens of any usual shape show when they show `focus`, and some room to move in."""
    west, south, east, north = focus
    shrink = max(cos(radians((south + north) / 2)), 0.2)
    width, height = east - west, (north - south) / shrink  # both in degrees of longitude
    wide = min(max(width, SPARE * WIDEST * height), max(2 * width, CONTINENT))
    tall = max(height, SPARE * width / TALLEST)
    dx = max((wide - width) / 2, 0.4 * width, 1.0)
    dy = max((tall - height) / 2, 0.3 * height, 1.0 / shrink) * shrink
    return _clamped((west - dx, south - dy, east + dx, north + dy), across=east > 180)


def _points(layers: Mapping[str, Layer]) -> Iterable[tuple[float, float]] | Counter[tuple[float, float]]:
    if (tally := layers["events"].tally) and (all_points := tally.points()):
        return all_points
    events = [row for row in layers["events"].rows if row["lon"] is not None]
    small = [row for row in events if row["place_kind"] not in {"country", "continent"}]
    found = [(row["lon"], row["lat"]) for row in small]
    found += [(x, y) for line in layers["flows"].geometry if line is not None for x, y in line.coords]
    if not found:
        rows = [row for row in layers["places"].rows if row["lon"] is not None]
        near = [row for row in rows if row["literal"] and row["kind"] not in {"country", "continent"}]
        found = [(row["lon"], row["lat"]) for row in near or events or rows]
    return found


def _core(points: Counter[tuple[float, float]]) -> Counter[tuple[float, float]]:
    """Points without the few that stretch their box most (at most an eighth of them)."""
    kept = Counter({point: points[point] for point in sorted(points)})
    spare = points.total() // 8
    while spare and kept.total() > 3:
        _west, _south, _east, _north = _bounds(kept)
        edges = {min(kept), max(kept), min(kept, key=lambda p: p[::-1]), max(kept, key=lambda p: p[::-1])}
        best = min(sorted(edges), key=lambda edge: _size([p for p in kept if p != edge] or kept))
        rest = Counter({p: many for p, many in kept.items() if p != best})
        dropped = kept[best]
        if not rest or dropped > spare or _size(rest) > 0.72 * _size(kept) or _size(kept) < 4:
            break
        kept, spare = rest, spare - dropped
    return kept


def _size(points: Iterable[tuple[float, float]]) -> float:
    """Half the girth of the points' box, in degrees of latitude."""
    west, south, east, north = _bounds(points)
    return (east - west) * cos(radians((south + north) / 2)) + north - south


def _bounds(points: Iterable[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _grow(box: Box, *, share: float, least: float) -> Box:
    west, south, east, north = box
    dx, dy = max((east - west) * share, least), max((north - south) * share, least)
    return _clamped((west - dx, south - dy, east + dx, north + dy), across=east > 180)


def _clamped(box: Box, *, across: bool) -> Box:
    """Keep a box on the drawn world; one across the antimeridian may end anywhere, but not overlap itself."""
    west, south, east, north = box
    if across:
        spare = max(east - west - 360, 0) / 2
        west, east = west + spare, east - spare
    else:
        west, east = max(west, -180.0), min(east, 180.0)
    return west, max(min(south, LIMIT - 1), -LIMIT), east, min(max(north, 1 - LIMIT), LIMIT)
