"""What puts a map into a page or report: a responsive frame, a figure, Markdown, Quarto, a notebook's cell."""

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


def markdown(address: str, title: str, *, picture: str | None = None, caption: str | None = None) -> str:
    """Return Markdown: the picture as a link to the map, or a plain link where there is no picture.

    Parameters
    ----------
    address, title, picture, caption
        As for `figure`.
    """
    text = _escaped(caption or title)
    link = f"[Open the map]({_bare(address)})"
    if not picture:
        return f"{text}. {link}\n"
    return f"[![{_escaped(title)}]({_bare(picture)})]({_bare(address)})\n\n{text}. {link}\n"


def quarto(address: str, title: str, *, picture: str | None = None, caption: str | None = None) -> str:
    """Return a Quarto snippet: the frame in HTML, the picture in Word and PDF, where a frame cannot be.

    Without a picture, Word and PDF get a link.
    """
    text = _escaped(caption or title)
    link = f"[Open the map]({_bare(address)})"
    other = f"![{text}]({_bare(picture)}){{fig-alt={_attribute(title)}}}" if picture else f"{text}. {link}"
    frame = iframe(address, title).rstrip("\n")
    return (
        '::: {.content-visible when-format="html"}\n```{=html}\n'
        + frame
        + "\n```\n\n"
        + f"{text}. {link}\n:::\n\n"
        '::: {.content-visible unless-format="html"}\n' + other + "\n:::\n"
    )


def jupyter(address: str, title: str, *, picture: str | None = None, caption: str | None = None) -> str:
    """Return Python for a notebook's cell: the frame, and the picture as what PDF and Word exports take.

    The strings are written as Python literals, so that no title can leave them.
    """
    html = iframe(address, title) if picture is None else figure(address, title, caption=caption)
    lines = ["from IPython.display import display", f"html = {html!r}"]
    if picture is None:
        lines.append(f'display({{"text/html": html, "text/plain": {title!r}}}, raw=True)')
    else:
        lines += [
            "from base64 import b64encode",
            "from pathlib import Path",
            f"png = b64encode(Path({picture!r}).read_bytes()).decode()",
            f'display({{"text/html": html, "image/png": png, "text/plain": {title!r}}}, raw=True)',
        ]
    return "\n".join(lines) + "\n"


def _bare(text: str) -> str:
    """An address for Markdown: nothing in it can end the link."""
    return re.sub(r"[()\[\]<>|'*_$]", lambda match: f"%{ord(match[0]):02X}", unescape(_address(text)))


def _escaped(text: str) -> str:
    """Text for Markdown without markup."""
    safe = re.sub("[<>&]", lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$@:^=\"'])", r"\\\1", safe)


def _attribute(text: str) -> str:
    plain = " ".join(text.replace("\\", " ").replace('"', "'").split())
    return f'"{plain}"'
