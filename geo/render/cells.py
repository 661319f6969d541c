"""Maps of very many events: counted by cells of a grid, with the newest events for the list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.layers.extent import extent
from geo.layers.tally import KEPT, tally_of_rows
from geo.render.periods import UNITS, Periods, bounds, periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.layers.counts import Counts
    from geo.layers.layer import Layer
    from geo.layers.tally import Spot, Tally
    from geo.types import Parsed

Row = dict[str, Any]
LIMIT: Final = 200_000
"""More events than this are counted by cells."""
NAMED: Final = 500
"""Places named that such a map lists, the most often named ones."""
SIDES: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Sides of the cells, degrees: the finest that gives at most `MOST` cells."""
MOST: Final = 3000
ROWS: Final = 500_000
"""Most rows of numbers by cell, type, status and periods: they decide the unit of time."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Exact numbers of events; one at places in two cells counts in each, at two places in one cell once.

    Attributes
    ----------
    side : float
        Side of a cell, degrees; a cell is cut where a first-level unit ends.
    periods : Periods
        By which the numbers are parted; of the finest unit that gives at most `ROWS` rows.
    days : (str, str) or None
        First and last day of all events.
    total, unplaced, named, documents : int
        Whole numbers of what the page lists in part: events, what has no place, places named, documents.
    places : list of dict
        A row for each cell, as of the layer of places; events known only to a region have their region's.
    counts, units, totals : Counts
        Numbers by place, by first-level unit and of all.
    parsed : list of Parsed
        Documents that tell of the events in the list, with those events alone.
    """

    side: float
    periods: Periods
    days: tuple[str, str] | None
    total: int
    unplaced: int
    named: int
    documents: int
    places: list[Row]
    counts: Counts
    units: Counts
    totals: Counts
    parsed: list[Parsed]


def counted(layers: Mapping[str, Layer], limit: int = LIMIT) -> dict[str, Layer]:
    """Cut layers with more than `limit` events to the newest ones, and count all (`geo.layers.build` does it sooner).

    Unchanged up to the limit, and where `geo.layers.build` has done it.
    """
    events = layers["events"]
    many = len(events) > limit and len({row["id"] for row in events.rows}) > limit
    if events.tally is not None or not many:
        return dict(layers)
    cut = _cut(layers)
    tally = tally_of_rows(events.rows)
    tally.box = extent(events, layers["places"], layers["flows"])
    for line in layers["flows"].geometry:
        tally.moved.update(line.coords if line is not None else ())
    tally.unplaced = len(layers["unplaced"])
    cut["events"].tally = tally
    return cut


