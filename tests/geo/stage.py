"""Small stand-ins for tests: a gazetteer of eight places, a document with two events, the layers of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from shapely import LineString, box

from gazetteer.types import Act, Candidate, Claim, NameUse, Place
from geo.layers import Layer, build
from geo.types import (
    Actor,
    Attribution,
    Document,
    Event,
    EventPlace,
    Evidence,
    Mention,
    Parsed,
    Quantity,
    Report,
    Resolution,
    ScoredCandidate,
    TimeSpan,
    Unplaced,
)

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.types import Role, Status

ALAND = Place("iso:AA", "Aland", "country", "AA", None, 5.0, 5.0, 1000, 500.0)
NORTH = Place("iso:AA-N", "North Province", "admin1", "AA", "AA-N", 5.0, 7.5, 0, 200.0)
SOUTH = Place("iso:AA-S", "South Province", "admin1", "AA", "AA-S", 5.0, 2.5, 0, 200.0)
BEEK = Place("geonames:1", "Beek", "city", "AA", "AA-N", 4.0, 8.0, 200_000, 10.0)
CORA = Place("geonames:2", "Cora", "town", "AA", "AA-S", 6.0, 2.0, 20_000, 5.0)
BLAND = Place("iso:BB", "Bland", "country", "BB", None, 15.0, 5.0, 1000, 500.0)
PLACES = {place.id: place for place in (ALAND, NORTH, SOUTH, BEEK, CORA, BLAND)}
OUTLINES = {
    "iso:AA": box(0, 0, 10, 10),
    "iso:AA-N": box(0, 5, 10, 10),
    "iso:AA-S": box(0, 0, 10, 5),
    "iso:BB": box(10, 0, 20, 10),
}
CLAIM = Claim(
    id="claim:bb-aa-s",
    territory="South Province",
    regions=("iso:AA-S",),
    claimant="Bland",
    claimant_code="BB",
    kind="annexation",
    label="accession",
    start="2001-03-01",
    end="",
    basis="accession treaty signed",
    proxy=False,
    note="",
    source="own knowledge",
    acts=(Act("2001-03-01", "treaty", "Bland", "Treaty of accession", "own knowledge"),),
)


LAND = box(0, 0, 20, 10)
LAKE = box(2, 2, 3, 3)
RIVER = LineString([(0, 6), (10, 6.5)])


@dataclass(frozen=True)
class Ground:
    """A basemap: two square countries, a lake and a river."""

    land: BaseGeometry = LAND
    lakes: BaseGeometry = LAKE
    rivers: BaseGeometry = RIVER
    countries: tuple[tuple[str, str, BaseGeometry], ...] = (
        ("AA", "Aland", OUTLINES["iso:AA"]),
        ("BB", "Bland", OUTLINES["iso:BB"]),
    )
    admin1: tuple[tuple[str, str, BaseGeometry], ...] = (
        ("iso:AA-N", "North Province", OUTLINES["iso:AA-N"]),
        ("iso:AA-S", "South Province", OUTLINES["iso:AA-S"]),
    )


class Gaz:
    """As much of a gazetteer as the layers and pictures ask for."""

    viewpoint = "default"

    def get(self, place_id: str) -> Place:
        return PLACES[place_id]

    def region(self, region_id: str) -> BaseGeometry | None:
        return OUTLINES.get(region_id)

    def claim_records(self, as_of: Any = None) -> tuple[Claim, ...]:
        return (CLAIM,)

    def basemap(
        self, bbox: tuple[float, float, float, float], tolerance: float, *, parts: Any = None
    ) -> Ground:
        return Ground()

    def info(self) -> dict[str, Any]:
        return {"attribution": "Invented data"}


TEXT = "Shells fell on Beek on 3 May. Bland said Cora would be evacuated to Beek. Nowhereville was quiet."


def resolution(name: str, place: Place | None, role: Role = "literal", *, score: float = 0.9) -> Resolution:
    """Place the first occurrence of a name in `TEXT`."""
    start = TEXT.index(name)
    mention = Mention(start, start + len(name), name, role, name.lower())
    found = (
        [] if place is None else [ScoredCandidate(Candidate(place, name.lower(), NameUse.PREFERRED), score)]
    )
    reasons = ("only place of that name",) if place else ("no place of this name is known",)
    return Resolution(mention, place, score if place else 0.0, reasons, tuple(found))


def event(number: int, kind: str, status: Status, places: tuple[EventPlace, ...], sentence: str) -> Event:
    """Make an event whose evidence is one sentence of `TEXT`."""
    start = TEXT.index(sentence)
    evidence = Evidence(start, start + len(sentence), sentence)
    when = TimeSpan(date(2001, 5, 3), date(2001, 5, 3), "day", "at", "explicit", "3 May", (23, 28))
    source = Attribution("Bland", "BB", "said", ("agency",)) if status == "called_for" else None
    report = Report("a.txt", status, evidence, (start, start + 6), source, when)
    return Event(
        id=f"e{number}",
        type=kind,
        status=status,
        standing="reported",
        places=places,
        reports=(report,),
        when=when,
        actors=(Actor("Bland", "agent", "BB"),),
        source=source,
        quantities=(Quantity("people", 3.0, 4.0, "about", "", "three or four people"),),
        score=0.8,
        reasons=("trigger word",),
    )


@cache
def parsed() -> Parsed:
    """One document with four mentions (one unplaced) and three events (one unplaced)."""
    events = (
        event(
            1, "shelling", "happened", (EventPlace("at", BEEK, 0, "Beek"),), "Shells fell on Beek on 3 May."
        ),
        event(
            2,
            "evacuation",
            "called_for",
            (EventPlace("from", CORA, 2, "Cora"), EventPlace("to", BEEK, 0, "Beek")),
            "Bland said Cora would be evacuated to Beek.",
        ),
        event(3, "protest", "denied", (), "Nowhereville was quiet."),
    )
    lost = TEXT.index("Nowhereville")
    return Parsed(
        document=Document("a.txt", TEXT, "A title", "a paper", None, date(2001, 5, 4), "front matter"),
        resolutions=(
            resolution("Beek", BEEK),
            resolution("Bland", BLAND, "metonym"),
            resolution("Cora", CORA),
            resolution("Nowhereville", None),
        ),
        events=events,
        unplaced=(
            Unplaced("mention", "Nowhereville", "no place of this name is known", lost, lost + 12),
            Unplaced(
                "event", "Nowhereville was quiet.", "the text names no place for it", lost, len(TEXT), "e3"
            ),
        ),
    )


def layers() -> dict[str, Layer]:
    """The layers of `parsed`."""
    return build([parsed()], parsed().events, Gaz(), as_of=date(2001, 5, 4))
