"""The role that a preposition gives a place: at, near, from, to or towards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.text.words import words

if TYPE_CHECKING:
    from geo.events.sentence import PlaceRef, Sentence
    from geo.types import PlaceRole

ROLES: Final[dict[str, PlaceRole]] = {
    "from": "from",
    "to": "to",
    "into": "to",
    "for": "to",
    "via": "at",
    "towards": "towards",
    "toward": "towards",
    "near": "near",
    "nearby": "near",
    "outside": "near",
    "around": "near",
    "beyond": "near",
    "closest": "near",
    "off": "near",
    "in": "at",
    "at": "at",
    "on": "at",
    "against": "at",
    "over": "at",
    "inside": "at",
    "within": "at",
    "across": "at",
    "throughout": "at",
    "through": "at",
    "between": "at",
    "under": "at",
}
_SKIPPED: Final = words(
    """the a an city cities town towns village villages port region regions province provinces district districts
    oblast oblasts state states capital of area areas eastern western northern southern central neighbouring
    neighboring both its their occupied besieged border island islands peninsula country countries territory north
    south east west northeastern northwestern southeastern southwestern outskirts suburbs suburb centre center
    parts part whole rest much most river banks bank waters coast downtown coastal disputed breakaway port-city
    settlement settlements municipality county counties airport base line lines remote nearby historic"""
)
_HEADS: Final = words(
    """region regions province provinces district districts oblast oblasts state peninsula river area areas
    plant station base city airport"""
)
_BOUND: Final = {
    "for": words("head heads heading headed bound making"),
    "to": words("way route"),
}
"""Words before "for" and "to" where somebody has not arrived yet: "heading for X", "on the way to X"."""
_DISTANCES: Final = words("km kilometres kilometers miles far away")
_BESIDE: Final = words("edge fringes fringe gates vicinity outside short")
_SHARED: Final = words("border borders frontier boundary crossing")
_ADDRESSING: Final = words("appealed appeals turned told spoke called calls calling appealing thanks")


def role_of(sentence: Sentence, ref: PlaceRef) -> PlaceRole:
    """Role that the preposition in front gives a mention; members of a list share the first one's."""
    lower = sentence.lower
    if _between(sentence, ref):
        return "at"
    # "north of X" lies near X, "the north of X" in it
    if (
        ref.first > 1
        and lower[ref.first - 1] == "of"
        and lower[ref.first - 2]
        in {
            "north",
            "south",
            "east",
            "west",
            "outskirts",
        }
    ):
        return "at" if ref.first > 2 and lower[ref.first - 3] in {"the", "in"} else "near"
    if ref.first > 1 and lower[ref.first - 1] == "of" and lower[ref.first - 2] in _BESIDE:
        return "near"
    if lower[max(0, ref.first - 2) : ref.first] == ["out", "of"]:
        return "from"
    i = ref.first - 1
    while i >= 0 and (lower[i] in _SKIPPED or lower[i] == "-"):
        i -= 1
    if i < 0:
        return "at"
    if lower[i] in {",", "and", "or"}:
        before = _list_member_before(sentence, i)
        return role_of(sentence, before) if before else "at"
    if lower[i] == "to" and i and lower[i - 1] in {"closest", "close", "next", "nearest", "adjacent"}:
        return "near"
    if i and lower[i] in _BOUND and lower[i - 1] in _BOUND[lower[i]]:
        return "towards"
    if lower[i] == "from" and ((i and lower[i - 1] in _DISTANCES) or "across" in lower[max(0, i - 6) : i]):
        return "near"  # "60 km from X", "across the river from X"
    return ROLES.get(lower[i], "at")


def _between(sentence: Sentence, ref: PlaceRef) -> bool:
    return "between" in sentence.lower[max(0, ref.first - 5) : ref.first]


def _list_member_before(sentence: Sentence, joint: int) -> PlaceRef | None:
    """The mention that ends just before the comma or "and" at `joint`, its head noun allowed between."""
    i = joint
    while i >= 0 and sentence.lower[i] in {",", "and", "or"}:
        i -= 1
    if i >= 0 and sentence.lower[i] in _HEADS:
        i -= 1
    return next((ref for ref in sentence.refs if ref.first <= i < ref.last), None)


def reserved(sentence: Sentence) -> set[int]:
    """Mentions that only say to whom something is annexed, who is spoken to or whose border it is: nobody's place."""
    taken = {ref.index for ref in sentence.refs if _is_addressed(sentence, ref)}
    for hit in sentence.hits:
        if hit.readings[0][0].type != "annexation":
            continue
        for ref in sentence.refs:
            if (
                hit.end <= ref.first <= hit.end + 6
                and role_of(sentence, ref) == "to"
                and ref.place
                and ref.place.kind == "country"
            ):
                taken.add(ref.index)
    return taken


def _is_addressed(sentence: Sentence, ref: PlaceRef) -> bool:
    """Whether somebody speaks to it, or it is only the other side of a border: "called on X", "the border with X"."""
    before = sentence.lower[max(0, ref.first - 2) : ref.first]
    if len(before) < 2:
        return False
    addressed = before[1] in {"on", "to", "upon"} and before[0] in _ADDRESSING
    bordering = before[1] == "with" and before[0] in _SHARED
    return addressed or (
        bordering
        and any(other.role == "literal" and 0 <= ref.first - other.last <= 8 for other in sentence.refs)
    )


__all__ = ["ROLES", "reserved", "role_of"]
