"""Asking an online geocoder for what the gazetteer does not know: slowly, and each question once.

Off unless a geocoder is handed in. Answers lie in one JSON file, "nothing found" among them, so that a second run asks
nothing; the file is replaced whole, never half written.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopy.geocoders.base import Geocoder

VERSION: Final = 1


class Cached:
    """``geocode`` of a geopy geocoder, rate limited and remembered on disk.

    Parameters
    ----------
    geocoder : geopy.geocoders.base.Geocoder
    path : path-like
        The file with the answers; made where it is absent. One that cannot be read is refused, not overwritten.
    min_delay_seconds : float
        Least time between two questions, as most services ask for.

    Raises
    ------
    ValueError
        The file is no cache of ours.
    """

    def __init__(self, geocoder: Geocoder, path: str | Path, *, min_delay_seconds: float = 1.0) -> None:
        self._path = Path(path)
        kind = type(geocoder)
        self._service = f"{kind.__module__}.{kind.__qualname__} {getattr(geocoder, 'domain', '')}".strip()
        self._ask = RateLimiter(
            geocoder.geocode, min_delay_seconds=min_delay_seconds, max_retries=0, swallow_exceptions=False
        )
        self._lock = threading.Lock()
        self._answers: dict[str, list[Any] | None] = _read(self._path)

    def __call__(self, query: str | Mapping[str, str], **options: Any) -> list[Location]:
        """Locations for a query, from the file or the service; an empty list where there are none.

        Raises
        ------
        geopy.exc.GeopyError
            The service fails; that is not remembered.
        """
        key = json.dumps([self._service, query, options], ensure_ascii=False, sort_keys=True)
        with self._lock:
            if key not in self._answers:
                found = self._ask(query, exactly_one=False, **options)
                self._answers[key] = [
                    [x.address, x.latitude, x.longitude, x.raw] for x in found or ()
                ] or None
                _write(self._path, self._answers)
            return [
                Location(address, (lat, lon, 0.0), raw) for address, lat, lon, raw in self._answers[key] or ()
            ]


def _read(path: Path) -> dict[str, list[Any] | None]:
    if not path.exists():
        return {}
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        answers: dict[str, list[Any] | None] = held["answers"]
        good = held["version"] == VERSION and isinstance(answers, dict)
    except (ValueError, KeyError, TypeError):
        good = False
    if not good:
        raise ValueError(f"{path} is no cache of geocoder answers; name another file or remove it")
    return answers


def _write(path: Path, answers: dict[str, list[Any] | None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {"version": VERSION, "answers": answers}, ensure_ascii=False, sort_keys=True, default=str
    )
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
