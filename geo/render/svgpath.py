"""SVG path data as matplotlib paths: the markers and symbols of `geo.render.style` in a picture.

Knows the absolute commands that the style table uses (M L H V A C Z); matplotlib itself reads no SVG paths.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import acos, ceil, cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.path import Path

_TOKEN: Final = re.compile(r"([MLHVACZ])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_SIZES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "C": 6, "Z": 0}

Point = tuple[float, float]


@lru_cache(maxsize=256)
def svg_path(data: str) -> Path:
    """Turn SVG path data into a path with y upwards.

    Parameters
    ----------
    data : str
        The ``d`` of an SVG path; units are kept.

    Returns
    -------
    matplotlib.path.Path
        Arcs become chords of at most 10 degrees. Empty for empty data.

    Raises
    ------
    ValueError
        The data has another command, or numbers are missing.
    """
    from matplotlib.path import Path

    points: list[Point] = []
    codes: list[Any] = []
    here: Point = (0.0, 0.0)
    for command, values in _commands(data):
        if command == "Z":
            points.append(here)
            codes.append(Path.CLOSEPOLY)
            continue
        added, here = _step(command, values, here)
        kind = {"M": Path.MOVETO, "C": Path.CURVE4}.get(command, Path.LINETO)
        points += added
        codes += [kind] * len(added)
    flipped = [(x, -y) for x, y in points]
    return Path(flipped, codes) if flipped else Path([(0.0, 0.0)], [Path.MOVETO])


def _commands(data: str) -> list[tuple[str, list[float]]]:
    """Split into commands; repeated numbers repeat the command, after M as L."""
    if re.sub(r"[\s,]", "", _TOKEN.sub("", data)):
        raise ValueError(f"path data that is not known: {data!r}")
    found: list[tuple[str, list[float]]] = []
    command = ""
    numbers: list[float] = []
    for letter, number in [*_TOKEN.findall(data), ("Z", "")]:
        if letter:
            if numbers:
                raise ValueError(f"numbers are missing: {data!r}")
            if letter == "Z" and not command:
                return found
            command = letter
            if letter == "Z":
                found.append(("Z", []))
            continue
        numbers.append(float(number))
        if len(numbers) == _SIZES[command]:
            found.append((command, numbers))
            command, numbers = ("L" if command == "M" else command), []
    return found[:-1]


def _step(command: str, values: list[float], here: Point) -> tuple[list[Point], Point]:
    if command == "H":
        end = (values[0], here[1])
    elif command == "V":
        end = (here[0], values[0])
    else:
        end = (values[-2], values[-1])
    if command == "A":
        return _arc(here, values, end), end
    if command == "C":
        return [(values[0], values[1]), (values[2], values[3]), end], end
    return [end], end


def _arc(start: Point, values: list[float], end: Point) -> list[Point]:
    """Follow an unrotated elliptical arc (SVG 1.1, appendix F.6) by chords."""
    rx, ry, _, large, sweep = values[:5]
    if start == end or not rx or not ry:
        return [end]
    x, y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    grow = max(1.0, sqrt((x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    below = (rx * y) ** 2 + (ry * x) ** 2
    factor = sqrt(max(0.0, (rx * ry) ** 2 - below) / below) * (1 if large != sweep else -1)
    cx, cy = factor * rx * y / ry, -factor * ry * x / rx
    first = _angle((x - cx) / rx, (y - cy) / ry)
    turn = (_angle((-x - cx) / rx, (-y - cy) / ry) - first) % (2 * pi)
    if not sweep:
        turn -= 2 * pi
    middle = (cx + (start[0] + end[0]) / 2, cy + (start[1] + end[1]) / 2)
    steps = max(2, ceil(abs(turn) / (pi / 18)))
    angles = [first + turn * number / steps for number in range(1, steps)]
    return [*((middle[0] + rx * cos(a), middle[1] + ry * sin(a)) for a in angles), end]


def _angle(x: float, y: float) -> float:
    return acos(max(-1.0, min(1.0, x / hypot(x, y)))) * (1 if y >= 0 else -1)
