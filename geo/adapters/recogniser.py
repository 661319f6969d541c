"""What a model named, as mentions: spans trimmed and checked, role and head lent by the rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from gazetteer.names import fold
from geo.text.sentences import sentences
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.types import Document, Role

_LEAD: Final = re.compile(r"(?:the\s+|[\s\"“‘'«(\[]+)*", re.IGNORECASE)
_TAIL: Final = re.compile(r"(?:['’]s|[\s\"”’'»)\],;:!?]+|(?<=[^\W\d_]{3})\.)+\Z")
PLACES: Final = frozenset({"GPE", "LOC", "FAC", "LOCATION", "FACILITY", "PLACE"})
DERIVED: Final = frozenset({"NORP"})


class Named(NamedTuple):
    """A name that a model takes for a place: a span of what it was given, its label, its belief (0 to 1)."""

    start: int
    end: int
    label: str = ""
    score: float = 0.9
    role: str = ""


class Namer(Protocol):
    """A model behind an adapter."""

    def names(self, text: str) -> Iterable[Named]:
        """Names of places in `text`, in any order; they may overlap."""


class Recogniser(Protocol):
    """As `geo.mentions.Recogniser`."""

    def find(self, document: Document) -> list[Mention]:
        """Mentions in order of their start, none overlapping."""


class ModelRecogniser:
    """A recogniser whose names come from a model.

    Where the rules know a name there too, their span, role, head and kinds stand: they keep the conventions of the
    resolver ("Kherson" with the head "region"). Where they do not, the model's span becomes a mention of its own.

    Parameters
    ----------
    namer : Namer
    rules : Recogniser
    name : str
        For the cues.
    """

    def __init__(self, namer: Namer, rules: Recogniser, name: str) -> None:
        self._namer = namer
        self._rules = rules
        self._name = name

    def find(self, document: Document) -> list[Mention]:
        """Find the mentions of a document's body, in order of start and without overlap."""
        begin, end = document.body
        body = document.text[begin:end]
        if not body.strip():
            return []
        ours = self._rules.find(document)
        found: dict[tuple[int, int], Mention] = {}
        for named in sorted(self._namer.names(body), key=lambda n: (n.start, -n.end)):
            for mention in self._mentions(document, named, begin, ours):
                found.setdefault((mention.start, mention.end), mention)
        return _apart(found.values())

    def _mentions(
        self, document: Document, named: Named, begin: int, ours: Sequence[Mention]
    ) -> Iterator[Mention]:
        start, end = trimmed(document.text, named.start + begin, named.end + begin)
        if start >= end:
            return
        cue = f"named by {self._name}" + (f" as {named.label}" if named.label else "")
        known = [m for m in ours if m.start < end and start < m.end]
        for mention in known:
            yield replace(mention, score=round(max(named.score, mention.score), 4), cues=(cue, *mention.cues))
        if not known:
            text = document.text[start:end]
            role: Role = "demonym" if named.label in DERIVED or named.role == "demonym" else "literal"
            if named.role in ("metonym", "modifier"):
                role = named.role  # type: ignore[assignment]
            yield Mention(start, end, text, role, fold(text), score=round(named.score, 4), cues=(cue,))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out what is no part of a name: "the", quotation marks, a possessive ending, a full stop.

    Examples
    --------
    >>> trimmed("the Gambia's", 0, 12)
    (4, 10)
    >>> trimmed("U.S.", 0, 4)
    (0, 4)
    """
    start, end = max(0, start), min(end, len(text))
    if start >= end:
        return start, start
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail else end


def pieces(text: str, most: int) -> Iterator[tuple[int, str]]:
    """Cut a text at the ends of sentences into pieces of at most `most` characters, with their offsets.

    A sentence that is longer by itself is cut at white space, and a longer word within. Models read only so much
    at once.
    """
    start = end = 0
    for first, last in sentences(text):
        if last - start > most and end > start:
            yield start, text[start:end]
            start = first
        end = last
        while end - start > most:
            cut = max(text.rfind(" ", start, start + most), text.rfind("\n", start, start + most))
            cut = cut if cut > start else start + most
            yield start, text[start:cut]
            start = cut
    if end > start:
        yield start, text[start:end]


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep the first, longest mention of those that overlap."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
