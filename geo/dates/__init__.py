"""Time phrases of a document as intervals of days, reckoned from the document's own date, never from today."""

from __future__ import annotations

from geo.dates.edtf import to_edtf
from geo.dates.finder import find_times

__all__ = ["find_times", "to_edtf"]
