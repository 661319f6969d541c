"""Our own exports back: rows of the layers of events and reports as records."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, get_args

from gazetteer.types import Place
from geo.coded.cells import day_of, number_of
from geo.types import (
    STATUSES,
    Actor,
    Attribution,
    Document,
    Event,
    EventPlace,
    Evidence,
    Granularity,
    Parsed,
    PlaceRole,
    Quantity,
    Report,
    TimeSpan,
    Unplaced,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

JOIN: Final = "; "
_ACTOR: Final = re.compile(r"(.+) \((\w+)\)")
NOWHERE: Final = "it had no place when it was exported"


def records(
    name: str, rows: Sequence[Mapping[str, Any]], reports: Iterable[Mapping[str, Any]], reason: str
) -> list[Parsed]:
    """Make records of exported events: one per document, in the order in which they first appear.

    Parameters
    ----------
    name : str
        Stands for the document where a row names none.
    rows, reports : sequence of mapping
        Rows of the layers; without reports an event has one, made of its own columns.
    reason : str
        First reason of each event.
    """
    told: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in reports:
        told[str(row.get("event_id"))].append(row)
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(str(row.get("id") or row.get("row_id")), []).append(row)
    events: dict[str, list[Event]] = {}
    documents: dict[str, Document] = {}
    for identity, places in grouped.items():
        event = _event(name, identity, places, told.get(identity, []), reason)
        for number, report in enumerate(event.reports):
            source = told[identity][number] if identity in told else places[0]
            documents.setdefault(report.document, _document(report.document, source))
            events.setdefault(report.document, [])
        events[event.reports[0].document].append(event)
    return [_parsed(documents[key], found) for key, found in events.items()]


def _parsed(document: Document, events: list[Event]) -> Parsed:
    lost = [event for event in events if not event.places]
    entries = tuple(
        Unplaced("event", one.reports[0].evidence.text, NOWHERE, *_span(one), one.id) for one in lost
    )
    return Parsed(document, (), tuple(sorted(events, key=lambda event: not event.places)), entries)


def _span(event: Event) -> tuple[int, int]:
    evidence = event.reports[0].evidence
    return evidence.start, evidence.end


def _document(identity: str, row: Mapping[str, Any]) -> Document:
    title = _text(row, "document_title") or _text(row, "document_titles").split(JOIN)[0] or None
    return Document(
        identity,
        "",
        title=title,
        source=_text(row, "document_source") or None,
        url=_text(row, "url") or None,
        date=day_of(_text(row, "document_date")),
    )


def _event(
    name: str, identity: str, rows: list[Mapping[str, Any]], told: list[Mapping[str, Any]], reason: str
) -> Event:
    row = rows[0]
    document = _text(row, "documents").split(JOIN)[0] or name
    reports = tuple(_report(one, _text(one, "document") or document) for one in told or [row])
    return Event(
        id=identity,
        type=_text(row, "type") or "other",
        status=_status(row),  # type: ignore[arg-type]
        standing=_text(row, "standing") or "reported",
        places=tuple(place for one in rows if (place := _place(one))),
        reports=reports,
        when=_when(row),
        actors=tuple(
            Actor(found[1], found[2]) for part in _parts(row, "actors") if (found := _ACTOR.fullmatch(part))
        ),
        source=_source(row),
        quantities=tuple(Quantity("", None, None, "unknown", "", part) for part in _parts(row, "quantities")),
        score=number_of(_text(row, "score")) or 0.0,
        reasons=(reason,),
    )


def _report(row: Mapping[str, Any], document: str) -> Report:
    start = int(number_of(_text(row, "evidence_start")) or 0)
    text = _text(row, "evidence")
    end = int(number_of(_text(row, "evidence_end")) or start + len(text))
    evidence = Evidence(start, end, text)
    return Report(document, _status(row), evidence, (start, start), _source(row), _when(row))  # type: ignore[arg-type]


def _place(row: Mapping[str, Any]) -> EventPlace | None:
    lon, lat = number_of(_text(row, "lon")), number_of(_text(row, "lat"))
    if lon is None or lat is None:
        return None
    role = _text(row, "place_role")
    place = Place(
        _text(row, "place_id") or f"point:{lon:g},{lat:g}",
        _text(row, "place_name") or f"{lat:.4f}, {lon:.4f}",
        _text(row, "place_kind") or "other",
        _text(row, "country") or None,
        _text(row, "admin1") or None,
        round(lon, 6),
        round(lat, 6),
        precision_km=number_of(_text(row, "precision_km")) or 0.0,
    )
    return EventPlace(role if role in get_args(PlaceRole) else "at", place, None, place.name)  # type: ignore[arg-type]


def _when(row: Mapping[str, Any]) -> TimeSpan | None:
    start, end = (_day(row, name) for name in ("date_start", "date_end"))
    text = _text(row, "date_text")
    if start is None and end is None and not text:
        return None
    grain = _text(row, "granularity")
    return TimeSpan(
        start,
        end,
        grain if grain in get_args(Granularity) else "day",  # type: ignore[arg-type]
        _text(row, "date_relation") or "at",
        _text(row, "date_basis") or "explicit",
        text,
    )


def _day(row: Mapping[str, Any], name: str) -> date | None:
    return day_of(_text(row, name))


def _source(row: Mapping[str, Any]) -> Attribution | None:
    name = _text(row, "source")
    if not name:
        return None
    chain = tuple(_parts(row, "source_chain"))
    return Attribution(name, _text(row, "source_side") or None, _text(row, "source_verb"), chain)


def _status(row: Mapping[str, Any]) -> str:
    found = _text(row, "status")
    return found if found in STATUSES else "happened"


def _parts(row: Mapping[str, Any], name: str) -> list[str]:
    return [part for part in _text(row, name).split(JOIN) if part]


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()
