"""Puts the events of many documents together that mean the same thing, with the reason; keeps every report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.events.cluster import Cluster
from geo.events.likeness import located, mode
from geo.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.types import Place
    from geo.ontology import Ontology
    from geo.types import Event

_WIDEST: Final = 31
"""Days; a longer or open time says too little to find its like by it."""
_NEWEST: Final = 64
"""Events of one type, place and day that a further one is compared with, the newest first."""
_UNNAMED: Final = "explosion"
"""What a strike or a shell may be called where its cause is not given."""

Key = tuple[str, str, str, "date | None"]


def merge(events: Sequence[Event], ontology: Ontology | None = None) -> list[Event]:
    """Merge the events of many documents.

    Two events become one when

    - their types are the same, or of one family and one of them is an explosion whose cause is not given;
    - they share a place, or one lies in the other and a number tells of both;
    - their times share a day, or one is unknown and the place is exact;
    - their numbers are of the same order and their targets do not differ.

    A claim and its denial become one contested event; a plan never merges with a deed.

    Parameters
    ----------
    events : sequence of Event
    ontology : Ontology, optional
        For the families; the package's own by default.

    Returns
    -------
    list of Event
        In the order in which each was first met; every report kept; ``reasons`` says why. The result does
        not depend on anything but `events` and their order. Cost grows with the number of events, not its
        square: an event is compared only with the newest of its type and place that share a day.
    """
    known = Merger(ontology or load())
    for event in events:
        known.add(event)
    return [cluster.event() for cluster in known.clusters]


class Merger:
    """The events so far, by family, mode, place and day."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.clusters: list[Cluster] = []
        self._index: dict[Key, list[int]] = {}

    def reach(self, event: Event) -> tuple[list[Key], list[Key]]:
        """Slots that an event is put into, and slots that are looked into for it.

        What becomes of an event depends on nothing but the earlier ones that share a slot with it, and on what those
        depend on.
        """
        places, days = located(event.places), _days(event)
        looked = [*self._beside(event, places, days), *self._above(event, places, days)]
        return list(self._keys(event, places, days)), looked

    def add(self, event: Event) -> tuple[int, str]:
        """Join `event` to the one it tells of again, or keep it as a new one.

        Returns
        -------
        tuple of int and str
            The number of its cluster, and why it was joined to it: "" for the first of a cluster.
        """
        places, days = located(event.places), _days(event)
        found = self._same(event, places, days) or self._nested(event, places, days)
        if found is None:
            at, reason = len(self.clusters), ""
            self.clusters.append(Cluster(event))
        else:
            at, reason = found
            self.clusters[at].add(event, reason)
        for key in self._keys(event, places, days):
            slot = self._index.setdefault(key, [])
            if not slot or (slot[-1] != at and at not in slot[-_NEWEST:]):
                slot.append(at)
        return at, reason

    def _keys(self, event: Event, places: Sequence[Place], days: Sequence[date | None]) -> Iterator[Key]:
        """Slots of an event: each place and the areas around it, each day it may have happened on (None: any)."""
        family, real = self.ontology.family(event.type), mode(event.status)
        for name in self._agents(event, places):
            yield from ((family, real, name, day) for day in days if day is not None)
        for place in places:
            around = _around(place) if event.quantities else ()  # without a number nothing is found by them
            for name in (place.id, *(f"in {area}" for area in around)):
                yield from ((family, real, name, day) for day in days)

    def _beside(self, event: Event, places: Sequence[Place], days: Sequence[date | None]) -> Iterator[Key]:
        """Slots of what is at the same places."""
        exact = bool(places) and not any(place.is_area for place in places)
        names = [place.id for place in places] or self._agents(event, places)
        return self._slots(event, names, days, exact=exact)

    def _agents(self, event: Event, places: Sequence[Place]) -> list[str]:
        """Who acts, for an act of state without a place: the same body's vote of the same day is one."""
        kind = self.ontology.types.get(event.type)
        if places or kind is None or "political" not in kind.flags:
            return []
        return [f"by {actor.name.lower()}" for actor in event.actors if actor.role == "agent"]

    def _above(self, event: Event, places: Sequence[Place], days: Sequence[date | None]) -> Iterator[Key]:
        """Slots of what was told of the areas around, or of places inside; none without a number."""
        if not event.quantities:
            return iter(())
        wider = [area for place in places for area in _around(place)]
        inner = [f"in {_bare(place)}" for place in places if place.is_area]
        return self._slots(event, [*wider, *(f"iso:{area}" for area in wider), *inner], days, exact=False)

    def _same(
        self, event: Event, places: Sequence[Place], days: Sequence[date | None]
    ) -> tuple[int, str] | None:
        for at in self._newest(self._beside(event, places, days)):
            cluster = self.clusters[at]
            if _types_agree(cluster, event) and cluster.fits(event):
                return at, self._reason(cluster, event)
        return None

    def _nested(
        self, event: Event, places: Sequence[Place], days: Sequence[date | None]
    ) -> tuple[int, str] | None:
        """The one event told of the area around, or of a place inside; None where several could be meant."""
        found = {
            at
            for at in self._newest(self._above(event, places, days))
            if event.type in self.clusters[at].types and self.clusters[at].fits_nested(event)
        }
        if len(found) != 1:
            return None
        at = found.pop()
        one, other = located(self.clusters[at].places)[0].name, places[0].name
        return at, f"merged: same type, one of {one} and {other} lies in the other, a number tells of both"

    def _newest(self, slots: Iterable[Key]) -> Iterator[int]:
        for key in slots:
            yield from self._index.get(key, ())[-_NEWEST:]

    def _slots(
        self, event: Event, names: Sequence[str], days: Sequence[date | None], *, exact: bool
    ) -> Iterator[Key]:
        family, real = self.ontology.family(event.type), mode(event.status)
        for name in names:
            for day in days:
                if day is not None:
                    yield family, real, name, day
                if exact:
                    yield family, real, name, None

    def _reason(self, cluster: Cluster, event: Event) -> str:
        same = event.type in cluster.types
        what = "same type" if same else f"same family ({self.ontology.family(event.type)})"
        when = "times overlap" if cluster.when and event.when else "no other time"
        where = ", ".join(cluster.shared(event))
        return f"merged: {what}, {f'same place ({where})' if where else 'same actor'}, {when}"


def _types_agree(cluster: Cluster, event: Event) -> bool:
    return event.type in cluster.types or _UNNAMED in {event.type, *cluster.types}


def _days(event: Event) -> list[date | None]:
    when = event.when
    days: list[date | None] = [None]
    if when and when.start and when.end and (when.end - when.start).days <= _WIDEST:
        days = [when.start + timedelta(days=n) for n in range((when.end - when.start).days + 1)]
    return days


def _around(place: Place) -> list[str]:
    """Ids of the areas that hold a place, without the prefix that only some of them bear."""
    areas = [place.admin1, place.country if place.kind != "country" else None]
    return [area.removeprefix("iso:") for area in areas if area and area.removeprefix("iso:") != _bare(place)]


def _bare(place: Place) -> str:
    return place.id.removeprefix("iso:")


__all__ = ["Merger", "merge"]
