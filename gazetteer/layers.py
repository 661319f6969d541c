"""Own gazetteers over another one, behind the same calls.

The rule, for layers in the order in which they are named:

- **Same id**: the later layer's display name, kind and point replace the earlier ones; so do country, units, population
  and radius where it states them. Names add up: a place is found by those of every layer. The use of a name is
  that of the latest layer that has it.
- **Same name, other id**: both are candidates, ranked by the measure that ranks them within one file; on a tie the
  later layer comes first.
- **Outlines**: the latest layer that has one gives `region`. `within` asks the latest layer's units first and the
  layers below for points that it does not hold. The map beneath (`basemap`) and claims are the lowest layer's.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gazetteer.details import Details
from gazetteer.errors import GazetteerFormatError
from gazetteer.names import fold
from gazetteer.rank import penalty
from gazetteer.store import Gazetteer
from gazetteer.tries import Union
from gazetteer.types import Candidate, Located, NameUse, Place
from gazetteer.viewpoints import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

OWN: Final = "own"
"""Value of ``layer`` in the manifest of own data."""


class Layered(Gazetteer):
    """A gazetteer with others over it.

    Parameters
    ----------
    path : pathlib.Path
        The artefact at the bottom.
    also : sequence of pathlib.Path
        Those over it, the topmost last.
    """

    def __init__(self, path: Path, also: Sequence[Path], *, viewpoint: str = DEFAULT) -> None:
        super().__init__(path, viewpoint=viewpoint)
        self._layers = [Gazetteer(path, viewpoint=viewpoint), *(Gazetteer(one) for one in also)]
        self._names.trie = Union([layer._names.trie for layer in self._layers])

    @cached_property
    def _count(self) -> int:
        import numpy as np

        numbers = [np.frombuffer(layer._column["geonames"], dtype=np.uint32) for layer in self._layers]
        others = {key for layer in self._layers for key in layer._ids.iterkeys("")}
        return len(np.unique(np.concatenate(numbers))) + len(others)

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"<Gazetteer {' + '.join(layer.path.name for layer in self._layers)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        build = partial(Layered, viewpoint=self.viewpoint)
        return build, (self.path, [layer.path for layer in self._layers[1:]])

    @property
    def layers(self) -> tuple[Gazetteer, ...]:
        """Each layer by itself, the lowest first."""
        return tuple(self._layers)

    # -- places ---------------------------------------------------------------------------------------

    def get(self, place_id: str) -> Place:
        """See `Gazetteer.get`; the fields of all layers, the latest first."""
        held = [layer.get(place_id) for layer in self._layers if place_id in layer]
        if not held:
            return self._layers[0].get(place_id)  # which raises
        place = held[0]
        for over in held[1:]:
            place = _over(place, over)
        return place

    def __contains__(self, place_id: str) -> bool:
        return any(place_id in layer for layer in self._layers)

    def names(self, place_id: str) -> list[tuple[str, NameUse]]:
        """See `Gazetteer.names`."""
        name = self.get(place_id).name
        uses = {name: NameUse.PREFERRED}
        for layer in reversed(self._layers):
            for text, use in layer.names(place_id) if place_id in layer else ():
                uses.setdefault(text, NameUse.ALTERNATE if use is NameUse.PREFERRED else use)
        return list(uses.items())

    def details(self, place_id: str) -> Details:
        """See `Gazetteer.details`."""
        found = Details()
        for layer in self._layers:
            if place_id in layer:
                over = layer.details(place_id)
                texts = {name.text for name in over.names}
                below = tuple(name for name in found.names if name.text not in texts)
                links = tuple(dict.fromkeys((*found.links, *over.links)))
                found = Details((*below, *over.names), links, {**found.extra, **over.extra})
        return found

    def parents(self, place_id: str, *, viewpoint: str | None = None) -> list[Place]:
        """See `Gazetteer.parents`; units of own data too, which have no ISO code."""
        place = self.seen(self.get(place_id), viewpoint)
        unit = place.admin1 and f"iso:{place.admin1}"
        if unit and unit not in self:
            unit = self._own_units.get(place.admin1 or "")
        ids = [unit, place.country and f"iso:{place.country}"]
        return [self.seen(self.get(one), viewpoint) for one in ids if one and one != place_id and one in self]

    def _unshifted(self, place_id: str) -> Place:
        for layer in self._layers:
            if place_id in layer:
                return layer._unshifted(place_id)
        return self.get(place_id)

    @cached_property
    def _own_units(self) -> dict[str, str]:
        """Ids of own units by what stands for them in `Place.admin1`."""
        rows = [row for layer in self._layers[1:] for row in json.loads(bytes(layer._sections["units"]))]
        return {row[0].partition(":")[2]: row[0] for row in rows}

    def _members(self, table: str, value: str | None, kind: str | None) -> list[Place]:
        ids = {place.id for layer in self._layers for place in layer._members(table, value, kind)}
        places = [self.get(one) for one in sorted(ids)]
        return [p for p in places if getattr(p, table) == value and kind in (None, p.kind)]

    def nearest(self, lon: float, lat: float, *, limit: int = 1) -> list[Place]:
        """See `Gazetteer.nearest`."""
        found = [
            place
            for number, layer in enumerate(self._layers)
            for place in _unmoved(layer, self._layers[number + 1 :], (lon, lat), limit)
        ]
        found.sort(key=lambda place: (_apart(place, lon, lat), place.id))
        return [self.get(place.id) for place in found[:limit]]

    # -- names ----------------------------------------------------------------------------------------

    @property
    def openings(self) -> None:
        """None: own data may make places great that are known by names of other layers."""

    def _candidates(self, key: str, uses: frozenset[NameUse] | None = None) -> tuple[Candidate, ...]:
        below, *over = held = [layer.candidates(key) for layer in self._layers]
        if not any(over) and not any(c.place.id in layer for layer in self._layers[1:] for c in below):
            return below if uses is None else tuple(c for c in below if c.use in uses)  # most names
        found = self._joined(held)
        changed = any(
            candidate.place is not old.place for (candidate, _), old in zip(found, held[0], strict=False)
        )
        if changed or len(found) != len(held[0]):
            found.sort(key=lambda item: (_rank(item[0]), -item[1], item[0].place.id))
        return tuple(candidate for candidate, _ in found if uses is None or candidate.use in uses)

    def _code_candidates(self, key: str) -> list[Candidate]:
        found = self._joined([layer._code_candidates(key) for layer in self._layers])
        return [candidate for candidate, _ in found]

    def _joined(self, held: Sequence[Sequence[Candidate]]) -> list[tuple[Candidate, int]]:
        """Candidates of all layers, one per place, each with the number of the latest layer that has it."""
        latest: dict[str, tuple[Candidate, int]] = {}
        for number, candidates in enumerate(held):
            for candidate in candidates:
                latest[candidate.place.id] = (candidate, number)
        return [(self._shown(candidate, number), number) for candidate, number in latest.values()]

    def _shown(self, candidate: Candidate, number: int) -> Candidate:
        """A candidate of one layer with the place as all layers have it."""
        place_id = candidate.place.id
        if sum(place_id in layer for layer in self._layers) == 1:
            return candidate
        place, use = self.get(place_id), candidate.use
        renamed = any(place_id in layer for layer in self._layers[number + 1 :])
        if use is NameUse.PREFERRED and renamed and fold(place.name) != candidate.name:
            use = NameUse.ALTERNATE
        return replace(candidate, place=place, use=use)

    # -- outlines -------------------------------------------------------------------------------------

    def region(self, place_id: str, *, viewpoint: str | None = None) -> BaseGeometry | None:
        """See `Gazetteer.region`; own outlines have no viewpoint."""
        for layer in reversed(self._layers[1:]):
            shape = layer.region(place_id)
            if shape is not None:
                return shape
        return self._layers[0].region(place_id, viewpoint=viewpoint)

    def regions(self, country: str | None = None, *, viewpoint: str | None = None) -> list[str]:
        """See `Gazetteer.regions`."""
        below = self._layers[0].regions(country, viewpoint=viewpoint)
        return sorted({*below, *(one for layer in self._layers[1:] for one in layer.regions(country))})

    def within(self, lon: Any, lat: Any, *, viewpoint: str | None = None) -> Located | list[Located]:
        """See `Gazetteer.within`; own units first."""
        import numpy as np

        chosen = self._chosen(viewpoint)

        lons, lats = np.broadcast_arrays(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        answers: list[Located] = []
        for layer in self._layers[:1] + [one for one in self._layers[1:] if one.regions()]:
            own = layer is not self._layers[0]
            over = layer.within(lons.ravel(), lats.ravel(), viewpoint=None if own else chosen)
            fresh = over if isinstance(over, list) else [over]
            answers = [_nearer(a, b) for a, b in zip(answers, fresh, strict=True)] if answers else fresh
        return answers if lons.ndim else answers[0]

    # -- provenance -----------------------------------------------------------------------------------

    def info(self) -> dict[str, Any]:
        """See `Gazetteer.info`; ``layers`` has the manifest of each own layer."""
        below, *over = [layer.info() for layer in self._layers]
        own = [{"file": layer.path.name, **info} for layer, info in zip(self._layers[1:], over, strict=True)]
        lines = [below.get("attribution", ""), *(info.get("attribution", "") for info in over)]
        sources = [
            *below.get("sources", []),
            *(source for info in over for source in info.get("sources", [])),
        ]
        return {
            **below,
            "attribution": _said_once(lines),
            "sources": sources,
            "layers": own,
        }


def _said_once(lines: Sequence[str]) -> str:
    """Join lines of attribution; what an earlier one says is not said again."""
    said = ""
    for line in lines:
        if line and line not in said:
            said = f"{said} {line}".strip()
    return said


def split(paths: Sequence[str | Path]) -> tuple[list[str | Path], str | Path | None]:
    """Tell own data from a gazetteer of the whole world.

    Raises
    ------
    GazetteerError
        A file is no artefact, or more than one is whole.
    """
    own: list[str | Path] = []
    whole: list[str | Path] = []
    for path in paths:
        gaz = Gazetteer(Path(path))
        (own if gaz.info().get("layer") == OWN else whole).append(path)
    if len(whole) > 1:
        raise GazetteerFormatError(
            f"{whole[1]}: a second gazetteer of the whole world; name one, and own data beside it"
        )
    return own, whole[0] if whole else None


def _over(below: Place, over: Place) -> Place:
    return replace(
        over,
        country=over.country or below.country,
        admin1=over.admin1 or below.admin1,
        admin2=over.admin2 or below.admin2,
        population=over.population or below.population,
        precision_km=over.precision_km or below.precision_km,
        prominence=max(over.prominence, below.prominence),
    )


def _rank(candidate: Candidate) -> float:
    return penalty(candidate.name, candidate.place.name, candidate.use) - candidate.place.prominence


def _nearer(below: Located, over: Located) -> Located:
    """The answer of the layer above, unless only the one below holds the point."""
    order = ("inside", "nearest", "none")
    return over if order.index(over.method) <= order.index(below.method) else below


def _unmoved(
    layer: Gazetteer, over: Sequence[Gazetteer], point: tuple[float, float], limit: int
) -> list[Place]:
    """Settlements of a layer nearest to a point, without those that a layer above has too."""
    asked = limit + 8
    while True:
        found = layer.nearest(*point, limit=asked)
        kept = [place for place in found if not any(place.id in other for other in over)]
        if len(kept) >= limit or len(found) < asked:
            return kept[:limit]
        asked *= 4


def _apart(place: Place, lon: float, lat: float) -> float:
    """Grows with the distance on a sphere (haversine without its last steps)."""
    x, y, x0, y0 = map(math.radians, (place.lon, place.lat, lon, lat))
    return math.sin((y - y0) / 2) ** 2 + math.cos(y) * math.cos(y0) * math.sin((x - x0) / 2) ** 2
