"""From what was read to tables with geometries: events, reports, places, regions, claims, flows, unplaced."""

from __future__ import annotations

from geo.layers.build import as_of_date, build
from geo.layers.layer import CRS, Column, Layer

__all__ = ["CRS", "Column", "Layer", "as_of_date", "build"]
