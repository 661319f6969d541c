"""HTML that puts a map into a page: a responsive frame, or a figure with a picture and a link."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from urllib.parse import quote

_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def page_title(html: str) -> str | None:
    """Title of a page, None where it has none.

    Examples
    --------
    >>> page_title("<title>War &amp; peace</title>")
    'War & peace'
    >>> page_title("") is None
    True
    """
    found = _TITLE.search(html)
    return " ".join(unescape(found[1]).split()) or None if found else None


def iframe(address: str, title: str, *, ratio: tuple[int, int] = (16, 10)) -> str:
    """Return a frame that keeps its shape at every width.

    Parameters
    ----------
    address : str
        Address or path of the map as the embedding page sees it.
    title : str
        What a screen reader announces.
    ratio : (int, int)
        Width to height.

    Returns
    -------
    str
        HTML; every attribute is escaped. The sandbox lets the map's script run and nothing else: the page
        needs no cookies, no storage and no access to the page around it.
    """
    return (
        f'<iframe src="{_address(address)}" title="{escape(title)}" loading="lazy" sandbox="allow-scripts"\n'
        f'  style="width:100%;aspect-ratio:{int(ratio[0])}/{int(ratio[1])};border:0"></iframe>\n'
    )


def figure(address: str, title: str, *, picture: str | None = None, caption: str | None = None) -> str:
    """Return a figure: the picture (or the frame, where there is none), a caption, and a link to the map.

    Parameters
    ----------
    address, title : str
        As for `iframe`.
    picture : str, optional
        Address of a picture that `geo image` made; its alternative text is the title.
    caption : str, optional
        Default: the title.

    Returns
    -------
    str
        HTML; every attribute and text is escaped.
    """
    inside = iframe(address, title).rstrip("\n")
    if picture:
        inside = (
            f'<a href="{_address(address)}"><img src="{_address(picture)}" alt="{escape(title)}" loading="lazy"\n'
            f'  style="width:100%;height:auto"></a>'
        )
    text = escape(caption or title)
    return (
        f'<figure style="margin:0">\n{inside}\n'
        f'<figcaption>{text} <a href="{_address(address)}">Open the map</a></figcaption>\n</figure>\n'
    )


def _address(text: str) -> str:
    """Quote what an address cannot hold and escape it for an attribute; script addresses become paths."""
    if re.match(r"\s*(?:javascript|data|vbscript)\s*:", text, re.IGNORECASE):
        text = "./" + text.strip()
    return escape(quote(text.strip(), safe="%/:?#[]@!$&'()*+,;=~-._"))
