"""`EventMap`: the page as a folium map, for those who work with folium."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import folium

from geo.errors import OptionError
from geo.render.folium_assets import extras, gather
from geo.render.folium_layer import EventLayer
from geo.render.page import page
from geo.render.view import view
from geo.render.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer
    from geo.types import Parsed

ONLINE: Final = ("error", "allow")


class EventMap(folium.Map):
    """A folium map that carries our layers and is saved as our own page.

    Parameters
    ----------
    layers : mapping of str to Layer
        What `geo.layers.build` gave.
    parsed : sequence of Parsed
    gaz : gazetteer
    online : {"error", "allow"}
        What becomes of parts of folium's layers that only the network has (tiles, scripts of plugins, icon fonts):
        saving raises an error that names them, or the page loads them when it is opened, and says so.
    **options
        Those of `geo.render.page`: title, as_of, publisher, lang, ontology, control, tiles, focus.

    Notes
    -----
    Saved with our layers alone it gives exactly the bytes of `geo.render.page`. With layers of folium's own the page
    holds all of Leaflet, what else they need, and their scripts, each allowed by its hash; the policy then also
    allows style attributes, which folium's popups are made of. It still asks for nothing.
    """

    def __init__(
        self,
        layers: Mapping[str, Layer],
        parsed: Sequence[Parsed],
        gaz: Atlas,
        *,
        online: str = "error",
        **options: Any,
    ) -> None:
        if online not in ONLINE:
            raise OptionError(f"online is {' or '.join(ONLINE)}, not {online!r}")
        shown = options.get("focus") or view(layers).focus
        super().__init__(location=((shown[1] + shown[3]) / 2, (shown[0] + shown[2]) / 2), tiles=None)
        self._page = (layers, parsed, gaz, options)
        self._allowed = online == "allow"
        self._bare = False
        self._own = set(self._children)

    def bare(self) -> EventMap:
        """Leave out list and time, for a map of single layers; returns the map."""
        self._bare = True
        return self

    @property
    def layers(self) -> dict[str, EventLayer]:
        """Our layers by name, each anew and ready to be added to any other folium map."""
        return {name: EventLayer(layer) for name, layer in self._page[0].items() if EventLayer.draws(layer)}

    def added(self) -> list[str]:
        """Names of the folium layers that were added to the map."""
        return [child.get_name() for key, child in self._children.items() if key not in self._own]

    def html(self) -> str:
        """Return the page.

        Raises
        ------
        geo.errors.OptionError
            Layers of folium's need the network, and `online` does not allow that.
        """
        layers, parsed, gaz, options = self._page
        children = [child for key, child in self._children.items() if key not in self._own]
        if not children:
            return page(layers, parsed, gaz, **options)
        parts = gather(self.get_root(), children, self.get_name())
        if parts.online and not self._allowed:
            named = "; ".join(dict.fromkeys(what for what, _, _ in parts.online))
            raise OptionError(
                f"what these layers need cannot be put into the file: {named}. Leave them out, or make the map with "
                'online="allow" to have the page load it from the network'
            )
        catalogue = words(options.get("lang", "en"))
        drawn = [child for child in children if not isinstance(child, folium.LayerControl)]
        names = ", ".join(getattr(child, "layer_name", None) or child._name for child in drawn)
        note = [catalogue["folium_note"].format(names=names)]
        hosts = sorted({address.split("/")[2] for _, _, address in parts.online if "//" in address})
        if hosts:
            note.append(catalogue["online_note"].format(hosts=", ".join(hosts)))
        return page(layers, parsed, gaz, **options, extras=extras(parts, " ".join(note), bare=self._bare))

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
