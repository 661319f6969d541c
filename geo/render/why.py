"""Why an event stands where it stands: the mentions behind its places, with their candidates and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.render.reasons import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.layers.layer import Layer
    from geo.render.island import Pool
    from geo.types import Event, EventPlace, Parsed, Resolution

TOP: Final = 3
"""Most candidates of a mention that are shown."""
Key = tuple[str, int, int, str]


class Told:
    """Finds, for a merged event, the events of single documents that went into it."""

    def __init__(self, parsed: Sequence[Parsed], layers: Mapping[str, Layer]) -> None:
        self._by_report: dict[tuple[Key, str], list[tuple[int, Parsed, Event]]] = {}
        serial = 0
        for item in parsed:
            for event in item.events:
                serial += 1
                marks = {f"at {place.place.id}" for place in event.places if place.place} or {"at "}
                for report in event.reports:
                    key = (report.document, report.evidence.start, report.evidence.end, event.type)
                    for mark in (f"id {event.id}", *sorted(marks)):
                        self._by_report.setdefault((key, mark), []).append((serial, item, event))
        self._found: dict[str, list[tuple[Parsed, Event]]] = {}
        self._rows: dict[str, set[str]] = {}
        self._types: dict[str, str] = {}
        for row in layers["events"].rows:
            self._types[row["id"]] = row["type"]
            self._rows.setdefault(row["id"], set()).add(row["place_id"] or "")
        self._reports: dict[str, list[Key]] = {}
        for row in layers["reports"].rows:
            key = (row["document"], row["evidence_start"], row["evidence_end"], self._types[row["event_id"]])
            self._reports.setdefault(row["event_id"], []).append(key)

    def events(self, event_id: str) -> list[tuple[Parsed, Event]]:
        """Events of documents that an event was made of; of several in one sentence those with its places."""
        if event_id not in self._found:
            marks = [f"id {event_id}", *(f"at {place}" for place in sorted(self._rows.get(event_id, ())))]
            keys = ((key, mark) for key in self._reports.get(event_id, ()) for mark in marks)
            found = {
                n: (item, event) for wanted in keys for n, item, event in self._by_report.get(wanted, ())
            }
            listed = [found[n] for n in sorted(found)]
            unique = {(item.document.id, event.id): (item, event) for item, event in listed}
            self._found[event_id] = list(unique.values())
        return self._found[event_id]


def why_data(told: Told, ids: Iterable[str], pool: Pool, catalogue: Mapping[str, str]) -> dict[str, Any]:
    """Tables ``of`` (event, mention, reason) and ``mentions``; equal mentions stand there once."""
    mentions: dict[tuple[Any, ...], int] = {}
    rows: dict[tuple[int, int, int], None] = {}
    for number, event_id in enumerate(ids):
        for item, event in told.events(event_id):
            for place in event.places:
                if (found := _resolution(item, place)) is not None:
                    entry = _entry(found, pool, catalogue)
                    mention = mentions.setdefault(entry, len(mentions))
                    rows.setdefault((number, mention, pool.add(in_words(place.reason, catalogue))))
    return {
        "of": [list(column) for column in zip(*rows, strict=True)] or [[], [], []],
        "mentions": [list(entry) for entry in mentions],
    }


def _resolution(item: Parsed, place: EventPlace) -> Resolution | None:
    inside = place.mention is not None and 0 <= place.mention < len(item.resolutions)
    return item.resolutions[place.mention] if inside and place.mention is not None else None


def _entry(found: Resolution, pool: Pool, catalogue: Mapping[str, str]) -> tuple[Any, ...]:
    """Words, chosen place, score, reasons, candidates: texts as numbers into the pool."""

    def kind(name: str) -> int:
        return pool.add(catalogue.get(f"kind.{name}", name))

    candidates = tuple(
        (pool.add(c.place.name), kind(c.place.kind), pool.add(c.place.country), _shown(c.score))
        for c in found.candidates[:TOP]
    )
    reasons = tuple(pool.add(in_words(reason, catalogue)) for reason in found.reasons)
    chosen = pool.add(found.place.name) if found.place else -1
    return pool.add(found.mention.text), chosen, _shown(found.score), reasons, candidates


def _shown(score: float) -> float:
    """Two digits, by way of the four that records keep, so that a map of records is the map of the texts."""
    return round(round(score, 4), 2)


def sides_data(told: Told, layers: Mapping[str, Layer], ids: Sequence[str]) -> dict[str, Any]:
    """Codes of the sides that act, are acted on or speak, and (event, side) pairs as two columns."""
    numbers = {event_id: number for number, event_id in enumerate(ids)}
    found = {(numbers[row["id"]], row["source_side"]) for row in layers["events"].rows}
    found |= {(numbers[row["event_id"]], row["source_side"]) for row in layers["reports"].rows}
    for event_id, number in numbers.items():
        for _, event in told.events(event_id):
            found |= {(number, actor.side) for actor in event.actors}
    pairs = sorted((number, side) for number, side in found if side)
    codes = sorted({side for _, side in pairs})
    places = {code: number for number, code in enumerate(codes)}
    return {"codes": codes, "of": [[number for number, _ in pairs], [places[side] for _, side in pairs]]}
