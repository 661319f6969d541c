"""The reviewed table of disputed units: which outline stands under which country from which viewpoint.

``curated/disputed.csv`` has one row per unit and viewpoint, each with its basis. ``default`` rows may name the
polygons of the source that the unit is made of, and a hand-drawn line where no source has one; the rows of the
other viewpoints only say under which country, or under which holder without an ISO code, it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from gazetteer.sources.curated import FOLDER
from gazetteer.sources.tables import Line, table

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT: Final = "default"
RING: Final = "ring"
"""Unit of a row whose line is the outline itself, for rocks and waters that no source has."""

COLUMNS: Final = (
    "id",
    "name",
    "unit",
    "line",
    "precision_km",
    "viewpoint",
    "country",
    "admin1",
    "holder",
    "basis",
    "source",
)
_ID: Final = r"cur:[a-z0-9-]+|iso:[A-Z]{2}(-[A-Z0-9]{1,3})?"
_VIEWPOINT: Final = r"default|de-facto|[A-Z]{2}"


@dataclass(frozen=True, slots=True)
class Disputed:
    """One row of the table.

    Attributes
    ----------
    id : str
        ``cur:golan-heights`` for a part with an outline of its own, ``iso:UA-43`` or ``iso:XK`` where a unit or a
        country is the whole of it, "" where no outline is known.
    name : str
    viewpoint : str
        ``default``, ``de-facto`` or an ISO 3166-1 alpha-2 code.
    country : str
        ISO 3166-1 alpha-2 code that it is shown under; "" for none.
    admin1 : str
        ISO 3166-2 code of the unit that it is shown in; "" for none. Not used by default rows, whose units vote.
    holder : str
        Name of who holds it where that has no ISO code.
    basis, source : str
    unit : str
        ``file:cyn`` (all of a file of the source), a polygon's key, ``ring`` where `line` is the outline itself, ""
        where the outlines are right as they are.
    line : tuple of (float, float)
        Ring of lon, lat degrees: the part of `unit` inside it is meant.
    precision_km : float
        How far a hand-drawn line may be off; 0 for a line of the source.
    """

    id: str
    name: str
    viewpoint: str
    country: str
    admin1: str
    holder: str
    basis: str
    source: str
    unit: str = ""
    line: tuple[tuple[float, float], ...] = ()
    precision_km: float = 0.0

    @property
    def part(self) -> str:
        """Id of the part that its polygons make up, "" where a whole unit or country is meant."""
        return self.id if self.id.startswith("cur:") else ""


def read(folder: Path = FOLDER) -> tuple[Disputed, ...]:
    """All rows, checked.

    Raises
    ------
    SourceError
        A field is missing or malformed, a viewpoint stands twice for one unit, or a viewpoint's unit has no
        default row; the message names the line.
    """
    rows, seen, default = [], set(), set()
    for line in table(folder / "disputed.csv", COLUMNS):
        row = _row(line)
        key = (row.id or row.name, row.viewpoint, row.unit)
        if key in seen:
            raise line.fail(f"{row.name} stands twice for the viewpoint {row.viewpoint}")
        seen.add(key)
        if row.viewpoint == DEFAULT:
            default.add(row.id)
        elif row.id not in default or not row.id:
            raise line.fail(f"{row.name} has no default row with an id before this one")
        elif row.unit or row.line:
            raise line.fail("only default rows name polygons or a line")
        rows.append(row)
    return tuple(rows)


def _row(line: Line) -> Disputed:
    ring = tuple(_pair(line, pair) for pair in line.text("line").split("|") if pair.strip())
    if ring and (len(ring) < 3 or not line.text("unit")):
        raise line.fail("a line needs three points and a unit to cut")
    return Disputed(
        id=line.matching("id", _ID),
        name=line.text("name", needed=True),
        viewpoint=line.matching("viewpoint", _VIEWPOINT, needed=True),
        country=line.matching("country", r"[A-Z]{2}"),
        admin1=line.matching("admin1", r"[A-Z]{2}-[A-Z0-9]{1,3}"),
        holder=line.text("holder"),
        basis=line.text("basis", needed=True),
        source=line.text("source", needed=True),
        unit=line.text("unit"),
        line=ring,
        precision_km=line.number_of("precision_km", 0, 100) or 0.0,
    )


def _pair(line: Line, text: str) -> tuple[float, float]:
    try:
        lon, lat = (float(part) for part in text.split())
    except ValueError:
        raise line.fail(f"line is no list of lon lat pairs: {text!r}") from None
    return lon, lat


@cache
def rows() -> tuple[Disputed, ...]:
    """Rows of the table that the package carries."""
    return read()


def cuts() -> tuple[Disputed, ...]:
    """Default rows that move polygons of the source, or parts of them, or make them a part of their own."""
    return tuple(row for row in rows() if row.viewpoint == DEFAULT and row.unit and row.unit != RING)


def rings() -> dict[str, tuple[tuple[float, float], ...]]:
    """Outlines by id that are a hand-drawn ring and no part of the land."""
    return {row.id: row.line for row in rows() if row.unit == RING}
