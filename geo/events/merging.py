"""Puts reports that mean the same thing into one event, with the reason; keeps every report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.events.draft import Draft, standing_of_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.types import Place
    from geo.ontology import Ontology
    from geo.types import Document, Event, EventPlace, Quantity, TimeSpan

_REAL: Final = frozenset({"happened", "claimed", "denied"})
_RANK: Final = {
    "happened": 0,
    "claimed": 1,
    "called_for": 2,
    "planned": 3,
    "threatened": 4,
    "hypothetical": 5,
    "denied": 6,
}
_LINES: Final = frozenset({"river", "strait", "mountain"})
_WIDEST: Final = 31
"""Days; a longer or open time says too little to find its like by it."""


def merge_within(drafts: Sequence[Draft], document: Document, ontology: Ontology) -> list[Event]:
    """Events of one document from its drafts, in the order of the text."""
    joined: list[Event] = []
    members: list[list[Draft]] = []
    for draft in drafts:
        event = draft.event(document)
        at = _partner(event, draft, joined, members, ontology)
        if at is None:
            joined.append(event)
            members.append([draft])
        else:
            reason = _reason(joined[at], event)
            joined[at] = _joined(
                joined[at], event, reason, contested=any(d.mutual for d in (*members[at], draft))
            )
            members[at].append(draft)
    return joined


def _partner(
    event: Event, draft: Draft, joined: Sequence[Event], members: Sequence[list[Draft]], ontology: Ontology
) -> int | None:
    """Index of the event that `draft` tells of again; the latest that fits, one with a place first."""
    found = [
        index
        for index in range(len(joined) - 1, -1, -1)
        if _tells_again(event, draft, joined[index], members[index], ontology)
    ]
    placed = [index for index in found if joined[index].places]
    return (placed or found)[0] if found else None


def _tells_again(
    event: Event, draft: Draft, other: Event, drafts: Sequence[Draft], ontology: Ontology
) -> bool:
    last = drafts[-1]
    if _points_back(draft, last, ontology):
        return True
    if other.type != event.type:
        return False
    if "movement" in ontology[event.type].flags and _same_movement(event, draft, other, drafts):
        return True
    if _mode(other) != _mode(event) or (not _located(event.places) and not _same_voice(draft, last)):
        return False
    return _same_places(other.places, event.places) and _compatible(other, event)


def _same_movement(event: Event, draft: Draft, other: Event, drafts: Sequence[Draft]) -> bool:
    """Whether a movement goes on in another sentence, be it called for in one and planned in the other."""
    unreal = _is_unreal(other) and _is_unreal(event)
    if not unreal and _mode(other) != _mode(event):
        return False
    return any(_goes_on(draft, before) or (unreal and _line_of(draft, before)) for before in drafts)


def _points_back(draft: Draft, before: Draft, ontology: Ontology) -> bool:
    """Whether "these bombings" are what the sentence before told of, by whatever word of the family."""
    return (
        draft.anaphoric
        and draft.sentence - before.sentence == 1
        and draft.status == before.status
        and ontology.family(draft.type) == ontology.family(before.type)
        and any(place.reason for place in draft.places)
        and {p.mention for p in draft.places} == {p.mention for p in before.places}
    )


def _line_of(draft: Draft, before: Draft) -> bool:
    """Whether one of two movements told close together only names a river or border in the other's area."""
    first, second = _located(draft.places), _located(before.places)
    if draft.status != before.status or not first or not second or draft.sentence - before.sentence > 3:
        return False
    lines = [all(place.kind in _LINES for place in places) for places in (first, second)]
    return any(lines) and {place.country for place in first} == {place.country for place in second}


def _is_unreal(event: Event) -> bool:
    return event.status not in _REAL


def _same_voice(draft: Draft, before: Draft) -> bool:
    """Without a place only the same speaker, close by, can mean the same."""
    name = draft.source.name if draft.source else None
    return draft.sentence - before.sentence <= 2 and name == (before.source.name if before.source else None)


