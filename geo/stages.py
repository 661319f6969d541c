"""The stages of one run, put together once: recogniser, corrections, home, resolver, dates, events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypedDict, Unpack

from geo.errors import OptionError
from geo.types import Parsed, Unplaced

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer import Gazetteer
    from gazetteer.types import Place
    from geo.corrections import Correction, Corrections
    from geo.events import Territories
    from geo.mentions import Recogniser
    from geo.types import Document, Event, Mention, Resolution, TimeSpan

SURE = 0.9
"""Least score of a dateline's place that makes it the home of its text."""
SURE_BY_ITSELF = 0.98
"""Least share of the best candidate of a dateline without its country: "PARIS —" may be any of them, the text tells."""


class Resolver(Protocol):
    """Gives each mention its place, or None with the reason."""

    def resolve(
        self,
        document: Document,
        mentions: Sequence[Mention],
        *,
        origin: Place | None = None,
        known: Mapping[int, Place] | None = None,
    ) -> list[Resolution]:
        """Return one resolution per mention, in the same order.

        ``origin`` is where the text seems to come from: a prior, never a filter. ``known`` are places that a
        person gave to mentions, by index: evidence for the others.
        """


class Extractor(Protocol):
    """Reads the events of a document; see `geo.events.extract`."""

    def __call__(
        self,
        document: Document,
        resolutions: Sequence[Resolution],
        times: Sequence[TimeSpan],
        ontology: Any,
        sentences: Sequence[tuple[int, int]] | None = None,
    ) -> list[Event]:
        """Return the events in the order of the text."""


class Settings(TypedDict, total=False):
    """What a run can be told; every key may be left out.

    Attributes
    ----------
    recogniser : geo.mentions.Recogniser or str
        Replaces the built-in one: an object, or a name as `geo.adapters.make` takes it ("spacy:en_core_web_sm").
    base_url : str
        Address of the endpoint, for recognisers and extractors that are named ``openai:MODEL``.
    extractor : callable or str
        Replaces the built-in reader of events: called as `geo.events.extract` is, or ``openai:MODEL``.
    resolver : Resolver
        Replaces the built-in one.
    ontology : geo.ontology.Ontology
    demonyms : bool
        Keep mentions of role demonym ("Ukrainian").
    min_score : float
        In [0, 1]. Placements with a lower score become unplaced.
    near : str
        Country code (ISO 3166-1 alpha-2) or id of the gazetteer: where the texts come from. Without it, a
        dateline or the outlet's address says so.
    corrections : geo.corrections.Corrections or path-like
        A person's decisions.
    """

    recogniser: Recogniser | str | None
    extractor: Extractor | str | None
    base_url: str | None
    resolver: Resolver | None
    ontology: Any
    demonyms: bool
    min_score: float | None
    near: str | None
    corrections: Corrections | str | os.PathLike[str] | None


