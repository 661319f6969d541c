"""The basemap of a page: detail where the events are, coarse land around it, and outlines of areas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from geo.render import topology
from geo.render.island import clean
from geo.render.topology import Grid, Ring, Topology
from geo.render.unroll import Joined, unrolled, within
from geo.render.view import LIMIT, Box, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.layers.atlas import Atlas, BasemapLike

VERTICES: Final = 14_500
"""Most vertices of the outlines in the detailed box, before borders are shared (which halves them)."""
ROUGH: Final = 6_000
"""As many where there is nothing to show on it."""
SHARPNESS: Final = 2600
"""Widths of the focus in tolerances: about two zoom steps beyond what a wide screen shows first."""
WIDE: Final = 90.0
"""Widest box with first-level units, degrees."""
FAR_TOLERANCE: Final = 0.5
"""Tolerance of the land around the detailed box, degrees."""
FAR_STEP: Final = 0.25
"""About a step of the coarse land's own grid, degrees."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One polygon of the basemap with its label's position (lon, lat)."""

    id: str
    name: str
    country: str
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Country:
    """A country's label: ``size`` is the root of its area in square degrees, which says where it has room."""

    code: str
    name: str
    label: tuple[float, float]
    size: float


@dataclass(slots=True)
class Base:
    """Everything a map draws beneath its data, on one integer grid; that of ``far`` has steps of ``far_step``.

    ``units`` and ``topology.units`` are in the same order: first-level units, then countries that have
    none. ``far`` are rings of land outside the detailed box; ``shapes`` outlines of areas that are no unit.
    """

    grid: Grid
    frame: tuple[int, int, int, int]
    topology: Topology
    units: list[Unit]
    countries: list[Country]
    lakes: list[Ring] = field(default_factory=list)
    rivers: list[Ring] = field(default_factory=list)
    far: list[Ring] = field(default_factory=list)
    far_step: int = 1
    shapes: dict[str, list[Ring]] = field(default_factory=dict)

    def lines(self) -> dict[str, list[int]]:
        """Arc numbers by what they are: border of countries, unit line within one, coast, cut by the box."""
        found: dict[str, list[int]] = {"border": [], "unit": [], "coast": [], "cut": []}
        for number, arc in enumerate(self.topology.arcs):
            owners = {self.units[owner].country for owner in self.topology.owners[number]}
            if len(self.topology.owners[number]) > 1:
                found["border" if len(owners) > 1 else "unit"].append(number)
            else:
                found["cut" if topology.on_frame(arc, self.frame) else "coast"].append(number)
        return found

    def rings(self, area: str) -> list[Ring]:
        """Closed rings of a unit, a country (all its units) or another outline; empty for an unknown one."""
        if area in self.shapes:
            return self.shapes[area]
        country = area.removeprefix("iso:")
        chosen = [n for n, unit in enumerate(self.units) if unit.id == area] or [
            n for n, unit in enumerate(self.units) if unit.country == country
        ]
        return [self.topology.ring(ring) for n in chosen for ring in self.topology.units[n]]


def base(gaz: Atlas, view: View, areas: Iterable[str] = ()) -> Base:
    """Make the basemap of a view.

    Parameters
    ----------
    gaz : gazetteer
    view : View
    areas : ids
        Areas that will be drawn (of claims and events); those that are no unit of the detailed box get their
        own outline, where the gazetteer has one.
    """
    box = view.detail
    tolerance = max(view.focus[2] - view.focus[0], 1.5 * (view.focus[3] - view.focus[1])) / SHARPNESS
    source, tolerance = _source(gaz, box, tolerance, ROUGH if view.empty else VERTICES)
    grid = Grid(box[0], box[1], max(tolerance / 2, 1e-4))
    made = _detail(gaz, source, grid, box)
    if box[2] - box[0] < 300:
        made.far_step = max(round(FAR_STEP / grid.step), 1)
        made.far = _far(gaz, grid, box, made.far_step)
    _add_shapes(made, gaz, areas, tolerance, box)
    return made


def _source(gaz: Atlas, box: Box, tolerance: float, most: int) -> tuple[BasemapLike, float]:
    """Basemap of a box that has no more than `most` vertices, and its tolerance.

    A box wider than a continent has no first-level units: countries, sharp, say more than a mosaic of coarse units.
    Only what is counted is made to find the tolerance, the rest once.
    """
    units = "admin1" if box[2] - box[0] <= WIDE else "countries"
    for _ in range(10):
        drawn, found = tolerance, unrolled(gaz, box, tolerance, [units])
        if units == "admin1" and not found.admin1:
            units = "countries"
            found = unrolled(gaz, box, tolerance, [units])
        if _vertices(found) <= most:
            break
        tolerance *= 1.5
    rest = unrolled(gaz, box, drawn, {"lakes", "rivers", "countries"} - {units})
    countries = found.countries if units == "countries" else rest.countries
    return Joined(None, rest.lakes, rest.rivers, [*countries], found.admin1), tolerance


