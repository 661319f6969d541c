"""Packing, mapping and searching, over a small gazetteer made here; the real one is checked at the end."""

import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marisa_trie import Trie

import gazetteer
from gazetteer import GazetteerFormatError, GazetteerMissingError, NameUse, UnknownPlaceError, artefact, pack
from gazetteer.names import fold
from gazetteer.search import Scanner
from gazetteer.sources.rows import Row


def row(
    place_id, name, kind="city", country="UA", *, lon=30.0, lat=50.0, population=0, names=(), admin1=None
):
    return Row(place_id, name, kind, country, admin1, lon, lat, population=population, names=list(names))


ROWS = [
    row("geonames:706448", "Kherson", population=66_000, admin1="UA-65", lon=32.61458, lat=46.63695),
    row(
        "iso:UA-65",
        "Kherson Oblast",
        "admin1",
        population=590_000,
        names=[("Kherson", NameUse.ALTERNATE)],
        admin1="UA-65",
    ),
    row(
        "iso:UA",
        "Ukraine",
        "country",
        population=40_000_000,
        names=[("Ukrainian", NameUse.ADJECTIVE), ("UKR", NameUse.CODE)],
    ),
    row("geonames:2988507", "Paris", country="FR", population=2_100_000, lon=2.3488, lat=48.85341),
    row("geonames:4717560", "Paris", country="US", population=25_000, lon=-95.55551, lat=33.66094),
    row("cur:saint-place", "Saint-Place's Bridge", "bridge", names=[("Міст", NameUse.ALTERNATE)]),
    row("cur:dnipro-river", "Dnipro", "river", None, names=[("Dnieper River", NameUse.ALTERNATE)]),
]


def packed(rows, folder):
    path = folder / "small.gaz"
    artefact.write(path, pack.encode(rows) | {"claims": b"[]", "units": b"[]", "manifest": b"{}"})
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return gazetteer.open(packed(ROWS, tmp_path_factory.mktemp("gaz")))


def test_same_rows_in_any_order_give_the_same_bytes():
    shuffled = random.Random(1).sample(ROWS, len(ROWS))
    assert pack.encode(shuffled) == pack.encode(ROWS)


def test_every_row_comes_back(small):
    for expected in ROWS:
        place = small.get(expected.id)
        assert (place.name, place.kind, place.country, place.admin1) == (
            expected.name,
            expected.kind,
            expected.country,
            expected.admin1,
        )
        assert (place.lon, place.lat) == pytest.approx((expected.lon, expected.lat), abs=1e-5)
        assert place.population == expected.population


def test_more_people_come_first(small):
    assert [c.place.id for c in small.search("paris")] == ["geonames:2988507", "geonames:4717560"]
    assert [c.place.country for c in small.search("Paris", country="US")] == ["US"]
    assert small.search("Paris", kind="river") == []


def test_use_of_a_name_is_told(small):
    (candidate,) = small.search("ukrainian")
    assert (candidate.place.id, candidate.use) == ("iso:UA", NameUse.ADJECTIVE)
    assert candidate.reason == "adjective"
    assert small.candidates("ukrainian", frozenset({NameUse.PREFERRED})) == ()


def test_codes_are_found_by_search_but_not_in_text(small):
    assert [c.use for c in small.search("UKR")] == [NameUse.CODE]
    assert small.scan("UKR") == []


def test_fuzzy_needs_to_be_asked_for_and_says_so(small):
    assert small.search("Khersson") == []
    (found, *_) = small.search("Khersson", fuzzy=True)
    assert (found.place.id, found.edits) == ("iso:UA-65", 1) or found.place.id == "geonames:706448"
    assert "1 edit" in found.reason


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", []),
        ("Saint-Place's Bridge", ["saint places bridge"]),
        ("in KHERSON’s north", ["kherson"]),
        ("the Dnieper\nRiver", ["dnieper river"]),
        ("Dnieper\n\nRiver", []),
        ("Khersonian", []),
        ("у місті Міст.", ["міст"]),
    ],
)
def test_scan(small, text, keys):
    assert [hit.key for hit in small.scan(text)] == keys


def test_hits_cover_the_words_they_name(small):
    text = "From Paris to Kherson, Ukraine."
    assert [text[hit.start : hit.end] for hit in small.scan(text)] == ["Paris", "Kherson", "Ukraine"]


