"""Places in the Linked Places Format 1.3: GeoJSON with names, types, links and the dates of their mention.

The ``@context`` is a constant that says what the keys mean; nothing is ever fetched from it. The 1.3 format has
no context of its own: the document that its records name is that of 1.1.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from gazetteer.linked_terms import CONTEXT, TYPES
from geo.export.shapes import bounds, members, tidy_all
from geo.layers.schema import JOIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from geo.layers import Layer
    from geo.types import Document, Parsed

Record = dict[str, Any]

MOST_CITATIONS: Final = 20
"""Documents that are cited for a place, the oldest first."""


@dataclass(slots=True)
class Attested:
    """The documents that name a place or report an event there."""

    documents: dict[str, Document] = field(default_factory=dict)


def attested(parsed: Iterable[Parsed]) -> dict[str, Attested]:
    """Find the documents of each place, by its id."""
    found: dict[str, Attested] = {}
    for item in parsed:
        places = [one.place for one in item.resolutions]
        places += [one.place for event in item.events for one in event.places]
        for place in places:
            if place is not None:
                found.setdefault(place.id, Attested()).documents.setdefault(item.document.id, item.document)
    return found


def lines(layer: Layer, metadata: Mapping[str, Any] | None, parsed: Iterable[Parsed] = ()) -> Iterator[str]:
    """Give the layer of places as text, one place per line.

    Parameters
    ----------
    layer : Layer
        The layer of places.
    metadata : mapping, optional
        ``attribution`` is kept as a member of the collection.
    parsed : iterable of Parsed
        The documents; without them there are no dates and no citations.

    Yields
    ------
    str
        Lines of one JSON text.
    """
    known = attested(parsed)
    geometries = tidy_all(layer.geometry)
    head: Record = {"type": "FeatureCollection", "@context": CONTEXT, "title": layer.title}
    if text := (metadata or {}).get("attribution"):
        head["attribution"] = text
    if box := bounds(geometries):
        head["bbox"] = list(box)
    yield _dumps(head)[:-1] + ',"features":['
    for number, (row, geometry) in enumerate(zip(layer.rows, geometries, strict=True), start=1):
        record = feature(row, geometry, known.get(row["id"], Attested()))
        yield _dumps(record) + ("," if number < len(layer) else "")
    yield "]}"


def feature(row: Mapping[str, Any], geometry: BaseGeometry | None, said: Attested) -> Record:
    """Make the record of one place.

    Parameters
    ----------
    row : mapping
        A row of the layer of places.
    geometry : shapely geometry or None
        WGS 84 degrees, longitude first.
    said : Attested

    Returns
    -------
    dict
        A Feature with the members that the format requires, and ``links`` and ``when`` where they are known.
    """
    made: Record = {
        "@id": row["id"],
        "type": "Feature",
        "properties": {
            "title": row["name"],
            "ccodes": [row["country"]] if row["country"] else [],
            "fclasses": [TYPES.get(row["kind"], TYPES["other"])[0]],
            "mentions": row["mentions"],
            "events": row["events"],
        },
        "names": _names(row, said),
        "types": _types(row["kind"]),
        "geometry": {"type": "GeometryCollection", "geometries": _geometries(row, geometry)},
        "links": _links(row["id"]),
    }
    if when := _when(said):
        made["when"] = when
    return made


def _names(row: Mapping[str, Any], said: Attested) -> list[Record]:
    """Name of the gazetteer with the documents as citations, then the other spellings of the texts."""
    first: Record = {"toponym": row["name"], "lang": "en"}
    if citations := [_citation(one) for one in _ordered(said)[:MOST_CITATIONS]]:
        first["citations"] = citations
    others = [one for one in (row["spellings"] or "").split(JOIN) if one and one != row["name"]]
    return [first, *({"toponym": one} for one in others)]


def _citation(document: Document) -> Record:
    made: Record = {"label": document.title or document.id}
    if document.date:
        made["year"] = document.date.year
    if document.url and re.match(r"https?://[^\s<>\"]+$", document.url):
        made["@id"] = document.url
    return made


def _types(kind: str) -> list[Record]:
    _, identifier, label = TYPES.get(kind, TYPES["other"])
    return [
        {"identifier": f"aat:{identifier}", "label": label, "sourceLabels": [{"label": kind, "lang": "en"}]}
    ]


def _geometries(row: Mapping[str, Any], geometry: BaseGeometry | None) -> list[Record]:
    shape = members(geometry)
    return [] if shape is None else [{**shape, "certainty": certainty(row)}]


def certainty(row: Mapping[str, Any]) -> str:
    """How sure it is that the texts mean this place: certain, less-certain or uncertain, by the best score."""
    if not row["mentions"]:  # only an event has it, without a mention that was scored
        return "less-certain"
    return "certain" if row["score"] >= 0.8 else "less-certain" if row["score"] >= 0.5 else "uncertain"


def _links(place_id: str) -> list[Record]:
    source, _, number = place_id.partition(":")
    if source == "geonames" and number.isdigit():
        return [{"type": "exactMatch", "identifier": f"https://www.geonames.org/{number}"}]
    return []


def _when(said: Attested) -> Record | None:
    days = [one.date for one in said.documents.values() if one.date]
    if not days:
        return None
    span = {"start": {"in": min(days).isoformat()}, "end": {"in": max(days).isoformat()}}
    return {"timespans": [span], "label": "dates of the documents that name it"}


def _ordered(said: Attested) -> list[Document]:
    return sorted(said.documents.values(), key=lambda one: (one.date is None, str(one.date or ""), one.id))


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
