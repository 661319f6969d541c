"""Written reports of a map: summary, picture, timeline, events with their sources, what could not be placed, methods.

What a report says is made once (`content`), as blocks that know nothing of formats; each writer only lays them out.
Word and PDF need the extra ``report``.
"""

from __future__ import annotations

from geo.report.blocks import Block, Figure, Heading, Numbers, Paragraph, Table
from geo.report.content import Picture, Sheet, content
from geo.report.write import FORMATS, format_of, write

__all__ = [
    "FORMATS",
    "Block",
    "Figure",
    "Heading",
    "Numbers",
    "Paragraph",
    "Picture",
    "Sheet",
    "Table",
    "content",
    "format_of",
    "write",
]
