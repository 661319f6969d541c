"""What the layers and the page ask of a gazetteer, as protocols: they are handed one and never open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.types import Claim, Place


class BasemapLike(Protocol):
    """Shapely geometries in WGS 84 degrees, clipped to the box that was asked for."""

    @property
    def land(self) -> BaseGeometry | None: ...  # noqa: D102
    @property
    def lakes(self) -> Any: ...  # noqa: D102
    @property
    def rivers(self) -> Any: ...  # noqa: D102
    @property
    def countries(self) -> Sequence[tuple[str, str, BaseGeometry]]: ...  # noqa: D102
    @property
    def admin1(self) -> list[tuple[str, str, BaseGeometry]]: ...  # noqa: D102


class Atlas(Protocol):
    """The part of `gazetteer.Gazetteer` that layers and the page use."""

    @property
    def viewpoint(self) -> str:
        """Whose view of disputed areas it shows: default, de-facto or a country's code."""

    def get(self, place_id: str, /) -> Place:
        """Return the place; KeyError where there is none."""

    def region(self, region_id: str, /) -> BaseGeometry | None:
        """Outline of a country or first-level unit, None where there is none."""

    def claim_records(self, as_of: Any = None, /) -> tuple[Claim, ...]:
        """Return the claims made on a day, or all known."""

    def basemap(
        self,
        bbox: tuple[float, float, float, float],
        tolerance: float,
        /,
        *,
        parts: Collection[str] | None = None,
    ) -> BasemapLike:
        """Land, lakes, rivers, countries and first-level units within (west, south, east, north).

        Where `parts` (names of the attributes) are given, the others are empty.
        """

    def info(self) -> Mapping[str, Any]:
        """Versions, licences and the attribution line."""


def outlines(gaz: Atlas, ids: Sequence[str]) -> list[BaseGeometry | None]:
    """Outlines of countries and units, in the order of `ids`."""
    return [gaz.region(one) for one in ids]
