"""A report as a PDF, by ReportLab with the DejaVu fonts that matplotlib brings; the same input gives the same bytes."""

from __future__ import annotations

import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from geo.errors import MissingExtraError
from geo.report.blocks import Figure, Heading, Numbers, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.report.blocks import Block, Table

MARGIN: Final = 2.0
"""cm."""
WIDTH: Final = 17.0
"""Of the text on A4, cm."""
FONT: Final = "DejaVuSans"
"""Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters; the latter two are not joined or turned."""


def pdf(blocks: Sequence[Block], language: str = "en") -> bytes:
    """Lay a report out as PDF: A4, outline of the headings, headers of tables on each page.

    Raises
    ------
    MissingExtraError
        ReportLab is not installed.
    """
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.units import cm
        from reportlab.platypus import SimpleDocTemplate
    except ImportError:
        raise MissingExtraError("PDF needs the extra report: pip install 'geodispatch[report]'") from None
    _fonts()
    title = next((one.text for one in blocks if isinstance(one, Heading) and one.level == 1), "Report")
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN * cm),
        title=title,
        author="",
        lang=language,
        invariant=1,
    )
    document.build(
        [part for block in blocks for part in _parts(block)], onFirstPage=_foot, onLaterPages=_foot
    )
    return out.getvalue()


def _fonts() -> None:
    import matplotlib as mpl
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    known = pdfmetrics.getRegisteredFontNames()
    for name in (FONT, f"{FONT}-Bold"):
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def _foot(canvas: Any, document: Any) -> None:
    from reportlab.lib.units import cm

    canvas.setFont(FONT, 7)
    canvas.drawRightString((MARGIN + WIDTH) * cm, 1.1 * cm, str(document.page))


def _style(
    size: float, *, bold: bool = False, before: float = 0, after: float = 3, grey: bool = False
) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        f"s{size}{bold}{before}{after}{grey}",
        fontName=f"{FONT}-Bold" if bold else FONT,
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=1,
        textColor=HexColor("#4a5058" if grey else "#1b1f24"),
        keepWithNext=1 if bold and before else 0,
    )


def _parts(block: Block) -> Iterator[Any]:
    from reportlab.lib.units import cm
    from reportlab.platypus import Image
    from reportlab.platypus import Paragraph as Text

    if isinstance(block, Heading):
        yield _Heading(block)
    elif isinstance(block, Paragraph):
        text = escape(block.text)
        if block.link:
            text = f'<a href="{escape(block.link)}" color="#0b4f8a">{text}</a>'
        yield Text(text, _style(7 if block.small else 9.5, grey=block.small))
    elif isinstance(block, Numbers):
        for name, value in block.rows:
            indent = "&nbsp;&nbsp;&nbsp;" if name.startswith(" ") else ""
            yield Text(
                f'{indent}{escape(name.strip())}: <font name="{FONT}-Bold">{escape(value)}</font>',
                _style(9.5, after=1),
            )
    elif isinstance(block, Figure):
        image = Image(io.BytesIO(block.png))
        wide = min(block.width_cm, WIDTH) * cm
        tall = wide * image.imageHeight / image.imageWidth
        shrink = min(1.0, 22 * cm / tall)
        image.drawWidth, image.drawHeight = wide * shrink, tall * shrink
        yield image
        yield Text(escape(block.caption), _style(8, grey=True))
    else:
        yield Text(escape(block.caption), _style(8, grey=True, before=2))
        yield _table(block)


def _Heading(block: Heading) -> Any:  # noqa: N802  (a flowable of its own)
    from reportlab.platypus import Paragraph as Text

    class Marked(Text):  # type: ignore[misc,valid-type,unused-ignore]
        """A heading that is also an entry of the outline."""

        def draw(self) -> None:
            key = f"h{self.canv.getPageNumber()}-{crc32(block.text.encode('utf-8', 'replace'))}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(block.text, key, level=0 if block.level == 1 else 1)
            super().draw()

    size = 17 if block.level == 1 else 12.5
    return Marked(
        escape(block.text), _style(size, bold=True, before=0.1 if block.level == 1 else 12, after=5)
    )


def _table(block: Table) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import cm
    from reportlab.platypus import LongTable, TableStyle
    from reportlab.platypus import Paragraph as Text

    cell, head = _style(7.2, after=0), _style(7.4, bold=True, after=0)
    rows = [[Text(escape(text), head) for text in block.header]]
    rows += [[Text(escape(text), cell) for text in row] for row in block.rows]
    table = LongTable(
        rows,
        colWidths=[WIDTH * share * cm for share in block.widths],
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
    )
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#c9ced6")), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    room = [
        (side, (0, 0), (-1, -1), 2) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    ]
    table.setStyle(TableStyle(lines + room))
    return table
