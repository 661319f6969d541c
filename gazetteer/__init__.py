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
)
from gazetteer.store import Gazetteer, open  # noqa: A004  (gazetteer.open, as in gzip.open)
from gazetteer.types import Act, Candidate, Claim, Located, NameHit, NameUse, Place

__all__ = [
    "Act",
    "Candidate",
    "Claim",
    "Gazetteer",
    "GazetteerError",
    "GazetteerFormatError",
    "GazetteerMissingError",
    "Located",
    "NameHit",
    "NameUse",
    "Place",
    "SourceError",
    "UnknownPlaceError",
    "open",
]
