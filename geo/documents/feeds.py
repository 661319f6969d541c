"""RSS and Atom feeds: one document per entry.

Read by feedparser (BSD-2-Clause), which knows the many dialects and mends broken feeds; it is
handed bytes, so it never opens an address.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.documents.failure import Failure
from geo.documents.html import fragment_text
from geo.documents.stamps import as_date
from geo.documents.text import assemble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.types import Document


def feed(name: str, data: bytes) -> Iterator[Document | Failure]:
    """Read a feed.

    Parameters
    ----------
    name : str
        The file's name, for ids and messages.
    data : bytes

    Yields
    ------
    Document or Failure
        ``text`` is the entry's title and its text, as visible text; ``source`` the feed's title.
    """
    import feedparser  # type: ignore[import-untyped]

    parsed: Any = feedparser.parse(io.BytesIO(data))
    if not parsed.get("version"):
        yield Failure(name, "is no RSS or Atom feed", "give HTML pages the suffix .html")
        return
    if not parsed.entries:
        yield Failure(name, "is a feed without entries", "check that it was saved whole")
        return
    source = parsed.feed.get("title")
    for number, entry in enumerate(parsed.entries, 1):
        yield _entry(name, number, entry, source)


def _entry(name: str, number: int, entry: Any, source: str | None) -> Document | Failure:
    title = fragment_text(entry.get("title") or "")
    body = fragment_text(_body(entry))
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}".strip()
    if not text:
        return Failure(f"{name} entry {number}", "has no text")
    identity = entry.get("id") or entry.get("link") or f"{name}#{number}"
    meta = {"title": title, "source": source, "url": entry.get("link"), "date": _date(entry)}
    return assemble(str(identity), text, meta)


def _body(entry: Any) -> str:
    """Return the longest of an entry's texts: the whole article where the feed has it, else the summary."""
    texts = [part.get("value") or "" for part in entry.get("content") or ()]
    return max([*texts, entry.get("summary") or ""], key=len)


def _date(entry: Any) -> date | None:
    for key in ("published", "updated", "created"):
        if day := as_date(entry.get(key)):
            return day
        if parts := entry.get(key + "_parsed"):
            return date(parts.tm_year, parts.tm_mon, parts.tm_mday)
    return None
