"""Names of places and countries in a picture, where they cover no marker and no other name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.render import style
from geo.render.picture_shapes import SIZE, draw_shape, frame, inches, inside
from geo.render.svgpath import svg_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from geo.layers.layer import Layer

Box = tuple[float, float, float, float]

NAME_ID: Final = "name-"
"""Ids of the names of places in SVG, which get their halo by a style."""


def place_names(
    axes: Axes,
    layers: Mapping[str, Layer],
    seat: NDArray[np.float64],
    reserved: Sequence[Box],
    *,
    halo: bool,
) -> list[Box]:
    """Name the places with events, and those named most, where a name covers no marker and no other name."""
    taken = [(x - SIZE / 2, y - SIZE / 2, x + SIZE / 2, y + SIZE / 2) for x, y in seat] + list(reserved)
    rows = [
        row
        for row in layers["places"].rows
        if row["lon"] is not None
        and row["kind"] not in {"country", "continent"}
        and (row["literal"] or row["events"])
    ]
    rows.sort(key=lambda row: (-row["events"], -row["mentions"], row["id"]))
    spots = inches(axes, [(row["lon"], row["lat"]) for row in rows])
    for row, (x, y) in zip(rows, spots, strict=True):
        if not inside(axes, row["lon"], row["lat"]):
            continue
        wide = text_width(row["name"]) + 0.04
        if not row["is_area"]:
            _dot(axes, (x, y))
        for dx, dy in _around(wide, area=bool(row["is_area"])):
            box = (x + dx, y + dy - 0.065, x + dx + wide, y + dy + 0.065)
            if _within(axes, box) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                _name(axes, (x + dx, y + dy), row["name"], area=bool(row["is_area"]), halo=halo)
                break
    return taken


def country_names(axes: Axes, names: Sequence[tuple[str, float, float]], taken: list[Box]) -> None:
    """Name the countries (name, lon, lat) where there is room; their boxes are added to `taken`."""
    for name, lon, lat in names:
        ((x, y),) = inches(axes, [(lon, lat)])
        wide = 0.085 * len(name)
        for dx, dy in ((0, 0), (0, 0.3), (0, -0.3), (-0.5, 0), (0.5, 0), (0, 0.6), (0, -0.6)):
            box = (x + dx - wide / 2, y + dy - 0.07, x + dx + wide / 2, y + dy + 0.07)
            if _within(axes, box) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                axes.text(
                    x + dx,
                    y + dy,
                    name.upper(),
                    transform=frame(axes),
                    color=style.LIGHT["quiet"],
                    fontsize=8,
                    ha="center",
                    va="center",
                    alpha=0.85,
                    zorder=2.8,
                    parse_math=False,
                )
                break


def text_width(text: str, size: float = 7.5) -> float:
    """Width of a text in the font of the pictures, inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    plain = text.replace("$", r"\$")
    if not plain.strip():
        return 0.0
    return (
        float(TextPath((0, 0), plain, size=size, prop=FontProperties("DejaVu Sans")).get_extents().width) / 72
    )


def _around(wide: float, *, area: bool) -> list[tuple[float, float]]:
    """Offsets of a label's left middle from its point, best first, inches."""
    near = [
        (0.09, 0.0),
        (0.07, 0.12),
        (0.07, -0.12),
        (-wide - 0.09, 0.0),
        (-wide / 2, 0.17),
        (-wide / 2, -0.17),
    ]
    far = [(0.15, 0.0), (-wide / 2, 0.24), (-wide / 2, -0.24), (-wide - 0.16, 0.0), (0.28, 0.0)]
    return [(-wide / 2, 0.0), *near, *far] if area else [*near, *far]


def _name(axes: Axes, at: tuple[float, float], name: str, *, area: bool, halo: bool) -> None:
    from matplotlib.patheffects import withStroke

    axes.text(
        *at,
        name,
        transform=frame(axes),
        fontsize=7.5,
        va="center",
        color=style.LIGHT["quiet" if area else "label"],
        style="italic" if area else "normal",
        zorder=7,
        parse_math=False,
        path_effects=[withStroke(linewidth=2, foreground=style.LIGHT["halo"])] if halo else None,
        gid=f"{NAME_ID}{_number(axes)}{len(axes.texts)}",
    )


def _number(axes: Axes) -> str:
    """Tell the maps of one picture apart; the first needs nothing."""
    figure = axes.get_figure()
    number = len(figure.axes) if figure else 1
    return "" if number < 2 else f"{number}-"


def _dot(axes: Axes, at: tuple[float, float]) -> None:
    draw_shape(
        axes,
        svg_path(style.SHAPES["circle"]),
        at,
        0.16,
        facecolor=style.LIGHT["label"],
        edgecolor="white",
        linewidth=0.4,
    )


def _within(axes: Axes, box: Box) -> bool:
    lower, upper = inches(axes, list(zip(axes.get_xlim(), axes.get_ylim(), strict=True)))
    return bool(box[0] > lower[0] and box[1] > lower[1] and box[2] < upper[0] and box[3] < upper[1])


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
