"""Build all layers of one run: one pass over the documents, one over the merged events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.layers.claims import claims_layer
from geo.layers.events import events_layer, reports_layer
from geo.layers.extent import box_of, extent
from geo.layers.flows import flows_layer
from geo.layers.mentions import Mentions
from geo.layers.places import places_layer, regions_layer
from geo.layers.tally import KEPT, newest, tally_of
from geo.layers.unplaced import unplaced_layer
from geo.ontology import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer
    from geo.layers.tally import Tally
    from geo.ontology import Ontology
    from geo.types import Event, Parsed


def build(
    parsed: Sequence[Parsed],
    events: Sequence[Event],
    gaz: Atlas,
    *,
    as_of: date | None = None,
    ontology: Ontology | None = None,
    limit: int | None = None,
    mentions: Mentions | None = None,
) -> dict[str, Layer]:
    """Make the layers of a run.

    Parameters
    ----------
    parsed : sequence of Parsed
        The documents with what was read from them.
    events : sequence of Event
        The events merged over the documents.
    gaz : gazetteer
        Gives outlines and claims.
    as_of : datetime.date, optional
        Claims are those made on this day. Default: the date of the newest document (see `as_of_date`); where
        no document has a date either, all known claims, those that ended included.

    ontology : Ontology, optional
        Event types, for their families; the package's own by default.
    limit : int, optional
        With more events than this the layers of events, reports and movements have rows of the newest 2,000
        alone, that of what could not be placed its first 2,000, and ``layers["events"].tally`` has the exact
        numbers of all. Places, regions and claims are those of all events. Default: rows for all.
    mentions : Mentions, optional
        The mentions of the documents, counted as they came; `parsed` can then be lean (`geo.layers.mentions`).

    Returns
    -------
    dict of str to Layer
        ``events`` (one row per event and place), ``reports`` (one row per sentence that reports an event),
        ``places``, ``regions``, ``claims`` (one row per claim and outline), ``flows``, ``unplaced``. All are
        there also when `parsed` is empty.
    """
    documents = {item.document.id: item.document for item in parsed}
    mentions = mentions or Mentions.of(parsed)
    counted = limit is not None and len(events) > limit
    listed = newest(events) if counted else events
    layers = {
        "events": events_layer(listed, documents, ontology or load()),
        "reports": reports_layer(listed, documents),
        "places": places_layer(parsed, events, mentions),
    }
    layers["regions"] = regions_layer(parsed, events, gaz, mentions)
    layers["flows"] = flows_layer(listed)
    unplaced, unplaced_all = unplaced_layer(parsed, events, KEPT if counted else None)
    if counted:
        layers["events"].tally = _tally(events, layers["places"], unplaced_all)
    box = extent(layers["events"], layers["places"], layers["flows"])
    about = {row["country"] for row in layers["places"].rows if row["literal"] or row["events"]} - {None}
    layers["claims"] = claims_layer(gaz, as_of or as_of_date(parsed), box, about)
    layers["unplaced"] = unplaced
    for layer in layers.values():
        layer.atlas = gaz
    return layers


def _tally(events: Sequence[Event], places: Layer, unplaced: int) -> Tally:
    tally = tally_of(events)
    tally.unplaced = unplaced
    small = [(s.lon, s.lat) for s in tally.spots if s.kind not in {"country", "continent"}]
    tally.box = box_of(small, tally.moved, places)
    return tally


def as_of_date(parsed: Sequence[Parsed]) -> date | None:
    """Date of the newest document, None where no document has one."""
    return max((item.document.date for item in parsed if item.document.date), default=None)
