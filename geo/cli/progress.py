"""A passing line on the terminal: how many, how fast, how long still. Quiet where nobody watches."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDTH: Final = 78
EVERY_S: Final = 0.1
"""The line is drawn this often at most; drawing costs more than reading a short document."""


class Progress:
    """Counts documents and draws the line.

    Parameters
    ----------
    draw : callable
        Is handed each line; "" clears it.
    total : int or None
        How many there will be, where that is known.
    clock : callable
        Seconds that only grow.
    """

    def __init__(
        self,
        draw: Callable[[str], None],
        total: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._draw = draw
        self._total = total
        self._clock = clock
        self._began = clock()
        self._drawn = self._began - EVERY_S
        self.done = 0
        self._copied = 0

    def step(self, name: str, *, copied: bool = False) -> None:
        """Count one document; a copied one took no time and counts for no rate."""
        self.done += 1
        self._copied += copied
        now = self._clock()
        if now - self._drawn >= EVERY_S:
            self._drawn = now
            self._draw(f"{self.line(now - self._began)}  {name}")

    def clear(self) -> None:
        """Make room for a message."""
        self._draw("")

    def line(self, seconds: float) -> str:
        """Say how far it is after so many seconds."""
        rate = (self.done - self._copied) / seconds if seconds > 0 else 0.0
        if self._total is None or self._total < self.done:
            return f"{self.done:,} done" + (f"  {rate:,.1f}/s" if rate else "")
        text = f"{self.done:,} of {self._total:,}"
        if not rate:
            return text
        return f"{text}  {rate:,.1f}/s  {_clock_time((self._total - self.done) / rate)} left"


def _clock_time(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


@contextmanager
def progress(total: Callable[[], int | None] | None = None) -> Iterator[Progress]:
    """Give a progress that draws on standard error where that is a terminal, and nothing elsewhere.

    Parameters
    ----------
    total : callable, optional
        Asked only where the answer is shown.
    """
    if not sys.stderr.isatty():
        yield Progress(lambda _: None)
        return

    def draw(text: str) -> None:
        clean = "".join(char if char.isprintable() else " " for char in text)
        sys.stderr.write("\r" + clean[:WIDTH].ljust(WIDTH) + "\r")
        sys.stderr.flush()

    try:
        yield Progress(draw, total() if total else None)
    finally:
        draw("")
