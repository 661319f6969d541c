"""What a picture shows: a picture cannot be panned, so a few far places must not shrink all the others."""

from __future__ import annotations

from math import cos, hypot, radians
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from geo.render.view import WORLD, unrolled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.layers.layer import Layer

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Spot = tuple[float, float, float]

LEAST_SHARE: Final = 0.6
"""At least this share of the points lies in the picture."""
GAP: Final = 1.8
"""Points are left out where the next one is this many times farther from the middle."""
FEW: Final = 6
MARGIN: Final = 0.13
KM: Final = 111.2
"""Kilometres in a degree of latitude."""
MOST_REACH: Final = 3.0
"""A large area is not shown whole, degrees."""
LEAST: Final = 0.6
"""Least margin, degrees."""


def focus(layers: Mapping[str, Layer]) -> Box:
    """Choose the box (west, south, east, north in degrees; east beyond 180 across the antimeridian) around most events.

    Without an event it holds the places that are named, without any the world.
    """
    found = _event_points(layers) or _place_points(layers)
    if not found:
        return WORLD
    turned = unrolled([(x, y) for x, y, _ in found])
    found = [(x, y, reach) for (x, y), (_, _, reach) in zip(turned, found, strict=True)]
    kept = set(core(turned))
    return _grown([item for item in found if item[:2] in kept])


def core(points: Sequence[Point]) -> list[Point]:
    """Leave out the points beyond a wide gap around the bulk.

    Parameters
    ----------
    points : sequence of (float, float)
        Longitude, latitude in degrees; repeated where several events lie.

    Returns
    -------
    list of (float, float)
        At least `LEAST_SHARE` of them, nearest to the middle first; all where there is no wide gap, and where
        they are fewer than `FEW`.
    """
    if len(points) < FEW:
        return list(points)
    middle = (median(x for x, _ in points), median(y for _, y in points))
    scale = cos(radians(middle[1]))
    far = sorted((hypot((x - middle[0]) * scale, y - middle[1]), (x, y)) for x, y in points)
    for number in range(max(1, int(len(far) * LEAST_SHARE)), len(far)):
        if far[number][0] > max(far[number - 1][0], 1.0) * GAP:
            return [point for _, point in far[:number]]
    return [point for _, point in far]


def _event_points(layers: Mapping[str, Layer]) -> list[Spot]:
    rows = [row for row in layers["events"].rows if row["lon"] is not None]
    near = [row for row in rows if row["place_kind"] not in {"country", "continent"}]
    return [_spot(row) for row in near or rows]


def _place_points(layers: Mapping[str, Layer]) -> list[Spot]:
    rows = [row for row in layers["places"].rows if row["lon"] is not None]
    near = [row for row in rows if row["literal"] and row["kind"] not in {"country", "continent"}]
    return [_spot(row) for row in near or rows]


def _spot(row: Mapping[str, Any]) -> Spot:
    """Longitude, latitude, and how far the place reaches (degrees of latitude; 0 for a spot)."""
    reach = min(float(row["precision_km"] or 0) / KM, MOST_REACH) if row["is_area"] else 0.0
    return row["lon"], row["lat"], reach


def _grown(spots: Sequence[Spot]) -> Box:
    wide = 1 / max(cos(radians(median(y for _, y, _ in spots))), 0.1)
    xs = [x + side * reach * wide for x, _, reach in spots for side in (-1, 1)]
    ys = [y + side * reach for _, y, reach in spots for side in (-1, 1)]
    dx = max((max(xs) - min(xs)) * MARGIN, LEAST)
    dy = max((max(ys) - min(ys)) * MARGIN, LEAST)
    return (min(xs) - dx, max(min(ys) - dy, -85.0), max(xs) + dx, min(max(ys) + dy, 85.0))


def outside(layers: Mapping[str, Layer], box: Box) -> tuple[tuple[str, int], ...]:
    """Count the events at places outside the box (both in the units of the picture), most first."""
    counts: dict[str, set[str]] = {}
    for row in layers["events"].rows:
        if row["lon"] is not None and not (box[0] <= row["lon"] <= box[2] and box[1] <= row["lat"] <= box[3]):
            counts.setdefault(row["place_name"], set()).add(row["id"])
    return tuple(
        sorted(((name, len(ids)) for name, ids in counts.items()), key=lambda item: (-item[1], item[0]))
    )
