"""Where a point lies, and what to draw beneath a map: the read side of the outlines.

Everything here comes from one coverage (see ``docs/outlines.md``), so a country's line is its units' line at every
scale. It is stored for the default viewpoint; another one is other labels on the same pieces, and costs nothing where
it is not asked for.
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
from gazetteer.viewpoints import DEFAULT, Viewpoints

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

NEAR_KM: Final = 5.0
"""How far from an outline a point may lie and still be placed in it: coasts are generalised."""

PARTS: Final = ("land", "lakes", "rivers", "countries", "admin1")
"""What a basemap is made of."""

_KM_PER_DEGREE: Final = 111.195
_LAND: Final = "land:"
_REST: Final = "rest:"
_NOBODY: Final = "none:"
_MANY: Final = 2000
_PART: Final = "part:"


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
    viewpoint : str
        Whose map the countries and units are of.
    """

    land: BaseGeometry
    lakes: list[BaseGeometry] = field(default_factory=list)
    rivers: list[tuple[str, BaseGeometry]] = field(default_factory=list)
    countries: list[tuple[str, str, BaseGeometry]] = field(default_factory=list)
    admin1: list[tuple[str, str, BaseGeometry]] = field(default_factory=list)
    viewpoint: str = DEFAULT


class Regions:
    """Outlines under every viewpoint, the default unless another is named.

    Parameters
    ----------
    sections : mapping of str to memoryview
        The artefact's; only those of the outlines and of the disputed units are used.
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
        self.viewpoints = Viewpoints(sections)
        self._seen: dict[str, _View] = {}
        self._lakes = Lines("lake", sections)
        self._rivers = Lines("river", sections)
        self._courses = Lines("course", sections)

    def units(self, country: str | None = None, viewpoint: str = DEFAULT) -> list[str]:
        """Ids of the first-level units that have an outline, sorted; of one country or of all."""
        if country is None or viewpoint == DEFAULT:
            return sorted(key for key, code in self._country.items() if country in (None, code))
        members = self._view(viewpoint).members
        mine = set(members.get(f"iso:{country}", ()))
        return sorted(key for key in self._country if mine & set(members.get(key, ())))

    def geometry(self, key: str, viewpoint: str = DEFAULT) -> BaseGeometry | None:
        """Outline of a country, unit or disputed part (MultiPolygon), line of a river; None where there is none.

        A river without a line has some points of its course (MultiPoint).

        None too for a country or unit that the viewpoint does not show at all.
        """
        view = self._view(viewpoint)
        if key in view.changed:
            return self._built([key], view, 0.0)[0] if view.members.get(key) else None
        if key in self._outlines and not key.startswith(_PART):
            return self._outlines.geometry(key)
        return self._river_lines.get(key) or self._river_points.get(key)

    def _built(self, keys: Sequence[str], view: _View, tolerance: float, smallest: float = 0.0) -> list[Any]:
        """Outlines that differ from the stored ones, put together from their pieces."""
        import shapely

        found = []
        for key in keys:
            pieces = [self._pieces[number] for number in view.members[key]]
            shapes = self._outlines.geometries(pieces, tolerance, smallest=smallest)
            whole = shapely.coverage_union_all(shapes[~shapely.is_empty(shapes)])
            found.append(shapely.multipolygons(shapely.get_parts(whole)))
        return found

    @cached_property
    def _river_lines(self) -> dict[str, BaseGeometry]:
        return self._rivers.lines()

    @cached_property
    def _river_points(self) -> dict[str, BaseGeometry]:
        return self._courses.points()

    # -- points -----------------------------------------------------------------------------------------

    @cached_property
    def _pieces(self) -> list[str]:
        """Ids that together cover all land without overlapping, each with one unit and one disputed part at most."""
        ids = self._outlines.ids()
        cut = {_whole(key) for key in ids if key.startswith(_PART)}
        return [
            key
            for key in ids
            if (key in self._country or key.startswith((_REST, _NOBODY, _PART))) and key not in cut
        ]

    def _view(self, viewpoint: str) -> _View:
        """Labels of all pieces from one viewpoint, made once; a known viewpoint."""
        if viewpoint not in self._seen:
            labels = [self._label(piece, viewpoint) for piece in self._pieces]
            members: dict[str, list[int]] = {}
            for number, label in enumerate(labels):
                for key in (label.country and f"iso:{label.country}", label.unit):
                    if key:
                        members.setdefault(key, []).append(number)
            before = self._view(DEFAULT).members if viewpoint != DEFAULT else members
            changed = frozenset(key for key in {*members, *before} if members.get(key) != before.get(key))
            located = {
                method: [
                    Located(label.country, label.admin1, method, viewpoint, label.holder) for label in labels
                ]
                for method in ("inside", "nearest")
            }
            self._seen[viewpoint] = _View(viewpoint, located, members, changed)
        return self._seen[viewpoint]

    def _label(self, piece: str, viewpoint: str) -> _Label:
        whole = _whole(piece)
        shown = self.viewpoints.of_piece(piece, viewpoint) if viewpoint != DEFAULT else None
        if shown is not None:
            return _Label(shown.country, shown.admin1, shown.admin1 and f"iso:{shown.admin1}", shown.holder)
        if whole.startswith(_NOBODY):
            return _Label(None, None, None, None)
        if whole.startswith(_REST):
            return _Label(whole.removeprefix(_REST), None, None, None)
        return _Label(self._country[whole], whole.partition(":")[2], whole, None)

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
    def within(self, lon: float, lat: float, viewpoint: str = ...) -> Located: ...
    @overload
    def within(self, lon: ArrayLike, lat: ArrayLike, viewpoint: str = ...) -> Located | list[Located]: ...

    def within(self, lon: Any, lat: Any, viewpoint: str = DEFAULT) -> Located | list[Located]:
        """Country and first-level unit of points.

        Parameters
        ----------
        lon, lat : float or array_like of float
            WGS 84 degrees; longitudes beyond 180 are wrapped. Not a number is nowhere.
        viewpoint : str
            A known one, see `gazetteer.viewpoints`.

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
        located = self._view(viewpoint).located
        inside, nearest = located["inside"], located["nearest"]
        nowhere = Located(None, None, "none", viewpoint)
        found = [
            nowhere if piece < 0 else (nearest if far else inside)[piece]
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

    def basemap(
        self,
        bbox: Sequence[float],
        tolerance: float,
        viewpoint: str = DEFAULT,
        parts: Collection[str] | None = None,
    ) -> Basemap:
        """Shapes beneath a map.

        Parameters
        ----------
        bbox : (west, south, east, north)
            WGS 84 degrees. Where west is greater than east, or east beyond 180, the box crosses the antimeridian,
            and what lies beyond it comes with 360 added to its longitudes.
        tolerance : float
            In degrees; the coarsest stored level that is no coarser is used, and areas below its square are left
            out, save the largest of each country and unit.
        viewpoint : str
            A known one; land and water are the same from all.
        parts : collection of str, optional
            Which of `PARTS` are wanted, by default all; the others stay empty and cost nothing.

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
        view = self._view(viewpoint)
        wanted = PARTS if parts is None else parts
        made = [self._frame(frame, tolerance, view, wanted) for frame in frames]
        return made[0] if len(made) == 1 else _joined(made)

    def _frame(self, frame: _Frame, tolerance: float, view: _View, parts: Collection[str]) -> Basemap:
        import shapely

        land = [key for key in self._outlines.ids() if key.startswith(_LAND) and "land" in parts]
        units = sorted(key for key in view.members if key in self._country and "admin1" in parts)
        codes = sorted(key for key in view.members if key not in self._country and "countries" in parts)
        lakes = self._lake_lines if "lakes" in parts else {}
        rivers = self._river_lines if "rivers" in parts else {}
        pieces: Any = np.array(
            [geometry for _, geometry in self._clipped(land, frame, tolerance)], dtype=object
        )
        whole: Any = shapely.multipolygons(shapely.get_parts(pieces))
        names = self._name
        return Basemap(
            land=whole,
            lakes=[area for _, area in _cut(lakes, frame, tolerance, areas=True)],
            rivers=[(_river(key), line) for key, line in _cut(rivers, frame, tolerance)],
            countries=[
                (k.partition(":")[2], names(k), g) for k, g in self._drawn(codes, frame, tolerance, view)
            ],
            admin1=[(k, names(k), g) for k, g in self._drawn(units, frame, tolerance, view)],
            viewpoint=view.name,
        )

    def _drawn(
        self, keys: Sequence[str], frame: _Frame, tolerance: float, view: _View
    ) -> list[tuple[str, BaseGeometry]]:
        """Countries or units of a view that show in a frame, sorted by id."""
        found = self._clipped([key for key in keys if key not in view.changed], frame, tolerance)
        changed = [key for key in keys if key in view.changed]
        if changed:
            import shapely

            west, south, east, north, _ = frame
            whole: Any = np.array(self._built(changed, view, tolerance, tolerance * tolerance), dtype=object)
            seen = shapely.intersects(whole, shapely.box(west, south, east, north))
            clipped = _clip(whole[seen], frame)
            shown = [key for key, here in zip(changed, seen.tolist(), strict=True) if here]
            found += [(key, part) for key, part in zip(shown, clipped, strict=True) if not part.is_empty]
        return sorted(found, key=lambda pair: pair[0])

    @cached_property
    def _lake_lines(self) -> dict[str, BaseGeometry]:
        return self._lakes.lines()

    def _clipped(
        self, keys: Sequence[str], frame: _Frame, tolerance: float
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


_Frame = tuple[float, float, float, float, float]
"""West, south, east, north, and what is added to longitudes."""


@dataclass(frozen=True, slots=True)
class _Label:
    """What a piece is shown as; `unit` is the id that its first-level unit has."""

    country: str | None
    admin1: str | None
    unit: str | None
    holder: str | None


@dataclass(frozen=True, slots=True)
class _View:
    """One viewpoint: answers by method and piece, pieces by country and unit, and those of them that it changes."""

    name: str
    located: dict[str, list[Located]]
    members: dict[str, list[int]]
    changed: frozenset[str]


def _whole(piece: str) -> str:
    """Unit or rest that a piece belongs to: ``part:cur:golan-heights|iso:SY-QU`` to ``iso:SY-QU``."""
    return piece.partition("|")[2] if piece.startswith(_PART) else piece


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


def _clip(geometries: Any, frame: _Frame) -> Any:
    import shapely

    *box, shift = frame
    clipped = shapely.clip_by_rect(geometries, *box)
    return shapely.transform(clipped, lambda xy: xy + np.array([shift, 0.0])) if shift else clipped


def _cut(
    features: Mapping[str, BaseGeometry],
    frame: _Frame,
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
        viewpoint=parts[0].viewpoint,
    )
