"""Several unsure names that could all lie in one first-level unit, as in local news.

One by one each goes to its best known namesake, and none has the support of the others. `Resolver` tries them together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from gazetteer.types import Place
    from geo.places.utility import Group

MARGIN: Final = 1.0
"""By how much the names must fit better together, in the units of a softmax, to leave what was chosen one by one."""
_UNSURE: Final = 0.7
_SURE: Final = 0.85
"""Shares below which two names may be moved by themselves, and with a third one: two can lie in one unit by chance."""
_MOST: Final = 4
_NAMESAKES: Final = frozenset({"country", "admin1"})
"""What a small town may share its name with and be meant where all others of its unit are: Lebanon, Indiana."""
_BEHIND: Final = 5.0
"""How far a candidate may stand behind by itself to be thought of, in the same units."""
_LIFT: Final = 50.0
"""How many times likelier a namesake in the unit where a text plays is than by itself."""


def rivals(groups: Sequence[Group], hints: Collection[str] = ()) -> list[str]:
    """Units that could hold several unsure names which lie elsewhere now, the likeliest first.

    A unit is the likelier the more names it could hold, sure ones too, and the better known these places are.

    Parameters
    ----------
    groups : sequence of Group
    hints : collection of str
        Units where the text seems to come from: one unsure name that could lie there is enough.
    """
    open_ = _open(groups, hints)
    if not open_:
        return []
    gains: dict[str, float] = defaultdict(float)
    for group in groups:
        for unit, share in _shares(group).items():
            if unit in open_:
                gains[unit] += math.log1p(_LIFT * share)
    return sorted(gains, key=lambda unit: (-gains[unit], unit))[:_MOST]


def _open(groups: Sequence[Group], hints: Collection[str]) -> set[str]:
    """Units in which enough names could lie that lie elsewhere now."""
    movable: Counter[str] = Counter()
    unsure: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    for group in groups:
        place = group.place
        if place is None or not _is_local(place):
            continue
        share = group.standing.shares[group.best] if group.standing else 1.0
        if share >= _SURE:
            if place.admin1:
                sure[place.admin1] += 1
            continue
        elsewhere = {unit for _, unit in _within_reach(group) if unit != place.admin1}
        movable.update(elsewhere)
        if share < _UNSURE:
            unsure.update(elsewhere)
    return {
        unit
        for unit, times in movable.items()
        if unsure[unit] > 1 or (times > 1 and times + sure[unit] > 2) or unit in hints
    }


def _shares(group: Group) -> dict[str, float]:
    """Share of belief in each unit for a name by itself."""
    if group.standing is None:
        place = group.place
        return {place.admin1: 1.0} if place is not None and place.admin1 and _is_local(place) else {}
    found: dict[str, float] = defaultdict(float)
    for k, unit in _within_reach(group):
        found[unit] += group.standing.shares[k]
    return found


def likeliest(group: Group, unit: str) -> int:
    """Index of the likeliest candidate of a name in a unit; of the one that is chosen where none could be meant."""
    place = group.place
    if group.standing is None or place is None or not (_is_local(place) or place.kind in _NAMESAKES):
        return group.best
    there = [k for k, other in _within_reach(group) if other == unit]
    return max(there, key=group.standing.priors.__getitem__) if there else group.best


def _is_local(place: Place) -> bool:
    """Whether a place is a point or a county."""
    return place.kind == "admin2" or not place.is_area


def _within_reach(group: Group) -> Iterator[tuple[int, str]]:
    """Candidates that are points or counties and could be meant, with their units."""
    if group.standing is None:
        return
    priors = group.standing.priors
    least = priors[group.standing.best] - _BEHIND
    for k in group.standing.hopeful:
        place = group.candidates[k].place
        if priors[k] > least and place.admin1 and _is_local(place):
            yield k, place.admin1
