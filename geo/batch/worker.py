"""What one process does: it opens the gazetteer once and turns documents into lines of JSON."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.documents import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.stages import Stages
    from geo.types import Document, Parsed

HASH = "text_sha256"
"""Key of records without text: what `--resume` knows the text by."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read documents; small, so that every process can be told.

    Attributes
    ----------
    gazetteers : tuple of str
        Paths of own data, as `gazetteer.open_files` takes them.
    settings : dict
        As `geo.stages.Settings`, of plain values only (``corrections`` is a path).
    text : bool
        Whether records hold the text.
    viewpoint : str
        As `gazetteer.open_files` takes it.
    """

    gazetteers: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    text: bool = True
    viewpoint: str = "default"


class Counts(NamedTuple):
    """What a record holds: ``placed`` of the mentions, located ``events``, and what stands under ``unplaced``."""

    mentions: int = 0
    placed: int = 0
    events: int = 0
    unplaced: int = 0


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document's record as a line without its end, or why there is none."""

    id: str
    line: bytes = b""
    failure: Failure | None = None
    kept: bool = False
    """Whether an earlier run made the line."""
    counts: Counts = NOTHING


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a chunk, with what the parent has to know besides: uses of corrections, warnings."""

    outcomes: list[Outcome]
    used: dict[int, int]
    stale: dict[int, str]
    warnings: list[str]


class Worker:
    """Reads documents with stages that are made once."""

    def __init__(self, plan: Plan) -> None:
        import gazetteer
        from geo.pipeline import make_stages

        self._plan = plan
        gaz = gazetteer.open_files(plan.gazetteers, viewpoint=plan.viewpoint)
        self._stages: Stages = make_stages(gaz, **plan.settings)

    def run(self, chunk: Sequence[Document | Parsed]) -> Report:
        """Read the documents of a chunk, in order; none stops the others."""
        warnings = _Collector()
        logger = logging.getLogger("geo")
        before, logger.handlers = logger.handlers, [warnings]
        try:
            found = [self._outcome(item) for item in chunk]
        finally:
            logger.handlers = before
        corrections = self._stages.corrections
        used, stale = (dict(corrections.used), dict(corrections.stale)) if corrections else ({}, {})
        if corrections:
            corrections.used.clear()
            corrections.stale.clear()
        return Report(found, used, stale, warnings.lines)

    def _outcome(self, item: Document | Parsed) -> Outcome:
        from geo.codec import dumps, encode
        from geo.pipeline import parse_item

        done = parse_item(self._stages, item)
        if isinstance(done, Failure):
            return Outcome(done.where, failure=done)
        record = encode(done, text=self._plan.text)
        if not self._plan.text and done.document.text:
            record[HASH] = text_hash(done.document.text)
        return Outcome(done.document.id, dumps(record).encode("utf-8"), counts=counts(record))


def counts(record: Mapping[str, Any]) -> Counts:
    """Count what a record holds.

    Examples
    --------
    >>> counts({"mentions": [], "events": [], "unplaced": []})
    Counts(mentions=0, placed=0, events=0, unplaced=0)
    """
    mentions = record["mentions"]
    placed = sum(1 for mention in mentions if mention["place"] is not None)
    return Counts(len(mentions), placed, len(record["events"]), len(record["unplaced"]))


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class _Collector(logging.Handler):
    """Keeps warnings for the process that speaks to the user."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.lines.append(record.getMessage())
