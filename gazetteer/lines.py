"""Lines and simple areas that share nothing (rivers, lakes), packed as steps of 1e-4 degree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

GRID: Final = 10_000


def encode(prefix: str, features: Mapping[str, BaseGeometry]) -> dict[str, bytes]:
    """Pack features: lines as they are, of polygons the rings (which must not nest more than once).

    Parameters
    ----------
    prefix : str
        Of the section names.
    features : mapping of str to LineString, MultiLineString, Polygon, MultiPolygon or MultiPoint
        WGS 84 degrees, lon before lat.

    Returns
    -------
    dict of str to bytes
        For `Lines`; little-endian.
    """
    import shapely

    ids = sorted(features)
    paths: list[NDArray[np.int64]] = []
    counts = []
    for key in ids:
        geometry = features[key]
        flat = geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry
        held = [
            np.rint(shapely.get_coordinates(part) * GRID).astype(np.int64) for part in shapely.get_parts(flat)
        ]
        paths += held
        counts.append(len(held))
    xy = np.concatenate(paths) if paths else np.zeros((0, 2), dtype=np.int64)
    return {
        f"{prefix}_ids": "\n".join(ids).encode(),
        f"{prefix}_paths": np.asarray(counts, dtype="<u4").tobytes(),
        f"{prefix}_lengths": np.asarray([len(path) for path in paths], dtype="<u4").tobytes(),
        f"{prefix}_dx": np.diff(xy[:, 0], prepend=0).astype("<i4").tobytes(),
        f"{prefix}_dy": np.diff(xy[:, 1], prepend=0).astype("<i4").tobytes(),
    }


class Lines:
    """Read side of `encode`: everything is decoded at the first use; there is little of it."""

    def __init__(self, prefix: str, sections: Mapping[str, memoryview]) -> None:
        ids = bytes(sections.get(f"{prefix}_ids", b"")).decode()
        self.ids: list[str] = ids.split("\n") if ids else []
        self._raw = {
            name: sections.get(f"{prefix}_{name}", memoryview(b""))
            for name in ("paths", "lengths", "dx", "dy")
        }

    def _decoded(self) -> tuple[Any, NDArray[np.int64], NDArray[np.float64]]:
        lengths = np.frombuffer(self._raw["lengths"], dtype="<u4").astype(np.int64)
        xy = np.stack([np.frombuffer(self._raw[axis], dtype="<i4") for axis in ("dx", "dy")], axis=1)
        offsets = np.concatenate([[0], lengths.cumsum()])
        return (
            np.frombuffer(self._raw["paths"], dtype="<u4"),
            offsets,
            xy.cumsum(axis=0, dtype=np.int64) / GRID,
        )

    def lines(self) -> dict[str, BaseGeometry]:
        """Every feature as a MultiLineString (rings closed)."""
        import shapely

        if not self.ids:
            return {}
        counts, offsets, xy = self._decoded()
        features = np.concatenate([[0], counts.cumsum(dtype=np.int64)])
        made = shapely.from_ragged_array(shapely.GeometryType.MULTILINESTRING, xy, (offsets, features))
        return dict(zip(self.ids, made, strict=True))

    def points(self) -> dict[str, BaseGeometry]:
        """Every feature as a MultiPoint of all its vertices: for courses known by some points only."""
        import shapely

        return {key: shapely.multipoints(xy) for key, xy in self._paths().items()}

    def _paths(self) -> dict[str, NDArray[np.float64]]:
        if not self.ids:
            return {}
        counts, offsets, xy = self._decoded()
        ends = offsets[counts.cumsum(dtype=np.int64)]
        return dict(zip(self.ids, np.split(xy, ends[:-1]), strict=True))

    def areas(self) -> dict[str, BaseGeometry]:
        """Every feature as an area: its first ring is the shell of the second and later ones that it holds."""
        import shapely

        result: dict[str, BaseGeometry] = {}
        for key, geometry in self.lines().items():
            area = shapely.build_area(geometry)
            result[key] = area
        return result
