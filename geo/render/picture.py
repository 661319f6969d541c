"""A picture of the layers by matplotlib: PNG, SVG or PDF with the colours, symbols and hatches of the page.

No browser and no geopandas are needed. The same input gives the same bytes: no dates in the metadata, fixed ids in SVG.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any, Final

from geo.errors import OptionError
from geo.render import picture_ground, picture_legend, picture_marks
from geo.render.view import view
from geo.render.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from matplotlib.figure import Figure

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer

FORMATS: Final = ("png", "svg", "pdf")
PANEL: Final = 2.75
"""Width of the legend, inches."""
EDGE: Final = 0.12
"""Margin around everything, inches."""
LEAST_HEIGHT: Final = 4.2
"""Least height of the map, inches."""

_METADATA: Final[dict[str, dict[str, Any]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the map."""

    title: str
    as_of: date | None
    publisher: str | None
    attribution: str


def picture(
    layers: Mapping[str, Layer],
    gaz: Atlas,
    *,
    form: str = "png",
    title: str = "",
    as_of: date | None = None,
    publisher: str | None = None,
    width_cm: float = 26.0,
    dpi: int = 150,
) -> bytes:
    """Draw the layers.

    Parameters
    ----------
    layers : mapping of str to Layer
        What `geo.make_layers` gave.
    gaz : gazetteer
        Gives the basemap and the attribution.
    form : str
        "png", "svg" or "pdf".
    title : str
    as_of : datetime.date, optional
        The day the claims are shown for; None says that all known ones are.
    publisher : str, optional
        Named in the disclaimer.
    width_cm : float
        Width of the picture with its legend, 12 to 100 cm.
    dpi : int
        Dots per inch of a PNG, 50 to 600.

    Returns
    -------
    bytes
        The file. Layers without anything placed give a map of the world.

    Raises
    ------
    geo.errors.OptionError
        Another format, or a size out of range.
    """
    _check(form, width_cm, dpi)
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    sheet = Sheet(title, as_of, publisher, str(gaz.info().get("attribution") or ""))
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.hashsalt": "geodispatch",
                "hatch.linewidth": 0.9,
                "font.family": "DejaVu Sans",
                "path.simplify": False,
            }
        )
        figure = _figure(layers, gaz, sheet, width_cm / 2.54, dpi)
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        metadata = dict(_METADATA[form]) | ({"Title": title} if title else {})
        figure.savefig(out, format=form, dpi=dpi, metadata=metadata, facecolor="white")
    return out.getvalue()


def _check(form: str, width_cm: float, dpi: int) -> None:
    if form not in FORMATS:
        raise OptionError(f"there is no picture format {form!r}; choose one of {', '.join(FORMATS)}")
    if not 12 <= width_cm <= 100:
        raise OptionError(f"a width of {width_cm:g} cm is not possible; choose 12 to 100")
    if not 50 <= dpi <= 600:
        raise OptionError(f"{dpi} dots per inch are not possible; choose 50 to 600")


def _figure(layers: Mapping[str, Layer], gaz: Atlas, sheet: Sheet, width: float, dpi: int) -> Figure:
    from matplotlib.figure import Figure

    catalogue = words("en")
    focus = view(layers).focus
    legend = picture_legend.entries(layers, sheet.as_of, catalogue)
    footer = picture_legend.footer(sheet.attribution, sheet.publisher, catalogue, width)
    map_width = width - PANEL - 3 * EDGE
    scale = cos(radians((focus[1] + focus[3]) / 2))
    wanted = map_width * (focus[3] - focus[1]) / max((focus[2] - focus[0]) * scale, 1e-6)
    height = max(min(wanted, 1.15 * map_width), LEAST_HEIGHT, picture_legend.height(legend))
    top, bottom = (0.42 if sheet.title else EDGE), picture_legend.footer_height(footer)
    figure = Figure(figsize=(width, height + top + bottom), dpi=dpi)
    whole = height + top + bottom
    box = _fill(focus, map_width / height, scale)
    axes = figure.add_axes(
        (EDGE / width, bottom / whole, map_width / width, height / whole),
        xlim=(box[0], box[2]),
        ylim=(box[1], box[3]),
        xticks=[],
        yticks=[],
    )
    axes.set_aspect("auto")
    picture_ground.draw(axes, layers, gaz, box, size=(map_width, height))
    picture_marks.draw(axes, layers)
    picture_legend.draw(figure, legend, left=width - PANEL - EDGE, top=bottom + height)
    picture_legend.frame_text(figure, sheet.title, footer, EDGE)
    return figure


def _fill(
    focus: tuple[float, float, float, float], ratio: float, scale: float
) -> tuple[float, float, float, float]:
    """Grow the box until it has the shape of the paper (width over height)."""
    west, south, east, north = focus
    wide, high = (east - west) * scale, north - south
    if wide / high < ratio:
        more = (high * ratio - wide) / scale / 2
        return west - more, south, east + more, north
    more = (wide / ratio - high) / 2
    return west, south - more, east, north + more
