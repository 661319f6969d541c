"""A report as Markdown (CommonMark with tables): text is escaped so that none of it is markup or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.report.blocks import Figure, Heading, Numbers, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.report.blocks import Block

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$@:^=])")
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}

MARK: Final = "<!-- geodispatch report -->\n"
"""Shown by no reader; `geo.documents.made` knows a report by it."""


def plain(text: str) -> str:
    r"""Escape a text.

    Examples
    --------
    >>> print(plain("<b> *x* & [a](b) {{c}} | $d$"))
    &lt;b&gt; \*x\* &amp; \[a\]\(b\) \{\{c\}\} \| \$d\$
    """
    safe = re.sub("[<>&]", lambda match: _ENTITIES[match[0]], text)
    return _MARKUP.sub(r"\\\1", safe)


def markdown(blocks: Sequence[Block], picture: str = "") -> bytes:
    """Lay a report out as Markdown; `picture` is the name of the file of the map, "" leaves it out."""
    return "\n".join([MARK, *_lines(blocks, picture)]).encode("utf-8")


def _lines(blocks: Sequence[Block], picture: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield f"{'#' * block.level} {plain(block.text)}\n"
        elif isinstance(block, Paragraph):
            text = plain(block.text)
            yield f"[{text}](<{block.link}>)\n" if block.link else f"{text}\n"
        elif isinstance(block, Numbers):
            yield "\n".join(f"- {plain(name.strip())}: {plain(value)}" for name, value in block.rows) + "\n"
        elif isinstance(block, Figure):
            if picture:
                yield f"![{plain(block.alt)}]({picture})\n"
            yield f"{plain(block.caption)}\n"
        else:
            yield f"{plain(block.caption)}:\n"
            lines = [block.header, ("---",) * len(block.header)]
            yield "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
            yield "\n".join("| " + " | ".join(map(plain, cells)) + " |" for cells in block.rows) + "\n"
