"""What is known of a document while its names are resolved: groups, their choices, and what these say together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.places.context import Context, Others, Vote
from geo.places.outlet import likely_home
from geo.places.region import joined, shares
from geo.places.utility import Group, Prior  # noqa: TC001  (compiled classes look their types up)
from geo.places.weights import Terms  # noqa: TC001
from geo.types import ScoredCandidate  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BODY: Final = 0.4
"""How far a body of a state tells the region of a text: "the Kentucky State Police"."""
_BODIES: Final = frozenset({"department", "state"})
_HINT: Final = 0.4
"""How far a unit must be told for names to be tried in it."""
_ADJECTIVE: Final = 0.2
"""What an adjective counts for its country, where a name counts up to 2."""


class Ranked(NamedTuple):
    """The best candidates of a group, what speaks for the first two, the other names, and verdicts by what is asked."""

    candidates: tuple[ScoredCandidate, ...]
    terms: list[Terms]
    others: Others
    verdicts: dict[tuple[object, ...], Verdict]


Verdict = tuple[float, str | None, tuple[str, ...]]
"""How sure the best candidate is, why it cannot be, and why it was taken."""


class State:
    """The groups of a document with what was chosen for each.

    Attributes
    ----------
    text : str
    groups : list of Group
    group_of : list of Group
        Of each mention.
    home : Prior
    numbers : mapping of str to float
        Regions that its numbers tell.
    outlet : Group or None
        Towns that the name of an unknown outlet may hold.
    context : Context
    """

    def __init__(self, text: str, groups: list[Group], group_of: list[Group], home: Prior) -> None:
        self.text = text
        self.groups = groups
        self.group_of = group_of
        self.home = home
        self.home_key = home.key
        self.numbers: Mapping[str, float] = {}
        self.outlet: Group | None = None
        self.context = Context()

    @property
    def hints(self) -> set[str]:
        """First-level units that numbers, bodies or the home of the text speak for."""
        found = {unit for unit, told in self.context.told.items() if told >= _HINT}
        if self.home.unit:
            found.add(self.home.unit)
        if self.outlet is not None:
            found.update(c.place.admin1 for c in self.outlet.candidates if c.place.admin1)
        return found


def _is_of_body(group: Group) -> bool:
    """Whether the name of a unit is that of its offices: "the Kentucky State Police", "Ohio Department of Health"."""
    mention = group.mention
    return bool(group.office) or (mention.role == "modifier" and mention.head in _BODIES)


def context_of(state: State, countries: Sequence[tuple[int, str]], weights: Mapping[str, float]) -> Context:
    """Count the places that are chosen now, the surer the more."""
    context = Context()
    bodies: set[str] = set()
    for group in state.groups:
        if group.best >= 0 and group.mention.role != "demonym":
            place = group.candidates[group.best].place
            weight = group.shares[group.best] * min(2.0, math.sqrt(len(group.members)))
            group.vote = Vote(place, weight)
            context.add(group.vote)
            if place.kind == "admin1" and place.admin1 and _is_of_body(group):
                bodies.add(place.admin1)
    if bodies or state.numbers:
        context.told = shares(joined(state.numbers, sorted(bodies), _BODY))
    for _, country in countries:
        context.count_country(country, _ADJECTIVE)
    if state.outlet is not None:
        key = state.outlet.mention.key
        same = next((group.vote for group in state.groups if group.mention.key == key), None)
        context.home = likely_home(state.outlet, Others(context, same), weights)
    context.whence = bool(context.told) or context.home is not None
    return context
