"""GeoParquet in many files, each a stretch of the Hilbert curve over the world.

Not by `dask_geopandas.GeoDataFrame.spatial_shuffle` and ``to_parquet``: the first cannot take rows without a place
and cuts by estimated quantiles, so that its files depend on the partitions it was given; the second writes no
bounding boxes of rows. Here rows are ranked exactly, and files are written as ``geo export`` writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.layers.layer import Layer
from geo.scale.frames import layer_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from dask.delayed import Delayed
    from numpy.typing import NDArray

    from geo.layers.layer import Column

WORLD: Final = (-180.0, -90.0, 180.0, 90.0)
LEVEL: Final = 16
"""Of the Hilbert curve: cells of 0.005 degrees."""
NOWHERE: Final = 2 ** (2 * LEVEL)
"""Behind all places."""
KEY: Final = {"events": "row_id", "places": "id"}


def written(
    parts: list[Delayed], name: str, columns: Sequence[Column], folder: Path, count: int
) -> list[Delayed]:
    """Write the layer of all parts; rows without a place go to a folder beside, ``events_unplaced``.

    A reader that asks each file for its box would otherwise find one that has none.

    Returns
    -------
    list of Delayed
        Of the path of each file, None where there was nothing to write; the first one is always written.
    """
    from dask import delayed

    layers = [delayed(layer_of)(part) for part in parts]
    places = [delayed(_curve)(layer, KEY[name]) for layer in layers]
    targets = delayed(_ranked)(places, count)
    sent = [delayed(_apart)(layer, targets[at], 2 * count) for at, layer in enumerate(layers)]
    paths = [one / f"part-{at:05}.parquet" for one in (folder, beside(folder)) for at in range(count)]
    return [
        delayed(_write)([one[at] for one in sent], name, tuple(columns), path, at)
        for at, path in enumerate(paths)
    ]


def beside(folder: Path) -> Path:
    """Name the folder of rows without a place."""
    return folder.with_name(f"{folder.name}_unplaced")


def hilbert(layer: Layer) -> NDArray[np.int64]:
    """Distance of each row along the curve; `NOWHERE` where it has no geometry."""
    import geopandas
    import numpy as np

    found = np.full(len(layer), NOWHERE, dtype=np.int64)
    placed = [at for at, geometry in enumerate(layer.geometry) if geometry is not None]
    if placed:
        points = geopandas.GeoSeries([layer.geometry[at] for at in placed])
        found[placed] = points.hilbert_distance(total_bounds=WORLD, level=LEVEL).to_numpy()
    return found


def _curve(layer: Layer, key: str) -> list[tuple[int, str]]:
    return list(zip(hilbert(layer).tolist(), (row[key] for row in layer.rows), strict=True))


def _ranked(parts: list[list[tuple[int, str]]], count: int) -> list[list[int]]:
    """Number of the file of each row: files of equal length, over the order of all; those without a place behind."""
    order = sorted((place, at, row) for at, part in enumerate(parts) for row, place in enumerate(part))
    placed = sum(place[0] < NOWHERE for place, _, _ in order)
    each, others = max(1, -(-placed // count)), max(1, -(-(len(order) - placed) // count))
    found = [[0] * len(part) for part in parts]
    for rank, (_, at, row) in enumerate(order):
        found[at][row] = rank // each if rank < placed else count + (rank - placed) // others
    return found


def _apart(layer: Layer, targets: list[int], count: int) -> list[list[tuple[int, dict[str, Any], Any]]]:
    sent: list[list[tuple[int, dict[str, Any], Any]]] = [[] for _ in range(count)]
    for place, target, row, geometry in zip(
        hilbert(layer).tolist(), targets, layer.rows, layer.geometry, strict=True
    ):
        sent[target].append((place, row, geometry))
    return sent


def _write(
    sent: list[list[tuple[int, dict[str, Any], Any]]],
    name: str,
    columns: tuple[Column, ...],
    path: Path,
    number: int,
) -> Path | None:
    from pyarrow import parquet

    from geo.atomic import replacing
    from geo.export.arrow import geoparquet_table

    rows = sorted((row for part in sent for row in part), key=lambda row: (row[0], row[1][KEY[name]]))
    if not rows and number:
        return None
    layer = Layer(name, "", columns)
    layer.rows += [row for _, row, _ in rows]
    layer.geometry += [geometry for _, _, geometry in rows]
    with replacing(path) as temporary:
        parquet.write_table(geoparquet_table(layer), temporary, compression="zstd", row_group_size=10_000)
    return path


__all__ = ["hilbert", "written"]