@pytest.mark.parametrize(
    "text", ["Saint-Place's Bridge", "‘Paris’ and Dnieper\nRiver", "O'Kherson P.Kherson Kherson's"]
)
def test_names_that_begin_at_offsets(small, text):
    whole = small.scan(text)
    for i in range(len(text) + 1):
        assert small.scan(text, [(i, text[i : i + 7])]) == [hit for hit in whole if hit.start == i]
    assert small.scan(text, [(i, text[i]) for i in range(len(text))]) == whole


@given(st.text(alphabet="aP.'‘’ s-\n", max_size=30), st.data())
@settings(max_examples=60, deadline=None)
def test_offsets_inside_words_begin_none(text, data):
    scanner = Scanner(Trie(["p", "a", "ps", "pa", "p a", "p s", "a p a", "ppp"]))
    whole = scanner.scan(text)
    at = data.draw(st.lists(st.integers(0, len(text)), unique=True).map(sorted))
    assert scanner.scan(text, [(i, text[i:]) for i in at]) == [hit for hit in whole if hit.start in at]


def test_a_long_word_is_read_once(small):
    text = "Kherson‘Kherson." * 20_000
    assert small.scan(text, ((at, "Kherson") for at in range(0, len(text), 8))) == []


def test_names_and_kin(small):
    assert small.names("cur:dnipro-river") == [
        ("Dnipro", NameUse.PREFERRED),
        ("Dnieper River", NameUse.ALTERNATE),
    ]
    assert [p.id for p in small.parents("geonames:706448")] == ["iso:UA-65", "iso:UA"]
    assert [p.id for p in small.children("iso:UA")] == ["iso:UA-65"]
    assert [p.id for p in small.children("iso:UA-65")] == ["geonames:706448"]
    assert small.parents("cur:dnipro-river") == []


@pytest.mark.parametrize("unknown", ["geonames:1", "iso:XX", "", "nonsense", "geonames:x"])
def test_unknown_id(small, unknown):
    assert unknown not in small
    with pytest.raises(UnknownPlaceError, match="gazetteer search"):
        small.get(unknown)


def test_pickles_by_path(small):
    assert pickle.loads(pickle.dumps(small)).get("iso:UA").name == "Ukraine"  # noqa: S301


def test_missing_and_damaged_files(tmp_path):
    with pytest.raises(GazetteerMissingError, match="reinstall"):
        gazetteer.open(tmp_path / "none.gaz")
    damaged = tmp_path / "damaged.gaz"
    for content in (b"", b"something else entirely", packed(ROWS, tmp_path).read_bytes()[:700]):
        damaged.write_bytes(content)
        with pytest.raises(GazetteerFormatError):
            gazetteer.open(damaged)


@settings(max_examples=40, deadline=None)
@given(names=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8, unique=True))
def test_search_finds_every_name_it_was_given(names, tmp_path_factory):
    rows = [row(f"cur:p{i}", name) for i, name in enumerate(names)]
    gaz = gazetteer.open(packed(rows, tmp_path_factory.mktemp("gaz")))
    for i, name in enumerate(names):
        if fold(name):
            assert f"cur:p{i}" in {c.place.id for c in gaz.search(name)}


def test_world(gaz):
    """Towns, spellings and scripts that readers of the news meet."""
    expected = {
        "Kherson": "geonames:706448",
        "Zaporozhye": "geonames:687700",
        "Запоріжжя": "geonames:687700",
        "Lugansk": "geonames:702658",
        "kyiv": "geonames:703448",
        "Kiev": "geonames:703448",
        "Paris": "geonames:2988507",
        "القاهرة": "geonames:360630",
        "東京": "geonames:1850147",
    }
    assert {name: gaz.search(name)[0].place.id for name in expected} == expected


def test_world_has_areas(gaz):
    kinds = {c.place.kind for c in gaz.search("Kherson")}
    assert {"admin1", "town"} <= kinds
    assert gaz.search("U.S.")[0].place.id == "iso:US"
    assert gaz.get("iso:UA-65").country == "UA"


def test_an_artefact_of_another_version_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(artefact, "FORMAT", artefact.FORMAT + 1)
    path = packed(ROWS, tmp_path)
    monkeypatch.undo()
    with pytest.raises(GazetteerFormatError, match="build it again"):
        gazetteer.open(path)
