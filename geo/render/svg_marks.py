"""The symbols of the static map: one group per place, beside its point, or a labelled box for an area."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.render import style
from geo.render.markup import esc, symbol
from geo.render.place import near, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.render.place import Box, Taken
    from geo.render.svg import Frame

    Xy = tuple[float, float]
    Drawn = tuple[str, str]
    """A line, which is to lie beneath all marks, and a mark."""

SYMBOL: Final = 30.0
"""Side of a symbol, picture units."""
MOST: Final = 4
"""Most symbols at one place; the rest is a number."""
CROWD: Final = 90
"""Most places whose symbols are set apart; more are gathered."""
CELL: Final = 56.0
"""Side of the cells in which they are gathered, picture units."""
ROUND: Final = 17.0
"""Radius of a mark with a number."""
WIDE: Final = 80.0
"""The same where the numbers are large."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """Symbols of the events at one place.

    Attributes
    ----------
    shown : tuple of (int, str, int, int)
        Type number, status, how many, reports.
    rest : int
        Kinds that are left out.
    total : int
        Events at the place.
    """

    shown: tuple[tuple[int, str, int, int], ...]
    rest: int
    total: int

    @classmethod
    def of(cls, events: dict[str, list[Any]], numbers: Sequence[int], told: Mapping[int, int]) -> Symbols:
        """Gather the kinds of some events, the most frequent first; `told` has the reports of each event."""
        kinds = Counter((events["type"][n], events["status"][n]) for n in numbers).most_common()
        reports: Counter[tuple[int, str]] = Counter()
        for n in numbers:
            reports[events["type"][n], events["status"][n]] += max(told.get(n, 0), 1)
        shown = tuple((*kind, n, reports[kind]) for kind, n in kinds[:MOST])
        return cls(shown, max(len(kinds) - MOST, 0), len(numbers))

    @property
    def width(self) -> float:
        """Width of the row, picture units."""
        return len(self.shown) * (SYMBOL + 2) + (30 if self.rest else 0)

    def row(self, left: float, y: float, types: Sequence[dict[str, str]]) -> str:
        """Draw the symbols side by side, centred on the line `y`."""
        parts = []
        x = left + SYMBOL / 2
        for kind, status, many, reports in self.shown:
            scale = 1.08 * style.size(reports) / style.SIZES[0]
            move = f' transform="translate({x:.0f} {y:.0f}) scale({scale:.2f})"'
            parts.append(symbol(types[kind], status, move))
            if many > 1:
                parts.append(
                    f'<circle class="badge" cx="{x + 12:.0f}" cy="{y - 12:.0f}" r="9"/>'
                    f'<text class="badge" x="{x + 12:.0f}" y="{y - 7:.0f}" text-anchor="middle">{many}</text>'
                )
            x += SYMBOL + 2
        if self.rest:
            parts.append(f'<text class="small bare" x="{x - 12:.0f}" y="{y + 6:.0f}">+{self.rest}</text>')
        return "".join(parts)


def gathered(
    points: Sequence[tuple[float, float]],
    groups: dict[int, list[int]],
    events: dict[str, list[Any]],
    types: Any,
    told: Mapping[int, int],
) -> tuple[list[str], list[tuple[float, float, float, float]]]:
    """Drawings for more places than can be set apart, and the boxes they take: one mark per cell of a grid.

    A cell with one kind of event has its symbol, others a circle; both have the number of events.
    """
    cells: dict[tuple[int, int], list[int]] = {}
    for number in sorted(groups):
        x, y = points[number]
        cells.setdefault((int(x // CELL), int(y // CELL)), []).append(number)
    drawn, boxes = [], []
    for cell in sorted(cells):
        numbers = cells[cell]
        listed = sorted({event for number in numbers for event in groups[number]})
        x = sum(points[number][0] for number in numbers) / len(numbers)
        y = sum(points[number][1] for number in numbers) / len(numbers)
        boxes.append((x - SYMBOL / 2, y - SYMBOL / 2, SYMBOL, SYMBOL))
        symbols = Symbols.of(events, listed, told)
        if len(symbols.shown) == 1:
            drawn.append(symbols.row(x - SYMBOL / 2, y, types))
        else:
            drawn.append(
                f'<circle class="pill" cx="{x:.0f}" cy="{y:.0f}" r="{17 if len(listed) < 1000 else 22}"/>'
                f'<text class="name bare" x="{x:.0f}" y="{y + 7:.0f}" text-anchor="middle">{len(listed)}</text>'
            )
    return drawn, boxes


def counted(
    points: Sequence[tuple[float, float]], table: Mapping[str, Sequence[int]], frame: Frame
) -> tuple[list[str], list[tuple[float, float, float, float]]]:
    """Circles with the numbers of events that were counted by cells, gathered as `gathered` does."""
    cells: dict[tuple[int, int], dict[int, int]] = {}
    for place, n in zip(table["of"], table["n"], strict=True):
        x, y = points[place]
        if frame.holds(x, y):
            numbers = cells.setdefault((int(x // WIDE), int(y // WIDE)), {})
            numbers[place] = numbers.get(place, 0) + n
    drawn, boxes = [], []
    for cell, numbers in sorted(cells.items()):
        total = sum(numbers.values())
        radius = min(9 + 4.5 * len(str(total)), WIDE / 2)
        middle = [sum(points[place][axis] for place in numbers) / len(numbers) for axis in (0, 1)]
        x, y = (
            min(max(spot, WIDE * n + radius), WIDE * (n + 1) - radius)
            for n, spot in zip(cell, middle, strict=True)
        )
        boxes.append((x - radius, y - radius, 2 * radius, 2 * radius))
        drawn.append(
            f'<circle class="pill" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
            f'<text class="name bare" x="{x:.0f}" y="{y + 7:.0f}" text-anchor="middle">{total}</text>'
        )
    return drawn, boxes


def beside(taken: Taken, at: Xy, symbols: Symbols, types: Sequence[dict[str, str]]) -> Drawn:
    """Symbols near their point, with a dot on it and a line between them; without room, their number."""
    x, y = at
    width, height = symbols.width + 2, SYMBOL + 2
    spot = taken.first(near(x, y, width, height, (12, 30, 60, 100, 160), centred=False))
    if spot is None:
        return _number(taken, at, symbols)
    left, top, *_ = spot
    dot = f'<circle class="dot" cx="{x:.0f}" cy="{y:.0f}" r="4"/>'
    return _stem(at, spot, "stem"), dot + symbols.row(left + 1, top + height / 2, types)


def boxed(
    taken: Taken, at: Xy, symbols: Symbols, types: Sequence[dict[str, str]], name: str, counts: str
) -> Drawn:
    """Symbols of what is known only to an area: a box with its name, no pin; without room, their number."""
    width = max(symbols.width, text_width(name, 19), text_width(counts, 16)) + 18
    height = SYMBOL + 34 + (20 if counts else 0)
    spot = taken.first(near(*at, width, height, (24, 60, 100, 160), centred=True))
    if spot is None:
        return _number(taken, at, symbols)
    left, top, *_ = spot
    middle = left + width / 2
    lines = [("name", top + 22, name), *([("small", top + height - 8, counts)] if counts else [])]
    texts = "".join(
        f'<text class="{kind} bare" x="{middle:.0f}" y="{y:.0f}" text-anchor="middle">{esc(text)}</text>'
        for kind, y, text in lines
    )
    return _stem(at, spot, "stem dotted"), (
        f'<rect class="pill" x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" rx="6"/>'
        f"{texts}{symbols.row(middle - symbols.width / 2, top + 46, types)}"
    )


def _stem(at: Xy, box: Box, look: str) -> str:
    """Draw a line from a point to the nearest edge of a box; none where the point lies in the box."""
    (x, y), (left, top, width, height) = at, box
    cx, cy = max(left, min(x, left + width)), max(top, min(y, top + height))
    if (cx, cy) == (x, y):
        return ""
    return f'<path class="{look}" d="M{x:.0f} {y:.0f}L{cx:.0f} {cy:.0f}"/>'


def _number(taken: Taken, at: Xy, symbols: Symbols) -> Drawn:
    """Draw a round mark with the number of events, near its point where there is room, else upon it."""
    spots = near(*at, 2 * ROUND, 2 * ROUND, (0, 12, 30, 60), centred=True)
    spot = taken.first(spots) or spots[0]
    x, y = spot[0] + ROUND, spot[1] + ROUND
    return _stem(at, spot, "stem dotted"), (
        f'<circle class="pill" cx="{x:.0f}" cy="{y:.0f}" r="{ROUND:.0f}"/>'
        f'<text class="name bare" x="{x:.0f}" y="{y + 7:.0f}" text-anchor="middle">{symbols.total}</text>'
    )
