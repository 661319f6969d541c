"""Merging by blocks gives what merging at one go gives, however the reports lie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from dask import compute, delayed
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.types import Place
from geo import pipeline
from geo.coded.mark import CODED
from geo.events.merging import Merger, merge
from geo.ontology import load
from geo.scale import blocks, told
from geo.scale import merge as merge_blocks
from geo.scale.packing import dumps
from geo.scale.told import Told
from geo.types import Actor, Attribution, Event, EventPlace, Evidence, Parsed, Quantity, Report, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

TOWNS = [Place(f"t{n}", f"Town {n}", "city", "XX", f"XX-{n % 2}", float(n), 0.0) for n in range(5)]
AREAS = [Place(f"iso:XX-{n}", f"Unit {n}", "admin1", "XX", f"XX-{n}", float(n), 1.0) for n in range(2)]
PLACES = [*TOWNS, *AREAS, Place("iso:XX", "Xland", "country", "XX", None, 2.0, 2.0)]
START = date(2022, 1, 1)


def time(random: Random) -> TimeSpan | None:
    length = random.choice([None, 0, 0, 0, 0, 0, 2, 40])
    if length is None:
        return None
    start = START + timedelta(days=random.randrange(5))
    return TimeSpan(start, start + timedelta(days=length), "day", "at", "explicit", "")


def event(random: Random, number: int) -> Event:
    status = random.choice(["happened", "happened", "claimed", "denied", "planned"])
    source = random.choice([None, Attribution("a", "XX"), Attribution("b", "YY")])
    what, low = random.choice(["killed", "fled"]), random.choice([5.0, 5.2, 11.0])
    places = random.sample(PLACES, random.choice([0, 1, 1, 1, 1, 2]))
    return Event(
        f"e{number}",
        random.choice(["strike", "strike", "explosion", "shelling", "protest"]),
        status,  # type: ignore[arg-type]
        "reported",
        tuple(EventPlace(random.choice(["at", "at", "from", "to"]), p, None, p.name) for p in places),  # type: ignore[arg-type]
        (Report(f"d{number}", status, Evidence(0, 1, f"sentence {number}"), (0, 1), source),),  # type: ignore[arg-type]
        time(random),
        (Actor(random.choice(["school", "port"]), "target"),) if random.random() < 0.4 else (),
        source,
        (Quantity(what, low, None, "exact", "people", ""),) if random.random() < 0.5 else (),
        random.choice([0.5, 0.9]),
        (f"reason {number % 3}",),
    )


def events(seed: int, count: int) -> list[Event]:
    """Reports that meet often: few places, days, types, numbers and targets."""
    random = Random(seed)
    return [event(random, number) for number in range(count)]


some = st.builds(events, st.integers(0, 10**9), st.integers(0, 80))


@settings(max_examples=150, deadline=None)
@given(some, st.integers(1, 30))
def test_blocks_give_what_one_go_gives(found: list[Event], block: int) -> None:
    assert list(merge_blocks(iter(found), block=block)) == merge(found)


@settings(max_examples=60, deadline=None)
@given(some, st.lists(st.integers(0, 80), max_size=4))
def test_parts_of_events_reach_what_all_reach(found: list[Event], cuts: list[int]) -> None:
    ends = sorted({0, len(found), *(cut for cut in cuts if cut < len(found))})
    merger = Merger(load())
    whole = blocks.reach(merger, found)
    parts = [blocks.reach(merger, found[a:b]) for a, b in pairwise(ends)]
    together = blocks.joined(parts)

    assert whole.count == together.count == len(found)
    for name in ("event", "slot", "how"):
        assert np.array_equal(getattr(whole, name), getattr(together, name))


@settings(max_examples=40, deadline=None)
@given(some, st.lists(st.integers(0, 80), max_size=4), st.integers(1, 5))
def test_partitions_give_what_one_go_gives(found: list[Event], cuts: list[int], count: int) -> None:
    """The tasks that Dask runs: parts of any length, any number of parts made, some events coded by somebody."""
    found = [replace(e, reasons=(CODED,)) if e.id.endswith("7") else e for e in found]
    ends = sorted({0, len(found), *(cut for cut in cuts if cut < len(found))})
    parts = []
    for a, b in pairwise(ends if found else [0, 0]):
        coded = [e for e in found[a:b] if e.reasons == (CODED,)]
        others = [e for e in found[a:b] if e.reasons != (CODED,)]
        parts.append(delayed(Told(len(others), dumps(others), dumps(coded), {}, [])))

    made = compute(*told.merged(parts, count), scheduler="sync")

    together = [event for events, _ in made for event in events]
    assert len(made) == count
    assert together == pipeline.merge([Parsed(document=None, events=tuple(found))])  # type: ignore[arg-type]


def alike(count: int, towns: Sequence[Place], days: int, **changes: object) -> list[Event]:
    when = [
        TimeSpan(START + timedelta(days=n), START + timedelta(days=n), "day", "at", "explicit")
        for n in range(days)
    ]
    return [
        Event(
            f"e{n}",
            "strike",
            "happened",
            "reported",
            (EventPlace("at", towns[n % len(towns)], None, ""),),
            (Report(f"d{n}", "happened", Evidence(0, 1, "x"), (0, 1)),),
            when[n // len(towns) % days],
            (Actor(f"target{n}", "target"),) if changes.get("apart") else (),
        )
        for n in range(count)
    ]


def test_a_crowded_slot_is_decided_as_a_whole() -> None:
    """Only the newest 64 of a slot are compared: what is crowded out must be the same."""
    crowd = alike(200, TOWNS[:1], 1, apart=True)
    found = [crowd[0], *crowd, crowd[3], crowd[199]]

    assert list(merge_blocks(found, block=1)) == merge(found)


def test_what_shares_no_slot_is_apart() -> None:
    found = alike(40, TOWNS, 4)
    component = blocks.components(blocks.reach(Merger(load()), found))

    assert len(set(component.tolist())) == 20
    assert set(np.bincount(blocks.bins(component, 4)).tolist()) == {4}
    assert len(set(blocks.bins(component, 1000).tolist())) == 1


def test_nothing_merges_to_nothing() -> None:
    assert list(merge_blocks([])) == []
    assert len(blocks.bins(blocks.components(blocks.joined([])), 10)) == 0


def test_coded_events_stay_as_they_are() -> None:
    found = alike(6, TOWNS[:2], 1)
    found[1] = replace(found[1], reasons=(CODED,))
    parsed = [Parsed(document=None, events=(event,)) for event in found]  # type: ignore[arg-type]

    assert list(merge_blocks(found)) == pipeline.merge(parsed)
