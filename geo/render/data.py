"""What the page draws, as data: events, reports, places, claims and the basemap, in columns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from geo.layers.tally import KEPT
from geo.ontology import load
from geo.render import style
from geo.render.base import base_data
from geo.render.cells import cells_data, newest_first
from geo.render.island import Pool, clean, columns, safe_url, short
from geo.render.reasons import in_words
from geo.render.through import claims_data
from geo.render.why import Told, sides_data, why_data
from geo.render.words import period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.layers.layer import Layer
    from geo.ontology import Ontology
    from geo.render.base import Base
    from geo.render.cells import Cells
    from geo.render.through import Claimed
    from geo.render.view import View
    from geo.types import Parsed

Row = dict[str, Any]
BUILD_ONLY: Final = (
    "kind.",
    "count.",
    "type.",
    "lang",
    "claimed_",
    "tiles_note",
    "folium_note",
    "online_note",
    *(
        "sentence",
        "since",
        "tint",
        "untitled",
        "skip",
        "map_help",
        "as_of_all",
        "date_one",
        "dates_none",
        "viewpoint",
        "boundaries",
    ),
    *("publisher", "from_to", "claim_none", "first_rows", "line."),
    *("unit.", "week_of", "time_day"),
)
"""Words of the catalogue that only the Python side uses."""
CELLS_ONLY: Final = ("cells", "months_alone")
"""Words that only maps of counted events need."""


def page_data(
    layers: Mapping[str, Layer],
    parsed: Sequence[Parsed],
    base: Base,
    view: View,
    catalogue: dict[str, str],
    ontology: Ontology | None = None,
    claims: Claimed | None = None,
    names: Mapping[str, str] | None = None,
    cells: Cells | None = None,
) -> dict[str, Any]:
    """Everything the page's code draws, apart from its frame.

    ``claims`` are the rows of the claims drawn at first and of past ones (default: all of the layer's);
    ``names`` the names of countries by code; with ``cells`` the layers are those of `geo.render.cells.aggregated`.
    """
    ontology = ontology or load()
    drawn, past = claims_data(*(claims or (layers["claims"].rows, [])), catalogue)
    told = Told(cells.parsed if cells else parsed, layers)
    pool = Pool()
    places = _Places(layers["places"], catalogue)
    kinds = {row["type"] for row in [*layers["events"].rows, *layers["flows"].rows]}
    types = sorted(kinds | {line[1] for line in (cells.totals.lines if cells else ())})
    numbers = {name: number for number, name in enumerate(types)}
    events = _events(layers, numbers, places, pool, catalogue)
    listed = {name: number for number, name in enumerate(events["id"])}
    steps = style.tint_steps(max((row["events"] for row in layers["regions"].rows), default=0))
    return {
        "v": 1,
        "words": _words(catalogue, cells),
        "focus": [round(value, 3) for value in view.focus],
        "types": [style.type_style(name, ontology, catalogue) for name in types],
        "events": events,
        "reports": _reports(layers["reports"], listed, pool),
        "documents": _documents(parsed[:KEPT] if cells else parsed, pool),
        "places": places.table(),
        "regions": columns(layers["regions"].rows, ("id", "name", "mentions", "mentions_other", "events")),
        "claims": drawn,
        "past": past,
        "sides": _sides(told, layers, list(listed), names or {}),
        "why": why_data(told, listed, pool, catalogue),
        "flows": _flows(layers["flows"], numbers, places),
        "unplaced": _unplaced(layers["unplaced"], pool, catalogue),
        "base": base_data(base),
        "hatch": [list(style.HATCH_ANGLES), list(style.HATCH_COLOURS), list(style.HATCH_COLOURS_DARK)],
        "control": None,
        "lines": style.CLAIM_LINES,
        "dashes": style.DASHES,
        "tints": [list(steps), list(style.TINTS), list(style.TINTS_DARK)],
        "controls": [list(style.CONTROL), list(style.CONTROL_DARK)],
        "paper": [style.LIGHT, style.DARK],
        "shapes": {
            shape: style.SHAPES[shape] for shape in sorted({_family(t, ontology).shape for t in types})
        },
        "texts": pool.values,
        "cells": cells_data(cells, numbers, places.numbers) if cells else None,
    }


def _words(catalogue: Mapping[str, str], cells: Cells | None) -> dict[str, str]:
    """Words of the interface that the page's code uses; time is told in the unit that events are counted by."""
    unit = cells.periods.unit if cells else "day"
    left_out = BUILD_ONLY if cells else (*BUILD_ONLY, *CELLS_ONLY)
    made = {key: text for key, text in catalogue.items() if not key.startswith(left_out)}
    named = catalogue[f"unit.{unit}"]
    made["time_day"] = named[:1].upper() + named[1:]
    for key in ("time_before", "time_after"):
        made[key] = catalogue[key].format(unit=named)
    if unit == "week":
        made["period"] = catalogue["week_of"]
    return made


def _family(name: str, ontology: Ontology) -> style.Family:
    return style.family(ontology.family(name))


class _Places:
    """Places by number, in the order of their layer."""

    def __init__(self, layer: Layer, catalogue: Mapping[str, str]) -> None:
        self.rows = layer.rows
        self._kinds = {"admin1": catalogue["region"].lower()}
        self.numbers = {row["id"]: number for number, row in enumerate(layer.rows)}

    def number(self, place_id: str | None) -> int:
        return self.numbers.get(place_id or "", -1)

    def names(self) -> list[str]:
        """Names; those that two places share, with the kind."""
        shared = Counter(row["name"] for row in self.rows if row["kind"] != "cell")
        return [
            clean(
                f"{row['name']} ({self._kinds.get(row['kind'], row['kind'])})"
                if shared[row["name"]] > 1 and row["kind"] != "cell"
                else row["name"]
            )
            for row in self.rows
        ]

    def table(self) -> dict[str, list[Any]]:
        table = columns(self.rows, ("id", "kind", "admin1", "mentions", "literal", "precision_km"))
        table["name"] = self.names()
        table["lon"] = [round(row["lon"], 4) for row in self.rows]
        table["lat"] = [round(row["lat"], 4) for row in self.rows]
        table["area"] = [int(row["is_area"]) for row in self.rows]
        table["precision_km"] = [round(row["precision_km"] or 0, 1) for row in self.rows]
        return table


def _events(
    layers: Mapping[str, Layer],
    types: Mapping[str, int],
    places: _Places,
    pool: Pool,
    catalogue: dict[str, str],
) -> dict[str, list[Any]]:
    """One entry per event (not per row), in the order of the list; an event at several places lists them all."""
    merged: dict[str, Row] = {}
    for row in newest_first(layers["events"].rows):
        entry = merged.setdefault(
            row["id"],
            {
                "id": row["id"],
                "type": types[row["type"]],
                "status": row["status"],
                "standing": row["standing"],
                "places": [],
                "near": int(row["place_role"] == "near"),
                "start": row["date_start"] or "",
                "end": row["date_end"] or "",
                "when": pool.add(period(row, catalogue) or row["date_text"]),
                "source": pool.add(row["source"]),
                "chain": pool.add(row["source_chain"]),
                "actors": pool.add(row["actors"]),
                "quantities": pool.add(row["quantities"]),
                "route": pool.add(_route(row, catalogue)),
            },
        )
        if (number := places.number(row["place_id"])) >= 0:
            entry["places"].append(number)
    names = (
        *("id", "type", "status", "standing", "places", "near", "start", "end"),
        *("when", "source", "chain", "actors", "quantities", "route"),
    )
    return columns(merged.values(), names)


def _route(row: Row, catalogue: Mapping[str, str]) -> str:
    if not row["destinations"]:
        return ""
    return catalogue["from_to"].format(
        origin=row["origin"] or row["place_name"] or "?", destination=row["destinations"]
    )


def _reports(layer: Layer, numbers: Mapping[str, int], pool: Pool) -> dict[str, list[Any]]:
    rows = [
        {
            "event": numbers[row["event_id"]],
            "status": row["status"],
            "text": pool.add(" ".join((row["evidence"] or "").split())),
            "source": pool.add(row["source"]),
            "document": pool.add(short(row["document_title"])),
            "published": pool.add(row["document_source"]),
            "date": row["document_date"] or "",
            "url": pool.add(safe_url(row["url"])),
        }
        for row in sorted(layer.rows, key=lambda row: numbers[row["event_id"]])
    ]
    return columns(rows, ("event", "status", "text", "source", "document", "published", "date", "url"))


def _documents(parsed: Sequence[Parsed], pool: Pool) -> dict[str, list[Any]]:
    rows = [
        {
            "title": pool.add(item.document.title or short(item.document.id)),
            "published": pool.add(item.document.source),
            "date": item.document.date.isoformat() if item.document.date else "",
            "url": pool.add(safe_url(item.document.url)),
            "events": len(item.events),
        }
        for item in parsed
    ]
    return columns(rows, ("title", "published", "date", "url", "events"))


def _sides(
    told: Told, layers: Mapping[str, Layer], ids: list[str], names: Mapping[str, str]
) -> dict[str, Any]:
    sides = sides_data(told, layers, ids)
    return sides | {"names": [clean(names.get(code, code)) for code in sides["codes"]]}


def _flows(layer: Layer, types: Mapping[str, int], places: _Places) -> dict[str, list[Any]]:
    rows = [
        {
            "event": row["event_id"],
            "type": types[row["type"]],
            "status": row["status"],
            "from": places.number(row["origin_id"]),
            "to": places.number(row["destination_id"]),
        }
        for row in layer.rows
    ]
    return columns(rows, ("event", "type", "status", "from", "to"))


def _unplaced(layer: Layer, pool: Pool, catalogue: Mapping[str, str]) -> dict[str, list[Any]]:
    rows = [
        {
            "what": row["what"],
            "text": pool.add(" ".join((row["text"] or "").split())),
            "reason": pool.add(in_words(row["reason"], catalogue)),
            "document": pool.add(short(row["document_title"])),
            "event": row["event_id"] or "",
        }
        for row in layer.rows
    ]
    return columns(rows, ("what", "text", "reason", "document", "event"))
