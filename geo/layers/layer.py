"""A layer: rows, geometries and what its columns mean; a GeoDataFrame only when one is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from geo.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas
    from shapely.geometry.base import BaseGeometry

    from geo.layers.atlas import Atlas
    from geo.layers.tally import Tally


class Viewer(Protocol):
    """Draws layers on maps of folium."""

    def explore(self, layer: Layer, /, *args: Any, **options: Any) -> Any:
        """Return a map with the layer on it."""

    def add_to(self, layer: Layer, m: Any, name: str | None, /) -> Any:
        """Add the layer to a map and return what was added."""


CRS: Final = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layer: its name, type (str, int, float, bool, date), meaning and unit."""

    name: str
    type: str
    meaning: str


@dataclass(slots=True)
class Layer:
    """A named table with one geometry (or None) per row, in WGS 84, lon before lat.

    Attributes
    ----------
    name : str
        events, places, regions, claims, flows, unplaced.
    title : str
        For people.
    columns : tuple of Column
        In the order they are written.
    rows : list of dict
        Scalars only (str, int, float, bool, None); dates are ISO 8601 strings.
    geometry : list of shapely geometry or None
        As long as `rows`. None is "could not be placed", which exports keep as a null geometry. Those of regions and
        claims are made when they are first asked for (see `outline`): a page draws areas from its own ground.
    atlas : Atlas or None
        The gazetteer the layer was made with; what `explore` draws the ground from.
    tally : Tally or None
        Of the layer of events: numbers of all events, where there are too many of them for rows and only the
        newest have some (`geo.layers.build` with a ``limit``).
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: list[dict[str, Any]] = field(default_factory=list)
    geometry: list[BaseGeometry | None] = field(default_factory=list)
    atlas: Atlas | None = field(default=None, repr=False, compare=False)
    tally: Tally | None = field(default=None, repr=False, compare=False)
    _blank: dict[str, Any] = field(init=False, repr=False, compare=False)
    _later: Callable[[], list[BaseGeometry | None]] = field(init=False, repr=False, compare=False)
    viewer: ClassVar[Viewer | None] = None
    """What draws a layer on a map of folium; `geo.render` gives it, which layers know nothing of."""

    def __post_init__(self) -> None:
        self._blank = dict.fromkeys(column.name for column in self.columns)

    def add(self, geometry: BaseGeometry | None, **values: Any) -> None:
        """Append one row; columns that are not given are None.

        Raises
        ------
        KeyError
            A value is given for a column that the layer does not have.
        """
        row = self._blank | values
        if len(row) > len(self.columns):
            unknown = sorted(values.keys() - {column.name for column in self.columns})
            raise KeyError(f"layer {self.name} has no column {', '.join(unknown)}")
        self.rows.append(row)
        self.geometry.append(geometry)

    def outline(self, make: Callable[[], list[BaseGeometry | None]]) -> None:
        """Have the geometries of all rows made by a function, when they are first asked for."""
        self._later = make
        del self.geometry

    if not TYPE_CHECKING:  # or any name would pass for an attribute

        def __getattr__(self, name: str) -> Any:
            # comes here for a slot without a value: geometries that nobody has asked for yet
            if name != "geometry":
                raise AttributeError(f"a layer has no {name}")
            self.geometry = self._later()
            return self.geometry

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def frame(self) -> geopandas.GeoDataFrame:
        """The layer as a GeoDataFrame (EPSG:4326); also for an empty layer, with its columns."""
        import geopandas

        return geopandas.GeoDataFrame(
            {column.name: [row[column.name] for row in self.rows] for column in self.columns},
            geometry=geopandas.GeoSeries(self.geometry, crs=CRS),
            crs=CRS,
        )

    def explore(self, *args: Any, **options: Any) -> Any:
        """Draw the layer on a map of folium; options have the names of `geopandas.GeoDataFrame.explore`.

        See `geo.render.folium_layer.explore`: column, color, m, tiles, attr, tooltip, popup, name, show, style_kwds.
        """
        return self._viewer().explore(self, *args, **options)

    def add_to(self, m: Any, name: str | None = None) -> Any:
        """Add the layer to a map of folium; returns the folium layer, as `folium.Layer.add_to` does."""
        return self._viewer().add_to(self, m, name)

    @classmethod
    def _viewer(cls) -> Viewer:
        if cls.viewer is None:
            raise OptionError("to draw a layer, import geo.render first")
        return cls.viewer


def columns(*specs: Sequence[str]) -> tuple[Column, ...]:
    """Make columns from (name, type, meaning) triples."""
    return tuple(Column(*spec) for spec in specs)
