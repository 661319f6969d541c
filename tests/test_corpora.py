"""Every fifth document of the development corpora, where they lie beside the project, reaches the floors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geo.evaluate import evaluate, load
from geo.pipeline import make_stages
from geo.scoring.floors import broken, read_floors
from geo.scoring.report import MEANINGS
from geo.types import Parsed

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

SLACK = 0.04
"""A fifth of the documents is a small sample: half the width of its interval."""
DEMONYMS = {"trnews": True, "gwn": True, "tudloc": False}


@pytest.mark.parametrize("name", DEMONYMS)
def test_the_floors_hold(root: Path, shared: Path, gaz: Gazetteer, name: str) -> None:
    path = shared / "corpora" / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip("no corpora beside the project")
    floors = read_floors(str(root / "bench" / "floors.json"), list(MEANINGS), list(DEMONYMS))[name]
    documents = load(path)[::5]
    stages = make_stages(gaz, demonyms=DEMONYMS[name])
    parsed = [Parsed(one.document, tuple(stages.places(one.document))) for one in documents]
    figures = evaluate(documents, parsed, gaz=gaz).summary()

    eased = {name: {measure: floor - SLACK for measure, floor in floors.items()}}
    assert list(broken(eased, name, figures)) == [], json.dumps(figures, indent=1)
