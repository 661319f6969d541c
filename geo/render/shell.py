"""The frame of the page's file: code, style, and the policy that allows exactly these."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from geo.errors import OptionError


@dataclass(slots=True)
class Extras:
    """What a page holds beyond its own: layers of folium, online tiles. Empty for the strict page.

    Attributes
    ----------
    code : str
        Bundle that takes the place of ``page.js``.
    scripts, styles : list of str
        Inline scripts, run after the page's own code, and styles.
    html : str
        Markup that folium's layers bring along; from the caller, not from documents.
    links : list of str
        Elements that load scripts and styles from the network.
    sources : dict of str to list of str
        Origins that the policy allows, by directive.
    tiles : bool
        One of the layers is a background: the page's own is left out.
    note : str
        Said in the foot of the page.
    bare : bool
        The map alone, without list and time.
    """

    code: str = "page.js"
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    html: str = ""
    links: list[str] = field(default_factory=list)
    sources: dict[str, list[str]] = field(default_factory=dict)
    tiles: bool = False
    note: str = ""
    bare: bool = False


def policy(scripts: list[str], styles: list[str], sources: dict[str, list[str]] | None = None) -> str:
    """Content security policy that allows exactly these inline scripts and styles, and images in the file itself.

    `sources` adds origins to directives; for the strict page there are none.
    """
    allowed = {
        "default-src": ["'none'"],
        "script-src": [f"'{_digest(code)}'" for code in scripts],
        "style-src": [f"'{_digest(sheet)}'" for sheet in styles],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    for directive, origins in sorted((sources or {}).items()):
        allowed.setdefault(directive, []).extend(sorted(set(origins)))
    return "; ".join(f"{directive} {' '.join(origins)}" for directive, origins in allowed.items())


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@lru_cache(maxsize=8)
def bundle(name: str) -> str:
    """Read a bundled file of the page: page.js, page.css, ...

    Raises
    ------
    geo.errors.OptionError
        The build hook has not made it.
    """
    try:
        text = resources.files("geo.render").joinpath("static", name).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise OptionError(
            f"the page's {name} is missing: install the package (pip install .) to have it bundled"
        ) from None
    return script_text(text) if name.endswith(".js") else text


def script_text(code: str) -> str:
    """Code that no sequence in it can end, or hide, within its script element."""
    return code.replace("</", "<\\/").replace("<!--", "<\\!--")
