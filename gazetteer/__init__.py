"""Names to places: a gazetteer of the whole world, offline, with outlines and dated claims.

>>> import gazetteer
>>> gaz = gazetteer.open()
>>> gaz.search("Kherson")[0].place.id
'geonames:706448'
>>> gaz.search("no such name at all")
[]
"""

from __future__ import annotations

from gazetteer.errors import (
    GazetteerError,
    GazetteerFormatError,
    GazetteerMissingError,
    SourceError,
    UnknownPlaceError,
    UnknownViewpointError,
)
from gazetteer.store import Gazetteer, open, open_files  # noqa: A004  (gazetteer.open, as in gzip.open)
from gazetteer.types import Act, Candidate, Claim, Control, Located, NameHit, NameUse, Place, Recognition

__all__ = [
    "Act",
    "Candidate",
    "Claim",
    "Control",
    "Gazetteer",
    "GazetteerError",
    "GazetteerFormatError",
    "GazetteerMissingError",
    "Located",
    "NameHit",
    "NameUse",
    "Place",
    "Recognition",
    "SourceError",
    "UnknownPlaceError",
    "UnknownViewpointError",
    "open",
    "open_files",
]
