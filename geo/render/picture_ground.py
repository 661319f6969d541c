"""What lies under the events in a picture: land, water, borders, tinted units, hatched claims."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from geo.render import style
from geo.render.base import label_point

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from shapely.geometry.base import BaseGeometry

    from geo.layers.layer import Layer
    from geo.render.picture_view import Projected

Box = tuple[float, float, float, float]

HATCHES: Final = {
    45: "///",
    135: "\\\\\\",
    0: "---",
    90: "|||",
    22: "//",
    112: "\\\\",
    67: "////",
    157: "\\\\\\\\",
}
"""matplotlib knows few angles; where it lacks one, the density tells claimants apart."""
PIXELS: Final = 1100
"""Widths of the map in tolerances: finer than any print of it shows."""


def draw(
    axes: Axes, layers: Mapping[str, Layer], gaz: Projected, box: Box, *, size: tuple[float, float]
) -> list[tuple[str, float, float]]:
    """Draw the ground.

    Parameters
    ----------
    axes : matplotlib axes
        In the units of the picture, as are the layers and the basemap.
    layers : mapping of str to Layer
    gaz : Projected
    box : tuple
        Left, bottom, right and top of the axes.
    size : tuple
        Width and height of the axes, inches.

    Returns
    -------
    list of (str, float, float)
        Names of the countries that have room for theirs, with longitude and latitude of its middle.
    """
    colours = style.LIGHT
    ground = gaz.basemap(box, (box[2] - box[0]) / PIXELS)
    axes.set_facecolor(colours["water"])
    _fill(axes, _clipped(ground.land, box), facecolor=colours["land"], zorder=1)
    _tint(axes, layers, box)
    for lake in _each(ground.lakes):
        _fill(axes, _clipped(lake, box), facecolor=colours["water"], zorder=2.2)
    for river in _each(ground.rivers):
        _stroke(axes, _clipped(river, box), color=colours["river"], linewidth=0.8, zorder=2.3)
    coast = _edges([ground.land], box)
    countries = _edges([shape for _, _, shape in ground.countries], box)
    units = _edges([shape for _, _, shape in ground.admin1], box)
    for lines, colour, wide in (
        (units - countries - coast, "unit", 0.5),
        (coast, "coast", 0.6),
        (countries - coast, "border", 0.9),
    ):
        _segments(axes, lines, color=colours[colour], linewidth=wide)
    _claims(axes, layers, box)
    return _names(gaz, ground.countries, box, size)


def within(layers: Mapping[str, Layer], box: Box) -> dict[str, Layer]:
    """Leave out events, claims and tinted units outside the box: the legend must not list them."""
    from shapely import box as rectangle

    paper = rectangle(*box)
    found = dict(layers)
    for name in ("events", "claims", "regions"):
        layer = layers[name]
        pairs = [
            (row, shape)
            for row, shape in zip(layer.rows, layer.geometry, strict=True)
            if shape is not None and shape.intersects(paper)
        ]
        found[name] = replace(layer, rows=[row for row, _ in pairs], geometry=[shape for _, shape in pairs])
    return found


def hatch_of(number: int) -> tuple[str, str]:
    """Hatch and colour of the claimant with this number, in the order of appearance."""
    angle = style.HATCH_ANGLES[number % len(style.HATCH_ANGLES)]
    return HATCHES[angle], style.HATCH_COLOURS[number % len(style.HATCH_COLOURS)]


def claimants(layers: Mapping[str, Layer]) -> dict[str, int]:
    """Number the claimants in the order of appearance."""
    return {
        name: number
        for number, name in enumerate(dict.fromkeys(r["claimant"] for r in layers["claims"].rows))
    }


def line_of(row: Mapping[str, Any]) -> Any:
    """Dash pattern of a claim's outline as matplotlib has it."""
    name = style.claim_line(str(row["standing"]), proxy=bool(row["proxy"]))
    dashes = style.CLAIM_LINES.get(name, "8 4")
    return (0, tuple(float(part) / 1.6 for part in dashes.split())) if dashes else "solid"


def _claims(axes: Axes, layers: Mapping[str, Layer], box: Box) -> None:
    numbers = claimants(layers)
    layer = layers["claims"]
    for row, shape in zip(layer.rows, layer.geometry, strict=True):
        hatch, colour = hatch_of(numbers[row["claimant"]])
        _fill(
            axes,
            _clipped(shape, box),
            facecolor="none",
            edgecolor=colour,
            hatch=hatch,
            linewidth=0,
            alpha=0.55,
            zorder=3,
        )
        _stroke(axes, shape, color=colour, linewidth=1.3, linestyle=line_of(row), zorder=3.1)


def _tint(axes: Axes, layers: Mapping[str, Layer], box: Box) -> None:
    layer = layers["regions"]
    for row, shape in zip(layer.rows, layer.geometry, strict=True):
        index = style.tint(row["events"] or 0)
        if index is not None:
            _fill(axes, _clipped(shape, box), facecolor=style.TINTS[index], zorder=2)


