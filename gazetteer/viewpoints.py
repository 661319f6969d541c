"""Whose map it is: under which country disputed units are shown.

A viewpoint is nothing but other labels on the same outlines. ``default`` follows UN membership and UN resolutions,
``de-facto`` who administers, an ISO 3166-1 alpha-2 code that state's own law or practice; what a viewpoint has no row
for, it shows as the default does. ``docs/outlines.md`` has the table.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from gazetteer.errors import UnknownViewpointError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT: Final = "default"
DE_FACTO: Final = "de-facto"
_PART: Final = "part:"


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a viewpoint shows a disputed unit.

    Attributes
    ----------
    unit : str
        Id: ``cur:golan-heights``, ``iso:UA-43``.
    name : str
    viewpoint : str
    country : str or None
        ISO 3166-1 alpha-2, None for none.
    admin1 : str or None
        ISO 3166-2 of the unit it is shown in, where the viewpoint has one.
    holder : str or None
        English name of who is shown to hold it, where that has no ISO code.
    basis, source : str
        The act or resolution that the row rests on, and what it was taken from.
    """

    unit: str
    name: str
    viewpoint: str
    country: str | None
    admin1: str | None
    holder: str | None
    basis: str
    source: str


class Viewpoints:
    """The compiled table of disputed units; without a section only the default is known.

    Parameters
    ----------
    sections : mapping of str to memoryview
        The artefact's.
    """

    def __init__(self, sections: Mapping[str, memoryview]) -> None:
        self._section = sections.get("disputed")

    @cached_property
    def _table(self) -> dict[str, Any]:
        table: dict[str, Any] = {"units": {}, "views": {}, "members": {}, "said": {}}
        return table if self._section is None else table | json.loads(bytes(self._section))

    @property
    def names(self) -> tuple[str, ...]:
        """All viewpoints: the default, de-facto, then codes in order."""
        return (DEFAULT, *sorted(self._table["views"], key=lambda view: (view != DE_FACTO, view)))

    def check(self, viewpoint: str) -> str:
        """Return a viewpoint that is known, as it is spelled in the table.

        Raises
        ------
        UnknownViewpointError
            It is not; the message lists those that are.
        """
        known = {name.casefold(): name for name in self.names}
        try:
            return known[viewpoint.strip().casefold()]
        except (KeyError, AttributeError):
            raise UnknownViewpointError(
                f"no viewpoint {viewpoint!r}; known are {', '.join(self.names)}"
            ) from None

    def units(self) -> tuple[str, ...]:
        """Ids of all disputed units with an outline, sorted."""
        return tuple(sorted(self._table["units"]))

    def name(self, unit: str) -> str | None:
        """English name of a disputed unit, None for other ids."""
        row = self._table["units"].get(unit)
        return None if row is None else str(row["name"])

    def shown(self, unit: str, viewpoint: str = DEFAULT) -> Shown:
        """Where a viewpoint shows a disputed unit; its own row, else the default's.

        Raises
        ------
        KeyError
            There is no such unit.
        """
        base = self._table["units"][unit]
        row = self._table["views"].get(viewpoint, {}).get(unit)
        if row is None:
            return Shown(
                unit,
                base["name"],
                DEFAULT,
                base["country"] or None,
                None,
                None,
                base["basis"],
                base["source"],
            )
        country, admin1, holder = (row[name] or None for name in ("country", "admin1", "holder"))
        return Shown(unit, base["name"], viewpoint, country, admin1, holder, row["basis"], row["source"])

    # -- pieces of the outlines -------------------------------------------------------------------------

    @cached_property
    def _units_of(self) -> dict[str, list[str]]:
        """Disputed units that each piece belongs to, parts before units before countries."""
        held: dict[str, list[str]] = {}
        for unit in sorted(self._table["units"], key=_specific):
            for piece in self._table["units"][unit]["atoms"]:
                held.setdefault(piece, []).append(unit)
        return held

    def of_piece(self, piece: str, viewpoint: str) -> Shown | None:
        """Where a viewpoint shows a piece of the outlines, None for as the default does."""
        rows = self._table["views"].get(viewpoint, {})
        for unit in self._units_of.get(piece, ()):
            if unit in rows:
                return self.shown(unit, viewpoint)
        return None

    # -- places -----------------------------------------------------------------------------------------

    @cached_property
    def _part_of(self) -> dict[str, list[str]]:
        held: dict[str, list[str]] = {}
        for unit, members in self._table["members"].items():
            for place in members:
                held.setdefault(place, []).append(unit)
        return held

    def of_place(
        self, place_id: str, country: str | None, admin1: str | None, viewpoint: str
    ) -> Shown | None:
        """Where a viewpoint shows a place with that country and unit under the default, None for the same."""
        rows = self._table["views"].get(viewpoint, {})
        for unit in (*self._part_of.get(place_id, ()), f"iso:{admin1}", f"iso:{country}"):
            if unit in rows:
                return self.shown(unit, viewpoint)
        return None

    def moved_areas(self, viewpoint: str) -> tuple[str, ...]:
        """Ids of the units and countries that a viewpoint has a row for."""
        return tuple(unit for unit in self._table["views"].get(viewpoint, {}) if unit.startswith("iso:"))

    def moved_places(self, viewpoint: str) -> tuple[str, ...]:
        """Ids of the places in parts that a viewpoint has a row for."""
        members, rows = self._table["members"], self._table["views"].get(viewpoint, {})
        return tuple(place for unit in rows for place in members.get(unit, ()))

    @cached_property
    def filed_elsewhere(self) -> dict[str, str]:
        """Country that the source of a place states, by place id, where the default view shows another; "" for none."""
        said: dict[str, str] = self._table["said"]
        return said

    def said(self, place_id: str) -> str | None:
        """Country that the source of a place states where the default view shows another; None where they agree."""
        return self.filed_elsewhere.get(place_id)


def _specific(unit: str) -> tuple[int, str]:
    return (0 if unit.startswith("cur:") else 1 if "-" in unit else 2), unit
