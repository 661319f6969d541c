"""The record of one document: what of it is written, in which order, and how it is read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from geo.codec.events import encode_event, read_event
from geo.codec.places import encode_candidate, encode_resolution, read_resolution
from geo.codec.values import day_text, read_day
from geo.types import Document, Parsed, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.codec.values import Record
    from geo.types import Event

SCHEMA: Final = 1


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
        "date": day_text(document.date),
        "date_basis": document.date_basis,
    }
    if text and document.text:
        record["text"] = document.text
    record["body_start"] = document.body_start
    ranked = {
        id(item.candidates): item.candidates for item in parsed.resolutions
    }  # mentions of one name share them
    known = {key: [encode_candidate(scored) for scored in candidates] for key, candidates in ranked.items()}
    record["mentions"] = [
        encode_resolution(item, [one.copy() for one in known[id(item.candidates)]])
        for item in parsed.resolutions
    ]
    listed = {item.id for item in parsed.unplaced if item.what == "event"}
    carried = {event.id: event for event in parsed.events if event.id in listed}
    record["events"] = [encode_event(event) for event in parsed.events if event.id not in carried]
    record["unplaced"] = [_unplaced(item, carried.get(item.id or "")) for item in parsed.unplaced]
    record["errors"] = list(parsed.errors)
    return record


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


def _decode(record: Mapping[str, Any]) -> Parsed:
    document = Document(
        id=str(record["id"]),
        text=record.get("text") or "",
        title=record.get("title"),
        source=record.get("source"),
        url=record.get("url"),
        date=read_day(record.get("date")),
        date_basis=record.get("date_basis"),
        body_start=record.get("body_start", 0),
    )
    return Parsed(
        document=document,
        resolutions=tuple(read_resolution(item) for item in record["mentions"]),
        events=tuple(read_event(item, document.id) for item in _events(record)),
        unplaced=tuple(_read_unplaced(item) for item in record.get("unplaced", ())),
        errors=tuple(record.get("errors", ())),
    )


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
