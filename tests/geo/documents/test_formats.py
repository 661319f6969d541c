from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.documents.failure import Failure
from geo.documents.feeds import feed
from geo.documents.html import fragment_text, html
from geo.documents.tables import comma_separated, json_lines
from geo.documents.text import front_matter, plain
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from pathlib import Path


def quiet(_: str) -> None:
    """Take a note and forget it."""


class TestText:
    def test_front_matter_is_metadata_and_stays_in_the_text(self) -> None:
        text = '---\ntitle: "Roads: closed"\ndate: 2021-06-09\nsource: A paper\nurl: https://a.example/x\n---\n\nIt rained.\n'
        document = plain("a.md", text, quiet)

        assert document == Document(
            "a.md",
            text,
            "Roads: closed",
            "A paper",
            "https://a.example/x",
            date(2021, 6, 9),
            "front matter",
            text.index("\nIt"),
        )
        assert text[slice(*document.body)].strip() == "It rained."

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "No front matter.",
            "---\nonly a rule",
            "--- no\n---\n",
            "-----\na: b\n-----\n",
            "text\n---\na: b\n---\n",
        ],
    )
    def test_what_is_no_front_matter(self, text: str) -> None:
        assert front_matter(text, quiet) == ({}, 0)

    def test_a_list_between_rules_is_prose(self) -> None:
        assert front_matter("---\n- one\n- two\n---\nText.", quiet) == ({}, 0)

    @pytest.mark.parametrize("yaml", ["a: [", "a: !!python/object:os.system {}", "\tx", "a: b: c"])
    def test_broken_front_matter_is_told_and_skipped(self, yaml: str) -> None:
        notes: list[str] = []
        document = plain("a.md", f"---\n{yaml}\n---\nIt rained.", notes.append)

        assert len(notes) == 1
        assert "front matter cannot be read" in notes[0]
        assert document.text[document.body_start :] == "It rained."

    def test_values_of_other_types(self) -> None:
        document = plain(
            "a", "---\ntitle: 1984\nsource: [a, b]\ndate: 2021-06-09 10:00:00\nurl:\n---\nText.", quiet
        )

        assert (document.title, document.source, document.url) == ("1984", None, None)
        assert document.date == date(2021, 6, 9)

    def test_windows_line_ends(self) -> None:
        document = plain("a", "---\r\ntitle: A\r\n---\r\nText.", quiet)

        assert (document.title, document.text[document.body_start :]) == ("A", "Text.")

    def test_a_heading_is_the_title_of_markdown_only(self) -> None:
        assert plain("a.md", "# A title #\n\nText.", quiet, markdown=True).title == "A title"
        assert plain("a.txt", "# A title\n\nText.", quiet).title is None

    def test_a_date_of_the_metadata_comes_before_one_in_the_text(self) -> None:
        document = plain("a", "---\ndate: 2021-06-09\n---\nPublished: 1 May 2020\nText.", quiet)

        assert (document.date, document.date_basis) == (date(2021, 6, 9), "front matter")
        assert document.text[document.body_start :].strip() == "Text."

    @given(st.text())
    def test_any_text_is_kept_whole(self, text: str) -> None:
        document = plain("a", text, quiet, markdown=True)

        assert document.text == text
        assert 0 <= document.body_start <= len(text)


PAGE = """<!doctype html><html><head><title>Roads closed - A paper</title>
<meta property="og:title" content="Roads &amp; rails closed"><meta property="og:site_name" content="A paper">
<meta property="article:published_time" content="2021-06-09T10:00:00+02:00">
<link rel="canonical" href="https://a.example/roads"><script>var Kyiv = "<p>no</p>";</script><style>p {}</style></head>
<body><nav>Menu Lviv</nav><header>A paper</header><article><h1>Roads closed</h1><p>It rained in <b>Be</b>ek.<br>All day.</p>
<p hidden>secret</p><p style="display: none">secret</p><table><tr><td>Cora</td><td>3</td></tr></table>
<div>Loose text <aside>Related: Odesa</aside></div></article><footer>Imprint</footer></body></html>"""


