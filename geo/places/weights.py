"""How much each piece of evidence counts, in the units of a softmax: one unit is a factor of e."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Terms = list[tuple[str, float]]
"""Pieces of evidence for one candidate: name and size. """

HAND: Final[dict[str, float]] = {
    # the name itself
    "prominence": 1.1,
    "alternate": -2.2, "short form": -1.3, "spelling": -1.3, "former": -1.76, "foreign": -6.6, "derived": -1.65,
    "edits": -1.6,
    # kinds, where the context asks for none
    "country": 1.5, "continent": 1.0, "admin1": -0.3, "admin2": -0.4, "river": -1.2, "lake": -0.6, "mountain": -0.8,
    "facility": -1.2, "base": -1.6, "dam": -1.2, "bridge": -1.2, "strait": -0.5, "other": -0.5,
    "city": 0.0, "town": 0.0, "village": 0.0, "region": 0.0, "sea": 0.0, "island": 0.0, "peninsula": 0.0,
    "unit beside its town": -1.2, "county beside its town": -1.2,
    # kinds, where it asks for some
    "asked": 3.0, "asked later": -0.5, "not asked": -2.0, "no such feature": -6.0, "people": 2.0,
    # words beside the name
    "article": 2.0, "direction": 1.2, "adjective": 2.5, "office": 1.5, "dateline": -1.5, "governor": 3.0,
    "inside": 5.0, "outside": -4.0, "holds": 2.5, "listed": 0.6, "among its like": 1.5,
    # the rest of the document
    "same country": 2.5, "same country, unit": 2.5, "same country, county": 2.5,
    "its places": 0.0, "same unit": 2.0, "its unit": 2.5, "near": 1.4, "focus": 2.0, "no country": 1.2, "capital": 2.0,
    "told": 3.0,
    # where the text comes from
    "home country": 0.8, "home unit": 1.0, "home town": 6.0, "home near": 2.4,
}  # fmt: skip
"""Set by hand on texts of our own."""


def utility(terms: Terms, weights: Mapping[str, float]) -> float:
    """Sum of the evidence; 0 for none."""
    total = 0.0
    for name, size in terms:
        total += weights[name] * size
    return total
