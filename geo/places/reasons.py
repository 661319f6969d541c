"""Decisions in words: why a place was taken before the next best one, and why none was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.places.candidates import PHYSICAL, SETTLEMENTS, match_term
from geo.places.utility import inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.types import Candidate, Place
    from geo.places.context import Others
    from geo.places.utility import Group
    from geo.places.weights import Terms
    from geo.types import Mention

_STAND_INS: Final = frozenset(
    """airport station port harbor harbour city county district region province state base oblast governorate
    prefecture raion town village municipality borough parish township krai territory republic plant
    university hospital""".split()
)
"""Heads of a name for which the town or unit of that name may stand in where the thing itself is unknown."""
_SAID: Final = 0.5
"""Least difference to the next best candidate, in units of a softmax, that is worth a word."""
_KNOWN: Final = 5.5
_SOME: Final = 2.0
_GREAT: Final = 6.0
_SMALL: Final = frozenset({"village", "hamlet"})
_BYNAMES: Final = frozenset({"alternate", "former", "foreign"})
_MOST: Final = 3
_WORDS: Final[dict[str, str]] = {
    "holds": "places named beside it lie in it",
    "listed": "it stands in a list with its like",
    "article": "its article suits a {sort}",
    "direction": "a part of it is named: an area",
    "office": "the words beside it suit a {sort}",
    "adjective": "an adjective of {country} stands before it",
    "same country": "other names of the text lie in {country}",
    "same unit": "other names of the text lie in {admin1}",
    "near": "other names of the text lie near it",
    "told": "numbers or bodies in the text are of its region",
    "home": "the text comes from there",
    "capital": "the capital of {country}",
}
_LIKE: Final[dict[str, str]] = {
    "governor": "office",
    "among its like": "listed",
    "same country, unit": "same country",
    "same country, county": "same country",
    "its places": "same country",
    "its unit": "same unit",
    "focus": "same unit",
    "home country": "home",
    "home unit": "home",
    "home town": "home",
    "home near": "home",
}
"""Terms that are told in the words of another."""


def told(
    group: Group,
    mention: Mention,
    best: tuple[Candidate, Terms],
    second: Terms | None,
    weights: Mapping[str, float],
) -> tuple[str, ...]:
    """Say how the name matched, what its head asked for, and what put the place before the next best one.

    Parameters
    ----------
    group : Group
    mention : Mention
    best : (Candidate, Terms)
        What was chosen, with what speaks for it.
    second : Terms or None
        What speaks for the next best candidate; None where there is none.
    weights : mapping of str to float
    """
    candidate, terms = best
    place = candidate.place
    reasons = [candidate.reason]
    if second is None:
        reasons.append("the only place of that name")
    if mention.kinds and place.kind in mention.kinds:
        reasons.append(f"{mention.head or mention.kinds[0]!s} asks for {place.kind}")
    elif place.kind == "river" and not mention.kinds and group.mention.kinds:
        reasons.append("the words beside it suit a river")
    elif mention.head and not fits(mention, place):
        reasons.append(f"no {mention.head} of that name is known: {place.name} stands in")
    parent = next((parent for parent in group.parents if inside(place, parent)), None)
    if parent is not None:
        reasons.append(f"lies in {parent.name}, named beside it")
    if candidate.edits:
        reasons.append("similar name that lies in the unit named beside it")
    return (*reasons, *_differences(place, terms, second, weights))


def _differences(place: Place, terms: Terms, second: Terms | None, weights: Mapping[str, float]) -> list[str]:
    """What speaks for the best rather than for the second, the strongest first."""
    if second is None:
        return []
    sums: dict[str, float] = {}
    for name, size in terms:
        key = _LIKE.get(name, name)
        sums[key] = sums.get(key, 0.0) + weights[name] * size
    for name, size in second:
        key = _LIKE.get(name, name)
        sums[key] = sums.get(key, 0.0) - weights[name] * size
    strong = sorted(((gain, key) for key, gain in sums.items() if gain >= _SAID), reverse=True)
    for_it = {_LIKE.get(name, name) for name, size in terms if weights[name] * size > 0} if strong else set()
    words = []
    for _, key in strong:
        if key == "prominence":
            words.append("better known than the others")
        elif key in _WORDS and key in for_it:
            sort = "town" if place.kind in SETTLEMENTS else "unit" if place.is_area else place.kind
            words.append(_WORDS[key].format(sort=sort, country=place.country, admin1=place.admin1))
    return words[:_MOST]


def refusal(mention: Mention, candidate: Candidate, group: Group, others: Others) -> str | None:
    """Why the best candidate cannot be what is meant; None where it can."""
    return (
        _no_feature(mention, candidate)
        or _elsewhere(mention, candidate.place, others)
        or _byname_elsewhere(candidate, others)
        or _too_great(mention, candidate.place)
        or (f"no place of that name is known in {group.outside.name}" if group.outside else None)
    )


def _no_feature(mention: Mention, candidate: Candidate) -> str | None:
    """Refuse a town for a river; not where the head is part of the town's name (Mount Vernon)."""
    if fits(mention, candidate.place) or mention.kinds[0] not in PHYSICAL or candidate.place.kind in PHYSICAL:
        return None
    if mention.head and mention.head in candidate.name.split():
        return None
    return f"no {mention.head or mention.kinds[0]} of that name is known"


def _elsewhere(mention: Mention, place: Place, others: Others) -> str | None:
    """Refuse a town that merely shares the name of a park or square and lies where nothing else does."""
    if not mention.head or fits(mention, place) or mention.head in _STAND_INS:
        return None
    if not mention.text.casefold().endswith(mention.head):
        return None
    if others.nearness(place) > 0.3 or others.unit_share(place.admin1) > 0.3:
        return None
    return f"no {mention.head} of that name is known"


def _too_great(mention: Mention, place: Place) -> str | None:
    """Refuse a great city for what is called a village."""
    if mention.head not in _SMALL or place.kind != "city" or place.prominence < _GREAT:
        return None
    return f"no {mention.head} of that name is known"


def _byname_elsewhere(candidate: Candidate, others: Others) -> str | None:
    """Refuse a small town that has the name only as a further one and lies where nothing else of the text does."""
    place = candidate.place
    if place.kind not in SETTLEMENTS or place.prominence >= _KNOWN:
        return None
    if match_term(candidate.name, place.name, candidate.use) not in _BYNAMES:
        return None
    if others.nearness(place) > 0 or others.unit_share(place.admin1) > 0 or others.placed < _SOME:
        return None
    return f"only a further name of {place.name}, far from all else"


def fits(mention: Mention, place: Place) -> bool:
    """Whether a place is of a kind that the context asks for, or it asks for none."""
    return not mention.kinds or place.kind in mention.kinds
