"""What a picture shows: a picture cannot be panned, so a few far places must not shrink all the others."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians
from statistics import median
from typing import TYPE_CHECKING, Final

from geo.render.view import WORLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.layers.layer import Layer

Box = tuple[float, float, float, float]
Point = tuple[float, float]

LEAST_SHARE: Final = 0.6
"""At least this share of the points lies in the picture."""
GAP: Final = 1.8
"""Points are left out where the next one is this many times farther from the middle."""
MARGIN: Final = 0.13
LEAST: Final = 0.6
"""Least margin, degrees."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The box of the picture (west, south, east, north in degrees), and the places outside it with their events."""

    box: Box
    outside: tuple[tuple[str, int], ...] = ()


def focus(layers: Mapping[str, Layer]) -> Focus:
    """Choose the box around most of the events, or around the places where there is no event; else the world."""
    points = _event_points(layers) or _place_points(layers)
    if not points:
        return Focus(WORLD)
    kept = core(points)
    box = _grown(kept)
    return Focus(box, _outside(layers, box))


def core(points: Sequence[Point]) -> list[Point]:
    """Leave out the points beyond a wide gap around the bulk.

    Parameters
    ----------
    points : sequence of (float, float)
        Longitude, latitude in degrees; repeated where several events lie.

    Returns
    -------
    list of (float, float)
        At least `LEAST_SHARE` of them, nearest to the middle first; all where there is no wide gap.
    """
    middle = (median(x for x, _ in points), median(y for _, y in points))
    scale = cos(radians(middle[1]))
    far = sorted((hypot((x - middle[0]) * scale, y - middle[1]), (x, y)) for x, y in points)
    for number in range(max(1, int(len(far) * LEAST_SHARE)), len(far)):
        if far[number][0] > max(far[number - 1][0], 1.0) * GAP:
            return [point for _, point in far[:number]]
    return [point for _, point in far]


def _event_points(layers: Mapping[str, Layer]) -> list[Point]:
    rows = [row for row in layers["events"].rows if row["lon"] is not None]
    near = [row for row in rows if row["place_kind"] not in {"country", "continent"}]
    return [(row["lon"], row["lat"]) for row in near or rows]


def _place_points(layers: Mapping[str, Layer]) -> list[Point]:
    rows = [row for row in layers["places"].rows if row["lon"] is not None]
    near = [row for row in rows if row["literal"] and row["kind"] not in {"country", "continent"}]
    return [(row["lon"], row["lat"]) for row in near or rows]


def _grown(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    dx = max((max(xs) - min(xs)) * MARGIN, LEAST)
    dy = max((max(ys) - min(ys)) * MARGIN, LEAST)
    return (min(xs) - dx, max(min(ys) - dy, -85.0), max(xs) + dx, min(max(ys) + dy, 85.0))


def _outside(layers: Mapping[str, Layer], box: Box) -> tuple[tuple[str, int], ...]:
    """Count the events at places outside the box, most first."""
    counts: dict[str, set[str]] = {}
    for row in layers["events"].rows:
        if row["lon"] is not None and not (box[0] <= row["lon"] <= box[2] and box[1] <= row["lat"] <= box[3]):
            counts.setdefault(row["place_name"], set()).add(row["id"])
    return tuple(
        sorted(((name, len(ids)) for name, ids in counts.items()), key=lambda item: (-item[1], item[0]))
    )
