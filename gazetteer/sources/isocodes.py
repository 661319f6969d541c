"""GeoNames first-level codes (``UA.08``) to ISO 3166-2 (``UA-65``), for the whole world.

Nothing publishes this table under a free licence, so it is found: reviewed rows first
(``curated/outline_overrides.csv``), then names against names, country by country, best match first. A code of
either side is used at most once. Names are GeoNames' current English ones, the outlines' own (Natural Earth's,
with local and old forms), and those of ISO 3166-2 by ``pycountry``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from gazetteer.errors import SourceError
from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TYPE_WORDS: Final = frozenset(
    """administrative area arrondissement aimag al atoll autonomous autonoma autonome avtonomna ar canton capital
    circonscription city comarca commune comunidad constituency council county cercle d da de del der des di
    department departamento departement dependency district distrito division do du e el emirate entity estado
    federal free governorate gouvernorat ibb il ilce intendencia island islands judet judetul kabupaten khet
    khoueng krai kray kraj kommun lan las local los maakond metropolitan metropolis mintaqat moughataa
    muhafazat muhafazah municipal municipality municipio municipiul na obcina oblast oblasti of okrug okrug
    opstina oras parish popular prefecture pradesh principality province provincia provinsi qarku quarter raionul
    rayon rayoni raion region regiao regierungsbezirk regional republic respublika ri savivaldybe shabiyat shahr
    si special state statistical subdivision territory the to tinh town unitary urban viloyati vilayet village
    voivodeship ward wilaya wilayah wilayat wojewodztwo y zone zupanija""".split()
)
"""Generic words that one name has and the other lacks; dropped only for the second comparison."""

_FUZZY: Final = 0.82
_LEVEL_BONUS: Final = 0.05
_SUFFIX_BONUS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Subdivision:
    """One entry of ISO 3166-2."""

    code: str
    name: str
    type: str
    top: bool


@dataclass(slots=True)
class IsoCodes:
    """The join and how it came about.

    Attributes
    ----------
    codes : dict of str to str
        GeoNames code to ISO 3166-2 code, one to one.
    steps : dict of str to int
        How many codes each step has joined.
    unmatched : list of str
        GeoNames codes without an ISO code, sorted.
    """

    codes: dict[str, str] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)


@cache
def subdivisions() -> dict[str, tuple[Subdivision, ...]]:
    """ISO 3166-2 by country, sorted by code."""
    import pycountry

    found: dict[str, list[Subdivision]] = defaultdict(list)
    for entry in pycountry.subdivisions:
        found[entry.country_code].append(
            Subdivision(entry.code, entry.name, entry.type, entry.parent_code is None)
        )
    return {country: tuple(sorted(rows, key=lambda row: row.code)) for country, rows in sorted(found.items())}


@dataclass(frozen=True, slots=True)
class Override:
    """A reviewed row: `iso` is "" where ISO 3166-2 has no such unit, `name` is "" where GeoNames' name is right."""

    iso: str
    name: str


