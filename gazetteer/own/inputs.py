"""Tells what a file holds, and opens the reader for it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gazetteer.errors import SourceError
from gazetteer.own import features, linked, tables
from gazetteer.own.dumps import Dump
from gazetteer.own.text import opened
from gazetteer.sources.geonames import NAME_FIELDS, PLACE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.own.dumps import Numbered
    from gazetteer.own.mapping import Settings
    from gazetteer.own.units import Units

COUNTRIES: Final = "GeoNames countries"
UNITS: Final = "GeoNames first-level units"
COUNTIES: Final = "GeoNames second-level units"
PLACES: Final = "GeoNames places"
NAMES: Final = "GeoNames alternate names"
TABLE: Final = "CSV"
FEATURES: Final = "features"
LINKED: Final = "Linked Places"
ORDER: Final = (COUNTRIES, UNITS, COUNTIES, PLACES, TABLE, FEATURES, LINKED, NAMES)
"""In which order inputs are read: codes before the places in them, alternate names after what they name."""

_TABLES: Final = (".csv", ".tsv", ".tab")
_JSON: Final = (".json", ".geojson", ".jsonl", ".ndjson", ".geojsonl", ".lpf")
_HEAD: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Input:
    """A file and what it holds; `size` is in bytes of text, or features where there is none."""

    path: Path
    kind: str
    size: int

    @property
    def is_dump(self) -> bool:
        """Whether GeoNames must be named for it."""
        return self.kind.startswith("GeoNames")

    @property
    def is_codes(self) -> bool:
        """Whether it is kept in memory, and so is read again by a build that goes on."""
        return self.kind in (COUNTRIES, UNITS, COUNTIES)


def identify(path: Path) -> Input:
    """Tell what a file holds, by its beginning.

    Raises
    ------
    SourceError
        It is not there, empty, a folder, or nothing that can be read.
    """
    if path.is_dir():
        raise SourceError(f"{path}: is a folder; name the files in it")
    if not path.is_file():
        raise SourceError(f"{path}: there is no such file")
    suffix = path.suffix.lower()
    if suffix in (".gpkg", ".shp", ".fgb"):
        return _features(path)
    with opened(path) as (stream, size):
        head = stream.read(_HEAD)
    if suffix in _JSON or (suffix not in (*_TABLES, ".txt", ".zip") and head.lstrip()[:1] == b"{"):
        return Input(path, LINKED, size) if linked.is_linked(head) else _features(path)
    if suffix in _TABLES:
        return Input(path, TABLE, size)
    kind = _dump(head)
    if kind is None:
        raise SourceError(
            f"{path}: is no file of the GeoNames dump; "
            "own data is read as .csv, .tsv, .geojson, .gpkg and .json (Linked Places)"
        )
    return Input(path, kind, size)


def _features(path: Path) -> Input:
    import pyogrio

    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        count = sum(
            int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])
            for layer in layers
        )
    except pyogrio.errors.DataSourceError as error:
        raise SourceError(f"{path}: cannot be read ({error})") from error
    return Input(path, FEATURES, count)


def _dump(head: bytes) -> str | None:
    """Kind of a file of the dump, by the fields of its first lines (some of which may be bad)."""
    votes: dict[str, int] = {}
    for line in head.split(b"\n")[:-1][:200] or [head]:
        fields = line.rstrip(b"\r").split(b"\t")
        if not line.startswith(b"#") and (kind := _kind(fields)):
            votes[kind] = votes.get(kind, 0) + 1
    return max(votes, key=lambda kind: votes[kind]) if votes else None


def _kind(fields: list[bytes]) -> str | None:
    if len(fields) == PLACE_FIELDS and fields[0].isdigit() and len(fields[6]) <= 1:
        return PLACES
    if len(fields) >= 17 and re.fullmatch(rb"[A-Z]{2}", fields[0]) and re.fullmatch(rb"[A-Z]{3}", fields[1]):
        return COUNTRIES
    if len(fields) in NAME_FIELDS and fields[0].isdigit() and fields[1].isdigit():
        return NAMES
    if len(fields) == 4 and fields[3].isdigit():
        dots = fields[0].count(b".")
        return {1: UNITS, 2: COUNTIES}.get(dots)
    return None


class Reader:
    """Opens inputs, one after the other.

    Parameters
    ----------
    units : Units
    settings : Settings
    """

    def __init__(self, units: Units, settings: Settings) -> None:
        self._units = units
        self._settings = settings
        self._dump = Dump(units)

    @contextmanager
    def open(self, one: Input, skip: int) -> Iterator[Iterator[Numbered]]:
        """Give the items of an input after the line `skip`.

        Raises
        ------
        SourceError
            While they are read: the input is damaged.
        """
        if one.kind == FEATURES:
            yield features.read(one.path, skip, self._settings, self._units)
            return
        with opened(one.path) as (stream, _):
            dump: dict[str, Any] = {
                COUNTRIES: lambda: self._dump.countries(stream),
                UNITS: lambda: self._dump.units(stream),
                COUNTIES: lambda: self._dump.counties(stream),
                PLACES: lambda: self._dump.places(stream, skip),
                NAMES: lambda: self._dump.names(stream, skip),
                TABLE: lambda: tables.read(stream, skip, str(one.path), self._settings, self._units),
                LINKED: lambda: linked.read(stream, skip, str(one.path), self._settings, self._units),
            }
            yield dump[one.kind]()
