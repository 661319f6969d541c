"""Symbols of the static map: in the picture, tied to their place, and a number where there is no room."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from geo.render.place import Taken
from geo.render.svg_marks import ROUND, Symbols, beside, boxed

TYPES = [{"name": "strike", "label": "Strike", "family": "fires", "shape": "diamond", "glyph": "M0 0h4"}]
ONE = Symbols(((0, "happened", 1, 1),), 0, 3)


def box(mark: str) -> list[float]:
    found = re.search(r'<rect class="pill" x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)"', mark)
    assert found is not None
    return [float(number) for number in found.groups()]


@given(st.floats(0, 1000), st.floats(0, 600), st.text("abcdefgh ", min_size=1, max_size=30))
def test_a_box_is_never_cut_off(x: float, y: float, name: str) -> None:
    stem, mark = boxed(Taken(1000, 600), (x, y), ONE, TYPES, name, "mentions 2 · events 1")

    left, top, width, height = box(mark)
    assert -1 <= left <= 1001 - width
    assert -1 <= top <= 601 - height
    inside = left <= x <= left + width and top <= y <= top + height
    assert inside or stem.startswith(f'<path class="stem dotted" d="M{x:.0f} {y:.0f}L')


def test_without_room_a_number_stands_at_the_place() -> None:
    for draw in (
        lambda taken: boxed(taken, (500, 300), ONE, TYPES, "Somewhere", ""),
        lambda taken: beside(taken, (500, 300), ONE, TYPES),
    ):
        full = Taken(1000, 600, [(0, 0, 1000, 600)])

        stem, mark = draw(full)

        assert stem == ""
        assert f'<circle class="pill" cx="500" cy="300" r="{ROUND:.0f}"/>' in mark
        assert ">3</text>" in mark


def test_marks_keep_apart() -> None:
    taken = Taken(1000, 600)

    boxes = [box(boxed(taken, (500, 300), ONE, TYPES, name, "")[1]) for name in ("One", "Two", "Three")]

    for number, (x, y, width, height) in enumerate(boxes):
        for a, b, c, d in boxes[:number]:
            assert x + width <= a + 1 or a + c <= x + 1 or y + height <= b + 1 or b + d <= y + 1
