"""Columns and properties of own data -> fields of a place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from gazetteer.details import Name
from gazetteer.errors import SourceError
from gazetteer.own.entries import Entry, Reject, checked
from gazetteer.own.shapes import Located, located
from gazetteer.sources.towns import kind_of
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer.own.units import Units

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "@id", "place_id", "geonameid", "uid", "identifier", "pcode"),
    "name": ("name", "title", "toponym", "place", "place_name", "label", "name_en", "shapename"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "wkt": ("wkt", "geometry", "geom", "the_geom", "wkt_geom"),
    "kind": ("kind", "place_kind"),
    "country": ("country", "country_code", "iso2", "iso3", "ccode", "ccodes", "shapegroup"),
    "admin1": ("admin1", "adm1", "admin1_code", "admin1_name", "province", "oblast", "state"),
    "admin2": ("admin2", "adm2", "admin2_name", "district", "county", "raion"),
    "population": ("population", "pop", "people"),
    "precision_km": ("precision_km", "radius_km"),
    "names": ("names", "alternatenames", "alternate_names", "alt_names", "variants", "other_names"),
    "links": ("links", "link", "same_as", "sameas", "closematch"),
}
"""Field -> names of columns that mean it, in any case; the first that is there counts."""

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SPLIT: Final = re.compile(r"(?<!\\)[|;]")
_USES: Final = {use.name.lower(): use for use in NameUse}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says of a file: ``--field name=ADM1_EN``, ``--set kind=admin1``.

    Attributes
    ----------
    fields : mapping of str to str
        Field of a place -> column or property.
    constants : mapping of str to str
        Field of a place -> value for rows that state none.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


def columns(names: Iterable[str], settings: Settings, where: str) -> dict[str, str]:
    """Find the column of each field.

    Raises
    ------
    SourceError
        A column that was named is not there.
    """
    there = list(names)
    lowered = {name.strip().lower(): name for name in reversed(there)}
    found = {}
    for wanted, aliases in ALIASES.items():
        given = settings.fields.get(wanted)
        if given is not None:
            if given not in there:
                raise SourceError(
                    f"{where}: there is no column {given!r}; it has {', '.join(there) or 'none'}"
                )
            found[wanted] = given
        elif (alias := next((one for one in aliases if one in lowered), None)) is not None:
            found[wanted] = lowered[alias]
    return found


def entry(
    values: Mapping[str, Any], settings: Settings, units: Units, where: Located | None = None
) -> tuple[Entry, list[str]]:
    """Make a place of the values of a row by field; also what of the row could not be used.

    Raises
    ------
    ValueError
        The row cannot be a place.
    """
    get = _Getter(values, settings)
    spot = where or _spot(get)
    people = get.number("population")
    if people != int(people):
        raise ValueError(f"population {people} is no whole number")
    notes: list[str] = []
    country = _known(get.text("country"), units.country, "country", notes)
    unit = _known(get.text("admin1"), lambda text: units.admin1(text, country), "first-level unit", notes)
    made = Entry(
        id=get.text("id"),
        name=get.text("name"),
        kind=get.text("kind").lower() or _default_kind(int(people)),
        lon=spot.lon,
        lat=spot.lat,
        country=country,
        admin1=unit,
        admin2=get.text("admin2"),
        population=int(people),
        precision_km=get.number("precision_km") or spot.precision_km,
        names=names(get.text("names")),
        links=get.text("links").replace("|", " ").split(),
        outline=spot.outline,
    )
    return own_unit(checked(made)), notes


def own_unit(made: Entry) -> Entry:
    """A country or first-level unit is its own country, unit and so on, as in the package's gazetteer."""
    if made.kind == "admin1":
        made.admin1 = made.id.partition(":")[2]
    elif made.kind == "country":
        made.admin1 = ""
        made.country = made.country or (made.id[4:] if re.fullmatch(r"iso:[A-Z]{2}", made.id) else "")
    return made


def _default_kind(people: int) -> str:
    return kind_of(people) if people else "other"


