"""What is read from one trigger, before it becomes an event."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.types import Actor, Attribution, Event, EventPlace, Evidence, Quantity, Report, Status, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import Document


@dataclass(slots=True)
class Draft:
    """A report in the making; ``sentence`` is its index, ``kind`` the class of the verb of saying."""

    type: str
    sentence: int
    evidence: Evidence
    trigger: tuple[int, int]
    status: Status
    places: tuple[EventPlace, ...] = ()
    source: Attribution | None = None
    when: TimeSpan | None = None
    actors: tuple[Actor, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    reasons: tuple[str, ...] = ()
    kind: str = ""
    mutual: bool = False
    anaphoric: bool = False
    another: bool = False
    score: float = 1.0

    def event(self, document: Document) -> Event:
        """The draft as an event of one report."""
        report = Report(document.id, self.status, self.evidence, self.trigger, self.source, self.when)
        standing = (
            "contested" if self.mutual else standing_of_reports((report,), admitted=self.kind == "admit")
        )
        return Event(
            event_id(self.type, self.places, self.when, document.id, self.trigger),
            self.type,
            self.status,
            standing,
            self.places,
            (report,),
            self.when,
            self.actors,
            self.source,
            self.quantities,
            round(self.score, 3),
            self.reasons,
        )


def event_id(
    kind: str, places: Sequence[EventPlace], when: TimeSpan | None, document: str, trigger: tuple[int, int]
) -> str:
    """Identifier from the content: the same for the same input, on every machine."""
    parts = [kind, document, f"{trigger[0]}-{trigger[1]}"]
    parts += [f"{place.role}:{place.place.id if place.place else place.text}" for place in places]
    if when is not None:
        parts.append(f"{when.start}/{when.end}")
    return "e" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def standing_of_reports(reports: Sequence[Report], *, admitted: bool = False) -> str:
    """How well an event stands, from its reports.

    Returns
    -------
    str
        contested: denied by one and told by another; denied: only denied; confirmed: admitted, or claimed
        by two sides; corroborated: told by two documents or by a claim and the narrator; claimed; reported.
    """
    told = [report for report in reports if report.status != "denied"]
    if not told:
        return "denied"
    if len(told) < len(reports):
        return "contested"
    sides = {report.source.side for report in told if report.source and report.source.side}
    if admitted or (len(sides) > 1 and any(report.status == "happened" for report in told)):
        return "confirmed"
    if all(report.status == "claimed" for report in told):
        return "claimed" if len(sides) < 2 else "confirmed"
    return "corroborated" if len({report.document for report in told}) > 1 else "reported"
