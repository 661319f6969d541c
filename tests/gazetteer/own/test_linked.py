"""Linked Places Format: what is read of it, and that nothing is lost on the way out and back."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer import NameUse, SourceError
from gazetteer.linked_terms import CONTEXT
from gazetteer.own.export import linked_lines, places
from gazetteer.own.jsonstream import Features
from tests.gazetteer.own.helpers import box, layered, made, written
from tests.gazetteer.own.strategies import Given, check, entries

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

ABINGDON: dict[str, Any] = {
    "@id": "http://example.org/places/p_81466",
    "type": "Feature",
    "properties": {"title": "Abingdon (UK)", "ccodes": ["GB"], "fclasses": ["P"], "note": "kept"},
    "when": {"timespans": [{"start": {"in": "1600"}}], "label": "since the seventeenth century"},
    "names": [
        {"toponym": "Abingdon", "lang": "en", "citations": [{"label": "a book", "year": 1900}]},
        {
            "toponym": "Abbandun",
            "lang": "ang",
            "when": {"timespans": [{"start": {"earliest": "0950"}, "end": {"latest": "1050"}}]},
        },
    ],
    "types": [
        {"identifier": "aat:300008375", "label": "town", "when": {"timespans": [{"start": {"in": "1600"}}]}}
    ],
    "geometry": {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [-1.28, 51.67], "certainty": "certain"}],
    },
    "links": [{"type": "closeMatch", "identifier": "gn:2657780"}],
    "relations": [
        {
            "relationType": "gvp:broaderPartitive",
            "relationTo": "http://example.org/places/berks",
            "label": "Berkshire",
        }
    ],
    "descriptions": [{"@id": "http://example.org/d/1", "value": "A town on the Thames.", "lang": "en"}],
    "depictions": [{"@id": "http://example.org/i/1", "title": "A view"}],
}


def collection(path: Path, *features: Any, indent: int | None = None) -> Path:
    whole = {
        "@context": CONTEXT,
        "type": "FeatureCollection",
        "title": "t",
        "features": list(features),
        "after": 1,
    }
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=indent), encoding="utf-8")
    return path


def exported(gaz: Gazetteer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in linked_lines(gaz, places(gaz), collection=False)]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_record_of_others_is_kept_whole(gaz: Gazetteer, tmp_path: Path, indent: int | None) -> None:
    own = layered(made(gaz, tmp_path, collection(tmp_path / "a.json", ABINGDON, indent=indent)))
    place = own.get(ABINGDON["@id"])

    assert (place.name, place.kind, place.country) == ("Abingdon (UK)", "town", "GB")
    assert (place.lon, place.lat) == (-1.28, 51.67)
    (old,) = [name for name in own.details(place.id).names if name.text == "Abbandun"]
    assert (old.use, old.lang, old.since, old.until) == (NameUse.FORMER, "ang", "0950", "1050")
    assert place.id in {c.place.id for c in own.search("Abbandun")}
    alone = gazetteer.open(tmp_path / "my.gaz")
    (record,) = exported(alone)
    for member in ("names", "types", "links", "relations", "descriptions", "depictions", "when", "geometry"):
        assert record[member] == ABINGDON[member], member
    assert record["properties"]["note"] == "kept"
    again = made(gaz, tmp_path, written(tmp_path / "b.jsonl", [json.dumps(record)]), name="b.gaz")
    assert exported(gazetteer.open(again.path)) == [record]


def test_outlines_go_out_and_come_back(gaz: Gazetteer, tmp_path: Path) -> None:
    feature = {
        "@id": "my:a",
        "type": "Feature",
        "properties": {"title": "Area", "kind": "region"},
        "names": [{"toponym": "Area"}],
        "geometry": {
            "type": "GeometryCollection",
            "geometries": [{"type": "Point", "coordinates": [30.2, 50.3]}, box(30, 50, 31, 51)],
        },
    }
    first = gazetteer.open(made(gaz, tmp_path, collection(tmp_path / "a.json", feature)).path)
    (record,) = exported(first)
    back = made(gaz, tmp_path, written(tmp_path / "b.jsonl", [json.dumps(record)]), name="b.gaz")
    second = gazetteer.open(back.path)

    assert (second.get("my:a").lon, second.get("my:a").lat) == (30.2, 50.3)
    outline, again = first.region("my:a"), second.region("my:a")
    assert outline is not None
    assert again is not None
    assert outline.equals(again)
    assert exported(second) == [record]


def test_features_that_fail(gaz: Gazetteer, tmp_path: Path) -> None:
    good = {
        "type": "Feature",
        "@id": "my:1",
        "properties": {"title": "A"},
        "names": [{"toponym": "A"}],
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    bad = [
        {**good, "geometry": None},
        {**good, "properties": {}, "names": []},
        {**good, "names": ["A"]},
        {**good, "properties": {"title": "A", "population": "many"}},
        {**good, "geometry": {"type": "Point", "coordinates": ["x", 2]}},
        7,
    ]
    built = made(gaz, tmp_path, collection(tmp_path / "a.json", good, *bad))

    assert (built.manifest["places"], built.rejected) == (1, 6)
    assert built.rejects is not None
    assert "a.json:1: feature 2: there is no geometry" in built.rejects.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        '{"toponym": ',
        '{"type": "FeatureCollection", "features": [{"toponym": 1}',
        '{"features": [{"toponym": 1} {}]}',
        '{"toponym": NaN}',
        '[{"toponym": 1}]',
        '{"toponym": ' + "[" * 100_000,
    ],
)
def test_what_is_no_json_is_an_error_with_its_line(gaz: Gazetteer, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.json"):
        made(gaz, tmp_path, path)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(_VALUES, max_size=4), st.sampled_from([None, 2]))
def test_features_of_any_layout_are_found(listed: list[Any], indent: int | None) -> None:
    whole = json.dumps({"a": listed, "features": listed, "z": "}]"}, indent=indent, ensure_ascii=False)
    assert [
        value for _, _, value in Features(io.BytesIO(whole.encode("utf-8", "replace")), "t")
    ] == json.loads(whole.encode("utf-8", "replace"))["features"]


def test_features_are_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazetteer.own.jsonstream._CHUNK", 7)
    listed = [{"n": n, "text": "ж" * n} for n in range(60)]
    whole = json.dumps({"features": listed}, indent=1, ensure_ascii=False).encode()
    found = list(Features(io.BytesIO(whole), "t"))

    assert [value for _, _, value in found] == listed
    assert [line for line, _, _ in found] == [3 + 4 * n for n in range(60)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_places=entries)
def test_linked_places_there_and_back_lose_nothing(
    gaz: Gazetteer, tmp_path_factory: pytest.TempPathFactory, given_places: list[Given]
) -> None:
    folder = tmp_path_factory.mktemp("lpf")
    features = [
        {
            "@id": one.id,
            "type": "Feature",
            "properties": {
                "title": one.name,
                "ccodes": [one.country] if one.country else [],
                "kind": one.kind,
                "population": one.population,
            },
            "names": [
                {"toponym": n.text, "use": n.use.name.lower(), "lang": n.lang}
                | {"when": {"timespans": [{"start": {"in": n.since}, "end": {"in": n.until}}]}}
                for n in one.names
            ],
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "links": [{"type": "exactMatch", "identifier": link} for link in one.links],
        }
        for one in given_places
    ]
    first = gazetteer.open(made(gaz, folder, collection(folder / "a.json", *features)).path)
    check(first, given_places)
    lines = list(linked_lines(first, places(first), collection=True))
    json.loads("".join(lines))
    back = made(gaz, folder, written(folder / "b.json", lines), name="b.gaz")
    second = gazetteer.open(back.path)

    for one in given_places:
        if one.id.startswith("geonames:"):  # the way out adds the address that the id stands for
            one.links.append(f"https://www.geonames.org/{one.id.removeprefix('geonames:')}")
    check(second, given_places)
    assert exported(second) == exported(first)
