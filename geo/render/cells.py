"""Maps of very many events: counted by cells of a grid, with the newest events for the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.layers.layer import Layer
    from geo.types import Parsed

    Numbers = NDArray[np.int64]

Row = dict[str, Any]
LIMIT: Final = 200_000
"""More events than this are counted by cells."""
KEPT: Final = 2000
"""Events of the list then, and most rows of each of its other parts."""
SIDES: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Sides of the cells, degrees: the finest that gives at most `MOST` cells."""
MOST: Final = 3000


@dataclass(frozen=True, slots=True)
class Cells:
    """Exact numbers of events; one at places in two cells counts in each, at two places in one cell once.

    Attributes
    ----------
    side : float
        Side of a cell, degrees; a cell is cut where a first-level unit ends.
    total, unplaced, named, documents : int
        Whole numbers of what the page lists in part: events, what has no place, places named, documents.
    places : list of dict
        A row for each cell, as of the layer of places; events known only to a region have their region's.
    counts, units, totals : list of tuple
        (place or unit or "", type, status, events, reports), by place, by first-level unit and of all.
    parsed : list of Parsed
        Documents with those events alone that the list has.
    """

    side: float
    total: int
    unplaced: int
    named: int
    documents: int
    places: list[Row]
    counts: list[tuple[str, str, str, int, int]]
    units: list[tuple[str, str, str, int, int]]
    totals: list[tuple[str, str, str, int, int]]
    parsed: list[Parsed]


def aggregated(
    layers: Mapping[str, Layer], parsed: Sequence[Parsed], around: str, limit: int = LIMIT
) -> tuple[dict[str, Layer], Cells | None]:
    """Cut the layers to what the page lists, and count the rest by cells; unchanged up to `limit` events.

    ``around`` names a cell after the place in it with most events: "{place} and around".
    """
    rows = layers["events"].rows
    if len(rows) <= limit or len({row["id"] for row in rows}) <= limit:
        return dict(layers), None
    side = _side(rows)
    labels = [_label(row, side) for row in rows]
    cells = _Tally(rows)
    cut = _cut(layers)
    keys = {(row["document"], row["evidence_start"], row["evidence_end"]) for row in cut["reports"].rows}
    found = Cells(
        side=side,
        total=len(cells.ids),
        unplaced=len(layers["unplaced"]),
        named=sum(1 for row in layers["places"].rows if row["mentions"]),
        documents=len(parsed),
        places=_cell_places(rows, labels, around),
        counts=cells.by(labels),
        units=cells.by([_unit(row) for row in rows]),
        totals=cells.by(["all"] * len(rows)),
        parsed=[_told(item, keys) for item in parsed[:KEPT]],
    )
    cut["places"].rows.extend(found.places)
    return cut, found


def newest_first(rows: list[Row]) -> list[Row]:
    """Rows of the events by date, the newest first, undated ones last; otherwise as they come."""
    return sorted(rows, key=lambda row: row["date_start"] or row["date_end"] or "", reverse=True)


def _side(rows: Sequence[Row]) -> float:
    import numpy as np

    points = {(row["lon"], row["lat"]) for row in rows if row["lon"] is not None and not row["is_area"]}
    spots = np.array(sorted(points) or [(0.0, 0.0)])
    fits = (side for side in SIDES if len(np.unique(np.floor(spots / side), axis=0)) <= MOST)
    return next(fits, SIDES[-1])


def _label(row: Row, side: float) -> str:
    """Id of the place that stands for a row's: its cell within its unit, or its region; "" without a place."""
    if row["lon"] is None or row["is_area"]:
        return row["place_id"] or ""
    return f"cell:{row['lon'] // side:.0f}:{row['lat'] // side:.0f}:{row['admin1'] or ''}"


def _unit(row: Row) -> str:
    return (row["place_id"] or "") if row["place_kind"] == "admin1" else f"iso:{row['admin1']}"


def _numbered(values: Iterable[Any]) -> tuple[dict[Any, int], Numbers]:
    import numpy as np

    known: dict[Any, int] = {}
    return known, np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)


