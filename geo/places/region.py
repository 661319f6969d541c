"""What region the numbers of a text tell: telephone and postal codes, roads numbered by a state."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HYPHEN: Final = re.compile(
    r"-(?:(?<=[0-9]-)[0-9]{4}(?![0-9])|(?<=[ (]M-)[0-9]{1,3}(?![0-9])|(?<=[ (][A-Z]{2}-)[0-9]{1,3}(?![0-9]))"
)
"""Last part of a telephone number, or a road."""
_AREA: Final = re.compile(r"(?:^|[^0-9.,$+])\(?([2-9][0-9]{2})(?:\)\s?|[-. /])[2-9][0-9]{2}\Z")
_PLUS: Final = re.compile(r"\+([02-9][0-9]{1,2})[0-9 ()-]{6,}")
_STRENGTH: Final = {"area": 0.7, "postal": 0.8, "road": 0.5, "calling": 0.6}
"""How far one code tells the region by itself, 0 to 1."""


class _Codes(NamedTuple):
    """Regions (ISO 3166 codes) by code."""

    area: dict[str, str]
    postal: dict[str, str]
    road: dict[str, str]
    calling: dict[str, str]


@lru_cache(maxsize=1)
def codes() -> _Codes:
    """Read ``data/regions.csv``."""
    text = files("geo.places").joinpath("data", "regions.csv").read_text(encoding="utf-8")
    found = _Codes({}, {}, {}, {})
    for line in text.splitlines()[1:]:
        region, area, postal, road, calling, _ = line.split(",")
        found.area.update(dict.fromkeys(area.split(), region))
        found.road.update(dict.fromkeys(road.split(), region))
        found.calling.update(dict.fromkeys(calling.split(), region))
        for span in postal.split():
            first, last = span.split("-")
            found.postal.update({f"{n:03}": region for n in range(int(first), int(last) + 1)})
    return found


def told_by_numbers(text: str, ends: Iterable[int] = (), start: int = 0) -> dict[str, float]:
    """Find how strongly the numbers of a text tell regions.

    Parameters
    ----------
    text : str
    ends : iterable of int
        Where names end behind which a postal code may stand.
    start : int
        Where the prose begins.

    Returns
    -------
    dict of str to float
        ISO code of a country or first-level unit to 0 to 1; empty for a text without such numbers.

    Examples
    --------
    >>> told_by_numbers("Call 606-435-6069 or write to Hazard 41701.", [42 - 6])
    {'US-KY': 0.94}
    >>> told_by_numbers("The office in East London is +27 43 702 2000.")
    {'ZA': 0.6}
    >>> told_by_numbers("Some 859 people saw 606 of 41701 plays in 2019-2020.")
    {}
    """
    strengths: dict[str, float] = {}
    found = [*_hyphenated(text, start), *_others(text, ends, start)]
    for kind, region in sorted(set(found)):
        sure = _STRENGTH[kind.partition(" ")[0]]
        strengths[region] = round(1 - (1 - strengths.get(region, 0.0)) * (1 - sure), 4)
    return strengths


def _hyphenated(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Telephone numbers of North America and roads such as M-59: kind with code, and region."""
    at = text.find("-", start + 1)  # finding a sign is quicker than searching a pattern
    while at >= 0:
        if text[at + 1 : at + 2].isdigit() and _HYPHEN.match(text, at):
            if text[at - 1].isdigit():
                area = _AREA.search(text, max(start, at - 12), at)
                if area and area[1] in codes().area:
                    yield f"area {area[1]}", codes().area[area[1]]
            elif (road := text[max(0, at - 2) : at].strip(" (")) in codes().road:
                yield f"road {road}", codes().road[road]
        at = text.find("-", at + 1)


def _others(text: str, ends: Iterable[int], start: int) -> Iterator[tuple[str, str]]:
    """Calling codes and postal codes: kind with code, and region."""
    for match in _PLUS.finditer(text, start) if "+" in text else ():
        for size in (3, 2):
            code = match[1][:size]
            if code in codes().calling:
                yield f"calling {code}", codes().calling[code]
                break
    for end in ends:
        if text[end + 1 : end + 6].isdigit() and not text[end + 6 : end + 7].isdigit():
            code = text[end + 1 : end + 4]
            if text[end] == " " and code in codes().postal:
                yield f"postal {code}", codes().postal[code]


def shares(strengths: Mapping[str, float]) -> dict[str, float]:
    """Strengths where several regions are told: each counts by its share.

    Examples
    --------
    >>> shares({"US-KY": 0.6})
    {'US-KY': 0.6}
    >>> shares({"US-KY": 0.6, "US-TN": 0.6})
    {'US-KY': 0.3, 'US-TN': 0.3}
    """
    total = sum(strengths.values())
    return {region: strength * strength / total for region, strength in strengths.items()}


def joined(strengths: Mapping[str, float], more: Iterable[str], strength: float) -> dict[str, float]:
    """Add regions that something else tells, each with the same strength."""
    found = dict(strengths)
    for region in more:
        found[region] = 1 - (1 - found.get(region, 0.0)) * (1 - strength)
    return found
