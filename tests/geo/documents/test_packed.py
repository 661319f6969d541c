"""Packed files, long files and what is wrong with them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.documents import Failure, read
from geo.documents import tables as tables_module
from geo.documents.decode import NotTextError, survey
from geo.documents.packed import ahead, unpacked
from geo.documents.tally import Tally
from geo.types import Document

if TYPE_CHECKING:
    from pathlib import Path

LINES = b"".join(
    json.dumps({"id": f"d{n}", "text": f"Rain in town {n}."}).encode() + b"\n" for n in range(300)
)


def zstd(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


PACKERS = {".gz": gzip.compress, ".zst": zstd}


def texts(path: Path) -> list[str]:
    return [item.text for item in read(path) if isinstance(item, Document)]


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"It rained."),
        ("a.md", b"# Roads\n\nIt rained."),
        ("a.html", b"<html><body><p>It rained.</p></body></html>"),
        ("a.jsonl", LINES),
        ("a.csv", b"id,text\n1,It rained.\n2,It snowed.\n"),
        ("a.rss", b'<rss version="2.0"><channel><item><title>It rained.</title></item></channel></rss>'),
    ],
)
def test_what_is_packed_reads_as_what_is_not(tmp_path: Path, suffix: str, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    expected = texts(tmp_path / name)
    (tmp_path / f"{name}{suffix}").write_bytes(PACKERS[suffix](data))

    assert expected
    assert texts(tmp_path / f"{name}{suffix}") == expected
    assert len(texts(tmp_path)) == 2 * len(expected), "a folder holds both"


@pytest.mark.parametrize("suffix", PACKERS)
def test_several_members_on_end(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.jsonl{suffix}").write_bytes(
        PACKERS[suffix](LINES) + PACKERS[suffix](b'{"text": "Last."}\n')
    )

    assert texts(tmp_path)[-1] == "Last."
    assert len(texts(tmp_path)) == 301


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_file_that_is_cut_off_gives_what_stood_before(tmp_path: Path, suffix: str) -> None:
    data = b"".join(json.dumps({"text": f"{n * 7919}" * 20}).encode() + b"\n" for n in range(20_000))
    whole = PACKERS[suffix](data)
    (tmp_path / f"a.jsonl{suffix}").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.txt").write_text("The rest goes on.")
    *found, failure, last = read(tmp_path)

    assert all(isinstance(item, Document) for item in (*found, last))
    assert isinstance(failure, Failure)
    assert failure.what.startswith("is damaged or cut off (")
    assert suffix == ".zst" or len(found) > 1000


def test_what_only_claims_to_be_packed(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_text("It rained.")
    (tmp_path / "b.jsonl.zst").write_bytes(b"")
    (tmp_path / "c.csv.gz").write_bytes(b"\x1f\x8bnonsense")
    first, second, third = read(tmp_path)

    assert isinstance(first, Document)
    assert str(second).endswith("b.jsonl.zst: has no text in it; leave it out, or check how it was saved")
    assert "c.csv.gz: is damaged or cut off" in str(third)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"word " * 3_000_000))
    (found,) = read(tmp_path)

    assert isinstance(found, Failure)
    assert found.what == "is too large (the limit is 10 MB)"


def test_a_packed_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    class Stdin:
        buffer = Pipe(gzip.compress(LINES))

    monkeypatch.setattr("sys.stdin", Stdin)

    assert len(list(read("-"))) == 300


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_looking_ahead_takes_nothing_away(data: bytes, size: int) -> None:
    class Slow(io.BytesIO):
        def seekable(self) -> bool:
            return False

    head, stream = ahead(Slow(data))

    assert head == data[:1024]
    assert b"".join(iter(lambda: stream.read(size), b"")) == data


@given(st.binary(max_size=2000).filter(lambda data: not data.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))))
def test_any_bytes_unpack_to_themselves(data: bytes) -> None:
    for packer in (bytes, gzip.compress, zstd):
        with unpacked(io.BytesIO(packer(data))) as stream:
            assert stream.read() == data


class TestSurvey:
    @given(st.text(max_size=500))
    def test_utf8_is_utf8(self, text: str) -> None:
        if "\0" in text:
            return
        try:
            assert survey(io.BytesIO(text.encode())) in {("utf-8", None), ("utf-8-sig", None)}
        except NotTextError:
            assert sum(ord(char) < 32 for char in text) or text.startswith("{\\rtf") or "%PDF-" in text

    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            (b"", "utf-8"),
            ("text\nIt rained in Łódź.\n".encode("utf-16"), "utf-16"),
            ("It rained in Zürich and the cafés were shut. ".encode("cp1252") * 3, "cp1252"),
            ("Żółć ".encode() * 50 + b"\xff", "utf-8"),
        ],
    )
    def test_others(self, data: bytes, encoding: str) -> None:
        assert survey(io.BytesIO(data))[0] == encoding

    def test_a_late_byte_counts(self) -> None:
        found = survey(io.BytesIO(b"plain text\n" * 200_000 + "Zürich\n".encode("cp1252")))

        assert found == ("cp1252", "is not UTF-8; read as cp1252. Convert it to UTF-8 if names look wrong")


class TestLongTables:
    def test_a_stray_quotation_mark_does_not_take_the_whole_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = csv.field_size_limit(1000)
        try:
            (tmp_path / "a.csv").write_text('text\nIt rained.\n"' + "It snowed.\n" * 500)
            first, second = read(tmp_path)
        finally:
            csv.field_size_limit(before)

        assert isinstance(first, Document)
        assert "field larger than field limit" in str(second)

    def test_a_line_without_an_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables_module, "MAX_LINE", 100)
        long = json.dumps({"text": "word " * 200})
        (tmp_path / "a.jsonl").write_text(f'{{"text": "One."}}\n{long}\n{{"text": "Three."}}\n')
        (tmp_path / "b.csv").write_text("text\nOne.\n" + "word " * 200 + "\nThree.\n")
        found = [item.text if isinstance(item, Document) else item.what for item in read(tmp_path)]

        assert found[:4] == ["One.", "the line is longer than 0 MB", "Three.", "One."]
        assert found[4:] == ["cannot be read as CSV (a line is longer than 0 MB)"]

    def test_one_json_value_that_is_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables_module, "MAX_WHOLE", 100)
        (tmp_path / "a.jsonl").write_text("[\n" + ",\n".join(['{"text": "It rained."}'] * 20) + "\n]")
        (found,) = read(tmp_path)

        assert str(found).endswith("one JSON value of more than 0 MB; write one JSON object per line")

    def test_parquet_in_one_group_of_rows_is_read_page_by_page(self, tmp_path: Path) -> None:
        rows: dict[str, Any] = {"text": [f"Rain in town {n}. " * 40 for n in range(30_000)]}
        pq.write_table(pa.table(rows), tmp_path / "a.parquet", row_group_size=30_000)
        before = pa.total_allocated_bytes()
        found = read(tmp_path)
        next(found)
        held = pa.total_allocated_bytes() - before

        assert held < 5_000_000, "of 22 MB"
        assert len(list(found)) == 29_999


class TestTally:
    @given(st.lists(st.text(alphabet="ab", max_size=3)))
    def test_it_counts(self, names: list[str]) -> None:
        tally = Tally()

        assert [tally.add(name) for name in names] == [
            names[: n + 1].count(name) for n, name in enumerate(names)
        ]

    def test_a_lone_surrogate_is_a_name_too(self) -> None:
        assert Tally().add("\ud800") == 1
