"""What the page needs to show one day: the claims of the past beside those of the day of the map, and their data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geo.layers.claims import claims_layer
from geo.layers.extent import extent
from geo.render import style
from geo.render.island import clean
from geo.render.view import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geo.layers.atlas import Atlas
    from geo.layers.claims import Outline
    from geo.layers.layer import Layer
    from geo.render.view import Box, View

Row = dict[str, Any]
Claimed = tuple[list[Row], list[Row]]
"""Rows of the layer of claims: those drawn at first, and those that had ended by then."""


def claims_seen(layers: Mapping[str, Layer], gaz: Atlas, shown: View, as_of: date | None) -> Claimed:
    """Rows of the claims of the day, and of those that had ended by then: only what the first view can show.

    A claim is kept, whole, when one of its outlines touches the focus or lies in a country that the texts
    name or place events in. `as_of` counts where the layer of claims says no day itself. Without any day the
    first list holds all known claims and the second none. Where nothing is placed both are empty.
    """
    if shown.empty:  # nothing is told of any place: a claim would be beside the point
        return [], []
    about = {row["country"] for row in layers["places"].rows if row["literal"] or row["events"]} - {None}
    outline = cache(gaz.region)  # for this once: the same areas are claimed again and again
    now = _kept(layers["claims"], outline, shown.focus, about)
    day = layers["claims"].rows[0]["as_of"] if len(layers["claims"]) else as_of.isoformat() if as_of else None
    if day is None:
        return now, []
    box = extent(layers["events"], layers["places"], layers["flows"])
    known = _kept(claims_layer(gaz, None, box, about, outline), outline, shown.focus, about)
    listed = {row["id"] for row in now}
    return now, [row for row in known if row["id"] not in listed and row["since"] <= day]


def standing_then(row: Mapping[str, Any]) -> str:
    """Standing of a claim while it was made."""
    return "recognised" if row["claimant_code"] and row["country"] == row["claimant_code"] else "disputed"


def _kept(layer: Layer, outline: Outline, box: Box, about: set[str]) -> list[Row]:
    """Rows of the claims that touch a box or lie in a country of `about`."""
    from shapely import box as rectangle
    from shapely import union_all

    frame = union_all([rectangle(*piece) for piece, _ in pieces(box)])
    near = {row["id"] for row in layer.rows if row["country"] in about}
    for row in layer.rows:
        shape = None if row["id"] in near else outline(row["region_id"])
        if shape is not None and frame.intersects(shape):
            near.add(row["id"])
    return [row for row in layer.rows if row["id"] in near]


def claims_data(drawn: Iterable[Row], past: Iterable[Row], catalogue: Mapping[str, str]) -> Claimed:
    """One entry per claim with its outlines; ``hatch`` numbers the claimants of both lists together."""
    claimants: dict[str, int] = {}
    return _merged(drawn, claimants, catalogue), [
        entry | {"line": entry.get("then", entry["line"])} for entry in _merged(past, claimants, catalogue)
    ]


def _merged(rows: Iterable[Row], claimants: dict[str, int], catalogue: Mapping[str, str]) -> list[Row]:
    merged: dict[str, Row] = {}
    for row in rows:
        if row["id"] not in merged:
            proxy = bool(row["proxy"])
            merged[row["id"]] = {
                "id": row["id"],
                "territory": clean(row["territory"]),
                "claimant": clean(row["claimant"]),
                "legend": clean(_claimed(row, catalogue)),
                "start": clean(row["since"]),
                "end": clean(row["until"]),
                "line": style.claim_line(row["standing"], proxy=proxy),
                "proxy": int(proxy),
                "note": clean(row["note"]),
                "hatch": claimants.setdefault(row["claimant"], len(claimants)) % len(style.HATCH_ANGLES),
                "areas": [],
            }
            if row["standing"] == "ended":
                merged[row["id"]]["then"] = style.claim_line(standing_then(row), proxy=proxy)
        merged[row["id"]]["areas"].append(row["region_id"])
    return list(merged.values())


def _claimed(row: Row, catalogue: Mapping[str, str]) -> str:
    """Text of the legend: the layer's own, or its parts in the catalogue's language."""
    if not (pattern := catalogue.get("claimed_by")):
        return str(row["legend"])
    until = catalogue["claimed_until"].format(date=row["until"]) if row["until"] else ""
    basis = f" ({row['basis']})" if row["basis"] else ""
    return pattern.format(claimant=row["claimant"], date=row["since"]) + until + basis
