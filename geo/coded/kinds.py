"""Others' event types as ours: by `codes.csv`, then by the columns of the ontology's table."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from geo.ontology import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.coded.layouts import Layout

OTHER: Final = "other"
_VAGUE: Final = {"other", "assault", "state-based", "one-sided"}
"""Names that the ontology gives to many unlike types: they lead nowhere back."""


@lru_cache(maxsize=1)
def codes() -> dict[tuple[str, str], str]:
    """Scheme and code (lower case) -> type."""
    found: dict[tuple[str, str], str] = {}
    text = resources.files("geo.coded").joinpath("codes.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found[row["scheme"], row["code"].lower()] = row["type"]
    for kind in load():
        for scheme in ("acled", "viina"):
            for code in getattr(kind, scheme).split(";"):
                if (name := code.strip().lower()) and name not in _VAGUE:
                    found.setdefault((scheme, name), kind.name)
    return found


def type_of(layout: Layout, row: Mapping[str, Any]) -> tuple[str, str]:
    """Give our type of a row and what the row itself calls it.

    Returns
    -------
    type : str
        A type of the ontology; where nothing is known of it the row's own word, ``other`` where it has none.
    told : str
        As the row has it, "" where it has nothing.
    """
    if layout.name == "viina":
        return _flagged(row)
    found = [str(row[name]).strip() for name in layout.columns["type"] if row.get(name) not in (None, "")]
    for told in found:
        known = codes().get((layout.name, told.lower()))
        if known:
            return known, told
        if layout.name == "table" and (ours := _ours(told)):
            return ours, told
    return (_word(found[0]), found[0]) if found else (OTHER, "")


def _ours(told: str) -> str | None:
    name = _word(told)
    if name in load().types:
        return name
    return codes().get(("acled", told.lower()))


def _flagged(row: Mapping[str, Any]) -> tuple[str, str]:
    """Read VIINA's flags: of several that are set, the type that stands first in the ontology's table."""
    order = list(load().types)
    table = codes()
    flags = [name for name in row if name.startswith("t_") and name.endswith("_b") and _is_set(row[name])]
    told = [name.removesuffix("_b") for name in flags]
    known = [table["viina", name] for name in told if ("viina", name) in table]
    best = min(known, key=order.index) if known else OTHER
    return best, "; ".join(told)


def _is_set(value: Any) -> bool:
    return str(value).strip().lower() in {"1", "1.0", "true"}


def _word(text: str) -> str:
    """Make a name of a type from free words.

    Examples
    --------
    >>> _word("Headquarters or base established")
    'headquarters_or_base_established'
    """
    return re.sub(r"\W+", "_", text.lower()).strip("_")[:60] or OTHER
