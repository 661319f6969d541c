"""One of our layers on any folium map, with its texts as text; and `explore`, as geopandas has it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import cycle
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Element
from folium.template import Template

from geo.errors import OptionError
from geo.ontology import load
from geo.render import style
from geo.render.catalogues import EN
from geo.render.island import clean, island
from geo.render.shell import bundle
from geo.render.view import view
from geo.render.words import period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from geo.layers.layer import Layer
    from geo.ontology import Ontology

Row = dict[str, Any]
DIGITS: Final = 5
"""Digits of coordinates: about a metre."""
STYLE_NAMES: Final = frozenset(
    {"color", "weight", "opacity", "fill", "fillColor", "fillOpacity", "dashArray", "stroke"}
)


class EventLayer(folium.map.Layer):
    """A layer of ours as a folium layer: ``EventLayer(layers["claims"]).add_to(any_folium_map)``.

    Parameters
    ----------
    layer : Layer
    name : str, optional
        For folium's control of layers; by default the layer's title.
    show : bool
    ontology : Ontology, optional
    column, color, tooltip, popup, style
        See `explore`.

    Notes
    -----
    Texts pass through no template: they travel as JSON without braces or angle brackets in any string and are written
    as text. Claims are hatched, events keep their symbols, movements are lines.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = window.geodispatchLayer(L, {{ this.data }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        layer: Layer,
        name: str | None = None,
        *,
        show: bool = True,
        ontology: Ontology | None = None,
        column: str | None = None,
        color: str | None = None,
        tooltip: bool | str | Iterable[str] = True,
        popup: bool | str | Iterable[str] = True,
        style_kwds: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(name=name or layer.title, overlay=True, control=True, show=show)
        self._name = "EventLayer"
        if not self.draws(layer):
            raise OptionError(f"layer {layer.name} has no geometries to draw")
        unknown = set(style_kwds or ()) - STYLE_NAMES
        if unknown:
            raise OptionError(
                f"style_kwds: {', '.join(sorted(unknown))} not known; known are {', '.join(sorted(STYLE_NAMES))}"
            )
        painter = _Painter(layer, ontology or load(), column, color, dict(style_kwds or {}))
        features = [
            _feature(geometry, row, painter(row), _texts(layer, row, tooltip), _texts(layer, row, popup))
            for row, geometry in zip(layer.rows, layer.geometry, strict=True)
            if geometry is not None and not geometry.is_empty
        ]
        _spread(features)
        self.data = _unbraced({"features": features, "hatches": painter.hatches})

    @staticmethod
    def draws(layer: Layer) -> bool:
        """Whether a layer is one to draw: reports and unplaced have no geometries."""
        return layer.name not in {"reports", "unplaced"}

    def render(self, **kwargs: Any) -> Any:
        """Add the layer's code to the figure, once for all layers, then the layer."""
        code = _safe_for_templates(bundle("page.layer.js"))
        figure: Any = self.get_root()
        figure.header.add_child(Element(f"<script>{code}</script>"), name="geodispatch_layer")
        return super().render(**kwargs)  # type: ignore[no-untyped-call]


def explore(
    layer: Layer,
    column: str | None = None,
    cmap: None = None,
    color: str | None = None,
    m: Any = None,
    tiles: Any = None,
    attr: str | None = None,
    tooltip: bool | str | Iterable[str] = True,
    popup: bool | str | Iterable[str] = True,
    *,
    name: str | None = None,
    show: bool = True,
    style_kwds: Mapping[str, Any] | None = None,
    **options: Any,
) -> Any:
    """Draw a layer on a map, with the names of `geopandas.GeoDataFrame.explore`.

    Parameters
    ----------
    layer : Layer
    column : str, optional
        Column to colour by: numbers in four tints, others by value. Default: the layer's own look.
    color : str, optional
        One colour for all.
    m : folium.Map, optional
        Map to draw on; it is returned. Default: a new `EventMap` with our own basemap.
    tiles, attr
        For a new map: online tiles (see `geo.render.page`). Default: none.
    tooltip, popup : bool, str or list of str
        Columns shown; True for the usual ones.
    name : str, optional
    show : bool
    style_kwds : dict, optional
        Options of Leaflet's paths: color, weight, fillOpacity ...
    **options
        For a new map: those of `EventMap`.

    Returns
    -------
    folium.Map

    Raises
    ------
    geo.errors.OptionError
        An unknown column or option.
    """
    if cmap is not None:
        raise OptionError(
            "cmap is not known here: colours are colour-blind-safe; layer.frame.explore() has it"
        )
    made = EventLayer(
        layer,
        name,
        show=show,
        column=column,
        color=color,
        tooltip=tooltip,
        popup=popup,
        style_kwds=style_kwds,
    )
    if m is None:
        m = _new_map(layer, tiles, attr, options)
    elif options:
        raise OptionError(f"explore: {', '.join(sorted(options))} not known for a map that exists already")
    made.add_to(m)
    return m


def _new_map(layer: Layer, tiles: Any, attr: str | None, options: dict[str, Any]) -> Any:
    """An empty map of ours around a layer."""
    from geo.layers.build import build
    from geo.render.folium_map import EventMap

    if layer.atlas is None:
        raise OptionError("explore: this layer was not made by geo.layers.build; give a map to draw on: m=")
    ground = build([], [], layer.atlas)
    ground["claims"].rows.clear()
    ground["claims"].geometry.clear()
    boxes = [shape.bounds for shape in layer.geometry if shape is not None and not shape.is_empty]
    seen = view(ground | {layer.name: layer})
    focus = options.pop("focus", None) or (None if seen.empty else seen.focus)
    if focus is None and boxes:
        west, south = (min(box[i] for box in boxes) for i in (0, 1))
        east, north = (max(box[i] for box in boxes) for i in (2, 3))
        dx, dy = max((east - west) * 0.12, 0.7), max((north - south) * 0.12, 0.7)
        focus = (max(west - dx, -180.0), max(south - dy, -84.0), min(east + dx, 180.0), min(north + dy, 84.0))
    if tiles is not None and isinstance(tiles, str) and "{" in tiles and attr is None:
        raise OptionError("explore: an address of tiles needs attr=, whom to name for them")
    options.setdefault("title", layer.title)
    return EventMap(ground, [], layer.atlas, focus=focus, tiles=tiles, **options).bare()


class _Painter:
    """Gives each row of a layer its look; a symbol for events, hatches for claims, options of paths for all."""

    def __init__(
        self, layer: Layer, ontology: Ontology, column: str | None, color: str | None, kwds: dict[str, Any]
    ) -> None:
        self.layer, self.ontology, self.color, self.kwds = layer, ontology, color, kwds
        self.hatches: list[list[Any]] = []
        self._claimants: dict[str, int] = {}
        self._value = self._by(column) if column else None

    def __call__(self, row: Row) -> dict[str, Any]:
        if self._value:
            made = _plain(self._value(row))
        elif self.color:
            made = _plain(self.color)
        else:
            made = getattr(self, f"_{self.layer.name}", lambda _: _plain("#0072b2"))(row)
        return made | self.kwds

    def _by(self, column: str) -> Callable[[Row], str]:
        if column not in {item.name for item in self.layer.columns}:
            raise OptionError(f"layer {self.layer.name} has no column {column!r}")
        values = [row[column] for row in self.layer.rows if row[column] is not None]
        if values and all(isinstance(value, int | float) for value in values):
            steps = style.tint_steps(int(max(values)))
            return lambda row: style.TINTS[style.tint(int(row[column] or 0), steps) or 0]
        colours = dict(zip(dict.fromkeys(map(str, values)), cycle(style.HATCH_COLOURS), strict=False))
        return lambda row: colours.get(str(row[column]), "#9a9a9a")

    def _events(self, row: Row) -> dict[str, Any]:
        kind = style.type_style(row["type"], self.ontology, EN)
        family = style.family(kind["family"])
        filled = row["status"] in style.FILLED
        symbol = {
            "shape": style.SHAPES[kind["shape"]],
            "glyph": kind["glyph"],
            "fill": family.fill if filled else style.WHITE,
            "line": style.BLACK if filled else family.line,
            "ink": family.ink if filled else family.line,
            "dash": style.DASHES.get(row["status"]),
            "size": style.size(row["reports"] or 1),
            "struck": row["status"] in style.STRUCK,
        }
        return {"symbol": symbol}

    def _claims(self, row: Row) -> dict[str, Any]:
        number = self._claimants.setdefault(row["claimant"], len(self._claimants)) % len(style.HATCH_ANGLES)
        name, colour = f"geodispatch-h{number}", style.HATCH_COLOURS[number]
        entry = [name, style.HATCH_ANGLES[number], colour]
        if entry not in self.hatches:
            self.hatches.append(entry)
        line = style.CLAIM_LINES[style.claim_line(row["standing"], proxy=bool(row["proxy"]))]
        return {
            "color": colour,
            "weight": 2,
            "fillColor": f"url(#{name})",
            "fillOpacity": 1,
            "dashArray": line or None,
        }

    def _regions(self, row: Row) -> dict[str, Any]:
        most = max((item["events"] or 0 for item in self.layer.rows), default=0)
        step = style.tint(row["events"] or 0, style.tint_steps(most))
        fill = (
            {"fillColor": style.TINTS[step], "fillOpacity": 0.8} if step is not None else {"fillOpacity": 0}
        )
        return {"color": "#7d7467", "weight": 1, **fill}

    def _flows(self, row: Row) -> dict[str, Any]:
        family = style.family(style.type_style(row["type"], self.ontology, EN)["family"])
        return {
            "color": family.line,
            "weight": 3,
            "dashArray": style.DASHES.get(row["status"]),
            "fill": False,
        }

    def _places(self, row: Row) -> dict[str, Any]:
        return {
            "color": "#3d3a35",
            "weight": 1.4,
            "fillColor": "#ffffff",
            "fillOpacity": 0.9,
            "radius": 3 + (row["mentions"] or 0) ** 0.5,
        }


def _plain(colour: str) -> dict[str, Any]:
    return {"color": "#161616", "weight": 1, "fillColor": colour, "fillOpacity": 0.75, "radius": 6}


USUAL: Final[dict[str, tuple[str, ...]]] = {
    "events": ("status", "date", "source", "evidence"),
    "claims": ("legend", "note"),
    "regions": ("events", "mentions"),
    "flows": ("origin", "destination", "quantities", "evidence"),
    "places": ("kind", "mentions"),
}
TITLES: Final = {
    "events": "place_name",
    "claims": "territory",
    "flows": "type",
    "places": "name",
    "regions": "name",
}


def _texts(layer: Layer, row: Row, wanted: bool | str | Iterable[str]) -> list[str]:
    """Lines of a popup or tooltip: the texts of the wanted columns; none for False."""
    if wanted is False:
        return []
    if wanted is True:
        names: list[str] = list(USUAL.get(layer.name, ()))
    else:
        names = [wanted] if isinstance(wanted, str) else list(wanted)
    known = {column.name for column in layer.columns} | {"date"}
    if unknown := [name for name in names if name not in known]:
        raise OptionError(f"layer {layer.name} has no column {', '.join(unknown)}")
    found = [(name, period(row, EN) if name == "date" else row[name]) for name in names]
    bare = wanted is True and layer.name in {"events", "claims"}
    return [
        clean(value) if bare else f"{name}: {clean(value)}"
        for name, value in found
        if value not in {None, ""}
    ] or [""]


def _feature(
    geometry: Any, row: Row, look: dict[str, Any], tooltip: list[str], popup: list[str]
) -> dict[str, Any]:
    from shapely.geometry import mapping

    title = clean(next((row[key] for key in TITLES.values() if row.get(key)), ""))
    if "evidence" in row and "status" in row and row.get("type"):
        title = " · ".join(
            filter(None, [row["type"].replace("_", " "), title if title != row["type"] else ""])
        )
    look = {key: value for key, value in look.items() if value is not None}
    return {
        "type": "Feature",
        "geometry": _rounded(mapping(geometry)),
        "properties": {"title": title, "style": look, "tooltip": tooltip[:2], "popup": popup},
    }


def _spread(features: list[dict[str, Any]]) -> None:
    """Set symbols of equal points around their point, pixels right and down, so that each can be reached."""
    met: Counter[tuple[float, ...]] = Counter()
    for feature in features:
        if "symbol" in feature["properties"]["style"]:
            point = tuple(feature["geometry"]["coordinates"])
            turn, ring = met[point] * pi / 4, (met[point] + 7) // 8
            shift = [round(30 * ring * cos(turn)), round(30 * ring * sin(turn))]
            feature["properties"]["style"]["symbol"]["shift"] = shift
            met[point] += 1


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list | tuple) else value


def _unbraced(data: object) -> str:
    """JSON without a brace in any string: nothing in it that a template engine or a script element could read."""
    return re.sub(
        r'"(?:[^"\\]|\\.)*"',
        lambda match: match[0].replace("{", "\\u007b").replace("}", "\\u007d"),
        island(data),
    )


def _safe_for_templates(code: str) -> str:
    """Code in which a template engine finds no marks of its own."""
    return re.sub(r"\{(?=[{%#])", "{ ", code)
