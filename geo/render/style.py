"""Colours, shapes, symbols and hatches, shared by the page and the pictures.

Colours are Okabe and Ito's palette, told apart with all common colour-vision deficiencies; a family of event
types also has its own shape and a type its own symbol, so that colour is never the only cue. Statuses are
told apart by filling and outline. Claims are hatched, one angle per claimant, never filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Final

from geo.render.island import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Family:
    """How the events of one family are drawn.

    Attributes
    ----------
    shape : str
        A key of `SHAPES`.
    fill, ink : str
        Hex colours of a filled marker and of the symbol on it.
    line, line_dark : str
        Hex colour of an outlined marker and its symbol on light and on dark paper (at least 3:1).
    """

    shape: str
    fill: str
    ink: str
    line: str
    line_dark: str


WHITE: Final = "#ffffff"
BLACK: Final = "#161616"
FAMILIES: Final[dict[str, Family]] = {
    "fires": Family("diamond", "#d55e00", WHITE, "#b34e00", "#ff8b3d"),
    "air_defence": Family("diamond", "#56b4e9", BLACK, "#1a76a8", "#7cc8f2"),
    "combat": Family("square", "#0072b2", WHITE, "#005f94", "#5cb4ea"),
    "control": Family("square", "#f0e442", BLACK, "#766d00", "#f0e442"),
    "movement": Family("hexagon", "#008a64", WHITE, "#00704f", "#35c79c"),
    "persons": Family("hexagon", "#e69f00", BLACK, "#8f6200", "#f3b73a"),
    "harm": Family("circle", "#333333", WHITE, "#222222", "#e4e4e4"),
    "territory": Family("pentagon", "#cc79a7", BLACK, "#97457a", "#e3a3c6"),
    "statement": Family("bubble", "#e69f00", BLACK, "#8f6200", "#f3b73a"),
    "protest": Family("bubble", "#f0e442", BLACK, "#766d00", "#f0e442"),
    "sanction": Family("bubble", "#9a9a9a", BLACK, "#5c5c5c", "#c4c4c4"),
    "support": Family("circle", "#008a64", WHITE, "#00704f", "#35c79c"),
    "diplomacy": Family("circle", "#56b4e9", BLACK, "#1a76a8", "#7cc8f2"),
    "disaster": Family("pentagon", "#d55e00", WHITE, "#b34e00", "#ff8b3d"),
    "election": Family("square", "#cc79a7", BLACK, "#97457a", "#e3a3c6"),
}
OTHER: Final = Family("circle", "#9a9a9a", BLACK, "#5c5c5c", "#c4c4c4")
"""For families of a user's own table."""

SHAPES: Final[dict[str, str]] = {
    "circle": "M0-11A11 11 0 1 1 0 11A11 11 0 1 1 0-11Z",
    "square": "M-8-10H8A2 2 0 0 1 10-8V8A2 2 0 0 1 8 10H-8A2 2 0 0 1-10 8V-8A2 2 0 0 1-8-10Z",
    "diamond": "M0-12.5L12.5 0L0 12.5L-12.5 0Z",
    "hexagon": "M-6-10.5H6L12 0L6 10.5H-6L-12 0Z",
    "pentagon": "M0-12L12-2.6L7.6 10.5H-7.6L-12-2.6Z",
    "bubble": "M-9-10H9A3 3 0 0 1 12-7V4A3 3 0 0 1 9 7H1L-4 12V7H-9A3 3 0 0 1-12 4V-7A3 3 0 0 1-9-10Z",
}
"""SVG paths of the markers' outlines, about 24 units wide around 0,0, y down."""

