"""The gold texts of this folder as documents with their places: no gazetteer is needed.

`geo.scoring.eventgold` says how a mention is written.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import dates, events, ontology
from geo.scoring.eventgold import case, resolutions
from geo.types import Document, Event, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GOLD = Path(__file__).with_name("gold.jsonl")

Case = tuple[dict[str, Any], Parsed, dict[str, dict[str, Any]]]


def records() -> list[dict[str, Any]]:
    """All gold records."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def read(record: Mapping[str, Any]) -> Parsed:
    """A gold record with its events as read by the package."""
    gold = case(dict(record))
    known = gold.resolutions or ()
    found = events.extract(gold.document, known, dates.find_times(gold.document), ontology.load())
    return Parsed(gold.document, known, tuple(found))


def cases(part: str | None = None) -> Iterator[Case]:
    """Gold records of one part with what was read, and the table of their places for the scorer."""
    for record in records():
        if part in {None, record["part"]}:
            yield record, read(record), dict(case(record).places)


def parse(text: str, *mentions: str, day: date | None = date(2022, 10, 13), name: str = "d") -> list[Event]:
    """Events of a short text."""
    document = Document(name, text, date=day)
    known = resolutions(text, list(mentions))
    return events.extract(document, known, dates.find_times(document), ontology.load())
