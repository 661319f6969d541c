"""Links what a text says of a territory to what is on record of it: who claims it, who holds it, since when.

The records come from the gazetteer and are handed in. Nothing is decided here: a link says whether the event
agrees with a record, contradicts it or adds to it, and why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from geo.events.likeness import REAL, located
from geo.types import ClaimLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.types import Act, Claim, Control, Place
    from geo.types import Event

_Record = TypeVar("_Record")
TYPES: Final = frozenset({"control_change", "annexation", "referendum", "recognition", "withdrawal"})
"""Event types that say something of a territory."""
_ACTS: Final[dict[str, frozenset[str]]] = {
    "annexation": frozenset({"treaty", "declaration", "ratification", "law", "decree", "annexation"}),
    "referendum": frozenset({"referendum", "vote"}),
    "recognition": frozenset({"recognition", "response"}),
}
_HOLDING: Final = frozenset({"control_change", "withdrawal"})


class Territories:
    """Records by the area they are about.

    Parameters
    ----------
    claims : iterable of Claim
    controls : iterable of Control
    """

    def __init__(self, claims: Iterable[Claim], controls: Iterable[Control] = ()) -> None:
        self._claims: dict[str, list[Claim]] = {}
        self._controls: dict[str, list[Control]] = {}
        for claim in claims:
            for region in claim.regions:
                self._claims.setdefault(region, []).append(claim)
        for control in controls:
            for region in control.regions:
                self._controls.setdefault(region, []).append(control)

    def linked(self, events: Sequence[Event]) -> list[Event]:
        """The events, those on a territory with links to what is on record; others as they are."""
        return [self._linked(event) if event.type in TYPES else event for event in events]

    def _linked(self, event: Event) -> Event:
        if event.status not in REAL:
            return event
        links: dict[ClaimLink, None] = {}
        for place in located(event.places):
            links.update(dict.fromkeys(self._links(event, place)))
        return replace(event, claims=tuple(links)) if links else event

    def _links(self, event: Event, place: Place) -> Iterator[ClaimLink]:
        areas = _areas(place)
        if event.type in _HOLDING:
            for control in _of(self._controls, areas):
                link = _held(event, control)
                if link:
                    yield link
            return
        claims = _of(self._claims, areas)
        side = _side(event)
        own = [c for c in claims if side is None or side == c.claimant_code or side in _actors(c)]
        for claim in own:
            yield _claimed(event, claim)
        if claims and not own:
            yield ClaimLink(None, "adds", f"no claim of {side} to {claims[0].territory} is on record")


def _areas(place: Place) -> list[str]:
    """Ids under which a record can stand: the place itself, and the unit that holds it."""
    unit = place.admin1
    return [place.id, *([unit if ":" in unit else f"iso:{unit}"] if unit else [])]


def _of(records: dict[str, list[_Record]], areas: Sequence[str]) -> list[_Record]:
    return [record for area in dict.fromkeys(areas) for record in records.get(area, ())]


def _side(event: Event) -> str | None:
    """Country of whoever acts, as far as the clause says so."""
    sides = [actor.side for actor in event.actors if actor.role == "agent" and actor.side]
    return sides[0] if sides else None


def _actors(claim: Claim) -> set[str]:
    """Names in the chain of acts: another state's recognition belongs to the claim too."""
    return {act.actor for act in claim.acts}


def _claimed(event: Event, claim: Claim) -> ClaimLink:
    """What an annexation, a vote or a recognition says to a claim: its day against the days of the acts."""
    if event.status == "denied":
        return ClaimLink(claim.id, "contradicts", f"denied here; on record: {claim.basis}, {claim.start}")
    acts = [act for act in claim.acts if act.kind in _ACTS[event.type]]
    days = _days(event)
    if days is None:
        if acts or event.type == "annexation":
            return ClaimLink(claim.id, "agrees", f"on record: {_told(acts, claim)}")
        return ClaimLink(claim.id, "adds", f"no {event.type} is on record with this claim")
    if any(days[0] <= act.date <= days[1] for act in acts) or days[0] <= claim.start <= days[1]:
        return ClaimLink(claim.id, "agrees", f"on record: {_told(acts, claim, days)}")
    if event.type == "annexation" and days[0][:4] == claim.start[:4]:
        return ClaimLink(claim.id, "contradicts", f"dated {days[0]} here; on record: {_told(acts, claim)}")
    return ClaimLink(claim.id, "adds", f"no {event.type} of {days[0]} is on record with this claim")


def _told(acts: Sequence[Act], claim: Claim, days: tuple[str, str] | None = None) -> str:
    """The act in words: the one of the event's days, else the constitutive one."""
    for act in acts:
        if days and days[0] <= act.date <= days[1]:
            return f"{act.title}, {act.date}"
    return f"{claim.basis}, {claim.start}"


def _held(event: Event, control: Control) -> ClaimLink | None:
    """What a change of control says to the record of who holds a territory; None where nobody is named."""
    side, days = _side(event), _days(event)
    if side is None or (days is not None and not control.stands_on(days[1])):
        return None
    same = side in {control.controller_code, control.controller}
    told = f"{control.controller} holds {control.extent} of {control.territory} since {control.since}"
    if event.type == "withdrawal":
        return ClaimLink(control.id, "contradicts", f"withdraws here; on record: {told}") if same else None
    agrees = same != (event.status == "denied")
    return ClaimLink(control.id, "agrees" if agrees else "contradicts", f"on record: {told}")


def _days(event: Event) -> tuple[str, str] | None:
    when = event.when
    if when is None or when.start is None or when.end is None:
        return None
    return when.start.isoformat(), when.end.isoformat()


__all__ = ["TYPES", "Territories"]
