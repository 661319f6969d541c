"""HTML pages: the text a reader sees, and the metadata news pages carry.

Built on selectolax (MIT; the Lexbor HTML5 parser, one 8 MB wheel without dependencies). Article extractors
such as trafilatura guess better at what is the article, but bring a dozen packages and leave out text that
may matter for evidence; here whatever is visible in the page's main part stays.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from geo.documents.text import assemble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from geo.types import Document

_INVISIBLE: Final = (
    "script, style, noscript, template, svg, canvas, iframe, object, head, select, button, input, textarea, "
    "nav, footer, aside, form, dialog, [hidden], [aria-hidden=true], [role=navigation], [role=banner], "
    "[role=contentinfo]"
)
_BLOCKS: Final = frozenset(
    {
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
        ),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
            "li",
        ),
        *("main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    }
)
_CELLS: Final = frozenset({"td", "th"})
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DATES: Final = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "pubdate", "publishdate", "sailthru.date", "parsely-pub-date", "og:published_time",
)  # fmt: skip


def html(identity: str, markup: str) -> Document:
    """Make a document of an HTML page.

    Parameters
    ----------
    identity : str
    markup : str
        The page; it may be broken in any way browsers accept.

    Returns
    -------
    Document
        ``text`` is the visible text of ``<main>`` or the only ``<article>``, else of the body, with one
        empty line between blocks; it is empty where nothing is visible.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    meta = _metadata(tree)
    return assemble(identity, _visible(tree), meta)


def fragment_text(markup: str) -> str:
    r"""Return the visible text of a piece of HTML (a feed entry); plain text comes back as it is.

    Examples
    --------
    >>> fragment_text("<p>Shells fell.</p><p>Roads closed.</p>")
    'Shells fell.\n\nRoads closed.'
    >>> fragment_text("")
    ''
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from selectolax.lexbor import LexborHTMLParser

    return _visible(LexborHTMLParser(markup))


def _visible(tree: LexborHTMLParser) -> str:
    root = _main_part(tree)
    if root is None:
        return ""
    for node in root.css(_INVISIBLE):
        if node.mem_id != root.mem_id:
            node.decompose()
    for node in root.css("[style]"):
        if _HIDDEN_STYLE.search(node.attributes.get("style") or ""):
            node.decompose()
    pieces = "".join(_pieces(root))
    paragraphs = (_lines(block) for block in pieces.split("\f"))
    return "\n\n".join(block for block in paragraphs if block)


def _main_part(tree: LexborHTMLParser) -> LexborNode | None:
    for selector in ("main", "[role=main]", "article"):
        nodes = tree.css(selector)
        if len(nodes) == 1 and (nodes[0].text(strip=True) or ""):
            return nodes[0]
    return tree.body


def _pieces(root: LexborNode) -> Iterator[str]:
    """Give the text in order; a form feed marks the edge of a block. A loop: pages nest deeply."""
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        if node.tag == "-text":
            yield re.sub(r"[\f\n\r\t ]+", " ", node.text(deep=False) or "")
            continue
        if node.tag == "br":
            yield "\n"
            continue
        edge = "\f" if node.tag in _BLOCKS else " " if node.tag in _CELLS else ""
        yield edge
        stack.append(edge)
        stack.extend(reversed(list(node.iter(include_text=True))))


def _lines(block: str) -> str:
    return "\n".join(line for line in (" ".join(part.split()) for part in block.split("\n")) if line)


def _metadata(tree: LexborHTMLParser) -> dict[str, Any]:
    named: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        named.setdefault(key.lower(), attributes.get("content") or "")
    linked = _linked_data(tree)
    times = [node.attributes.get("datetime") for node in tree.css("article time[datetime], time[pubdate]")]
    canonical = tree.css_first("link[rel=canonical]")
    title = tree.css_first("title")
    return {
        "title": named.get("og:title") or linked.get("headline") or (title.text() if title else None),
        "source": named.get("og:site_name") or linked.get("publisher"),
        "url": named.get("og:url") or (canonical.attributes.get("href") if canonical else None),
        "date": next(
            filter(None, [*(named.get(key) for key in _DATES), linked.get("datePublished"), *times]), None
        ),
    }


def _linked_data(tree: LexborHTMLParser) -> dict[str, str]:
    """Read headline, date and publisher from the first JSON-LD article of the page."""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            loaded = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        for item in _objects(loaded):
            if isinstance(item.get("datePublished"), str):
                publisher = item.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                found = {
                    "headline": item.get("headline"),
                    "publisher": name,
                    "datePublished": item["datePublished"],
                }
                return {key: value for key, value in found.items() if isinstance(value, str)}
    return {}


def _objects(loaded: object) -> Iterator[dict[str, Any]]:
    items = loaded if isinstance(loaded, list) else [loaded]
    for item in items:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in graph if isinstance(part, dict))
