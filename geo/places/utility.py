"""How well a candidate fits, as terms: what speaks for it by itself, and what the rest of the document says."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  (compiled classes look the types of their fields up)
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.types import AREA_KINDS, Place
from geo.places.candidates import PHYSICAL, SETTLEMENTS, Choice, is_derived, match_term
from geo.places.context import closeness
from geo.types import Mention  # noqa: TC001

if TYPE_CHECKING:
    from gazetteer.types import Candidate
    from geo.places.context import Others, Vote
    from geo.places.weights import Terms

_ARTICLED: Final = frozenset({"sea", "river", "mountain", "strait", "region", "peninsula", "continent"})
"""Kinds whose names take "the"; names of towns hardly ever do."""
_OFFICES: Final = {"state": {"admin1"}, "unit": {"admin1", "country"}, "town": SETTLEMENTS}
_ORIGIN: Final = 0.5
"""A home that was read from the text counts half of one that the user states."""
_GREAT: Final = 7.2
_RANGE: Final = 1.5
"""Prominence from which an outlet's town counts so, and how far below it counts in full: its paper is local."""


class Standing(NamedTuple):
    """Candidates by themselves: which other names can help, utilities, shares, the best, terms asked for."""

    hopeful: list[int]
    priors: list[float]
    shares: list[float]
    best: int
    terms: dict[int, Terms]


@dataclass(slots=True)
class Group:
    """Mentions of one name in one sense: same key, same class of kinds.

    Attributes
    ----------
    mention : Mention
        The first of them.
    members : list of int
        Indices of the document's mentions.
    within : list of (int, bool)
        Mentions that read as the parent, and whether a comma joins them ("Paris, Texas").
    countries : set of str
        Countries whose adjective stands before one of the members.
    holds, listed : list of int
        Mentions this one reads as the parent of; neighbours in lists.
    held, beside : list of Place
        What those can be, or are now.
    parents : list of Place
        What `within` is now, where some candidate lies there.
    outside : Place or None
        A parent beyond doubt that holds no candidate.
    vote : Vote or None
        What the group adds to the context.
    choice : Choice
        What the name can mean by itself; `candidates` begin as those.
    article, directed, dateline : bool
        "the X"; "northern X"; "X —" at the head of the text.
    standing : Standing or None
        Of the candidates by themselves, once it was reckoned.
    office : str
        "state" where words beside the name are those of a state ("Gov."), "unit" ("lawmakers"), "town" ("mayor") or "".
    """

    mention: Mention
    choice: Choice
    candidates: Sequence[Candidate]
    members: list[int] = field(default_factory=list)
    within: list[tuple[int, bool]] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    holds: list[int] = field(default_factory=list)
    held: list[Place] = field(default_factory=list)
    listed: list[int] = field(default_factory=list)
    beside: list[Place] = field(default_factory=list)
    parents: list[Place] = field(default_factory=list)
    outside: Place | None = None
    vote: Vote | None = None
    article: bool = False
    directed: bool = False
    dateline: bool = False
    office: str = ""
    standing: Standing | None = None
    utilities: Sequence[float] = ()
    shares: Sequence[float] = ()
    best: int = -1

    @property
    def place(self) -> Place | None:
        """The best candidate's place."""
        return self.candidates[self.best].place if self.best >= 0 else None

    def by_id(self) -> list[int]:
        """Indices of the candidates by the ids of their places."""
        if self.candidates is self.choice.candidates:
            return self.choice.by_id
        return sorted(range(len(self.candidates)), key=lambda i: self.candidates[i].place.id)


class Prior(NamedTuple):
    """Where a text comes from: `near` is said by the user, `origin` read from it, `country` told by an address.

    `trust` is what `origin` counts, where `near` counts 1.
    """

    near: Place | None = None
    origin: Place | None = None
    country: str | None = None
    trust: float = _ORIGIN

    @property
    def key(self) -> tuple[str | float | None, ...]:
        """The same in short."""
        near, origin = (place.id if place else None for place in (self.near, self.origin))
        return near, origin, self.country, self.trust

    @property
    def unit(self) -> str | None:
        """First-level unit of the town where the text comes from; None where that is no town."""
        home = self.near or self.origin
        return home.admin1 if home is not None and home.kind in SETTLEMENTS else None

    def nearness(self, place: Place) -> float:
        """Nearness to the town the text comes from, 1 at the spot; less where it was read from the text."""
        home = self.near or self.origin
        if home is None or home.kind not in SETTLEMENTS:
            return 0.0
        return closeness(home, place) * (1.0 if self.near is not None else self.trust)

    def terms(self, place: Place) -> Terms:
        """What speaks for a place because the text comes from near it."""
        home = self.near or self.origin
        if home is None:
            return [("home country", 1.0)] if self.country and place.country == self.country else []
        size = 1.0 if self.near is not None else self.trust
        found: Terms = [("home country", size)] if place.country == home.country else []
        if home.kind != "country" and home.admin1 and place.admin1 == home.admin1:
            found.append(("home unit", size))
        if home.kind in SETTLEMENTS and not place.is_area:
            if place.id == home.id:
                found.append(("home town", size))
            elif near := self.nearness(place):
                found.append(("home near", near))
        return found


