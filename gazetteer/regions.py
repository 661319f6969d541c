"""Where a point lies, and what to draw beneath a map: the read side of the outlines.

Everything here comes from one coverage under the default viewpoint (see ``docs/outlines.md``), so a country's line
is its units' line at every scale.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np

from gazetteer.lines import Lines
from gazetteer.topology import Outlines
from gazetteer.types import Located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

NEAR_KM: Final = 5.0
"""How far from an outline a point may lie and still be placed in it: coasts are generalised."""

_KM_PER_DEGREE: Final = 111.195
_LAND: Final = "land:"
_REST: Final = "rest:"
_NOBODY: Final = "none:"
_MANY: Final = 2000
_NOWHERE: Final = Located(None, None, "none")


@dataclass(frozen=True, slots=True)
class Basemap:
    """Shapes beneath a map, clipped to a box and simplified; neighbours share edges.

    Attributes
    ----------
    land : MultiPolygon
        All land, lakes included.
    lakes : list of Polygon or MultiPolygon
    rivers : list of (str, MultiLineString)
        Id (``cur:dnipro-river``) where the river is known, "" where not.
    countries : list of (str, str, geometry)
        ISO 3166-1 code, display name, outline.
    admin1 : list of (str, str, geometry)
        Id of the first-level unit, display name, outline.
    """

    land: BaseGeometry
    lakes: list[BaseGeometry] = field(default_factory=list)
    rivers: list[tuple[str, BaseGeometry]] = field(default_factory=list)
    countries: list[tuple[str, str, BaseGeometry]] = field(default_factory=list)
    admin1: list[tuple[str, str, BaseGeometry]] = field(default_factory=list)


class Regions:
    """Outlines under the default viewpoint.

    Parameters
    ----------
    sections : mapping of str to memoryview
        The artefact's; only those of the outlines are used.
    units : iterable of (id, country, GeoNames code)
        All first-level units, also those without an outline.
    name : callable, optional
        Display name of an id; the id itself where not given.
    """

    def __init__(
        self,
        sections: Mapping[str, memoryview],
        units: Iterable[Sequence[str]],
        name: Callable[[str], str] | None = None,
    ) -> None:
        self._outlines = Outlines(sections)
        self._country = {row[0]: row[1] for row in units if row[0] in self._outlines}
        self._name = name or (lambda key: key)
        self._lakes = Lines("lake", sections)
        self._rivers = Lines("river", sections)

    def units(self, country: str | None = None) -> list[str]:
        """Ids of the first-level units that have an outline, sorted; of one country or of all."""
        return sorted(key for key, code in self._country.items() if country in (None, code))

    def geometry(self, key: str) -> BaseGeometry | None:
        """Outline of a country or unit (MultiPolygon), line of a river; None where there is none."""
        if key in self._outlines:
            return self._outlines.geometry(key)
        return self._river_lines.get(key)

    @cached_property
    def _river_lines(self) -> dict[str, BaseGeometry]:
        return self._rivers.lines()

    # -- points -----------------------------------------------------------------------------------------

    @cached_property
    def _pieces(self) -> list[str]:
        """Ids that together cover all land without overlapping."""
        return [
            key for key in self._outlines.ids() if key in self._country or key.startswith((_REST, _NOBODY))
        ]

    @cached_property
    def _located(self) -> dict[str, list[Located]]:
        """Answers by method and piece, made once: they are frozen."""
        return {
            method: [self._answer(key, method) for key in self._pieces] for method in ("inside", "nearest")
        }

    def _answer(self, key: str, method: str) -> Located:
        if key.startswith(_NOBODY):
            return Located(None, None, method)
        if key.startswith(_REST):
            return Located(key.removeprefix(_REST), None, method)
        return Located(self._country[key], key.partition(":")[2], method)

    @cached_property
    def _few(self) -> _Index:
        """For a few points: pieces by the boxes that are stored, each decoded and prepared when it is met."""
        import shapely

        shapes: dict[int, BaseGeometry] = {}

        def shape(number: int) -> BaseGeometry:
            if number not in shapes:
                shapes[number] = self._outlines.geometry(self._pieces[number])
                shapely.prepare(shapes[number])
            return shapes[number]

        boxes = self._outlines.boxes(self._pieces)
        frames: Any = shapely.box(*boxes.T)
        return _Index(shapely.STRtree(frames), np.arange(len(boxes)), shape)

    @cached_property
    def _many(self) -> _Index:
        """For many points: every island and exclave has its own box, after a third of a second."""
        import shapely

        parts, owner = shapely.get_parts(self._outlines.geometries(self._pieces), return_index=True)
        shapely.prepare(parts)
        return _Index(shapely.STRtree(parts), owner, parts.__getitem__)

    @overload
    def within(self, lon: float, lat: float) -> Located: ...
    @overload
    def within(self, lon: ArrayLike, lat: ArrayLike) -> Located | list[Located]: ...

    def within(self, lon: Any, lat: Any) -> Located | list[Located]:
        """Country and first-level unit of points.

        Parameters
        ----------
        lon, lat : float or array_like of float
            WGS 84 degrees; longitudes beyond 180 are wrapped. Not a number is nowhere.

        Returns
        -------
        Located or list of Located
            One for a pair of numbers, a list for arrays. Inside an outline first; else the nearest outline
            within `NEAR_KM`; else method "none".
        """
        lons, lats = np.broadcast_arrays(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        flat = lons.ravel(), lats.ravel()
        pieces, near = self._locate(
            np.where(np.abs(flat[0]) > 180, (flat[0] + 180) % 360 - 180, flat[0]), flat[1]
        )
        inside, nearest = self._located["inside"], self._located["nearest"]
        found = [
            _NOWHERE if piece < 0 else (nearest if far else inside)[piece]
            for piece, far in zip(pieces.tolist(), near.tolist(), strict=True)
        ]
        return found if lons.ndim else found[0]

    def _locate(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return the piece of each point, -1 for none, and whether it is only near."""
        import shapely

        index = self._few if len(lon) < _MANY else self._many
        piece = np.full(len(lon), -1, dtype=np.intp)
        for number, members in index.pairs(shapely.points(lon, lat)):
            open_ = members[piece[members] < 0]
            if len(open_):
                hit = shapely.intersects_xy(index.shape(number), lon[open_], lat[open_])
                piece[open_[hit]] = index.owner[number]
        near = np.zeros(len(lon), dtype=bool)
        left = np.flatnonzero((piece < 0) & np.isfinite(lon) & np.isfinite(lat))
        if len(left):
            piece[left] = _nearest(index, lon[left], lat[left])
            near[left] = piece[left] >= 0
        return piece, near

    # -- basemap ----------------------------------------------------------------------------------------

    def basemap(self, bbox: Sequence[float], tolerance: float) -> Basemap:
        """Shapes beneath a map.

        Parameters
        ----------
        bbox : (west, south, east, north)
            WGS 84 degrees. Where west is greater than east, or east beyond 180, the box crosses the antimeridian,
            and what lies beyond it comes with 360 added to its longitudes.
        tolerance : float
            In degrees; the coarsest stored level that is no coarser is used, and areas below its square are left
            out, save the largest of each country and unit.

        Returns
        -------
        Basemap
        """
        west, south, east, north = (float(value) for value in bbox)
        if west > east:
            east += 360
        frames = [(west, south, min(east, 180.0), north, 0.0)]
        if east > 180:
            frames.append((-180.0, south, east - 360, north, 360.0))
        parts = [self._frame(frame, tolerance) for frame in frames]
        return parts[0] if len(parts) == 1 else _joined(parts)

    def _frame(self, frame: tuple[float, float, float, float, float], tolerance: float) -> Basemap:
        import shapely

        ids = self._outlines.ids()
        land = [key for key in ids if key.startswith(_LAND)]
        codes = [key for key in ids if key.startswith("iso:") and key not in self._country]
        pieces: Any = np.array(
            [geometry for _, geometry in self._clipped(land, frame, tolerance)], dtype=object
        )
        whole: Any = shapely.multipolygons(shapely.get_parts(pieces))
        names = self._name
        return Basemap(
            land=whole,
            lakes=[area for _, area in _cut(self._lake_lines, frame, tolerance, areas=True)],
            rivers=[(_river(key), line) for key, line in _cut(self._river_lines, frame, tolerance)],
            countries=[(k.partition(":")[2], names(k), g) for k, g in self._clipped(codes, frame, tolerance)],
            admin1=[(k, names(k), g) for k, g in self._clipped(sorted(self._country), frame, tolerance)],
        )

    @cached_property
    def _lake_lines(self) -> dict[str, BaseGeometry]:
        return self._lakes.lines()

    def _clipped(
        self, keys: Sequence[str], frame: tuple[float, float, float, float, float], tolerance: float
    ) -> list[tuple[str, BaseGeometry]]:
        """Outlines that show in a frame, clipped and shifted."""
        west, south, east, north, _ = frame
        boxes = self._outlines.boxes(keys)
        seen = (boxes[:, 0] < east) & (boxes[:, 2] > west) & (boxes[:, 1] < north) & (boxes[:, 3] > south)
        shown = [key for key, here in zip(keys, seen.tolist(), strict=True) if here]
        found = self._outlines.geometries(shown, tolerance, smallest=tolerance * tolerance)
        return [
            (key, part) for key, part in zip(shown, _clip(found, frame), strict=True) if not part.is_empty
        ]


