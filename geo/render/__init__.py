"""From layers to what people look at: the HTML page, static pictures, snippets to embed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.render.page import page

if TYPE_CHECKING:
    from geo.render.folium_map import EventMap

__all__ = ["EventMap", "page"]


def __getattr__(name: str) -> Any:
    if name == "EventMap":  # folium takes half a second to import, and the page does not need it
        from geo.render.folium_map import EventMap

        return EventMap
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
