"""Online tiles beneath the map, for those who ask for them: described by xyzservices, allowed by host."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from geo.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.render.shell import Extras

_NEEDED: Final = ("{z}", "{x}", "{y}")


def online_tiles(tiles: Any, extras: Extras, catalogue: Mapping[str, str]) -> dict[str, Any]:
    """Describe tiles for the page's code, and widen the page's policy by their host.

    Parameters
    ----------
    tiles : str or xyzservices.TileProvider
        A provider, its name or an https address with {z}, {x} and {y} (and {s}, {r}).

    Raises
    ------
    geo.errors.OptionError
        No such provider, one that asks for a key, or an address that is none of tiles.
    """
    provider = _provider(tiles)
    url = str(provider["url"])
    if not url.startswith("https://") or not all(part in url for part in _NEEDED):
        raise OptionError(f"tiles: {url!r} is no https address with {', '.join(_NEEDED)}")
    hosts = tile_hosts(url, str(provider.get("subdomains") or "abc"))
    extras.code = "page.leaflet.js"
    extras.sources.setdefault("img-src", []).extend(hosts)
    attribution = plain(str(provider.get("attribution") or ""))
    note = catalogue["tiles_note"].format(hosts=", ".join(hosts), attribution=attribution or "?")
    extras.note = " ".join(filter(None, [extras.note, note]))
    return {
        "url": url,
        "attribution": attribution,
        "max": int(provider.get("max_zoom") or 19),
        "sub": list(provider.get("subdomains") or "abc"),
    }


def tile_hosts(url: str, subdomains: str) -> list[str]:
    """Origins of tiles, one per subdomain where the address has {s}.

    Examples
    --------
    >>> tile_hosts("https://{s}.example.org/{z}/{x}/{y}.png", "ab")
    ['https://a.example.org', 'https://b.example.org']
    """
    found = []
    for letter in subdomains if "{s}" in url else "-":
        parts = urlsplit(url.replace("{s}", letter))
        found.append(f"{parts.scheme}://{parts.netloc}")
    if not all(re.fullmatch(r"https?://[\w.:-]+", origin) for origin in found):
        raise OptionError(f"tiles: {url!r} has no plain host")
    return found


def plain(attribution: str) -> str:
    """Attribution as text: providers give HTML."""
    return unescape(re.sub(r"<[^>]*>", "", attribution)).strip()


def _provider(tiles: Any) -> dict[str, Any]:
    if isinstance(tiles, str) and "{" in tiles:
        return {"url": tiles}
    import xyzservices
    from xyzservices import providers

    if isinstance(tiles, str):
        try:
            tiles = providers.query_name(tiles)
        except ValueError:
            raise OptionError(
                f"tiles: xyzservices knows no provider {tiles!r} (try OpenStreetMap.Mapnik)"
            ) from None
    if not isinstance(tiles, xyzservices.TileProvider):
        raise OptionError(
            f"tiles must be a name, an address or an xyzservices provider, not {type(tiles).__name__}"
        )
    if tiles.requires_token():
        raise OptionError(f"tiles: {tiles.name} asks for a key; set it on the provider and give that")
    found = dict(tiles)
    # Leaflet's own braces stay; what xyzservices would fill in itself (variant, ext, key) is filled in here.
    found["url"] = re.sub(
        r"\{(\w+)\}", lambda m: m[0] if m[1] in "xyzsr" else str(found.get(m[1], "")), tiles.url
    )
    return found