def _country(gaz: Projected, code: str, name: str) -> str:
    """Return the display name, from the gazetteer where the basemap has only the code."""
    if name and name not in {code, f"iso:{code}"}:
        return name
    try:
        return gaz.get(f"iso:{code.removeprefix('iso:')}").name
    except KeyError:
        return code


def _names(
    gaz: Projected, countries: Any, box: Box, size: tuple[float, float]
) -> list[tuple[str, float, float]]:
    across = size[0] / (box[2] - box[0])
    found = []
    for code, raw, shape in countries:
        part = _clipped(shape, box)
        if part is None or part.is_empty:
            continue
        name = _country(gaz, code, raw)
        west, south, east, north = part.bounds
        if (east - west) * across >= 0.085 * len(name) and (north - south) * across >= 0.3:
            found.append((name, *label_point(part)))
    return found


def _clipped(shape: BaseGeometry | None, box: Box) -> BaseGeometry | None:
    """Cut to the box with a margin, so that its edge is not seen."""
    import shapely

    if shape is None:
        return None
    dx, dy = (box[2] - box[0]) * 0.05, (box[3] - box[1]) * 0.05
    return shapely.clip_by_rect(shape, box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy)


def _fill(axes: Axes, shape: BaseGeometry | None, **options: Any) -> None:
    from matplotlib.patches import PathPatch

    path = polygon_path(shape)
    if path is not None:
        axes.add_patch(PathPatch(path, **({"linewidth": 0, "edgecolor": "none"} | options)))


def _stroke(axes: Axes, shape: BaseGeometry | None, **options: Any) -> None:
    from matplotlib.collections import LineCollection

    lines = [line.coords for line in _outlines(shape)]
    if lines:
        colour = options.pop("color")
        axes.add_collection(LineCollection(lines, colors=[colour], **options), autolim=False)


Edge = tuple[tuple[float, float], tuple[float, float]]


def _edges(shapes: Sequence[Any], box: Box) -> set[Edge]:
    """All edges that can be seen, each once: neighbours share theirs point for point."""
    import numpy as np
    import shapely

    found: set[Edge] = set()
    for shape in shapes:
        for line in _outlines(shape):
            rounded = np.round(shapely.get_coordinates(line), 5)
            for piece in _seen(rounded, box):
                points = list(map(tuple, piece.tolist()))
                found.update((a, b) if a < b else (b, a) for a, b in pairwise(points) if a != b)
    return found


def _seen(points: Any, box: Box) -> list[Any]:
    """Runs of a line whose edges touch the box."""
    import numpy as np

    low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
    touch = (high >= (box[0], box[1])).all(axis=1) & (low <= (box[2], box[3])).all(axis=1)
    ends = np.flatnonzero(np.diff(np.r_[False, touch, False].astype(np.int8)))
    return [points[first : last + 1] for first, last in ends.reshape(-1, 2)]


def _segments(axes: Axes, edges: set[Edge], *, color: str, linewidth: float) -> None:
    """Draw edges as lines that are as long as possible."""
    import shapely

    if edges:
        merged = shapely.line_merge(shapely.multilinestrings(sorted(edges)))
        _stroke(axes, merged, color=color, linewidth=linewidth, zorder=2.5)


def polygon_path(shape: BaseGeometry | None) -> Path | None:
    """Path of all polygons of a geometry with their holes; None where there is none."""
    import numpy as np
    import shapely
    from matplotlib.path import Path

    if shape is None or shape.is_empty:
        return None
    rings = [ring for part in _polygons(shape) for ring in (part.exterior, *part.interiors)]
    if not rings:
        return None
    vertices = [shapely.get_coordinates(ring) for ring in rings]
    codes = [np.r_[Path.MOVETO, np.full(len(v) - 2, Path.LINETO), Path.CLOSEPOLY] for v in vertices]
    return Path(np.concatenate(vertices), np.concatenate(codes).astype(np.uint8))


def _polygons(shape: Any) -> Iterator[Any]:
    for part in getattr(shape, "geoms", (shape,)):
        if part.geom_type == "Polygon":
            yield part
        elif hasattr(part, "geoms"):
            yield from _polygons(part)


def _outlines(shape: Any) -> Iterator[Any]:
    if shape is None or shape.is_empty:
        return
    for part in getattr(shape, "geoms", (shape,)):
        if part.geom_type == "Polygon":
            yield from (part.exterior, *part.interiors)
        elif part.geom_type in {"LineString", "LinearRing"}:
            yield part
        elif hasattr(part, "geoms"):
            yield from _outlines(part)


def _each(shapes: Any) -> list[Any]:
    """Geometries, whether they come as one, as a list, or as (name, geometry) rows."""
    if shapes is None:
        return []
    if hasattr(shapes, "geom_type"):
        return [shapes]
    return [row[-1] if isinstance(row, tuple) else row for row in shapes]
