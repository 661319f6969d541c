"""`Parsed` <-> the JSON record of `geo parse`, one document per line.

The record is the contract with other programs: keys are only ever added within one ``schema``. It holds what
the layers need, so a map drawn from records equals the map drawn from the texts. What only the resolver needs
(how a candidate's name was matched, populations) is not in it. ``docs/formats.md`` describes every key.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any, Final, cast

from gazetteer.names import fold
from gazetteer.types import Candidate, NameUse, Place
from geo.types import (
    Actor,
    Attribution,
    ClaimLink,
    Document,
    Event,
    EventPlace,
    Evidence,
    Mention,
    Parsed,
    Quantity,
    Report,
    Resolution,
    ScoredCandidate,
    TimeSpan,
    Unplaced,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.types import Granularity, PlaceRole, Role, Status

SCHEMA: Final = 1

Record = dict[str, Any]


def encode(parsed: Parsed, *, text: bool = True) -> Record:
    """Turn a parsed document into its record.

    Parameters
    ----------
    parsed : Parsed
    text : bool
        False leaves the document's text out (``--no-text``); offsets and the sentences of events stay.

    Returns
    -------
    dict
        Of str, int, float, bool, None, list and dict only; keys always in the same order. Degrees have six
        digits (0.1 m), scores four.
    """
    document = parsed.document
    record: Record = {
        "schema": SCHEMA,
        "id": document.id,
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "date": _day(document.date),
        "date_basis": document.date_basis,
    }
    if text and document.text:
        record["text"] = document.text
    record["body_start"] = document.body_start
    ranked = {
        id(item.candidates): item.candidates for item in parsed.resolutions
    }  # mentions of one name share them
    known = {key: [_candidate(scored) for scored in candidates] for key, candidates in ranked.items()}
    record["mentions"] = [
        _resolution(item, [one.copy() for one in known[id(item.candidates)]]) for item in parsed.resolutions
    ]
    listed = {item.id for item in parsed.unplaced if item.what == "event"}
    carried = {event.id: event for event in parsed.events if event.id in listed}
    record["events"] = [encode_event(event) for event in parsed.events if event.id not in carried]
    record["unplaced"] = [_unplaced(item, carried.get(item.id or "")) for item in parsed.unplaced]
    record["errors"] = list(parsed.errors)
    return record


def encode_event(event: Event) -> Record:
    """Turn an event into its record; merged events (`geo events`) have reports of several documents."""
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "standing": event.standing,
        "places": [
            {"role": item.role, "mention": item.mention, "text": item.text, "reason": item.reason}
            | (_place(item.place) or dict.fromkeys(_PLACE_KEYS))
            for item in event.places
        ],
        "when": _when(event.when),
        "actors": [{"name": actor.name, "role": actor.role, "side": actor.side} for actor in event.actors],
        "source": _attribution(event.source),
        "quantities": [
            {"what": q.what, "low": q.low, "high": q.high, "bound": q.bound, "unit": q.unit, "text": q.text}
            for q in event.quantities
        ],
        "score": _score(event.score),
        "reasons": list(event.reasons),
        "sources": event.sources,
        "sides": list(event.sides),
        "claims": [
            {"record": link.record, "relation": link.relation, "reason": link.reason} for link in event.claims
        ],
        "reports": [_report(report) for report in event.reports],
    }


def decode(record: Mapping[str, Any]) -> Parsed:
    """Read a record back.

    Parameters
    ----------
    record : mapping
        What `encode` gave, perhaps by way of JSON.

    Returns
    -------
    Parsed
        Encoding it gives the same record. ``document.text`` is "" where the record was made without text.

    Raises
    ------
    ValueError
        The record has another ``schema``, or lacks a key, or a value has the wrong form.
    """
    if record.get("schema") != SCHEMA:
        raise ValueError(f"schema is {record.get('schema')!r}, this version reads {SCHEMA}")
    try:
        return _decode(record)
    except KeyError as error:
        raise ValueError(f"key {error} is missing") from error
    except (TypeError, AttributeError) as error:
        raise ValueError(f"a value has the wrong form: {error}") from error


def dumps(record: Record) -> str:
    """Write a record as one line of JSON (no line end); numbers that JSON cannot hold raise ValueError.

    Examples
    --------
    >>> dumps({"id": "a", "score": 0.5})
    '{"id": "a", "score": 0.5}'
    """
    return _JSON.encode(record)


_JSON: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False
)  # records are trees


DEFAULT: Final = "default"
"""Viewpoint of places that do not name another."""

_PLACE_KEYS: Final = ("id", "name", "kind", "country", "admin1", "lat", "lon", "precision_km")


def _decode(record: Mapping[str, Any]) -> Parsed:
    document = Document(
        id=str(record["id"]),
        text=record.get("text") or "",
        title=record.get("title"),
        source=record.get("source"),
        url=record.get("url"),
        date=_read_day(record.get("date")),
        date_basis=record.get("date_basis"),
        body_start=record.get("body_start", 0),
    )
    return Parsed(
        document=document,
        resolutions=tuple(_read_resolution(item) for item in record["mentions"]),
        events=tuple(_read_event(item, document.id) for item in _events(record)),
        unplaced=tuple(_read_unplaced(item) for item in record.get("unplaced", ())),
        errors=tuple(record.get("errors", ())),
    )


def _resolution(item: Resolution, candidates: list[Record]) -> Record:
    mention = item.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "role": mention.role,
        "place": _place(item.place),
        "score": _score(item.score),
        "reasons": list(item.reasons),
        "candidates": candidates,
    }


def _candidate(scored: ScoredCandidate) -> Record:
    place = scored.candidate.place
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "lat": _degrees(place.lat),
        "lon": _degrees(place.lon),
        "score": _score(scored.score),
    }


def _read_resolution(item: Mapping[str, Any]) -> Resolution:
    key = fold(item["text"])
    return Resolution(
        mention=Mention(item["start"], item["end"], item["text"], cast("Role", item["role"]), key),
        place=_read_place(item["place"]),
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


def _read_event(item: Mapping[str, Any], document: str) -> Event:
    return Event(
        id=item["id"],
        type=item["type"],
        status=cast("Status", item["status"]),
        standing=item["standing"],
        places=tuple(
            EventPlace(
                cast("PlaceRole", one["role"]),
                _read_place(one) if one.get("id") is not None else None,
                one.get("mention"),
                one.get("text", ""),
                one.get("reason", ""),
            )
            for one in item["places"]
        ),
        reports=tuple(_read_report(one, document) for one in item["reports"]),
        when=_read_when(item.get("when")),
        actors=tuple(Actor(one["name"], one["role"], one.get("side")) for one in item.get("actors", ())),
        source=_read_attribution(item.get("source")),
        quantities=tuple(
            Quantity(q["what"], q["low"], q["high"], q["bound"], q["unit"], q["text"])
            for q in item.get("quantities", ())
        ),
        score=item["score"],
        reasons=tuple(map(intern, item.get("reasons", ()))),
        claims=tuple(
            ClaimLink(one["record"], one["relation"], one["reason"]) for one in item.get("claims", ())
        ),
    )


def _place(place: Place | None) -> Record | None:
    if place is None:
        return None
    record = {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "lat": _degrees(place.lat),
        "lon": _degrees(place.lon),
        "precision_km": round(float(place.precision_km), 3),
    }
    return record if place.viewpoint == DEFAULT else {**record, "viewpoint": place.viewpoint}


def _read_place(item: Mapping[str, Any] | None) -> Place | None:
    if item is None:
        return None
    of = (item["id"], item["name"], item["kind"], item["country"], item["admin1"])
    return _same_place(*of, item["lon"], item["lat"], item["precision_km"], item.get("viewpoint", DEFAULT))


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


def _when(when: TimeSpan | None) -> Record | None:
    if when is None:
        return None
    return {
        "start": _day(when.start),
        "end": _day(when.end),
        "granularity": when.granularity,
        "relation": when.relation,
        "basis": when.basis,
        "text": when.text,
        "span": list(when.span) if when.span else None,
    }


def _read_when(item: Mapping[str, Any] | None) -> TimeSpan | None:
    if item is None:
        return None
    return TimeSpan(
        start=_read_day(item["start"]),
        end=_read_day(item["end"]),
        granularity=cast("Granularity", item["granularity"]),
        relation=item["relation"],
        basis=item["basis"],
        text=item.get("text", ""),
        span=_pair(item.get("span")),
    )


def _report(report: Report) -> Record:
    evidence = report.evidence
    return {
        "document": report.document,
        "status": report.status,
        "source": _attribution(report.source),
        "when": _when(report.when),
        "trigger": list(report.trigger),
        "evidence": {"start": evidence.start, "end": evidence.end, "text": evidence.text},
    }


def _read_report(item: Mapping[str, Any], document: str) -> Report:
    evidence = item["evidence"]
    span = (evidence["start"], evidence["end"])
    return Report(
        document=item.get("document", document),
        status=cast("Status", item["status"]),
        evidence=Evidence(*span, evidence["text"]),
        trigger=_pair(item.get("trigger")) or span,
        source=_read_attribution(item.get("source")),
        when=_read_when(item.get("when")),
    )


def _attribution(source: Attribution | None) -> Record | None:
    if source is None:
        return None
    return {"name": source.name, "side": source.side, "verb": source.verb, "chain": list(source.chain)}


def _read_attribution(item: Mapping[str, Any] | None) -> Attribution | None:
    if item is None:
        return None
    return Attribution(item["name"], item.get("side"), item.get("verb", ""), tuple(item.get("chain", ())))


def _events(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Located events, then those that `_unplaced` carries whole."""
    yield from record["events"]
    yield from (item["event"] for item in record.get("unplaced", ()) if item.get("event"))


def _unplaced(item: Unplaced, event: Event | None) -> Record:
    carried = {"event": encode_event(event)} if event is not None else {}
    return carried | {
        "what": item.what,
        "text": item.text,
        "reason": item.reason,
        "start": item.start,
        "end": item.end,
        "id": item.id,
    }


def _read_unplaced(item: Mapping[str, Any]) -> Unplaced:
    return Unplaced(item["what"], item["text"], item["reason"], item["start"], item["end"], item.get("id"))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pair(values: Any) -> tuple[int, int] | None:
    return (int(values[0]), int(values[1])) if values else None


def _degrees(value: float) -> float:
    return round(float(value), 6)


def _score(value: float) -> float:
    return round(float(value), 4)
