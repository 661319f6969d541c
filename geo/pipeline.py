"""The order of the stages, known here and nowhere else.

    documents -> mentions -> places, dates -> events -> layers -> page

Opens the gazetteer and hands it to the stages that need it. A document that fails never stops the others.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from geo.documents import Failure
from geo.errors import OptionError
from geo.types import Document, Parsed, Unplaced

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from gazetteer import Gazetteer
    from geo.layers import Layer
    from geo.mentions import Recogniser
    from geo.types import Event, Mention, Resolution

log = logging.getLogger("geo.pipeline")


class Resolver(Protocol):
    """Gives each mention its place, or None with the reason."""

    def resolve(self, document: Document, mentions: Sequence[Mention]) -> list[Resolution]:
        """Return one resolution per mention, in the same order."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of one run with their settings; made once, used for every document.

    Attributes
    ----------
    recogniser, resolver, ontology : object
    demonyms : bool
        Keep mentions of role demonym ("Ukrainian").
    min_score : float or None
        Placements below it become unplaced, with the reason.
    """

    recogniser: Recogniser
    resolver: Resolver
    ontology: Any
    demonyms: bool = False
    min_score: float | None = None

    def parse(self, document: Document) -> Parsed:
        """Read one document: its mentions with their places, its events, and what could not be placed."""
        from geo import dates, events

        resolutions = self.places(document)
        times = dates.find_times(document)
        found = events.extract(document, resolutions, times, self.ontology)
        found.sort(key=lambda event: not any(item.place for item in event.places))  # the located first
        return Parsed(
            document=document,
            resolutions=tuple(resolutions),
            events=tuple(found),
            unplaced=tuple(_unplaced(resolutions, found)),
        )

    def places(self, document: Document) -> list[Resolution]:
        """Find the mentions of one document and place them."""
        mentions = self.recogniser.find(document)
        if not self.demonyms:
            mentions = [mention for mention in mentions if mention.role != "demonym"]
        return [self._floor(item) for item in self.resolver.resolve(document, mentions)]

    def _floor(self, item: Resolution) -> Resolution:
        if item.place is None or self.min_score is None or item.score >= self.min_score:
            return item
        reason = f"score {item.score:.2f} is below {self.min_score:g}"
        return replace(item, place=None, reasons=(*item.reasons, reason))


def make_stages(
    gaz: Gazetteer | None = None,
    *,
    recogniser: Recogniser | None = None,
    resolver: Resolver | None = None,
    ontology: Any = None,
    demonyms: bool = False,
    min_score: float | None = None,
    near: str | None = None,
) -> Stages:
    """Put the stages together.

    Parameters
    ----------
    gaz : gazetteer.Gazetteer, optional
        Default: the one that comes with the package.
    recogniser, resolver, ontology : optional
        Replace the built-in rules.
    demonyms : bool
        Keep mentions of role demonym ("Ukrainian").
    min_score : float, optional
        In [0, 1]. Placements with a lower score become unplaced.
    near : str, optional
        Country code (ISO 3166-1 alpha-2) or id of the gazetteer: where the texts come from.

    Returns
    -------
    Stages
    """
    gaz = gaz or default_gazetteer()
    if recogniser is None:
        from geo.mentions import RuleRecogniser

        recogniser = RuleRecogniser(gaz, demonyms=demonyms)
    if resolver is None:
        resolver = _rules(gaz, near, min_score)
    if ontology is None:
        from geo.ontology import load

        ontology = load()
    return Stages(recogniser, resolver, ontology, demonyms, min_score)


def _rules(gaz: Gazetteer, near: str | None, min_score: float | None) -> Resolver:
    """Make the built-in resolver; its own least score holds where none is asked for."""
    from geo.places import Resolver as Rules

    home = f"iso:{near.upper()}" if near and len(near) == 2 else near
    if home is not None and home not in gaz:
        raise OptionError(f"near: no place has the id {near!r}; 'gazetteer search NAME' finds ids")
    return Rules(gaz, near=home) if min_score is None else Rules(gaz, near=home, min_score=min_score)


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """Open the gazetteer that comes with the package, once."""
    import gazetteer

    return gazetteer.open()


def parse(
    document: Document | str,
    *,
    gaz: Gazetteer | None = None,
    recogniser: Recogniser | None = None,
    resolver: Resolver | None = None,
    ontology: Any = None,
    demonyms: bool = False,
    min_score: float | None = None,
    near: str | None = None,
) -> Parsed:
    """Read one document or text.

    Parameters
    ----------
    document : Document or str
        A bare text has the id "text" and no date.
    gaz, recogniser, resolver, ontology, demonyms, min_score, near
        See `make_stages`.

    Returns
    -------
    Parsed
        Empty but for its document where the text is empty.

    Examples
    --------
    >>> parse("Nothing here.").events
    ()
    """
    stages = make_stages(
        gaz,
        recogniser=recogniser,
        resolver=resolver,
        ontology=ontology,
        demonyms=demonyms,
        min_score=min_score,
        near=near,
    )
    return stages.parse(Document("text", document) if isinstance(document, str) else document)


def run(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    date: date | None = None,
    gaz: Gazetteer | None = None,
    stages: Stages | None = None,
    **settings: Any,
) -> Iterator[Parsed | Failure]:
    """Read all inputs, one document at a time.

    Parameters
    ----------
    inputs : path-like or iterable of path-like
        Files, folders, patterns, ``-``, and what `geo parse` wrote (those are taken as they are).
    date : datetime.date, optional
        For documents that have none.
    gaz : gazetteer.Gazetteer, optional
    stages : Stages, optional
        Default: made from `gaz` and `settings` (see `make_stages`) when the first text comes.

    Yields
    ------
    Parsed or Failure
        In the order of the inputs.
    """
    from geo.codec import decode
    from geo.documents import read

    for item in read(inputs, date=date, decoder=decode):
        if not isinstance(item, Document):
            yield item
            continue
        if stages is None:
            stages = make_stages(gaz, **settings)
        try:
            yield stages.parse(item)
        except Exception as error:  # a fault in a rule must not cost the other documents
            log.debug("%s", item.id, exc_info=True)
            what = f"could not be parsed ({type(error).__name__}: {error})"
            yield Failure(item.id, what, "please report this with the text; GEO_DEBUG=1 shows where")


def merge(parsed: Iterable[Parsed]) -> list[Event]:
    """Merge the events of several documents: reports of the same thing become one event."""
    from geo import events

    return list(events.merge([event for item in parsed for event in item.events]))


def make_layers(
    parsed: Sequence[Parsed], *, gaz: Gazetteer | None = None, as_of: date | None = None
) -> dict[str, Layer]:
    """Make the layers: events, reports, places, regions, claims, flows, unplaced.

    Parameters
    ----------
    parsed : sequence of Parsed
    gaz : gazetteer.Gazetteer, optional
    as_of : datetime.date, optional
        Claims as of this day; default: the newest document's date, or all claims where there is none.

    Returns
    -------
    dict of str to Layer
        ``layers["events"].frame`` is a GeoDataFrame.
    """
    from geo.layers import build

    return build(parsed, merge(parsed), gaz or default_gazetteer(), as_of=as_of)


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

    gaz = gaz or default_gazetteer()
    if layers is None:
        layers = make_layers(parsed, gaz=gaz, as_of=as_of)
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


def _unplaced(resolutions: Sequence[Resolution], found: Sequence[Event]) -> Iterator[Unplaced]:
    for item in resolutions:
        if item.place is None:
            mention = item.mention
            reason = item.reasons[-1] if item.reasons else "no place of this name is known"
            yield Unplaced("mention", mention.text, reason, mention.start, mention.end)
    for event in found:
        if any(item.place for item in event.places) or not event.reports:
            continue
        evidence = event.reports[0].evidence
        reason = "its place could not be found" if event.places else "the text names no place for it"
        yield Unplaced("event", evidence.text, reason, evidence.start, evidence.end, event.id)
