"""Layer of what was found but has no place on the map: listed with the reason, never dropped."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.layers.layer import Layer
from geo.layers.schema import UNPLACED
from geo.types import Event, Parsed, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NO_PLACE = "the text names no place for it"


def unplaced_layer(
    parsed: Sequence[Parsed], events: Sequence[Event], most: int | None = None
) -> tuple[Layer, int]:
    """Mentions and events without a place, in the order of the documents; all geometries are None.

    Events come from the merged list, so that one event reported twice is listed once; the reason is the one
    that a document's own list gives, if it gives one. The layer has the first `most` rows (default: all), the
    number is that of all.
    """
    layer = Layer("unplaced", "Could not be placed", UNPLACED)
    entries: defaultdict[str, list[Unplaced]] = defaultdict(list)
    total = 0
    for name, entry in _entries(parsed, events):
        entries[name].append(entry)
    for item in parsed:
        document = item.document
        mine = sorted(entries.get(document.id, ()), key=lambda e: (e.start, e.end, e.what))
        total += len(mine)
        room = None if most is None else max(most - len(layer), 0)
        for number, entry in enumerate(mine[:room], start=1):
            layer.add(
                None,
                row_id=f"{document.id}.{number}",
                what=entry.what,
                text=entry.text,
                reason=entry.reason,
                document=document.id,
                document_title=document.title or document.id,
                start=entry.start,
                end=entry.end,
                event_id=entry.id,
            )
    return layer, total


def _entries(parsed: Sequence[Parsed], events: Sequence[Event]) -> Iterator[tuple[str, Unplaced]]:
    reasons: dict[tuple[str, int], str] = {}
    asked = {
        (item.document.id, entry.start) for item in parsed for entry in item.unplaced if entry.what == "event"
    }
    reported = {
        key
        for event in (events if asked else ())
        for report in event.reports
        if (key := (report.document, report.evidence.start)) in asked
    }
    for item in parsed:
        for entry in item.unplaced:
            if entry.what != "event":
                yield item.document.id, entry
                continue
            reasons[item.document.id, entry.start] = entry.reason
            if (item.document.id, entry.start) not in reported:
                yield item.document.id, entry
    for event in events:
        if event.reports and not any(place.place for place in event.places):
            report = event.reports[0]
            start, end = report.evidence.start, report.evidence.end
            reason = reasons.get((report.document, start), NO_PLACE)
            yield (
                report.document,
                Unplaced("event", report.evidence.text, reason, start, end, event.id),
            )
