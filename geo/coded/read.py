"""Rows -> records: one event each, at the point and on the day that the row gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from gazetteer.types import Place
from geo.coded import own
from geo.coded.cells import around, number_of, point_of, span_of
from geo.coded.kinds import type_of
from geo.coded.layouts import layout_of
from geo.coded.mark import CODED
from geo.types import (
    STATUSES,
    Actor,
    Attribution,
    Document,
    Event,
    EventPlace,
    Evidence,
    Parsed,
    Quantity,
    Report,
    TimeSpan,
    Unplaced,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.coded.layouts import Layout

NOWHERE: Final = "the row has no coordinates"
_WEEK, _MONTH = 7, 31
_UNITS: Final = {
    "acled": {"2": ("week", _WEEK), "3": ("month", _MONTH)},
    "ucdp": {"3": ("week", 0), "4": ("month", 0), "5": ("year", 0)},
}
"""Precision of a date -> its name and the days it stands for; 0 where the row has both ends."""


class Finder(Protocol):
    """The part of `gazetteer.Gazetteer` that tells in which country and unit a point lies."""

    def within(self, lon: Any, lat: Any, /) -> Any:
        """Country and unit of points (arrays of degrees)."""


def is_coded(event: Event) -> bool:
    """Whether an event was taken from a row and not read from a text."""
    return event.reasons[:1] == (CODED,)


def records(
    name: str, tables: Mapping[str, Sequence[Mapping[str, Any]]], finder: Finder | None = None
) -> tuple[list[Parsed], str]:
    """Turn rows into records.

    Parameters
    ----------
    name : str
        Of the file or database, for ids.
    tables : mapping of str to sequence of mapping
        ``events``, perhaps ``reports``: what `rows_of_file` gave, or rows of a database.
    finder : gazetteer, optional
        Fills country and first-level unit of the places.

    Returns
    -------
    records : list of Parsed
        One per document for our own exports, else one for all rows.
    problem : str
        What rows had to be left out, "" where there are none.
    """
    rows = tables["events"]
    layout = layout_of({key for row in rows[:50] for key in row})
    if layout.name == "own":
        return own.records(name, rows, tables.get("reports", ()), CODED), ""
    events, bad = [], []
    for number, row in enumerate(rows, 1):
        try:
            events.append(_event(name, layout, number, row))
        except ValueError as error:
            bad.append(f"row {number}: {error}")
    events = _located(_distinct(events), finder)
    document = Document(name, "", title=name.rsplit("/", 1)[-1])
    lost = [event for event in events if not event.places]
    unplaced = tuple(Unplaced("event", one.reports[0].evidence.text, NOWHERE, 0, 0, one.id) for one in lost)
    events.sort(key=lambda event: not event.places)
    problem = f"{len(bad)} of {len(rows)} rows were left out ({bad[0]})" if bad else ""
    return [Parsed(document, (), tuple(events), unplaced)], problem


def _event(name: str, layout: Layout, number: int, row: Mapping[str, Any]) -> Event:
    spot = point_of(layout.get(row, "lon"), layout.get(row, "lat"))
    kind, told = type_of(layout, row)
    when = _when(layout, row)
    status = layout.get(row, "status")
    source = layout.get(row, "source")
    place_name = layout.get(row, "place")
    text = layout.get(row, "text") or ", ".join(filter(None, (told or kind.replace("_", " "), place_name)))
    says = Attribution(source) if source else None
    identity = layout.get(row, "id") or f"{name.rsplit('/', 1)[-1]}:{number}"
    shown = status if status in STATUSES else "happened"
    report = Report(name, shown, Evidence(0, 0, text), (0, 0), says, when)
    return Event(
        id=identity,
        type=kind,
        status=shown,
        standing="reported",
        places=(_place(layout, row, spot, place_name),) if spot else (),
        reports=(report,),
        when=when,
        actors=tuple(Actor(actor, role) for role in ("agent", "target") if (actor := layout.get(row, role))),
        source=says,
        quantities=_quantities(layout, row),
        reasons=(CODED, f"{layout.name}: {told}") if told else (CODED,),
    )


def _place(layout: Layout, row: Mapping[str, Any], spot: tuple[float, float], name: str) -> EventPlace:
    lon, lat = round(spot[0], 6), round(spot[1], 6)
    reach = layout.precision.get(layout.get(row, "precision").removesuffix(".0").upper(), 0.0)
    kind = "country" if reach >= 400 else "admin1" if reach >= 150 else "admin2" if reach >= 50 else "other"
    shown = name or f"{lat:.4f}, {lon:.4f}"
    identity = f"point:{lon:g},{lat:g}" + (
        f"~{reach:g}" if reach else ""
    )  # one point may stand for a village or a province
    place = Place(identity, shown, kind, None, None, lon, lat, precision_km=reach)
    return EventPlace("at", place, None, name)


def _when(layout: Layout, row: Mapping[str, Any]) -> TimeSpan | None:
    told = layout.get(row, "start")
    start, end = span_of(told, layout.get(row, "end"))
    if start is None:
        return TimeSpan(None, None, "unknown", "at", "unresolved", told) if told else None
    grain, days = _UNITS.get(layout.name, {}).get(layout.get(row, "unit").removesuffix(".0"), ("day", 0))
    if days:
        start, end = around(start, days)
    return TimeSpan(start, end, grain, "at", "explicit", told)  # type: ignore[arg-type]


def _quantities(layout: Layout, row: Mapping[str, Any]) -> tuple[Quantity, ...]:
    dead = number_of(layout.get(row, "dead"))
    if not dead:
        return ()
    low = number_of(layout.get(row, "dead_low"))
    high = number_of(layout.get(row, "dead_high"))
    text = f"{dead:g} killed" + (f" ({low:g} to {high:g})" if low is not None and high else "")
    return (Quantity("killed", low if low is not None else dead, high or dead, "about", "people", text),)


def _distinct(events: Sequence[Event]) -> list[Event]:
    """Give events of one id numbers, since ids tell rows apart."""
    seen: defaultdict[str, int] = defaultdict(int)
    found = []
    for event in events:
        seen[event.id] += 1
        number = seen[event.id]
        found.append(event if number == 1 else replace(event, id=f"{event.id}#{number}"))
    return found


def _located(events: list[Event], finder: Finder | None) -> list[Event]:
    """Fill in country and unit, for all points at once."""
    spots = {place.place.id: place.place for event in events for place in event.places if place.place}
    if finder is None or not spots:
        return events
    listed = list(spots.values())
    found = finder.within([place.lon for place in listed], [place.lat for place in listed])
    known = {
        place.id: replace(place, country=where.country, admin1=_code(where.admin1))
        for place, where in zip(listed, found, strict=True)
    }
    return [
        replace(
            event,
            places=tuple(
                replace(place, place=known[place.place.id]) if place.place else place
                for place in event.places
            ),
        )
        for event in events
    ]


def _code(region: str | None) -> str | None:
    return region.removeprefix("iso:") if region else None