def _detail(gaz: Atlas, source: BasemapLike, grid: Grid, box: Box) -> Base:
    listed = [(id_, name, _country(id_), shape) for id_, name, shape in source.admin1]
    held = {country for _, _, country, _ in listed}
    listed += [
        (f"iso:{code}", name, code, shape) for code, name, shape in source.countries if code not in held
    ]
    rings, units = [], []
    for id_, name, country, shape in listed:
        if found := topology.rings_of(shape, grid):
            rings.append(found)
            units.append(Unit(id_, _name(gaz, id_, name), country, label_point(shape)))
    frame = (*grid.snap(box[0], box[1]), *grid.snap(box[2], box[3]))
    made = Base(grid, frame, topology.build(rings, frame), units, [])
    shown = sorted(source.countries, key=lambda row: (-row[2].area, row[0]))
    made.countries = [
        Country(code, _name(gaz, f"iso:{code}", name), label_point(shape), round(shape.area**0.5, 2))
        for code, name, shape in shown
        if not shape.is_empty
    ]
    made.lakes = topology.rings_of(_gathered(source.lakes), grid)
    made.rivers = topology.lines_of(_gathered(source.rivers), grid)
    return made


def _name(gaz: Atlas, place_id: str, name: str) -> str:
    """Display name of a unit: the gazetteer's where the basemap only has the id; "" for no place of it."""
    if name != place_id:
        return name
    try:
        return gaz.get(place_id).name
    except KeyError:
        return ""


def _vertices(source: BasemapLike) -> int:
    from shapely import get_num_coordinates

    shapes = [shape for _, _, shape in source.admin1 or source.countries]
    return int(sum(get_num_coordinates(shapes)))


def _country(unit_id: str) -> str:
    """``iso:UA-65`` -> UA."""
    return unit_id.removeprefix("iso:").partition("-")[0]


def _gathered(shapes: Any) -> BaseGeometry | None:
    """Lakes or rivers as one geometry, whether they come as one, as a list or as (name, geometry) rows."""
    if shapes is None or hasattr(shapes, "geom_type"):
        return cast("BaseGeometry | None", shapes)
    from shapely import GeometryCollection

    return GeometryCollection([row[-1] if isinstance(row, tuple) else row for row in shapes])


def label_point(shape: BaseGeometry) -> tuple[float, float]:
    """Point inside the largest part of a shape, for its label: lon, lat."""
    largest = max(topology.polygons(shape), key=lambda polygon: polygon.area, default=None)
    if largest is None:
        return 0.0, 0.0
    centre = largest.centroid
    point = centre if largest.contains(centre) else largest.representative_point()
    return round(point.x, 3), round(point.y, 3)


def _far(gaz: Atlas, grid: Grid, box: Box, step: int) -> list[Ring]:
    """Rings of the world's land outside the detailed box, coarse.

    Cut by rectangles around the box, not by an overlay: coarse outlines may touch themselves.
    """
    from shapely import clip_by_rect

    west, south, east, north = box
    if east > 180:
        whole = (east - 360, -LIMIT, east, LIMIT)
        land = unrolled(gaz, whole, FAR_TOLERANCE, ["land"]).land
        beside = [(east - 360, -LIMIT, west, LIMIT)]
    else:
        land = gaz.basemap((-180.0, -LIMIT, 180.0, LIMIT), FAR_TOLERANCE, parts=["land"]).land
        beside = [(-180.0, -LIMIT, west, LIMIT), (east, -LIMIT, 180.0, LIMIT)]
    sides = [*beside, (west, -LIMIT, east, south), (west, north, east, LIMIT)]
    coarse = Grid(grid.west, grid.south, grid.step * step)
    found = []
    for x0, y0, x1, y1 in sides:
        if land is None or x1 <= x0 or y1 <= y0:
            continue
        rings = topology.rings_of(clip_by_rect(land, x0, y0, x1, y1), coarse)
        found += [
            [(x * step, y * step) for x, y in ring] for ring in rings if _extent(ring) * coarse.step > 0.6
        ]
    return found


def _extent(ring: Ring) -> int:
    """Greater side of a ring's box, grid units."""
    xs, ys = zip(*ring, strict=True)
    return int(max(max(xs) - min(xs), max(ys) - min(ys)))


def _add_shapes(made: Base, gaz: Atlas, areas: Iterable[str], tolerance: float, box: Box) -> None:
    drawn = {unit.id for unit in made.units} | {f"iso:{unit.country}" for unit in made.units}
    for area in sorted(set(areas) - drawn):
        outline = gaz.region(area)
        if outline is None or outline.is_empty:
            continue
        clipped = within(outline, box)
        if rings := topology.rings_of(clipped.simplify(tolerance), made.grid):
            made.shapes[area] = rings


def base_data(made: Base) -> dict[str, Any]:
    """The basemap, its arcs and rings encoded."""
    return {
        "grid": [made.grid.west, made.grid.south, made.grid.step],
        "arcs": [topology.encode(arc) for arc in made.topology.arcs],
        "frame": list(made.frame),
        "units": [[u.id, clean(u.name), *_near(u.label)] for u in made.units],
        "rings": [" ".join(_numbers(ring) for ring in rings) for rings in made.topology.units],
        "countries": [[clean(c.name), *_near(c.label), round(c.size, 1)] for c in made.countries],
        "lakes": [topology.encode(ring) for ring in made.lakes],
        "rivers": [topology.encode(line) for line in made.rivers],
        "far": [
            topology.encode([(x // made.far_step, y // made.far_step) for x, y in ring]) for ring in made.far
        ],
        "far_step": made.far_step,
        "shapes": {area: [topology.encode(ring) for ring in rings] for area, rings in made.shapes.items()},
    }


def _near(label: tuple[float, float]) -> tuple[float, float]:
    """Position of a label, to a hundredth of a degree."""
    return round(label[0], 2), round(label[1], 2)


def _numbers(ring: Sequence[int]) -> str:
    """Arc numbers of a ring; most follow on each other, so that their differences are short."""
    return topology.encode([(number,) for number in ring])