class _Tally:
    """Counts different events by a label of their rows, by type and by status."""

    def __init__(self, rows: Sequence[Row]) -> None:
        import numpy as np

        self.ids, self.event = _numbered(row["id"] for row in rows)
        self.kinds, self.kind = _numbered((row["type"], row["status"]) for row in rows)
        self.reports = np.array([max(row["reports"] or 0, 1) for row in rows], dtype=np.int64)

    def by(self, labels: Sequence[str]) -> list[tuple[str, str, str, int, int]]:
        """Return (label, type, status, events, reports), sorted; rows without a label are left out."""
        import numpy as np

        names, group = _numbered(labels)
        _, once = np.unique(self.event * len(names) + group, return_index=True)
        pairs, back = np.unique(group[once] * len(self.kinds) + self.kind[once], return_inverse=True)
        events = np.bincount(back)
        reports = np.bincount(back, weights=self.reports[once])
        labels_, kinds = list(names), list(self.kinds)
        found = (
            (labels_[pair // len(kinds)], *kinds[pair % len(kinds)], int(n), int(told))
            for pair, n, told in zip(pairs.tolist(), events, reports, strict=True)
        )
        return sorted(entry for entry in found if entry[0])


def _cell_places(rows: Sequence[Row], labels: Sequence[str], around: str) -> list[Row]:
    """Each cell as a place: in the middle of its events, named after the place in it with most of them."""
    cells: dict[str, dict[tuple[str, str], list[float]]] = {}
    for row, label in zip(rows, labels, strict=True):
        if label.startswith("cell:"):
            spot = cells.setdefault(label, {}).setdefault(
                (row["place_id"], row["place_name"] or ""), [0, row["lon"], row["lat"], row["admin1"]]
            )
            spot[0] += 1
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
    """Layers with the newest events, their reports, movements and places, and the first rows of the rest."""
    newest = newest_first(layers["events"].rows)
    ids = set(list(dict.fromkeys(row["id"] for row in newest))[:KEPT])
    events = [row for row in newest if row["id"] in ids]
    flows = [row for row in layers["flows"].rows if row["event_id"] in ids]
    needed = {row["place_id"] for row in events}
    needed |= {row["place_id"] for row in layers["events"].rows if row["is_area"]}
    needed |= {row[end] for row in flows for end in ("origin_id", "destination_id")}
    places = layers["places"].rows
    needed |= {row["id"] for row in sorted(places, key=lambda row: -row["mentions"])[:500] if row["mentions"]}
    kept = {
        "events": events,
        "reports": [row for row in layers["reports"].rows if row["event_id"] in ids],
        "flows": flows,
        "places": [row for row in places if row["id"] in needed],
        "unplaced": layers["unplaced"].rows[:KEPT],
    }
    made = {
        name: replace(layers[name], rows=rows, geometry=[None] * len(rows)) for name, rows in kept.items()
    }
    return {**layers, **made}


def _told(item: Parsed, keys: set[tuple[str, int, int]]) -> Parsed:
    def listed(event: Any) -> bool:
        return any((r.document, r.evidence.start, r.evidence.end) in keys for r in event.reports)

    return replace(item, events=tuple(event for event in item.events if listed(event)))


def cells_data(cells: Cells, types: Mapping[str, int], places: Mapping[str, int]) -> Row:
    """Tables of the page: numbers of places and types instead of their names."""
    tables: Row = {}
    for name, rows in (("counts", cells.counts), ("units", cells.units), ("totals", cells.totals)):
        tables[name] = {
            "of": [places.get(row[0], -1) if name == "counts" else row[0] for row in rows],
            "type": [types[row[1]] for row in rows],
            "status": [row[2] for row in rows],
            "n": [row[3] for row in rows],
            "reports": [row[4] for row in rows],
        }
    known = {"side": cells.side, "total": cells.total, "unplaced": cells.unplaced}
    return {**tables, **known, "named": cells.named, "documents": cells.documents}