def _goes_on(draft: Draft, before: Draft) -> bool:
    """Whether a movement is the one just told of: "these families would be flown to ..."."""
    gap = draft.sentence - before.sentence
    roles = {place.role for place in draft.places}
    if gap == 0 and draft.status == before.status:
        return not ({"from"} & roles & {place.role for place in before.places})
    if gap not in {1, 2}:
        return False
    if not roles and draft.status == before.status:
        return bool(before.places)
    return draft.anaphoric and "from" not in roles and bool(roles & {"to", "towards"})


def _mode(event: Event) -> str:
    """What is real, planned, called for, threatened or thought of never meets in one event."""
    return "real" if event.status in _REAL else event.status


def _compatible(one: Event, other: Event) -> bool:
    return (
        overlap(one.when, other.when)
        and _numbers_agree(one.quantities, other.quantities)
        and _targets_agree(one, other)
    )


def overlap(one: TimeSpan | None, other: TimeSpan | None) -> bool:
    """Whether two times can be the same; an unknown time can be any."""
    if one is None or other is None:
        return True
    late = max(one.start or date.min, other.start or date.min)
    early = min(one.end or date.max, other.end or date.max)
    return late <= early


def _numbers_agree(one: Sequence[Quantity], other: Sequence[Quantity]) -> bool:
    """Whether the numbers can tell of the same thing: what is counted twice is of the same order."""
    shared = {q.what for q in one} & {q.what for q in other}
    if one and other and not shared:
        return False
    return all(_near(a, b) for a in one for b in other if a.what == b.what)


def _near(one: Quantity, other: Quantity) -> bool:
    first = one.low if one.low is not None else one.high
    second = other.low if other.low is not None else other.high
    if not first or not second:
        return True
    return max(first, second) / min(first, second) <= 2


def _targets_agree(one: Event, other: Event) -> bool:
    """Two strikes on the same town with different targets stay two."""
    first = {actor.name.lower() for actor in one.actors if actor.role == "target"}
    second = {actor.name.lower() for actor in other.actors if actor.role == "target"}
    return (
        not first
        or not second
        or bool({w for n in first for w in n.split()} & {w for n in second for w in n.split()})
    )


def _located(places: Iterable[EventPlace]) -> list[Place]:
    return [place.place for place in places if place.place is not None]


def _same_places(one: Sequence[EventPlace], other: Sequence[EventPlace]) -> bool:
    """Whether two events are at the same place; where something came from counts only if it is all they name."""
    first, second = (_located([p for p in places if p.role != "from"] or places) for places in (one, other))
    if not first and not second:
        # names that nobody knows: different ones are different places
        named, other_named = ({p.text.lower() for p in places if p.text} for places in (one, other))
        return not named or not other_named or bool(named & other_named)
    return bool({p.id for p in first} & {p.id for p in second})


def _reason(one: Event, other: Event) -> str:
    shared = sorted({p.name for p in _located(one.places)} & {p.name for p in _located(other.places)})
    where = (
        f"same place ({', '.join(shared)})"
        if shared
        else "goes on with the same movement"
        if other.places
        else "no place in either"
    )
    when = "times overlap" if one.when and other.when else "no other time"
    return f"merged: same type, {where}, {when}"


def _joined(one: Event, other: Event, reason: str, *, contested: bool = False) -> Event:
    """Make one event of two; the better known parts of either are kept, and every report."""
    first, second = (one, other) if _RANK[one.status] <= _RANK[other.status] else (other, one)
    reports = (*one.reports, *other.reports)
    known = {(place.role, place.place.id if place.place else place.text) for place in one.places}
    places = (
        *one.places,
        *(p for p in other.places if (p.role, p.place.id if p.place else p.text) not in known),
    )
    admitted = "confirmed" in {one.standing, other.standing}
    standing = (
        "contested"
        if contested or "contested" in {one.standing, other.standing}
        else standing_of_reports(reports, admitted=admitted)
    )
    return replace(
        one,
        status="claimed" if contested and first.status == "happened" else first.status,
        standing=standing,
        places=places,
        reports=reports,
        when=_better_time(one.when, other.when),
        actors=(*one.actors, *(actor for actor in other.actors if actor not in one.actors)),
        source=first.source or (second.source if first.status == second.status else None),
        quantities=(*one.quantities, *(q for q in other.quantities if q not in one.quantities)),
        score=max(one.score, other.score),
        reasons=(*one.reasons, *(r for r in (*other.reasons, reason) if r not in one.reasons)),
    )


