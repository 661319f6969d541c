"""The gold texts of this folder as documents with their places: no gazetteer is needed.

A mention is written ``name|role|kind|parent|country`` in the order of the text; role L literal, M metonym,
X modifier; the rest may be left out (a city of nowhere).
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.types import Place
from geo import dates, events, ontology
from geo.types import Document, Event, Mention, Parsed, Resolution, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GOLD = Path(__file__).with_name("gold.jsonl")
ROLES: Mapping[str, Role] = {"L": "literal", "M": "metonym", "X": "modifier"}

Case = tuple[dict[str, Any], Parsed, dict[str, dict[str, Any]]]


def records() -> list[dict[str, Any]]:
    """All gold records."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def resolutions(text: str, mentions: list[str]) -> list[Resolution]:
    """Resolutions of `mentions`, found one after the other in `text`."""
    found, at = [], 0
    for entry in mentions:
        name, role, kind, parent, country = (*entry.split("|"), "", "", "")[:5]
        start = text.index(name, at)
        at = start + len(name)
        admin1 = f"gold:{parent}" if parent else None
        place = Place(f"gold:{name}", name, kind or "city", country or None, admin1, 0.0, 0.0)
        found.append(Resolution(Mention(start, at, name, ROLES[role], name.lower()), place, 1.0))
    return found


def read(record: Mapping[str, Any]) -> Parsed:
    """A gold record with its events as read by the package."""
    day = date.fromisoformat(record["date"]) if record.get("date") else None
    document = Document(record["id"], record["text"], date=day)
    known = resolutions(record["text"], record["mentions"])
    found = events.extract(document, known, dates.find_times(document), ontology.load())
    return Parsed(document, tuple(known), tuple(found))


def cases(part: str | None = None) -> Iterator[Case]:
    """Gold records of one part with what was read, and the table of their places for the scorer."""
    for record in records():
        if part in {None, record["part"]}:
            parsed = read(record)
            places = {
                item.mention.text: {
                    "id": item.place.id,
                    "kind": item.place.kind,
                    "country": "",
                    "lat": 0,
                    "lon": 0,
                    "tol": -1,
                }
                for item in parsed.resolutions
                if item.place
            }
            yield record, parsed, places


def parse(text: str, *mentions: str, day: date | None = date(2022, 10, 13), name: str = "d") -> list[Event]:
    """Events of a short text."""
    document = Document(name, text, date=day)
    known = resolutions(text, list(mentions))
    return events.extract(document, known, dates.find_times(document), ontology.load())
