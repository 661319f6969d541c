"""One-to-one matching of spans: as many pairs as possible, exact ones first."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Span = tuple[int, int]


def overlapping(gold: Sequence[Span], predicted: Sequence[Span]) -> list[list[int]]:
    """Find the indices of the `predicted` spans that share a character with each `gold` span.

    Both may be in any order and nest; the work is linear in the text for spans that hardly nest.
    """
    order = sorted(range(len(predicted)), key=lambda i: predicted[i])
    longest = max((end - start for start, end in predicted), default=0)
    starts = [predicted[i][0] for i in order]
    found: list[list[int]] = []
    for start, end in gold:
        at = bisect_left(starts, start - longest)
        hits = []
        while at < len(order) and starts[at] < end:
            if predicted[order[at]][1] > start:
                hits.append(order[at])
            at += 1
        found.append(hits)
    return found


def match(
    gold: Sequence[Span],
    predicted: Sequence[Span],
    allowed: Callable[[int, int], bool] | None = None,
) -> dict[int, int]:
    """Pair gold with predicted spans that overlap, each at most once, with the largest number of pairs.

    Equal spans are paired before all others; they stay paired with something when the rest is added.

    Parameters
    ----------
    gold, predicted : sequence of (start, end)
    allowed : callable, optional
        ``allowed(g, p)`` says whether gold `g` and prediction `p` may be paired at all.

    Returns
    -------
    dict
        Gold index to predicted index; empty where nothing overlaps.
    """
    edges = overlapping(gold, predicted)
    if allowed is not None:
        edges = [[p for p in hits if allowed(g, p)] for g, hits in enumerate(edges)]
    for g, hits in enumerate(edges):
        hits.sort(key=lambda p: (predicted[p] != gold[g], -_shared(gold[g], predicted[p]), p))
    taken: dict[int, int] = {}
    for exact in (gold, None):
        paired = set(taken.values())
        for g in range(len(gold)):
            if g not in paired:
                _augment(g, edges, taken, seen=set(), exact=exact, predicted=predicted)
    return {g: p for p, g in taken.items()}


def _shared(a: Span, b: Span) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _augment(
    g: int,
    edges: list[list[int]],
    taken: dict[int, int],
    *,
    seen: set[int],
    exact: Sequence[Span] | None,
    predicted: Sequence[Span],
) -> bool:
    """Find a partner for `g`, moving others where that frees one (Kuhn's algorithm)."""
    for p in edges[g]:
        if p in seen or (exact is not None and predicted[p] != exact[g]):
            continue
        seen.add(p)
        if p not in taken or (
            exact is None and _augment(taken[p], edges, taken, seen=seen, exact=None, predicted=predicted)
        ):
            taken[p] = g
            return True
    return False
