from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text.dateline import dateline


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("GOMA, Congo (AP) — Rebels closed the road.", "GOMA, Congo"),
        ("BOGOTA - Farmers blocked roads.", "BOGOTA"),
        ("SPRINGFIELD, Ill. — Lawmakers met.", "SPRINGFIELD, Ill."),
        ("ST. PETERSBURG, Fla. (Agency) -- It rained.", "ST. PETERSBURG, Fla."),
        ("Nairobi, 3 May (Agency) - It rained.", "Nairobi"),
        ("NEW YORK, May 3, 2020 (Agency) -- It rained.", "NEW YORK"),
        ("SÃO PAULO — Choveu.", "SÃO PAULO"),
        ("КИЇВ — Дощ.", "КИЇВ"),
        ("Lima (dpa) – It rained.", "Lima"),
    ],
)
def test_datelines(text: str, names: str) -> None:
    span = dateline(text)
    assert span is not None
    assert text[slice(*span)] == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Peace - what is it good for?",
        "BREAKING: rain in Lagos",
        "The end (see below) - of all things.",
        "We met John (The boss) - he was late.",
        "US-led forces left.",
        "It rained in LAGOS — again.",
        "Rain fell.\nLAGOS — It rained.",
    ],
)
def test_other_openings(text: str) -> None:
    assert dateline(text) is None


def test_behind_front_matter() -> None:
    text = "---\ntitle: x\n---\nLAGOS — It rained."
    span = dateline(text, text.index("LAGOS"))
    assert span is not None
    assert text[slice(*span)] == "LAGOS"


@given(st.text(max_size=300), st.integers(0, 300))
def test_a_span_lies_in_the_text(text: str, start: int) -> None:
    span = dateline(text, start)
    assert span is None or start <= span[0] < span[1] <= len(text)


def test_a_headline_may_stand_before_it() -> None:
    text = "Army loses town\n\nBy a reporter\nPORT SUDAN, Oct 27 2025 (Agency) — Troops left."
    span = dateline(text)
    assert span is not None
    assert text[slice(*span)] == "PORT SUDAN"
