"""Nouns that stand for a place named before: "the plant", "that territory", "there"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.events.areas import FACILITIES
from geo.text.words import words
from geo.types import EventPlace, PlaceRole

if TYPE_CHECKING:
    from gazetteer.types import Place
    from geo.events.sentence import Sentence

_KINDS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("plant", "station", "site", "facility", "reactor", "airport", "base", "dam", "bridge", "complex"),
        FACILITIES,
    ),
    **dict.fromkeys(
        ("city", "town", "village", "settlement", "capital", "port", "hamlet"), ("city", "town", "village")
    ),
    **dict.fromkeys(
        ("region", "province", "oblast", "territory", "district", "area", "state", "county"),
        ("admin1", "admin2", "region"),
    ),
    **dict.fromkeys(
        ("enclave", "exclave", "strip", "plateau", "valley", "heights", "archipelago"),
        ("region", "admin1", "admin2", "mountain", "island"),
    ),
    **dict.fromkeys(
        ("suburb", "neighbourhood", "neighborhood", "quarter", "camp", "stronghold", "outpost"),
        ("city", "town", "village", *FACILITIES, "other"),
    ),
    **dict.fromkeys(
        ("regions", "provinces", "oblasts", "territories", "areas"), ("admin1", "admin2", "region")
    ),
    **dict.fromkeys(("cities", "towns", "villages"), ("city", "town", "village")),
    "island": ("island", "admin1", "region", "country"),
    "peninsula": ("peninsula", "admin1", "region"),
    "country": ("country",),
    "river": ("river",),
}
_DEFINITE: Final = words("the that this these those both said its same such")


def anaphor(sentence: Sentence, first: int, last: int) -> tuple[str, tuple[str, ...]] | None:
    """A definite noun that stands for a place named before, with the kinds it can mean; None without one.

    ``("there", ())`` for "there", which can mean any kind.
    """
    lower = sentence.lower
    for i in range(first, last):
        kinds = _KINDS.get(lower[i])
        if kinds and sentence.texts[i][0].islower():
            j = i - 1
            while j > first and j > i - 3 and lower[j] not in _DEFINITE and lower[j].isalpha():
                j -= 1
            named = any(
                ref.first <= i + 1 and i - 1 <= ref.last and abs(ref.last - i) <= 1 for ref in sentence.refs
            )
            of_place = lower[i + 1 : i + 2] == ["of"] and any(
                0 <= ref.first - i - 2 <= 1 for ref in sentence.refs
            )
            following = sentence.texts[i + 2] if i + 2 < len(lower) else ""
            of_place = of_place or (lower[i + 1 : i + 2] == ["of"] and following[:1].isupper())
            if j >= 0 and lower[j] in _DEFINITE and not named and not of_place:
                return " ".join(lower[j : i + 1]), kinds
        elif lower[i] == "there" and lower[i + 1 : i + 2] not in (
            ["is"],
            ["are"],
            ["was"],
            ["were"],
            ["has"],
            ["have"],
            ["will"],
        ):
            return "there", ()
    return None


def fits(place: Place | None, kinds: tuple[str, ...]) -> bool:
    """Whether `place` is of one of `kinds`; any place does where there are none."""
    return place is not None and (not kinds or place.kind in kinds)


def inherited(place: EventPlace, reason: str) -> EventPlace:
    """`place` taken over for another event, with the reason."""
    role: PlaceRole = "at" if place.role in {"to", "towards"} else place.role
    return EventPlace(role, place.place, place.mention, place.text, reason)
