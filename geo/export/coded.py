"""Columns that an export adds to the events: the date in EDTF, and what other data sets call the type.

They follow from the other columns, so the layer itself does without them. A layer that has a column of that name
keeps its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.layers.layer import columns
from geo.types import TimeSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.layers import Layer
    from geo.ontology import Ontology

EDTF: Final = "date_edtf"
SCHEMES: Final = ("acled", "plover", "viina", "ucdp")
ADDED: Final = columns(
    (EDTF, "str", "the dates in EDTF (ISO 8601-2): day, month, year or interval, .. at an open end"),
    ("acled", "str", "ACLED's sub-event type that is nearest to the type; empty where there is none"),
    ("plover", "str", "PLOVER's event type and mode; empty where there is none"),
    ("viina", "str", "VIINA's event column; empty where there is none"),
    ("ucdp", "str", "UCDP's type of violence; empty where there is none"),
)
_NEEDED: Final = frozenset({"type", "date_start", "date_end", "granularity"})


def coded(
    layers: Mapping[str, Layer], to_edtf: Callable[[TimeSpan], str], ontology: Ontology | None = None
) -> dict[str, Layer]:
    """Add the columns to the layer of events.

    Parameters
    ----------
    layers : mapping of str to Layer
    to_edtf : callable
        Writes a time in EDTF (`geo.dates.to_edtf`).
    ontology : Ontology, optional
        Whose types the events have; by default the package's own.

    Returns
    -------
    dict of str to Layer
        The others as they are; those handed in are not changed.
    """
    from geo.ontology import load

    types = (ontology or load()).types
    made = dict(layers)
    events = layers.get("events")
    if events is None or not {column.name for column in events.columns} >= _NEEDED:
        return made
    own = {column.name for column in events.columns}
    added = tuple(column for column in ADDED if column.name not in own)
    rows = []
    for row in events.rows:
        kind = types.get(row["type"])
        values: dict[str, Any] = {name: (getattr(kind, name) or None) if kind else None for name in SCHEMES}
        values[EDTF] = _edtf(row, to_edtf)
        rows.append(row | {column.name: values[column.name] for column in added})
    made["events"] = replace(events, columns=(*events.columns, *added), rows=rows)
    return made


def _edtf(row: Mapping[str, Any], to_edtf: Callable[[TimeSpan], str]) -> str | None:
    try:
        start, end = (
            date.fromisoformat(row[name]) if row[name] else None for name in ("date_start", "date_end")
        )
    except ValueError:  # records of other programs may hold half a date
        return None
    span = TimeSpan(start, end, row["granularity"] or "unknown", row.get("date_relation") or "at", "explicit")
    return to_edtf(span) or None
