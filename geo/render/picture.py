"""A picture of the layers by matplotlib: PNG, SVG or PDF with the colours, symbols and hatches of the page.

No browser and no geopandas are needed. The same input gives the same bytes: no dates in the metadata, fixed ids in SVG.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any, Final

from geo.errors import OptionError
from geo.render import picture_ground, picture_legend, picture_marks, style
from geo.render.picture_focus import Box, focus, outside
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

_LONG: Final = re.compile(r"(\.\d\d)\d+")
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
                "svg.fonttype": "none",
                "hatch.linewidth": 0.9,
                "font.family": "DejaVu Sans",
                "path.simplify": False,
            }
        )
        figure = _figure(layers, gaz, sheet, width_cm / 2.54, dpi, halo=form != "svg")
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        metadata = dict(_METADATA[form]) | ({"Title": title} if title else {})
        figure.savefig(out, format=form, dpi=dpi, metadata=metadata, facecolor="white")
    return _slim(out.getvalue()) if form == "svg" else out.getvalue()


def _slim(svg: bytes) -> bytes:
    """Cut path coordinates to hundredths of a point, give names their halo, and name fonts of the same widths."""
    text = re.sub(r' d="[^"]*"', lambda path: _LONG.sub(r"\1", path[0]), svg.decode("utf-8"))
    halo = f"paint-order:stroke;stroke:{style.LIGHT['halo']};stroke-width:2.2px;stroke-linejoin:round"
    rule = f'<style type="text/css">g[id^="{picture_marks.NAME_ID}"] text{{{halo}}}</style>\n'
    text = text.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")
    return text.replace(" <defs>\n", f" <defs>\n  {rule}", 1).encode("utf-8")


def _check(form: str, width_cm: float, dpi: int) -> None:
    if form not in FORMATS:
        raise OptionError(f"there is no picture format {form!r}; choose one of {', '.join(FORMATS)}")
    if not 12 <= width_cm <= 100:
        raise OptionError(f"a width of {width_cm:g} cm is not possible; choose 12 to 100")
    if not 50 <= dpi <= 600:
        raise OptionError(f"{dpi} dots per inch are not possible; choose 50 to 600")


def _figure(
    layers: Mapping[str, Layer], gaz: Atlas, sheet: Sheet, width: float, dpi: int, *, halo: bool
) -> Figure:
    from matplotlib.figure import Figure

    catalogue = words("en")
    shown, everything = focus(layers), layers
    box = shown
    for _ in range(2):  # the legend lists what the box shows, and its height shapes the box
        layers = picture_ground.within(everything, box)
        legend = picture_legend.entries(layers, sheet.as_of, catalogue, outside(everything, box))
        columns = picture_legend.columns(legend, _map_height(shown, width - PANEL - 3 * EDGE))
        map_width = width - len(columns) * (PANEL + EDGE) - 2 * EDGE
        tallest = max(map(picture_legend.height, columns))
        height = max(_map_height(shown, map_width), LEAST_HEIGHT, tallest)
        box = _fill(shown, map_width / height)
    footer = picture_legend.footer(sheet.attribution, sheet.publisher, catalogue, width)
    top, bottom = (0.42 if sheet.title else EDGE), picture_legend.footer_height(footer)
    whole = height + top + bottom
    figure = Figure(figsize=(width, whole), dpi=dpi)
    axes = figure.add_axes(
        (EDGE / width, bottom / whole, map_width / width, height / whole),
        xlim=(box[0], box[2]),
        ylim=(box[1], box[3]),
        xticks=[],
        yticks=[],
    )
    axes.set_aspect("auto")
    names = picture_ground.draw(axes, layers, gaz, box, size=(map_width, height))
    picture_marks.draw(axes, layers, names, halo=halo)
    for number, column in enumerate(columns):
        left = map_width + 2 * EDGE + number * (PANEL + EDGE)
        picture_legend.draw(figure, column, left=left, top=bottom + height)
    picture_legend.frame_text(figure, sheet.title, footer, EDGE)
    return figure


def _scale(box: Box) -> float:
    """Length of a degree of longitude in degrees of latitude, in the middle of a box."""
    return max(cos(radians((box[1] + box[3]) / 2)), 0.05)


def _map_height(box: Box, width: float) -> float:
    """Height that suits the box at a width of the map (inches), at most a little more than square."""
    return min(width * (box[3] - box[1]) / ((box[2] - box[0]) * _scale(box)), 1.05 * width)


def _fill(box: Box, ratio: float) -> Box:
    """Grow the box until it has the shape of the paper (width over height)."""
    west, south, east, north = box
    scale = _scale(box)
    wide, high = (east - west) * scale, north - south
    if wide / high < ratio:
        more = (high * ratio - wide) / scale / 2
        return west - more, south, east + more, north
    more = (wide / ratio - high) / 2
    return west, south - more, east, north + more
