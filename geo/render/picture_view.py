"""The projection of a picture: chosen by what it shows, the same distance in all directions at its middle.

Everything is projected before it is drawn, in units of a degree of latitude at the middle (111.2 km), so that what
draws it needs to know nothing of the projection.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians
from typing import TYPE_CHECKING, Any, Final

from geo.render.view import WORLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer

Box = tuple[float, float, float, float]

UNIT: Final = 111_195.0
"""Metres in a degree of latitude on a sphere of 6,371 km: the unit of a picture."""
WHOLE: Final = 100.0
"""A box wider or higher than this, degrees of latitude, is drawn as part of the whole world."""
WIDE: Final = 18.0
"""From this width a box in middle latitudes gets a cone, which keeps its parallels apart."""
STEP: Final = 1.0
"""Longest edge that stays straight, degrees."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A basemap in the units of a picture."""

    land: Any
    lakes: Any
    rivers: Any
    countries: list[tuple[str, str, Any]]
    admin1: list[tuple[str, str, Any]]


class View:
    """A projection and its inverse.

    Attributes
    ----------
    name : str
        laea (azimuthal, Lambert), aea (cone, Albers) or eqearth (the world, Equal Earth); all equal-area.
    """

    def __init__(self, box: Box) -> None:
        from pyproj import Transformer

        self.name, text = choose(box)
        definition = f"{text} +R=6371000 +to_meter={UNIT} +no_defs"
        source = "+proj=longlat +R=6371000 +no_defs"
        self._there = Transformer.from_crs(source, definition, always_xy=True)
        self._back = Transformer.from_crs(definition, source, always_xy=True)

    def points(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        """Project degrees (arrays)."""
        x, y = self._there.transform(lon, lat)
        return x, y

    def shape(self, geometry: Any) -> Any:
        """Project a geometry; long edges bend. None for None."""
        import numpy as np
        import shapely

        if geometry is None or geometry.is_empty:
            return geometry
        bent = geometry if geometry.geom_type == "Point" else shapely.segmentize(geometry, STEP)
        made = shapely.transform(bent, self.points, interleaved=False)
        if not np.isfinite(shapely.get_coordinates(made)).all():
            return None
        return made

    def box(self, box: Box) -> Box:
        """Box around a box of degrees."""
        import numpy as np

        x, y = self.points(*_rim(box))
        kept = np.isfinite(x) & np.isfinite(y)
        return float(x[kept].min()), float(y[kept].min()), float(x[kept].max()), float(y[kept].max())

    def degrees(self, box: Box) -> Box:
        """Degrees that cover a box of the picture, at most the world."""
        import numpy as np

        lon, lat = self._back.transform(*_rim(box))
        known = np.isfinite(lon) & np.isfinite(lat)
        if self.name == "eqearth" or not known.all():
            return WORLD_BOX
        west, east = float(lon.min()), float(lon.max())
        south, north = float(lat.min()), float(lat.max())
        for pole in (-90.0, 90.0):
            x, y = self.points(0.0, pole)
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                west, east = -180.0, 180.0
                south, north = min(south, pole), max(north, pole)
        if east - west > 180:  # it goes across the antimeridian
            west, east = -180.0, 180.0
        return west, max(south, -90.0), east, min(north, 90.0)

    def layers(self, layers: Mapping[str, Layer]) -> dict[str, Layer]:
        """Project all layers: their geometries, and the columns ``lon`` and ``lat``."""
        return {name: self._layer(layer) for name, layer in layers.items()}

    def _layer(self, layer: Layer) -> Layer:
        rows = layer.rows
        if any(column.name == "lon" for column in layer.columns):
            rows = [self._row(row) for row in rows]
        return replace(layer, rows=rows, geometry=[self.shape(shape) for shape in layer.geometry])

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        if row["lon"] is None:
            return row
        x, y = self.points(row["lon"], row["lat"])
        return row | {"lon": x, "lat": y}


WORLD_BOX: Final = (-180.0, -90.0, 180.0, 90.0)


class Projected:
    """A gazetteer whose basemap is in the units of a picture."""

    def __init__(self, gaz: Atlas, view: View) -> None:
        self.gaz, self.view = gaz, view

    def get(self, place_id: str, /) -> Place:
        """Return the place, as the gazetteer has it."""
        return self.gaz.get(place_id)

    def basemap(self, box: Box, tolerance: float, /) -> Ground:
        """Basemap for a box of the picture."""
        import shapely

        found = self.gaz.basemap(self.view.degrees(box), tolerance)
        land = found.land
        if land is not None and not land.is_valid:
            land = shapely.make_valid(land)
        return Ground(
            self.view.shape(land),
            [self.view.shape(shape) for shape in _each(found.lakes)],
            [self.view.shape(shape) for shape in _each(found.rivers)],
            [(code, name, self.view.shape(shape)) for code, name, shape in found.countries],
            [(code, name, self.view.shape(shape)) for code, name, shape in found.admin1],
        )


def choose(box: Box) -> tuple[str, str]:
    """Choose a projection for a box of degrees: its short name, and its definition for PROJ.

    Examples
    --------
    >>> choose((22, 44, 40, 52))[0], choose((-10, 35, 30, 60))[0], choose(WORLD)[0], choose((0, 70, 90, 88))[0]
    ('laea', 'aea', 'eqearth', 'laea')
    """
    west, south, east, north = box
    lon, lat = (west + east) / 2, (south + north) / 2
    wide = (east - west) * cos(radians(lat))
    if wide > WHOLE or north - south > WHOLE or box == WORLD:
        return "eqearth", "+proj=eqearth +lon_0=0"  # another middle would cut land in two and smear it
    if wide > WIDE and 20 <= abs(lat) <= 65 and south * north > 0:
        step = (north - south) / 6
        low, high = round(south + step, 3), round(north - step, 3)
        return "aea", f"+proj=aea +lat_0={lat:.3f} +lon_0={lon:.3f} +lat_1={low} +lat_2={high}"
    return "laea", f"+proj=laea +lat_0={lat:.3f} +lon_0={lon:.3f}"


def scale_bar(width: float) -> tuple[float, int]:
    """Length of a scale bar: a round number of kilometres, at most a quarter of the width.

    Parameters
    ----------
    width : float
        Of the map, in units of a picture.

    Returns
    -------
    (float, int)
        Units of the picture, and kilometres.

    Examples
    --------
    >>> scale_bar(10)[1], scale_bar(1)[1], scale_bar(0.01)[1]
    (200, 20, 1)
    """
    most = width * UNIT / 1000 / 4
    lengths = [step * 10**power for power in range(5) for step in (1, 2, 5)]
    km = max((length for length in lengths if length <= most), default=1)
    return km * 1000 / UNIT, km


def _rim(box: Box, steps: int = 41) -> tuple[Any, Any]:
    """Points of a grid over a box: its rim, and its inside where curves may reach farther."""
    import numpy as np

    x, y = np.meshgrid(np.linspace(box[0], box[2], steps), np.linspace(box[1], box[3], steps))
    return x.ravel(), y.ravel()


def _each(shapes: Any) -> Sequence[Any]:
    if shapes is None:
        return []
    return (
        [shapes]
        if hasattr(shapes, "geom_type")
        else [row[-1] if isinstance(row, tuple) else row for row in shapes]
    )
