"""What one document adds to the scores: counts, one row per gold name, one per placed mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from geo.scoring.matching import match, overlapping
from geo.scoring.measures import HALF_EARTH_KM, distance_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.types import Located, Place
    from geo.scoring.gold import GoldDocument, GoldToponym
    from geo.types import Resolution

NEAR_KM = 161.0
"""100 miles, the field's tolerance."""


class Units(Protocol):
    """What the area-aware measure needs of a gazetteer: which units hold a point."""

    def within(self, lon: float, lat: float) -> Located:
        """Country and first-level unit at the point (longitude first, WGS 84 degrees)."""


class Row(NamedTuple):
    """A gold name and what became of it.

    Attributes
    ----------
    gold : GoldToponym
    found : Resolution or None
        The prediction it is paired with; None where it was missed.
    km : float
        Error; half the Earth where it is not placed or the gold has no point.
    area : bool
        The right country or first-level unit, whatever its point.
    listed : bool
        Some candidate would have been right.
    """

    gold: GoldToponym
    found: Resolution | None
    km: float = HALF_EARTH_KM
    area: bool = False
    listed: bool = False

    @property
    def right(self) -> bool:
        """Within 161 km, or the right unit."""
        return self.km <= NEAR_KM or self.area


class Placing(NamedTuple):
    """A placed mention that counts end to end, and whether it is right (area-aware)."""

    found: Resolution
    right: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """One document's part of the scores; counts are (hits, predicted, gold)."""

    exact: tuple[int, int, int]
    overlap: tuple[int, int, int]
    end_to_end: tuple[int, int, int]
    end_to_end_area: tuple[int, int, int]
    rows: tuple[Row, ...]
    placings: tuple[Placing, ...]
    oracle: tuple[tuple[float, bool], ...] = ()


def tally(
    gold: GoldDocument,
    found: Sequence[Resolution],
    gaz: Units | None,
    oracle: Sequence[Resolution] | None = None,
) -> Tally:
    """Score one document.

    Parameters
    ----------
    gold : GoldDocument
    found : sequence of Resolution
    gaz : gazetteer or None
        For the area-aware measures; without it they equal the plain ones.
    oracle : sequence of Resolution, optional
        The gold spans, resolved.
    """
    tops = gold.toponyms
    spans = [(t.start, t.end) for t in tops]
    predicted = [(r.mention.start, r.mention.end) for r in found]
    pairs = match(spans, predicted)
    hits, hits_area, placings, located = _end_to_end(tops, found, gaz)
    return Tally(
        (len(set(spans) & set(predicted)), len(found), len(tops)),
        (len(pairs), len(found), len(tops)),
        (hits, len(placings), located),
        (hits_area, len(placings), located),
        tuple(_row(top, found[pairs[g]] if g in pairs else None, gaz) for g, top in enumerate(tops)),
        tuple(placings),
        () if oracle is None else tuple(_oracle(tops, oracle, gaz)),
    )


def _row(top: GoldToponym, found: Resolution | None, gaz: Units | None) -> Row:
    if found is None or not top.located:
        return Row(top, found)
    km, area = placing_error(top, found.place, gaz)
    listed = km <= NEAR_KM or area or any(_right(top, c.place, gaz) for c in found.candidates)
    return Row(top, found, km, area, listed)


def _end_to_end(
    tops: Sequence[GoldToponym], found: Sequence[Resolution], gaz: Units | None
) -> tuple[int, int, list[Placing], int]:
    """Hits, hits with the right unit, the placed mentions that count, and how many gold names have a point."""
    located = [t for t in tops if t.located]
    placed = [r for r in found if r.place is not None]
    spans = [(t.start, t.end) for t in located]
    predicted = [(r.mention.start, r.mention.end) for r in placed]
    errors = {
        (g, p): placing_error(located[g], placed[p].place, gaz)
        for g, over in enumerate(overlapping(spans, predicted))
        for p in over
    }
    plain = match(spans, predicted, lambda g, p: errors[g, p][0] <= NEAR_KM)
    area = match(spans, predicted, lambda g, p: errors[g, p][0] <= NEAR_KM or errors[g, p][1])
    right = set(area.values())
    ignored = _ignored(tops, predicted)
    counted = [Placing(r, p in right) for p, r in enumerate(placed) if p not in ignored]
    return len(plain), len(area), counted, len(located)


def _ignored(tops: Sequence[GoldToponym], predicted: Sequence[tuple[int, int]]) -> set[int]:
    """Predictions that touch only gold without a point."""
    touched = overlapping(predicted, [(t.start, t.end) for t in tops])
    return {p for p, hits in enumerate(touched) if hits and not any(tops[g].located for g in hits)}


def _oracle(
    tops: Sequence[GoldToponym], found: Sequence[Resolution], gaz: Units | None
) -> list[tuple[float, bool]]:
    by_span = {(r.mention.start, r.mention.end): r.place for r in found}
    return [placing_error(top, by_span.get((top.start, top.end)), gaz) for top in tops if top.located]


def _right(top: GoldToponym, place: Place, gaz: Units | None) -> bool:
    km, area = placing_error(top, place, gaz)
    return km <= NEAR_KM or area


def placing_error(top: GoldToponym, place: Place | None, gaz: Units | None) -> tuple[float, bool]:
    """Distance in km from the gold point, and whether `place` is the country or unit that the gold means."""
    if place is None or top.lat is None or top.lon is None:
        return HALF_EARTH_KM, False
    km = distance_km(top.lat, top.lon, place.lat, place.lon)
    return km, gaz is not None and _same_unit(top, place, gaz)


def _same_unit(top: GoldToponym, place: Place, gaz: Any) -> bool:
    """Whether gold is a country or admin-1 and `place` is that unit."""
    if place.kind not in {"country", "admin1"} or top.level not in {"", place.kind}:
        return False
    if not top.level and not _named(top, place, gaz):
        return False
    unit = gaz.within(top.lon, top.lat)
    if place.kind == "country":
        return bool(unit.country == place.country)
    return bool(unit.admin1 is not None and f"iso:{unit.admin1}" == place.id)


def _named(top: GoldToponym, place: Place, gaz: Any) -> bool:
    """Where gold has no level: its canonical name or surface is a name of the predicted unit."""
    names = {str(name).casefold() for name, _ in gaz.names(place.id)}
    return any(name.casefold() in names for name in (top.name, top.surface) if name)
