"""Layers and page over the real gazetteer: the dispatches of seeds/, and the claims of given days."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo.layers import build
from geo.pipeline import make_layers, run
from geo.render import page
from geo.types import Document, Mention, Parsed, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gazetteer import Gazetteer
    from tests.geo.render.conftest import Opened

FOUR = {"iso:UA-09", "iso:UA-14", "iso:UA-23", "iso:UA-65"}
CRIMEA = {"iso:UA-40", "iso:UA-43"}


@pytest.fixture(scope="module")
def seeds_html(root: Path, gaz: Gazetteer) -> str:
    parsed = [item for item in run([root / "seeds"], gaz=gaz) if isinstance(item, Parsed)]
    return page(make_layers(parsed, gaz=gaz), parsed, gaz, title="Seeds")


def test_the_page_of_the_seeds_is_small_and_the_same_each_time(
    seeds_html: str, root: Path, gaz: Gazetteer
) -> None:
    assert len(seeds_html.encode()) < 1_500_000
    assert len(gzip.compress(seeds_html.encode(), 9)) < 110_000
    parsed = [item for item in run([root / "seeds"], gaz=gaz) if isinstance(item, Parsed)]
    assert page(make_layers(parsed, gaz=gaz), parsed, gaz, title="Seeds") == seeds_html


def test_the_page_of_the_seeds_opens_silently(seeds_html: str, open_html: Callable[..., Opened]) -> None:
    opened = open_html(seeds_html)
    assert opened.page.locator(".card").count() > 5
    assert opened.page.locator(".group").count() > 3
    assert (opened.requests, opened.messages) == ([], [])


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2014, 1, 1), set()),
        (date(2014, 4, 1), CRIMEA),
        (date(2022, 9, 29), CRIMEA),
        (date(2022, 10, 13), CRIMEA | FOUR),
        (date(2026, 11, 21), CRIMEA | FOUR),
    ],
)
def test_ukraines_claims_of_the_day(gaz: Gazetteer, as_of: date, expected: set[str]) -> None:
    place = gaz.get("iso:UA-65")
    mention = Mention(0, 7, "Kherson", "literal", "kherson")
    parsed = [Parsed(Document("d", "Kherson", date=as_of), (Resolution(mention, place, 1.0),))]
    layers = build(parsed, [], gaz, as_of=as_of)
    rows = [row for row in layers["claims"].rows if row["region_id"].startswith("iso:UA-")]
    assert {row["region_id"] for row in rows if row["claimant_code"] == "RU"} == expected
    text = page(layers, parsed, gaz, as_of=as_of)
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    claims = json.loads(found[1])["claims"]
    areas = {area for claim in claims if claim["claimant"] == "Russia" for area in claim["areas"]}
    assert {area for area in areas if area.startswith("iso:UA-")} == expected
