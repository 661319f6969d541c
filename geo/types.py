"""The records that stages hand to each other, and nothing else.

Offsets are code points into ``Document.text``, end exclusive. Longitude comes before latitude, both WGS 84
degrees. ``None`` means unknown, an empty tuple means none found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from gazetteer.types import Candidate, Place

Role = Literal["literal", "metonym", "modifier", "demonym"]
ROLES: Final[tuple[Role, ...]] = ("literal", "metonym", "modifier", "demonym")

Status = Literal["happened", "claimed", "planned", "called_for", "threatened", "denied", "hypothetical"]
STATUSES: Final[tuple[Status, ...]] = (
    "happened",
    "claimed",
    "planned",
    "called_for",
    "threatened",
    "denied",
    "hypothetical",
)

PlaceRole = Literal["at", "from", "to", "towards", "near"]


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what is known about it.

    Attributes
    ----------
    id : str
        Stable within a run: the file's path as given, or the record's own id.
    text : str
        What all offsets index; for a plain file the whole file, front matter included.
    title, source, url : str or None
    date : datetime.date or None
        The document's own date, the reference of relative phrases; never today's.
    date_basis : str or None
        Where the date comes from: "metadata", "front matter", "dateline", "text", "url", "option".
    body_start : int
        Where the prose begins in `text`, after any front matter.
    """

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    date: date | None = None
    date_basis: str | None = None
    body_start: int = 0

    @property
    def body(self) -> tuple[int, int]:
        """Span of the prose within `text`."""
        return self.body_start, len(self.text)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text that is taken for a place.

    Attributes
    ----------
    start, end : int
        Span of the name itself ("Kherson" in "Kherson region"; "Mississippi River" whole).
    text : str
        ``document.text[start:end]``.
    role : str
        See DESIGN: literal, metonym, modifier or demonym.
    key : str
        Folded name to look up; differs from `text` for glued, plural or derived forms.
    kinds : tuple of str
        Kinds the context asks for ("region" -> admin1, region), best first; empty where it is silent.
    head : str or None
        The generic word that gave `kinds` ("region", "river", "nuclear plant").
    score : float
        Belief that this is a place, 0 to 1.
    cues : tuple of str
        Why, in words.
    """

    start: int
    end: int
    text: str
    role: Role
    key: str
    kinds: tuple[str, ...] = ()
    head: str | None = None
    score: float = 1.0
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoredCandidate:
    """A candidate with its share of belief (the scores of one mention sum to at most 1)."""

    candidate: Candidate
    score: float

    @property
    def place(self) -> Place:
        """The candidate's place."""
        return self.candidate.place


@dataclass(frozen=True, slots=True)
class Resolution:
    """A mention with the place it was given, or None with the reason.

    ``score`` is the belief in the whole (mention and place), 0 to 1. ``candidates`` are ranked, best first,
    and kept also where `place` is None.
    """

    mention: Mention
    place: Place | None
    score: float
    reasons: tuple[str, ...] = ()
    candidates: tuple[ScoredCandidate, ...] = ()


Granularity = Literal["day", "week", "month", "season", "year", "decade", "hour", "unknown"]


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time as an interval of days, both included; an open end is None.

    Attributes
    ----------
    start, end : datetime.date or None
    granularity : str
        How exact the phrase is: day, week, month, year ...
    relation : str
        at, since, until, by, during, before, after.
    basis : str
        "explicit" (a full date in the text), "relative" (reckoned from the document's date),
        "anaphoric" (from another event), "document" (the document's date stands in),
        "unresolved" (a relative phrase without a reference: start and end None, `text` kept).
    text : str
        The phrase, "" where basis is "document".
    span : tuple of (int, int) or None
        Where the phrase stands.
    """

    start: date | None
    end: date | None
    granularity: Granularity
    relation: str
    basis: str
    text: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that carry a report: a span and its text, normally the sentence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted on. ``role``: agent, target, affected. ``side``: ISO country code where known."""

    name: str
    role: str
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. ``chain`` lists those who passed it on, the last speaker first (agency, outlet)."""

    name: str
    side: str | None = None
    verb: str = ""
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts. ``bound``: exact, at_least, at_most, about, more_than, less_than, unknown."""

    what: str
    low: float | None
    high: float | None
    bound: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A place of an event.

    ``mention`` indexes the document's resolutions: the mention that names the place, also where the event
    only inherits it; then ``reason`` says why ("the plant", "topic of the sentence before"), else it is "".
    """

    role: PlaceRole
    place: Place | None
    mention: int | None = None
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """What an event says to a record of the gazetteer on who claims, controls or recognises a territory.

    ``record`` is the id of the claim or control record, None where there is none; ``relation`` is agrees,
    contradicts or adds; ``reason`` says why in words.
    """

    record: str | None
    relation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """One clause of one document that reports an event."""

    document: str
    status: Status
    evidence: Evidence
    trigger: tuple[int, int]
    source: Attribution | None = None
    when: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One or more reports that mean the same thing.

    ``id`` is made from the content (type, places, time, evidence), the same for the same input.
    ``standing``: reported, claimed, confirmed, corroborated, contested, denied.
    ``places`` may be empty: then the event is also listed as unplaced.
    """

    id: str
    type: str
    status: Status
    standing: str
    places: tuple[EventPlace, ...]
    reports: tuple[Report, ...]
    when: TimeSpan | None = None
    actors: tuple[Actor, ...] = ()
    source: Attribution | None = None
    quantities: tuple[Quantity, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    """Why reports were merged, why a place or a status was taken: for people, in order."""
    claims: tuple[ClaimLink, ...] = ()
    """Records of the gazetteer on the territory that the event agrees with, contradicts or adds to."""

    @property
    def sides(self) -> tuple[str, ...]:
        """Countries of those who tell of it, in order; a denial is told by a side too."""
        told = (report.source.side for report in self.reports if report.source)
        return tuple(dict.fromkeys(side for side in told if side))

    @property
    def sources(self) -> int:
        """Number of independent sources: speakers by name, and words of a narrator, copies counted once."""
        return len(
            {
                report.source.name.casefold() if report.source else " ".join(report.evidence.text.split())
                for report in self.reports
            }
        )


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What was found but has no place on the map. ``what`` is "mention" or "event"."""

    what: str
    text: str
    reason: str
    start: int
    end: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with all that was read from it; the JSON Lines record of `geo parse`."""

    document: Document
    resolutions: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    errors: tuple[str, ...] = field(default=())
