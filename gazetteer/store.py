"""Read-only access to a compiled gazetteer: everything is memory-mapped and read when asked for."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from gazetteer import artefact, tries
from gazetteer.artefact import BLOCK, SCALE, geonames_id
from gazetteer.errors import UnknownPlaceError
from gazetteer.names import fold
from gazetteer.territory import Territory
from gazetteer.types import KINDS, Candidate, NameHit, NameUse, Place
from gazetteer.viewpoints import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.details import Details
    from gazetteer.search import Scanner

KEPT: Final = 4096
"""Names, and places, that stay decoded: those of the last hundreds of documents. More hardly pays."""
DEFAULT_PATH: Final = Path(__file__).parent / "data" / "world.gaz"
_USES: Final = tuple(NameUse)
_COLUMNS: Final[tuple[tuple[str, Literal["i", "I", "H", "B"]], ...]] = (
    ("geonames", "I"),
    ("lon", "i"),
    ("lat", "i"),
    ("population", "I"),
    ("kind", "B"),
    ("country", "H"),
    ("admin1", "H"),
    ("admin2", "I"),
    ("precision", "H"),
    ("prominence", "B"),
)


def open(  # noqa: A001  (gazetteer.open, as in gzip.open)
    path: str | Path | None = None, *, also: Sequence[str | Path] = (), viewpoint: str = DEFAULT
) -> Gazetteer:
    """Open a compiled gazetteer, by default the one of the whole world that the package carries.

    Parameters
    ----------
    path : path-like, optional
    also : sequence of path-like
        Own data built by ``gazetteer build``, layered over it in this order; `gazetteer.layers` has the rule.
    viewpoint : str
        Whose map it is: ``default`` (UN membership and resolutions), ``de-facto`` (who administers) or an ISO
        3166-1 alpha-2 code. Places, outlines and points are shown under its countries, and say so.

    Raises
    ------
    GazetteerMissingError
        There is no such file.
    GazetteerFormatError
        The file is no artefact of this version.
    UnknownViewpointError
        No disputed unit has a row of that viewpoint.
    """
    base = Path(path) if path is not None else DEFAULT_PATH
    if not also:
        return Gazetteer(base, viewpoint=viewpoint)
    from gazetteer.layers import Layered

    return Layered(base, [Path(one) for one in also], viewpoint=viewpoint)


def open_files(paths: Sequence[str | Path] = (), *, viewpoint: str = DEFAULT) -> Gazetteer:
    """Open what ``--gazetteer`` names: own data over the package's gazetteer, or over a whole one among them.

    Parameters
    ----------
    paths : sequence of path-like
    viewpoint : str
        See `open`.

    Raises
    ------
    GazetteerError
        A file is no artefact, or more than one is whole.
    UnknownViewpointError
        No disputed unit has a row of that viewpoint.
    """
    if not paths:
        return open(viewpoint=viewpoint)
    from gazetteer.layers import split

    own, whole = split(paths)
    return open(whole, also=own, viewpoint=viewpoint)


class Gazetteer(Territory):
    """Names, places, outlines and claims; safe to share between threads, opened once per process.

    Parameters
    ----------
    path : pathlib.Path
        A compiled artefact.
    viewpoint : str
        See `open`.
    """

    def __init__(self, path: Path, *, viewpoint: str = DEFAULT) -> None:
        self.path = path
        self._sections = artefact.read(path)
        self._set_viewpoint(viewpoint)
        self._tables: dict[str, Any] = json.loads(bytes(self._sections["tables"]))
        self._names = tries.Postings(self._sections, "names")
        self._codes = tries.Postings(self._sections, "codes")
        self._ids = tries.load(self._sections, "ids.trie")
        self._column = {name: self._numbers(f"place.{name}", code) for name, code in _COLUMNS}
        self._columns = tuple(self._column[name] for name, _ in _COLUMNS)
        self._label_text = self._sections["label.text"]
        self._id_keys = self._numbers("ids.keys", "I")
        self._id_places = self._numbers("ids.places", "I")
        self._labels = self._numbers("label.offsets", "I")
        self._full = self._numbers("full.offsets", "I")
        self._place = lru_cache(maxsize=KEPT)(self._read_place if viewpoint == DEFAULT else self._shown_place)
        self.candidates = lru_cache(maxsize=KEPT)(self._candidates)

    def _numbers(self, section: str, code: Literal["i", "I", "H", "B"]) -> memoryview[int]:
        return self._sections[section].cast(code)

    def __len__(self) -> int:
        return int(self._tables["places"])

    def __repr__(self) -> str:
        return f"<Gazetteer {self.path.name}: {len(self):,} places>"

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Gazetteer, viewpoint=self.viewpoint), (self.path,)  # workers map the file themselves

    # -- places ---------------------------------------------------------------------------------------

    def get(self, place_id: str) -> Place:
        """Return the place with that id.

        Raises
        ------
        UnknownPlaceError
            No place has it.
        """
        index = self._index_of(place_id)
        if index is None:
            raise UnknownPlaceError(f"no place has the id {place_id!r}; 'gazetteer search NAME' finds ids")
        return self._place(index)

    def __contains__(self, place_id: str) -> bool:
        return self._index_of(place_id) is not None

    def names(self, place_id: str) -> list[tuple[str, NameUse]]:
        """All names of a place as its sources write them, the preferred one first."""
        place = self.get(place_id)
        index = self._index_of(place_id)
        assert index is not None  # noqa: S101  (get has raised)
        block = index // BLOCK
        raw = bytes(self._sections["full.blocks"][self._full[block] : self._full[block + 1]])
        line = zlib.decompress(raw).decode().split("\n")[index % BLOCK]
        others = [(item[1:], _USES[int(item[0])]) for item in line.split("\t") if item]
        return [(place.name, NameUse.PREFERRED), *(pair for pair in others if pair[0] != place.name)]

    def details(self, place_id: str) -> Details:
        """Return what own data keeps of a place beside its fields: dated names, links; else nothing."""
        from gazetteer import details

        self.get(place_id)
        index = self._index_of(place_id)
        return details.Details() if index is None else details.read(self._sections, index)

    def parents(self, place_id: str, *, viewpoint: str | None = None) -> list[Place]:
        """First-level unit and country of a place, the nearest first; empty for seas and countries.

        `viewpoint` is the gazetteer's own unless another is named; each parent states it.
        """
        place = self.seen(self.get(place_id), viewpoint)
        ids = [f"iso:{code}" for code in (place.admin1, place.country) if code]
        return [self.seen(self.get(one), viewpoint) for one in ids if one != place_id and one in self]

    def children(self, place_id: str) -> list[Place]:
        """First-level units of a country, places of a first-level unit; most prominent first."""
        place = self.get(place_id)
        if place.kind == "country":
            found = self._members("country", place.country, "admin1")
        elif place.kind == "admin1":
            found = self._members("admin1", place.id.partition(":")[2], None)
        else:
            return []
        return sorted((p for p in found if p.id != place_id), key=lambda p: (-p.prominence, p.id))

    def _members(self, table: str, value: str | None, kind: str | None) -> list[Place]:
        """Places with a value in the column of a table, of one kind or of all."""
        codes, kinds = self._tables[table], self._column["kind"]
        code = codes.index(value) if value in codes else None
        wanted = None if kind is None else KINDS.index(kind)
        found = [
            self._place(i)
            for i, other in enumerate(self._column[table])
            if other == code and wanted in (None, kinds[i])
        ]
        moved = [place for place in self._moved if kind in (None, place.kind)]
        return [p for p in {p.id: p for p in [*found, *moved]}.values() if getattr(p, table) == value]

    @cached_property
    def _moved(self) -> list[Place]:
        """Places that the viewpoint shows under another country or unit than the default does."""
        if self.viewpoint == DEFAULT:
            return []
        areas = self.viewpoints.moved_areas(self.viewpoint)
        codes = {
            table: {code for code, value in enumerate(self._tables[table]) if f"iso:{value}" in areas}
            for table in ("country", "admin1")
        }
        rows = zip(self._column["country"], self._column["admin1"], strict=True)
        whole = [i for i, (c, a) in enumerate(rows) if c in codes["country"] or a in codes["admin1"]]
        parts = [self._index_of(place) for place in self.viewpoints.moved_places(self.viewpoint)]
        return [self._place(i) for i in sorted({*whole, *(i for i in parts if i is not None)})]

    def _index_of(self, place_id: str) -> int | None:
        number = geonames_id(place_id)
        if number:
            column = self._column["geonames"]
            at = bisect_left(column, number)
            return at if at < len(column) and column[at] == number else None
        key = self._ids.get(place_id)
        return None if key is None else self._id_places[key]

    def _other_id(self, index: int) -> str:
        key = self._id_keys[index - len(self._column["geonames"])]
        return str(self._ids.restore_key(key))

    def _read_place(self, index: int) -> Place:
        # positional and without detours: most of the time of a look-up goes here
        numbers, lon, lat, population, kind, country, admin1, admin2, precision, prominence = self._columns
        start, end = self._labels[index], self._labels[index + 1]
        tables = self._tables
        return Place(
            f"geonames:{numbers[index]}" if index < len(numbers) else self._other_id(index),
            str(self._label_text[start:end], "utf-8"),
            KINDS[kind[index]],
            tables["country"][country[index]] or None,
            tables["admin1"][admin1[index]] or None,
            lon[index] / SCALE,
            lat[index] / SCALE,
            population[index],
            precision[index] / 10,
            tables["admin2"][admin2[index]] or None,
            prominence[index] / 10,
        )

    def _shown_place(self, index: int) -> Place:
        return self._shift(self._read_place(index), self.viewpoint)

    def _unshifted(self, place_id: str) -> Place:
        index = self._index_of(place_id)
        assert index is not None  # noqa: S101  (it comes from here)
        return self._read_place(index)

    # -- names ----------------------------------------------------------------------------------------

    def _candidates(self, key: str, uses: frozenset[NameUse] | None = None) -> tuple[Candidate, ...]:
        """Places with exactly this folded name, most prominent first (cached).

        Parameters
        ----------
        key : str
            As `gazetteer.names.fold` gives it, or from `NameHit.key`.
        uses : frozenset of NameUse, optional
            Only names used so.

        Returns
        -------
        tuple of Candidate
            Empty for an unknown name.
        """
        disputed, place_of = self.viewpoints.filed_elsewhere, self._place
        found = []
        for posting in self._names.of(key):
            use = _USES[posting & 15]
            if uses is None or use in uses:  # asked first: a place costs more to read than its name to find
                place = place_of(posting >> 4)
                note = self._note(place) if place.id in disputed else ""
                found.append(Candidate(place, key, use, 0, note))
        return tuple(found)

    def search(
        self,
        name: str,
        *,
        country: str | None = None,
        kind: str | None = None,
        fuzzy: bool = False,
        limit: int = 20,
    ) -> list[Candidate]:
        """Places that a name or code can mean, best first.

        Parameters
        ----------
        name : str
            In any script, case and spelling of apostrophes and hyphens.
        country : str, optional
            ISO 3166-1 alpha-2.
        kind : str, optional
            One of `gazetteer.types.KINDS`.
        fuzzy : bool, default False
            Also names one or two edits away (one up to five letters).
        limit : int, default 20

        Returns
        -------
        list of Candidate
            Empty where nothing matches; exact matches before codes before fuzzy ones.
        """
        from gazetteer.search import similar

        key = fold(name)
        found = [*self.candidates(key), *self._code_candidates(key)]
        if fuzzy:
            exact = {candidate.place.id for candidate in found}
            close = (
                replace(candidate, name=other, edits=edits)
                for other, edits in similar(self._names.trie, key)
                for candidate in self.candidates(other)
            )
            ranked = sorted(close, key=lambda c: (c.edits, -c.place.prominence, c.place.id))
            found += _first_of_each(c for c in ranked if c.place.id not in exact)
        kept = (c for c in found if country in (None, c.place.country) and kind in (None, c.place.kind))
        return [candidate for candidate, _ in zip(_first_of_each(kept), range(limit), strict=False)]

    def _code_candidates(self, key: str) -> list[Candidate]:
        return [Candidate(self._place(p >> 4), key, NameUse.CODE) for p in self._codes.of(key)]

    def scan(self, text: str, at: Iterable[tuple[int, str]] | None = None) -> list[NameHit]:
        """Every known name in a text at word boundaries, nested and overlapping ones too, in order of start.

        Case is ignored and lower-case words are tried as well, so this over-generates by design.

        Parameters
        ----------
        text : str
        at : iterable of (int, str), optional
            Only names that begin at these offsets, in order, each with what stands there up to the end of a word or
            any part of it: quicker where little of a text may be a name and its words are cut already.
        """
        return self._scanner.scan(text, at)

    @cached_property
    def openings(self) -> frozenset[str] | None:
        """Folded words with which the usual names of countries and `GREAT` places begin; None where none are listed."""
        section = self._sections.get("names.openings")
        return None if section is None else frozenset(str(section, "utf-8").split("\n"))

    @cached_property
    def _scanner(self) -> Scanner:
        from gazetteer.search import Scanner

        return Scanner(self._names.trie)

    def nearest(self, lon: float, lat: float, *, limit: int = 1) -> list[Place]:
        """Return the settlements nearest to a point (degrees), the nearest first.

        Raises
        ------
        ValueError
            The point is not on the globe.
        """
        from gazetteer.search import nearest

        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise ValueError(f"no point on the globe: lon {lon}, lat {lat} (degrees, -180..180 and -90..90)")
        column, settled = self._column, {KINDS.index(kind) for kind in ("city", "town", "village")}
        found = nearest(column["lon"], column["lat"], column["kind"], settled, (lon, lat), limit)
        return [self._place(index) for index in found]

    # -- provenance -----------------------------------------------------------------------------------

    def info(self) -> dict[str, Any]:
        """Return the manifest: format, sources with version, licence, sha256 and rows, counts, attribution line."""
        manifest: dict[str, Any] = json.loads(bytes(self._sections["manifest"]))
        return manifest


def _first_of_each(candidates: Iterable[Candidate]) -> Iterable[Candidate]:
    seen: set[str] = set()
    for candidate in candidates:
        if candidate.place.id not in seen:
            seen.add(candidate.place.id)
            yield candidate
