"""Who counts victims tells of them: "put the toll at 40", "has documented 24 deaths", "counts 900 uprooted"."""

from __future__ import annotations

from typing import Final

from geo.events.quantities import NUMBER_WORDS
from geo.text.words import words

_PUTTING: Final = words(
    "put puts gave gives counted counts documented documents recorded records listed tallied tallies"
)
_TOLLS: Final = words(
    "toll number dead deaths killed casualties count arrests injured wounded figure fatalities"
)
_TALLYING: Final = words(
    "count counts counted documented recorded registered registers tallied tallies lists"
)
_COUNTED: Final = _TOLLS | words(
    "people families households uprooted displaced arrested detained refugees returnees homeless infected"
)
COUNTING: Final = _PUTTING | _TALLYING
"""Verbs of counting."""


def counts_victims(lower: list[str], i: int) -> bool:
    """Whether somebody counts victims: "put the toll at 40", "the office counts 900 families uprooted"."""
    behind = lower[i + 1 : i + 6]
    if lower[i] in _PUTTING and not _TOLLS.isdisjoint(behind):
        return True
    counted = behind[:1] and (
        behind[0][0].isdigit() or behind[0] in NUMBER_WORDS or behind[:2] == ["at", "least"]
    )
    return bool(lower[i] in _TALLYING and counted and not _COUNTED.isdisjoint(behind))