def aggregated(
    layers: Mapping[str, Layer], parsed: Sequence[Parsed], around: str, since: Iterable[str] = ()
) -> tuple[dict[str, Layer], Cells | None]:
    """Count events by cells and choose the places that the page lists; unchanged where all events have rows.

    ``around`` names a cell after the place in it with most events: "{place} and around"; ``since`` are days on which
    claims begin: their periods are there to be chosen too.
    """
    tally = layers["events"].tally
    if tally is None:
        return dict(layers), None
    side, spans = _side(tally), tally.spans
    labels = [_label(spot, side) for spot in tally.spots]
    days = [date.fromisoformat(day).toordinal() for day in since if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    by_cell = tally.grouped(labels)
    for unit in UNITS:
        by_unit = periods(spans, days, unit)
        numbers = [by_unit.of(span) for span in spans]
        if by_cell.rows(numbers) <= ROWS:
            break
    keys = {(row["document"], row["evidence_start"], row["evidence_end"]) for row in layers["reports"].rows}
    told_of = {key[0] for key in keys}
    found = Cells(
        side=side,
        periods=by_unit,
        days=bounds(spans),
        total=tally.total,
        unplaced=tally.unplaced,
        named=sum(1 for row in layers["places"].rows if row["mentions"]),
        documents=len(parsed),
        places=_cell_places(tally, labels, around),
        counts=by_cell.counted(numbers),
        units=tally.grouped([_unit(spot) for spot in tally.spots]).counted(numbers),
        totals=tally.whole().counted(numbers),
        parsed=[_told(item, keys) for item in parsed if item.document.id in told_of],
    )
    events = _with(layers["events"], newest_first(layers["events"].rows))
    places = _needed_places(layers, tally)
    places.rows.extend(found.places)
    return {**layers, "events": events, "places": places}, found


def newest_first(rows: list[Row]) -> list[Row]:
    """Rows of the events by date, the newest first, undated ones last; otherwise as they come."""
    return sorted(rows, key=lambda row: row["date_start"] or row["date_end"] or "", reverse=True)


def _side(tally: Tally) -> float:
    import numpy as np

    points = {(spot.lon, spot.lat) for spot in tally.spots if not spot.is_area}
    spots = np.array(sorted(points) or [(0.0, 0.0)])
    fits = (side for side in SIDES if len(np.unique(np.floor(spots / side), axis=0)) <= MOST)
    return next(fits, SIDES[-1])


def _label(spot: Spot, side: float) -> str:
    """Id of the place that stands for one of events: its cell within its unit, or itself where it is a region."""
    if spot.is_area:
        return spot.id
    return f"cell:{spot.lon // side:.0f}:{spot.lat // side:.0f}:{spot.admin1 or ''}"


def _unit(spot: Spot) -> str:
    if spot.kind == "admin1":
        return spot.id
    return f"iso:{spot.admin1}" if spot.admin1 else ""


def _cell_places(tally: Tally, labels: Sequence[str], around: str) -> list[Row]:
    """Each cell as a place: in the middle of its events, named after the place in it with most of them."""
    cells: dict[str, dict[tuple[str, str], list[Any]]] = {}
    for (spot, rows), label in zip(tally.rows_at(), labels, strict=True):
        if label.startswith("cell:"):
            held = cells.setdefault(label, {})
            held.setdefault((spot.id, spot.name), [0, spot.lon, spot.lat, spot.admin1])[0] += rows
    found = []
    for label, spots in sorted(cells.items()):
        total = sum(spot[0] for spot in spots.values())
        (_, name), first = max(spots.items(), key=lambda item: (item[1][0], item[0]))
        found.append(
            {
                "id": label,
                "kind": "cell",
                "name": around.format(place=name) if len(spots) > 1 else name,
                "admin1": first[3],
                "lon": sum(spot[0] * spot[1] for spot in spots.values()) / total,
                "lat": sum(spot[0] * spot[2] for spot in spots.values()) / total,
                "mentions": 0,
                "literal": 0,
                "precision_km": 0.0,
                "is_area": False,
            }
        )
    return found


def _cut(layers: Mapping[str, Layer]) -> dict[str, Layer]:
    """Layers with the newest events, their reports and movements, and the first of what could not be placed."""
    rows = newest_first(layers["events"].rows)
    ids = set(list(dict.fromkeys(row["id"] for row in rows))[:KEPT])
    kept = {
        "events": [row for row in layers["events"].rows if row["id"] in ids],
        "reports": [row for row in layers["reports"].rows if row["event_id"] in ids],
        "flows": [row for row in layers["flows"].rows if row["event_id"] in ids],
        "unplaced": layers["unplaced"].rows[:KEPT],
    }
    return {**layers, **{name: _with(layers[name], rows) for name, rows in kept.items()}}


def _with(layer: Layer, rows: list[Row]) -> Layer:
    return replace(layer, rows=rows, geometry=[None] * len(rows))


def _needed_places(layers: Mapping[str, Layer], tally: Tally) -> Layer:
    """Places of the events that the list has, regions with events, and those that are named most often."""
    needed = {row["place_id"] for row in layers["events"].rows}
    needed |= {spot.id for spot in tally.spots if spot.is_area}
    needed |= {row[end] for row in layers["flows"].rows for end in ("origin_id", "destination_id")}
    places = layers["places"].rows
    often = sorted((row for row in places if row["mentions"]), key=lambda row: -row["mentions"])
    needed |= {row["id"] for row in often[:NAMED]}
    return _with(layers["places"], [row for row in places if row["id"] in needed])


def _told(item: Parsed, keys: set[tuple[str, int, int]]) -> Parsed:
    def listed(event: Any) -> bool:
        return any((r.document, r.evidence.start, r.evidence.end) in keys for r in event.reports)

    return replace(item, events=tuple(event for event in item.events if listed(event)))


def cells_data(cells: Cells, types: Mapping[str, int], places: Mapping[str, int]) -> Row:
    """Tables of the page: numbers of places and types instead of their names.

    A table has lines (``of``, ``type``, ``status``; ``n`` events with ``reports``) and, for each, ``rows`` rows by
    time: ``each`` events that can have happened from period ``first`` on (0: no date) for ``long`` periods more,
    and what their reports are ``more``.
    """
    tables: Row = {}
    for name, found in (("counts", cells.counts), ("units", cells.units), ("totals", cells.totals)):
        tables[name] = {
            "of": [places.get(line[0], -1) if name == "counts" else line[0] for line in found.lines],
            "type": [types[line[1]] for line in found.lines],
            "status": [line[2] for line in found.lines],
            "n": [line[3] for line in found.lines],
            "reports": [line[4] for line in found.lines],
            "rows": found.rows,
            "first": found.first,
            "long": [last - first for first, last in zip(found.first, found.last, strict=True)],
            "each": found.events,
            "more": [told - n for told, n in zip(found.reports, found.events, strict=True)],
        }
    known: Row = {"side": cells.side, "total": cells.total, "unplaced": cells.unplaced}
    known |= {"unit": cells.periods.unit, "periods": cells.periods.days(), "days": list(cells.days or ())}
    return {**tables, **known, "named": cells.named, "documents": cells.documents}
