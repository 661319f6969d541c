"""Who controls what, as the caller has it: areas from a GeoJSON file, labelled with their source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError
from geo.render import topology
from geo.render.base import label_point
from geo.render.unroll import within

if TYPE_CHECKING:
    import os

    from shapely.geometry.base import BaseGeometry

    from geo.render.base import Base
    from geo.render.view import View

NAMES: Final = ("control", "controller", "controlled_by", "party", "side", "name", "title")
"""Properties that say who controls an area; the first that a feature has counts."""


@dataclass(frozen=True, slots=True)
class Control:
    """Areas with who controls them.

    Attributes
    ----------
    source : str
        Whose assessment it is; shown in the legend.
    areas : tuple of (str, shapely geometry)
        WGS 84 degrees, lon before lat.
    """

    source: str
    areas: tuple[tuple[str, BaseGeometry], ...]


def read_control(path: str | os.PathLike[str], source: str | None = None) -> Control:
    """Read areas of control from a GeoJSON file of polygons.

    Parameters
    ----------
    path : path
    source : str, optional
        Default: the file's member "source", "attribution" or "name", else its file name.

    Raises
    ------
    geo.errors.InputError
        The file cannot be read, is no GeoJSON, or holds no polygon.
    """
    where = Path(path)
    try:
        found = json.loads(where.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"control: {where}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise InputError(f"control: {where}: is no GeoJSON ({error})") from error
    if not isinstance(found, dict) or found.get("type") not in {"FeatureCollection", "Feature"}:
        raise InputError(f"control: {where} is no GeoJSON FeatureCollection")
    features = found.get("features") if found["type"] == "FeatureCollection" else [found]
    areas = tuple(_area(feature, number, where) for number, feature in enumerate(features or [], 1))
    if not areas:
        raise InputError(f"control: {where} holds no feature")
    told = source or next(
        (str(found[key]) for key in ("source", "attribution", "name") if found.get(key)), ""
    )
    return Control(told or where.name, areas)


def _area(feature: Any, number: int, where: Path) -> tuple[str, BaseGeometry]:
    from shapely import make_valid
    from shapely.errors import GEOSException
    from shapely.geometry import shape

    try:
        outline = make_valid(shape(feature["geometry"]))
        properties = dict(feature.get("properties") or {})
    except (KeyError, TypeError, ValueError, AttributeError, GEOSException) as error:
        raise InputError(f"control: {where}: feature {number} cannot be read: {error}") from error
    if not any(True for _ in topology.polygons(outline)):
        raise InputError(f"control: {where}: feature {number} is no polygon")
    if not all(abs(n) <= 360 for n in outline.bounds):
        raise InputError(f"control: {where}: feature {number} is not in degrees (EPSG:4326)")
    name = next((str(properties[key]) for key in NAMES if properties.get(key)), "?")
    return name, outline


def control_data(control: Control, made: Base, shown: View) -> dict[str, Any]:
    """Areas for the page's code: parties by number, rings on the basemap's grid, a point for the label."""
    parties = list(dict.fromkeys(name for name, _ in control.areas))
    areas = []
    for name, outline in control.areas:
        clipped = within(outline, shown.detail).simplify(made.grid.step)
        rings = topology.rings_of(clipped, made.grid)
        if rings:
            areas.append(
                [parties.index(name), *label_point(clipped), [topology.encode(ring) for ring in rings]]
            )
    return {"source": control.source, "parties": parties, "areas": areas}
