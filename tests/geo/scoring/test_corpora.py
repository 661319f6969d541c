"""Corpora in XML: made-up articles in the published forms."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from geo.errors import InputError
from geo.evaluate import GoldToponym, load
from geo.scoring.corpora import DRIFT

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Rain fell in Lagos &amp; Kano."
LGL = """<?xml version="1.0" encoding="utf-8"?><articles>
<article docid="38"><feedid>1</feedid><title>Rain</title><domain>paper.example</domain><url>http://paper.example/1</url>
<text><![CDATA[Rain fell in Lagos & Kano, Nigeria.]]></text><toponyms>
<toponym><start>{at}</start><end>18</end><phrase>Lagos</phrase><gaztag geonameid="1"><name>Lagos</name><fclass>P</fclass>
<fcode>PPLA</fcode><lat>6.45</lat><lon>3.39</lon><country geonameid="2">NG</country><admin1 geonameid="3">Lagos</admin1></gaztag></toponym>
<toponym><start>27</start><end>34</end><phrase>Nigeria</phrase><gaztag geonameid="2"><name>Nigeria</name><fclass>A</fclass>
<fcode>PCLI</fcode><lat>10</lat><lon>8</lon></gaztag></toponym>
<toponym><start>21</start><end>25</end><phrase>Kano</phrase></toponym>
<toponym><start>2</start><end>9</end><phrase>Bamako</phrase></toponym>
</toponyms></article><article docid="39"><title/><text>Nothing.</text><toponyms/></article></articles>"""
VIRUS = """<articles><article><source>http://news.example</source><text>Rain fell in Lagos.</text><locations>
<location><name>Lagos</name><start>14</start><end>19</end><lat>6.45</lat><lon>3.39</lon><page>Lagos</page></location>
</locations></article></articles>"""
WEB = """<articles><article file="7"><title>Rain</title><link>http://a.example</link><text>British voters in Lagos.</text><toponyms>
<toponym><extractedName>British</extractedName><normalisedName>United Kingdom</normalisedName><type>Non_Literal_Modifier</type>
<modifierType>Adjective</modifierType><nonLocational/><start>0</start><end>7</end><geonamesID>3</geonamesID>
<latitude>54</latitude><longitude>-2</longitude></toponym>
<toponym><extractedName>Lagos</extractedName><normalisedName/><type>Literal</type><start>18</start><end>23</end>
<geonamesID/><latitude/><longitude/></toponym>
<toponym><extractedName>voters</extractedName><type>Non_Lit_Expression</type><start>8</start><end>14</end></toponym>
</toponyms></article></articles>"""


def save(folder: Path, text: str, name: str = "corpus.xml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_lgl_and_tr_news(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "geo"):
        first, second = load(save(tmp_path, LGL.replace("{at}", "13")))

    assert (first.id, first.document.title, first.document.source) == (
        "corpus-38",
        "Rain",
        "http://paper.example/1",
    )
    assert first.toponyms == (
        GoldToponym(13, 18, "Lagos", 6.45, 3.39, "P", "", "Lagos"),
        GoldToponym(21, 25, "Kano"),
        GoldToponym(27, 34, "Nigeria", 10.0, 8.0, "A", "country", "Nigeria"),
    )
    assert second.toponyms == ()
    assert "1 names are not where they are said to be" in caplog.text


@pytest.mark.parametrize(("at", "found"), [(13 - 9, True), (13 + 9, True), (13 + DRIFT + 1, False)])
def test_offsets_that_drift_are_mended(tmp_path: Path, at: int, found: bool) -> None:
    document = load(save(tmp_path, LGL.replace("{at}", str(at))))[0]

    assert ((13, 18) in [(top.start, top.end) for top in document.toponyms]) is found


def test_geovirus_counts_from_one(tmp_path: Path) -> None:
    [document] = load(save(tmp_path, VIRUS))

    assert document.id == "corpus-1"
    assert document.toponyms == (GoldToponym(13, 18, "Lagos", 6.45, 3.39),)


def test_geowebnews(tmp_path: Path) -> None:
    [document] = load(save(tmp_path, WEB))

    assert document.toponyms == (
        GoldToponym(0, 7, "British", 54.0, -2.0, "Non_Literal_Modifier", "", "United Kingdom", "associative"),
        GoldToponym(18, 23, "Lagos", None, None, "Literal", "", "", "literal"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<articles><article>", "cannot be read as a corpus"),
        ("no xml", "cannot be read as a corpus"),
        ("<articles><article><title>x</title></article></articles>", "article 1 has another form"),
        (VIRUS.replace("<start>14</start>", ""), "a name has no start"),
        (VIRUS.replace("<start>14<", "<start>here<"), "article 1 has another form"),
        (VIRUS.replace("6.45", "north"), "article 1 has another form"),
    ],
)
def test_another_form(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(save(tmp_path, text))


def test_no_articles_and_no_file(tmp_path: Path) -> None:
    assert load(save(tmp_path, "<articles/>")) == []
    with pytest.raises(InputError, match="cannot be read as a corpus"):
        load(tmp_path / "none.xml")


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    text = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path / "secret"}">]><articles><article><text>&x;</text></article></articles>'
    with pytest.raises(InputError):
        load(save(tmp_path, text))
