"""Which place a name means first."""

import pytest

from gazetteer import artefact, pack
from gazetteer.details import Details, Name
from gazetteer.sources.rows import Row
from gazetteer.store import Gazetteer
from gazetteer.types import NameUse


def row(place_id, name, population, *names, kind="city"):
    return Row(place_id, name, kind, None, None, 1.0, 1.0, population=population, names=list(names))


@pytest.mark.parametrize(
    ("key", "rows", "first"),
    [
        pytest.param(
            "islamabad",
            [
                row("cur:a", "Islamabad", 600_000),
                row("cur:b", "Chattogram", 3_900_000, ("Islamabad", NameUse.ALTERNATE)),
            ],
            "cur:a",
            id="an old name does not beat the preferred one",
        ),
        pytest.param(
            "kiev",
            [row("cur:a", "Kiev", 600), row("cur:b", "Kyiv", 2_900_000, ("Kiev", NameUse.ALTERNATE))],
            "cur:b",
            id="a spelling of a far larger city beats a village",
        ),
        pytest.param(
            "franca",
            [
                row("cur:a", "Franca", 300_000),
                row("cur:b", "France", 67_000_000, ("França", NameUse.FOREIGN), kind="country"),
            ],
            "cur:a",
            id="a name in another language does not beat an equal English one",
        ),
        pytest.param(
            "springfield",
            [row("cur:a", "Springfield", 50_000), row("cur:b", "Springfield", 150_000)],
            "cur:b",
            id="more people first",
        ),
    ],
)
def test_ranking(tmp_path, key, rows, first):
    path = tmp_path / "small.gaz"
    artefact.write(path, pack.encode(rows))
    assert Gazetteer(path).candidates(key)[0].place.id == first


def test_dated_names_and_links_are_kept(tmp_path):
    path = tmp_path / "small.gaz"
    renamed = row("cur:b", "Bakhmut", 70_000, ("Artemivsk", NameUse.FORMER))
    renamed.dated = [Name("Artemivsk", NameUse.FORMER, since="1924", until="2016-02-04")]
    renamed.links = ("gn:1",)
    artefact.write(path, pack.encode([row("cur:a", "Alpha", 1), renamed]))
    gaz = Gazetteer(path)
    assert gaz.details("cur:b") == Details(tuple(renamed.dated), renamed.links)
    assert not gaz.details("cur:a")


def test_words_that_begin_usual_names_of_great_places(tmp_path):
    rows = [
        row("cur:a", "San Marino", 30_000, ("Serene Republic", NameUse.ALTERNATE), kind="country"),
        row("cur:b", "Łódź", 650_000, ("Lodsch", NameUse.FOREIGN), ("Voivode's Town", NameUse.OFFICIAL)),
        row("cur:c", "Hamlet", 90),
    ]
    artefact.write(tmp_path / "small.gaz", pack.encode(rows))
    assert Gazetteer(tmp_path / "small.gaz").openings == {"san", "lodz", "voivodes"}
    sections = {name: data for name, data in pack.encode(rows).items() if name != "names.openings"}
    artefact.write(tmp_path / "older.gaz", sections)
    assert Gazetteer(tmp_path / "older.gaz").openings is None
