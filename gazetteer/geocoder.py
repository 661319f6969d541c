"""A geopy geocoder over the offline gazetteer, so that ``geopandas.tools.geocode`` works without a network.

>>> from gazetteer.geocoder import GazetteerGeocoder
>>> GazetteerGeocoder().geocode("Paris, Texas").address
'Paris, Texas, United States'
>>> GazetteerGeocoder().geocode("no such place") is None
True
>>> GazetteerGeocoder().geocode({"city": "Springfield", "state": "Illinois"}).raw["id"]
'geonames:4250542'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.names import fold
from gazetteer.store import Gazetteer, open  # noqa: A004  (gazetteer.open)
from gazetteer.viewpoints import DEFAULT

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.fallback import Cached
    from gazetteer.types import Candidate, Place


FIELDS: Final = ("name", "city", "county", "state", "country")
"""Keys of a structured query, from the place itself to what holds it; `name` is for what is no settlement."""

_LIMIT: Final = 10


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """Geocode and reverse by geopy's conventions (lat before lon in points, None where nothing is found).

    Parameters
    ----------
    path : path-like, optional
        A compiled gazetteer; by default the world that the package carries.
    gazetteer : Gazetteer, optional
        One that is open already; `path` and `viewpoint` are then its own.
    viewpoint : str, optional
        Under whose countries places are shown, see `gazetteer.open`; ``raw["viewpoint"]`` states it.
    fallback : geopy geocoder, optional
        An online geocoder that is asked where nothing is known here; none by default.
    cache : path-like, optional
        File that remembers its answers; needed with `fallback`.
    min_delay_seconds : float
        Least time between two questions to it.
    timeout, user_agent : optional
        Accepted as by every geopy geocoder; without effect here, because nothing goes over a network.

    Raises
    ------
    ValueError
        A fallback without a cache, or a viewpoint with a gazetteer that has its own.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        gazetteer: Gazetteer | None = None,
        viewpoint: str | None = None,
        fallback: Geocoder | None = None,
        cache: str | Path | None = None,
        min_delay_seconds: float = 1.0,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent)
        if gazetteer is not None and viewpoint not in (None, gazetteer.viewpoint):
            raise ValueError(f"the gazetteer was opened with the viewpoint {gazetteer.viewpoint!r}")
        self._gazetteer = gazetteer if gazetteer is not None else open(path, viewpoint=viewpoint or DEFAULT)
        self._fallback: Cached | None = None
        if fallback is not None:
            from gazetteer.fallback import Cached

            if cache is None:
                raise ValueError("a fallback needs cache=FILE, so that no question is asked twice")
            self._fallback = Cached(fallback, cache, min_delay_seconds=min_delay_seconds)

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  (geopy's convention)
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        fuzzy: bool = False,
    ) -> Location | list[Location] | None:
        """Find places by name.

        Parameters
        ----------
        query : str or dict
            A name, with its parents after commas where it needs them: "Paris, Texas", "Kherson, Ukraine". Or a
            structured query with the keys `FIELDS`, as geopy's Nominatim has them.
        exactly_one : bool, default True
            One location (or None) instead of a list (or None).
        limit : int, optional
            At most so many where `exactly_one` is false; 10 by default.
        country_codes : str or iterable of str, optional
            ISO 3166-1 alpha-2, as geopy's Nominatim has it: several in one text are separated by commas.
        fuzzy : bool, default False
            Also names one or two edits away.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            The query is empty, no text, or has a key that is not known here.
        ValueError
            The limit is below one.
        """
        text = _text(query)
        name, *parents = [part.strip() for part in text.split(",") if part.strip()] or [""]
        if not fold(name):
            raise GeocoderQueryError("the query is empty")
        wanted = _codes(country_codes)
        found = [
            candidate
            for candidate in self._found(text, name, parents, fuzzy=fuzzy)
            if not wanted or candidate.place.country in wanted
        ]
        answer = self._answer([c.place for c in found], exactly_one=exactly_one, limit=limit)
        if answer is not None or self._fallback is None:
            return answer
        extra = {"country_codes": sorted(code.lower() for code in wanted)} if wanted else {}
        return _pick(
            self._fallback(dict(query) if not isinstance(query, str) else query, **extra), exactly_one, limit
        )

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  (geopy's convention)
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Find the towns nearest to a point.

        Parameters
        ----------
        query : geopy.point.Point, (latitude, longitude) or str
            In geopy's order, latitude first.
        exactly_one, limit
            As in `geocode`.

        Raises
        ------
        ValueError
            No point, as geopy raises it.
        """
        point = query if isinstance(query, Point) else Point(query)
        most = 1 if exactly_one else _most(limit)
        places = self._gazetteer.nearest(point.longitude, point.latitude, limit=most)
        return self._answer(places, exactly_one=exactly_one, limit=limit)

    def _found(self, query: str, name: str, parents: list[str], *, fuzzy: bool) -> list[Candidate]:
        whole = self._gazetteer.search(query, limit=50) if parents else []
        parts = self._gazetteer.search(name, fuzzy=fuzzy, limit=200)
        return [*whole, *(c for c in parts if all(self._lies_in(c.place, parent) for parent in parents))]

    def _lies_in(self, place: Place, parent: str) -> bool:
        key = fold(parent)
        if place.admin2 and key in fold(place.admin2):
            return True
        ids = {place.country and f"iso:{place.country}", place.admin1 and f"iso:{place.admin1}"}
        return any(candidate.place.id in ids for candidate in self._gazetteer.search(parent, limit=50))

    def _answer(
        self, places: list[Place], *, exactly_one: bool, limit: int | None
    ) -> Location | list[Location] | None:
        shown = places[: 1 if exactly_one else _most(limit)]
        return _pick([self._location(place) for place in shown], exactly_one, limit)

    def _location(self, place: Place) -> Location:
        names = [place.name, *(parent.name for parent in self._gazetteer.parents(place.id))]
        return Location(", ".join(names), (place.lat, place.lon, 0.0), asdict(place))


def _text(query: object) -> str:
    """Return the query as one text, the place before what holds it."""
    if isinstance(query, str):
        return query
    if not isinstance(query, Mapping):
        raise GeocoderQueryError(f"a query is a text or a dict, not {type(query).__name__}")
    unknown = sorted(str(key) for key in query if key not in FIELDS)
    if unknown:
        raise GeocoderQueryError(
            f"unknown keys of a query: {', '.join(unknown)}; known are {', '.join(FIELDS)}"
        )
    return ", ".join(str(query[key]).strip() for key in FIELDS if query.get(key))


def _codes(given: str | Iterable[str] | None) -> set[str]:
    codes = given.split(",") if isinstance(given, str) else given or ()
    return {code.strip().upper() for code in codes if code.strip()}


def _most(limit: int | None) -> int:
    if limit is not None and limit < 1:
        raise ValueError("limit cannot be less than 1")
    return limit or _LIMIT


def _pick(found: list[Location], exactly_one: bool, limit: int | None) -> Location | list[Location] | None:
    """Geopy's answer: None for nothing, one location, or a list of them."""
    most = _most(limit)
    if not found:
        return None
    return found[0] if exactly_one else found[:most]
