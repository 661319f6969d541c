"""A person's decisions about names, kept in a file beside the data and applied before every rule."""

from __future__ import annotations

from geo.corrections.decide import Correction, Corrections, Decided
from geo.corrections.table import load

__all__ = ["Correction", "Corrections", "Decided", "load"]
