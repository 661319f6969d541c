"""QGIS styles of the layers: the symbols, hatches and tints of the map as QML.

Only what QGIS 3 has by itself is used (simple markers, line patterns, data-defined properties), no SVG files,
so that a style works wherever the file is opened. Values are placed by ElementTree, never as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as Xml

from geo.export.palette import claimants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from geo.export.palette import Palette
    from geo.layers import Layer

DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_SHAPES: Final = {"bubble": "triangle"}
"""Shapes that QGIS's simple marker lacks, and what stands for them."""
_QUIET: Final = "#4a4a4a"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_LIMIT: Final = 1_000_000_000
_STANDINGS: Final = ("recognised", "disputed", "ended")


def qml(layer: Layer, palette: Palette) -> str | None:
    """Make the QGIS style of a layer.

    Parameters
    ----------
    layer : Layer
        What stands in it decides the categories: event types, claimants.
    palette : Palette
        Colours and shapes.

    Returns
    -------
    str or None
        Well-formed XML, the same for the same layer; None for a layer that is not drawn (no geometry, or a name
        without a style).
    """
    make = _RENDERERS.get(layer.name)
    if make is None or not any(item is not None for item in layer.geometry):
        return None
    root = Xml.Element("qgis", {"version": "3.28.0", "styleCategories": "Symbology"})
    make(root, layer, palette)
    Xml.indent(root, " ")
    return DOCTYPE + Xml.tostring(root, encoding="unicode") + "\n"


def _events(root: Xml.Element, layer: Layer, palette: Palette) -> None:
    """By type: the family's shape and colour; filled, outlined, dashed or struck through by status."""
    from geo.ontology import load

    types = {
        row["type"]: row["family"]
        for row, geometry in zip(layer.rows, layer.geometry, strict=True)
        if geometry is not None
    }
    known = load().types
    order = {name: number for number, name in enumerate(known)}
    names = sorted(types, key=lambda name: (order.get(name, len(order)), str(name)))
    labels = [known[name].label if name in known else str(name).replace("_", " ") for name in names]
    symbols = _categories(root, "type", names, labels)
    for symbol, family in zip(symbols, [*(types[name] for name in names), None], strict=True):
        look = palette.family(family)
        symbol.set("type", "marker")
        filled = f"if(\"status\" IN ({_list(palette.FILLED)}),'{look.fill}','#ffffff')"
        dynamic = {
            "fillColor": filled,
            "outlineStyle": f"if(\"status\" IN ({_list(palette.DASHES)}),'dash','solid')",
            "size": 'if("is_area",3,4.2)',
        }
        _marker(symbol, _SHAPES.get(look.shape, look.shape), look.fill, look.line, 4.2, dynamic)
        struck = {"enabled": f'"status" IN ({_list(palette.STRUCK)})'}
        _marker(symbol, "line", look.line, look.line, 5.5, struck, angle=45)


def _reports(root: Xml.Element, layer: Layer, palette: Palette) -> None:  # noqa: ARG001
    _marker(_single(root, "marker"), "circle", _QUIET, "#ffffff", 1.2, {})


def _places(root: Xml.Element, layer: Layer, palette: Palette) -> None:  # noqa: ARG001
    """Small dots; what only stands for an area is an empty one."""
    _marker(
        _single(root, "marker"),
        "circle",
        _QUIET,
        _QUIET,
        1.8,
        {"fillColor": f"if(\"is_area\",'#ffffff','{_QUIET}')"},
    )


def _regions(root: Xml.Element, layer: Layer, palette: Palette) -> None:  # noqa: ARG001
    """Tints by number of events."""
    steps = list(palette.TINT_STEPS)
    ends = [*(step - 1 for step in steps[1:]), _NO_LIMIT]
    renderer = _renderer(root, "graduatedSymbol", {"attr": "events", "graduatedMethod": "GraduatedColor"})
    ranges, symbols = Xml.SubElement(renderer, "ranges"), Xml.SubElement(renderer, "symbols")
    bands: list[tuple[int, int, str, str | None]] = [(0, 0, "no events", None)]
    for low, high, colour in zip(steps, ends, palette.TINTS, strict=True):
        bands.append((low, high, f"{low} or more" if high == _NO_LIMIT else _span(low, high), colour))
    for number, (low, high, label, tint) in enumerate(bands):
        band = {"lower": f"{low:.15f}", "upper": f"{high:.15f}", "label": label, "symbol": str(number)}
        Xml.SubElement(ranges, "range", {**band, "render": "true"})
        symbol = _symbol(symbols, str(number), "fill")
        values = {
            "color": _rgba(tint or "#ffffff"),
            "style": "solid" if tint else "no",
            "outline_color": _rgba("#8a8377"),
            "outline_style": "solid",
            "outline_width": "0.2",
            "outline_width_unit": "MM",
        }
        _layer(symbol, "SimpleFill", values)


def _claims(root: Xml.Element, layer: Layer, palette: Palette) -> None:
    """Hatched, one angle and colour per claimant, never filled; the outline tells the standing."""
    numbers = claimants(layer.rows, palette)
    cases = [
        f'WHEN "standing"=\'{standing}\' AND coalesce("proxy",false)={str(proxy).lower()} '
        f"THEN '{_pen(palette.CLAIM_LINES[palette.claim_line(standing, proxy=proxy)])}'"
        for standing in _STANDINGS
        for proxy in (False, True)
    ]
    outline = {"outlineStyle": f"CASE {' '.join(cases)} ELSE 'dash' END"}
    symbols = _categories(root, "claimant", list(numbers), [f"claimed by {name}" for name in numbers])
    for symbol, number in zip(symbols, [*numbers.values(), 0], strict=True):
        symbol.set("type", "fill")
        colour = palette.HATCH_COLOURS[number]
        hatch = {
            "angle": str(palette.HATCH_ANGLES[number]),
            "distance": "2.5",
            "distance_unit": "MM",
            "line_width": "0.4",
            "line_width_unit": "MM",
            "color": _rgba(colour),
        }
        pattern = _layer(symbol, "LinePatternFill", hatch)
        _line(_symbol(pattern, f"@{symbol.get('name')}@0", "line"), colour, 0.4, "solid", {})
        _line(symbol, colour, 0.6, "dash", outline)


