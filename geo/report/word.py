"""A report as a Word document, by python-docx; the same input gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from geo.errors import MissingExtraError
from geo.report.blocks import Figure, Heading, Numbers, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.report.blocks import Block

MARGIN: Final = 2.0
"""cm."""
WIDTH: Final = 17.0
"""Of the text on A4, cm."""


def word(blocks: Sequence[Block], language: str = "en-GB") -> bytes:
    """Lay a report out as .docx: A4, real headings, alternative text, rows of headers that repeat.

    Raises
    ------
    MissingExtraError
        python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError("Word needs the extra report: pip install 'geodispatch[report]'") from None
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    for block in blocks:
        _add(document, block)
    _properties(document, blocks, language)
    out = io.BytesIO()
    document.save(out)
    return _repacked(out.getvalue())


def _add(document: Any, block: Block) -> None:
    from docx.shared import Cm, Pt

    if isinstance(block, Heading):
        document.add_heading(block.text, level=block.level - 1 if block.level > 1 else 0)
    elif isinstance(block, Paragraph):
        run = document.add_paragraph().add_run(block.text)
        if block.small:
            run.font.size = Pt(8)
    elif isinstance(block, Numbers):
        for name, value in block.rows:
            line = document.add_paragraph(style="List Bullet 2" if name.startswith(" ") else "List Bullet")
            line.add_run(f"{name.strip()}: ")
            line.add_run(value).bold = True
            line.paragraph_format.space_after = Pt(0)
    elif isinstance(block, Figure):
        picture = document.add_picture(io.BytesIO(block.png), width=Cm(min(block.width_cm, WIDTH)))
        picture._inline.docPr.set("descr", block.alt)  # noqa: SLF001, RUF100  (python-docx has no name for it)
        document.add_paragraph(block.caption, style="Caption")
    else:
        document.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
        _table(document, block.header, block.rows, block.widths)


def _table(
    document: Any, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> None:
    """Write cells straight into the XML: python-docx looks each of them up anew, which costs minutes for many."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Cm(WIDTH * share)
    for cell, text, share in zip(table.rows[0].cells, header, widths, strict=True):
        cell.width = Cm(WIDTH * share)
        cell.paragraphs[0].add_run(text).bold = True
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001, RUF100
    head.append(OxmlElement("w:tblHeader"))
    for row in rows:
        table._tbl.append(_row(row, widths))  # noqa: SLF001, RUF100


def _row(cells: Sequence[str], widths: Sequence[float]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement("w:tr")
    for text, share in zip(cells, widths, strict=True):
        cell = OxmlElement("w:tc")
        properties = OxmlElement("w:tcPr")
        width = OxmlElement("w:tcW")
        width.set(qn("w:w"), str(int(WIDTH * share * 567)))  # twentieths of a point in a centimetre
        width.set(qn("w:type"), "dxa")
        properties.append(width)
        paragraph, run, size, letters = (OxmlElement(name) for name in ("w:p", "w:r", "w:rPr", "w:t"))
        for name in ("w:sz", "w:szCs"):
            half_points = OxmlElement(name)
            half_points.set(qn("w:val"), "17")
            size.append(half_points)
        letters.text = text
        letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.extend((size, letters))
        paragraph.append(run)
        cell.extend((properties, paragraph))
        made.append(cell)
    return made


def _properties(document: Any, blocks: Sequence[Block], language: str) -> None:
    """Title and language for readers of the file; no author and no time."""
    found = document.core_properties
    found.title = next((one.text for one in blocks if isinstance(one, Heading) and one.level == 1), "")[:255]
    found.author, found.comments, found.language = "", "", language
    element = found._element  # noqa: SLF001, RUF100
    for child in list(element):
        if child.tag.endswith(("created", "modified")):
            element.remove(child)


def _repacked(data: bytes) -> bytes:
    """Write the archive anew without the time of making."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = ZipInfo(name)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, old.read(name), compresslevel=6)
    return out.getvalue()
