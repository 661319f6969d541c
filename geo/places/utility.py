"""How well a candidate fits: what speaks for it by itself, and what the rest of the document says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.names import fold
from gazetteer.types import NameUse
from geo.places.candidates import DERIVED, PHYSICAL, is_derived, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.types import Candidate, Place
    from geo.places.context import Context, Vote
    from geo.types import Mention

SETTLEMENTS: Final = frozenset({"city", "town", "village"})
_ARTICLED: Final = frozenset({"sea", "river", "mountain", "strait", "region", "peninsula", "continent"})
"""Kinds whose names take "the"; names of towns hardly ever do."""
_BARE: Final = {
    "country": 1.5, "continent": 1.0, "admin1": -0.3, "admin2": -1.6, "river": -1.2, "lake": -0.6, "mountain": -0.8,
    "facility": -1.2, "base": -1.6, "dam": -1.2, "bridge": -1.2, "strait": -0.5, "other": -0.5,
}  # fmt: skip
"""How much a kind gains or loses where the context asks for none."""

PROMINENCE: Final = 1.1
COUNTRY: Final = 2.5
UNIT: Final = 2.0
NEAR: Final = 1.4
INSIDE: Final = 5.0
OUTSIDE: Final = -4.0
HOME: Final = 0.8
ORIGIN: Final = 0.5
EDIT: Final = -1.6
OWN_UNIT: Final = 2.5
HOLDER: Final = 2.5
SIBLING: Final = 0.6
NOWHERE: Final = 1.2
ARTICLE: Final = 2.0
DIRECTED: Final = 1.2
SEAT: Final = -1.2
ADJECTIVE: Final = 2.5
"""Weights, in the units of a softmax: one unit is a factor of e."""


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
    vote : Vote or None
        What the group adds to the context.
    seats : frozenset of str
        First-level units that hold a town of this very name.
    article, directed : bool
        "the X"; "northern X".
    """

    mention: Mention
    members: list[int]
    candidates: list[Candidate]
    within: list[tuple[int, bool]] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    holds: list[int] = field(default_factory=list)
    held: list[Place] = field(default_factory=list)
    listed: list[int] = field(default_factory=list)
    beside: list[Place] = field(default_factory=list)
    vote: Vote | None = None
    seats: frozenset[str] = frozenset()
    article: bool = False
    directed: bool = False
    priors: list[float] = field(default_factory=list)
    utilities: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    best: int = -1

    @property
    def place(self) -> Place | None:
        """The best candidate's place."""
        return self.candidates[self.best].place if self.best >= 0 else None


def seats(candidates: Sequence[Candidate]) -> frozenset[str]:
    """First-level units that hold a town with exactly this name: bare names mean the town."""
    return frozenset(
        c.place.admin1
        for c in candidates
        if c.place.admin1
        and c.place.kind in SETTLEMENTS
        and c.use == NameUse.PREFERRED
        and c.place.prominence >= 5
        and fold(c.place.name) == c.name
    )


class Prior(NamedTuple):
    """Where a text comes from: `near` is said by the user, `origin` read from it, `country` told by an address."""

    near: Place | None = None
    origin: Place | None = None
    country: str | None = None

    def utility(self, place: Place) -> float:
        """What speaks for a place because the text comes from near it."""
        if self.near is not None:
            return _home_utility(place, self.near)
        if self.origin is not None:
            return ORIGIN * _home_utility(place, self.origin)
        return HOME if self.country is not None and place.country == self.country else 0.0


def prior(group: Group, candidate: Candidate, home: Prior) -> float:
    """What speaks for a candidate without the other names of the document."""
    place = candidate.place
    total = PROMINENCE * standing(candidate) + _kind_utility(group, place) + EDIT * candidate.edits
    if candidate.use in DERIVED and is_derived(group.mention):
        total += PROMINENCE * 1.5
    if group.article:
        total += ARTICLE if place.kind in _ARTICLED else -ARTICLE if place.kind in SETTLEMENTS else 0.0
    if group.directed and place.is_area:
        total += DIRECTED
    if place.country in group.countries and place.kind != "country":
        total += ADJECTIVE
    return total + home.utility(place)


def contextual(group: Group, place: Place, context: Context, parents: Sequence[Place]) -> float:
    """What the other names of the document add."""
    own = group.vote
    total = 0.0
    if place.country is None:
        total += NOWHERE
    elif place.kind != "country":
        total += COUNTRY * context.country_share(place.country, own)
    total += (UNIT if place.kind != "admin1" else OWN_UNIT) * context.unit_share(place.admin1, own)
    if place.kind in ("country", "admin1") and any(inside(held, place) for held in group.held):
        total += HOLDER
    for other in group.beside:
        total += SIBLING * ((place.kind == other.kind) + (place.country == other.country) - 1)
    if not place.is_area:
        total += NEAR * context.nearness(place, own)
    for parent in parents:
        total += _parent_utility(place, parent)
    return total


def _kind_utility(group: Group, place: Place) -> float:
    """What the kinds that the context asks for, or their absence, say."""
    mention = group.mention
    if not mention.kinds:
        if mention.role == "demonym":
            return 2.0 if place.kind == "country" else 0.0
        seated = place.kind == "admin1" and place.admin1 in group.seats
        return _BARE.get(place.kind, 0.0) + (SEAT if seated else 0.0)
    if place.kind in mention.kinds:
        return 3.0 - 0.5 * min(mention.kinds.index(place.kind), 3)
    return (
        -6.0
        if place.kind in PHYSICAL or mention.kinds[0] in PHYSICAL
        else -2.0 + _BARE.get(place.kind, 0.0) / 2
    )


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


def _parent_utility(place: Place, parent: Place) -> float:
    if inside(place, parent):
        return INSIDE
    if place.kind in ("country", "continent") or place.id == parent.id:
        return 0.0
    return OUTSIDE


def _home_utility(place: Place, near: Place) -> float:
    """Prior for places near the home of the texts."""
    if near.kind == "country":
        return HOME if place.country == near.country else 0.0
    total = HOME if place.country == near.country else 0.0
    if near.admin1 and place.admin1 == near.admin1:
        total += 1.0
    return total
