"""What the document says about where it plays: parents beside a name, its countries and units, its places."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_MOST_ANCHORS: Final = 400
"""Enough to say where a text plays; keeps the work linear in very long ones."""
_CAPITALISED: Final = re.compile(r"[^\W\d_a-z][^\W\d_]{3,}")
_DOMAIN: Final = re.compile(r"^(?:\w+://)?(?:[\w-]+\.)+([a-z]{2})(?=[/:?#]|$)", re.IGNORECASE)
_TLD: Final = {"uk": "GB"}
_NO_COUNTRY: Final = frozenset({"tv", "me", "io", "co", "ai", "fm", "to", "ly", "cc", "eu"})


@dataclass(frozen=True, slots=True)
class Vote:
    """A place that the document names, with its weight."""

    place: Place
    weight: float


@dataclass(slots=True)
class Context:
    """Weights of countries and first-level units, and anchors (places that are sure).

    Shares are between 0 and 1. `own` leaves a vote out: no name is evidence for itself.
    """

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    units: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    anchors: list[tuple[str, float, float]] = field(default_factory=list)
    all_countries: float = 0.0
    all_units: float = 0.0

    def add(self, vote: Vote) -> None:
        """Count a place that the document names."""
        place, weight = vote.place, vote.weight
        if place.country:
            self.count_country(place.country, weight)
        if place.admin1:
            self.units[place.admin1] += weight
            self.all_units += weight
        if not place.is_area and weight >= 0.5 and len(self.anchors) < _MOST_ANCHORS:
            self.anchors.append((place.id, place.lat, place.lon))

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
        """Nearness to the closest other anchor: 1 at the spot, falling off over 200 km; 0 without any."""
        best = 0.0
        mine = own.place.id if own else None
        for other, lat, lon in self.anchors:
            if other not in (place.id, mine) and abs(lat - place.lat) < 6:
                best = max(best, math.exp(-_flat_km(lat, lon, place.lat, place.lon) / 200))
        return best


def _share(count: float, total: float, key: str | None, mine: str | None, own: Vote | None) -> float:
    if not count:
        return 0.0
    if own is not None and mine is not None:
        total -= own.weight
        count -= own.weight if mine == key else 0.0
    return max(0.0, count) / max(1.5, total)


def _flat_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in km for near points (latitude first, degrees); good to a percent within 600 km."""
    dx = (lon2 - lon1 + 180) % 360 - 180
    return 111.2 * math.hypot(lat2 - lat1, dx * math.cos(math.radians((lat1 + lat2) / 2)))


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


def adjectives(document: Document) -> list[tuple[int, str]]:
    """Capitalised words with their offset, among which adjectives may be."""
    start, end = document.body
    return [(m.start(), m.group()) for m in _CAPITALISED.finditer(document.text, start, end)]


def home_country(document: Document) -> str | None:
    """Country of the outlet by its address (".co.uk", ".ca"); None for generic domains."""
    for address in (document.url, document.source):
        match = _DOMAIN.match(address or "")
        if match:
            code = match.group(1).lower()
            return None if code in _NO_COUNTRY else _TLD.get(code, code.upper())
    return None
