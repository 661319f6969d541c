"""Staged rows -> columns of places, in the order of the artefact, and the postings of their names.

One place is in memory at a time; what a column or a block holds goes to its file. The sections are those of
`gazetteer.pack`, which says what each of them is.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from gazetteer import details
from gazetteer.artefact import BLOCK, SCALE
from gazetteer.details import Details, Name
from gazetteer.names import fold
from gazetteer.own.sections import Runs
from gazetteer.own.staging import is_link
from gazetteer.rank import prominence
from gazetteer.romanise import romanisations
from gazetteer.sources import geonames
from gazetteer.types import KINDS, NameUse

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from gazetteer.own.sections import Sections
    from gazetteer.own.staging import Key, Staging

_BATCH: Final = 20_000
_USES: Final = tuple(NameUse)
_KINDS: Final = {kind: number for number, kind in enumerate(KINDS)}
_SETTLED: Final = ("city", "town", "village")


@dataclass(slots=True)
class Merged:
    """All that is known of one place."""

    key: Key
    name: str
    kind: str
    lon: float
    lat: float
    country: str
    admin1: str
    admin2: str
    population: int
    precision: float
    names: list[Name]
    links: list[str]
    extra: dict[str, Any]
    geonames: bool

    @property
    def id(self) -> str:
        """Id of the place."""
        return self.key if isinstance(self.key, str) else f"geonames:{self.key}"


@dataclass(slots=True)
class Counted:
    """What the manifest says of the places."""

    places: int = 0
    names: int = 0
    geonames: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


def merged(staging: Staging) -> Iterator[Merged]:
    """Join the rows of each place with its further names."""
    further = groupby(staging.names(), key=lambda item: item[0])
    key, rows = next(further, (None, iter(())))
    for place_key, group in groupby(staging.places(), key=lambda item: item[0]):
        place = _place(place_key, [row for _, row in group])
        while key is not None and _order(key) < _order(place_key):
            key, rows = next(further, (None, iter(())))
        if key == place_key:
            _name(place, [row for _, row in rows])
        _tidy(place)
        yield place


def _order(key: Key) -> tuple[bool, Key]:
    return isinstance(key, str), key


def _place(key: Key, rows: list[tuple[Any, ...]]) -> Merged:
    """Later rows win; what they leave open stays, and names add up."""
    place: Merged | None = None
    for (
        name,
        kind,
        lon,
        lat,
        country,
        admin1,
        admin2,
        people,
        precision,
        names,
        links,
        extra,
        others,
        dump,
    ) in rows:
        held = [Name(text, _USES[use], *rest) for text, use, *rest in json.loads(names)] if names else []
        fresh = Merged(
            key,
            name,
            KINDS[kind],
            lon,
            lat,
            country,
            admin1,
            admin2,
            people,
            precision,
            held,
            json.loads(links) if links else [],
            json.loads(extra) if extra else {},
            bool(dump),
        )
        fresh.names += _unlabelled(fresh, others)
        place = fresh if place is None else _joined(place, fresh)
    assert place is not None  # noqa: S101  (groupby yields no empty group)
    return place


def _joined(below: Merged, over: Merged) -> Merged:
    return replace(
        over,
        country=over.country or below.country,
        admin1=over.admin1 or below.admin1,
        admin2=over.admin2 or below.admin2,
        population=over.population or below.population,
        precision=over.precision or below.precision,
        names=[*below.names, Name(below.name), *over.names],
        links=[*below.links, *over.links],
        extra={**below.extra, **over.extra},
        geonames=below.geonames or over.geonames,
    )


def _unlabelled(place: Merged, text: str) -> list[Name]:
    made = []
    for name in text.split(",") if text else ():
        use = geonames.unlabelled(name, place.kind)
        if use is not None:
            made.append(Name(name, use))
    return made


def _name(place: Merged, rows: list[tuple[Any, ...]]) -> None:
    """Add the names and links of other lines: they say more than the unlabelled ones, which yield to them."""
    known = []
    display = ""
    for text, use, lang, since, until, shown in rows:
        if is_link(use):
            place.links.append(text)
            continue
        known.append(Name(text, geonames.foreign(_USES[use], lang, place.kind), lang, since, until))
        display = text if shown and fold(text) else display
    texts = {name.text for name in known}
    place.names = [name for name in place.names if name.text not in texts] + known
    if display and display != place.name:
        place.names.append(Name(place.name))
        place.name = display


def _tidy(place: Merged) -> None:
    """Clean names; codes of units and countries, and Latin forms of Cyrillic names, where GeoNames is the source."""
    place.name = " ".join(place.name.split())
    names = set()
    for name in place.names:
        text = " ".join(name.text.split())
        if fold(text):
            names.add(name if text == name.text else name._replace(text=text))
    if place.geonames:
        if isinstance(place.key, str) and place.key.startswith("iso:"):
            names.add(Name(place.key.removeprefix("iso:"), NameUse.CODE))
        if place.country in ("UA", "RU") and place.kind in _SETTLED:
            names |= _romanised(place, names)
    names.discard(Name(place.name))
    place.names = sorted(names)
    if place.links:
        place.links = list(dict.fromkeys(place.links))


def _romanised(place: Merged, names: set[Name]) -> set[Name]:
    held = {fold(name.text) for name in names} | {fold(place.name)}
    forms = {form for name in names for form in romanisations(name.text, ukrainian_too=place.country == "UA")}
    return {Name(form) for form in forms if fold(form) not in held}


class Columns:
    """Writes places; see `gazetteer.pack` for the sections."""

    def __init__(self, sections: Sections, tables: dict[str, list[str]]) -> None:
        self._index = {name: {value: i for i, value in enumerate(values)} for name, values in tables.items()}
        self._numbers = {
            name: sections.numbers(f"place.{name}", code)
            for name, code in (
                ("geonames", "I"), ("lon", "i"), ("lat", "i"), ("population", "I"), ("kind", "B"), ("country", "H"),
                ("admin1", "H"), ("admin2", "I"), ("precision", "H"), ("prominence", "B"),
            )
        }  # fmt: skip
        self._labels = Runs(sections, "label.offsets", "label.text")
        self._full = Runs(sections, "full.offsets", "full.blocks")
        self._details = Runs(sections, "details.offsets", "details.blocks")
        self._full_lines: list[str] = []
        self._detail_lines: list[str] = []
        self.counted = Counted()

    def add(self, place: Merged) -> None:
        """Append a place."""
        names = sorted({name[:2] for name in place.names})
        kept = Details(tuple(n for n in place.names if not n.plain), tuple(place.links), place.extra)
        rank = prominence(place.id, place.kind, place.population, len(names))
        numbers, index = self._numbers, self._index
        if isinstance(place.key, int):
            numbers["geonames"].add(place.key)
            self.counted.geonames += 1
        numbers["lon"].add(round(place.lon * SCALE))
        numbers["lat"].add(round(place.lat * SCALE))
        numbers["population"].add(place.population)
        numbers["kind"].add(_KINDS[place.kind])
        numbers["country"].add(index["country"][place.country])
        numbers["admin1"].add(index["admin1"][place.admin1])
        numbers["admin2"].add(index["admin2"][place.admin2])
        numbers["precision"].add(min(round(place.precision * 10), 65535))
        numbers["prominence"].add(round(rank * 10))
        self._labels.add(place.name.encode())
        self._full_lines.append("\t".join(f"{use:d}{text}" for text, use in names))
        self._detail_lines.append(details.encode(kept))
        if len(self._full_lines) == BLOCK:
            self._flush()
        counted = self.counted
        counted.places += 1
        counted.names += 1 + len(names)
        counted.kinds[place.kind] = counted.kinds.get(place.kind, 0) + 1

    def _flush(self) -> None:
        self._full.add(zlib.compress("\n".join(self._full_lines).encode(), 9))
        self._details.add(details.block(self._detail_lines))
        self._full_lines, self._detail_lines = [], []

    def finish(self) -> Counted:
        """Write the last blocks."""
        if self._full_lines:
            self._flush()
        return self.counted


def assemble(
    staging: Staging,
    sections: Sections,
    postings: sqlite3.Connection,
    ids: Callable[[str], None],
    tell: Callable[[int], None],
) -> Counted:
    """Write the columns and stage the postings.

    Parameters
    ----------
    staging, sections
    postings : sqlite3.Connection
        Gets a table ``posting(code, key, p)``: 1 for codes, the folded name, ``place << 4 | use``.
    ids : callable
        Told of each id that is not of GeoNames, in order.
    tell : callable
        Told how many rows are done.
    """
    tables = {column: staging.distinct(column) for column in ("country", "admin1", "admin2")}
    columns = Columns(sections, tables)
    postings.execute("CREATE TABLE posting(code INT, key TEXT, p INT)")
    batch: list[tuple[int, str, int]] = []
    for number, place in enumerate(merged(staging)):
        columns.add(place)
        if isinstance(place.key, str):
            ids(place.key)
        batch += _postings(number, place)
        if len(batch) >= _BATCH:
            _insert(postings, batch)
            tell(number + 1)
    _insert(postings, batch)
    counted = columns.finish()
    tables_json = json.dumps(tables | {"places": counted.places}, ensure_ascii=False, sort_keys=True)
    sections.put("tables", tables_json.encode())
    return counted


def _postings(number: int, place: Merged) -> list[tuple[int, str, int]]:
    uses: dict[tuple[int, str], NameUse] = {(0, fold(place.name)): NameUse.PREFERRED}
    for name in place.names:
        at = (int(name.use is NameUse.CODE), fold(name.text))
        uses[at] = min(name.use, uses.get(at, name.use))
    return [(code, key, number << 4 | use) for (code, key), use in uses.items() if key]


def _insert(postings: sqlite3.Connection, batch: list[tuple[int, str, int]]) -> None:
    postings.execute("BEGIN")
    postings.executemany("INSERT INTO posting VALUES (?, ?, ?)", batch)
    postings.execute("COMMIT")
    batch.clear()
