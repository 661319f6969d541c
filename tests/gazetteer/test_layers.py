"""Own data over other data: the rule, call by call, over small layers and over the package's gazetteer."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import gazetteer
from gazetteer import GazetteerFormatError, NameUse, UnknownPlaceError, arcs, artefact, pack
from gazetteer.layers import OWN, Layered
from gazetteer.sources.rows import Row
from gazetteer.tries import Sharded, Union

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

A, F, P = NameUse.ALTERNATE, NameUse.FORMER, NameUse.PREFERRED


def row(place_id: str, name: str, kind: str = "town", *names: tuple[str, NameUse], **fields: Any) -> Row:
    values = {"country": "UA", "admin1": "UA-65", "lon": 33.0, "lat": 46.5, **fields}
    return Row(place_id, name, kind, names=list(names), **values)


def packed(
    path: Path, rows: list[Row], *, layer: str = OWN, attribution: str = "", outlines: Any = None
) -> Path:
    shapes = outlines or {}
    units = [[r.id, r.country, ""] for r in rows if r.kind == "admin1" and r.id in shapes]
    manifest = {"layer": layer, "attribution": attribution, "sources": [{"name": path.name}]}
    more = {
        "claims": b"[]",
        "units": artefact.json.dumps(units).encode(),
        "manifest": artefact.json.dumps(manifest).encode(),
    }
    artefact.write(path, pack.encode(rows) | arcs.encode(shapes) | more)
    return path


BELOW = [
    row(
        "geonames:10", "Rivne", "city", ("Rovno", A), population=240_000, lon=26.25, lat=50.62, admin1="UA-56"
    ),
    row("geonames:11", "Staryi Most", "village", population=500, lon=33.0, lat=46.0),
    row("iso:UA", "Ukraine", "country", ("Ukrainian", NameUse.ADJECTIVE), admin1=None, population=40_000_000),
    row("iso:UA-65", "Kherson Oblast", "admin1", ("UA-65", NameUse.CODE), population=1_000_000),
    row(
        "geonames:12", "Mostyska", "town", ("Most", A), population=9_000, lon=23.15, lat=49.79, admin1="UA-46"
    ),
]
ABOVE = [
    row(
        "geonames:11",
        "Novyi Mist",
        "town",
        ("Newbridge", F),
        lon=34.0,
        lat=47.0,
        population=0,
        admin1=None,
        country=None,
    ),
    row("my:1", "Rivne", "village", population=90, lon=33.5, lat=46.6),
    row("my:2", "Rovno", "city", population=2_000_000, lon=33.6, lat=46.6),
    row("my:unit", "Newland", "admin1", country="UA", admin1="unit", lon=60.5, lat=10.5),
    row("my:3", "Newtown", country="UA", admin1="unit", lon=60.5, lat=10.5, population=50),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    import shapely

    folder = tmp_path_factory.mktemp("layers")
    below = packed(
        folder / "below.gaz",
        BELOW,
        layer="",
        attribution="Below.",
        outlines={"iso:UA-65": shapely.box(32, 45, 35, 48)},
    )
    above = packed(
        folder / "above.gaz", ABOVE, attribution="Above.", outlines={"my:unit": shapely.box(60, 10, 61, 11)}
    )
    return below, above


@pytest.fixture(scope="module")
def both(files: tuple[Path, Path]) -> Gazetteer:
    return gazetteer.open(files[0], also=[files[1]])


def test_the_same_id_is_one_place(both: Gazetteer) -> None:
    place = both.get("geonames:11")

    assert (place.name, place.kind, place.lon, place.lat) == ("Novyi Mist", "town", 34.0, 47.0)
    assert (place.country, place.admin1, place.population) == (
        "UA",
        "UA-65",
        500,
    )  # what the own row leaves open
    assert both.names(place.id) == [("Novyi Mist", P), ("Newbridge", F), ("Staryi Most", A)]
    for name, use in both.names(place.id):
        (found,) = both.search(name)
        assert (found.place, found.use) == (place, use)
    assert len(both) == len(BELOW) + len(ABOVE) - 1
    assert both.search("Ukrainian")[0].use is NameUse.ADJECTIVE


def test_the_same_name_is_several_candidates(both: Gazetteer) -> None:
    assert [c.place.id for c in both.search("Rivne")] == ["geonames:10", "my:1"]
    assert [c.place.id for c in both.search("Rovno")] == ["my:2", "geonames:10"]
    assert [(c.place.id, c.edits) for c in both.search("Rovnoo", fuzzy=True)] == [
        ("my:2", 1),
        ("geonames:10", 1),
    ]
    assert [c.place.id for c in both.search("UA-65")] == ["iso:UA-65"]
    assert both.search("Nothing") == []


def test_on_a_tie_the_later_layer_comes_first(tmp_path: Path) -> None:
    below = packed(tmp_path / "b.gaz", [row("my:a", "Same")], layer="")
    above = packed(tmp_path / "a.gaz", [row("my:z", "Same")])

    assert [c.place.id for c in gazetteer.open(below, also=[above]).search("Same")] == ["my:z", "my:a"]


def test_scanning_finds_names_of_all_layers(both: Gazetteer) -> None:
    text = "From Novyi Mist to Rivne, Staryi Most and Newbridge in Kherson Oblast."
    found = [(text[hit.start : hit.end], hit.key) for hit in both.scan(text)]

    assert found == [
        ("Novyi Mist", "novyi mist"),
        ("Rivne", "rivne"),
        ("Staryi Most", "staryi most"),
        ("Most", "most"),
        ("Newbridge", "newbridge"),
        ("Kherson Oblast", "kherson oblast"),
    ]
    assert all(both.candidates(key) for _, key in found)


def test_parents_and_children(both: Gazetteer) -> None:
    assert [p.id for p in both.parents("my:1")] == ["iso:UA-65", "iso:UA"]
    assert [p.id for p in both.parents("my:3")] == ["my:unit", "iso:UA"]
    assert [p.id for p in both.parents("geonames:11")] == ["iso:UA-65", "iso:UA"]
    assert {p.id for p in both.children("iso:UA-65")} == {"my:1", "my:2", "geonames:11"}
    assert {p.id for p in both.children("iso:UA")} == {"iso:UA-65", "my:unit"}
    assert [p.id for p in both.children("my:unit")] == ["my:3"]
    assert both.children("my:1") == []


def test_nearest_goes_by_where_places_lie_now(both: Gazetteer) -> None:
    assert [p.id for p in both.nearest(34.0, 47.0)] == ["geonames:11"]
    assert [p.id for p in both.nearest(33.0, 46.0, limit=3)] == [
        "my:1",
        "my:2",
        "geonames:11",
    ]  # it was at 33, 46
    assert len(both.nearest(0, 0, limit=50)) == 6


def test_outlines_of_all_layers(both: Gazetteer) -> None:
    unit = both.region("my:unit")
    assert unit is not None
    assert unit.bounds == (60, 10, 61, 11)
    assert both.region("iso:UA-65") is not None
    assert both.region("my:1") is None
    assert both.regions("UA") == ["iso:UA-65", "my:unit"]
    found = both.within(np.array([60.5, 33.0, 0.0]), np.array([10.5, 46.0, 0.0]))
    assert [(one.country, one.admin1, one.method) for one in found] == [
        ("UA", "unit", "inside"),
        ("UA", "UA-65", "inside"),
        (None, None, "none"),
    ]
    assert both.within(60.5, 10.5).admin1 == "unit"


def test_an_unknown_id(both: Gazetteer) -> None:
    assert "my:none" not in both
    with pytest.raises(UnknownPlaceError, match="'my:none'"):
        both.get("my:none")
    with pytest.raises(UnknownPlaceError):
        both.names("my:none")


def test_provenance_of_all_layers(both: Gazetteer) -> None:
    info = both.info()

    assert info["attribution"] == "Below. Above."
    assert [source["name"] for source in info["sources"]] == ["below.gaz", "above.gaz"]
    assert [layer["file"] for layer in info["layers"]] == ["above.gaz"]
    assert repr(both) == "<Gazetteer below.gaz + above.gaz>"


def _name(gaz: Gazetteer) -> str:
    return gaz.get("geonames:11").name


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_pickling_and_processes(both: Gazetteer, method: str) -> None:
    again = pickle.loads(pickle.dumps(both))  # noqa: S301  (our own bytes)
    assert isinstance(again, Layered)
    assert again.get("geonames:11") == both.get("geonames:11")
    with ProcessPoolExecutor(1, mp_context=get_context(method)) as pool:
        assert pool.submit(_name, both).result() == "Novyi Mist"


def test_three_layers(files: tuple[Path, Path], tmp_path: Path) -> None:
    top = packed(tmp_path / "top.gaz", [row("geonames:11", "Third Name", lon=1.0, lat=1.0)])
    gaz = gazetteer.open(files[0], also=[files[1], top])

    assert gaz.get("geonames:11").name == "Third Name"
    assert {name for name, _ in gaz.names("geonames:11")} == {
        "Third Name",
        "Novyi Mist",
        "Newbridge",
        "Staryi Most",
    }
    assert [c.use for c in gaz.search("Novyi Mist")] == [A]


def test_files_named_on_the_command_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    below, above = files
    assert gazetteer.open_files().path == gazetteer.open().path
    assert gazetteer.open_files([above, below]).path == below
    assert isinstance(gazetteer.open_files([above]), Layered)
    other = packed(tmp_path / "other.gaz", BELOW, layer="")
    with pytest.raises(GazetteerFormatError, match=r"other\.gaz: a second gazetteer of the whole world"):
        gazetteer.open_files([below, other])
    (tmp_path / "none.gaz").write_bytes(b"no gazetteer at all")
    with pytest.raises(GazetteerFormatError, match="is no compiled gazetteer; 'gazetteer build' makes one"):
        gazetteer.open_files([tmp_path / "none.gaz"])


def test_a_layer_that_says_nothing_changes_nothing(gaz: Gazetteer, tmp_path: Path) -> None:
    empty = packed(tmp_path / "other.gaz", [row("my:far", "Qqqqqq")])
    over = gazetteer.open(also=[empty])
    text = "Shelling was reported in Kherson, Zaporizhzhia and Nova Kakhovka near the Dnipro; Paris and London reacted."

    assert over.scan(text) == gaz.scan(text)
    for hit in gaz.scan(text):
        assert over.candidates(hit.key) == gaz.candidates(hit.key)
    assert over.search("Khersonn", fuzzy=True) == gaz.search("Khersonn", fuzzy=True)
    assert over.within(32.6, 46.6) == gaz.within(32.6, 46.6)
    assert over.claim_records("2022-10-13") == gaz.claim_records("2022-10-13")


def test_tries_in_shards_and_layers() -> None:
    import marisa_trie

    keys = sorted(
        {"a", "ab", "abc", "b", "ba", "san", "san jose", "san juan", "sand", "kiev", "київ", "東京"}
    )
    whole = marisa_trie.Trie(keys)
    for size in (1, 2, 5):
        parts = [keys[i : i + size] for i in range(0, len(keys), size)]
        cut = Sharded([marisa_trie.Trie(part) for part in parts], [part[0] for part in parts])
        union = Union([marisa_trie.Trie(keys[::2]), cut])
        assert len(cut) == len(keys)
        assert {cut.restore_key(cut.get(key)) for key in keys} == set(keys)
        assert [cut.get(key) for key in ("", "aa", "zz", "東")] == [None] * 4
        for text in ("abcd", "san jose", "san juanito", "", "x", "київський", "b"):
            assert (
                sorted(cut.iterkeys(text[:2]))
                == sorted(whole.iterkeys(text[:2]))
                == sorted(union.iterkeys(text[:2]))
            )
            assert (text in cut) == (text in union) == (text in whole)
