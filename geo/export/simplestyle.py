"""simplestyle-spec 1.1.0: how a feature looks and what a click on it says, as properties of GeoJSON.

The specification knows no hatches and no shapes: claims get a faint fill, and markers differ by colour only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.export.palette import claimants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.export.palette import Palette
    from geo.layers import Layer

Row = dict[str, Any]
_QUIET: Final = "#4a4a4a"
_UNTAGGED: Final = str.maketrans({"<": "‹", ">": "›"})
"""Viewers put titles and descriptions into HTML; so that a text can never be a tag, and reads the same."""


def properties(layer: Layer, palette: Palette) -> list[Row]:
    """Properties of each row of a layer.

    Parameters
    ----------
    layer : Layer
    palette : Palette

    Returns
    -------
    list of dict
        ``title`` and ``description`` in words; ``marker-color`` and ``marker-size`` of points, ``stroke``,
        ``stroke-width`` and ``stroke-opacity`` of lines and areas, ``fill`` and ``fill-opacity`` of areas.
    """
    numbers = claimants(layer.rows, palette) if layer.name == "claims" else {}
    made = []
    for row in layer.rows:
        title, text = _words(layer.name, row)
        words = {"title": _plain(title), "description": _plain(text)}
        made.append(
            {key: value for key, value in words.items() if value} | _look(layer.name, row, palette, numbers)
        )
    return made


def _look(name: str, row: Mapping[str, Any], palette: Palette, numbers: Mapping[str, int]) -> Row:
    if name == "events":
        look = palette.family(row.get("family"))
        colour = look.fill if row.get("status") in palette.FILLED else look.line
        return {"marker-color": colour, "marker-size": "small" if row.get("is_area") else "medium"}
    if name in {"places", "reports"}:
        return {"marker-color": _QUIET, "marker-size": "small"}
    if name == "claims":
        colour = palette.HATCH_COLOURS[numbers[str(row["claimant"])]]
        return _stroke(colour, 2, 0.9) | {"fill": colour, "fill-opacity": 0.1}
    if name == "regions":
        steps = [number for number, least in enumerate(palette.TINT_STEPS) if (row["events"] or 0) >= least]
        fill = palette.TINTS[steps[-1]] if steps else palette.TINTS[0]
        return _stroke("#8a8377", 1, 0.8) | {"fill": fill, "fill-opacity": 0.6 if steps else 0}
    if name == "flows":
        return _stroke(palette.family("movement").line, 3, 0.5 if row["status"] in palette.DASHES else 1)
    return {}


def _stroke(colour: str, width: int, opacity: float) -> Row:
    return {"stroke": colour, "stroke-width": width, "stroke-opacity": opacity}


def _words(name: str, row: Mapping[str, Any]) -> tuple[Any, Any]:
    """Title and description of a row."""
    if name == "events":
        return _joined(": ", _label(row.get("type")), row.get("place_name")), row.get("evidence")
    if name == "flows":
        way = _joined(" to ", row["origin"], row["destination"])
        return _joined(": ", _label(row["type"]), way), row["evidence"]
    if name == "reports":
        return _joined(": ", row["status"], row["document_title"]), row["evidence"]
    if name == "places":
        return row["name"], f"named {row['mentions']}, events {row['events']}, documents {row['documents']}"
    if name == "regions":
        return row["name"], f"named {row['mentions']}, events {row['events']}"
    if name == "claims":
        return row["territory"], row["legend"]
    return (row["text"], row["reason"]) if name == "unplaced" else (None, None)


def _label(kind: Any) -> str:
    from geo.ontology import load

    known = load().types.get(kind)
    return known.label if known else str(kind or "").replace("_", " ")


def _joined(between: str, *parts: Any) -> str:
    return between.join(str(part) for part in parts if part)


def _plain(text: Any) -> str:
    return str(text or "").translate(_UNTAGGED)
