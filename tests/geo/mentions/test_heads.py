from __future__ import annotations

import pytest

from gazetteer.types import KINDS
from geo.mentions.cues import head_after, head_before, linked
from geo.mentions.heads import EVERY, PLURALS, PREFIXES
from geo.mentions.view import View


def test_all_heads_ask_for_known_kinds() -> None:
    for kinds in [*EVERY.values(), *PREFIXES.values()]:
        assert set(kinds) <= set(KINDS)
    assert set(PLURALS.values()) <= set(EVERY)


def view(text: str) -> View:
    return View(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("X nuclear power plant burned", "nuclear power plant"),
        ("X air base was hit", "air base"),
        ("X regions voted", "regions"),
        ("X urban-type settlement fell", "urban-type settlement"),
        ("X fell", None),
        ("X", None),
    ],
)
def test_head_after_takes_the_longest(text: str, head: str | None) -> None:
    got = head_after(view(text), 0)
    assert (got.text if got else None) == head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("the city of X", "city"),
        ("the regions of X", "regions"),
        ("the river X", "river"),
        ("Lake X", "lake"),
        ("north of X", None),
        ("X", None),
    ],
)
def test_head_before(text: str, head: str | None) -> None:
    v = view(text)
    got = head_before(v, len(v) - 1)
    assert (got.text if got else None) == head


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A, B", True), ("A and B", True), ("A, and the B", True), ("A in B", False), ("A. B", False)],
)
def test_lists(text: str, expected: bool) -> None:
    v = view(text)
    assert linked(v, 0, len(v) - 1) is expected
