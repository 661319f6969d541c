"""From layers to what people look at: the HTML page, static pictures, snippets to embed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.layers import Layer
from geo.render.control import read_control
from geo.render.page import page

if TYPE_CHECKING:
    from geo.render.folium_layer import EventLayer, explore
    from geo.render.folium_map import EventMap

__all__ = ["EventLayer", "EventMap", "explore", "page", "read_control"]


def __getattr__(name: str) -> Any:
    # folium takes half a second to import, and the page does not need it
    if name == "EventMap":
        from geo.render.folium_map import EventMap

        return EventMap
    if name in {"EventLayer", "explore"}:
        from geo.render import folium_layer

        return getattr(folium_layer, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Folium:
    """Draws layers on maps of folium, which is imported when that is asked for."""

    def explore(self, layer: Layer, /, *args: Any, **options: Any) -> Any:
        from geo.render.folium_layer import explore

        return explore(layer, *args, **options)

    def add_to(self, layer: Layer, m: Any, name: str | None, /) -> Any:
        from geo.render.folium_layer import EventLayer

        return EventLayer(layer, name).add_to(m)


Layer.viewer = _Folium()