GLYPHS: Final[dict[str, str]] = {
    "burst": "M-4.5-4.5L2 2M2.4-2.2V2.4H-2.2M5.2 2.6V5.2H2.6",
    "dots": "M-5.5 3.5C-4.5-4 2-6 4.5 1M4.9-2.6L4.6 1.4L1 .2M-5.5 3.5H-5.4M4 4.8H4.1",
    "star": "M0-6V-2.4M0 2.4V6M-6 0H-2.4M2.4 0H6M-4.2-4.2L-1.7-1.7M4.2-4.2L1.7-1.7M-4.2 4.2L-1.7 1.7"
    "M4.2 4.2L1.7 1.7",
    "wrench": "M-4.5 4.5L1 -1M1-1A3.2 3.2 0 0 1 5.2-5.2L3-3L3.6-1.2L5.4-.6A3.2 3.2 0 0 1 1-1",
    "crossed": "M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5M-5.3 2.4L-2.4 5.3M5.3 2.4L2.4 5.3",
    "arrow": "M-5.5 0H5M1.3-3.8L5.2 0L1.3 3.8",
    "arrow-back": "M5.5 0H-5M-1.3-3.8L-5.2 0L-1.3 3.8",
    "double-arrow": "M-5-4L-1 0L-5 4M.5-4L4.5 0L.5 4",
    "shield": "M0-5.8L5-3.8V0C5 3 2.8 4.8 0 6C-2.8 4.8-5 3-5 0V-3.8Z",
    "ring": "M-5.2 0A5.2 5.2 0 1 0 5.2 0A5.2 5.2 0 1 0-5.2 0M-1.4 0A1.4 1.4 0 1 0 1.4 0A1.4 1.4 0 1 0-1.4 0",
    "flag": "M-3.8 6V-5.6H5L2.6-2.6L5 .4H-3.8",
    "plane": "M0 6V-5M-5.6-1.5L0 1.2L5.6-1.5M-2.6-5.6L0-4L2.6-5.6",
    "walk": "M-3.4-5.4H-3.3M-3.4-2.4V1.6L-5 5.6M-3.4 1.6L-1.6 5.6M0-.5H5.6M3-3.2L5.7-.5L3 2.2",
    "walk-barred": "M-5.4-5V5M-2.6 0H5.4M2.4-3.2L5.5 0L2.4 3.2",
    "walk-many": "M-4.2-4.6H-4.1M0-5.6H.1M4.2-4.6H4.3M-4.2-1.6V4.6M0-2.6V5.6M4.2-1.6V4.6",
    "lock": "M-4.2-.8H4.2V5.4H-4.2ZM-2.6-.8V-3A2.6 2.6 0 0 1 2.6-3V-.8",
    "exchange": "M-5.2-2.4H4.6M1.8-5.1L4.8-2.4L1.8 .3M5.2 2.6H-4.6M-1.8-.1L-4.8 2.6L-1.8 5.3",
    "cross": "M0-5.4V5.4M-5.4 0H5.4",
    "house": "M-5.8-.4L0-5.4L5.8-.4M-4-1.6V5.2H4V-1.6M-1-1.4L1 1L-1 2.4L.6 5",
    "ballot": "M-5-5H5V5H-5ZM-2.6 0L-.6 2.2L3-2.6",
    "stamp": "M-5.4 5.4H5.4M-4.6 2.4H4.6L3.4-.4H1.3V-3.2A1.6 1.6 0 1 0-1.3-3.2V-.4H-3.4Z",
    "seal": "M-5.2 .4L-1.6 4L5.2-4.2",
    "voice": "M-5.4-1.6V1.6H-2.6L3.4 4.6V-4.6L-2.6-1.6ZM5.6-1.4V1.4",
    "alert": "M0-5.6V1.4M0 4.9V5",
    "crowd": "M-4.6-5.6H4.6V-.4H-4.6ZM0-.4V6M-2.4-3H2.4",
    "barrier": "M-5.4 0A5.4 5.4 0 1 0 5.4 0A5.4 5.4 0 1 0-5.4 0M-3.8-3.8L3.8 3.8",
    "crate": "M-5.2-2.6L0-5.4L5.2-2.6V3L0 5.8L-5.2 3ZM-5.2-2.6L0 .2L5.2-2.6M0 .2V5.8",
    "ranks": "M-5 -.6L0-4.8L5-.6M-5 4.4L0 .2L5 4.4",
    "handshake": "M-5.6-4.6H2V1H-2L-4.2 3.2V1H-5.6ZM4.2-1.4H5.8V4.2H4.6V6L2.6 4.2H-.4",
    "quake": "M-6 .4H-3.8L-1.8-4.2L1.2 4.8L3.2 .4H6",
    "peak": "M-5.8 5L-1.8-1.6H1.8L5.8 5ZM0-3.8V-5.8M-2.8-3.6L-3.8-5.2M2.8-3.6L3.8-5.2",
    "swirl": "M4.8-3.4A5.6 5.6 0 1 0 5.2 2.6M2 .2A2 2 0 1 1 0-1.8C2.4-1.8 4.4-1 5.4 1",
    "waves": "M-6-2.2C-4-5-2-5 0-2.2C2 .6 4 .6 6-2.2M-6 3C-4 .2-2 .2 0 3C2 5.8 4 5.8 6 3",
    "slope": "M-5.6-5V5H5.6ZM0-3.6H.1M3.6-.8H3.7",
    "flame": "M.4-6C3.4-3.4 4.6-.8 4.6 1.4A4.6 4.4 0 0 1-4.6 1.4C-4.6-.4-3.6-1.8-2.6-2.6C-2-1-1.2-.8-.6-.8"
    "C.8-2.2 .8-4.2 .4-6Z",
    "triangle": "M0-5.8L5.8 4.8H-5.8ZM0-1.8V1.2M0 3.1V3.2",
    "germ": "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0M0-3V-6M0 3V6M-3 0H-6M3 0H6M-2.1-2.1L-4.2-4.2M2.1 2.1L4.2 4.2"
    "M-2.1 2.1L-4.2 4.2M2.1-2.1L4.2-4.2",
    "drop-barred": "M0-5.8C2.6-2.4 3.9-.6 3.9 1.6A3.9 3.9 0 0 1-3.9 1.6C-3.9-.6-2.6-2.4 0-5.8ZM-5.4-4.6L5.4 5.2",
    "bowl": "M-5.8-.6H5.8A5.8 5.8 0 0 1-5.8-.6ZM-2.6 5.4H2.6M-1.6-3V-5M1.6-3V-5",
    "ballot-box": "M-5.4-.4H5.4V5.4H-5.4ZM-2.6-.4V-5.4H2.6V-.4M-1.6 2.4H1.6",
    "dot": "M-1.6 0A1.6 1.6 0 1 0 1.6 0A1.6 1.6 0 1 0-1.6 0",
}
"""SVG paths of the symbols, stroked 1.7 wide, by the ontology's symbol names."""

