"""Write a report to a file, in the format that its suffix tells."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from geo.atomic import write_bytes
from geo.errors import OptionError
from geo.report.blocks import Figure

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from geo.report.blocks import Block

FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "html": (".html", ".htm"),
    "md": (".md", ".markdown"),
    "docx": (".docx",),
    "pdf": (".pdf",),
}
"""Name -> suffixes."""


def format_of(path: str | os.PathLike[str], name: str | None = None) -> str:
    """Choose the format: by name, else by the suffix.

    Raises
    ------
    OptionError
        Neither tells one.
    """
    if name is not None and name not in FORMATS:
        raise OptionError(f"there is no report format {name!r}; choose one of {', '.join(FORMATS)}")
    suffix = PurePath(path).suffix.lower()
    found = name or next((form for form, ends in FORMATS.items() if suffix in ends), None)
    if found is None:
        raise OptionError(f"{path}: the suffix tells no report format; use .html, .md, .docx or .pdf")
    return found


def rendered(blocks: Sequence[Block], form: str, picture: str = "") -> bytes:
    """Lay a report out; `picture` is the name of the map's file, for Markdown."""
    if form == "html":
        from geo.report.html import html

        return html(blocks)
    if form == "md":
        from geo.report.markdown import markdown

        return markdown(blocks, picture)
    if form == "docx":
        from geo.report.word import word

        return word(blocks)
    from geo.report.pdf import pdf

    return pdf(blocks)


def write(
    blocks: Sequence[Block],
    path: str | os.PathLike[str],
    form: str | None = None,
) -> list[str]:
    """Write a report; Markdown gets its picture as a file beside it.

    Parameters
    ----------
    blocks : sequence of Block
        What `geo.report.content` made.
    path : path-like
        Replaced as a whole when all went well.
    form : str, optional
        One of `FORMATS`; default: by the suffix.

    Returns
    -------
    list of str
        The files that were written.

    Raises
    ------
    OptionError, MissingExtraError, OutputError
    """
    chosen = format_of(path, form)
    written = [str(path)]
    figure = next((block for block in blocks if isinstance(block, Figure)), None)
    beside = ""
    if chosen == "md" and figure is not None:
        picture = Path(path).with_suffix(".png")
        write_bytes(picture, figure.png)
        written.append(str(picture))
        beside = _relative(picture.name)
    write_bytes(path, rendered(blocks, chosen, beside))
    return written


def _relative(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
