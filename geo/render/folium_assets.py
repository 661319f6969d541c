"""What scripts of folium's layers need: what the package carries, and what would come from the network."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from geo.render.shell import Extras, bundle, script_text
from geo.render.tiles import tile_hosts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CARRIED: Final[tuple[tuple[str, str], ...]] = (
    # part of a file's name -> bundle that has it, "" where the page needs no such file
    ("leaflet.markercluster.js", "page.cluster.js"),
    ("markercluster.css", "page.cluster.css"),
    ("markercluster.default.css", "page.cluster.css"),
    ("leaflet.js", ""),
    ("leaflet.css", ""),
    ("leaflet.awesome-markers.js", ""),  # pins are drawn by ourselves
    ("leaflet.awesome-markers.css", ""),
    ("leaflet.awesome.rotate.min.css", ""),
    ("jquery.min.js", "page.jquery.js"),
    ("jquery-3.7.1.min.js", "page.jquery.js"),
    ("bootstrap.min.css", ""),  # dress only
    ("bootstrap-glyphicons.css", ""),
    ("bootstrap.bundle.min.js", ""),
    ("all.min.css", ""),
)
SIGNS: Final = frozenset(
    "info-sign info star plus minus remove times ok check flag question-sign question exclamation-sign exclamation "
    "heart home cloud envelope circle".split()
)
"""Icons of folium's markers that are drawn; the same list is in geo/render/web/pins.js."""


@dataclass(slots=True)
class Parts:
    """What folium rendered, and what of it would have to come from the network."""

    script: str = ""
    html: str = ""
    bundles: dict[str, None] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    online: list[tuple[str, str, str]] = field(default_factory=list)  # what, directive, address
    tiles: bool = False


def gather(root: Any, elements: Iterable[Any], map_name: str) -> Parts:
    """Render folium elements that were added to a map, and sort out what they need.

    Parameters
    ----------
    root : branca.element.Figure
        The figure of their map; its header, markup and script are left as they were.
    elements : iterable of branca elements
    map_name : str
        Name of the map in folium's scripts.

    Notes
    -----
    folium's templates run what is in the texts they are given; that is as safe as the caller's own texts are.
    """
    from branca.element import Element

    listed = list(elements)
    kept = root.header, root.html, root.script
    every = [found for element in listed for found in walk(element)]
    before = [(element, element._children.copy()) for element in every]
    root.header, root.html, root.script = (Element() for _ in kept)
    for part in (root.header, root.html, root.script):
        part._parent = root
    try:
        for element in listed:
            element.render()
        header, markup, script = (
            list(part._children.values()) for part in (root.header, root.html, root.script)
        )
        parts = Parts()
        for element in header:
            _header(element, parts)
        parts.html = "".join(element.render() for element in markup)
        body = "\n".join(element.render() for element in script)
    finally:
        root.header, root.html, root.script = kept
        for element, children in before:  # rendering adds to some of them, each time anew
            element._children = children
    for element in every:
        _online(element, parts)
    if "$(" in body or "jQuery" in body:
        parts.bundles.setdefault("page.jquery.js")
    parts.script = f"var {map_name} = window.geodispatch.map;\n{body}"
    known = {element._id for element in every} | {map_name.rsplit("_", 1)[-1]}
    numbers: dict[str, str] = {}
    for text in (body, parts.html):
        for found in re.findall(r"(?<=_)[0-9a-f]{32}", text):
            if found in known:
                numbers.setdefault(found, str(len(numbers) + 1))
    parts.script, parts.html = _numbered(parts.script, numbers), _numbered(parts.html, numbers)
    return parts


def _numbered(text: str, numbers: dict[str, str]) -> str:
    """Random ids of elements as numbers in their order: the same map gives the same bytes."""
    return re.sub(r"(?<=_)[0-9a-f]{32}", lambda match: numbers.get(match[0], match[0]), text)