FILLED: Final = frozenset({"happened"})
DASHES: Final[dict[str, str]] = {
    "planned": "4 2.5",
    "called_for": "4 2.5",
    "threatened": "1.5 2.5",
    "hypothetical": "1.5 2.5",
}
"""Dash pattern of the outline by status; statuses that are not here have a solid one."""
STRUCK: Final = frozenset({"denied"})
"""Statuses whose marker is struck through."""

HATCH_ANGLES: Final = (45, 135, 0, 90, 22, 112, 67, 157)
"""Angles of the hatches in degrees, in the order in which claimants appear."""
HATCH_COLOURS: Final = (
    "#8a2b5e",
    "#0b4f7a",
    "#6b4e00",
    "#00573f",
    "#7a3300",
    "#333333",
    "#4a2a7a",
    "#5c5c00",
)
HATCH_COLOURS_DARK: Final = (
    "#e79ac4",
    "#8cc9f0",
    "#e0c060",
    "#6fd6b3",
    "#f0a878",
    "#d0d0d0",
    "#bfa6f0",
    "#d6d66a",
)
CLAIM_LINES: Final[dict[str, str]] = {
    "recognised": "",
    "disputed": "8 4",
    "approximate": "2 4",
    "ended": "1 6",
}
"""Outline of a claim: solid where the viewpoint recognises it, dashed where disputed, dotted where it is a proxy."""

