"""A collection gives what one machine gives, however it is cut."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import dask.bag
import dask.dataframe
import dask_geopandas
import geopandas
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import geo
from geo.batch import Plan, outcomes
from geo.codec import decode
from geo.errors import OptionError, OutputError
from geo.scale import parse
from geo.scale.frames import typed_frame
from geo.types import Document

if TYPE_CHECKING:
    from pathlib import Path

    from dask_geopandas import GeoDataFrame
    from distributed import Client

    from gazetteer import Gazetteer

SENTENCES = (
    "Rebels shelled Goma on Monday, killing at least {n} people, the army said.",
    "Shells fell on Goma on Monday. Thousands fled from Goma to Gisenyi in Rwanda.",
    "Jets bombed a school in Kharkiv on 3 May 2022, killing 12 people.",
    "A missile hit the Kharkiv region on 3 May 2022, killing 12 people.",
    "Protesters marched in Lima and Cusco on Tuesday.",
    "Nobody knows where the talks will be held.",
)


def texts(count: int = 36) -> list[dict[str, Any]]:
    return [
        {
            "id": f"d{n}",
            "text": f"{SENTENCES[n % 6]} {SENTENCES[n * 5 % 6]}".format(n=20 + n % 3),
            "date": "2022-05-05",
            "title": f"Title {n}" if n % 2 else None,
        }
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def alone(gaz: Gazetteer) -> tuple[list[str], dict[str, geopandas.GeoDataFrame]]:
    """Records and frames of one process."""
    given = [
        Document(r["id"], r["text"], r["title"], date=date(2022, 5, 5), date_basis="metadata")
        for r in texts()
    ]
    lines = [one.line.decode() for one in outcomes(given, Plan())]
    layers = geo.make_layers([decode(json.loads(line)) for line in lines], gaz=gaz)
    return lines, {name: typed_frame(layers[name]) for name in ("events", "places")}


def same(found: GeoDataFrame, expected: geopandas.GeoDataFrame, key: str | None = None) -> None:
    here = found.compute()
    if key:
        here, expected = here.sort_values(key), expected.sort_values(key)
    assert_frame_equal(
        pd.DataFrame(here).reset_index(drop=True), pd.DataFrame(expected).reset_index(drop=True)
    )


@pytest.mark.parametrize("partitions", [1, 5])
def test_any_partition_gives_what_one_process_gives(partitions: int, alone: Any) -> None:
    lines, frames = alone
    with dask.config.set(scheduler="sync"):
        found = parse(dask.bag.from_sequence(texts(), npartitions=partitions)).persist()

        assert found.records().compute() == lines
        assert found.failures().compute() == []
        same(found.events(), frames["events"])
        same(found.places(), frames["places"], "id")
    merged = frames["events"][frames["events"].reports > 1]
    assert len(merged) >= 2
    assert len(frames["events"]) < sum(len(json.loads(line)["events"]) for line in lines)


def test_a_frame_on_workers_gives_the_same(client: Client, alone: Any, tmp_path: Path) -> None:
    lines, frames = alone
    with client.as_current():
        found = parse(dask.dataframe.from_pandas(pd.DataFrame(texts()), npartitions=3)).persist()
        many = found.to_parquet(tmp_path / "many", partitions=3)

        assert found.records().compute() == lines
        same(found.events(), frames["events"])
        same(found.places(), frames["places"], "id")
    with dask.config.set(scheduler="sync"):
        one = parse(dask.bag.from_sequence(texts(), npartitions=1)).to_parquet(tmp_path / "one", partitions=3)
    names = [path.relative_to(tmp_path / "many").as_posix() for path in many]
    folders = ("events", "events_unplaced", "places")
    assert names == [f"{layer}/part-{n:05}.parquet" for layer in folders for n in range(3)]
    for left, right in zip(many, one, strict=True):
        assert left.read_bytes() == right.read_bytes()


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pandas 3.1, within Dask's reader
def test_files_are_cut_by_space(tmp_path: Path, alone: Any) -> None:
    with dask.config.set(scheduler="sync"):
        parse(dask.bag.from_sequence(texts(), npartitions=2)).to_parquet(tmp_path / "out", partitions=2)
        read = dask_geopandas.read_parquet(tmp_path / "out" / "events")
        rows = read.compute()
        places = geopandas.read_parquet(tmp_path / "out" / "places")
        unplaced = geopandas.read_parquet(tmp_path / "out" / "events_unplaced")

    boxes = read.spatial_partitions.bounds
    assert len(boxes) == 2
    assert {*rows.row_id, *unplaced.row_id} == set(alone[1]["events"].row_id)
    assert not rows.geometry.isna().any()
    assert unplaced.geometry.isna().all()
    assert set(places.id) == set(alone[1]["places"].id)
    lima = rows[rows.place_name.isin(["Lima", "Cusco"])].geometry.iloc[0]
    assert sum(box.covers(lima) for box in read.spatial_partitions) == 1
    near = geopandas.read_parquet(tmp_path / "out" / "events", bbox=(-80, -15, -70, -10))
    assert set(near.place_name) == {"Lima", "Cusco"}


def test_what_is_no_document_costs_no_other() -> None:
    given = [{"id": "a", "text": "Shells fell on Lima."}, {"id": "b"}, 7, {"mentions": 1}, {"text": "Kano."}]
    with dask.config.set(scheduler="sync"):
        found = parse(dask.bag.from_sequence(given, npartitions=1), text=False).persist()
        lines = [json.loads(line) for line in found.records().compute()]
        told = [str(failure) for failure in found.failures().compute()]

    assert [line["id"] for line in lines] == ["a", "partition0#5"]
    assert "text" not in lines[0]
    assert told == [
        "partition0#2: has no text; give each record a 'text'",
        'partition0#3: is no document but int; give {"id": ..., "text": ...}',
        "partition0#4: is no record of geo parse (schema is None, this version reads 1); parse the text again",
    ]


def test_an_empty_collection_has_its_columns(tmp_path: Path) -> None:
    with dask.config.set(scheduler="sync"):
        found = parse(dask.bag.from_sequence([{"id": "a"}], npartitions=1))
        events, places = found.events().compute(), found.places().compute()
        files = found.to_parquet(tmp_path / "out")

    assert (len(events), len(places), len(files)) == (0, 0, 2)
    assert "place_name" in events.columns
    assert events.crs == "EPSG:4326"


def test_wrong_use_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(
        OptionError, match=r"a bag or a frame of Dask is needed, not list; dask\.bag\.from_sequence"
    ):
        parse(texts())
    with pytest.raises(OptionError, match="the frame has no column 'text'"):
        parse(dask.dataframe.from_pandas(pd.DataFrame({"body": ["x"]}), npartitions=1))
    with pytest.raises(OptionError, match="resolver: only names and paths"):
        parse(dask.bag.from_sequence(texts(1)), resolver=object())  # type: ignore[typeddict-item]
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is there already; name a new folder"):
        parse(dask.bag.from_sequence(texts(1))).to_parquet(tmp_path)


def test_the_python_of_the_docs_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (root / "docs" / "scale.md").read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    with dask.config.set(scheduler="sync"):
        exec(code, names)  # noqa: S102  (our own page)
        events = names["found"].events().compute()

    assert list(events.standing) == ["corroborated"]
    assert (tmp_path / "out" / "archive" / "events" / "part-00000.parquet").exists()
