"""Records of the gazetteer: frozen, with units and axis order in their docstrings.

Longitude comes before latitude wherever two numbers stand side by side; both are WGS 84 degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

KINDS: Final[tuple[str, ...]] = (
    "country",
    "admin1",
    "admin2",
    "city",
    "town",
    "village",
    "region",
    "continent",
    "river",
    "lake",
    "sea",
    "strait",
    "island",
    "peninsula",
    "mountain",
    "facility",
    "dam",
    "base",
    "bridge",
    "other",
)
"""What a place can be. ``region`` is informal (Donbas, Middle East); first-level units are ``admin1``.

Settlements are ``city`` from 100,000 people, ``town`` from 5,000, else ``village``.
"""

AREA_KINDS: Final[frozenset[str]] = frozenset({"country", "admin1", "admin2", "region", "continent"})
"""Kinds that are areas: their point only represents them and must not be drawn as a pin."""


class NameUse(IntEnum):
    """How a name stands to its place; the value is what the compiled artefact stores."""

    PREFERRED = 0
    OFFICIAL = 1
    ALTERNATE = 2
    FORMER = 3
    ABBREVIATION = 4
    """Only matches as written, upper case included: US, U.K., DPRK, Ky."""
    ADJECTIVE = 5
    """Ukrainian, Crimean: the derived form, not the name itself."""
    DEMONYM = 6
    """Ukrainians, Muscovites: the people."""
    CODE = 7
    """ISO and GeoNames codes: found by search, never in running text."""
    FOREIGN = 8
    """The name in another language than English (Frankreich); weaker than an equal English name."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    Attributes
    ----------
    id : str
        Stable: ``geonames:706448``, ``iso:UA`` or ``iso:UA-65`` (countries, first-level units),
        ``cur:saky-air-base`` (curated), ``icao:UKFI`` (airfields), ``us-fips:06037`` (counties).
    name : str
        Preferred English name for display.
    kind : str
        One of `KINDS`.
    country : str or None
        ISO 3166-1 alpha-2 under the default viewpoint; None for seas, continents and the like.
    admin1 : str or None
        ISO 3166-2 of the first-level unit, where known.
    lon, lat : float
        Representative point, WGS 84 degrees.
    population : int
        0 where unknown.
    precision_km : float
        How far a thing said to be "in" this place may lie from its point: the radius of the settlement
        or of the area, in km.
    admin2 : str or None
        Name of the second-level unit (county, raion), where known.
    prominence : float
        How likely the bare name means this place, 0 to 12: the decimal logarithm of the people it holds
        (or of an equivalent for places without inhabitants) raised by the number of its names.
    """

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lon: float
    lat: float
    population: int = 0
    precision_km: float = 0.0
    admin2: str | None = None
    prominence: float = 0.0

    @property
    def is_area(self) -> bool:
        """Whether the point only stands for an area (country, unit, region, continent)."""
        return self.kind in AREA_KINDS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean, with why it matched.

    Attributes
    ----------
    place : Place
    name : str
        The name that was looked up, folded (see `gazetteer.names.fold`).
    use : NameUse
        How that name stands to the place.
    edits : int
        0 for an exact match after folding, else the edit distance of the fuzzy match.
    """

    place: Place
    name: str
    use: NameUse
    edits: int = 0

    @property
    def reason(self) -> str:
        """The match in words, for people."""
        if self.edits:
            return f"similar to {self.name!r} ({self.edits} edit{'s' if self.edits > 1 else ''})"
        return {
            NameUse.PREFERRED: "preferred name",
            NameUse.OFFICIAL: "official name",
            NameUse.ALTERNATE: "alternate name",
            NameUse.FORMER: "former name",
            NameUse.ABBREVIATION: "abbreviation",
            NameUse.ADJECTIVE: "adjective",
            NameUse.DEMONYM: "demonym",
            NameUse.CODE: "code",
            NameUse.FOREIGN: "name in another language",
        }[self.use]


class NameHit(NamedTuple):
    """A known name found in running text by `Gazetteer.scan`.

    Attributes
    ----------
    start, end : int
        Code points into the scanned text, end exclusive.
    key : str
        The folded name; pass it to `Gazetteer.candidates`.
    """

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Act:
    """One dated act in the chain of a claim, or a response to it.

    ``date`` is ISO 8601, shortened where the day is unknown ("2014-03"). ``kind`` is one of referendum,
    declaration, decree, recognition, treaty, court, ratification, law, response, withdrawal.
    """

    date: str
    kind: str
    actor: str
    title: str
    source: str
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim to a territory: who claims it, since when and on what basis; never a statement of control.

    Attributes
    ----------
    id : str
    territory : str
        Neutral English name.
    regions : tuple of str
        Ids whose outlines are drawn for it (``iso:UA-65``).
    claimant : str
        English name of the state or entity that claims.
    claimant_code : str or None
        ISO 3166-1 alpha-2 where the claimant has one.
    kind : str
        Neutral type: annexation, independence, sovereignty, border.
    label : str
        The claimant's own word for it.
    start, end : str
        ISO dates; start is the claim's constitutive act, end is "" while it stands.
    basis : str
        The constitutive act in a few words: "accession treaty signed".
    proxy : bool
        True where the outline only stands in for a claim without a defined boundary.
    note, source : str
    acts : tuple of Act
        In order of date, the constitutive act among them.
    """

    id: str
    territory: str
    regions: tuple[str, ...]
    claimant: str
    claimant_code: str | None
    kind: str
    label: str
    start: str
    end: str
    basis: str
    proxy: bool
    note: str
    source: str
    acts: tuple[Act, ...] = ()

    def stands_on(self, day: str) -> bool:
        """Whether the claim is made on `day` (ISO date, the first and last day included)."""
        return self.start <= day and (not self.end or day <= self.end)


@dataclass(frozen=True, slots=True)
class Located:
    """Answer of `Gazetteer.within` for one point.

    ``method`` says how: "inside" an outline, "nearest" outline within 5 km, or "none".
    """

    country: str | None
    admin1: str | None
    method: str