CONTROL: Final = ("#2f6f9f", "#a8681b", "#3c7a52", "#7d5390")
CONTROL_DARK: Final = ("#7db4dd", "#e0a860", "#82c598", "#c19bd3")
"""Colours of areas of control, filled and dotted: a claim is only ever hatched."""

TINTS: Final = ("#f6e3c8", "#efcda0", "#e5b278", "#d89552")
"""Light tints of first-level units by number of events, and the least number for each in `TINT_STEPS`."""
TINTS_DARK: Final = ("#3a3226", "#4b3d28", "#5f4a2b", "#77592f")
TINT_STEPS: Final = (1, 3, 6, 12)

LIGHT: Final[dict[str, str]] = {
    "water": "#d7e3ea",
    "land": "#f7f5f0",
    "far": "#f7f5f0",
    "coast": "#9db3c0",
    "river": "#a9c3d3",
    "border": "#7d7467",
    "unit": "#c9c1b4",
    "label": "#3d3a35",
    "quiet": "#736d63",
    "halo": "#f7f5f0",
    "water_label": "#4d6d80",
}
DARK: Final[dict[str, str]] = {
    "water": "#111a22",
    "land": "#242a31",
    "far": "#242a31",
    "coast": "#4a5b68",
    "river": "#36536a",
    "border": "#9a9183",
    "unit": "#434b54",
    "label": "#e6e2da",
    "quiet": "#a9a59c",
    "halo": "#1a2027",
    "water_label": "#8fb0c4",
}


def family(name: str | None) -> Family:
    """Style of a family; `OTHER` for one that the table does not have."""
    return FAMILIES.get(name or "", OTHER)


def glyph(symbol: str) -> str:
    """SVG path of a symbol; a dot for an unknown one."""
    return GLYPHS.get(symbol, GLYPHS["dot"])


def claim_line(standing: str, *, proxy: bool) -> str:
    """Name of a claim's outline style: a key of `CLAIM_LINES`."""
    return "approximate" if proxy and standing == "disputed" else standing


def tint(events: int, steps: Sequence[int] = TINT_STEPS) -> int | None:
    """Index into `TINTS` for a number of events, None for none."""
    reached = [index for index, least in enumerate(steps) if events >= least]
    return reached[-1] if reached else None


def tint_steps(most: int) -> tuple[int, ...]:
    """Least numbers of the tints for a map whose fullest unit has `most` events.

    Examples
    --------
    >>> tint_steps(20)
    (1, 3, 6, 12)
    >>> tint_steps(800)
    (1, 10, 50, 200)
    """
    if most <= 4 * TINT_STEPS[-1]:
        return TINT_STEPS
    ratio = most ** (1 / len(TINT_STEPS))
    return (1, *(_round(ratio**power) for power in range(1, len(TINT_STEPS))))


def _round(number: float) -> int:
    """Largest of 1, 2, 5 times a power of ten that is not above a number (at least 1)."""
    ten = 10 ** int(log10(number))
    return int(next(step * ten for step in (5, 2, 1) if step * ten <= number))


SIZES: Final = (26, 30, 34)
"""Sides of a symbol in pixels: one report, a few, many; `SIZE_STEPS` has the least number for each."""
SIZE_STEPS: Final = (1, 2, 5)


def size(reports: int) -> int:
    """Side of a symbol, pixels, by its number of reports."""
    return max(
        (side for side, least in zip(SIZES, SIZE_STEPS, strict=True) if reports >= least), default=SIZES[0]
    )


def type_style(name: str, ontology: Ontology, catalogue: Mapping[str, str]) -> dict[str, str]:
    """Name, label, family, shape and symbol of an event type; also for one that the table does not have."""
    known = ontology.types.get(name)
    label = catalogue.get(f"type.{name}") or (known.label if known else name.replace("_", " ").capitalize())
    group = known.family if known and known.family in FAMILIES else "other"
    return {
        "name": clean(name),
        "label": clean(label),
        "family": group,
        "shape": family(group).shape,
        "glyph": glyph(known.symbol if known else "dot"),
    }
