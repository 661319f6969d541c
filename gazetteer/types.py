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


GREAT: Final = 6.0
"""Prominence (some 120,000 people) from which a place may be meant by its name in small letters."""


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


_IN_WORDS: Final = {
    NameUse.PREFERRED: "preferred name",
    NameUse.OFFICIAL: "official name",
    NameUse.ALTERNATE: "alternate name",
    NameUse.FORMER: "former name",
    NameUse.ABBREVIATION: "abbreviation",
    NameUse.ADJECTIVE: "adjective",
    NameUse.DEMONYM: "demonym",
    NameUse.CODE: "code",
    NameUse.FOREIGN: "name in another language",
}


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
        ISO 3166-1 alpha-2 under `viewpoint`; None for seas, continents and the like.
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
    viewpoint : str
        From which viewpoint `country` and `admin1` are given: that of the gazetteer that was asked.
    holder : str or None
        Who the viewpoint shows in place of a country, where that has no ISO code; None otherwise.
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
    viewpoint: str = "default"
    holder: str | None = None

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
    note : str
        Said about a disputed place: the country its source states beside the one it is shown in; "" for others.
    """

    place: Place
    name: str
    use: NameUse
    edits: int = 0
    note: str = ""

    @property
    def reason(self) -> str:
        """The match in words, for people, with the note on a disputed place."""
        return f"{self._match}; {self.note}" if self.note else self._match

    @property
    def _match(self) -> str:
        if self.edits:
            return f"similar to {self.name!r} ({self.edits} edit{'s' if self.edits > 1 else ''})"
        return _IN_WORDS[self.use]


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
class Control:
    """Who holds a territory, since when and how far; never a statement of right.

    Attributes
    ----------
    id : str
    territory : str
        Neutral English name.
    regions : tuple of str
        Ids whose outlines are drawn for it.
    controller : str
        English name of the state or entity that administers or holds it.
    controller_code : str or None
        ISO 3166-1 alpha-2 where it has one.
    kind : str
        Neutral type: administration, military, peacekeeping, self-rule.
    label : str
        The controller's own word for it, "" where none is on record.
    since, until : str
        ISO dates, shortened where the day is unknown; until is "" while it lasts.
    extent : str
        How much of the territory: all, most, part.
    basis : str
        The event or act from which it is counted.
    proxy : bool
        True where the outline only stands in for what is held.
    note, source : str
    """

    id: str
    territory: str
    regions: tuple[str, ...]
    controller: str
    controller_code: str | None
    kind: str
    label: str
    since: str
    until: str
    extent: str
    basis: str
    proxy: bool
    note: str
    source: str

    def stands_on(self, day: str) -> bool:
        """Whether it is so on `day` (ISO date, the first and last day included)."""
        return _spans(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class Recognition:
    """A state that recognises a claim, or one act of its chain, since when and, where it was withdrawn, until when.

    Attributes
    ----------
    claim : str
        Id of the claim (`Claim.id`).
    state : str
        English name of the state that recognises.
    code : str or None
        ISO 3166-1 alpha-2 where it has one.
    recognised : str
        What is recognised, in neutral words: statehood, sovereignty, ...
    start, end : str
        ISO dates, shortened where the day is unknown; end is "" while it stands and the day of withdrawal else.
    note, source : str
    """

    claim: str
    state: str
    code: str | None
    recognised: str
    start: str
    end: str
    note: str
    source: str

    def stands_on(self, day: str) -> bool:
        """Whether the recognition stands on `day` (ISO date)."""
        return _spans(self.start, self.end, day)


def _spans(start: str, end: str, day: str) -> bool:
    """Whether a day lies in a period; a shortened date counts from its first to its last day."""
    return start <= day and (not end or day[: len(end)] <= end)


@dataclass(frozen=True, slots=True)
class Located:
    """Answer of `Gazetteer.within` for one point.

    ``method`` says how: "inside" an outline, "nearest" outline within 5 km, or "none". ``viewpoint`` is the one used;
    ``holder`` names who that viewpoint shows in place of a country, where that has no ISO code.
    """

    country: str | None
    admin1: str | None
    method: str
    viewpoint: str = "default"
    holder: str | None = None
