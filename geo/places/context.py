"""What the document says about where it plays: parents beside a name, its countries and units, its places."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gazetteer.types import Place
    from geo.types import Document, Mention

_DIRECTION: Final = r"(?:(?:north|south|east|west|central|upper|lower|far|mid)[\w-]*\s)*"
_WITHIN: Final = re.compile(
    rf"(?P<comma>\s*,\s*)|\s*\(\s*|"
    rf"(?P<soft>,?\s+(?:(?:a|the)\s+(?:\w+\s+){{1,3}})?(?:in|of)\s+(?:the\s+)?(?:state\s+of\s+|province\s+of\s+)?{_DIRECTION})",
    re.IGNORECASE,
)
_OWNER: Final = re.compile(
    r"['’]s\s+(?:\w+\s+){0,3}?(?:of\s+)?|\s+(?:town|city|village|port|region|province|county)\s+of\s+",
    re.I,
)
_LISTED: Final = re.compile(r"\s*(?:,|,?\s(?:and|or)\s|&|/|,\s(?:and|or)\s)\s*(?:the\s|in\s)?\s*")
_MOST_ANCHORS: Final = 48
"""Most anchors kept per cell: enough to say where a text plays, and the work stays linear in very long ones."""
_CELL: Final = 4.0
"""Degrees of latitude, 445 km: farther anchors count nothing."""
_FAR: Final = math.exp(-111.2 * _CELL / 200)
_FEW: Final = 32
"""So many anchors are quicker looked at one by one."""
_SHRINK: Final = tuple(max(0.02, math.cos(math.radians(lat + 0.5))) for lat in range(91))
"""Length of a degree of longitude by whole degrees of latitude, in degrees of latitude."""
_CAPITALISED: Final = re.compile(r"[^\W\d_a-z][^\W\d_]{3,}")
_DOMAIN: Final = re.compile(r"^(?:\w+://)?(?:[\w-]+\.)+([a-z]{2})(?=[/:?#]|$)", re.IGNORECASE)
_TLD: Final = {"uk": "GB"}
_NO_COUNTRY: Final = frozenset({"tv", "me", "io", "co", "ai", "fm", "to", "ly", "cc", "eu"})


@dataclass(frozen=True, slots=True)
class Vote:
    """A place that the document names, with its weight."""

    place: Place
    weight: float


class Context:
    """Weights of countries and first-level units, and anchors (places that are sure).

    Shares are between 0 and 1. `own` leaves a vote out: no name is evidence for itself.
    """

    def __init__(self) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.units: dict[str, float] = defaultdict(float)
        self.all_countries = 0.0
        self.all_units = 0.0
        self._anchors: list[tuple[str, float, float]] = []
        self._cells: dict[tuple[int, int], list[tuple[str, float, float]]] = {}

    def add(self, vote: Vote) -> None:
        """Count a place that the document names."""
        place, weight = vote.place, vote.weight
        if place.country:
            self.count_country(place.country, weight)
        if place.admin1:
            self.units[place.admin1] += weight
            self.all_units += weight
        if not place.is_area and weight >= 0.5:
            self._anchor(place)

    def _anchor(self, place: Place) -> None:
        """Keep a place that others may be near to."""
        row = math.floor(place.lat / _CELL)
        cell = self._cells.setdefault((row, _column(row, place.lon)), [])
        if len(cell) < _MOST_ANCHORS:
            cell.append((place.id, place.lat, place.lon))
            self._anchors.append(cell[-1])

    def count_country(self, country: str, weight: float) -> None:
        """Count a country alone, as an adjective does."""
        self.countries[country] += weight
        self.all_countries += weight

    def country_share(self, country: str | None, own: Vote | None = None) -> float:
        """Share of the document's other places in that country."""
        count = self.countries.get(country or "", 0.0)
        return _share(count, self.all_countries, country, own.place.country if own else None, own)

    def unit_share(self, unit: str | None, own: Vote | None = None) -> float:
        """Share of the document's other places in that first-level unit."""
        count = self.units.get(unit or "", 0.0)
        return _share(count, self.all_units, unit, own.place.admin1 if own else None, own)

    def nearness(self, place: Place, own: Vote | None = None) -> float:
        """Nearness to the closest other anchor: 1 at the spot, falling to 0 at some 440 km; 0 without any."""
        mine = own.place.id if own else None
        here, lat0, lon0 = place.id, place.lat, place.lon
        best = _CELL
        for other, lat, lon in self._anchors if len(self._anchors) <= _FEW else self._around(lat0, lon0):
            if -best < lat - lat0 < best and other not in (here, mine):
                away = abs(lon - lon0)
                shrink = _SHRINK[int(abs(lat + lat0) / 2)]
                best = min(best, math.hypot(lat - lat0, min(away, 360 - away) * shrink))
        return 0.0 if best >= _CELL else (math.exp(-best * 111.2 / 200) - _FAR) / (1 - _FAR)

    def _around(self, lat: float, lon: float) -> list[tuple[str, float, float]]:
        """Anchors of the cells around a point: only these are looked at where there are many."""
        found: list[tuple[str, float, float]] = []
        middle = math.floor(lat / _CELL)
        for row in (middle - 1, middle, middle + 1):
            column = _column(row, lon)
            for cell in ((row, column - 1), (row, column), (row, column + 1)):
                found += self._cells.get(cell, ())
        return found


