"""What a GeoPackage carries beside its rows: titles, descriptions, and a QGIS style for each layer.

QGIS takes the row of ``layer_styles`` whose table and geometry column fit, whose schema is the empty string (not
NULL) and whose ``useAsDefault`` is set. The table has the columns that QGIS itself gives it, which GDAL would not.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from geo.export.qml import qml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geo.export.palette import Palette
    from geo.layers import Layer

TABLE: Final = "layer_styles"
DESCRIPTIONS: Final[dict[str, str]] = {
    "events": "One row per event and place where it happens, merged over the documents.",
    "reports": "One row per clause that reports an event, at the event's first place.",
    "places": "Places that the texts name, with the number of mentions.",
    "regions": "First-level units in which something is named or happens, with counts.",
    "claims": "Territorial claims as of a day: who claims what since when, never who controls it.",
    "flows": "Movements, as straight lines from the origin to each destination; not routes.",
    "unplaced": "Names and events that could not be placed, with the reason.",
}
_CREATE: Final = f"""CREATE TABLE {TABLE} (
id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP)"""
_INSERT: Final = f"""INSERT INTO {TABLE} (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)
VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', '', ?)"""  # noqa: S608  (a constant)
_REGISTER: Final = """INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
VALUES (?, 'attributes', ?, 'Default styles for QGIS', ?)"""


def add_styles(path: Path, layers: Iterable[Layer], palette: Palette, stamp: str) -> list[str]:
    """Add the table of QGIS styles to a GeoPackage.

    Parameters
    ----------
    path : Path
        A GeoPackage that holds the layers.
    layers : iterable of Layer
    palette : Palette
    stamp : str
        What stands for the time of writing, ISO 8601; the same input has to give the same bytes.

    Returns
    -------
    list of str
        Names of the layers that got a style.
    """
    styles = [(layer, style) for layer in layers if (style := qml(layer, palette)) is not None]
    if not styles:
        return []
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_CREATE)
        database.execute(_REGISTER, (TABLE, TABLE, stamp))
        column = dict(database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        for layer, style in styles:
            row = (layer.name, column[layer.name], layer.name, style, f"{layer.title}, as on the map", stamp)
            database.execute(_INSERT, row)
    return [layer.name for layer, _ in styles]


def describe(layer: Layer, attribution: str | None) -> str:
    """Say what a layer holds and where its data comes from, in one line."""
    text = DESCRIPTIONS.get(layer.name, layer.title)
    return f"{text} Data: {attribution}" if attribution else text
