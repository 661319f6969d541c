"""Where a point lies, and what to draw beneath a map: the read side of the outlines.

Everything here comes from one coverage (see ``docs/outlines.md``), so a country's line is its units' line at every
scale. It is stored for the default viewpoint; another one is other labels on the same pieces, and costs nothing where
it is not asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np

from gazetteer.basemap import PARTS, Basemap, clip, features_in, frames, joined, river_id
from gazetteer.lines import Lines
from gazetteer.locate import Index, locate
from gazetteer.topology import Outlines
from gazetteer.types import Located
from gazetteer.viewpoints import DEFAULT, Viewpoints

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from numpy.typing import ArrayLike
    from shapely.geometry.base import BaseGeometry

    from gazetteer.basemap import Frame

_LAND: Final = "land:"
_REST: Final = "rest:"
_NOBODY: Final = "none:"
_MANY: Final = 2000
_PART: Final = "part:"


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
    def _few(self) -> Index:
        """For a few points: pieces by the boxes that are stored, each decoded and prepared when it is met."""
        import shapely

        shapes: dict[int, BaseGeometry] = {}

        def shape(number: int) -> BaseGeometry:
            if number not in shapes:
                shapes[number] = self._outlines.geometry(self._pieces[number])
                shapely.prepare(shapes[number])
            return shapes[number]

        boxes = self._outlines.boxes(self._pieces)
        rectangles: Any = shapely.box(*boxes.T)
        return Index(shapely.STRtree(rectangles), np.arange(len(boxes)), shape)

    @cached_property
    def _many(self) -> Index:
        """For many points: every island and exclave has its own box, after a third of a second."""
        import shapely

        parts, owner = shapely.get_parts(self._outlines.geometries(self._pieces), return_index=True)
        shapely.prepare(parts)
        return Index(shapely.STRtree(parts), owner, parts.__getitem__)

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
            within `gazetteer.locate.NEAR_KM`; else method "none".
        """
        lons, lats = np.broadcast_arrays(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        flat = lons.ravel(), lats.ravel()
        wrapped = np.where(np.abs(flat[0]) > 180, (flat[0] + 180) % 360 - 180, flat[0])
        pieces, near = locate(self._few if len(wrapped) < _MANY else self._many, wrapped, flat[1])
        located = self._view(viewpoint).located
        inside, nearest = located["inside"], located["nearest"]
        nowhere = Located(None, None, "none", viewpoint)
        found = [
            nowhere if piece < 0 else (nearest if far else inside)[piece]
            for piece, far in zip(pieces.tolist(), near.tolist(), strict=True)
        ]
        return found if lons.ndim else found[0]

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
            Which of `gazetteer.basemap.PARTS` are wanted, by default all; the others stay empty and cost nothing.

        Returns
        -------
        Basemap
        """
        view = self._view(viewpoint)
        wanted = PARTS if parts is None else parts
        made = [self._frame(frame, tolerance, view, wanted) for frame in frames(bbox)]
        return made[0] if len(made) == 1 else joined(made)

    def _frame(self, frame: Frame, tolerance: float, view: _View, parts: Collection[str]) -> Basemap:
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
            lakes=[area for _, area in features_in(lakes, frame, tolerance, areas=True)],
            rivers=[(river_id(key), line) for key, line in features_in(rivers, frame, tolerance)],
            countries=[
                (k.partition(":")[2], names(k), g) for k, g in self._drawn(codes, frame, tolerance, view)
            ],
            admin1=[(k, names(k), g) for k, g in self._drawn(units, frame, tolerance, view)],
            viewpoint=view.name,
        )

    def _drawn(
        self, keys: Sequence[str], frame: Frame, tolerance: float, view: _View
    ) -> list[tuple[str, BaseGeometry]]:
        """Countries or units of a view that show in a frame, sorted by id."""
        found = self._clipped([key for key in keys if key not in view.changed], frame, tolerance)
        changed = [key for key in keys if key in view.changed]
        if changed:
            import shapely

            west, south, east, north, _ = frame
            whole: Any = np.array(self._built(changed, view, tolerance, tolerance * tolerance), dtype=object)
            seen = shapely.intersects(whole, shapely.box(west, south, east, north))
            clipped = clip(whole[seen], frame)
            shown = [key for key, here in zip(changed, seen.tolist(), strict=True) if here]
            found += [(key, part) for key, part in zip(shown, clipped, strict=True) if not part.is_empty]
        return sorted(found, key=lambda pair: pair[0])

    @cached_property
    def _lake_lines(self) -> dict[str, BaseGeometry]:
        return self._lakes.lines()

    def _clipped(self, keys: Sequence[str], frame: Frame, tolerance: float) -> list[tuple[str, BaseGeometry]]:
        """Outlines that show in a frame, clipped and shifted."""
        west, south, east, north, _ = frame
        boxes = self._outlines.boxes(keys)
        seen = (boxes[:, 0] < east) & (boxes[:, 2] > west) & (boxes[:, 1] < north) & (boxes[:, 3] > south)
        shown = [key for key, here in zip(keys, seen.tolist(), strict=True) if here]
        found = self._outlines.geometries(shown, tolerance, smallest=tolerance * tolerance)
        return [(key, part) for key, part in zip(shown, clip(found, frame), strict=True) if not part.is_empty]


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
