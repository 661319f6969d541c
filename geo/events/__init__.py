"""Events of documents: what happened or is said to, where, when, who says so, and how certain it is."""

from __future__ import annotations

from geo.events.extract import extract
from geo.events.merging import merge
from geo.events.territory import Territories

__all__ = ["Territories", "extract", "merge"]
