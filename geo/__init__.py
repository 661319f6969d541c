"""From news text to defensible maps: documents, places, events, claims, layers, pages.

>>> import geo
>>> parsed = geo.parse("Shells fell on Kharkiv on 3 May 2022.")
>>> [resolution.place.name for resolution in parsed.resolutions]
['Kharkiv']
>>> geo.parse("").resolutions
()

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

__version__: Final = "0.1.0"

if TYPE_CHECKING:
    from geo.documents import Failure, read
    from geo.errors import GeoError, InputError, MissingExtraError, OptionError, OutputError
    from geo.pipeline import make_layers, make_map, merge, parse, run
    from geo.types import Document, Event, Mention, Parsed, Resolution, TimeSpan, Unplaced

_HOME: Final[dict[str, str]] = {
    "Document": "geo.types",
    "Event": "geo.types",
    "Failure": "geo.documents",
    "GeoError": "geo.errors",
    "InputError": "geo.errors",
    "Mention": "geo.types",
    "MissingExtraError": "geo.errors",
    "OptionError": "geo.errors",
    "OutputError": "geo.errors",
    "Parsed": "geo.types",
    "Resolution": "geo.types",
    "TimeSpan": "geo.types",
    "Unplaced": "geo.types",
    "make_layers": "geo.pipeline",
    "make_map": "geo.pipeline",
    "merge": "geo.pipeline",
    "parse": "geo.pipeline",
    "read": "geo.documents",
    "run": "geo.pipeline",
}

__all__ = [
    "Document",
    "Event",
    "Failure",
    "GeoError",
    "InputError",
    "Mention",
    "MissingExtraError",
    "OptionError",
    "OutputError",
    "Parsed",
    "Resolution",
    "TimeSpan",
    "Unplaced",
    "__version__",
    "make_layers",
    "make_map",
    "merge",
    "parse",
    "read",
    "run",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
