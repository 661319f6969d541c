"""Many machines: documents and events through Dask, with the answer of one machine.

Needs the extra: ``pip install 'geodispatch[scale]'``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from geo.scale.client import team
    from geo.scale.collection import Results, parse
    from geo.scale.merging import merge

_HOME: Final[dict[str, str]] = {
    "Results": "geo.scale.collection",
    "merge": "geo.scale.merging",
    "parse": "geo.scale.collection",
    "team": "geo.scale.client",
}

__all__ = ["Results", "merge", "parse", "team"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geo.scale' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
