"""Single values of a record: days, spans, degrees and scores."""

from __future__ import annotations

from datetime import date
from typing import Any

Record = dict[str, Any]


def day_text(day: date | None) -> str | None:
    """Write a day in ISO 8601."""
    return day.isoformat() if day else None


def read_day(text: str | None) -> date | None:
    """Read a day in ISO 8601."""
    return date.fromisoformat(text) if text else None


def pair(values: Any) -> tuple[int, int] | None:
    """Read a span of a text: start and end, exclusive, in code points."""
    return (int(values[0]), int(values[1])) if values else None


def degrees(value: float) -> float:
    """Round degrees to six digits (0.1 m)."""
    return round(float(value), 6)


def rounded(value: float) -> float:
    """Round a score to four digits."""
    return round(float(value), 4)
