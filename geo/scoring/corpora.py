"""Published corpora in their own XML: LGL, TR-News, GeoVirus and GeoWebNews, read by path and never shipped.

- LGL, TR-News: ``article`` with ``text`` and ``toponyms/toponym`` (``start``, ``end``, ``phrase``, ``gaztag`` with
  ``name``, ``fclass``, ``fcode``, ``lat``, ``lon``).
- GeoVirus: ``article`` with ``text`` and ``locations/location`` (``name``, ``start``, ``end``, ``lat``, ``lon``);
  its offsets count from one.
- GeoWebNews: ``article`` with ``text`` and ``toponyms/toponym`` (``extractedName``, ``normalisedName``, ``type``,
  ``start``, ``end``, ``latitude``, ``longitude``).

Offsets that drift are mended to the nearest occurrence of the name within `DRIFT` characters; a name that is not there
is left out and counted in a warning.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from geo.errors import InputError
from geo.scoring.gold import GoldDocument, GoldToponym, level_of
from geo.types import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

log = logging.getLogger("geo.scoring")

DRIFT: Final = 20
"""Code points that an offset may be off."""
_ASSOCIATIVE: Final = frozenset(
    "Non_Literal_Modifier Metonymic Embedded_Non_Lit Demonym Homonym Language".split()
)
_LITERAL: Final = frozenset("Literal Mixed Literal_Modifier Coercion Embedded_Literal".split())
"""Classes of GeoWebNews; its further classes (expressions, hosts of embedded names) are no place names."""


def load_xml(path: str | Path) -> list[GoldDocument]:
    """Read a corpus in one of the three forms.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    list of GoldDocument
        Empty for a file without articles.

    Raises
    ------
    geo.errors.InputError
        The file cannot be read, is no XML, or an article has another form.
    """
    found: list[GoldDocument] = []
    lost = 0
    try:
        with Path(path).open("rb") as stream:
            for _, element in ElementTree.iterparse(stream):  # noqa: S314  (expat bounds entities)
                if element.tag == "article":
                    document, missing = _article(element, len(found) + 1, Path(path).stem)
                    found.append(document)
                    lost += missing
                    element.clear()
    except (OSError, ElementTree.ParseError) as error:
        raise InputError(f"{path}: cannot be read as a corpus ({error})") from error
    except (ValueError, KeyError) as error:
        raise InputError(f"{path}: article {len(found) + 1} has another form ({error})") from error
    if lost:
        log.warning("%s: %d names are not where they are said to be; they are left out", path, lost)
    return found


def _article(element: Element, number: int, corpus: str) -> tuple[GoldDocument, int]:
    text = element.findtext("text")
    if text is None:
        raise ValueError("it has no text")
    name = element.get("docid") or element.get("file") or str(number)
    source = element.findtext("url") or element.findtext("link") or element.findtext("source")
    document = Document(
        f"{corpus}-{name}", text, element.findtext("title"), source or element.findtext("domain")
    )
    tops, lost = [], 0
    for top in (*_toponyms(element), *_locations(element)):
        at = _settle(text, top)
        if at is None:
            lost += 1
        else:
            tops.append(at)
    tops.sort(key=lambda top: (top.start, top.end))
    return GoldDocument(document, tuple(tops)), lost


def _toponyms(article: Element) -> Iterator[GoldToponym]:
    """Names of LGL and TR-News (``phrase``) or of GeoWebNews (``extractedName``)."""
    for item in article.iterfind("toponyms/toponym"):
        start, end = _whole(item, "start"), _whole(item, "end")
        if item.find("extractedName") is not None:
            kind = (item.findtext("type") or "").strip()
            if kind not in _LITERAL | _ASSOCIATIVE:
                continue
            group = "literal" if kind in _LITERAL else "associative"
            lat, lon = _degrees(item, "latitude"), _degrees(item, "longitude")
            surface, name = item.findtext("extractedName") or "", item.findtext("normalisedName") or ""
            yield GoldToponym(start, end, surface, lat, lon, kind, "", name, group)
            continue
        tag = item.find("gaztag")
        surface = item.findtext("phrase") or ""
        if tag is None:
            yield GoldToponym(start, end, surface)
            continue
        level = level_of(tag.findtext("fcode") or "")
        kind, name = tag.findtext("fclass") or "", tag.findtext("name") or ""
        yield GoldToponym(start, end, surface, _degrees(tag, "lat"), _degrees(tag, "lon"), kind, level, name)


def _locations(article: Element) -> Iterator[GoldToponym]:
    """Names of GeoVirus, whose offsets count from one."""
    for item in article.iterfind("locations/location"):
        start, end = _whole(item, "start") - 1, _whole(item, "end") - 1
        surface = item.findtext("name") or ""
        yield GoldToponym(start, end, surface, _degrees(item, "lat"), _degrees(item, "lon"))


def _settle(text: str, top: GoldToponym) -> GoldToponym | None:
    """Put a name where it stands: at its offset, else at the nearest occurrence close by; None where it is not."""
    from dataclasses import replace

    size = len(top.surface)
    if not size:
        return None
    window = range(max(0, top.start - DRIFT), min(len(text), top.start + DRIFT) + 1)
    for start in sorted(window, key=lambda at: abs(at - top.start)):
        if text.startswith(top.surface, start):
            return replace(top, start=start, end=start + size)
    return None


def _whole(item: Element, tag: str) -> int:
    value = item.findtext(tag)
    if value is None:
        raise ValueError(f"a name has no {tag}")
    return int(value)


def _degrees(item: Element, tag: str) -> float | None:
    value = (item.findtext(tag) or "").strip()
    return float(value) if value else None
