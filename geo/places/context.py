"""What the document says about where it plays: parents beside a name, its countries and units, its places."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.types import Place  # noqa: TC001  (compiled named tuples look their types up)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geo.places.utility import Prior
    from geo.places.weights import Terms
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
_MOST_ANCHORS: Final = 24
"""Most anchors kept per cell: enough to say where a text plays, and the work stays linear in very long ones."""
_CELL: Final = 4.0
"""Degrees of latitude, 445 km: farther anchors count nothing."""
_FAR: Final = math.exp(-111.2 * _CELL / 200)
_SHRINK: Final = tuple(max(0.02, math.cos(math.radians(lat + 0.5))) for lat in range(91))
"""Length of a degree of longitude by whole degrees of latitude, in degrees of latitude."""
_NARROW: Final = {
    row: _SHRINK[min(89, int(max(abs(row), abs(row + 1)) * _CELL))] / _CELL for row in range(-25, 25)
}
"""Columns per degree of longitude by row of cells."""
_DOMAIN: Final = re.compile(r"^(?:\w+://)?(?:[\w-]+\.)+([a-z]{2})(?=[/:?#]|$)", re.IGNORECASE)
_TLD: Final = {"uk": "GB"}
_NO_COUNTRY: Final = frozenset({"tv", "me", "io", "co", "ai", "fm", "to", "ly", "cc", "eu"})


class Vote(NamedTuple):
    """A place that the document names, with its weight."""

    place: Place
    weight: float


_Anchor = tuple[str, float, float]


class Context:
    """Weights of countries and first-level units, and anchors (places that are sure).

    `told` is how strongly numbers and bodies in the text tell a country or unit, 0 to 1 (`geo.places.region`); `home`
    is the town in the name of an outlet that is not known, as far as the places speak for one; `whence` says whether
    there is either.
    """

    def __init__(self) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.units: dict[str, float] = defaultdict(float)
        self.all_countries = 0.0
        self.all_units = 0.0
        self.told: Mapping[str, float] = {}
        self.home: Prior | None = None
        self.whence = False
        self.rows: dict[int, list[tuple[int, _Anchor]]] = {}
        self._cells: dict[tuple[int, int], list[_Anchor]] = {}

    def add(self, vote: Vote) -> None:
        """Count a place that the document names."""
        place, weight = vote
        if place.country:
            self.count_country(place.country, weight)
        if place.admin1:
            self.units[place.admin1] += weight
            self.all_units += weight
        if weight >= 0.5 and not place.is_area:
            self._anchor(place)

    def terms(self, place: Place) -> Terms:
        """What numbers, bodies and the name of the outlet add."""
        told = self.told.get(place.admin1 or "") or self.told.get(place.country or "")
        terms: Terms = [("told", told)] if told else []
        return terms + self.home.terms(place) if self.home is not None else terms

    def count_country(self, country: str, weight: float) -> None:
        """Count a country alone, as an adjective does."""
        self.countries[country] += weight
        self.all_countries += weight

    def _anchor(self, place: Place) -> None:
        """Keep a place in its row of cells and those beside it, with its column there."""
        lon = place.lon
        anchor = (place.id, place.lat, lon)
        middle = math.floor(place.lat / _CELL)
        for row in (middle - 1, middle, middle + 1):
            self.rows.setdefault(row, []).append((math.floor(lon * _NARROW[row]), anchor))

    def around(self, lon: float, row: int) -> Sequence[_Anchor]:
        """Anchors in a cell of a row with anchors and in those beside it; cells are filled when they are asked for."""
        cell = (row, math.floor(lon * _NARROW[row]))
        found = self._cells.get(cell)
        if found is None:
            column = cell[1]
            near = [anchor for other, anchor in self.rows[row] if -1 <= other - column <= 1]
            found = self._cells[cell] = near[:_MOST_ANCHORS]
        return found


class Others:
    """What the other names of a document say: no name is evidence for itself.

    Parameters
    ----------
    context : Context
    own : Vote or None
        The vote to leave out.

    Attributes
    ----------
    placed : float
        How many of the others, the surer the more, lie in a first-level unit.
    """

    __slots__ = (
        "_context",
        "_countries",
        "_country",
        "_id",
        "_per_country",
        "_per_unit",
        "_rows",
        "_unit",
        "_units",
        "_weight",
        "placed",
    )

    def __init__(self, context: Context, own: Vote | None) -> None:
        self._context, self._rows = context, context.rows
        self._countries, self._units = context.countries, context.units
        countries, units = context.all_countries, context.all_units
        if own is None:
            self._weight, self._country, self._unit, self._id = 0.0, None, None, ""
        else:
            place, weight = own
            self._weight, self._country, self._unit, self._id = weight, place.country, place.admin1, place.id
            if place.country:
                countries -= weight
            if place.admin1:
                units -= weight
        self.placed = units
        self._per_country = 1 / (countries if countries > 1.5 else 1.5)
        self._per_unit = 1 / (units if units > 1.5 else 1.5)

    def country_share(self, country: str | None) -> float:
        """Share of the document's other places in that country, 0 to 1."""
        if country not in self._countries:
            return 0.0
        count = self._countries[country]
        if country == self._country:
            count -= self._weight
        share = count * self._per_country
        return 0.0 if share <= 0.0 else share if share < 1.0 else 1.0

    def unit_share(self, unit: str | None) -> float:
        """Share of the document's other places in that first-level unit, 0 to 1."""
        if unit not in self._units:
            return 0.0
        count = self._units[unit]
        if unit == self._unit:
            count -= self._weight
        share = count * self._per_unit
        return 0.0 if share <= 0.0 else share if share < 1.0 else 1.0

    def firmness(self, unit: str | None) -> float:
        """How firmly the other places of the document lie in a unit: 0 for one, 1 from five on."""
        count = self._units[unit] if unit in self._units else 0.0  # noqa: SIM401 - no entry is to be made
        if unit == self._unit:
            count -= self._weight
        firm = (count - 1.0) * 0.25
        return 0.0 if firm <= 0.0 else firm if firm < 1.0 else 1.0

    def nearness(self, place: Place) -> float:
        """Nearness to the closest other anchor: 1 at the spot, falling to 0 at some 440 km; 0 without any."""
        lat0, lon0 = place.lat, place.lon
        row = math.floor(lat0 / _CELL)
        if row not in self._rows:
            return 0.0
        here, own, best = place.id, self._id, _CELL
        for other, lat, lon in self._context.around(lon0, row):
            if other not in (here, own):
                best = min(best, math.hypot(lat - lat0, (lon - lon0) * _SHRINK[int(abs(lat + lat0) / 2)]))
        return _falling(best)


