"""Which of two places only says where the other lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.types import Place
    from geo.events.sentence import PlaceRef, Sentence

FACILITIES: Final = ("facility", "base", "dam", "bridge")
_SETTLEMENTS: Final = ("city", "town")
_LANDS: Final = ("island", "peninsula", "region")
_SITES: Final = (*FACILITIES, "other")
_HOLDS_SITES: Final = (*_SETTLEMENTS, "river", "lake", "sea", "strait")


def contains(outer: Place, inner: Place) -> bool:
    """Whether the area `outer` is known to hold `inner`; False for a place and itself."""
    if outer.id == inner.id or not outer.is_area:
        return False
    if inner.admin1 == outer.id.removeprefix("iso:") or inner.admin1 == outer.id:
        return True
    if outer.kind == "country":
        return inner.country is not None and inner.country == outer.country and inner.kind != "country"
    return False


def without_containers(sentence: Sentence, refs: Sequence[PlaceRef]) -> list[PlaceRef]:
    """Leave out an area that only says where another of the places lies: "A in the B region"."""
    return [
        ref for ref in refs if not any(_holds(sentence, ref, other) for other in refs if other is not ref)
    ]


def area_around(sentence: Sentence, ref: PlaceRef, refs: Sequence[PlaceRef]) -> PlaceRef | None:
    """The smallest named area in which a place that nobody knows is said to lie; None where none is named.

    A country is too wide to stand for a village of it.
    """
    if ref.place is not None:
        return None
    areas = [
        other
        for other in refs
        if other.place is not None
        and other.place.kind not in {"country", "continent"}
        and _lies_in(sentence, ref, other)
    ]
    return areas[0] if areas else None


def _lies_in(sentence: Sentence, inner: PlaceRef, outer: PlaceRef) -> bool:
    """Whether the text says of an unknown name that it lies in `outer`: "A in B", "A, a village in B", "A, B"."""
    if outer.place is None or not outer.place.is_area or outer.first < inner.last:
        return False
    between = sentence.lower[inner.last : outer.first]
    following = sentence.lower[outer.last : outer.last + 1]
    if between == [","]:
        return following not in ([","], ["and"], ["or"])
    if between[:1] == [","] and between[1:2] not in (["a"], ["an"], ["the"], ["in"]):
        return False
    words = set(between[1:] if between[:1] == [","] else between)
    return len(between) <= 7 and bool({"in", "of"} & words) and not {"and", ",", "to", "from"} & words


def _holds(sentence: Sentence, outer: PlaceRef, inner: PlaceRef) -> bool:
    if inner.place is None:
        return _lies_in(sentence, inner, outer)
    if outer.place is None:
        return False
    if _coordinated(sentence, outer, inner):
        return False
    if contains(outer.place, inner.place) and abs(outer.first - inner.last) <= 14:
        return True
    between = sentence.lower[inner.last : outer.first]
    linked = (
        inner.last <= outer.first
        and len(between) <= 6
        and bool(
            ({"in", "of", "on"} | ({"over", "across"} if outer.place.kind == "river" else set()))
            & set(between)
        )
        and not {"and", ",", "to", "from", "towards"} & set(between)
    )
    capital = inner.last <= outer.first and len(between) <= 6 and "capital" in between and "of" in between
    same_country = (
        inner.place.country is None
        or outer.place.country is None
        or inner.place.country == outer.place.country
    )
    wider = (
        outer.place.is_area
        or outer.place.kind in _LANDS
        or (inner.place.kind in _SITES and outer.place.kind in _HOLDS_SITES)
    )
    return (
        (linked or capital)
        and wider
        and inner.place.kind != "country"
        and same_country
        and inner.place.id != outer.place.id
    )


def _coordinated(sentence: Sentence, one: PlaceRef, other: PlaceRef) -> bool:
    """Whether only "and" stands between two places: "across southern Lebanon and the Bekaa valley"."""
    first, second = (one, other) if one.first < other.first else (other, one)
    between = sentence.lower[first.last : second.first]
    return "and" in between and len(between) <= 5 and not {"in", "of"} & set(between)
