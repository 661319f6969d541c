"""Reports, read back by other readers than the libraries that wrote them."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from geo.errors import OptionError, OutputError
from geo.layers import build
from geo.report import Figure, Heading, Paragraph, Picture, Sheet, Table, content, format_of, write
from geo.report.blocks import Numbers, clean, web_address
from geo.report.markdown import MARK, plain
from geo.report.write import FORMATS, rendered
from tests.geo import stage

if TYPE_CHECKING:
    from pathlib import Path

    from geo.report import Block

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> ]]> &amp; {{7*7}} `x` $(id) \\x | [a](javascript:x) <!-- "
    "\x00\x1b[31m \ud800 \u202e Київ خاركيف =cmd() </w:t></w:p> ![](http://a/b.png) <para> &#0; # h"
)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    return out.getvalue()


def blocks(title: str = "A title", **change: Any) -> list[Block]:
    layers = stage.layers()
    for name, value in change.items():
        layers["events"].rows[0][name] = value
    sheet = Sheet(title, "2001-05-04", "Viewpoint", "Disclaimer", "Data: Invented", "geodispatch 0")
    return content(layers, [stage.parsed().document], sheet, Picture(png(), f"Map of {title}"))


def words_of(form: str, data: bytes) -> str:
    """All words of a report, by an independent reader."""
    if form == "pdf":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    elif form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
        text = " ".join(node.text or "" for node in root.iter() if node.tag.endswith("}t"))
    elif form == "html":
        parts: list[str] = []
        parser = HTMLParser()
        parser.handle_data = parts.append  # type: ignore[method-assign]
        parser.feed(data.decode())
        text = " ".join(parts)
    else:
        text = re.sub(r"\\(.)", r"\1", data.decode())
    return re.sub(r"\s+", " ", text)


def test_all_parts_are_there() -> None:
    made = blocks()
    headings = [one.text for one in made if isinstance(one, Heading)]

    assert headings == [
        "A title", "Summary", "Map", "Timeline", "Events and their sources", "Territorial claims",
        "Not placed on the map", "Documents", "Methods and attribution",
    ]  # fmt: skip
    numbers = dict(next(one for one in made if isinstance(one, Numbers)).rows)
    assert numbers["Events"] == "3"
    assert numbers["Events that could not be placed"] == "1"
    assert numbers["  reported as having happened"] == "1"
    events = next(one for one in made if isinstance(one, Table) and one.header[1] == "Place")
    assert events.rows[0] == (
        "2001-05-03", "Beek", "Shelling, reported as having happened", "the text", "Shells fell on Beek on 3 May.", "A title",
    )  # fmt: skip
    for table in made:
        if isinstance(table, Table):
            assert sum(table.widths) == pytest.approx(1)
            assert {len(row) for row in table.rows} == {len(table.header)} == {len(table.widths)}


@pytest.mark.parametrize("form", FORMATS)
def test_every_word_can_be_read(form: str) -> None:
    text = words_of(form, rendered(blocks(title="Київ and Beek"), form, "map.png")).replace(" ", "")

    for block in blocks(title="Київ and Beek"):
        for part in vars_of(block):
            assert part.replace(" ", "") in text, part


def vars_of(block: Block) -> list[str]:
    if isinstance(block, (Heading, Paragraph)):
        return [block.text]
    if isinstance(block, Numbers):
        return [value for _, value in block.rows]
    return (
        [block.caption]
        if isinstance(block, Figure)
        else [block.caption, *block.header, *(c for r in block.rows for c in r)]
    )


@pytest.mark.parametrize("form", FORMATS)
def test_same_input_same_bytes(form: str) -> None:
    one = rendered(blocks(), form, "map.png")

    assert one == rendered(blocks(), form, "map.png")
    assert not re.search(rb"20[23]\d-\d\d-\d\d|D:20[23]\d", one)


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_is_only_text(form: str) -> None:
    made = blocks(
        title=HOSTILE, evidence=HOSTILE, place_name=HOSTILE, source=HOSTILE, document_titles=HOSTILE
    )
    data = rendered(made, form, "map.png")
    text = words_of(form, data)

    assert "alert(1)" in text
    assert "\x00" not in text
    assert "\u202e" not in text
    if form == "html":
        tags: list[str] = []
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, attributes: tags.append(tag)  # type: ignore[method-assign, assignment]
        parser.feed(data.decode())
        assert set(tags) <= {
            "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "dl", "dt", "dd", "figure", "img",
            "figcaption", "div", "table", "caption", "thead", "tr", "th", "tbody", "td", "a",
        }  # fmt: skip
        assert tags.count("img") == 1
        assert b"default-src 'none'" in data
    if form == "md":
        assert not re.search(rb"<(?!http)", data.removeprefix(MARK.encode()))
        assert not re.search(rb"(?<!\\)[`|]alert", data)
    if form == "pdf":
        assert b"/JavaScript" not in data


def test_markdown_means_what_it_says() -> None:
    mistune = pytest.importorskip("mistune", reason="a reader of Markdown comes with nbconvert")
    data = rendered(blocks(title=HOSTILE, evidence=HOSTILE), "md", "map.png").decode()
    html = mistune.create_markdown(escape=False, plugins=["table"])(data)

    assert html.count("<img") == 1
    assert "<script" not in html
    assert not re.search(r"(?:href|src)=.?javascript", html)
    assert html.count("<table>") == 4
    assert len(re.findall("<h[12]", html)) == 9


def test_word_is_a_document_with_headings_and_a_described_picture() -> None:
    import docx

    document = docx.Document(io.BytesIO(rendered(blocks(), "docx")))

    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == ["A title"]
    assert len([p for p in document.paragraphs if p.style.name == "Heading 1"]) == 8
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Map of A title"
    assert len(document.tables) == 4
    assert document.core_properties.author == ""


def test_pdf_has_an_outline_and_a_title() -> None:
    reader = pypdf.PdfReader(io.BytesIO(rendered(blocks(), "pdf")))

    assert reader.metadata is not None
    assert reader.metadata.title == "A title"
    assert len(reader.outline[1]) == 8  # type: ignore[arg-type]
    fonts = {str(font) for page in reader.pages for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert fonts


@pytest.mark.parametrize("form", FORMATS)
def test_long_cells_and_nothing_at_all(form: str) -> None:
    assert rendered(blocks(evidence="word " * 5000 + "x" * 3000), form)
    empty = content(build([], [], stage.Gaz()), [], Sheet("Nothing"), None)
    text = words_of(form, rendered(empty, form))
    for line in ("No event was found.", "No event has a date.", "Everything that was found could be placed."):
        assert line in text


def test_long_tables_are_cut_and_say_so() -> None:
    layers = stage.layers()
    row = layers["events"].rows[0]
    rows = [dict(row, id=f"e{n}", row_id=f"e{n}", date_start=f"{1500 + n % 400}-01-01") for n in range(700)]
    layers["events"].rows[:] = rows
    made = content(layers, [], Sheet("Many"))
    tables = [one for one in made if isinstance(one, Table)]

    assert len(tables[0].rows) <= 400
    assert tables[0].rows[0][0] == "1500"
    assert len(tables[1].rows) == 500
    assert any(isinstance(one, Paragraph) and "The first 500 of 700" in one.text for one in made)


def test_files(tmp_path: Path) -> None:
    assert write(blocks(), tmp_path / "my report.md") == [
        str(tmp_path / "my report.md"),
        str(tmp_path / "my report.png"),
    ]
    assert "](my%20report.png)" in (tmp_path / "my report.md").read_text()
    assert (tmp_path / "my report.png").read_bytes() == png()
    assert write(blocks(), tmp_path / "a.PDF") == [str(tmp_path / "a.PDF")]
    with pytest.raises(OptionError, match=r"use \.html, \.md, \.docx or \.pdf"):
        format_of("a.odt")
    with pytest.raises(OptionError, match="no report format 'odt'"):
        format_of("a", "odt")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write(blocks(), tmp_path / "folder.html")


def test_only_addresses_of_the_web_are_links() -> None:
    assert web_address(" https://example.org/a?b=c ") == "https://example.org/a?b=c"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        'http://a"b',
        "http://a>b",
        "ftp://a",
        "https://a b",
        "",
    ):
        assert web_address(bad) == ""


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    made: list[Block] = [
        Heading(clean(text), 1),
        Paragraph(clean(text)),
        Table("t", ("a",), ((clean(text),),), (1.0,)),
    ]

    assert "\n" not in clean(text)
    assert not re.search(r"(?<!\\)[*_`|]", plain(clean(text)))
    for form in ("html", "md", "docx"):
        rendered(made, form)
