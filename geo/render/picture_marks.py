"""Markers and movements in a picture, and the order in which names come to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.render import style
from geo.render.picture_names import country_names, place_names
from geo.render.picture_shapes import SIZE, draw_mark, draw_shape, frame, inches, inside
from geo.render.svgpath import svg_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from geo.layers.layer import Layer
    from geo.render.picture_names import Box

MOST: Final = 250
"""Beyond this many markers they are not pushed apart: the picture shows a density."""
_RANK: Final = {"happened": 0, "claimed": 1, "denied": 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """All events of one type and status at one point."""

    lon: float
    lat: float
    type: str
    family: str
    status: str
    count: int
    is_area: bool


def marks(layer: Layer) -> list[Mark]:
    """Group the placed events by point, type and status; the most frequent last, so that it lies on top."""
    groups: Counter[tuple[Any, ...]] = Counter(
        (row["lon"], row["lat"], row["type"], row["family"], row["status"], bool(row["is_area"]))
        for row in layer.rows
        if row["lon"] is not None
    )
    ordered = sorted(groups.items(), key=lambda item: (item[1], -_RANK.get(item[0][4], 3), item[0]))
    return [
        Mark(lon, lat, kind, fam, status, count, area)
        for (lon, lat, kind, fam, status, area), count in ordered
    ]


def draw(
    axes: Axes,
    layers: Mapping[str, Layer],
    countries: Sequence[tuple[str, float, float]] = (),
    *,
    halo: bool = True,
    reserved: Sequence[Box] = (),
) -> None:
    """Draw movements, then markers, then names where there is room for them; those of countries last.

    No name covers the boxes of `reserved` (inches).
    """
    import numpy as np

    _flows(axes, layers["flows"])
    found = [mark for mark in marks(layers["events"]) if inside(axes, mark.lon, mark.lat)]
    home = inches(axes, [(mark.lon, mark.lat) for mark in found])
    seat = spread(home, SIZE * 1.06) if len(found) <= MOST else home
    scale = 1.0 if len(found) <= MOST else 0.6
    for mark, (x0, y0), (x, y) in zip(found, home, seat, strict=True):
        if np.hypot(x - x0, y - y0) > SIZE * 0.7:
            _leader(axes, (x0, y0), (x, y))
        draw_mark(axes, (x, y), mark.type, mark.family, mark.status, scale=scale, area=mark.is_area)
        if mark.count > 1:
            _badge(axes, (x, y), mark.count)
    taken = place_names(axes, layers, seat, reserved, halo=halo)
    country_names(axes, countries, taken)


def spread(home: NDArray[np.float64], gap: float, rounds: int = 120) -> NDArray[np.float64]:
    """Push points apart until they are `gap` away from each other; each stays as near its home as it can.

    Parameters
    ----------
    home : array of shape (n, 2)
        Any unit.
    gap : float
        In the same unit.
    rounds : int
        Most steps of the relaxation.

    Returns
    -------
    array of shape (n, 2)
        The same for the same input: points that coincide are first set on a spiral in their order.
    """
    import numpy as np

    n = len(home)
    if n < 2:
        return home.copy()
    turn = np.arange(n) * 2.399963  # the golden angle
    seat = home + np.c_[np.cos(turn), np.sin(turn)] * gap * 0.02 * (1 + np.sqrt(np.arange(n)))[:, None]
    for _ in range(rounds):
        delta = seat[:, None, :] - seat[None, :, :]
        distance = np.hypot(delta[..., 0], delta[..., 1]) + np.eye(n) * 1e9
        short = np.clip(gap - distance, 0, None)
        if not short.any():
            break
        push = (delta / distance[..., None] * short[..., None] * 0.5).sum(axis=1)
        seat += push + (home - seat) * 0.015
    return np.asarray(seat)


def _flows(axes: Axes, layer: Layer) -> None:
    from matplotlib.patches import FancyArrowPatch

    look = style.family("movement")
    for row, shape in zip(layer.rows, layer.geometry, strict=True):
        if shape is None:
            continue
        ends: list[Any] = list(shape.coords)
        solid = row["status"] in style.FILLED
        axes.add_patch(
            FancyArrowPatch(
                ends[0],
                ends[-1],
                connectionstyle="arc3,rad=0.18",
                arrowstyle="-|>",
                mutation_scale=11,
                shrinkA=6,
                shrinkB=8,
                color=look.line,
                linewidth=1.6,
                linestyle="solid" if solid else (0, (4, 2.5)),
                zorder=4,
                clip_on=True,
            )
        )


def _badge(axes: Axes, at: tuple[float, float], count: int) -> None:
    spot = (at[0] + SIZE * 0.42, at[1] + SIZE * 0.42)
    draw_shape(
        axes,
        svg_path(style.SHAPES["circle"]),
        spot,
        0.5,
        facecolor="white",
        edgecolor=style.LIGHT["label"],
        linewidth=0.5,
    )
    axes.text(
        *spot, str(count), transform=frame(axes), fontsize=5.5, ha="center", va="center_baseline", zorder=8
    )


def _leader(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    from matplotlib.lines import Line2D

    line = Line2D(
        [start[0], end[0]],
        [start[1], end[1]],
        transform=frame(axes),
        color=style.LIGHT["quiet"],
        linewidth=0.6,
        zorder=5,
    )
    axes.add_artist(line)