class Placed(NamedTuple):
    """The mentions of a document with their places, and names that a person said are none."""

    resolutions: list[Resolution]
    refused: list[tuple[Mention, Correction]]


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages with their settings; made once, used for every document.

    Attributes
    ----------
    recogniser, resolver, ontology : object
    demonyms : bool
    min_score : float or None
    corrections : Corrections or None
    gaz : gazetteer.Gazetteer or None
        For the home of outlets; None: no text is given a home.
    territories : geo.events.Territories or None
        Claims and control as recorded, to which events of territory are linked; None: they are not.
    extractor : Extractor or None
        None: `geo.events.extract`.
    """

    recogniser: Recogniser
    resolver: Resolver
    ontology: Any
    demonyms: bool = False
    min_score: float | None = None
    corrections: Corrections | None = None
    gaz: Gazetteer | None = None
    territories: Territories | None = None
    extractor: Extractor | None = None

    def parse(self, document: Document) -> Parsed:
        """Read one document: its mentions with their places, its events, and what could not be placed."""
        from geo import dates, events
        from geo.text.sentences import sentences as split_sentences

        resolutions, refused = self.place(document)
        sentences = split_sentences(document.text, *document.body)
        times = dates.find_times(document, sentences)
        extract = self.extractor or events.extract
        found = extract(document, resolutions, times, self.ontology, sentences)
        if self.territories is not None:
            found = self.territories.linked(found)
        found.sort(key=lambda event: not any(item.place for item in event.places))  # the located first
        return Parsed(
            document=document,
            resolutions=tuple(resolutions),
            events=tuple(found),
            unplaced=(*_nowhere(resolutions), *self._refused(refused), *_without_place(found)),
        )

    def places(self, document: Document) -> list[Resolution]:
        """Find the mentions of one document and place them."""
        return self.place(document).resolutions

    def place(self, document: Document) -> Placed:
        """Find the mentions of one document and place them; the corrections come first."""
        mentions = self.recogniser.find(document)
        if not self.demonyms:
            mentions = [mention for mention in mentions if mention.role != "demonym"]
        if self.corrections is None:
            return Placed(self.resolve(document, mentions), [])
        mentions, decided, refused = self.corrections.apply(document, mentions)
        known = {i: row.place for i, row in decided.items() if row.place is not None}
        found = self.resolve(document, mentions, known)
        for i, row in decided.items():
            found[i] = self.corrections.fix(found[i], row)
        return Placed(found, refused)

    def resolve(
        self, document: Document, mentions: Sequence[Mention], known: Mapping[int, Place] | None = None
    ) -> list[Resolution]:
        """Place mentions that are given, as `geo eval --spans gold` does."""
        options: dict[str, Any] = {"known": known} if known else {}
        options |= self.whence(document, mentions)
        return [self._floor(item) for item in self.resolver.resolve(document, mentions, **options)]

    def whence(self, document: Document, mentions: Sequence[Mention]) -> dict[str, Any]:
        """What tells where a text comes from, as options of the resolver.

        `origin` is the place of its dateline where that is sure, else its outlet's home (then `local`), `outlet` the
        towns that the name of an unknown outlet may hold.
        """
        from geo.documents import outlet_home, outlet_names

        if self.gaz is None:
            return {}
        dated = self._dated(document, mentions)
        if dated is not None:
            return {"origin": dated}
        if not (document.url or document.source):
            return {}
        home = outlet_home(document)
        if home is not None and home in self.gaz:
            return {"origin": self.gaz.get(home), "local": True}
        names = () if home else outlet_names(document)
        return {"outlet": names} if names else {}

    def _dated(self, document: Document, mentions: Sequence[Mention]) -> Place | None:
        """The place of the dateline where that is sure."""
        from geo.text.dateline import dateline

        span = dateline(document.text, document.body_start)
        named = [m for m in mentions if span and span[0] <= m.start and m.end <= span[1]]
        if not named:
            return None
        first = self.resolver.resolve(document, named)[0]
        told = len(named) > 1 or first.candidates[0].score >= SURE_BY_ITSELF if first.place else False
        return first.place if told and first.score >= SURE else None

    def _floor(self, item: Resolution) -> Resolution:
        if item.place is None or self.min_score is None or item.score >= self.min_score:
            return item
        reason = f"score {item.score:.2f} is below {self.min_score:g}"
        return replace(item, place=None, reasons=(*item.reasons, reason))

    def _refused(self, refused: Sequence[tuple[Mention, Correction]]) -> Iterator[Unplaced]:
        for mention, row in refused:
            reason = self.corrections.reason(row) if self.corrections else ""
            yield Unplaced("mention", mention.text, reason, mention.start, mention.end)


def make_stages(gaz: Gazetteer | None = None, **settings: Unpack[Settings]) -> Stages:
    """Put the stages together.

    Parameters
    ----------
    gaz : gazetteer.Gazetteer, optional
        Default: the one that comes with the package.
    **settings
        See `Settings`.

    Returns
    -------
    Stages

    Raises
    ------
    geo.errors.OptionError
        A setting is wrong, such as an unknown place in a corrections file.
    geo.errors.MissingExtraError
        The recogniser needs a library that is not installed.
    """
    gaz = gaz or default_gazetteer()
    min_score, demonyms = settings.get("min_score"), settings.get("demonyms", False)
    return Stages(
        _recogniser(gaz, settings.get("recogniser"), settings.get("base_url"), demonyms=demonyms),
        settings.get("resolver") or _rules(gaz, settings.get("near"), min_score),
        settings.get("ontology") or _ontology(),
        demonyms,
        min_score,
        _corrections(gaz, settings.get("corrections")),
        gaz,
        _territories(gaz),
        _extractor(settings.get("extractor"), settings.get("base_url")),
    )


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """Open the gazetteer that comes with the package, once."""
    import gazetteer

    return gazetteer.open()


def _recogniser(
    gaz: Gazetteer, asked: Recogniser | str | None, base_url: str | None, *, demonyms: bool
) -> Recogniser:
    from geo.mentions import LearnedRecogniser

    if asked is not None and not isinstance(asked, str):
        return asked
    if asked in (None, "rules"):
        return LearnedRecogniser(gaz, demonyms=demonyms)
    from geo.adapters import make

    return make(str(asked), LearnedRecogniser(gaz, demonyms=True), base_url=base_url)


def _rules(gaz: Gazetteer, near: str | None, min_score: float | None) -> Resolver:
    """Make the built-in resolver; its own least score holds where none is asked for."""
    from geo.places import Resolver as Rules

    home = f"iso:{near.upper()}" if near and len(near) == 2 else near
    if home is not None and home not in gaz:
        raise OptionError(f"near: no place has the id {near!r}; 'gazetteer search NAME' finds ids")
    return Rules(gaz, near=home) if min_score is None else Rules(gaz, near=home, min_score=min_score)


def _ontology() -> Any:
    from geo.ontology import load

    return load()


def _extractor(asked: Extractor | str | None, base_url: str | None) -> Extractor | None:
    if asked in (None, "rules"):
        return None
    if not isinstance(asked, str):
        return asked
    family, _, model = asked.partition(":")
    if family != "openai" or not model:
        raise OptionError(f"extractor: {asked!r} is none; there are rules, openai:MODEL")
    from geo.adapters.endpoint import Endpoint
    from geo.events.by_model import ModelExtractor

    return ModelExtractor(Endpoint.at(model, base_url, asked_by="extractor").ask, asked)


def _territories(gaz: Gazetteer) -> Territories:
    from geo.events import Territories

    return Territories(gaz.claim_records(), gaz.control_records())


def _corrections(gaz: Gazetteer, given: Corrections | str | os.PathLike[str] | None) -> Corrections | None:
    from geo.corrections import Corrections, load

    return given if given is None or isinstance(given, Corrections) else load(given, gaz)


def _nowhere(resolutions: Sequence[Resolution]) -> Iterator[Unplaced]:
    for item in resolutions:
        if item.place is None:
            mention = item.mention
            reason = item.reasons[-1] if item.reasons else "no place of this name is known"
            yield Unplaced("mention", mention.text, reason, mention.start, mention.end)


def _without_place(found: Sequence[Event]) -> Iterator[Unplaced]:
    for event in found:
        if any(item.place for item in event.places) or not event.reports:
            continue
        evidence = event.reports[0].evidence
        reason = "its place could not be found" if event.places else "the text names no place for it"
        yield Unplaced("event", evidence.text, reason, evidence.start, evidence.end, event.id)
