"""An invented corner of the world for tests: two countries, four units, three claims, a movement."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from shapely import LineString, Polygon, box, clip_by_rect, union_all

from gazetteer.types import Claim, Place
from geo.types import (
    Actor,
    Attribution,
    Document,
    Event,
    EventPlace,
    Evidence,
    Mention,
    Parsed,
    Report,
    Resolution,
    TimeSpan,
    Unplaced,
)

UNITS = {
    "iso:AA-1": ("West Arla", Polygon([(0, 0), (4, 0), (4.3, 2), (4, 4), (0, 4)])),
    "iso:AA-2": ("East Arla", Polygon([(4, 0), (8, 0), (8.4, 2), (8, 4), (4, 4), (4.3, 2)])),
    "iso:BB-1": ("Lower Bree", Polygon([(8, 0), (12, 0), (12, 2), (8.4, 2)])),
    "iso:BB-2": ("Upper Bree", Polygon([(8.4, 2), (12, 2), (12, 4), (8, 4)])),
}
COUNTRIES = {"AA": "Arla", "BB": "Bree"}


def place(id_: str, name: str, kind: str, lon: float, lat: float, admin1: str | None = None) -> Place:
    country = (admin1 or id_.removeprefix("iso:"))[:2]
    return Place(id_, name, kind, country, admin1, lon, lat, 0, 5.0)


PLACES = {
    "iso:AA": place("iso:AA", "Arla", "country", 4, 2),
    "iso:BB": place("iso:BB", "Bree", "country", 10, 2),
    **{
        id_: place(id_, name, "admin1", shape.centroid.x, shape.centroid.y, id_.removeprefix("iso:"))
        for id_, (name, shape) in UNITS.items()
    },
    "t:1": place("t:1", "Oldport", "town", 1.5, 1.2, "AA-1"),
    "t:2": place("t:2", "Newbridge", "town", 6.5, 2.8, "AA-2"),
    "t:3": place("t:3", "Highgate", "town", 10.2, 3.1, "BB-2"),
    "t:9": place("t:9", "Farhaven", "city", 80.0, 60.0, "CC-1"),
}


def claim(id_: str, regions: tuple[str, ...], start: str, end: str = "", *, proxy: bool = False) -> Claim:
    return Claim(
        id_,
        f"Territory {id_}",
        regions,
        "Bree",
        "BB",
        "annexation",
        "union",
        start,
        end,
        "treaty signed",
        proxy,
        "",
        "",
    )


CLAIMS = (
    claim("one", ("iso:AA-2",), "2014-03-18"),
    claim("two", ("iso:AA-1",), "2022-09-30", proxy=True),
    claim("old", ("iso:BB-1",), "1990-01-01", "2000-12-31"),
)


@dataclass
class FakeBasemap:
    land: Any
    lakes: list[Any]
    rivers: list[tuple[str, Any]]
    countries: list[tuple[str, str, Any]]
    admin1: list[tuple[str, str, Any]]


@dataclass
class FakeGazetteer:
    """As much of a gazetteer as layers and page ask for."""

    places: dict[str, Place] = field(default_factory=lambda: dict(PLACES))
    records: tuple[Claim, ...] = CLAIMS
    attribution: str = "Invented data"
    viewpoint: str = "default"

    def get(self, place_id: str) -> Place:
        return self.places[place_id]

    def region(self, region_id: str) -> Any:
        if region_id in UNITS:
            return UNITS[region_id][1]
        code = region_id.removeprefix("iso:")
        return union_all([s for i, (_, s) in UNITS.items() if i[4:6] == code]) if code in COUNTRIES else None

    def claim_records(self, as_of: str | None = None) -> tuple[Claim, ...]:
        return tuple(c for c in self.records if as_of is None or c.stands_on(as_of))

    def basemap(self, bbox: Any, tolerance: float, *, parts: Any = None) -> FakeBasemap:
        def cut(shape: Any) -> Any:
            return clip_by_rect(shape, *bbox)

        units = [(i, self.places[i].name, cut(s)) for i, (_, s) in UNITS.items() if not cut(s).is_empty]
        countries = [(c, n, cut(self.region(f"iso:{c}"))) for c, n in COUNTRIES.items()]
        land = cut(union_all([s for _, s in UNITS.values()] + [box(-20, -20, -10, 20)]))
        river = cut(LineString([(0, 3), (4, 2.5), (8, 3.5), (12, 2.2)]))
        made = FakeBasemap(land, [cut(box(2, 2.2, 2.6, 2.5))], [("", river)], countries, units)
        left_out = {"land", "lakes", "rivers", "countries", "admin1"}.difference(parts) if parts else ()
        empty: dict[str, Any] = {part: None if part == "land" else [] for part in left_out}
        return replace(made, **empty)

    def info(self) -> dict[str, Any]:
        return {"attribution": self.attribution}


TEXT = "Oldport was shelled, the ministry said. People fled Oldport for Newbridge and Highgate. Bree spoke."


def event(
    id_: str,
    type_: str,
    status: str = "happened",
    places: tuple[tuple[str, str], ...] = (),
    when: TimeSpan | None = None,
    *,
    document: str = "a.txt",
    text: str = "Oldport was shelled, the ministry said.",
    source: str | None = None,
) -> Event:
    report = Report(
        document,
        status,
        Evidence(0, len(text), text),
        (12, 19),
        Attribution(source) if source else None,
        when,
    )  # type: ignore[arg-type]
    return Event(
        id_,
        type_,
        status,  # type: ignore[arg-type]
        "reported",
        tuple(EventPlace(role, PLACES[name]) for role, name in places),  # type: ignore[arg-type]
        (report,),
        when,
        (Actor("army", "agent"),),
        Attribution(source) if source else None,
    )


def day(text: str) -> TimeSpan:
    found = date.fromisoformat(text)
    return TimeSpan(found, found, "day", "at", "explicit", text)


EVENTS = (
    event("e1", "shelling", "claimed", (("at", "t:1"),), day("2022-10-01"), source="the ministry"),
    event(
        "e2", "evacuation", "called_for", (("from", "t:1"), ("to", "t:2"), ("to", "t:3")), day("2022-10-02")
    ),
    event("e3", "annexation", "happened", (("at", "iso:AA-1"), ("at", "iso:AA-2")), day("2022-09-30")),
    event("e4", "condemnation", "denied"),
)


def mention(start: int, text: str, place_id: str | None, role: str = "literal") -> Resolution:
    found = Mention(start, start + len(text), text, role, text.lower())  # type: ignore[arg-type]
    return Resolution(found, PLACES[place_id] if place_id else None, 0.9, ("only candidate",))


def parsed(*, dated: bool = True, **values: Any) -> Parsed:
    document = Document(
        "a.txt",
        TEXT,
        values.get("title", "A dispatch"),
        values.get("source", "The Paper"),
        values.get("url", "https://example.org/a"),
        date(2022, 10, 13) if dated else None,
    )
    return Parsed(
        document,
        (
            mention(0, "Oldport", "t:1"),
            mention(52, "Oldport", "t:1"),
            mention(64, "Newbridge", "t:2"),
            mention(78, "Highgate", "t:3"),
            mention(88, "Bree", "iso:BB", "metonym"),
        ),
        EVENTS,
        (Unplaced("mention", "Nowhere", "no such place is known", 5, 12),),
    )