@cache
def overrides() -> dict[str, Override]:
    """Rows of ``curated/outline_overrides.csv`` by GeoNames code.

    Raises
    ------
    SourceError
        A code stands twice, or an ISO code is unknown; the message names the line.
    """
    path = resources.files("gazetteer").joinpath("curated/outline_overrides.csv")
    known = {row.code for rows in subdivisions().values() for row in rows}
    result: dict[str, Override] = {}
    taken: set[str] = set()
    with path.open("r", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            code, iso = row["geonames"].strip(), row["iso"].strip()
            if code in result or iso in taken:
                raise SourceError(f"outline_overrides.csv, line {number}: {code} or {iso} stands there twice")
            if iso and iso not in known:
                raise SourceError(f"outline_overrides.csv, line {number}: ISO 3166-2 has no code {iso}")
            if not row["source"].strip():
                raise SourceError(f"outline_overrides.csv, line {number}: no source given")
            result[code] = Override(iso, row["name"].strip())
            if iso:
                taken.add(iso)
    return result


def join(names: Mapping[str, Iterable[str]], stated: Mapping[str, str] | None = None) -> IsoCodes:
    """Join GeoNames codes to ISO 3166-2.

    Parameters
    ----------
    names : mapping of str to iterable of str
        All names of each GeoNames first-level code, the current English one first.
    stated : mapping of str to str, optional
        ISO codes that an outline package states for a GeoNames code: evidence, not proof.

    Returns
    -------
    IsoCodes
    """
    result = IsoCodes(steps=dict.fromkeys(("override", "exact", "stated", "fuzzy", "left over"), 0))
    reviewed = overrides()
    by_country: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for code in sorted(names):
        by_country[code.partition(".")[0]][code] = tuple(dict.fromkeys(filter(None, names[code])))
    for country, units in sorted(by_country.items()):
        _join_country(units, subdivisions().get(country, ()), reviewed, stated or {}, result)
    result.codes = dict(sorted(result.codes.items()))
    result.unmatched = sorted(set(names) - set(result.codes))
    return result


def _join_country(
    units: Mapping[str, tuple[str, ...]],
    entries: tuple[Subdivision, ...],
    reviewed: Mapping[str, Override],
    stated: Mapping[str, str],
    result: IsoCodes,
) -> None:
    fixed = {code: reviewed[code].iso for code in units if code in reviewed}
    for code, iso in fixed.items():
        if iso:
            result.codes[code] = iso
            result.steps["override"] += 1
    taken = set(fixed.values())
    open_units = {code: held for code, held in units.items() if code not in fixed}
    free = [entry for entry in entries if entry.code not in taken]
    pairs = _scores(open_units, free, stated)
    done: set[str] = set()
    for _, code, iso, step in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if code in done or iso in taken:
            continue
        done.add(code)
        taken.add(iso)
        result.codes[code] = iso
        result.steps[step] += 1
    _left_over(open_units, done, [entry for entry in free if entry.code not in taken], result)


def _left_over(
    units: Mapping[str, tuple[str, ...]], done: set[str], free: list[Subdivision], result: IsoCodes
) -> None:
    """Where one code and one ISO entry of the country's main level are left, they are each other's."""
    left = sorted(set(units) - done)
    joined = set(result.codes.values())
    used = {
        entry.top
        for rows in subdivisions().values()
        for entry in rows
        if entry.code in joined and left and entry.code.startswith(left[0].partition(".")[0] + "-")
    }
    rest = [entry for entry in free if entry.top in used]
    if len(left) == 1 and len(rest) == 1 and len(units) > 2:
        result.codes[left[0]] = rest[0].code
        result.steps["left over"] += 1


def _scores(
    units: Mapping[str, tuple[str, ...]], entries: list[Subdivision], stated: Mapping[str, str]
) -> list[tuple[float, str, str, str]]:
    """Every plausible pair as (score, GeoNames code, ISO code, step)."""
    exact = {
        (code, entry.code): _similar(held, entry.name) for code, held in units.items() for entry in entries
    }
    matched = [
        entry.top
        for (_, iso), score in exact.items()
        if score >= 0.9
        for entry in entries
        if entry.code == iso
    ]
    top_level = sum(matched) * 2 >= len(matched)
    pairs = []
    for code, held in units.items():
        suffix = code.partition(".")[2].lstrip("0")
        for entry in entries:
            score, step = exact[code, entry.code], "exact"
            if stated.get(code) == entry.code:
                score, step = max(score, 0.93), "exact" if score >= 0.93 else "stated"
            if score < 0.9:
                score, step = _fuzzy(held, entry.name), "fuzzy"
                if score < _FUZZY:
                    continue
            score += _LEVEL_BONUS * (entry.top == top_level)
            score += _SUFFIX_BONUS * (entry.code.partition("-")[2].lstrip("0") == suffix)
            pairs.append((score, code, entry.code, step))
    return pairs


@cache
def _bare(name: str) -> str:
    """Folded name without generic words; the whole name where nothing would be left."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in _TYPE_WORDS) or " ".join(words)


@cache
def _forms(name: str) -> tuple[str, ...]:
    """Names in one field: ``Monmouthshire [Sir Fynwy GB-FYN]``, ``Bilbao/Bilbo``, ``Aargau (de)``."""
    cut = name.replace("[", "|").replace("(", "|").replace("/", "|").replace("]", "").replace(")", "")
    return tuple(dict.fromkeys((name, *(part.strip() for part in cut.split("|") if part.strip()))))


def _similar(names: tuple[str, ...], entry: str) -> float:
    """How exactly one of the names is the entry's: 1 to 0.9, or 0."""
    best = 0.0
    for form in _forms(entry):
        folded, bare = fold(form), _bare(form)
        for rank, name in enumerate(names):
            here = 1.0 if fold(name) == folded else 0.96 if _bare(name) == bare else 0.0
            best = max(best, here - (0.03 if rank and here else 0.0))
    return best


def _fuzzy(names: tuple[str, ...], entry: str) -> float:
    """Likeness of the bare names, 0 to 0.89; old and local names count a little less."""
    best = 0.0
    for form in _forms(entry):
        bare = _bare(form).replace(" ", "")
        for rank, name in enumerate(names):
            other = _bare(name).replace(" ", "")
            if not bare or not other or bare[0] != other[0]:
                continue
            matcher = SequenceMatcher(None, bare, other, autojunk=False)
            if matcher.real_quick_ratio() >= _FUZZY and matcher.quick_ratio() >= _FUZZY:
                best = max(best, matcher.ratio() - (0.02 if rank else 0.0))
    return min(best, 0.89)