def _better_time(one: TimeSpan | None, other: TimeSpan | None) -> TimeSpan | None:
    """The narrower of two times; a known one rather than none."""
    if one is None or other is None:
        return one or other
    return other if _width(other) < _width(one) else one


def _width(time: TimeSpan) -> int:
    if time.start is None or time.end is None:
        return 100_000 if time.start or time.end else 1_000_000
    return (time.end - time.start).days


def merge(events: Sequence[Event]) -> list[Event]:
    """Merge the events of many documents.

    Two events become one when type and place agree, their times overlap and are not both unknown (the
    same exact place and no contradicting number make up for an unknown time), their numbers are compatible
    and their targets do not differ. A claim and its denial become one contested event.

    Parameters
    ----------
    events : sequence of Event

    Returns
    -------
    list of Event
        In the order in which each was first met; every report kept; ``reasons`` says why. The result does
        not depend on anything but `events` and their order. Cost grows with the number of events, not its
        square: an event is compared only with those of its type and place that share a day.
    """
    merged: list[_Cluster] = []
    index: dict[tuple[str, str, str, date | None], list[int]] = {}
    for event in events:
        at = _known(event, merged, index)
        if at is None:
            at = len(merged)
            merged.append(_Cluster(event))
        else:
            merged[at].add(event)
        for key in _keys(event):
            slot = index.setdefault(key, [])
            if at not in slot:
                slot.append(at)
    return [cluster.event() for cluster in merged]


class _Cluster:
    """An event in the making; its reports are kept apart, so that the ten-thousandth costs what the second did."""

    __slots__ = ("core", "reports", "standings")

    def __init__(self, event: Event) -> None:
        self.core = event
        self.reports = list(event.reports)
        self.standings = {event.standing}

    def add(self, event: Event) -> None:
        """Take in a further event."""
        core = replace(self.core, reports=())
        self.core = _joined(core, replace(event, reports=()), _reason(core, event))
        self.reports += event.reports
        self.standings.add(event.standing)

    def event(self) -> Event:
        """The event with all its reports."""
        if len(self.reports) == len(self.core.reports):
            return self.core
        reports = tuple(self.reports)
        if "contested" in self.standings:
            return replace(self.core, reports=reports, standing="contested")
        standing = standing_of_reports(reports, admitted="confirmed" in self.standings)
        return replace(self.core, reports=reports, standing=standing)


def _keys(event: Event) -> list[tuple[str, str, str, date | None]]:
    """Slots of an event: type, mode, each place and each day it may have happened on (None: any)."""
    when = event.when
    days: list[date | None] = [None]
    if when and when.start and when.end and (when.end - when.start).days <= _WIDEST:
        days = [when.start + timedelta(days=n) for n in range((when.end - when.start).days + 1)]
    return [(event.type, _mode(event), place.id, day) for place in _located(event.places) for day in days]


def _known(
    event: Event, merged: Sequence[_Cluster], index: dict[tuple[str, str, str, date | None], list[int]]
) -> int | None:
    for key in _keys(event):
        exact = not any(place.is_area for place in _located(event.places))
        slots = [key] if key[3] is not None else []
        if exact:
            slots.append((*key[:3], None))
        for slot in slots:
            for at in index.get(slot, ()):
                if _compatible(merged[at].core, event):
                    return at
    return None


__all__ = ["merge", "merge_within", "overlap"]
