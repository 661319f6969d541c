"""Layers -> files for GIS tools: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML, CSV."""

from __future__ import annotations

from geo.export.formats import FORMATS, Format, format_of
from geo.export.geojson import feature_collection
from geo.export.write import write

__all__ = ["FORMATS", "Format", "feature_collection", "format_of", "write"]
