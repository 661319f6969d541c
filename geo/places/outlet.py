"""The town in the name of an outlet that is not in the table: weak evidence, and only where the text's places agree."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geo.places.candidates import SETTLEMENTS, Choice
from geo.places.utility import Group, Prior, context_terms
from geo.places.weights import utility
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.places.candidates import Pool
    from geo.places.context import Others

_LANDS: Final = frozenset(
    """US CA GB IE AU NZ ZA NG GH KE UG TZ ZM ZW MW BW NA SL LR GM CM RW ET IN PK BD LK NP MM SG MY HK PH JM TT BB BS
    GY BZ BM FJ PG MT IM JE GG PR GU""".split()
)
"""Where papers with English names are written."""
_KNOWN: Final = 0.6
"""How much a town's fame counts, of what it counts for a name in the text: papers are small towns' too."""
_NEAR: Final = 0.3
_SHARE: Final = 0.2
"""Least nearness of another place of the text, or share of them in its unit, for a town to be thought of."""
_TRUST: Final = 0.8
"""What a town counts that is sure, of what a user's own word counts."""


def named_after(keys: Iterable[str], pool: Pool, country: str | None) -> Group | None:
    """Towns that the name of an outlet may hold, the first key that is one; None without any.

    Parameters
    ----------
    keys : iterable of str
        Folded names, the likeliest first.
    pool : Pool
    country : str or None
        That of the address.
    """
    for key in keys:
        towns = tuple(
            c
            for c in pool.named(key, False)
            if c.place.kind in SETTLEMENTS
            and (c.place.country == country if country else c.place.country in _LANDS)
        )
        if towns:
            return Group(Mention(0, 0, key, "modifier", key), Choice(towns), towns)
    return None


def likely_home(group: Group, others: Others, weights: Mapping[str, float]) -> Prior | None:
    """The town that the places of the text make the likeliest; None where none of them speaks for one.

    Parameters
    ----------
    group : Group
        What the name of the outlet may mean.
    others : Others
        The places of the text, but for one of that very name.
    weights : mapping of str to float
    """
    sums = [
        _KNOWN * weights["prominence"] * c.place.prominence
        + utility(context_terms(group, c.place, others), weights)
        for c in group.candidates
    ]
    best = max(sums)
    place = group.candidates[sums.index(best)].place
    if others.nearness(place) < _NEAR and others.unit_share(place.admin1) < _SHARE:
        return None
    share = 1 / sum(math.exp(total - best) for total in sums)
    return Prior(origin=place, trust=round(_TRUST * share, 2))
