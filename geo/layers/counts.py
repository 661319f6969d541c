"""Exact numbers of events by label, type, status and time, each event once under a label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

Count = tuple[str, str, str, int, int]
"""Label, type, status, events, reports."""
Span = tuple[int, int]
"""First and last day, ordinals, 0 for one that is not known; or numbers of periods, (0, 0) for no date."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of different events.

    Attributes
    ----------
    lines : list of Count
        By label, type and status, sorted.
    rows : list of int
        For each line how many rows of the following columns are its own; each event is in one of them.
    first, last : list of int
        Numbers of the periods from which to which the events of the row can have happened.
    events, reports : list of int
        Those of the row.
    """

    lines: list[Count]
    rows: list[int]
    first: list[int]
    last: list[int]
    events: list[int]
    reports: list[int]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Events by label, each once under one; `counted` counts them.

    Attributes
    ----------
    labels : list of str
    kinds : list of (str, str)
        Types and statuses.
    line : array of int
        For each event and label the number of its label times the number of kinds, and the number of its kind.
    span : array of int
        Number of its days.
    reports : array of int
    """

    labels: list[str]
    kinds: list[tuple[str, str]]
    line: Numbers
    span: Numbers
    reports: Numbers

    def rows(self, periods: Sequence[Span]) -> int:
        """How many rows `counted` gives."""
        import numpy as np

        return len(np.unique(self._keys(*ranked(periods))))

    def counted(self, periods: Sequence[Span]) -> Counts:
        """Count by line and time; `periods` has the numbers of the first and last period for each pair of days."""
        import numpy as np

        spans, rank = ranked(periods)
        keys, row, events = np.unique(self._keys(spans, rank), return_inverse=True, return_counts=True)
        reports = np.bincount(row, weights=self.reports, minlength=len(keys)).astype(np.int64)
        lines, start, rows = np.unique(keys // len(spans), return_index=True, return_counts=True)
        when = np.array(spans, dtype=np.int64).reshape(-1, 2)[keys % len(spans)]
        sums = [np.add.reduceat(column, start) if len(start) else start for column in (events, reports)]
        heads = (
            (self.labels[n // len(self.kinds)], *self.kinds[n % len(self.kinds)]) for n in lines.tolist()
        )
        return Counts(
            [(*head, n, told) for head, n, told in zip(heads, *(s.tolist() for s in sums), strict=True)],
            *(column.tolist() for column in (rows, when[:, 0], when[:, 1], events, reports)),
        )

    def _keys(self, spans: Sequence[Span], rank: Numbers) -> Numbers:
        return self.line * len(spans) + rank[self.span]


def ranked(values: Sequence[Any]) -> tuple[list[Any], Numbers]:
    """Different values, sorted, and the place of each among them."""
    import numpy as np

    different = sorted(set(values))
    ranks = {value: rank for rank, value in enumerate(different)}
    return different, np.array([ranks[value] for value in values], dtype=np.int64)
