"""Sentences of the page's frame: what is shown, as of when, from which viewpoint, and whose data it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo.layers.tally import KEPT
from geo.render.words import counted as in_words
from geo.render.words import day, viewpoint_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer
    from geo.render.cells import Cells
    from geo.types import Parsed


def title_of(parsed: Sequence[Parsed]) -> str | None:
    """Title of the only document; None for more documents, or where it has none."""
    return parsed[0].document.title if len(parsed) == 1 else None


def facts_of(
    layers: Mapping[str, Layer],
    parsed: Sequence[Parsed],
    gaz: Atlas,
    as_of: date | None,
    publisher: str | None,
    catalogue: dict[str, str],
    cells: Cells | None = None,
    tiles: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """Sentences by their place in the frame; the face names online tiles and says where events are counted by cells."""
    info = gaz.info()
    events, places = _numbers(layers)
    dates = sorted(item.document.date.isoformat() for item in parsed if item.document.date)
    shown_day = as_of.isoformat() if as_of else next((row["as_of"] for row in layers["claims"].rows), None)
    shown_day = shown_day or (dates[-1] if dates else None)
    return {
        "summary": catalogue["summary"].format(
            events=in_words("event", events, catalogue),
            places=in_words("place", places, catalogue),
            documents=in_words("document", len(parsed), catalogue),
            unplaced=tally.unplaced if (tally := layers["events"].tally) else len(layers["unplaced"]),
        ),
        "dates": _dates(dates, catalogue),
        "face": " · ".join(
            [
                *([_of_day(shown_day, catalogue)] if shown_day or layers["claims"].rows else []),
                viewpoint_text(gaz.viewpoint, catalogue),
                catalogue["boundaries"].format(source=_boundary_source(info)),
                *([tiles["attribution"]] if tiles else []),
                *([_of_cells(cells, catalogue)] if cells else []),
            ]
        ),
        "disclaimer": catalogue["disclaimer"].format(publisher=publisher or catalogue["publisher"]),
        "attribution": catalogue["attribution"].format(text=info.get("attribution", "")),
    }


def _numbers(layers: Mapping[str, Layer]) -> tuple[int, int]:
    """How many different events there are, and places that have some."""
    if tally := layers["events"].tally:
        return tally.total, len({spot.id for spot in tally.spots})
    rows = layers["events"].rows
    return len({row["id"] for row in rows}), len({row["place_id"] for row in rows if row["place_id"]})


def _of_day(shown_day: str | None, catalogue: dict[str, str]) -> str:
    return catalogue["as_of"].format(date=day(shown_day, catalogue)) if shown_day else catalogue["as_of_all"]


def _dates(dates: list[str], catalogue: dict[str, str]) -> str:
    if not dates:
        return catalogue["dates_none"] + "."
    if dates[0] == dates[-1]:
        return catalogue["date_one"].format(start=day(dates[0], catalogue)) + "."
    return catalogue["dates"].format(start=day(dates[0], catalogue), end=day(dates[-1], catalogue)) + "."


def _boundary_source(info: Mapping[str, Any]) -> str:
    """Where the outlines come from, in a few words: the part of the attribution about them."""
    found = re.search(r"Outlines: ([^.]*)\.", str(info.get("attribution", "")))
    return found[1] if found else "Natural Earth"


def _of_cells(cells: Cells, catalogue: Mapping[str, str]) -> str:
    unit = catalogue[f"unit.{cells.periods.unit}"]
    newest = min(KEPT, cells.total)
    return catalogue["cells"].format(total=cells.total, side=f"{cells.side:g}", unit=unit, n=newest)
