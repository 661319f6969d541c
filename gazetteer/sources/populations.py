"""Populations of towns that GeoNames gives none, from ``curated/populations.csv``: rough figures, good for ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.sources import curated
from gazetteer.sources.tables import table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("place", "name", "population", "note", "source")


def read(folder: Path = curated.FOLDER) -> dict[str, int]:
    """People by place id.

    Raises
    ------
    SourceError
        A row is malformed or stands twice; the message names file and line.
    """
    found: dict[str, int] = {}
    for line in table(folder / "populations.csv", COLUMNS):
        place = line.matching("place", r"geonames:\d+", needed=True)
        if place in found:
            raise line.fail(f"place {place} stands twice")
        line.text("source", needed=True)
        found[place] = int(line.number_of("population", 1, 1e8) or 0)
    return found
