"""The box on the earth that the layers are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.layers.layer import Layer

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS 84 degrees."""

MARGIN = 0.15
"""Share of the width and height that is added on each side."""
LEAST = 1.0
"""Least half width and half height of an extent, degrees."""


def extent(events: Layer, places: Layer, flows: Layer) -> Box | None:
    """Box around the events, their movements and, where there are none, the places; with a margin.

    Countries and continents do not count while anything smaller is placed: "the US said" must not pull a map
    of one oblast to the whole world. None where nothing is placed at all. Where events are only counted
    (`Layer.tally`), it is what was found when they were.
    """
    if events.tally is not None:
        return events.tally.box
    lines = [line.coords for line in flows.geometry if line is not None]
    return box_of(_points(events), [point for line in lines for point in line], places)


def box_of(
    events: Iterable[tuple[float, float]], moved: Iterable[tuple[float, float]], places: Layer
) -> Box | None:
    """Box around the points of events and of movements, as `extent` gives it."""
    for rows in (events, _points(places), _points(places, wide=True)):
        points = list(rows)
        if points:
            break
    else:
        return None
    points += moved
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    width = max((east - west) * MARGIN, LEAST)
    height = max((north - south) * MARGIN, LEAST)
    return (
        max(west - width, -180.0),
        max(south - height, -90.0),
        min(east + width, 180.0),
        min(north + height, 90.0),
    )


def _points(layer: Layer, *, wide: bool = False) -> Iterator[tuple[float, float]]:
    kind = "place_kind" if layer.name == "events" else "kind"
    for row in layer.rows:
        if row["lon"] is None or (layer.name == "places" and not (row["literal"] or wide)):
            continue
        if wide or row[kind] not in {"country", "continent"}:
            yield row["lon"], row["lat"]