def _column(row: int, lon: float) -> int:
    """Column of a cell: in each row at least as wide as high."""
    high = max(abs(row), abs(row + 1)) * _CELL
    return math.floor(lon * _SHRINK[int(min(high, 89.0))] / _CELL)


def _share(count: float, total: float, key: str | None, mine: str | None, own: Vote | None) -> float:
    if not count:
        return 0.0
    if own is not None and mine is not None:
        total -= own.weight
        count -= own.weight if mine == key else 0.0
    return max(0.0, count) / max(1.5, total)


def parents(document: Document, mentions: Sequence[Mention]) -> dict[int, tuple[int, bool]]:
    """For each mention the index of another that reads as its parent, and whether a comma joins them.

    "Paris, Texas", "Kodima in Donetsk region", "the Texas town of Paris", "Ukraine's Kherson".
    """
    found: dict[int, tuple[int, bool]] = {}
    text = document.text
    for k in range(len(mentions) - 1):
        first, second = mentions[k], mentions[k + 1]
        start = first.end
        if second.start - start > 70 or "\n" in text[start : second.start]:
            continue
        gap = text[start : second.start]
        if first.head and gap.lstrip().lower().startswith(first.head):
            gap = gap.lstrip()[len(first.head) :]
        match = _WITHIN.fullmatch(gap)
        if match:
            found.setdefault(k, (k + 1, match.group("comma") is not None))
        elif _OWNER.fullmatch(text[start : second.start]):
            found.setdefault(k + 1, (k, False))
    return found


def siblings(document: Document, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Pairs of neighbouring mentions in a list: "Georgia and Ohio", "Sumy, Kharkiv"."""
    text = document.text
    return [
        (k, k + 1)
        for k in range(len(mentions) - 1)
        if mentions[k + 1].start - mentions[k].end < 12
        and _LISTED.fullmatch(text, mentions[k].end, mentions[k + 1].start)
    ]


def adjectives(document: Document, country_of: Callable[[str], str | None]) -> list[tuple[int, str]]:
    """Adjectives and demonyms of countries: their offset and the country.

    "Russian-held" says who holds a place, not where it lies: it is left out.
    """
    start, end = document.body
    text = document.text
    found = []
    for match in _CAPITALISED.finditer(text, start, end):
        country = country_of(match[0])
        if country and not text.startswith(("-", "‑"), match.end()):
            found.append((match.start(), country))
    return found


def home_country(document: Document) -> str | None:
    """Country of the outlet by its address (".co.uk", ".ca"); None for generic domains."""
    for address in (document.url, document.source):
        match = _DOMAIN.match(address or "")
        if match:
            code = match.group(1).lower()
            return None if code in _NO_COUNTRY else _TLD.get(code, code.upper())
    return None