def _flows(root: Xml.Element, layer: Layer, palette: Palette) -> None:  # noqa: ARG001
    """Lines with an arrowhead at their end; dashed by status as the markers are."""
    colour = palette.family("movement").line
    symbol = _single(root, "line")
    dashed = {"outlineStyle": f"if(\"status\" IN ({_list(palette.DASHES)}),'dash','solid')"}
    _line(symbol, colour, 0.6, "solid", dashed)
    head = _layer(
        symbol, "MarkerLine", {"placement": "lastvertex", "placements": "LastVertex", "rotate": "1"}
    )
    _marker(_symbol(head, "@0@1", "marker"), "filled_arrowhead", colour, colour, 3.0, {})


_RENDERERS: Final[dict[str, Callable[[Xml.Element, Layer, Palette], None]]] = {
    "events": _events,
    "reports": _reports,
    "places": _places,
    "regions": _regions,
    "claims": _claims,
    "flows": _flows,
}


def _renderer(root: Xml.Element, kind: str, more: Mapping[str, str]) -> Xml.Element:
    fixed = {"type": kind, "forceraster": "0", "symbollevels": "0", "enableorderby": "0"}
    return Xml.SubElement(root, "renderer-v2", {**fixed, **more})


def _single(root: Xml.Element, kind: str) -> Xml.Element:
    return _symbol(Xml.SubElement(_renderer(root, "singleSymbol", {}), "symbols"), "0", kind)


def _categories(root: Xml.Element, column: str, values: list[str], labels: list[str]) -> list[Xml.Element]:
    """One symbol per value, and a last one for all other values."""
    renderer = _renderer(root, "categorizedSymbol", {"attr": column})
    listed, symbols = Xml.SubElement(renderer, "categories"), Xml.SubElement(renderer, "symbols")
    made = []
    for number, (value, label) in enumerate(zip([*values, ""], [*labels, "other"], strict=True)):
        texts = {"value": _clean(value), "label": _clean(label), "symbol": str(number)}
        Xml.SubElement(listed, "category", {**texts, "type": "string", "render": "true"})
        made.append(_symbol(symbols, str(number), "marker"))
    return made


def _symbol(parent: Xml.Element, name: str, kind: str) -> Xml.Element:
    fixed = {"alpha": "1", "clip_to_extent": "1", "force_rhr": "0"}
    return Xml.SubElement(parent, "symbol", {"type": kind, "name": name, **fixed})


def _marker(
    symbol: Xml.Element,
    shape: str,
    fill: str,
    line: str,
    size: float,
    dynamic: Mapping[str, str],
    *,
    angle: int = 0,
) -> None:
    values = {
        "name": shape,
        "angle": str(angle),
        "color": _rgba(fill),
        "outline_color": _rgba(line),
        "outline_style": "solid",
        "outline_width": "0.4",
        "outline_width_unit": "MM",
        "size": f"{size:g}",
        "size_unit": "MM",
    }
    _layer(symbol, "SimpleMarker", values, dynamic)


def _line(symbol: Xml.Element, colour: str, width: float, pen: str, dynamic: Mapping[str, str]) -> None:
    values = {
        "line_color": _rgba(colour),
        "line_style": pen,
        "line_width": f"{width:g}",
        "line_width_unit": "MM",
    }
    _layer(symbol, "SimpleLine", values, dynamic)


def _layer(
    symbol: Xml.Element, kind: str, values: Mapping[str, str], dynamic: Mapping[str, str] | None = None
) -> Xml.Element:
    """Add a symbol layer: its values, and the properties that an expression over the row decides."""
    made = Xml.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    options = _map(made)
    for name, value in values.items():
        _text(options, name, value)
    rules = _map(Xml.SubElement(made, "data_defined_properties"))
    _text(rules, "name", "")
    properties = _map(rules, "properties")
    for name, expression in (dynamic or {}).items():
        entry = _map(properties, name)
        Xml.SubElement(entry, "Option", {"name": "active", "type": "bool", "value": "true"})
        _text(entry, "expression", expression)
        Xml.SubElement(entry, "Option", {"name": "type", "type": "int", "value": "3"})  # 3: an expression
    _text(rules, "type", "collection")
    return made


def _map(parent: Xml.Element, name: str | None = None) -> Xml.Element:
    return Xml.SubElement(parent, "Option", {"type": "Map", **({"name": name} if name else {})})


def _text(parent: Xml.Element, name: str, value: str) -> None:
    Xml.SubElement(parent, "Option", {"name": name, "type": "QString", "value": value})


def _list(values: Iterable[str]) -> str:
    """Make the inside of an IN (...); the values are constants of the palette, none is a text's."""
    return ",".join(f"'{value}'" for value in sorted(values))


def _pen(pattern: str) -> str:
    """Name of the pen that is nearest to a dash pattern."""
    if not pattern:
        return "solid"
    return "dash" if float(pattern.split(maxsplit=1)[0]) >= 4 else "dot"


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"


def _clean(text: object) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return _NOT_XML.sub("", str(text))
