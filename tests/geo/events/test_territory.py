"""What an event says to the records of claims and control."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer.types import Act, Claim, Control, Place
from geo.events.territory import Territories
from geo.types import Actor, Event, EventPlace, Evidence, Report, TimeSpan


def act(day: str, kind: str) -> Act:
    return Act(date=day, kind=kind, actor="Russia", title=f"{kind} of {day}", source="own", figures="")


CLAIM = Claim(
    "crimea-ru", "Crimea", ("iso:UA-43",), "Russia", "RU", "annexation", "reunification", "2014-03-18", "",
    "accession treaty signed", False, "", "own", (act("2014-03-16", "referendum"), act("2014-03-18", "treaty")),
)  # fmt: skip
CONTROL = Control(
    "crimea-held", "Crimea", ("iso:UA-43",), "Russia", "RU", "military", "", "2014-02-27", "", "all", "", False, "", "own"
)  # fmt: skip
KNOWN = Territories([CLAIM], [CONTROL])


def event(
    kind: str, *, day: date | None, side: str | None = "RU", status: str = "happened", unit: str = "iso:UA-43"
) -> Event:
    when = TimeSpan(day, day, "day", "at", "explicit") if day else None
    report = Report("d", status, Evidence(0, 1, "x"), (0, 1), None, when)  # type: ignore[arg-type]
    actors = (Actor("Russia", "agent", side),) if side else ()
    place = EventPlace("at", Place("p", "Yalta", "city", "UA", unit, 0.0, 0.0))
    return Event("e", kind, status, "reported", (place,), (report,), when, actors)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "day", "side", "status", "relation", "record"),
    [
        ("annexation", date(2014, 3, 18), "RU", "happened", "agrees", "crimea-ru"),
        ("annexation", date(2014, 3, 25), "RU", "happened", "contradicts", "crimea-ru"),
        ("annexation", None, "RU", "denied", "contradicts", "crimea-ru"),
        ("annexation", None, None, "happened", "agrees", "crimea-ru"),
        ("annexation", None, "IR", "happened", "adds", None),
        ("referendum", date(2014, 3, 16), None, "happened", "agrees", "crimea-ru"),
        ("referendum", date(1991, 1, 20), None, "happened", "adds", "crimea-ru"),
        ("recognition", None, None, "happened", "adds", "crimea-ru"),
        ("control_change", date(2015, 1, 1), "RU", "happened", "agrees", "crimea-held"),
        ("control_change", date(2023, 1, 1), "UA", "claimed", "contradicts", "crimea-held"),
        ("withdrawal", date(2023, 1, 1), "RU", "claimed", "contradicts", "crimea-held"),
    ],
)
def test_a_link_says_how_event_and_record_stand(
    kind: str, day: date | None, side: str | None, status: str, relation: str, record: str | None
) -> None:
    (linked,) = KNOWN.linked([event(kind, day=day, side=side, status=status)])
    assert [(link.relation, link.record) for link in linked.claims] == [(relation, record)]
    assert all(link.reason for link in linked.claims)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("strike", {}),
        ("annexation", {"status": "planned"}),
        ("annexation", {"unit": "iso:UA-65"}),
        ("control_change", {"side": None}),
        ("control_change", {"day": date(2001, 1, 1)}),
        ("withdrawal", {"side": "UA"}),
    ],
)
def test_other_events_stay_as_they_are(kind: str, changes: dict[str, object]) -> None:
    given = event(kind, **({"day": date(2015, 1, 1)} | changes))  # type: ignore[arg-type]
    assert KNOWN.linked([given]) == [given]
