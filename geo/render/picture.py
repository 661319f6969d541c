"""A picture of the layers by matplotlib: PNG, SVG, PDF or WebP with the colours, symbols and hatches of the page.

No browser and no geopandas are needed. The same input gives the same bytes: no dates in the metadata, fixed ids in SVG.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from geo.errors import OptionError
from geo.render import (
    picture_ground,
    picture_legend,
    picture_marks,
    picture_names,
    picture_panels,
    picture_shapes,
    style,
)
from geo.render.picture_focus import Box, focus, outside
from geo.render.picture_panels import alt_text
from geo.render.picture_view import Projected, View, scale_bar
from geo.render.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer

__all__ = ["FORMATS", "Sheet", "alt_text", "picture"]

FORMATS: Final = ("png", "svg", "pdf", "webp")
PANEL: Final = 2.75
"""Width of the legend, inches."""
EDGE: Final = 0.12
"""Margin around everything, inches."""
LEAST_HEIGHT: Final = 4.2
"""Least height of the map, inches."""
LEAST_PANEL: Final = 1.6
"""Least height of a small map among several, inches."""
LOW: Final = 0.72
"""Greatest height of the map above its legend, as a share of its width."""
HEADING: Final = 0.24
"""Height of the heading of a small map, inches."""

_FINE: Final = re.compile(r"(\.\d\d)\d+")
_COARSE: Final = re.compile(r"(\.\d)\d+")
LONG_PATH: Final = 600
"""Characters; coasts and borders are longer, symbols shorter. A tenth of a point is 0.035 mm."""
_METADATA: Final[dict[str, dict[str, Any]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}
_ALT_KEY: Final = {"png": "Description", "svg": "Description", "pdf": "Subject"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the map, and its size in inches; `height` is None where the map may choose it."""

    title: str
    as_of: date | None
    publisher: str | None
    attribution: str
    viewpoint: str
    width: float = 10.0
    height: float | None = None
    dpi: int = 150
    halo: bool = True


def picture(
    layers: Mapping[str, Layer],
    gaz: Atlas,
    *,
    form: str = "png",
    title: str = "",
    as_of: date | None = None,
    publisher: str | None = None,
    width_cm: float = 26.0,
    height_cm: float | None = None,
    dpi: int = 150,
    by: str | None = None,
) -> bytes:
    """Draw the layers.

    Parameters
    ----------
    layers : mapping of str to Layer
        What `geo.make_layers` gave.
    gaz : gazetteer
        Gives the basemap and the attribution.
    form : str
        "png", "svg", "pdf" or "webp".
    title : str
    as_of : datetime.date, optional
        The day the claims are shown for; None says that all known ones are.
    publisher : str, optional
        Named in the disclaimer.
    width_cm, height_cm : float
        Size of the picture with its legend, 12 to 100 cm. Without a height it has the one that suits the map.
    dpi : int
        Dots per inch of PNG and WebP, 50 to 600.
    by : str, optional
        "date" or "type": several small maps of the same extent in place of one.

    Returns
    -------
    bytes
        The file; what it shows is told in words in its metadata. Layers without anything placed give a map of
        the world.

    Raises
    ------
    geo.errors.OptionError
        Another format, or a size out of range.
    """
    _check(form, width_cm, height_cm, dpi, by)
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    attribution = str(gaz.info().get("attribution") or "")
    high = height_cm / 2.54 if height_cm else None
    sheet = Sheet(
        title, as_of, publisher, attribution, gaz.viewpoint, width_cm / 2.54, high, dpi, form != "svg"
    )
    alt = alt_text(layers)
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "svg.hashsalt": "geodispatch",
                "svg.fonttype": "none",
                "pdf.fonttype": 42,
                "hatch.linewidth": 0.9,
                "font.family": "DejaVu Sans",
                "path.simplify": False,
            }
        )
        figure = _figure(layers, gaz, sheet, by)
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        drawn = "png" if form == "webp" else form
        metadata = _METADATA[drawn] | {_ALT_KEY[drawn]: alt} | ({"Title": title} if title else {})
        figure.savefig(out, format=drawn, dpi=dpi, metadata=metadata, facecolor="white")
    data = out.getvalue()
    return _slim(data, title, alt) if form == "svg" else _webp(data, alt, dpi) if form == "webp" else data


