"""From layers to what people look at: the HTML page, static pictures, snippets to embed."""

from __future__ import annotations

from geo.render.page import page

__all__ = ["page"]
