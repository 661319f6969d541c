"""Puts the reports of one document that mean the same thing into one event, with the reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.events.cluster import Cluster
from geo.events.likeness import goals, located, mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.draft import Draft
    from geo.ontology import Ontology
    from geo.types import Document, Event

_Key = tuple[str, str, str]
"""Type, mode and place of an event."""
_LINES: Final = frozenset({"river", "strait", "mountain"})
_WHERE: Final = frozenset({"at", "near"})
_OTHERS: Final = re.compile(r"\b(?:others|another|the rest)\b", re.IGNORECASE)
"""What opens a movement of other people in the same sentence."""
_NEAR: Final = 3
"""Sentences over which a movement goes on."""
_NEWEST: Final = 64
"""Events of one type and place that a report is compared with, the newest first."""


def merge_within(drafts: Sequence[Draft], document: Document, ontology: Ontology) -> list[Event]:
    """Events of one document from its drafts, in the order of the text.

    Cost grows with the number of drafts, not its square: each is compared with the events of the last
    sentences and with the newest ones of its type and place.
    """
    found = _Found(ontology)
    for draft in drafts:
        found.add(draft, draft.event(document))
    return [cluster.event() for cluster in found.clusters]


class _Found:
    """The events of a document so far, by type and place."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.clusters: list[Cluster] = []
        self._members: list[list[Draft]] = []
        self._recent: list[tuple[int, int]] = []  # (sentence, index) of the last sentences
        self._by_place: dict[_Key, list[int]] = {}

    def add(self, draft: Draft, event: Event) -> None:
        """Join the draft's event to the one it tells of again, or keep it as a new one."""
        self._recent = [(s, i) for s, i in self._recent if draft.sentence - s <= _NEAR]
        keys = _keys(event)
        at = self._partner(draft, event, keys)
        if at is None:
            at = len(self.clusters)
            self.clusters.append(Cluster(event, mutual=draft.mutual))
            self._members.append([draft])
        else:
            self.clusters[at].add(event, _reason(self.clusters[at], event), mutual=draft.mutual)
            self._members[at].append(draft)
        if (draft.sentence, at) not in self._recent:
            self._recent.append((draft.sentence, at))
        for key in keys:
            slot = self._by_place.setdefault(key, [])
            if not slot or slot[-1] != at:
                slot.append(at)

    def _partner(self, draft: Draft, event: Event, keys: Sequence[_Key]) -> int | None:
        """Index of the event that `draft` tells of again; the latest that fits, one with a place first."""
        candidates = {index for _, index in self._recent}
        for key in keys:
            candidates.update(self._by_place.get(key, ())[-_NEWEST:])
        latest = None
        for index in sorted(candidates, reverse=True):
            if self._tells_again(draft, event, index):
                if self.clusters[index].places:
                    return index
                latest = index if latest is None else latest
        return latest

    def _tells_again(self, draft: Draft, event: Event, index: int) -> bool:
        if draft.another:
            return False
        other, members = self.clusters[index], self._members[index]
        if _points_back(draft, members[-1], self.ontology):
            return True
        if other.first.type != event.type:
            return False
        if "movement" in self.ontology[event.type].flags and _same_movement(draft, event, other, members):
            return True
        if other.mode != mode(event.status) or (
            not located(event.places) and not _same_voice(draft, members[-1])
        ):
            return False
        return other.same_places(event) and other.fits(event)


def _keys(event: Event) -> list[_Key]:
    return [(event.type, mode(event.status), place.id) for place in located(goals(event.places))]


def _same_movement(draft: Draft, event: Event, other: Cluster, members: Sequence[Draft]) -> bool:
    """Whether a movement goes on in another sentence, be it called for in one and planned in the other."""
    unreal = other.mode != "real" and mode(event.status) != "real"
    if not unreal and other.mode != mode(event.status):
        return False
    for before in reversed(members):
        if draft.sentence - before.sentence > _NEAR:
            return False
        if _goes_on(draft, before) or (unreal and _line_of(draft, before)):
            return True
    return False


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
    first, second = located(draft.places), located(before.places)
    if draft.status != before.status or not first or not second:
        return False
    lines = [all(place.kind in _LINES for place in places) for places in (first, second)]
    return any(lines) and {place.country for place in first} == {place.country for place in second}


def _same_voice(draft: Draft, before: Draft) -> bool:
    """Without a place only the same speaker, close by, can mean the same."""
    name = draft.source.name if draft.source else None
    return draft.sentence - before.sentence <= 2 and name == (before.source.name if before.source else None)


def _goes_on(draft: Draft, before: Draft) -> bool:
    """Whether a movement is the one just told of: "these families would be flown to ..."."""
    gap = draft.sentence - before.sentence
    roles = {place.role for place in draft.places}
    if gap == 0 and draft.status == before.status:
        between = draft.evidence.text[
            before.trigger[1] - draft.evidence.start : draft.trigger[0] - draft.evidence.start
        ]
        if _OTHERS.search(between) or _elsewhere(draft, before):
            return False
        return not ({"from"} & roles & {place.role for place in before.places})
    if gap not in {1, 2}:
        return False
    if not roles and draft.status == before.status:
        return bool(before.places)
    return draft.anaphoric and "from" not in roles and bool(roles & {"to", "towards"})


def _elsewhere(draft: Draft, before: Draft) -> bool:
    """Whether both name where it happened, and differ: "freed 16 in A, and 30 in B"."""
    # prisoners are freed from where they were held: that is where it happened
    roles = _WHERE | {"from"} if draft.type == "prisoner_exchange" else _WHERE
    here, there = ({place.mention for place in one.places if place.role in roles} for one in (draft, before))
    return bool(here) and bool(there) and here.isdisjoint(there)


def _reason(one: Cluster, other: Event) -> str:
    shared = one.shared(other)
    where = (
        f"same place ({', '.join(shared)})"
        if shared
        else "goes on with the same movement"
        if other.places
        else "no place in either"
    )
    when = "times overlap" if one.when and other.when else "no other time"
    return f"merged: same type, {where}, {when}"


__all__ = ["merge_within"]
