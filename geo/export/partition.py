"""Records as GeoParquet, some documents at a time: events as one document tells them, and every mention.

Nothing is merged over documents, so the tables of a part depend on its documents alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.export.arrow import geoparquet_table
from geo.export.coded import coded
from geo.layers.events import events_layer, joined, point
from geo.layers.layer import Layer, columns

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from geo.ontology import Ontology
    from geo.types import Parsed, TimeSpan

NAMES: Final = ("events", "places")
MENTIONS: Final = columns(
    ("row_id", "str", "unique key: document and number of the mention in it"),
    ("document", "str", "id of the document"),
    ("document_date", "date", "its own date"),
    ("document_source", "str", "who published it"),
    ("mention", "str", "the name as the text has it"),
    ("start", "int", "where it starts in the document's text, code points"),
    ("end", "int", "where it ends, exclusive"),
    ("role", "str", "literal, metonym, modifier or demonym"),
    ("place_id", "str", "id of the place in the gazetteer; empty where it could not be placed"),
    ("place_name", "str", "English name"),
    ("place_kind", "str", "kind of place: city, admin1, river, facility ..."),
    ("country", "str", "ISO 3166-1 alpha-2 code under the viewpoint of the gazetteer"),
    ("admin1", "str", "ISO 3166-2 code of the first-level unit"),
    ("lon", "float", "longitude, WGS 84 degrees"),
    ("lat", "float", "latitude, WGS 84 degrees"),
    ("is_area", "bool", "true where the point only represents an area"),
    ("precision_km", "float", "radius of the place, km"),
    ("score", "float", "belief in the placement, 0 to 1"),
    ("reasons", "str", "why it was given this place, or none"),
)


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
                place_id=place.id if place else None,
                place_name=place.name if place else None,
                place_kind=place.kind if place else None,
                country=place.country if place else None,
                admin1=place.admin1 if place else None,
                lon=place.lon if place else None,
                lat=place.lat if place else None,
                is_area=place.is_area if place else None,
                precision_km=place.precision_km if place else None,
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
