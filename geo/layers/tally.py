"""Very many events: exact numbers by place, type and status of all, and which of them are the newest."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geo.layers.counts import Grouped, ranked
from geo.layers.events import drawn_places
from geo.layers.flows import movements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.types import Place
    from geo.layers.counts import Span
    from geo.layers.extent import Box
    from geo.types import Event

KEPT: Final = 2000
"""Events that have rows when the others are only counted, and most rows of what could not be placed."""
DATES: Final = ("date_start", "date_end")


class Spot(NamedTuple):
    """A place of events; ``kind``, ``admin1`` and ``is_area`` as columns of the layer of events have them."""

    id: str
    name: str
    kind: str | None
    admin1: str | None
    lon: float
    lat: float
    is_area: bool


@dataclass(slots=True)
class Tally:
    """What is known of all events where the layer of events has rows of the newest alone.

    Attributes
    ----------
    unplaced : int
        All that could not be placed.
    nowhere : int
        Events without a place.
    box : tuple or None
        What `geo.layers.extent` gives for all events.
    spots : dict of Spot to int
        Different places of events, numbered in the order in which they come.
    moved : Counter of (lon, lat)
        Ends of movements, each as often as it is one.
    """

    unplaced: int = 0
    nowhere: int = 0
    box: Box | None = None
    spots: dict[Spot, int] = field(default_factory=dict)
    moved: Counter[tuple[float, float]] = field(default_factory=Counter)
    _ids: dict[str, int] = field(default_factory=dict)
    _kinds: dict[tuple[str, str], int] = field(default_factory=dict)
    # a row for each event and place: number of the event, of its type and status, of its place (-1: none)
    _event: array[int] = field(default_factory=lambda: array("i"))
    _kind: array[int] = field(default_factory=lambda: array("i"))
    _spot: array[int] = field(default_factory=lambda: array("i"))
    _reports: array[int] = field(default_factory=lambda: array("i"))
    _spans: dict[Span, int] = field(default_factory=dict)
    _span: array[int] = field(default_factory=lambda: array("i"))

    def add(
        self, event: str, kind: tuple[str, str], reports: int, spot: Spot | None, days: Span = (0, 0)
    ) -> None:
        """Count an event, its (type, status), number of reports and days, at one of its places."""
        self._span.append(self._spans.setdefault(days, len(self._spans)))
        self._event.append(self._ids.setdefault(event, len(self._ids)))
        self._kind.append(self._kinds.setdefault(kind, len(self._kinds)))
        self._reports.append(max(reports, 1))
        self._spot.append(-1 if spot is None else self.spots.setdefault(spot, len(self.spots)))

    @property
    def total(self) -> int:
        """Number of different events."""
        return len(self._ids)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Each type and status there is."""
        return list(self._kinds)

    @property
    def spans(self) -> list[Span]:
        """Different first and last days of events, in the order in which they come."""
        return list(self._spans)

    @property
    def most_reports(self) -> int:
        """Reports of the event that most tell of."""
        return max(self._reports, default=0)

    def rows_at(self) -> Iterator[tuple[Spot, int]]:
        """Give each place with the number of rows it has."""
        import numpy as np

        placed = np.asarray(self._spot)
        many = np.bincount(placed[placed >= 0], minlength=len(self.spots))
        return zip(self.spots, many.tolist(), strict=True)

    def points(self) -> Counter[tuple[float, float]]:
        """Give points of events known to less than a country, and the ends of movements, with their numbers."""
        found = Counter(self.moved)
        for spot, many in self.rows_at():
            if spot.kind not in {"country", "continent"}:
                found[spot.lon, spot.lat] += many
        return found

    def grouped(self, labels: Sequence[str]) -> Grouped:
        """Give different events by a label of each place (in the order of `spots`), to be counted.

        An event at several places of one label is there once. Places with the label "" are left out.
        """
        return self._grouped([*labels, ""])

    def whole(self) -> Grouped:
        """Give all events under the label "all", those without a place too."""
        return self._grouped(["all"] * (len(self.spots) + 1))

    def _grouped(self, labels: Sequence[str]) -> Grouped:
        """Give events by the label of each place; the last is that of rows without one."""
        import numpy as np

        names, label = ranked(labels)
        kinds, kind = ranked(self.kinds)
        of = label[np.asarray(self._spot)]
        _, once = np.unique(np.asarray(self._event, dtype=np.int64) * len(names) + of, return_index=True)
        once = once[np.array([name != "" for name in names])[of[once]]]
        line = of[once] * len(kinds) + kind[np.asarray(self._kind)[once]]
        return Grouped(names, kinds, line, np.asarray(self._span)[once], np.asarray(self._reports)[once])


def tally_of(events: Iterable[Event]) -> Tally:
    """Count all events; one at several places has a row at each, as in the layer of events."""
    tally = Tally()
    known: dict[tuple[str, float, float], Spot] = {}
    for event in events:
        kind, reports, days = (event.type, event.status), len(event.reports), _days(event)
        places = drawn_places(event)
        for one in places:
            if one.place is not None:
                tally.add(event.id, kind, reports, _spot(one.place, known), days)
        if not places:
            tally.add(event.id, kind, reports, None, days)
            tally.nowhere += 1
        for start, _, end in movements(event):
            tally.moved.update(((start.lon, start.lat), (end.lon, end.lat)))
    return tally


def tally_of_rows(rows: Iterable[dict[str, Any]]) -> Tally:
    """Count the rows of a layer of events."""
    tally = Tally()
    for row in rows:
        spot = None
        tally.nowhere += not row["place_id"]
        if row["place_id"] and row["lon"] is not None:
            spot = Spot(
                row["place_id"],
                row["place_name"] or "",
                row["place_kind"],
                row["admin1"],
                row["lon"],
                row["lat"],
                bool(row["is_area"]),
            )
        start, end = (row[name] and date.fromisoformat(row[name]).toordinal() for name in DATES)
        tally.add(row["id"], (row["type"], row["status"]), row["reports"] or 0, spot, (start or 0, end or 0))
    return tally


def newest(events: Sequence[Event]) -> list[Event]:
    """Give the `KEPT` newest events, in the order in which they come."""
    days = (_day(event) for event in events)
    chosen = nlargest(KEPT, ((day, -number) for number, day in enumerate(days)))
    return [events[-number] for number in sorted((number for _, number in chosen), reverse=True)]


def _day(event: Event) -> int:
    start, end = _days(event)
    return start or end


def _days(event: Event) -> Span:
    when = event.when
    if when is None:
        return 0, 0
    return (when.start.toordinal() if when.start else 0), (when.end.toordinal() if when.end else 0)


def _spot(place: Place, known: dict[tuple[str, float, float], Spot]) -> Spot:
    """Spot of a place: one object for each, as hashing a whole record for each event would cost more."""
    key = (place.id, place.lon, place.lat)
    if key not in known:
        known[key] = Spot(
            place.id, place.name, place.kind, place.admin1, place.lon, place.lat, bool(place.is_area)
        )
    return known[key]