def walk(element: Any, seen: set[int] | None = None) -> Iterator[Any]:
    """An element and all beneath it, those of popups and icons too."""
    from branca.element import Element

    seen = set() if seen is None else seen
    if id(element) in seen:
        return
    seen.add(id(element))
    yield element
    for key, value in vars(element).items():
        if key == "_parent":
            continue
        for child in value.values() if key == "_children" else [value]:
            if isinstance(child, Element):
                yield from walk(child, seen)


def _header(element: Any, parts: Parts) -> None:
    from branca.element import CssLink, JavascriptLink

    if isinstance(element, JavascriptLink | CssLink):
        script = isinstance(element, JavascriptLink)
        name = urlsplit(element.url).path.rsplit("/", 1)[-1].lower()
        found = next((bundled for part, bundled in CARRIED if part == name), None)
        if found is None:
            what = "script" if script else "style"
            parts.online.append((f"{what} {element.url}", f"{what}-src", element.url))
            parts.links.append(element.render())
        elif found:
            parts.bundles.setdefault(found)
        return
    text = element.render()
    parts.styles += re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    parts.scripts += re.findall(r"<script>(.*?)</script>", text, re.DOTALL)


def _online(element: Any, parts: Parts) -> None:
    """Note what an element loads while the map is looked at."""
    from folium import raster_layers
    from folium.features import CustomIcon, GeoJson
    from folium.map import Icon

    name = getattr(element, "tile_name", None) or getattr(element, "layer_name", None) or element._name
    if isinstance(element, raster_layers.TileLayer):
        parts.tiles = True
        for host in tile_hosts(element.tiles, str(element.options.get("subdomains") or "abc")):
            parts.online.append((f"tiles {name}", "img-src", host))
    elif isinstance(element, raster_layers.WmsTileLayer):
        parts.tiles = True
        parts.online.append((f"tiles {name}", "img-src", element.url))
    elif isinstance(element, raster_layers.ImageOverlay | raster_layers.VideoOverlay):
        address = getattr(element, "url", None) or getattr(element, "video_url", None)
        if _remote(address):
            video = isinstance(element, raster_layers.VideoOverlay)
            parts.online.append((f"overlay {address}", "media-src" if video else "img-src", str(address)))
    elif isinstance(element, CustomIcon):
        address = element.options.get("icon_url") or element.options.get("iconUrl")
        if _remote(address):
            parts.online.append((f"icon {address}", "img-src", str(address)))
    elif isinstance(element, Icon) and str(element.options.get("icon", "")).removeprefix("fa-") not in SIGNS:
        parts.online.append((f"icon {element.options.get('icon')!r} of a web font", "", ""))
    elif isinstance(element, GeoJson) and not element.embed:
        parts.online.append((f"data of {name}", "connect-src", str(element.embed_link)))


def _remote(address: object) -> bool:
    return bool(re.match(r"(?:https?:)?//", str(address or "")))


def extras(parts: Parts, note: str, *, bare: bool = False) -> Extras:
    """Give the page what the rendered layers need; addresses of the network only as far as `parts` has them."""
    sources: dict[str, list[str]] = {"style-src-attr": ["'unsafe-inline'"]}
    for _, directive, address in parts.online:
        found = urlsplit(address)
        if directive and found.netloc and re.fullmatch(r"[\w.:-]+", found.netloc):
            sources.setdefault(directive, []).append(f"{found.scheme or 'https'}://{found.netloc}")
    scripts = [bundle(name) for name in sorted(parts.bundles, reverse=True) if name.endswith(".js")]
    return Extras(
        code="page.leaflet.js",
        scripts=[*scripts, *(script_text(text) for text in [*parts.scripts, parts.script])],
        styles=[*(bundle(name) for name in sorted(parts.bundles) if name.endswith(".css")), *parts.styles],
        html=parts.html,
        links=parts.links,
        sources=sources,
        tiles=parts.tiles,
        note=note,
        bare=bare,
    )
