"""What every source yields at build time: rows of places, and what is known of the source itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.details import Name
    from gazetteer.types import NameUse


@dataclass(slots=True)
class Row:
    """One place as a source has it; several rows with one id are merged by the build.

    Attributes
    ----------
    id : str
        Stable id, see `gazetteer.types.Place`.
    name : str
        Preferred English name.
    kind : str
        One of `gazetteer.types.KINDS`.
    country : str or None
        ISO 3166-1 alpha-2.
    admin1 : str or None
        ISO 3166-2 of the first-level unit.
    lon, lat : float
        WGS 84 degrees.
    population : int
        0 where unknown.
    precision_km : float
        Radius of the place in km, 0 where unknown.
    admin2 : str or None
        Name of the second-level unit.
    names : list of (str, NameUse)
        Further names; `name` need not be among them.
    geonames_admin1 : str or None
        GeoNames first-level code ("UA.08"), where the source has that and no ISO code.
    dated : list of gazetteer.details.Name
        Names with the dates of their use; they need not be among `names`.
    links : tuple of str
        Other identifiers of the same place: ``gn:703883``.
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
    names: list[tuple[str, NameUse]] = field(default_factory=list)
    geonames_admin1: str | None = None
    dated: list[Name] = field(default_factory=list)
    links: tuple[str, ...] = ()


@dataclass(slots=True)
class SourceInfo:
    """One line of the manifest: where rows come from, under which licence, and how many."""

    name: str
    version: str
    licence: str
    origin: str
    sha256: str
    rows: int
    note: str = ""
