"""What a report is made of: headings, paragraphs, numbers, pictures and tables of plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARKS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows them: a sentence must not turn the report around."""


def clean(text: object) -> str:
    r"""Text in one line without what is none; "" for None.

    Examples
    --------
    >>> clean("a\n\x00b"), clean(None)
    ('a \ufffdb', '')
    """
    if text is None:
        return ""
    return " ".join(_MARKS.sub("", _NO_TEXT.sub("\ufffd", str(text))).split())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with `link`, its text leads there (http and https only)."""

    text: str
    link: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """The summary: what was counted, and how many."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A PNG with its alternative text and caption; `width_cm` on paper."""

    png: bytes
    alt: str
    caption: str
    width_cm: float = 17.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; `widths` are shares of the width of the page."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


Block = Heading | Paragraph | Numbers | Figure | Table


def web_address(text: str) -> str:
    """Return an address that a reader may follow, "" for anything that is not of the web."""
    found = text.strip()
    return found if re.fullmatch(r"https?://[^\s<>\"'`\\]+", found, re.IGNORECASE) else ""