def trust_in_outlet(home: Place) -> float:
    """What the home of an outlet counts: the smaller its town, the more local is what it writes."""
    if home.kind not in SETTLEMENTS:
        return _ORIGIN
    return _ORIGIN * (1 + min(1.0, max(0.0, (_GREAT - home.prominence) / _RANGE)))


def own_key(group: Group) -> tuple[object, ...]:
    """All of a group that `own_terms` looks at."""
    mention = group.mention
    return (
        group.choice,
        mention.head,
        mention.kinds,
        mention.role == "demonym",
        group.article,
        group.directed,
        group.dateline,
        group.office,
        frozenset(group.countries) if group.countries else None,
    )


def own_terms(group: Group, candidate: Candidate, home: Prior) -> Terms:
    """What speaks for a candidate without the other names of the document."""
    place = candidate.place
    kind = place.kind
    terms: Terms = [("prominence", place.prominence)]
    match = match_term(candidate.name, place.name, candidate.use)
    if match is not None and not (match == "derived" and is_derived(group.mention)):
        terms.append((match, 1.0))
        if match == "former" and place.admin1 in group.choice.keepers:
            terms.append((match, 1.0))  # the town was renamed, its unit was not
    if candidate.edits:
        terms.append(("edits", float(candidate.edits)))
    terms += _kind_terms(group, place, candidate.name)
    if group.article and (kind in _ARTICLED or kind in SETTLEMENTS):
        terms.append(("article", 1.0 if kind in _ARTICLED else -1.0))
    if group.dateline and kind in ("country", "admin1"):
        terms.append(("dateline", 1.0))
    if group.directed and place.is_area:
        terms.append(("direction", 1.0))
    if group.office and kind in _OFFICES[group.office]:
        terms.append(("governor" if group.office == "state" else "office", 1.0))
    if place.country in group.countries and kind != "country":
        terms.append(("adjective", 1.0))
    terms += home.terms(place)
    return terms


def context_terms(group: Group, place: Place, others: Others) -> Terms:
    """What the other names of the document add."""
    kind, country = place.kind, place.country
    terms: Terms = []
    focus = 0.0
    if country is None:
        terms.append(("no country", 1.0))
    elif share := others.country_share(country):
        terms.append((_SHARES.get(kind, "same country"), share))
        if place.id == group.choice.capital:
            terms.append(("capital", 1.0))
        if share := others.unit_share(place.admin1):
            terms.append(("its unit" if kind == "admin1" else "same unit", share))
            focus = share * others.firmness(place.admin1)
    if kind not in AREA_KINDS:
        near = others.nearness(place)
        if near:
            terms.append(("near", near))
        focus *= near
    elif group.held and kind in ("country", "admin1") and any(inside(held, place) for held in group.held):
        terms.append(("holds", 1.0))
    if focus:
        terms.append(("focus", focus))
    return terms + _beside_terms(group, place) if group.beside or group.parents else terms


def _beside_terms(group: Group, place: Place) -> Terms:
    """What neighbours in lists and parents add."""
    kind, country = place.kind, place.country
    terms: Terms = []
    if group.beside:
        like = SETTLEMENTS if kind in SETTLEMENTS else (kind,)
        alike = sum((other.kind in like) + (country == other.country) - 1 for other in group.beside)
        terms.append(("listed", float(alike)))
        if kind == "admin1" and any(o.kind == kind and o.country == country for o in group.beside):
            terms.append(("among its like", 1.0))  # "Georgia and Ohio" are states
    for parent in group.parents:
        if inside(place, parent):
            terms.append(("inside", 1.0))
        elif kind not in ("country", "continent") and place.id != parent.id:
            terms.append(("outside", 1.0))
    return terms


_SHARES: Final = {"country": "its places", "admin1": "same country, unit", "admin2": "same country, county"}


def _kind_terms(group: Group, place: Place, name: str) -> Terms:
    """What the kinds that the context asks for, or their absence, say."""
    mention, kind = group.mention, place.kind
    if not mention.kinds:
        if mention.role == "demonym":
            return [("people", 1.0)] if kind == "country" else []
        if kind == "admin1" and place.admin1 in group.choice.seats:
            return [(kind, 1.0), ("unit beside its town", 1.0)]
        if kind == "admin2" and place.country in group.choice.homes:
            return [(kind, 1.0), ("county beside its town", 1.0)]
        return [(kind, 1.0)]
    if kind in mention.kinds:
        later = min(mention.kinds.index(kind), 3)
        return [("asked", 1.0), ("asked later", float(later))] if later else [("asked", 1.0)]
    if mention.head and mention.head in name.split():
        return [(kind, 1.0)]  # the head is part of the name: Mount Vernon, Lake Charles
    if kind in PHYSICAL or mention.kinds[0] in PHYSICAL:
        return [("no such feature", 1.0)]
    return [("not asked", 1.0), (kind, 0.5)]


def inside(place: Place, parent: Place) -> bool:
    """Whether a place lies in another, by their codes; False for itself."""
    if place.id == parent.id:
        return False
    if parent.kind == "country":
        return place.country == parent.country and place.kind != "country"
    if parent.kind == "admin1":
        return place.admin1 is not None and f"iso:{place.admin1}" == parent.id
    if parent.kind == "admin2":
        return place.country == parent.country and place.admin1 == parent.admin1
    return place.country == parent.country
