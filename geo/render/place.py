"""Where symbols and labels of a static map go: near their points, never on each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]
"""Left, top, width, height in the picture's units, y down."""

AROUND: Final = ((0, -1), (1, -0.5), (-1, -0.5), (0, 1), (1, 0.6), (-1, 0.6), (1, 0), (-1, 0))
"""Directions in which room is looked for, the preferred first."""


@dataclass(slots=True)
class Taken:
    """Boxes that are taken; asks and takes in one step.

    Attributes
    ----------
    width, height : float
        Of the picture: what it would cut off has no room in it.
    boxes : list of Box
    """

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Whether `box` lies in the picture and nothing taken overlaps it."""
        x, y, w, h = box
        if x < 0 or y < 0 or x + w > self.width or y + h > self.height:
            return False
        return all(x + w <= a or a + c <= x or y + h <= b or b + d <= y for a, b, c, d in self.boxes)

    def first(self, spots: Iterable[Box]) -> Box | None:
        """Take the first free box of `spots`; None where none is free."""
        for spot in spots:
            if self.free(spot):
                self.boxes.append(spot)
                return spot
        return None


def near(
    x: float, y: float, width: float, height: float, distances: Sequence[float], *, centred: bool
) -> list[Box]:
    """Boxes around a point, the nearest first; with `centred` the one on the point itself before all."""
    spots = [(x - width / 2, y - height / 2, width, height)] if centred else []
    for distance in distances:
        for ux, uy in AROUND:
            left = x + ux * (distance + width / 2) - width / 2
            top = y + uy * (distance + height / 2) - height / 2
            spots.append((left, top, width, height))
    return spots


def text_width(text: str, size: float) -> float:
    """Rough width of a text in a sans-serif font of `size` units."""
    return (
        sum(
            0.32 if c in "iljtfr.,:;'|! ()" else 0.72 if c.isupper() or ord(c) > 0x2E80 else 0.56
            for c in text
        )
        * size
    )