@dataclass(frozen=True, slots=True)
class _Index:
    """Shapes by their boxes; `owner` is the piece that a shape belongs to."""

    tree: Any
    owner: NDArray[np.intp]
    shape: Callable[[int], BaseGeometry]

    def pairs(self, others: Any) -> Iterator[tuple[int, NDArray[np.intp]]]:
        """Shapes whose box meets the box of some of the others, each with the numbers of those."""
        other, number = self.tree.query(others)
        order = np.lexsort((other, number))
        other, number = other[order], number[order]
        if len(number):
            stops = np.flatnonzero(np.diff(number)) + 1
            yield from zip(number[[0, *stops]].tolist(), np.split(other, stops), strict=True)


def _nearest(index: _Index, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.intp]:
    """Nearest piece within `NEAR_KM` of each point, -1 where there is none."""
    import shapely

    high = NEAR_KM / _KM_PER_DEGREE
    flat = np.maximum(0.01, np.cos(np.radians(lat)))
    wide = np.minimum(180.0, high / flat)
    points: Any = shapely.points(lon, lat)
    dwithin: Any = shapely.dwithin  # the stubs know one distance only
    best, least = np.full(len(lon), -1, dtype=np.intp), np.full(len(lon), NEAR_KM)
    for number, members in index.pairs(shapely.box(lon - wide, lat - high, lon + wide, lat + high)):
        shape = index.shape(number)
        for i in members[dwithin(shape, points[members], wide[members])].tolist():
            frame = (lon[i] - wide[i], lat[i] - high, lon[i] + wide[i], lat[i] + high)
            km = _km(shapely.clip_by_rect(shape, *frame), lon[i], lat[i], flat[i])
            if km < least[i]:
                best[i], least[i] = index.owner[number], km
    return best


