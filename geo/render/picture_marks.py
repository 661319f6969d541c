"""Markers, movements and names of places in a picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.ontology import load
from geo.render import style
from geo.render.svgpath import svg_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from geo.layers.layer import Layer

Box = tuple[float, float, float, float]

SIZE: Final = 0.2
"""Width of a marker, inches."""
NAME_ID: Final = "name-"
"""Ids of the names of places in SVG, which get their halo by a style."""
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
    found = [mark for mark in marks(layers["events"]) if _inside(axes, mark.lon, mark.lat)]
    home = _inches(axes, [(mark.lon, mark.lat) for mark in found])
    seat = spread(home, SIZE * 1.06) if len(found) <= MOST else home
    scale = 1.0 if len(found) <= MOST else 0.6
    for mark, (x0, y0), (x, y) in zip(found, home, seat, strict=True):
        if np.hypot(x - x0, y - y0) > SIZE * 0.7:
            _leader(axes, (x0, y0), (x, y))
        draw_mark(axes, (x, y), mark.type, mark.family, mark.status, scale=scale, area=mark.is_area)
        if mark.count > 1:
            _badge(axes, (x, y), mark.count)
    taken = _labels(axes, layers, seat, reserved, halo=halo)
    _country_names(axes, countries, taken)


def draw_mark(
    where: Any,
    at: tuple[float, float],
    kind: str,
    family: str | None,
    status: str,
    *,
    scale: float = 1.0,
    area: bool = False,
) -> None:
    """Draw one marker.

    Parameters
    ----------
    where : matplotlib axes or figure
    at : (float, float)
        Inches from the lower left corner of the figure.
    kind, family, status : str
        Event type and family of the ontology, and the event's status.
    scale : float
    area : bool
        Whether only a region is known: a ring around the marker.
    """
    look = style.family(family)
    filled = status in style.FILLED
    known = load().types.get(kind)
    ink = look.ink if filled else look.line
    outline = svg_path(style.SHAPES[look.shape])
    dashes = style.DASHES.get(status)
    line = (0, tuple(float(part) for part in dashes.split())) if dashes else "solid"
    if area:
        _shape(
            where,
            svg_path(style.SHAPES["circle"]),
            at,
            scale * 1.32,
            facecolor="none",
            edgecolor=look.line,
            linewidth=0.7,
            linestyle=(0, (1, 1)),
            alpha=0.9,
        )
    _shape(where, outline, at, scale * 1.08, facecolor="white", edgecolor="white", linewidth=1.6)
    _shape(
        where,
        outline,
        at,
        scale,
        facecolor=look.fill if filled else "white",
        edgecolor=look.line,
        linewidth=1.0,
        linestyle=line,
    )
    _shape(
        where,
        svg_path(style.glyph(known.symbol if known else "dot")),
        at,
        scale,
        facecolor="none",
        edgecolor=ink,
        linewidth=1.0,
        capstyle="round",
        joinstyle="round",
    )
    if status in style.STRUCK:
        _shape(
            where, svg_path("M-11 11L11 -11"), at, scale, facecolor="none", edgecolor=look.line, linewidth=1.4
        )


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


def _labels(
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
    spots = _inches(axes, [(row["lon"], row["lat"]) for row in rows])
    for row, (x, y) in zip(rows, spots, strict=True):
        if not _inside(axes, row["lon"], row["lat"]):
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


def _country_names(axes: Axes, names: Sequence[tuple[str, float, float]], taken: list[Box]) -> None:
    for name, lon, lat in names:
        ((x, y),) = _inches(axes, [(lon, lat)])
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
    _shape(
        axes,
        svg_path(style.SHAPES["circle"]),
        at,
        0.16,
        facecolor=style.LIGHT["label"],
        edgecolor="white",
        linewidth=0.4,
    )


def _badge(axes: Axes, at: tuple[float, float], count: int) -> None:
    spot = (at[0] + SIZE * 0.42, at[1] + SIZE * 0.42)
    _shape(
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


def _shape(where: Any, path: Any, at: tuple[float, float], scale: float, **options: Any) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D

    unit = SIZE / 24 * scale
    moved = path.transformed(Affine2D().scale(unit).translate(*at))
    where.add_artist(PathPatch(moved, transform=frame(where), zorder=6, clip_on=False, **options))


def frame(where: Any) -> Any:
    """Transform from inches of the figure."""
    figure = where.get_figure() if hasattr(where, "get_figure") else None
    return (figure or where).dpi_scale_trans


def _inches(axes: Axes, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Turn degrees into inches from the figure's lower left corner."""
    import numpy as np

    if not points:
        return np.empty((0, 2))
    pixels = axes.transData.transform(np.asarray(points, dtype=float))
    return np.asarray(axes.get_figure().dpi_scale_trans.inverted().transform(pixels))  # type: ignore[union-attr]


def _inside(axes: Axes, lon: float, lat: float) -> bool:
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return bool(west <= lon <= east and south <= lat <= north)


def _within(axes: Axes, box: Box) -> bool:
    lower, upper = _inches(axes, list(zip(axes.get_xlim(), axes.get_ylim(), strict=True)))
    return bool(box[0] > lower[0] and box[1] > lower[1] and box[2] < upper[0] and box[3] < upper[1])


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
