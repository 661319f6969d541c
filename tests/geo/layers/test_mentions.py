"""Mentions counted as documents come: the map of lean documents is the map of whole ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.layers import build
from geo.layers.mentions import Mentions, lean
from geo.render.page import page
from tests.geo.layers.sample import EVENTS, FakeGazetteer, parsed

if TYPE_CHECKING:
    from geo.types import Event, Parsed

GAZ = FakeGazetteer()
numbers = st.none() | st.integers(-1, 7)


def pointing(event: Event, mentions: list[int | None]) -> Event:
    """Let the places of an event be those of mentions, one after the other."""
    places = tuple(
        replace(place, mention=mentions[n % len(mentions)]) for n, place in enumerate(event.places)
    )
    return replace(event, places=places)


def documents(picked: list[list[int | None]]) -> list[Parsed]:
    whole = parsed()
    return [
        replace(
            whole,
            document=replace(whole.document, id=f"{n}.txt"),
            events=tuple(pointing(event, mentions) for event in EVENTS),
        )
        for n, mentions in enumerate(picked)
    ]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(numbers, min_size=1, max_size=4), max_size=3))
def test_layers_and_page_of_lean_documents_are_those_of_whole_ones(picked: list[list[int | None]]) -> None:
    whole = documents(picked)
    events = [event for item in whole[:1] for event in item.events]
    mentions = Mentions()
    short = []
    for item in whole:
        mentions.add(item)
        short.append(lean(item))
    layers = build(whole, events, GAZ)
    made = build(short, events, GAZ, mentions=mentions)
    assert {name: layer.rows for name, layer in made.items()} == {
        name: layer.rows for name, layer in layers.items()
    }
    assert page(made, short, GAZ) == page(layers, whole, GAZ)
    assert mentions == Mentions.of(whole)
    assert (mentions.total, mentions.placed, len(mentions.named)) == (
        5 * len(whole),
        5 * len(whole),
        4 if whole else 0,
    )


def test_lean_documents_keep_what_events_were_read_from() -> None:
    [whole] = documents([[4, 1, None, 9]])
    short = lean(whole)
    assert short.document.text == ""
    assert [item.mention.text for item in short.resolutions] == ["Oldport", "Bree"]
    assert short.unplaced == whole.unplaced
    for before, after in zip(whole.events, short.events, strict=True):
        for old, new in zip(before.places, after.places, strict=True):
            if old.mention in {1, 4}:
                assert new.mention is not None
                assert short.resolutions[new.mention].mention == whole.resolutions[old.mention].mention
            else:
                assert new.mention is None
