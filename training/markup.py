"""The inline markup of the annotated texts: blocks with a header, names in brackets, their meaning in braces.

A block is ``### id | title | source kind | date`` or ``... | date | outlet``, and the text below it. In the text,
``[Kherson]{l geonames:706448}`` marks a name: first its role, then the place. See training/README.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ROLES: Final[dict[str, str]] = {"l": "literal", "t": "metonym", "m": "modifier", "d": "demonym"}
NO_PLACE: Final = "-"

_HEADER: Final = re.compile(
    r"^### (?P<id>[a-z0-9-]+) \| (?P<title>[^|\n]+) \| (?P<source>[a-z-]+) \| (?P<date>\d{4}-\d\d-\d\d|-)"
    r"(?: \| (?P<outlet>[^|\n]+))?$",
    re.M,
)
_TOKEN: Final = re.compile(r"\\([\[\]{}\\])|(\[)|\](?:\{([^{}]*)\})?|([{}])")
_POINT: Final = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) ([a-z0-9]+)(?: ([A-Z]{2}))?")


class MarkupError(ValueError):
    """The markup of a text is broken; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place by itself: WGS 84 degrees (latitude first, as people write it), kind and country."""

    lat: float
    lon: float
    kind: str
    country: str | None = None

    def __str__(self) -> str:
        return f"? {self.lat:g} {self.lon:g} {self.kind}" + (f" {self.country}" if self.country else "")


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked name: code points into the clean text (end exclusive) and what stands in the braces."""

    start: int
    end: int
    surface: str
    code: str

    @property
    def is_place(self) -> bool:
        """Whether the name is that of a place here, whatever its role."""
        return self.code != NO_PLACE


@dataclass(frozen=True, slots=True)
class Reading:
    """What the braces of a place say: its role, its id (None when the gazetteer has none) and a point."""

    role: str
    place: str | None
    point: Point | None


@dataclass(frozen=True, slots=True)
class Block:
    """One annotated text. `raw` is the text with its markup, `outlet` the name or address of the paper it imitates."""

    id: str
    title: str
    source: str
    date: str | None
    raw: str
    outlet: str | None = None


def read_blocks(content: str) -> list[Block]:
    """Split a file into its blocks; a file without a header gives an empty list.

    Raises
    ------
    MarkupError
        Text before the first header, or a line that starts like a header and is none.
    """
    heads = list(_HEADER.finditer(content))
    for line in content.splitlines():
        if line.startswith("###") and not _HEADER.match(line):
            raise MarkupError(f"broken header: {line!r}")
    if content[: heads[0].start() if heads else None].strip():
        raise MarkupError("text before the first header")
    ends = [head.start() for head in heads[1:]] + [len(content)] * bool(heads)
    return [
        Block(
            head["id"],
            head["title"].strip(),
            head["source"],
            None if head["date"] == "-" else head["date"],
            content[head.end() : end].strip("\n"),
            head["outlet"],
        )
        for head, end in zip(heads, ends, strict=True)
    ]


def strip_marks(raw: str) -> tuple[str, list[Mark]]:
    """Take the markup out of a text.

    Returns
    -------
    (str, list of Mark)
        The clean text and the marked names by start, longer ones first.

    Raises
    ------
    MarkupError
        A bracket that does not close, closes without braces, or a brace that stands alone.
    """
    out: list[str] = []
    marks: list[Mark] = []
    opened: list[int] = []
    size = last = 0
    for token in _TOKEN.finditer(raw):
        piece = raw[last : token.start()] + (token[1] or "")
        out.append(piece)
        size += len(piece)
        last = token.end()
        where = raw[max(0, token.start() - 30) : token.end()]
        if token[1]:
            continue
        if token[4] or (not token[2] and (token[3] is None or not opened)):
            raise MarkupError(f"bracket or brace out of place after {where!r}")
        if token[2]:
            opened.append(size)
            continue
        start = opened.pop()
        marks.append(Mark(start, size, "".join(out)[start:size], token[3].strip()))
    if opened:
        raise MarkupError(f"bracket not closed before {''.join(out)[opened[-1] :][:40]!r}")
    return "".join(out) + raw[last:], sorted(marks, key=lambda m: (m.start, -m.end))


def read_code(code: str) -> Reading:
    """What the braces of a place say: ``l iso:UA``, ``l ? 31.4 34.4 region PS`` or both after one another.

    Raises
    ------
    MarkupError
        An unknown role, or neither an id nor a point.
    """
    role, _, rest = code.partition(" ")
    place, mark, tail = rest.partition("?")
    place = place.strip()
    point = _POINT.fullmatch(tail.strip()) if mark else None
    known = re.fullmatch(r"[a-z0-9-]+:\S+", place)
    if role not in ROLES or (mark and not point) or (place and not known) or not (place or point):
        raise MarkupError(f"cannot read {{{code}}}")
    found = Point(float(point[1]), float(point[2]), point[3], point[4]) if point else None
    return Reading(ROLES[role], place or None, found)
