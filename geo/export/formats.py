"""Which formats there are, by which suffix they are known, and whether they hold one layer or all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from geo.errors import OptionError

if TYPE_CHECKING:
    import os

DEFAULT_LAYER: Final = "events"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes
    ----------
    name : str
        As ``--format`` takes it.
    suffixes : tuple of str
        Lower case, with the dot.
    all_layers : bool
        Whether one file holds all layers; else it holds one.
    note : str
        What it is good for, and what it cannot hold.
    only : str
        Name of the only layer it can hold; "" for any.
    default : tuple of str
        Layers it holds unless others are asked for; empty for all.
    """

    name: str
    suffixes: tuple[str, ...]
    all_layers: bool
    note: str
    only: str = ""
    default: tuple[str, ...] = ()


FORMATS: Final[dict[str, Format]] = {
    item.name: item
    for item in (
        Format("geojson", (".geojson", ".json"), False, "RFC 7946; for the web and most tools"),
        Format("gpkg", (".gpkg",), True, "GeoPackage; best for QGIS and ArcGIS"),
        Format("csv", (".csv",), False, "with lon, lat and WKT; for spreadsheets"),
        Format("fgb", (".fgb",), False, "FlatGeobuf; large sets, streamed"),
        Format("parquet", (".parquet", ".geoparquet"), False, "GeoParquet 1.1; for data frames"),
        Format(
            "pmtiles",
            (".pmtiles",),
            True,
            "vector tiles for display; only rows with a geometry, counted at small scales",
            default=("events", "places", "regions", "claims", "flows"),
        ),
        Format("kml", (".kml",), True, "KML; for Google Earth; rows without a geometry are kept without one"),
        Format("kmz", (".kmz",), True, "the same, zipped"),
        Format(
            "lpf", (".lpf.json",), False, "Linked Places Format 1.3; for gazetteers; places only", "places"
        ),
    )
}


def format_of(path: str | os.PathLike[str], name: str | None = None) -> Format:
    """Choose the format: by name, else by the suffix of the path.

    Raises
    ------
    OptionError
        The name or suffix is unknown; the message lists those that are.
    """
    if name is not None:
        if name not in FORMATS:
            raise OptionError(f"there is no format {name!r}; choose one of {', '.join(FORMATS)}")
        return FORMATS[name]
    file = PurePath(path).name.lower()
    fitting = [(len(end), item) for item in FORMATS.values() for end in item.suffixes if file.endswith(end)]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]  # .lpf.json rather than .json
    known = " ".join(suffix for item in FORMATS.values() for suffix in item.suffixes)
    raise OptionError(f"{path}: the suffix tells no format; use one of {known}, or --format")
