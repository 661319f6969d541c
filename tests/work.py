"""How much work a call does, counted instead of timed: a count is the same on any machine, busy or not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def lines(call: Callable[[], object]) -> int:
    """
    Count the lines of Python that a call runs, those of generators and of what it calls included.

    What a regular expression does within one line is not seen; ``bench/events.py`` times that.
    """
    count = 0

    def trace(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
