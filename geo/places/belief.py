"""How sure a placement is: the share of the best candidate, corrected by what made such shares right or wrong before.

A share says how the known candidates compare; the place that is meant may be none of them. The weights are learned
by ``python -m training.rank`` and lie in ``data/belief.json``.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from geo.places.candidates import SETTLEMENTS
from geo.places.reasons import fits
from geo.places.weights import utility

if TYPE_CHECKING:
    from gazetteer.types import Candidate
    from geo.places.context import Others
    from geo.places.utility import Group, Prior
    from geo.places.weights import Terms
    from geo.types import Mention

NAMES: Final = (
    "always", "odds", "single", "prominence", "same country", "same unit", "near", "feature", "stands in",
)  # fmt: skip
"""What the belief looks at."""
_EDGE: Final = 0.002
_TYPICAL: Final = 6.0
"""Prominence of a place that many texts name."""


def belief_terms(
    group: Group, mention: Mention, candidate: Candidate, share: float, others: Others, home: Prior
) -> Terms:
    """What tells how far the share of a candidate can be trusted.

    Parameters
    ----------
    group : Group
    mention : Mention
        One of the group.
    candidate : Candidate
        The best of the group.
    share : float
        Its share, 0 to 1.
    others : Others
        The other places of the document.
    home : Prior
        Where the text comes from: near its town is near one more place.
    """
    place = candidate.place
    terms: Terms = [("always", 1.0)]
    if place.is_area or place.kind in SETTLEMENTS:
        terms.append(("prominence", min(place.prominence - _TYPICAL, 2.0)))
    else:
        terms.append(("feature", 1.0))  # its prominence is a judgement, not a number of people
    if len(group.candidates) == 1:
        terms.append(("single", 1.0))
    else:
        terms.append(("odds", math.log((share + _EDGE) / (1 - share + _EDGE))))
    terms.append(("same country", others.country_share(place.country)))
    terms.append(("same unit", others.unit_share(place.admin1)))
    if not place.is_area:
        terms.append(("near", max(others.nearness(place), home.nearness(place))))
    if not fits(mention, place):
        terms.append(("stands in", 1.0))
    return terms


def belief(terms: Terms, weights: dict[str, float]) -> float:
    """Probability, 0 to 1, that the place is right if the name is one of a place."""
    return 1 / (1 + math.exp(-utility(terms, weights)))


@lru_cache(maxsize=1)
def learned() -> dict[str, float]:
    """Weights of `belief_terms`, in log-odds."""
    found: dict[str, float] = json.loads(
        files("geo.places").joinpath("data", "belief.json").read_text("utf-8")
    )
    return found