class TestHtml:
    def test_visible_text_and_metadata(self) -> None:
        document = html("a.html", PAGE)

        assert document.text == "Roads closed\n\nIt rained in Beek.\nAll day.\n\nCora 3\n\nLoose text"
        assert (document.title, document.source, document.url) == (
            "Roads & rails closed",
            "A paper",
            "https://a.example/roads",
        )
        assert (document.date, document.date_basis) == (date(2021, 6, 9), "metadata")

    def test_linked_data(self) -> None:
        data = json.dumps(
            {"@graph": [{"@type": "X"}, {"datePublished": "2021-06-09", "publisher": {"name": "A paper"}}]}
        )
        document = html("a", f'<script type="application/ld+json">{data}</script><p>Text.')

        assert (document.date, document.source) == (date(2021, 6, 9), "A paper")

    @pytest.mark.parametrize("data", ["{", "[]", "null", '{"@graph": 3}', '{"datePublished": 3}', "[" * 3000])
    def test_odd_linked_data_is_passed_over(self, data: str) -> None:
        assert html("a", f'<script type="application/ld+json">{data}</script><p>Text.').text == "Text."

    @pytest.mark.parametrize(
        ("markup", "text"),
        [
            ("", ""),
            ("plain", "plain"),
            ("<p>one<p>two", "one\n\ntwo"),
            ("a &lt;b&gt; c", "a <b> c"),
            ("<p>a\n  b</p>", "a b"),
            ("<body><script>x</script></body>", ""),
            ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
            ("<div>" * 3000 + "deep" + "</div>" * 3000, "deep"),
        ],
    )
    def test_fragments(self, markup: str, text: str) -> None:
        assert fragment_text(markup) == text

    @given(st.text(alphabet="<>/abp &;\"'=!-", max_size=60))
    def test_any_markup_is_read(self, markup: str) -> None:
        assert isinstance(html("a", markup).text, str)


def lines(data: str | bytes, decoder: Any = None) -> list[Any]:
    raw = data.encode() if isinstance(data, str) else data
    return list(json_lines("a.jsonl", io.BytesIO(raw), quiet, decoder))


