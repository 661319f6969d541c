"""Plain tables for a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(rows: Sequence[Sequence[object]], header: Sequence[str]) -> str:
    """Lay out rows under a header, two spaces between columns; numbers to the right.

    Parameters
    ----------
    rows : sequence of sequences
        None is shown as nothing; control characters (which could drive a terminal) as a question mark.
    header : sequence of str

    Returns
    -------
    str
        Without a line end; only the header where there are no rows.

    Examples
    --------
    >>> print(table([["Kyiv", 1]], ["name", "n"]))
    name  n
    Kyiv  1
    """
    cells = [[printable(value) for value in row] for row in rows]
    right = [
        bool(rows) and all(isinstance(row[i], (int, float)) or row[i] is None for row in rows)
        for i in range(len(header))
    ]
    widths = [max(_width(row[i]) for row in [list(header), *cells]) for i in range(len(header))]
    lines = []
    for row in [list(header), *cells]:
        parts = [
            " " * (widths[i] - _width(cell)) + cell if right[i] else cell + " " * (widths[i] - _width(cell))
            for i, cell in enumerate(row)
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def printable(value: object) -> str:
    """Return a value as one line that a terminal only shows."""
    if value is None:
        return ""
    text = f"{value:.2f}" if isinstance(value, float) else " ".join(str(value).split())
    return "".join("?" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} else char for char in text)


def _width(text: str) -> int:
    """Columns a text takes: East Asian wide letters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
