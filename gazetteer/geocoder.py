"""A geopy geocoder over the offline gazetteer, so that ``geopandas.tools.geocode`` works without a network.

>>> from gazetteer.geocoder import GazetteerGeocoder
>>> GazetteerGeocoder().geocode("Paris, Texas").address
'Paris, Texas, United States'
>>> GazetteerGeocoder().geocode("no such place") is None
True
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.names import fold
from gazetteer.store import Gazetteer, open  # noqa: A004  (gazetteer.open)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer.types import Candidate, Place


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """Geocode and reverse by geopy's conventions (lat before lon in points, None where nothing is found).

    Parameters
    ----------
    path : path-like, optional
        A compiled gazetteer; by default the world that the package carries.
    gazetteer : Gazetteer, optional
        One that is open already.
    timeout, user_agent : optional
        Accepted as by every geopy geocoder and without effect: nothing goes over a network.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        gazetteer: Gazetteer | None = None,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent)
        self._gazetteer = gazetteer if gazetteer is not None else open(path)

    def geocode(
        self,
        query: str,
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
        query : str
            A name, with its parents after commas where it needs them: "Paris, Texas", "Kherson, Ukraine".
        exactly_one : bool, default True
            One location (or None) instead of a list (or None).
        limit : int, optional
            At most so many where `exactly_one` is false; 10 by default.
        country_codes : str or iterable of str, optional
            ISO 3166-1 alpha-2, as geopy's Nominatim has it.
        fuzzy : bool, default False
            Also names one or two edits away.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            The query is empty.
        """
        name, *parents = [part.strip() for part in query.split(",") if part.strip()] or [""]
        if not fold(name):
            raise GeocoderQueryError("the query is empty")
        wanted = {country_codes} if isinstance(country_codes, str) else set(country_codes or ())
        wanted = {code.upper() for code in wanted}
        found = [
            candidate
            for candidate in self._found(query, name, parents, fuzzy=fuzzy)
            if not wanted or candidate.place.country in wanted
        ]
        return self._answer([c.place for c in found], exactly_one=exactly_one, limit=limit)

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
        """
        point = query if isinstance(query, Point) else Point(query)
        places = self._gazetteer.nearest(
            point.longitude, point.latitude, limit=1 if exactly_one else limit or 10
        )
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
        locations = [self._location(place) for place in places[: 1 if exactly_one else limit or 10]]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def _location(self, place: Place) -> Location:
        names = [place.name, *(parent.name for parent in self._gazetteer.parents(place.id))]
        return Location(", ".join(names), (place.lat, place.lon, 0.0), asdict(place))
