"""Places, and mentions with their candidates, as parts of a record, and back."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any, Final, cast

from gazetteer.names import fold
from gazetteer.types import Candidate, NameUse, Place
from geo.codec.values import degrees, rounded
from geo.types import Mention, Resolution, ScoredCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.codec.values import Record
    from geo.types import Role

DEFAULT: Final = "default"
"""Viewpoint of places that do not name another."""
PLACE_KEYS: Final = ("id", "name", "kind", "country", "admin1", "lat", "lon", "precision_km")
"""Keys of a place; all are null where an event has none."""


def encode_place(place: Place | None) -> Record | None:
    """Turn a place into its record; the viewpoint stands there only where it is not the default."""
    if place is None:
        return None
    record = {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "lat": degrees(place.lat),
        "lon": degrees(place.lon),
        "precision_km": round(float(place.precision_km), 3),
    }
    return record if place.viewpoint == DEFAULT else {**record, "viewpoint": place.viewpoint}


def read_place(item: Mapping[str, Any] | None) -> Place | None:
    """Read a place back."""
    if item is None:
        return None
    of = (item["id"], item["name"], item["kind"], item["country"], item["admin1"])
    return _same_place(*of, item["lon"], item["lat"], item["precision_km"], item.get("viewpoint", DEFAULT))


def encode_resolution(item: Resolution, candidates: list[Record]) -> Record:
    """Turn a mention with its place into its record; `candidates` are their records."""
    mention = item.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "role": mention.role,
        "place": encode_place(item.place),
        "score": rounded(item.score),
        "reasons": list(item.reasons),
        "candidates": candidates,
    }


def encode_candidate(scored: ScoredCandidate) -> Record:
    """Turn a candidate into its record."""
    place = scored.candidate.place
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "lat": degrees(place.lat),
        "lon": degrees(place.lon),
        "score": rounded(scored.score),
    }


def read_resolution(item: Mapping[str, Any]) -> Resolution:
    """Read a mention, its place and its candidates back."""
    key = fold(item["text"])
    return Resolution(
        mention=Mention(item["start"], item["end"], item["text"], cast("Role", item["role"]), key),
        place=read_place(item["place"]),
        score=item["score"],
        reasons=tuple(map(intern, item.get("reasons", ()))),
        candidates=tuple(
            ScoredCandidate(
                _same_candidate(
                    key, one["id"], one["name"], one["kind"], one.get("country"), one["lon"], one["lat"]
                ),
                one["score"],
            )
            for one in item.get("candidates", ())
        ),
    )


# The same few places stand in most records: one object for each saves half the memory of a decoded archive.


@lru_cache(maxsize=65536)
def _same_place(
    id_: str,
    name: str,
    kind: str,
    country: str | None,
    admin1: str | None,
    lon: float,
    lat: float,
    precision_km: float,
    viewpoint: str,
) -> Place:
    return Place(id_, name, kind, country, admin1, lon, lat, 0, precision_km, viewpoint=viewpoint)


@lru_cache(maxsize=65536)
def _same_candidate(
    key: str, id_: str, name: str, kind: str, country: str | None, lon: float, lat: float
) -> Candidate:
    return Candidate(Place(id_, name, kind, country, None, lon, lat), key, NameUse.PREFERRED)
