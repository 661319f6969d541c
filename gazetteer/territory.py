"""What a gazetteer knows about areas: outlines, viewpoints, claims, control and recognition."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gazetteer.errors import UnknownPlaceError
from gazetteer.viewpoints import DEFAULT, Viewpoints

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import geopandas
    from shapely.geometry.base import BaseGeometry

    from gazetteer.basemap import Basemap
    from gazetteer.regions import Regions
    from gazetteer.types import Claim, Control, Located, Place, Recognition
    from gazetteer.viewpoints import Shown


class Territory:
    """The part of `gazetteer.Gazetteer` that is about areas; every call takes a viewpoint of its own too.

    Where ``viewpoint`` is None the one that the gazetteer was opened with is used; answers state which it was.
    """

    _sections: Mapping[str, memoryview]
    viewpoint: str

    def _set_viewpoint(self, viewpoint: str) -> None:
        self.viewpoint = DEFAULT if viewpoint == DEFAULT else self.viewpoints.check(viewpoint)

    def _chosen(self, viewpoint: str | None) -> str:
        if viewpoint is None or viewpoint == self.viewpoint:
            return self.viewpoint
        return self.viewpoints.check(viewpoint)

    def get(self, place_id: str) -> Place:
        """Return the place with that id."""
        raise NotImplementedError

    # -- viewpoints -------------------------------------------------------------------------------------

    @cached_property
    def viewpoints(self) -> Viewpoints:
        """Disputed units and where each viewpoint shows them; ``viewpoints.names`` lists the known ones."""
        return Viewpoints(self._sections)

    def shown(self, unit: str, viewpoint: str | None = None) -> Shown:
        """Return where a viewpoint shows a disputed unit, with the basis; `viewpoints.units` has the ids.

        Raises
        ------
        UnknownPlaceError
            No disputed unit has that id.
        """
        try:
            return self.viewpoints.shown(unit, self._chosen(viewpoint))
        except KeyError:
            raise UnknownPlaceError(f"no disputed unit has the id {unit!r}") from None

    def seen(self, place: Place, viewpoint: str | None = None) -> Place:
        """Return a place of this gazetteer as a viewpoint shows it."""
        chosen = self._chosen(viewpoint)
        if chosen == place.viewpoint:
            return place
        below = place if place.viewpoint == DEFAULT else self._unshifted(place.id)
        return below if chosen == DEFAULT else self._shift(below, chosen)

    def _unshifted(self, place_id: str) -> Place:
        raise NotImplementedError

    def _shift(self, place: Place, viewpoint: str) -> Place:
        """A place of the default view under another."""
        found = (
            self.viewpoints.of_place(place.id, place.country, place.admin1, viewpoint)
            if place.country
            else None
        )
        if found is None:
            return replace(place, viewpoint=viewpoint)
        admin1 = place.admin1 if place.kind == "admin1" else found.admin1
        return replace(place, country=found.country, admin1=admin1, viewpoint=viewpoint, holder=found.holder)

    def _note(self, place: Place) -> str:
        """What is said of a place whose source states another country than the viewpoint shows."""
        said = self.viewpoints.said(place.id)
        if said is None or said == place.country:
            return ""
        here = place.country or "no country"
        return f"shown in {here} ({self.viewpoint} viewpoint), filed under {said} by its source"

    # -- outlines -------------------------------------------------------------------------------------

    @cached_property
    def outlines(self) -> Regions:
        """Outlines, and what lies within them."""
        from gazetteer.regions import Regions

        return Regions(self._sections, json.loads(bytes(self._sections["units"])), self._display_name)

    def _display_name(self, place_id: str) -> str:
        try:
            return self.get(place_id).name
        except UnknownPlaceError:  # an outline of what no source names
            return self.viewpoints.name(place_id) or place_id

    def region(self, place_id: str, *, viewpoint: str | None = None) -> BaseGeometry | None:
        """Outline of a country, first-level unit or disputed part (WGS 84, lon before lat), None where there is none.

        A viewpoint that does not show a country or unit has none for it.
        """
        return self.outlines.geometry(place_id, self._chosen(viewpoint))

    def regions(self, country: str | None = None, *, viewpoint: str | None = None) -> list[str]:
        """Ids of the first-level units that have an outline, of one country or of all."""
        return self.outlines.units(country, self._chosen(viewpoint))

    def within(self, lon: Any, lat: Any, *, viewpoint: str | None = None) -> Located | list[Located]:
        """Country and first-level unit of a point, or of arrays of points (lon before lat, degrees)."""
        found: Located | list[Located] = self.outlines.within(lon, lat, self._chosen(viewpoint))
        return found

    def basemap(
        self,
        bbox: Sequence[float],
        tolerance: float,
        *,
        viewpoint: str | None = None,
        parts: Collection[str] | None = None,
    ) -> Basemap:
        """Land, water, countries and units within (west, south, east, north), simplified to `tolerance` degrees.

        `parts` are those of `gazetteer.basemap.PARTS` that are wanted, by default all.
        """
        return self.outlines.basemap(bbox, tolerance, self._chosen(viewpoint), parts)

    # -- claims, control, recognition -----------------------------------------------------------------

    @cached_property
    def _all_claims(self) -> tuple[Claim, ...]:
        from gazetteer.claims import from_json

        return tuple(from_json(json.loads(bytes(self._sections["claims"]))))

    @cached_property
    def _relations(self) -> tuple[list[Control], list[Recognition]]:
        from gazetteer.claims import relations_from_json

        section = self._sections.get("relations")
        return relations_from_json(json.loads(bytes(section))) if section is not None else ([], [])

    def claim_records(self, as_of: str | None = None) -> tuple[Claim, ...]:
        """Claims that stand on a day (ISO date), or all that are known."""
        return tuple(claim for claim in self._all_claims if as_of is None or claim.stands_on(as_of))

    def claims(self, as_of: str | None = None, *, viewpoint: str | None = None) -> geopandas.GeoDataFrame:
        """Claims as a GeoDataFrame, one row per claim and outline (EPSG:4326).

        Claims are the same from every viewpoint; ``shown_under`` has the country that the viewpoint shows each outline
        under, ``attrs["viewpoint"]`` which one it was.
        """
        from gazetteer.claims import claims_frame

        chosen = self._chosen(viewpoint)
        return claims_frame(
            self.claim_records(as_of), self._whole, lambda key: self._under(key, chosen), chosen
        )

    def control_records(self, as_of: str | None = None) -> tuple[Control, ...]:
        """Who holds which territory on a day (ISO date), or all that is known; no statement of right."""
        from gazetteer.claims import select_control

        return select_control(self._relations[0], as_of)

    def control(self, as_of: str | None = None, *, viewpoint: str | None = None) -> geopandas.GeoDataFrame:
        """`control_records` as a GeoDataFrame, one row per record and outline (EPSG:4326)."""
        from gazetteer.claims import control_frame

        chosen = self._chosen(viewpoint)
        return control_frame(
            self.control_records(as_of), self._whole, lambda key: self._under(key, chosen), chosen
        )

    def recognition(
        self, as_of: str | None = None, *, claim: str | None = None, state: str | None = None
    ) -> tuple[Recognition, ...]:
        """States that recognise claims on a day, or all that are on record; of one claim's id, by one state."""
        from gazetteer.claims import select_recognition

        return select_recognition(self._relations[1], as_of, claim=claim, state=state)

    def _whole(self, key: str) -> BaseGeometry | None:
        """Outline of what a claim names, the same from every viewpoint."""
        return self.region(key, viewpoint=DEFAULT)

    def _under(self, key: str, viewpoint: str) -> str | None:
        """Country that a viewpoint shows a unit, country or disputed part under."""
        if key in self.viewpoints.units():
            shown = self.viewpoints.shown(key, viewpoint)
            return shown.country or shown.holder
        try:
            return self.seen(self.get(key), viewpoint).country
        except UnknownPlaceError:
            return None