class TestTables:
    def test_json_lines(self) -> None:
        found = lines('\n{"text": "One.", "id": 7, "title": "T", "date": "2021-06-09"}\n\n{"text": "Two."}\n')

        assert [item.id for item in found] == ["7", "a.jsonl#4"]
        assert (found[0].title, found[0].date, found[0].date_basis) == ("T", date(2021, 6, 9), "metadata")

    def test_a_bad_line_costs_only_itself(self) -> None:
        found = lines('{"text": "One."}\n{broken\n[1]\n{"text": " "}\n{"text": 3}\n{"text": "Two."}\n')

        assert [type(item) for item in found] == [Document, Failure, Failure, Failure, Failure, Document]
        assert str(found[1]).startswith("a.jsonl:2: is no JSON")
        assert str(found[3]) == "a.jsonl:4: has no text; give each record a 'text'"

    def test_one_value_over_several_lines(self) -> None:
        assert [d.text for d in lines('[\n {"text": "One."},\n {"text": "Two."}\n]')] == ["One.", "Two."]
        assert [d.text for d in lines('{\n "text": "One."\n}')] == ["One."]

    def test_records_of_geo_parse_are_decoded(self) -> None:
        parsed = Parsed(Document("x", "Text."))

        assert lines('{"schema": 1, "mentions": []}', lambda record: parsed) == [parsed]

    def test_a_record_that_cannot_be_decoded_is_told(self) -> None:
        def decoder(record: Any) -> Parsed:
            raise ValueError("schema is 9, this version reads 1")

        assert str(lines('{"mentions": []}', decoder)[0]) == (
            "a.jsonl:1: is no record of geo parse (schema is 9, this version reads 1); run geo parse again on the texts"
        )

    def test_lone_surrogates_do_not_survive(self) -> None:
        assert lines(r'{"text": "a\ud800b", "id": "\udfff"}')[0] == Document("�", "a�b")

    @given(st.text(min_size=1).filter(str.strip), st.text())
    def test_any_text_comes_through(self, text: str, title: str) -> None:
        (document,) = lines(json.dumps({"text": text, "title": title}))

        assert (
            document.text.encode("utf-8", "replace") == text.encode("utf-8", "replace").replace(b"", b"")
            or "�" in document.text
        )

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_csv(self, delimiter: str) -> None:
        rows = [["ID", "Text", "date"], ["1", '"It rained,\nall; day."', "2021-06-09"], ["2", "", ""]]
        data = "\n".join(delimiter.join(row) for row in rows).encode()
        found = list(comma_separated("a.csv", lambda: io.BytesIO(data), quiet))

        assert found[0] == Document(
            "1", "It rained,\nall; day.", date=date(2021, 6, 9), date_basis="metadata"
        )
        assert isinstance(found[1], Failure)

    def test_csv_needs_a_text_column(self) -> None:
        (found,) = comma_separated("a.csv", lambda: io.BytesIO(b"body\nIt rained.\n"), quiet)

        assert str(found).startswith("a.csv: has no column 'text'; name the columns")

    def test_csv_with_a_long_cell(self) -> None:
        (found,) = comma_separated("a.csv", lambda: io.BytesIO(b"text\n" + b"word " * 100_000), quiet)

        assert isinstance(found, Document)

    def test_parquet(self, tmp_path: Path) -> None:
        import pyarrow as pa
        from pyarrow.parquet import write_table

        from geo.documents.tables import parquet

        path = tmp_path / "a.parquet"
        write_table(pa.table({"text": ["One.", None], "id": [1, 2], "date": [date(2021, 6, 9), None]}), path)
        found = list(parquet("a.parquet", path))

        assert found[0] == Document("1", "One.", date=date(2021, 6, 9), date_basis="metadata")
        assert isinstance(found[1], Failure)
        write_table(pa.table({"body": ["One."]}), path)
        assert [str(f).split(";")[0] for f in parquet("a.parquet", path)] == [
            "a.parquet: has no column 'text'"
        ]
        path.write_bytes(b"PAR1 broken")
        assert [str(f)[:33] for f in parquet("a.parquet", path)] == ["a.parquet: cannot be read as Parq"]


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>A paper</title>
<item><title>Roads &amp;amp; rails</title><link>https://a.example/1</link><guid>g1</guid>
<description>&lt;p&gt;It rained in &lt;b&gt;Beek&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description>
<pubDate>Wed, 09 Jun 2021 10:00:00 +0200</pubDate></item><item><title></title></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A paper</title>
<entry><id>urn:1</id><title>Roads</title><updated>2021-06-09T10:00:00Z</updated><link href="https://a.example/1"/>
<summary>Short.</summary><content type="html">&lt;p&gt;It rained in Beek all day.&lt;/p&gt;</content></entry></feed>"""


class TestFeeds:
    def test_rss(self) -> None:
        found = list(feed("a.xml", RSS.encode()))

        assert found[0] == Document(
            "g1",
            "Roads & rails\n\nIt rained in Beek.",
            "Roads & rails",
            "A paper",
            "https://a.example/1",
            date(2021, 6, 9),
            "metadata",
        )
        assert isinstance(found[1], Failure)

    def test_atom_takes_the_whole_text(self) -> None:
        (found,) = feed("a.xml", ATOM.encode())

        assert isinstance(found, Document)
        assert found.text == "Roads\n\nIt rained in Beek all day."
        assert found.date == date(2021, 6, 9)

    @pytest.mark.parametrize(
        "data", [b"<x/>", b"nothing", b"<rss version='2.0'><channel/></rss>", b"\xff\xfe"]
    )
    def test_what_is_no_feed(self, data: bytes) -> None:
        (found,) = feed("a.xml", data)

        assert isinstance(found, Failure)

    def test_entities_do_not_reach_files(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("TOP SECRET")
        bomb = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        found = list(
            feed(
                "a.xml",
                RSS.replace("<rss", bomb + "<rss").replace("It rained", "&amp;e; &e; rained").encode(),
            )
        )

        assert "TOP SECRET" not in str(found)
