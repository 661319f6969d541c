"""How far a build is, how fast, and how long it will take still."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

WEIGHTS: Final = {"reading": 0.32, "places": 0.54, "names": 0.12, "writing": 0.02}
"""Share of the time that each step takes, as measured by ``bench/gazetteer_dump.py``."""

_EVERY: Final = 0.2


class Progress:
    """Tells what `show` is to print, a few times a second.

    Parameters
    ----------
    show : callable
        Gets a passing line.
    """

    def __init__(
        self, show: Callable[[str], None] = lambda _: None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._show = show
        self._clock = clock
        self._began = self._step_began = self._told = clock()
        self._step = ""
        self._before = 0.0
        self._from: float | None = None

    def step(self, name: str) -> None:
        """Start a step of `WEIGHTS`."""
        if self._step:
            self._before += WEIGHTS[self._step]
        self._step = name
        self._step_began = self._clock()

    def at(self, share: float, done: int, unit: str = "rows") -> None:
        """Say how far the step is.

        Parameters
        ----------
        share : float
            0 to 1.
        done : int
            Rows of this step so far.
        unit : str
        """
        now = self._clock()
        if now - self._told < _EVERY:
            return
        self._told = now
        whole = min(1.0, self._before + WEIGHTS[self._step] * min(1.0, share))
        if self._from is None:  # a build that goes on starts in the middle
            self._from = whole
        gone = whole - self._from
        left = (now - self._began) * (1 - whole) / gone if gone > 0.005 else None
        rate = done / max(now - self._step_began, 1e-9)
        self._show(f"{whole:4.0%}  {self._step}: {done:,} {unit}, {rate:,.0f}/s, {_span(left)} left")


def _span(seconds: float | None) -> str:
    if seconds is None:
        return "?"
    minutes = seconds / 60
    return (
        f"{seconds:.0f} s"
        if minutes < 2
        else f"{minutes:.0f} min"
        if minutes < 100
        else f"{minutes / 60:.1f} h"
    )
