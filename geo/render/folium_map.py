"""`EventMap`: the page as a folium map, for those who work with folium."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import folium

from geo.errors import OptionError
from geo.render.page import page
from geo.render.view import view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer
    from geo.types import Parsed


class EventMap(folium.Map):
    """A folium map that carries our layers and is saved as our own page.

    Parameters
    ----------
    layers : mapping of str to Layer
        What `geo.layers.build` gave.
    parsed : sequence of Parsed
    gaz : gazetteer
    **options
        Those of `geo.render.page`: title, as_of, publisher, lang, ontology.

    Notes
    -----
    Saved with our layers alone it gives exactly the bytes of `geo.render.page`. Layers of folium's own that are
    added to it are not drawn yet: saving then raises an error that names them, so that nothing is lost unseen.
    """

    def __init__(
        self, layers: Mapping[str, Layer], parsed: Sequence[Parsed], gaz: Atlas, **options: Any
    ) -> None:
        shown = view(layers).focus
        super().__init__(location=((shown[1] + shown[3]) / 2, (shown[0] + shown[2]) / 2), tiles=None)
        self._page = (layers, parsed, gaz, options)
        self._own = set(self._children)

    def added(self) -> list[str]:
        """Names of the folium layers that were added to the map."""
        return [child.get_name() for key, child in self._children.items() if key not in self._own]

    def html(self) -> str:
        """Return the page.

        Raises
        ------
        geo.errors.OptionError
            Layers of folium's own were added.
        """
        if names := self.added():
            raise OptionError(
                f"EventMap cannot draw layers of folium yet: {', '.join(names)}. Save a map without them, or add "
                "the GeoDataFrames of our layers (layer.frame) to a folium.Map"
            )
        layers, parsed, gaz, options = self._page
        return page(layers, parsed, gaz, **options)

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **_kwargs: Any) -> None:
        """Write the page to a path or a binary file, as `folium.Map.save` does; an error leaves no file."""
        data = self.html().encode("utf-8")
        if isinstance(outfile, str | bytes | Path):
            Path(os.fsdecode(outfile)).write_bytes(data)
            return
        outfile.write(data)
        if close_file:
            outfile.close()

    def _repr_html_(self, **_kwargs: Any) -> str:
        """Frame for notebooks, without access to the notebook around it."""
        return (
            f'<iframe srcdoc="{escape(self.html(), quote=True)}" title="Map" sandbox="allow-scripts" '
            'style="width:100%;height:560px;border:0"></iframe>'
        )
