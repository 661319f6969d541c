"""Records as GeoParquet, some documents at a time: events as one document tells them, and every mention.

Nothing is merged over documents, so the tables of a part depend on its documents alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.export.arrow import geoparquet_table
from geo.export.coded import coded
from geo.layers.events import events_layer, joined, place_values, point
from geo.layers.layer import Layer
from geo.layers.schema import MENTIONS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from geo.ontology import Ontology
    from geo.types import Parsed, TimeSpan

NAMES: Final = ("events", "places")


def tables(
    parsed: Sequence[Parsed], to_edtf: Callable[[TimeSpan], str], ontology: Ontology | None = None
) -> dict[str, pa.Table]:
    """Make the tables of some documents.

    Parameters
    ----------
    parsed : sequence of Parsed
    to_edtf : callable
        Writes a time in EDTF (`geo.dates.to_edtf`).
    ontology : Ontology, optional
        Whose types the events have; by default the package's own.

    Returns
    -------
    dict of str to pyarrow.Table
        ``events`` (columns of the layer of events as it is exported) and ``places`` (one row per mention), each
        with GeoParquet 1.1 metadata and a bbox column. What has no place has a null geometry. All columns are there
        also for no documents.
    """
    from geo.ontology import load

    documents = {item.document.id: item.document for item in parsed}
    events = events_layer([event for item in parsed for event in item.events], documents, ontology or load())
    layers = coded({"events": events}, to_edtf, ontology) | {"places": mentions_layer(parsed)}
    return {name: geoparquet_table(layer) for name, layer in layers.items()}


def mentions_layer(parsed: Sequence[Parsed]) -> Layer:
    """One row per mention, in the order of the texts."""
    layer = Layer("places", "Places named", MENTIONS)
    for item in parsed:
        document = item.document
        day = document.date.isoformat() if document.date else None
        for number, resolution in enumerate(item.resolutions, 1):
            mention, place = resolution.mention, resolution.place
            layer.add(
                point(place),
                row_id=f"{document.id}#{number}",
                document=document.id,
                document_date=day,
                document_source=document.source,
                mention=mention.text,
                start=mention.start,
                end=mention.end,
                role=mention.role,
                **place_values(place),
                score=round(resolution.score, 4),
                reasons=joined(resolution.reasons),
            )
    return layer


def write_parquet(table: pa.Table, path: str | os.PathLike[str]) -> None:
    """Write a table whole or not at all; the same table gives the same bytes."""
    from pyarrow.parquet import write_table

    from geo.atomic import replacing

    with replacing(path) as temporary:
        write_table(table, temporary, compression="zstd")