def _slim(svg: bytes, title: str, alt: str) -> bytes:
    """Cut path coordinates, give names their halo, name fonts of the same widths, and say what is shown."""
    text = re.sub(r' d="[^"]*"', _short_path, svg.decode("utf-8"))
    halo = f"paint-order:stroke;stroke:{style.LIGHT['halo']};stroke-width:2.2px;stroke-linejoin:round"
    rule = f'<style type="text/css">g[id^="{picture_names.NAME_ID}"] text{{{halo}}}</style>\n'
    text = text.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")
    text = text.replace(" <defs>\n", f" <defs>\n  {rule}", 1)
    told = f' <title id="map-title">{_xml(title or "Map")}</title>\n <desc id="map-alt">{_xml(alt)}</desc>\n'
    text = text.replace("<svg ", '<svg role="img" aria-labelledby="map-title map-alt" ', 1)
    head, end, rest = text.partition(" <metadata>")
    return (head + told + end + rest).encode("utf-8")


def _short_path(path: re.Match[str]) -> str:
    return (_COARSE if len(path[0]) > LONG_PATH else _FINE).sub(r"\1", path[0])


def _xml(text: str) -> str:
    return escape(re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text))


def _webp(png: bytes, alt: str, dpi: int) -> bytes:
    """Turn a PNG into WebP without loss; its words go into the Exif block."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as drawn:
        exif = drawn.getexif()
        exif[0x010E], exif[0x011A], exif[0x011B] = alt, float(dpi), float(dpi)
        drawn.convert("RGB").save(out, format="WEBP", lossless=True, method=4, exif=exif.tobytes())
    return out.getvalue()


def _check(form: str, width_cm: float, height_cm: float | None, dpi: int, by: str | None) -> None:
    if form not in FORMATS:
        raise OptionError(f"there is no picture format {form!r}; choose one of {', '.join(FORMATS)}")
    for name, size in (("width", width_cm), ("height", height_cm)):
        if size is not None and not 12 <= size <= 100:
            raise OptionError(f"a {name} of {size:g} cm is not possible; choose 12 to 100")
    if not 50 <= dpi <= 600:
        raise OptionError(f"{dpi} dots per inch are not possible; choose 50 to 600")
    if by not in {None, *picture_panels.BY}:
        raise OptionError(f"small maps go by {' or '.join(picture_panels.BY)}, not by {by!r}")


def _figure(layers: Mapping[str, Layer], gaz: Atlas, sheet: Sheet, by: str | None) -> Figure:
    from matplotlib.figure import Figure

    view = View(focus(layers))
    parts = picture_panels.split(layers, by) if by else [("", layers)]
    everything = view.layers(layers)
    told = picture_panels.without_tints(everything) if by else everything
    plan = _plan(told, sheet, view.box(focus(layers)), len(parts), several=bool(by))
    figure = Figure(figsize=(sheet.width, plan.whole), dpi=sheet.dpi)
    atlas = Projected(gaz, view)
    for number, (name, part) in enumerate(parts):
        left, low = plan.corner(number)
        axes = figure.add_axes(
            (left / sheet.width, low / plan.whole, plan.wide / sheet.width, plan.tall / plan.whole),
            xlim=(plan.box[0], plan.box[2]),
            ylim=(plan.box[1], plan.box[3]),
            xticks=[],
            yticks=[],
        )
        axes.set_aspect("auto")
        if name:
            picture_panels.heading(figure, name, left, low + plan.tall + HEADING / 2)
        drawn = picture_ground.within(everything if part is layers else view.layers(part), plan.box)
        names = picture_ground.draw(axes, drawn, atlas, plan.box, size=(plan.wide, plan.tall))
        bar = () if number else _scale_bar(axes, view, plan.box, (left, low, plan.wide))
        picture_marks.draw(axes, drawn, names, halo=sheet.halo, reserved=bar)
    for number, column in enumerate(plan.legend):
        left = plan.legend_left + number * (PANEL + EDGE)
        picture_legend.draw(figure, column, left=left, top=plan.legend_top)
    picture_legend.frame_text(figure, sheet.title, plan.footer, EDGE)
    return figure


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands on the paper, in inches from its lower left corner; `box` is what each map shows."""

    box: Box
    whole: float
    bottom: float
    height: float
    wide: float
    tall: float
    across: int
    heading: float
    legend: list[list[picture_legend.Entry]]
    legend_left: float
    legend_top: float
    footer: list[str]

    def corner(self, number: int) -> tuple[float, float]:
        """Lower left corner of a map."""
        row, column = divmod(number, self.across)
        low = self.bottom + self.height - (row + 1) * (self.tall + self.heading + EDGE) + EDGE
        return EDGE + column * (self.wide + EDGE), low


