"""The signals that learned weights stand for: their templates, and which few facts decide them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Value = Any
"""A string, number or tuple of such; "" says nothing."""
Facts = list[tuple[Value, ...]]
"""What decides the signals of each `Group`."""

COMMON: Final = (
    *("l1", "l2", "l3", "r1", "r2", "r3", "l21", "r12", "lr", "l321", "r123", "rs", "ls", "where", "size"),
    *(
        "l1where",
        "run",
        "times",
        "person",
        "personwhere",
        "shape",
        "traits",
        "traitswhere",
        "traitsr1",
        "also",
    ),
)
KNOWN: Final = (
    *COMMON,
    *(
        "size2",
        "kind",
        "belief",
        "ruled",
        "role",
        "use",
        "ruledsize",
        "beliefkind",
        "l1size",
        "r1size",
        "ruledl1",
    ),
    *("ruledr1", "unit", "country", "unitsize", "countrysize", "unitbelief", "sure", "surebelief", "density"),
    *("kindsize", "opens", "personsize", "ends", "endsrough", "endsunit", "ruledunit"),
)
UNKNOWN: Final = (
    *COMMON,
    *("last", "first", "end3", "end2", "l1last", "l1size", "l21size", "r1last", "locative", "r12last"),
    *("density", "length"),
)
"""Templates in the order of their values."""


class Group(NamedTuple):
    """Signals that the same few facts decide: their templates, and their values for these facts.

    Few facts come back often, so that what their signals weigh together can be kept (`geo.mentions.model`).
    """

    templates: tuple[str, ...]
    values: Callable[..., tuple[Value, ...]]


def values(groups: Sequence[Group], facts: Facts, order: Sequence[str]) -> list[Value]:
    """Value of every signal, in the order of the templates."""
    found: dict[str, Value] = {}
    for group, fact in zip(groups, facts, strict=True):
        found.update(zip(group.templates, group.values(*fact), strict=True))
    return [found[template] for template in order]


def last_letters(word: str) -> str:
    """Ending of a word beside a name; "" for what is no word."""
    return word[-3:] if word[:1].isalpha() else ""


def last_two(letters: str) -> str:
    """Two last letters of a name by its three last."""
    return letters[-2:]


def _left(l1: str, l2: str) -> tuple[Value, ...]:
    return l1, l2, (l2, l1), last_letters(l1)


def _right(r1: str, r2: str) -> tuple[Value, ...]:
    return r1, r2, (r1, r2), last_letters(r1)


def _third_left(l21: Value, l3: str) -> Value:
    return (l3, *l21) if l21 else ""


def _third_right(r12: Value, r3: str) -> Value:
    return (*r12, r3) if r12 else ""


def _form(
    place: str,
    size: int,
    before: int,
    after: int,
    times: str,
    person: int,
    shape: int,
    head: bool,
    traits: Value,
    several: bool,
    also: bool,
) -> tuple[Value, ...]:
    more = (traits, place, several), (also, place, several)
    return place, size, (before, after), times, person, (shape, head), traits, *more


def _name(size: int, kind: str, belief: int, ruled: str, role: str, use: Value) -> tuple[Value, ...]:
    return size, kind, belief, ruled, role, use, (ruled, size), (belief, kind), (kind, size)


def _support(
    unit: str, country: str, rough: int, belief: int, sure: bool, density: str, ruled: str
) -> tuple[Value, ...]:
    more = (unit, rough), (country, rough), (unit, belief)
    return unit, country, *more, sure, (sure, belief), density, (ruled, unit, country)


def _run(opens: str, person: int, more: bool, ends: str, rough: int, unit: str) -> tuple[Value, ...]:
    ended = (ends, (ends, rough), (ends, unit)) if ends else ("", "", "")
    return opens, (person, rough, more), *ended


_COMMON: Final = (
    Group(("l1", "l2", "l21", "ls"), _left),
    Group(("r1", "r2", "r12", "rs"), _right),
    Group(("lr",), lambda l1, r1: ((l1, r1),)),
    Group(("l1where", "personwhere"), lambda l1, place, *more: ((l1, place), (more[0], place, l1, more[1]))),
    Group(("traitsr1",), lambda *facts: (facts,)),
    Group(("where", "size", "run", "times", "person", "shape", "traits", "traitswhere", "also"), _form),
)
KNOWN_GROUPS: Final = (
    *_COMMON,
    Group(("l3", "l321"), lambda l21, l3: (l3, _third_left(l21, l3))),
    Group(("r3", "r123"), lambda r12, r3: (r3, _third_right(r12, r3))),
    Group(("size2", "kind", "belief", "ruled", "role", "use", "ruledsize", "beliefkind", "kindsize"), _name),
    Group(("l1size", "ruledl1"), lambda rough, ruled, l1: ((l1, rough), (ruled, l1))),
    Group(("r1size", "ruledr1"), lambda rough, ruled, r1: ((r1, rough), (ruled, r1))),
    Group(
        (
            *("unit", "country", "unitsize", "countrysize", "unitbelief", "sure", "surebelief", "density"),
            "ruledunit",
        ),
        _support,
    ),
    Group(("opens", "personsize", "ends", "endsrough", "endsunit"), _run),
)
UNKNOWN_GROUPS: Final = (
    *_COMMON,
    Group(
        ("l3", "l321", "l21size"),
        lambda l21, l3, size: (l3, _third_left(l21, l3), (*l21, size) if l21 else ""),
    ),
    Group(
        ("r3", "r123", "r12last"),
        lambda r12, r3, ends: (r3, _third_right(r12, r3), (*r12, ends) if r12 else ""),
    ),
    Group(("last", "l1last", "l1size"), lambda l1, ends, size: (ends, (l1, ends), (l1, size))),
    Group(("r1last",), lambda *facts: (facts,)),
    Group(("first", "end3", "end2"), lambda opens, end: (opens, end, last_two(end))),
    Group(("locative",), lambda *facts: (facts,)),
    Group(("density", "length"), lambda *facts: facts),
)
