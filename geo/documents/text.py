"""Plain text and Markdown, with YAML front matter as metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from geo.documents.stamps import as_date, date_in_url, find_stamp
from geo.types import Document

_FENCE: Final = re.compile(
    r"(?:﻿)?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_HEADING: Final = re.compile(r"\s*#[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*(?:\r?\n|\Z)")
_MAX_FRONT: Final = 65_536

Note = Callable[[str], None]


def plain(identity: str, text: str, note: Note, *, markdown: bool = False) -> Document:
    """Make a document of a text file.

    Parameters
    ----------
    identity : str
        The document's id.
    text : str
        The whole file; offsets index it, front matter included.
    note : callable
        Takes a message for the user (front matter that cannot be read).
    markdown : bool
        Take a first ``# heading`` as the title.

    Returns
    -------
    Document
    """
    meta, start = front_matter(text, note)
    title = _text(meta.get("title"))
    if title is None and markdown and (heading := _HEADING.match(text, start)):
        title = heading[1]
    return assemble(identity, text, {**meta, "title": title}, basis="front matter", body_start=start)


def front_matter(text: str, note: Note) -> tuple[Mapping[str, Any], int]:
    """Read YAML front matter.

    Returns
    -------
    meta : mapping
        Keys in lower case; empty where there is no front matter or it is no mapping.
    start : int
        Where the prose begins.
    """
    match = _FENCE.match(text[:_MAX_FRONT])
    if not match:
        return {}, 0
    import yaml

    try:
        loaded = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        note(f"front matter cannot be read ({_first_line(error)}); it is skipped")
        return {}, match.end()
    if not isinstance(loaded, dict):  # a rule and some text, not metadata
        return {}, match.end() if loaded is None else 0
    return {str(key).lower(): value for key, value in loaded.items()}, match.end()


def assemble(
    identity: str, text: str, meta: Mapping[str, Any], *, basis: str = "metadata", body_start: int = 0
) -> Document:
    """Make a document of a text and its metadata, and look for its date where the metadata has none.

    Parameters
    ----------
    identity, text : str
    meta : mapping
        ``title``, ``date``, ``source``, ``url``; other keys are ignored, empty values count as missing.
    basis : str
        The ``date_basis`` of a date in `meta`.
    body_start : int

    Returns
    -------
    Document
        Its date is None where neither metadata, nor the edges of the text, nor the address have one.
    """
    url = _text(meta.get("url"))
    day = as_date(meta.get("date"))
    found: str | None = basis if day else None
    stamp = find_stamp(text, body_start)
    if stamp and stamp.end:
        body_start = stamp.end
    if day is None and stamp:
        day, found = stamp.day, stamp.basis
    if day is None and (day := date_in_url(url)):
        found = "url"
    return Document(
        id=identity,
        text=text,
        title=_text(meta.get("title")),
        source=_text(meta.get("source")),
        url=url,
        date=day,
        date_basis=found,
        body_start=body_start,
    )


def _text(value: object) -> str | None:
    """One line of a metadata value, None where it is empty."""
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    return " ".join(str(value).split()) or None


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]
