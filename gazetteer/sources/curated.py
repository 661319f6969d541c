"""The hand-kept tables in ``gazetteer/curated``: read, checked, and handed on as rows and facts.

Each reader stops at the first bad row with a `SourceError` that names file and line, because a wrong fact of
ours must never reach an artefact quietly. Tables that are absent are empty.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gazetteer.sources.rows import Row, SourceInfo
from gazetteer.sources.tables import Line, parse_names, table
from gazetteer.types import KINDS, NameUse

FOLDER: Final = Path(__file__).resolve().parent.parent / "curated"

PLACE_TABLES: Final[tuple[str, ...]] = (
    "rivers.csv",
    "seas.csv",
    "terrain.csv",
    "macro.csv",
    "facilities.csv",
    "bases.csv",
    "villages.csv",
    "raions.csv",
    "landmarks.csv",
)
"""Tables of places, all with the same columns."""

PLACE_COLUMNS: Final[tuple[str, ...]] = (
    "id",
    "name",
    "kind",
    "country",
    "admin1",
    "lat",
    "lon",
    "precision_km",
    "names",
    "population",
    "near",
    "near_km",
    "source",
    "note",
)

_ID = re.compile(r"cur:[a-z0-9]+(-[a-z0-9]+)*")
PLACE_ID: Final = re.compile(
    r"(iso:[A-Z]{2}(-[A-Z0-9]{1,3})?|geonames:\d+|geonames-a1:[A-Z]{2}\.[A-Z0-9]+|cur:[a-z0-9-]+|icao:[A-Z0-9]{4}|us-fips:\d{5}|a2:\S+)"
)
TYPE_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "oblast": ("Oblast", "Region", "Province"),
    "krai": ("Krai", "Kray", "Territory", "Region"),
    "republic": ("Republic", "Region"),
    "okrug": ("Okrug", "Region"),
    "governorate": ("Governorate", "Province"),
    "state": ("State",),
    "province": ("Province",),
    "region": ("Region",),
    "voivodeship": ("Voivodeship", "Province"),
    "canton": ("Canton",),
    "territory": ("Territory",),
}
"""Words that reports put behind the bare name of a first-level unit, by its type."""

DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(slots=True)
class CuratedPlace:
    """A row of a place table with what only its check needs.

    Attributes
    ----------
    row : Row
    near : str
        Town that the place lies near, "" where none is stated.
    near_km : float
        At most how far from `near`, in km.
    source, note : str
    where : str
        File and line, for messages.
    """

    row: Row
    near: str
    near_km: float
    source: str
    note: str
    where: str


@dataclass(slots=True)
class CountryFact:
    """What the table adds to one country; `lon` and `lat` (WGS 84 degrees) are None where unknown."""

    code: str
    name: str
    names: list[tuple[str, NameUse]]
    capital: str
    lon: float | None
    lat: float | None
    source: str


@dataclass(slots=True)
class UnitFact:
    """What the table adds to one first-level unit.

    Attributes
    ----------
    iso : str
        ISO 3166-2 code.
    geonames : str or None
        GeoNames code ("UA.08") where sure.
    name : str
        Display name, "" to keep the one of the other sources.
    type : str
        Type word: oblast, krai, state ... "" where none.
    names : list of (str, NameUse)
    lon, lat : float or None
        WGS 84 degrees.
    source : str
    """

    iso: str
    geonames: str | None
    name: str
    type: str
    names: list[tuple[str, NameUse]]
    lon: float | None
    lat: float | None
    source: str


@dataclass(slots=True)
class NameFact:
    """One more name of a place that another source has; dates are ISO 8601, "" where open."""

    place: str
    use: NameUse
    name: str
    since: str
    until: str
    source: str


def _names(line: Line, column: str = "names") -> list[tuple[str, NameUse]]:
    try:
        names = parse_names(line.text(column))
    except ValueError as error:
        raise line.fail(str(error)) from None
    twice = {name for name, use in names if names.count((name, use)) > 1}
    if twice:
        raise line.fail(f"a name stands twice: {sorted(twice)}")
    return names


def _point(line: Line, *, needed: bool) -> tuple[float | None, float | None]:
    lon, lat = line.number_of("lon", -180, 180), line.number_of("lat", -90, 90)
    if (lon is None) != (lat is None) or (needed and lon is None):
        raise line.fail("lat and lon must both be given")
    return lon, lat


def _place(line: Line) -> CuratedPlace:
    kind = line.text("kind", needed=True)
    if kind not in KINDS:
        raise line.fail(f"unknown kind {kind!r}")
    country = line.matching("country", r"[A-Z]{2}") or None
    admin1 = line.matching("admin1", r"[A-Z]{2}-[A-Z0-9]{1,3}") or None
    if admin1 and admin1[:2] != country:
        raise line.fail(f"admin1 {admin1} is not in country {country}")
    lon, lat = _point(line, needed=True)
    assert lon is not None  # noqa: S101  (needed=True; for the type checker)
    assert lat is not None  # noqa: S101
    near, near_km = line.text("near"), line.number_of("near_km", 0, 1000)
    if bool(near) != (near_km is not None):
        raise line.fail("near and near_km must both be given")
    name = line.text("name", needed=True)
    row = Row(
        id=line.matching("id", _ID, needed=True),
        name=name,
        kind=kind,
        country=country,
        admin1=admin1,
        lon=lon,
        lat=lat,
        population=int(line.number_of("population", 0, 1e9) or 0),
        precision_km=line.number_of("precision_km", 0, 10_000) or 0.0,
        names=with_generic_words(name, kind, _names(line)),
    )
    return CuratedPlace(
        row, near, near_km or 0.0, line.text("source", needed=True), line.text("note"), line.where
    )


GENERIC: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        "base",
        r"( military)? air base$",
        (" airbase", " airfield", " military airfield", " military air base"),
    ),
    ("facility", r" nuclear power (plant|station)$", (" nuclear plant", " NPP", " nuclear power station")),
    ("facility", r" oil refinery$", (" refinery",)),
    ("facility", r" thermal power plant$", (" TPP", " thermal power station")),
)
"""Other generic words that reports use for the last ones of a name: kind, pattern, replacements."""


def with_generic_words(name: str, kind: str, names: list[tuple[str, NameUse]]) -> list[tuple[str, NameUse]]:
    """Add "Dnipro River" and "River Dnipro" to a river, "Saky airbase" to an air base, and the like."""
    plain = [name, *(text for text, use in names if use == NameUse.ALTERNATE)]
    latin = [text for text in plain if re.match(r"[A-Z\u00c0-\u00de\u0100-\u024f]", text)]
    more: list[str] = []
    for text in latin:
        if kind == "river" and "river" not in text.casefold():
            more += [f"{text} River", f"River {text}"]
        for which, pattern, words in GENERIC:
            if which == kind and re.search(pattern, text, re.IGNORECASE):
                more += [re.sub(pattern, word, text, flags=re.IGNORECASE) for word in words]
    have = {text for text, _ in names} | {name}
    return names + [(text, NameUse.ALTERNATE) for text in dict.fromkeys(more) if text not in have]


def curated_places(folder: Path = FOLDER) -> list[CuratedPlace]:
    """Read all place tables; ids are unique over them."""
    places: list[CuratedPlace] = []
    ids: dict[str, str] = {}
    for name in PLACE_TABLES:
        for line in table(folder / name, PLACE_COLUMNS):
            place = _place(line)
            if place.row.id in ids:
                raise line.fail(f"id {place.row.id} stands already in {ids[place.row.id]}")
            ids[place.row.id] = line.where
            places.append(place)
    return places


def places(folder: Path = FOLDER) -> list[Row]:
    """Rows of all place tables, in the order of the tables."""
    return [place.row for place in curated_places(folder)]


def countries(folder: Path = FOLDER) -> list[CountryFact]:
    """Read ``countries.csv``: display names, further names, capital, point."""
    facts: dict[str, CountryFact] = {}
    for line in table(folder / "countries.csv", ("code", "name", "names", "capital", "lat", "lon", "source")):
        code = line.matching("code", r"[A-Z]{2}", needed=True)
        if code in facts:
            raise line.fail(f"country {code} stands twice")
        lon, lat = _point(line, needed=False)
        facts[code] = CountryFact(
            code,
            line.text("name", needed=True),
            _names(line),
            line.text("capital"),
            lon,
            lat,
            line.text("source", needed=True),
        )
    return list(facts.values())


def with_type_words(name: str, names: list[tuple[str, NameUse]], type_word: str) -> list[tuple[str, NameUse]]:
    """Add "Kherson Oblast", "Kherson Region" ... to the bare Latin names of a unit of type oblast.

    Names that hold a type word already, former names and derived forms are left as they are.
    """
    words = TYPE_WORDS.get(type_word, ())
    known = {word for group in TYPE_WORDS.values() for word in group}
    bare = [
        text
        for text, use in [(name, NameUse.PREFERRED), *names]
        if use in {NameUse.PREFERRED, NameUse.OFFICIAL, NameUse.ALTERNATE}
        and not known & {part.capitalize() for part in text.split()}
        and re.match(r"[A-Z\u00c0-\u00de\u0100-\u024f]", text)
    ]
    have = {text for text, _ in names} | {name}
    more = [f"{text} {word}" for text in bare for word in words]
    return names + [(text, NameUse.ALTERNATE) for text in dict.fromkeys(more) if text not in have]


def units(folder: Path = FOLDER) -> list[UnitFact]:
    """Read ``admin1.csv``: names, codes and points of first-level units."""
    columns = ("iso", "geonames", "name", "type", "names", "lat", "lon", "source")
    facts: dict[str, UnitFact] = {}
    for line in table(folder / "admin1.csv", columns):
        iso = line.matching("iso", r"[A-Z]{2}-[A-Z0-9]{1,3}", needed=True)
        if iso in facts:
            raise line.fail(f"unit {iso} stands twice")
        geonames = line.matching("geonames", rf"{iso[:2]}\.[A-Z0-9]+") or None
        lon, lat = _point(line, needed=False)
        name, type_word = line.text("name"), line.text("type")
        facts[iso] = UnitFact(
            iso,
            geonames,
            name,
            type_word,
            with_type_words(name, _names(line), type_word) if name else _names(line),
            lon,
            lat,
            line.text("source", needed=True),
        )
    return list(facts.values())


def extra_names(folder: Path = FOLDER) -> list[NameFact]:
    """Further names of places of any source, from ``names.csv``."""
    facts = []
    for line in table(folder / "names.csv", ("place", "use", "name", "since", "until", "source")):
        use = line.text("use", needed=True).upper()
        if use not in NameUse.__members__:
            raise line.fail(f"unknown use {line.text('use')!r}")
        facts.append(
            NameFact(
                line.matching("place", PLACE_ID, needed=True),
                NameUse[use],
                line.text("name", needed=True),
                line.matching("since", DATE),
                line.matching("until", DATE),
                line.text("source", needed=True),
            )
        )
    return facts


def preferred(folder: Path = FOLDER) -> dict[str, str]:
    """Display names by place id, from ``preferred.csv``."""
    names: dict[str, str] = {}
    for line in table(folder / "preferred.csv", ("place", "name", "source")):
        place = line.matching("place", PLACE_ID, needed=True)
        if place in names:
            raise line.fail(f"place {place} stands twice")
        names[place] = line.text("name", needed=True)
        line.text("source", needed=True)
    return names


def info(folder: Path = FOLDER) -> SourceInfo:
    """Manifest line of the tables: one hash over all files in order of name, rows counted without headers."""
    digest, rows = hashlib.sha256(), 0
    for path in sorted(folder.glob("*.csv")):
        data = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(path.name.encode() + b"\0" + data + b"\0")
        rows += max(0, len(list(csv.reader(data.decode("utf-8").splitlines(keepends=True)))) - 1)
    return SourceInfo(
        name="curated tables",
        version="",
        licence="Apache-2.0",
        origin="gazetteer/curated",
        sha256=digest.hexdigest(),
        rows=rows,
        note="our own work; each row states what it was taken from",
    )
