"""Gold documents in JSON Lines: one document a line, with annotated place names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.types import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTRY_CODES = frozenset({"PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "PCL", "TERR", "COUNTRY"})
_ADMIN1_CODES = frozenset({"ADM1", "UNIT"})


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """An annotated name.

    Attributes
    ----------
    start, end : int
        Code points into the document's text, end exclusive.
    surface : str
    lat, lon : float or None
        WGS 84 degrees; None where the annotators gave no point.
    type : str
        The corpus' own class of the mention (``Literal``, ``CITY`` ...), "" where it has none.
    level : str
        "country" or "admin1" where the gold says so, else "".
    name : str
        Canonical name as the gold has it, "" where unknown.
    group, role, kind : str
        "literal" or "associative"; role and kind as ours, where the gold has them, else "".
    """

    start: int
    end: int
    surface: str
    lat: float | None = None
    lon: float | None = None
    type: str = ""
    level: str = ""
    name: str = ""
    group: str = ""
    role: str = ""
    kind: str = ""

    @property
    def located(self) -> bool:
        """Whether the gold gives a point."""
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its annotated names, in order of `start`."""

    document: Document
    toponyms: tuple[GoldToponym, ...]

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id


def load(path: str | Path) -> list[GoldDocument]:
    """Read a gold file: JSON Lines, or a corpus in XML (see `geo.scoring.corpora`).

    Each line needs ``id``, ``text`` and ``toponyms`` (``start``, ``end``, ``lat``, ``lon``; ``type`` or
    ``category``, ``fcode``, ``name``, ``group``, ``role``, ``kind`` are optional). An empty file gives an empty list.

    Raises
    ------
    InputError
        The file cannot be read, a line is no such record or a span does not hold its surface.
    """
    if Path(path).suffix.lower() == ".xml":
        from geo.scoring.corpora import load_xml

        return load_xml(path)
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as gold ({error})") from error
    return list(_records(lines, str(path)))


def _records(lines: list[str], where: str) -> Iterator[GoldDocument]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield document(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{where}:{number}: no gold record ({error!r})") from error


def document(record: dict[str, Any]) -> GoldDocument:
    """Make a gold document from one decoded JSON record.

    Raises
    ------
    KeyError, ValueError
        A field is missing or a span does not hold its surface.
    """
    text = record["text"]
    toponyms = sorted((_toponym(text, item) for item in record["toponyms"]), key=lambda t: (t.start, t.end))
    doc = Document(
        id=str(record["id"]),
        text=text,
        title=record.get("title"),
        source=record.get("source"),
    )
    return GoldDocument(doc, tuple(toponyms))


def level_of(code: str) -> str:
    """Level that a feature code or class stands for: "country", "admin1" or ""."""
    return "country" if code in _COUNTRY_CODES else "admin1" if code in _ADMIN1_CODES else ""


def _toponym(text: str, item: dict[str, Any]) -> GoldToponym:
    start, end = int(item["start"]), int(item["end"])
    surface = item.get("surface", text[start:end])
    if text[start:end] != surface or not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}..{end} does not hold {surface!r}")
    code = str(item.get("fcode") or item.get("category") or item.get("type") or "")
    level = level_of(code) or str(item.get("kind") if item.get("kind") in ("country", "admin1") else "")
    lat, lon = item.get("lat"), item.get("lon")
    return GoldToponym(
        start,
        end,
        surface,
        None if lat is None else float(lat),
        None if lon is None else float(lon),
        str(item.get("type") or item.get("category") or ""),
        level,
        str(item.get("name") or ""),
        str(item.get("group") or ""),
        str(item.get("role") or ""),
        str(item.get("kind") or ""),
    )


def gold_mentions(gold: GoldDocument, fold: Any) -> list[Mention]:
    """Mentions made of the gold spans, for the oracle measure; `fold` is `gazetteer.names.fold`."""
    return [Mention(t.start, t.end, t.surface, "literal", fold(t.surface)) for t in gold.toponyms]
