"""Layers -> files for GIS tools: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML, CSV, PMTiles."""

from __future__ import annotations

from geo.export.coded import coded
from geo.export.formats import FORMATS, Format, format_of
from geo.export.geojson import feature_collection
from geo.export.select import select
from geo.export.write import names_of, write

__all__ = ["FORMATS", "Format", "coded", "feature_collection", "format_of", "names_of", "select", "write"]
