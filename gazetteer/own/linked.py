"""Linked Places Format (GeoJSON with names, types, links and dates) to places, and back.

What a place of the gazetteer has no field for (relations, descriptions, depictions, types of other vocabularies, shapes
that are neither a point nor an area) is kept as it is, in `gazetteer.details.Details.extra`, and written again.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any, Final

from gazetteer.details import Details, Name
from gazetteer.linked_terms import TYPES
from gazetteer.own.entries import Entry, Reject, checked
from gazetteer.own.jsonstream import Features
from gazetteer.own.mapping import own_unit
from gazetteer.own.shapes import located
from gazetteer.sources.geonames import kind as feature_kind
from gazetteer.types import KINDS, NameUse, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.own.dumps import Numbered
    from gazetteer.own.mapping import Settings
    from gazetteer.own.units import Units

Record = dict[str, Any]

_AAT: Final = {number: kind for kind, (_, number, _) in reversed(TYPES.items())}
_OWN: Final = ("kind", "admin1", "admin2", "population", "precision_km")
_USES: Final = {use.name.lower(): use for use in NameUse}
_NAME_KEYS: Final = {"toponym", "lang", "use", "when"}
_YEAR: Final = re.compile(r"-?\d{4,}(-\d\d(-\d\d)?)?")


def is_linked(head: bytes) -> bool:
    """Whether the beginning of a JSON file is of Linked Places rather than plain GeoJSON."""
    return b'"toponym"' in head or b"linkedplaces" in head or b"linked-places" in head


# -- reading ------------------------------------------------------------------------------------------------


def read(stream: IO[bytes], skip: int, where: str, settings: Settings, units: Units) -> Iterator[Numbered]:
    """Read the features of a collection, or one feature per line; `skip` counts features.

    Raises
    ------
    SourceError
        The text is no JSON from some line on.
    """
    for number, (line, size, feature) in enumerate(Features(stream, where), start=1):
        if number <= skip:
            continue
        try:
            yield number, size, place(feature, settings, units)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = (
                str(error)
                if isinstance(error, ValueError)
                else f"a member is not what the format says ({error!r})"
            )
            yield number, size, Reject(line, f"feature {number}: {reason}")


def place(feature: Any, settings: Settings, units: Units) -> Entry:
    """Make a place of a feature.

    Raises
    ------
    ValueError
        It has no name or no geometry; other built-in errors where a member has another type than the format says.
    """
    if not isinstance(feature, dict) or feature.get("type", "Feature") != "Feature":
        raise ValueError("is no feature")
    rest = dict(feature)
    properties = dict(rest.pop("properties", None) or {})
    raw_names, raw_types = rest.pop("names", None) or [], rest.pop("types", None) or []
    raw_links, raw_geometry = rest.pop("links", None) or [], rest.pop("geometry", None)
    rest.pop("type", None)
    found = [name for item in raw_names if (name := _name(item)) is not None]
    title = str(properties.get("title") or (found[0].text if found else ""))
    codes = [str(code) for code in properties.get("ccodes") or []]
    point, shape, simple = _geometry(raw_geometry)
    spot = located(shape)
    constants = settings.constants
    made = Entry(
        id=str(rest.pop("@id", None) or rest.pop("id", None) or ""),
        name=title,
        kind=_kind(properties, raw_types) or constants.get("kind", "other"),
        lon=point[0] if point else spot.lon,
        lat=point[1] if point else spot.lat,
        country=(units.country(codes[0]) if codes else "") or constants.get("country", ""),
        admin1=str(properties.get("admin1") or ""),
        admin2=str(properties.get("admin2") or ""),
        population=int(properties.get("population") or 0),
        precision_km=float(properties.get("precision_km") or spot.precision_km),
        names=_further(found, title),
        links=[str(link["identifier"]) for link in raw_links if link.get("identifier")],
        outline=spot.outline,
    )
    made.extra = _extra(rest, properties, codes, made)
    _keep(made.extra, raw_names, raw_types, raw_links, None if simple else raw_geometry, made.kind)
    return own_unit(checked(made))


def _name(item: Mapping[str, Any]) -> Name | None:
    text = " ".join(str(item.get("toponym") or "").split())
    if not text:
        return None
    since, until = _span(item.get("when"))
    use = _USES.get(str(item.get("use", "")).lower())
    if use is None:
        use = NameUse.FORMER if until else NameUse.ALTERNATE
    return Name(text, use, str(item.get("lang") or ""), since, until)


def _further(found: Sequence[Name], title: str) -> list[Name]:
    """Names beside the title; the title's own entry only where it says more."""
    plain = Name(" ".join(title.split()), NameUse.PREFERRED)
    return [
        name
        for name in found
        if not (name.text == plain.text and name.plain and name.use in (NameUse.PREFERRED, NameUse.ALTERNATE))
    ]


def _span(when: Any) -> tuple[str, str]:
    """Begin and end of the first timespan, "" where it is open."""
    spans = (when or {}).get("timespans") or []
    if not spans:
        return "", ""
    return _edge(spans[0].get("start"), ("in", "earliest", "latest")), _edge(
        spans[-1].get("end"), ("in", "latest", "earliest")
    )


def _edge(value: Any, keys: Sequence[str]) -> str:
    return next((str(value[key]) for key in keys if value and value.get(key)), "")


