"""Events as parts of a record, and back: their places, times, reports and who says so."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, cast

from geo.codec.places import PLACE_KEYS, encode_place, read_place
from geo.codec.values import day_text, pair, read_day, rounded
from geo.types import (
    Actor,
    Attribution,
    ClaimLink,
    Event,
    EventPlace,
    Evidence,
    Quantity,
    Report,
    TimeSpan,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.codec.values import Record
    from geo.types import Granularity, PlaceRole, Status


def encode_event(event: Event) -> Record:
    """Turn an event into its record; merged events (`geo events`) have reports of several documents."""
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "standing": event.standing,
        "places": [
            {"role": item.role, "mention": item.mention, "text": item.text, "reason": item.reason}
            | (encode_place(item.place) or dict.fromkeys(PLACE_KEYS))
            for item in event.places
        ],
        "when": _when(event.when),
        "actors": [{"name": actor.name, "role": actor.role, "side": actor.side} for actor in event.actors],
        "source": _attribution(event.source),
        "quantities": [
            {"what": q.what, "low": q.low, "high": q.high, "bound": q.bound, "unit": q.unit, "text": q.text}
            for q in event.quantities
        ],
        "score": rounded(event.score),
        "reasons": list(event.reasons),
        "sources": event.sources,
        "sides": list(event.sides),
        "claims": [
            {"record": link.record, "relation": link.relation, "reason": link.reason} for link in event.claims
        ],
        "reports": [_report(report) for report in event.reports],
    }


def read_event(item: Mapping[str, Any], document: str) -> Event:
    """Read an event back; `document` is the id for reports that name none."""
    return Event(
        id=item["id"],
        type=item["type"],
        status=cast("Status", item["status"]),
        standing=item["standing"],
        places=tuple(
            EventPlace(
                cast("PlaceRole", one["role"]),
                read_place(one) if one.get("id") is not None else None,
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


def _when(when: TimeSpan | None) -> Record | None:
    if when is None:
        return None
    return {
        "start": day_text(when.start),
        "end": day_text(when.end),
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
        start=read_day(item["start"]),
        end=read_day(item["end"]),
        granularity=cast("Granularity", item["granularity"]),
        relation=item["relation"],
        basis=item["basis"],
        text=item.get("text", ""),
        span=pair(item.get("span")),
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
        trigger=pair(item.get("trigger")) or span,
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
