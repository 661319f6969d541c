"""One marker in a picture, and what places it: inches of the figure instead of degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.ontology import load
from geo.render import style
from geo.render.svgpath import svg_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

SIZE: Final = 0.2
"""Width of a marker, inches."""


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
        draw_shape(
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
    draw_shape(where, outline, at, scale * 1.08, facecolor="white", edgecolor="white", linewidth=1.6)
    draw_shape(
        where,
        outline,
        at,
        scale,
        facecolor=look.fill if filled else "white",
        edgecolor=look.line,
        linewidth=1.0,
        linestyle=line,
    )
    draw_shape(
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
        draw_shape(
            where, svg_path("M-11 11L11 -11"), at, scale, facecolor="none", edgecolor=look.line, linewidth=1.4
        )


def draw_shape(where: Any, path: Any, at: tuple[float, float], scale: float, **options: Any) -> None:
    """Draw a path of the style around a point, inches."""
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D

    unit = SIZE / 24 * scale
    moved = path.transformed(Affine2D().scale(unit).translate(*at))
    where.add_artist(PathPatch(moved, transform=frame(where), zorder=6, clip_on=False, **options))


def frame(where: Any) -> Any:
    """Transform from inches of the figure."""
    figure = where.get_figure() if hasattr(where, "get_figure") else None
    return (figure or where).dpi_scale_trans


def inches(axes: Axes, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Turn degrees into inches from the figure's lower left corner."""
    import numpy as np

    if not points:
        return np.empty((0, 2))
    pixels = axes.transData.transform(np.asarray(points, dtype=float))
    return np.asarray(axes.get_figure().dpi_scale_trans.inverted().transform(pixels))  # type: ignore[union-attr]


def inside(axes: Axes, lon: float, lat: float) -> bool:
    """Whether a point lies on the map."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return bool(west <= lon <= east and south <= lat <= north)
