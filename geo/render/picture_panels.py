"""Several small maps in one picture, by date or by type; and what a picture shows, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, Final

from geo.ontology import load
from geo.render import style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.figure import Figure

    from geo.layers.layer import Layer

Row = dict[str, Any]

BY: Final = ("date", "type")
MOST: Final = 12
"""Small maps in one picture."""
UNDATED: Final = "No date"


def split(layers: Mapping[str, Layer], by: str) -> list[tuple[str, Mapping[str, Layer]]]:
    """Split the events over small maps.

    Parameters
    ----------
    layers : mapping of str to Layer
    by : str
        "date": by day, month or year, or several of these, so that there are at most `MOST`; "type": the most
        frequent first, the rest together.

    Returns
    -------
    list of (heading, layers)
        Tinted units are on none of them, since their counts are of all events; claims are on each, by date only those
        made by then. One map with everything where there are no events.
    """
    rows = layers["events"].rows
    groups = _by_type(rows) if by == "type" else _by_date(rows)
    if not groups:
        return [("", layers)]
    found: list[tuple[str, Mapping[str, Layer]]] = []
    for name, ids in groups:
        part = _only(layers, ids)
        if by == "date" and name != UNDATED:
            last = name.rsplit(" ", 1)[-1]
            part["claims"] = _kept(part["claims"], lambda row, day=last: str(row["since"])[: len(day)] <= day)  # type: ignore[misc]
        found.append((f"{name} ({len(ids)})", part))
    return found


def without_tints(layers: Mapping[str, Layer]) -> dict[str, Layer]:
    """Leave the first-level units out."""
    return dict(layers) | {"regions": replace(layers["regions"], rows=[], geometry=[])}


def columns(count: int) -> int:
    """Small maps side by side."""
    return min(ceil(sqrt(count)), 4) if count > 1 else 1


def heading(figure: Figure, text: str, left: float, middle: float) -> None:
    """Write the heading of a small map (inches)."""
    figure.text(
        left,
        middle,
        text,
        transform=figure.dpi_scale_trans,
        fontsize=8.5,
        weight="bold",
        va="center",
        color=style.LIGHT["label"],
        parse_math=False,
    )


def alt_text(layers: Mapping[str, Layer]) -> str:
    """Say in two or three sentences what a map shows, for those who cannot see it.

    Parameters
    ----------
    layers : mapping of str to Layer

    Returns
    -------
    str
        Also where nothing was found.
    """
    placed = {row["id"]: row for row in layers["events"].rows if row["lon"] is not None}
    if not placed:
        found = "Map without events."
    else:
        days = sorted(str(row["date_start"]) for row in placed.values() if row["date_start"])
        when = (
            f", {days[0]} to {days[-1]}" if days and days[0] != days[-1] else f", {days[0]}" if days else ""
        )
        places = Counter(row["place_name"] for row in placed.values())
        types = Counter(load().label(row["type"]).lower() for row in placed.values())
        found = (
            f"Map of {_count(len(placed), 'event')} at {_count(len(places), 'place')}{when}. "
            f"{_listed(types).capitalize()}. Most events: {_listed(places, 3)}."
        )
    claims = {row["id"]: row["territory"] + ", " + row["legend"] for row in layers["claims"].rows}
    shown = list(claims.values())
    more = f" and {len(shown) - 4} more" if len(shown) > 4 else ""
    return found + (f" Hatched: {'; '.join(shown[:4])}{more}." if shown else "")


def _listed(counts: Counter[str], most: int = 6) -> str:
    parts = [f"{name} {count}" for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
    return ", ".join(parts[:most]) + (f" and {len(parts) - most} more" if len(parts) > most else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


Group = tuple[str, set[str]]


def _by_type(rows: Sequence[Row]) -> list[Group]:
    kinds: dict[str, set[str]] = {}
    for row in rows:
        kinds.setdefault(row["type"], set()).add(row["id"])
    ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    most = MOST if len(ordered) <= MOST else MOST - 1
    found = [(load().label(name), ids) for name, ids in ordered[:most]]
    if rest := ordered[most:]:
        found.append(("Other types", set().union(*(ids for _, ids in rest))))
    return found


def _by_date(rows: Sequence[Row]) -> list[Group]:
    dated = [row for row in rows if row["date_start"]]
    undated = {row["id"] for row in rows} - {row["id"] for row in dated}
    room = MOST - bool(undated)
    found: list[Group] = []
    for length in (10, 7, 4):  # day, month, year
        found = _periods(dated, lambda text, n=length: text[:n])  # type: ignore[misc]
        if len(found) <= room:
            break
    if len(found) > room:
        size = ceil(len(found) / room)
        chunks = [found[start : start + size] for start in range(0, len(found), size)]
        found = [
            (f"{chunk[0][0]} to {chunk[-1][0]}", set().union(*(ids for _, ids in chunk))) for chunk in chunks
        ]
    return [*found, (UNDATED, undated)] if undated else found


def _periods(rows: Sequence[Row], cut: Callable[[str], str]) -> list[Group]:
    found: dict[str, set[str]] = {}
    for row in sorted(rows, key=lambda row: str(row["date_start"])):
        found.setdefault(cut(str(row["date_start"])), set()).add(row["id"])
    return list(found.items())


def _only(layers: Mapping[str, Layer], ids: set[str]) -> dict[str, Layer]:
    """Keep the events of `ids`, their movements and their places."""
    found = dict(layers)
    events = _kept(layers["events"], lambda row: row["id"] in ids)
    places = {row["place_id"] for row in events.rows}
    found["events"] = events
    found["flows"] = _kept(layers["flows"], lambda row: row["event_id"] in ids)
    found["places"] = _kept(layers["places"], lambda row: row["id"] in places)
    return without_tints(found)


def _kept(layer: Layer, wanted: Callable[[Row], bool]) -> Layer:
    pairs = [(row, shape) for row, shape in zip(layer.rows, layer.geometry, strict=True) if wanted(row)]
    return replace(layer, rows=[row for row, _ in pairs], geometry=[shape for _, shape in pairs])
