"""The order of the stages, known here and nowhere else.

    documents -> mentions -> places, dates -> events -> layers -> page

Opens the gazetteer and hands it to the stages that need it. A document that fails never stops the others.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Unpack

from geo.coded.mark import CODED
from geo.documents import Failure
from geo.errors import GeoError
from geo.stages import Settings, Stages, default_gazetteer, make_stages
from geo.types import Document, Parsed

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from gazetteer import Gazetteer
    from geo.corrections import Corrections
    from geo.layers import Layer
    from geo.layers.mentions import Mentions
    from geo.types import Event

__all__ = [
    "Settings",
    "Stages",
    "default_gazetteer",
    "default_title",
    "make_layers",
    "make_map",
    "make_stages",
    "merge",
    "parse",
    "parse_item",
    "read_inputs",
    "run",
]

log = logging.getLogger("geo.pipeline")


def parse(document: Document | str, *, gaz: Gazetteer | None = None, **settings: Unpack[Settings]) -> Parsed:
    """Read one document or text.

    Parameters
    ----------
    document : Document or str
        A bare text has the id "text" and no date.
    gaz : gazetteer.Gazetteer, optional
        Default: the one that comes with the package.
    **settings
        See `geo.stages.Settings`.

    Returns
    -------
    Parsed
        Empty but for its document where the text is empty.

    Examples
    --------
    >>> parse("Nothing here.").events
    ()
    """
    stages = make_stages(gaz, **settings)
    return stages.parse(Document("text", document) if isinstance(document, str) else document)


def run(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    date: date | None = None,
    gaz: Gazetteer | None = None,
    stages: Stages | None = None,
    **settings: Unpack[Settings],
) -> Iterator[Parsed | Failure]:
    """Read all inputs, one document at a time.

    Parameters
    ----------
    inputs : path-like or iterable of path-like
        Files, folders, patterns, ``-``, and what `geo parse` wrote (those are taken as they are); files with
        coordinates and databases of coded events (see `geo.coded`).
    date : datetime.date, optional
        For documents that have none.
    gaz : gazetteer.Gazetteer, optional
    stages : Stages, optional
        Default: made from `gaz` and `settings` (see `make_stages`) when the first text comes.

    Yields
    ------
    Parsed or Failure
        In the order of the inputs; coded events come last.
    """
    for item in read_inputs(inputs, date=date, gaz=gaz):
        if isinstance(item, Failure) or (isinstance(item, Parsed) and not settings.get("corrections")):
            yield item
            continue
        if stages is None:
            stages = make_stages(gaz, **settings)
        yield parse_item(stages, item)


def read_inputs(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    date: date | None = None,
    gaz: Gazetteer | None = None,
) -> Iterator[Document | Parsed | Failure]:
    """Read texts and records, then files and databases of coded events."""
    from os import PathLike, fspath

    from geo.codec import decode
    from geo.documents import read

    given = [inputs] if isinstance(inputs, (str, PathLike)) else list(inputs)
    coded = [one for one in given if _is_coded(fspath(one))]
    if texts := [one for one in given if one not in coded]:
        yield from read(texts, date=date, decoder=decode)
    for one in dict.fromkeys(fspath(one) for one in coded):
        yield from _coded(one, gaz)


def _is_coded(name: str) -> bool:
    from pathlib import PurePath

    if "://" in name:
        from geo.database import is_address

        return is_address(name)
    if PurePath(name).suffix.lower() not in {".geojson", ".gpkg", ".fgb", ".csv", ".tsv"}:
        return False
    from geo.coded.files import is_coded_file

    return is_coded_file(name)


def _coded(name: str, gaz: Gazetteer | None) -> Iterator[Parsed | Failure]:
    from geo.coded.files import rows_of_file
    from geo.coded.read import records
    from geo.database import is_address, parse_address, read_tables

    shown = name
    try:
        if is_address(name):
            shown = parse_address(name).shown
            tables = read_tables(name, ["events"], ["reports"])
        else:
            tables = rows_of_file(name)
    except GeoError as error:
        yield Failure(shown, str(error).removeprefix(f"{shown}: "))
        return
    if not tables["events"]:
        yield Failure(shown, "has no rows", "check how it was made")
        return
    found, problem = records(shown, tables, gaz or default_gazetteer())
    yield from found
    if problem:
        yield Failure(shown, problem, "check these rows")


def parse_item(stages: Stages, item: Document | Parsed) -> Parsed | Failure:
    """Read one document; a fault in a rule must not cost the other documents.

    A record of `geo parse` is taken as it is, unless a correction is about it: then its text is read again.
    """
    if isinstance(item, Parsed):
        if stages.corrections is None or not _corrected(stages.corrections, item.document):
            return item
        item = item.document
    try:
        return stages.parse(item)
    except GeoError as error:
        return Failure(item.id, str(error))
    except Exception as error:
        log.debug("%s", item.id, exc_info=True)
        what = f"could not be parsed ({type(error).__name__}: {error})"
        return Failure(item.id, what, "please report this with the text; GEO_DEBUG=1 shows where")


def _corrected(corrections: Corrections, document: Document) -> bool:
    if not document.text:
        log.warning("%s: this record has no text: no correction is applied to it", document.id)
    return corrections.touches(document)


def merge(parsed: Iterable[Parsed]) -> list[Event]:
    """Merge the events of several documents: reports of the same thing become one event.

    Events that were taken as somebody coded them stay as they are, and come last.
    """
    from geo import events

    found = [event for item in parsed for event in item.events]
    kept = [event for event in found if event.reasons[:1] == (CODED,)]
    texts = [event for event in found if event.reasons[:1] != (CODED,)] if kept else found
    return [*events.merge(texts), *kept]


def make_layers(
    parsed: Sequence[Parsed],
    *,
    gaz: Gazetteer | None = None,
    as_of: date | None = None,
    limit: int | None = None,
    mentions: Mentions | None = None,
) -> dict[str, Layer]:
    """Make the layers: events, reports, places, regions, claims, flows, unplaced.

    Parameters
    ----------
    parsed : sequence of Parsed
    gaz : gazetteer.Gazetteer, optional
    as_of : datetime.date, optional
        Claims as of this day; default: the newest document's date, or all claims where there is none.
    limit : int, optional
        For a map alone: with more events than this only the newest 2,000 have rows, the others are counted (see
        `geo.layers.build`), which takes a fraction of the time and memory. Default: rows for all.
    mentions : geo.layers.mentions.Mentions, optional
        Those of the documents, where they were counted before and the documents are lean.

    Returns
    -------
    dict of str to Layer
        ``layers["events"].frame`` is a GeoDataFrame.
    """
    import geo.render  # noqa: F401  (gives layers their explore())
    from geo.layers import build

    return build(
        parsed, merge(parsed), gaz or default_gazetteer(), as_of=as_of, limit=limit, mentions=mentions
    )


def make_map(
    parsed: Sequence[Parsed],
    *,
    gaz: Gazetteer | None = None,
    layers: dict[str, Layer] | None = None,
    title: str | None = None,
    as_of: date | None = None,
    **options: Any,
) -> str:
    """Draw the page: one HTML file that needs nothing else.

    Parameters
    ----------
    parsed : sequence of Parsed
    gaz : gazetteer.Gazetteer, optional
    layers : dict, optional
        What `make_layers` gave; made when not handed in.
    title : str, optional
        Default: from the documents.
    as_of : datetime.date, optional
    **options
        Passed on to `geo.render.page` (``publisher``).

    Returns
    -------
    str
        HTML; the same for the same input.
    """
    from geo.render import page
    from geo.render.cells import LIMIT

    gaz = gaz or default_gazetteer()
    if layers is None:
        layers = make_layers(parsed, gaz=gaz, as_of=as_of, limit=options.get("limit", LIMIT))
    shown = title or default_title(parsed)
    return page(layers, parsed, gaz, title=shown, as_of=as_of, **options)


def default_title(parsed: Sequence[Parsed]) -> str:
    """Title of a map: the document's own where there is one document, else their number and dates.

    Examples
    --------
    >>> default_title([])
    'No documents'
    """
    if not parsed:
        return "No documents"
    if len(parsed) == 1:
        document = parsed[0].document
        return document.title or document.id.rsplit("/", 1)[-1]
    days = sorted(item.document.date for item in parsed if item.document.date)
    if not days:
        return f"{len(parsed)} documents"
    span = f"{days[0]:%Y-%m-%d}" if days[0] == days[-1] else f"{days[0]:%Y-%m-%d} to {days[-1]:%Y-%m-%d}"
    return f"{len(parsed)} documents, {span}"
