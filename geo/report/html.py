"""A report as one HTML file without scripts: everything in it is escaped text."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Final

from geo.report.blocks import Figure, Heading, Numbers, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.report.blocks import Block, Table

_STYLE: Final = """
body{font:16px/1.5 system-ui,"Noto Sans","DejaVu Sans",sans-serif;color:#1b1f24;background:#fff;max-width:62rem;
margin:0 auto;padding:1rem}
h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.88rem}caption{text-align:left;color:#4a5058;padding:.3rem 0}
th,td{border-bottom:1px solid #c9ced6;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.5rem}dt{white-space:pre}dd{margin:0}
figure{margin:0}img{max-width:100%;height:auto}figcaption,.small{font-size:.85rem;color:#4a5058}
.wide{overflow-x:auto}
@media print{h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}body{max-width:none;padding:0}}
"""


def html(blocks: Sequence[Block], language: str = "en") -> bytes:
    """Lay a report out as HTML, with a policy that lets nothing run and nothing load."""
    style = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    )
    title = next((one.text for one in blocks if isinstance(one, Heading) and one.level == 1), "Report")
    head = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="geodispatch">\n'  # geo.documents.made knows it by this
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    return (head + "".join(_lines(blocks)) + "</main>\n</body>\n</html>\n").encode("utf-8")


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield f"<h{block.level}>{escape(block.text)}</h{block.level}>\n"
        elif isinstance(block, Paragraph):
            small = ' class="small"' if block.small else ""
            text = escape(block.text)
            if block.link:
                text = f'<a href="{escape(block.link)}" rel="noopener noreferrer">{text}</a>'
            yield f"<p{small}>{text}</p>\n"
        elif isinstance(block, Numbers):
            rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>\n" for name, value in block.rows)
            yield f"<dl>\n{rows}</dl>\n"
        elif isinstance(block, Figure):
            data = b64encode(block.png).decode()
            yield f'<figure>\n<img alt="{escape(block.alt)}" src="data:image/png;base64,{data}">\n'
            yield f"<figcaption>{escape(block.caption)}</figcaption>\n</figure>\n"
        else:
            yield from _table(block)


def _table(block: Table) -> Iterator[str]:
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{escape(block.caption)}">\n'
    yield f"<table>\n<caption>{escape(block.caption)}</caption>\n<thead>\n<tr>"
    yield "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.header)
    yield "</tr>\n</thead>\n<tbody>\n"
    for row in block.rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"