def closeness(one: Place, other: Place) -> float:
    """Nearness of two places: 1 at the same spot, falling to 0 at some 440 km."""
    shrink = _SHRINK[int(abs(one.lat + other.lat) / 2)]
    away = math.hypot(one.lat - other.lat, (one.lon - other.lon) * shrink)
    return _falling(away)


def _falling(away: float) -> float:
    """Nearness by distance in degrees of latitude."""
    return 0.0 if away >= _CELL else (math.exp(-away * 111.2 / 200) - _FAR) / (1 - _FAR)


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


def adjectives(
    document: Document, words_of: Callable[[str, int], Iterable[tuple[str, str]]]
) -> list[tuple[int, str]]:
    """Adjectives and demonyms of countries: their offset and the country.

    "Russian-held" says who holds a place, not where it lies: it is left out.

    Parameters
    ----------
    document : Document
    words_of : callable
        Gives the adjectives in a text from an offset on, each once, with their countries.
    """
    start, end = document.body
    text = document.text
    found = []
    for word, country in words_of(text, start):
        found += [(at, country) for at in _places_of(word, text, start, end)]
    return sorted(found)


def _places_of(word: str, text: str, start: int, end: int) -> Iterator[int]:
    """Where a word stands by itself, not before a hyphen."""
    at = text.find(word, start, end)
    while at >= 0:
        after = at + len(word)
        inside = text[at - 1 : at].isalpha() or text[after : after + 1].isalpha()
        if not inside and not text.startswith(("-", "‑"), after):
            yield at
        at = text.find(word, after, end)


def home_country(document: Document) -> str | None:
    """Country of the outlet by its address (".co.uk", ".ca"); None for generic domains."""
    for address in (document.url, document.source):
        match = _DOMAIN.match(address or "")
        if match:
            code = match.group(1).lower()
            return None if code in _NO_COUNTRY else _TLD.get(code, code.upper())
    return None