def _kind(properties: Mapping[str, Any], types: Sequence[Mapping[str, Any]]) -> str:
    stated = str(properties.get("kind") or "")
    if stated in KINDS:
        return stated
    for item in types:
        labels = [str(label.get("label", "")).lower() for label in item.get("sourceLabels") or []]
        if known := next((label for label in labels if label in KINDS), ""):
            return known
        number = str(item.get("identifier", "")).partition(":")[2]
        if number in _AAT:
            return _AAT[number]
    classes = properties.get("fclasses") or []
    return feature_kind(str(classes[0]), "", 0) if classes else ""


def _geometry(raw: Any) -> tuple[tuple[float, float] | None, BaseGeometry | None, bool]:
    """Stated point, what to locate (areas before others), and whether that is all the geometry says."""
    import shapely

    parts = (
        raw.get("geometries", []) if raw and raw.get("type") == "GeometryCollection" else [raw] if raw else []
    )
    shapes = []
    for part in parts:
        try:
            shapes.append(shapely.from_geojson(json.dumps(part)))
        except shapely.errors.GEOSException as error:
            raise ValueError(f"no geometry: {error}") from error
    points = [shape for shape in shapes if shape.geom_type == "Point" and not shape.is_empty]
    areas = [shape for shape in shapes if shape.geom_type.endswith("Polygon")]
    whole = (
        shapely.union_all(areas) if len(areas) > 1 else areas[0] if areas else shapes[0] if shapes else None
    )
    plain = all(set(part) <= {"type", "coordinates"} for part in parts)
    simple = plain and len(points) <= 1 and len(areas) <= 1 and len(points) + len(areas) == len(shapes)
    point = (points[0].x, points[0].y) if points else None
    return point, whole, simple


def _extra(rest: Record, properties: Record, codes: Sequence[str], made: Entry) -> Record:
    """Members without a field of their own."""
    extra = {key: value for key, value in rest.items() if key != "@context"}
    said = {"title", "fclasses", *_OWN} | ({"ccodes"} if codes in ([], [made.country]) else set())
    if properties.get("fclasses") not in (None, [], [TYPES[made.kind][0]]) if made.kind in TYPES else True:
        said.discard("fclasses")
    others = {key: value for key, value in properties.items() if key not in said}
    return extra | ({"properties": others} if others else {})


def _keep(extra: Record, names: Any, types: Any, links: Any, geometry: Any, kind: str) -> None:
    """Keep whole members that say more than the fields that were made of them."""
    if any(set(item) - _NAME_KEYS or not _whole(item.get("when")) for item in names):
        extra["names"] = names
    if types and types != _types(kind):
        extra["types"] = types
    if any(set(item) != {"type", "identifier"} or item["type"] != "exactMatch" for item in links):
        extra["links"] = links
    if geometry is not None:
        extra["geometry"] = geometry


def _whole(when: Any) -> bool:
    """Whether begin and end say all of a ``when``."""
    since, until = _span(when)
    return not when or when == _when(since, until)


# -- writing ------------------------------------------------------------------------------------------------


def feature(
    found: Place, names: Sequence[tuple[str, NameUse]], known: Details, outline: BaseGeometry | None
) -> Record:
    """Make the feature of a place.

    Parameters
    ----------
    found : Place
    names : sequence of (str, NameUse)
        As `Gazetteer.names` gives them.
    known : Details
        As `Gazetteer.details` gives them.
    outline : shapely geometry or None
        WGS 84 degrees, longitude first; lines are left out.
    """
    extra = dict(known.extra)
    properties: Record = {
        "title": found.name,
        "ccodes": [found.country] if found.country else [],
        "fclasses": [TYPES[found.kind][0]],
        "kind": found.kind,
    }
    for key in _OWN[1:]:
        if value := getattr(found, key):
            properties[key] = value
    properties |= extra.pop("properties", {})
    made: Record = {
        "@id": found.id,
        "type": "Feature",
        "properties": properties,
        "names": extra.pop("names", None) or _names(names, known),
        "types": extra.pop("types", None) or _types(found.kind),
        "geometry": extra.pop("geometry", None) or _shapes(found, outline),
        "links": extra.pop("links", None) or _links(found.id, known),
    }
    return made | extra


def _names(names: Sequence[tuple[str, NameUse]], known: Details) -> list[Record]:
    said = {(name.text, name.use) for name in known.names}
    whole = [Name(text, use) for text, use in names if (text, use) not in said] + list(known.names)
    whole.sort(key=lambda name: name.use is not NameUse.PREFERRED)
    return [
        {"toponym": n.text}
        | ({"lang": n.lang} if n.lang else {})
        | {"use": n.use.name.lower()}
        | ({"when": _when(n.since, n.until)} if n.since or n.until else {})
        for n in whole
    ]


def _when(since: str, until: str) -> Record:
    span = {key: {"in": value} for key, value in (("start", since), ("end", until)) if value}
    return {"timespans": [span]}


def _types(kind: str) -> list[Record]:
    _, number, label = TYPES.get(kind, TYPES["other"])
    return [{"identifier": f"aat:{number}", "label": label, "sourceLabels": [{"label": kind, "lang": "en"}]}]


def _shapes(found: Place, outline: BaseGeometry | None) -> Record:
    import shapely

    point = {"type": "Point", "coordinates": [round(found.lon, 5), round(found.lat, 5)]}
    if outline is None or not outline.geom_type.endswith("Polygon"):
        return point
    return {"type": "GeometryCollection", "geometries": [point, json.loads(shapely.to_geojson(outline))]}


def _links(place_id: str, known: Details) -> list[Record]:
    links = list(known.links)
    if place_id.startswith("geonames:") and not any("geonames.org" in link for link in links):
        links.append(f"https://www.geonames.org/{place_id.removeprefix('geonames:')}")
    return [{"type": "exactMatch", "identifier": link} for link in links]