def _km(shape: BaseGeometry, lon: float, lat: float, flat: float) -> float:
    """Distance in km from a point to a small shape near it, on a plane through it; infinite if it is empty."""
    import shapely

    if shape.is_empty:
        return math.inf
    plane = shapely.transform(shape, lambda xy: (xy - np.array([lon, lat])) * np.array([flat, 1.0]))
    return float(shapely.distance(plane, shapely.Point(0.0, 0.0))) * _KM_PER_DEGREE


def _clip(geometries: Any, frame: tuple[float, float, float, float, float]) -> Any:
    import shapely

    *box, shift = frame
    clipped = shapely.clip_by_rect(geometries, *box)
    return shapely.transform(clipped, lambda xy: xy + np.array([shift, 0.0])) if shift else clipped


def _cut(
    features: Mapping[str, BaseGeometry],
    frame: tuple[float, float, float, float, float],
    tolerance: float,
    *,
    areas: bool = False,
) -> list[tuple[str, BaseGeometry]]:
    """Lakes or rivers in a frame, simplified; what is smaller than the tolerance is left out."""
    import shapely

    if not features:
        return []
    whole = np.array(list(features.values()), dtype=object)
    west, south, east, north, _ = frame
    box = shapely.bounds(whole)
    seen = (box[:, 0] < east) & (box[:, 2] > west) & (box[:, 1] < north) & (box[:, 3] > south)
    seen &= np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) > 2 * tolerance
    shown = shapely.build_area(whole[seen]) if areas else whole[seen]
    parts = _clip(shapely.simplify(shown, tolerance), frame)
    names = [key for key, here in zip(features, seen.tolist(), strict=True) if here]
    return [(key, part) for key, part in zip(names, parts, strict=True) if not part.is_empty]


def _river(key: str) -> str:
    return key if key.startswith("cur:") else ""


def _joined(parts: Sequence[Basemap]) -> Basemap:
    """Two sides of the antimeridian as one; what is on both is merged, so that no seam shows."""
    import shapely

    def merged(rows: list[tuple[str, str, BaseGeometry]]) -> list[tuple[str, str, BaseGeometry]]:
        held: dict[tuple[str, str], list[BaseGeometry]] = {}
        for key, name, geometry in rows:
            held.setdefault((key, name), []).append(geometry)
        return [(*key, shapely.union_all(geometries)) for key, geometries in sorted(held.items())]

    return Basemap(
        land=shapely.union_all([part.land for part in parts]),
        lakes=[lake for part in parts for lake in part.lakes],
        rivers=[river for part in parts for river in part.rivers],
        countries=merged([row for part in parts for row in part.countries]),
        admin1=merged([row for part in parts for row in part.admin1]),
    )
