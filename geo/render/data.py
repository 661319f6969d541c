"""The data island of the page: columns instead of objects, each text once, as JSON that HTML cannot read."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from geo.layers.tally import KEPT
from geo.ontology import load
from geo.render import style
from geo.render.cells import cells_data, newest_first
from geo.render.reasons import in_words
from geo.render.through import standing_then
from geo.render.topology import encode
from geo.render.why import Told, sides_data, why_data
from geo.render.words import period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.layers.layer import Layer
    from geo.ontology import Ontology
    from geo.render.base import Base
    from geo.render.cells import Cells
    from geo.render.view import View
    from geo.types import Parsed

Row = dict[str, Any]
Claimed = tuple[list[Row], list[Row]]
"""Rows of the layer of claims: those drawn at first, and those that had ended by then."""
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

# Characters that are no text: controls but tab and newline, lone surrogates, non-characters.
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def clean(text: object) -> str:
    """Text that can stand in a page: characters that are none become U+FFFD; "" for None."""
    return "" if text is None else _NO_TEXT.sub("\ufffd", str(text))


def island(data: object) -> str:
    """JSON for a data block in HTML: no ``<``, so that no text can end the block or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: _ESCAPES[match[0]], _NO_TEXT.sub("\ufffd", text))


class Pool:
    """Different values in the order in which they appear; a row holds the number of its value."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def add(self, value: object) -> int:
        """Return the number of a text, -1 for an empty one."""
        text = clean(value)
        if not text:
            return -1
        if text not in self._numbers:
            self._numbers[text] = len(self.values)
            self.values.append(text)
        return self._numbers[text]


def columns(rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    """Rows as one list per name."""
    listed = list(rows)
    return {name: [row[name] for row in listed] for name in names}


PACKED: Final = ("events", "reports", "documents", "unplaced", "places")
"""Tables of the island that can be long."""


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Shorten the long tables: a column of one value is kept once, one of few texts as numbers into a list."""
    made = dict(data)
    for table in PACKED:
        made[table] = {name: _pack(values) for name, values in data[table].items()}
    if data["cells"]:
        tables = ("counts", "units", "totals")
        made["cells"] = data["cells"] | {
            table: {name: _pack(values) for name, values in data["cells"][table].items()} for table in tables
        }
    events = data["events"]
    if len(events["end"]) >= 32 and (ends := _unlike(events["end"], events["start"])) is not None:
        made["events"]["end"] = ends
    return made


def _unlike(values: list[Any], others: list[Any]) -> Any:
    """Return only the values that are unlike those of another column; None where they are too many."""
    found = {
        str(n): value for n, (value, other) in enumerate(zip(values, others, strict=True)) if value != other
    }
    return {"like": "start", "but": found} if 4 * len(found) < len(values) else None


def _pack(values: list[Any]) -> Any:
    if len(values) < 32 or isinstance(values[0], (list, float)):
        return _flat(values)
    different = list(dict.fromkeys(values))
    if len(different) == 1:
        return {"all": different[0], "n": len(values)}
    if all(isinstance(value, int) for value in different):
        one_by_one = all(b - a == 1 for a, b in pairwise(values))
        return {"from": values[0], "n": len(values)} if one_by_one else _steps(values)
    if len(different) * 3 < len(values):
        numbers = {value: number for number, value in enumerate(different)}
        return {"of": different, "at": _steps([numbers[value] for value in values])}
    texts = [value for value in values if isinstance(value, str) and value.isascii()]
    if len(texts) == len(values) and len(set(map(len, texts))) == 1:
        return {"wide": len(texts[0]), "text": "".join(texts)}
    return values


def _steps(numbers: list[int]) -> dict[str, Any]:
    """Numbers as their differences, mostly one letter each."""
    return {"n": len(numbers), "steps": encode([(number,) for number in numbers])}


def _flat(values: list[Any]) -> Any:
    """Lists of numbers, nearly all of one number, as all the numbers in a row and the lengths of the others."""
    if len(values) < 32 or not all(isinstance(value, list) for value in values):
        return values
    many = {str(n): len(value) for n, value in enumerate(values) if len(value) != 1}
    return {"lists": _steps([number for value in values for number in value]), "many": many, "n": len(values)}


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
    drawn, past = _claims(*(claims or (layers["claims"].rows, [])), catalogue)
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
        "types": [type_style(name, ontology, catalogue) for name in types],
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


def type_style(name: str, ontology: Ontology, catalogue: Mapping[str, str]) -> Row:
    """Name, label, family, shape and symbol of an event type; also for one that the table does not have."""
    known = ontology.types.get(name)
    label = catalogue.get(f"type.{name}") or (known.label if known else name.replace("_", " ").capitalize())
    family = known.family if known and known.family in style.FAMILIES else "other"
    return {
        "name": clean(name),
        "label": clean(label),
        "family": family,
        "shape": style.family(family).shape,
        "glyph": style.glyph(known.symbol if known else "dot"),
    }


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


def short(title: object) -> str:
    """Title of a document for people: of a path only the file's name."""
    text = clean(title)
    return re.split(r"[/\\\\]", text)[-1] if re.fullmatch(r"[^\s]*[/\\\\][^\s/\\\\]+", text) else text


def safe_url(url: str | None) -> str:
    """Return a link target, "" unless it is http or https."""
    text = clean(url).strip()
    return text if re.match(r"https?://[^\s]+$", text, re.IGNORECASE) else ""


def _claims(
    drawn: Iterable[Row], past: Iterable[Row], catalogue: Mapping[str, str]
) -> tuple[list[Row], list[Row]]:
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


def base_data(base: Base) -> dict[str, Any]:
    """The basemap, its arcs and rings encoded."""
    return {
        "grid": [base.grid.west, base.grid.south, base.grid.step],
        "arcs": [encode(arc) for arc in base.topology.arcs],
        "frame": list(base.frame),
        "units": [[u.id, clean(u.name), *_near(u.label)] for u in base.units],
        "rings": [" ".join(_numbers(ring) for ring in rings) for rings in base.topology.units],
        "countries": [[clean(c.name), *_near(c.label), round(c.size, 1)] for c in base.countries],
        "lakes": [encode(ring) for ring in base.lakes],
        "rivers": [encode(line) for line in base.rivers],
        "far": [encode([(x // base.far_step, y // base.far_step) for x, y in ring]) for ring in base.far],
        "far_step": base.far_step,
        "shapes": {area: [encode(ring) for ring in rings] for area, rings in base.shapes.items()},
    }


def _near(label: tuple[float, float]) -> tuple[float, float]:
    """Position of a label, to a hundredth of a degree."""
    return round(label[0], 2), round(label[1], 2)


def _numbers(ring: Sequence[int]) -> str:
    """Arc numbers of a ring; most follow on each other, so that their differences are short."""
    return encode([(number,) for number in ring])
