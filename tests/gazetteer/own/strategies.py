"""Places made up by hypothesis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from gazetteer.details import Name
from gazetteer.names import fold
from gazetteer.types import KINDS, NameUse

if TYPE_CHECKING:
    from gazetteer import Gazetteer

texts = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" |;:\\[{'\"-,."),
        min_size=1,
        max_size=12,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(fold)
)
"""Names with everything that some format gives a meaning."""

_ids = st.one_of(
    st.integers(1, 2**32 - 1).map(lambda number: f"geonames:{number}"),
    st.text("abcxyz0189-", min_size=1, max_size=6).map(lambda text: f"my:{text}"),
)
_names = st.builds(
    Name,
    texts,
    st.sampled_from([use for use in NameUse if use is not NameUse.PREFERRED]),
    st.sampled_from(["", "uk", "zh-Hant"]),
    st.sampled_from(["", "1924", "-0300"]),
    st.sampled_from(["", "1961-11-10"]),
)


@dataclass(slots=True)
class Given:
    """A place as a file states it."""

    id: str
    name: str
    kind: str
    country: str
    lon: float
    lat: float
    population: int
    names: list[Name]
    links: list[str]


_entry = st.builds(
    Given,
    _ids,
    texts,
    st.sampled_from([kind for kind in KINDS if kind not in ("country", "admin1")]),
    st.sampled_from(["", "UA", "FR"]),
    st.integers(-17_999_999, 17_999_999).map(lambda n: n / 1e5),
    st.integers(1, 8_999_999).map(lambda n: n / 1e5),
    st.integers(0, 2**32 - 1),
    st.lists(_names, max_size=5, unique_by=lambda name: name.text),
    st.lists(
        st.sampled_from(["wd:Q1", "https://example.org/a?b=c&d", "tgn:7011179"]), unique=True, max_size=2
    ),
)
entries = st.lists(_entry, min_size=1, max_size=8, unique_by=lambda one: one.id)


def check(gaz: Gazetteer, given: list[Given]) -> None:
    """All that was stated is there, and each name leads to its place."""
    assert len(gaz) == len(given)
    for one in given:
        place = gaz.get(one.id)
        assert (place.name, place.kind, place.country or "") == (one.name, one.kind, one.country)
        assert (place.lon, place.lat, place.population) == (one.lon, one.lat, one.population)
        details = gaz.details(one.id)
        assert set(details.links) == set(one.links)
        others = [name for name in one.names if name.text != one.name]
        plain = {(name.text, name.use) for name in others}
        assert set(gaz.names(one.id)) == plain | {(one.name, NameUse.PREFERRED)}
        assert {name for name in one.names if not name.plain} <= set(details.names)
        for text in (one.name, *(name.text for name in one.names)):
            assert one.id in {c.place.id for c in gaz.search(text, limit=100)}
