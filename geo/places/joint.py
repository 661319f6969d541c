"""Several unsure names that could all lie in one first-level unit, as in local news.

One by one each goes to its best known namesake, and none has the support of the others. `Resolver` tries them together.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.places.utility import Group

MARGIN: Final = 1.0
"""By how much the names must fit better together, in the units of a softmax, to leave what was chosen one by one."""
_UNSURE: Final = 0.7
_MOST: Final = 3
_BEHIND: Final = 5.0
"""How far a candidate may stand behind by itself to be thought of, in the same units."""


def rivals(groups: Sequence[Group]) -> list[str]:
    """Units that could hold at least two unsure names which lie elsewhere now, the likeliest first."""
    count: Counter[str] = Counter()
    for group in groups:
        place = group.place
        if place is not None and not place.is_area and group.shares[group.best] < _UNSURE:
            count.update({unit for _, unit in _within_reach(group) if unit != place.admin1})
    likely = sorted(count.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    return [unit for unit, times in likely if times > 1]


def likeliest(group: Group, unit: str) -> int:
    """Index of the likeliest candidate of a name in a unit; of the one that is chosen where none could be meant."""
    if group.standing is None or group.place is None or group.place.is_area:
        return group.best
    there = [k for k, other in _within_reach(group) if other == unit]
    return max(there, key=group.standing.priors.__getitem__) if there else group.best


def _within_reach(group: Group) -> Iterator[tuple[int, str]]:
    """Candidates that are points and could be meant, with their units."""
    if group.standing is None:
        return
    priors = group.standing.priors
    least = priors[group.standing.best] - _BEHIND
    for k in group.standing.hopeful:
        place = group.candidates[k].place
        if priors[k] > least and place.admin1 and not place.is_area:
            yield k, place.admin1