def _plan(layers: Mapping[str, Layer], sheet: Sheet, shown: Box, count: int, *, several: bool) -> Plan:
    """Place the maps and the legend: beside them where it fits, else below."""
    catalogue = words("en")
    across = picture_panels.columns(count)
    down = -(-count // across)
    heading = HEADING if several else 0.0
    footer = picture_legend.footer(
        sheet.viewpoint, sheet.attribution, sheet.publisher, catalogue, sheet.width
    )
    top, small = (0.42 if sheet.title else EDGE), picture_legend.footer_height(footer)
    box = shown
    for _ in range(2):  # the legend lists what the box shows, and its height shapes the box
        inside = picture_ground.within(layers, box)
        listed = picture_legend.entries(inside, sheet.as_of, catalogue, outside(layers, box))
        beside = picture_legend.fits(listed, _map_height(shown, sheet.width - PANEL - 3 * EDGE))
        most = 1 if beside else max(1, int((sheet.width - EDGE) / (PANEL + EDGE)))
        columns = picture_legend.columns(listed, most)
        tallest = max(map(picture_legend.height, columns), default=0.0)
        below = 0.0 if beside else tallest + EDGE
        map_width = sheet.width - 2 * EDGE - (PANEL + EDGE if beside else 0.0)
        wide = (map_width - EDGE * (across - 1)) / across
        least = max(LEAST_HEIGHT, tallest if beside else 0.0)
        natural = _natural(shown, wide, down, several=several)
        suits = natural if beside else min(natural, LOW * map_width)
        height = _height(sheet, least, top + small + below, suits)
        tall = (height - EDGE * (down - 1)) / down - heading
        box = _fill(shown, wide / tall)
    bottom = small + below
    return Plan(
        box,
        height + top + bottom,
        bottom,
        height,
        wide,
        tall,
        across,
        heading,
        columns,
        map_width + 2 * EDGE if beside else EDGE,
        bottom + height if beside else bottom - EDGE,
        footer,
    )


def _natural(shown: Box, wide: float, down: int, *, several: bool) -> float:
    """Height that suits the maps, inches."""
    if not several:
        return _map_height(shown, wide)
    return down * (max(_map_height(shown, wide), LEAST_PANEL) + HEADING) + EDGE * (down - 1)


def _height(sheet: Sheet, least: float, around: float, natural: float) -> float:
    """Height of the maps: as asked for, else what suits them and leaves room for the legend."""
    if sheet.height is None:
        return max(natural, least)
    height = sheet.height - around
    if height < least:
        needed = (least + around) * 2.54
        raise OptionError(
            f"a height of {sheet.height * 2.54:g} cm has no room for the legend; choose {needed:.0f} or more, or none"
        )
    return height


def _scale_bar(axes: Axes, view: View, box: Box, at: tuple[float, float, float]) -> Sequence[Box]:
    """Draw a scale bar into the lower left corner; a map of the world has no one scale."""
    if view.name == "eqearth":
        return ()
    from matplotlib.patches import Rectangle

    left, low, wide = at
    length, km = scale_bar(box[2] - box[0])
    inches = length / (box[2] - box[0]) * wide
    frame = picture_shapes.frame(axes)
    x, y = left + 0.12, low + 0.12
    axes.add_artist(
        Rectangle(
            (x - 0.05, y - 0.05), inches + 0.1, 0.27, transform=frame, color="white", alpha=0.75, zorder=9
        )
    )
    for part, colour in enumerate((style.LIGHT["label"], "white")):
        axes.add_artist(
            Rectangle(
                (x + part * inches / 2, y),
                inches / 2,
                0.045,
                transform=frame,
                facecolor=colour,
                edgecolor=style.LIGHT["label"],
                linewidth=0.6,
                zorder=10,
            )
        )
    axes.text(
        x,
        y + 0.12,
        f"{km:,} km",
        transform=frame,
        fontsize=6.5,
        va="center",
        zorder=10,
        color=style.LIGHT["label"],
    )
    return ((x - 0.05, y - 0.05, x + inches + 0.05, y + 0.22),)


def _map_height(box: Box, width: float) -> float:
    """Height that suits the box at a width of the map (inches), at most a little more than square."""
    return min(width * (box[3] - box[1]) / (box[2] - box[0]), 1.05 * width)


def _fill(box: Box, ratio: float) -> Box:
    """Grow the box until it has the shape of the paper (width over height)."""
    west, south, east, north = box
    wide, high = east - west, north - south
    if wide / high < ratio:
        more = (high * ratio - wide) / 2
        return west - more, south, east + more, north
    more = (wide / ratio - high) / 2
    return west, south - more, east, north + more