def _known(text: str, find: Any, what: str, notes: list[str]) -> str:
    if not text:
        return ""
    found = find(text)
    if found is None:
        notes.append(f"{what} '{text[:60]}' is not known: kept without it")
    return found or ""


def _spot(get: _Getter) -> Located:
    if wkt := get.text("wkt"):
        import shapely

        try:
            shape = shapely.from_wkt(wkt)
        except shapely.errors.GEOSException as error:
            raise ValueError(f"no WKT: '{wkt[:60]}'") from error
        spot = located(shape)
        lon, lat = get.text("lon"), get.text("lat")
        if lon and lat and spot.outline:  # the point that the data states for the area
            return spot._replace(lon=get.number("lon"), lat=get.number("lat"))
        return spot
    missing = [name for name in ("lat", "lon") if not get.text(name)]
    if missing:
        raise ValueError(f"no {' and no '.join(missing)}")
    return Located(get.number("lon"), get.number("lat"))


class _Getter:
    def __init__(self, values: Mapping[str, Any], settings: Settings) -> None:
        self._values = values
        self._constants = settings.constants

    def text(self, name: str) -> str:
        value = self._values.get(name)
        text = "" if value is None or value != value else str(value).strip()  # noqa: PLR0124  (not a number)
        return text or self._constants.get(name, "")

    def number(self, name: str) -> float:
        text = self.text(name)
        if text and not _NUMBER.fullmatch(text):
            hint = "; write it with a point" if _NUMBER.fullmatch(text.replace(",", ".")) else ""
            raise ValueError(f"{name} '{text[:40]}' is no number{hint}")
        return float(text or 0)


def names(text: str) -> list[Name]:
    r"""Read a cell of names: ``Kodima|former:Artemivsk``, or a JSON list with languages and dates.

    Parts stand between ``|`` or ``;`` (``\|``, ``\;`` and ``\\`` are the characters themselves).

    Raises
    ------
    ValueError
        The JSON cannot be read.

    Examples
    --------
    >>> [(name.text, name.use.name) for name in names("Kodima|former:Artemivsk")]
    [('Kodima', 'ALTERNATE'), ('Artemivsk', 'FORMER')]
    """
    if text.startswith("[{"):
        return _json_names(text)
    made = []
    for part in _SPLIT.split(text) if text else ():
        prefix, colon, rest = part.partition(":")
        use = _USES.get(prefix.strip().lower()) if colon else None
        name = re.sub(r"\\(.)", r"\1", part if use is None else rest).strip()
        if name:
            made.append(Name(name, NameUse.ALTERNATE if use is None else use))
    return made


def _json_names(text: str) -> list[Name]:
    try:
        return [
            Name(
                str(item["name"]),
                _USES[item.get("use", "alternate")],
                *(str(item.get(key, "")) for key in ("lang", "since", "until")),
            )
            for item in json.loads(text)
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"names are no list of objects with a name: '{text[:60]}'") from error


def names_cell(found: Iterable[Name]) -> str:
    """Write names so that `names` reads them."""
    listed = list(found)
    if all(name.plain and name.text == name.text.strip() and "\\" not in name.text for name in listed):
        return "|".join(_cell(name) for name in listed)
    return json.dumps(
        [
            {"name": n.text, "use": n.use.name.lower()}
            | {
                key: value
                for key, value in (("lang", n.lang), ("since", n.since), ("until", n.until))
                if value
            }
            for n in listed
        ],
        ensure_ascii=False,
    )


def _cell(name: Name) -> str:
    text = re.sub(r"([|;])", r"\\\1", name.text)
    plain = name.use is NameUse.ALTERNATE and ":" not in name.text and not name.text.startswith("[{")
    return text if plain else f"{name.use.name.lower()}:{text}"


def notes_of(line: int, notes: Iterable[str]) -> list[Reject]:
    """Turn what could not be used of a row into entries of the list of rejects."""
    return [Reject(line, note, kept=True) for note in notes]
