"""Which mentions a person's decisions are about, and what becomes of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.names import fold
from geo.text.address import host_of
from geo.types import Mention, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.types import Place
    from geo.types import Document


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision.

    Attributes
    ----------
    line : int
        Where it stands in its file.
    name : str
        As the text has it, case included.
    place : Place or None
        None: it is no place.
    document, source, quote : str or None
    span : tuple of (int, int) or None
    note : str
    """

    line: int
    name: str
    place: Place | None
    document: str | None = None
    source: str | None = None
    quote: str | None = None
    span: tuple[int, int] | None = None
    note: str = ""

    @property
    def breadth(self) -> int:
        """0 for one mention, 1 for a document, 2 for a source, 3 for everywhere."""
        return 0 if self.span or self.quote else 1 if self.document else 2 if self.source else 3

    def covers(self, document: Document) -> bool:
        """Whether the row is about this document at all."""
        if self.document is not None and not _same_document(self.document, document.id):
            return False
        return self.source is None or _same_source(self.source, document)


class Decided(NamedTuple):
    """A document's mentions after the corrections, in order of start.

    ``known`` maps an index into `mentions` to its correction; ``refused`` are names that are no place.
    """

    mentions: list[Mention]
    known: dict[int, Correction]
    refused: list[tuple[Mention, Correction]]


@dataclass(slots=True)
class Corrections:
    """The decisions of one file, and which of them were of use.

    Attributes
    ----------
    rows : tuple of Correction
    name : str
        The file, for reasons and messages.
    used : Counter
        Line to the number of mentions it decided.
    stale : dict
        Line to why a row no longer fits the document it names.
    """

    rows: tuple[Correction, ...]
    name: str = "corrections"
    used: Counter[int] = field(default_factory=Counter)
    stale: dict[int, str] = field(default_factory=dict)

    def touches(self, document: Document) -> bool:
        """Whether some row may decide a name of this document."""
        folded = fold(document.text)
        return any(row.covers(document) and fold(row.name) in folded for row in self.rows)

    def apply(self, document: Document, mentions: Sequence[Mention]) -> Decided:
        """Decide what the rows decide.

        A name that was not recognised becomes a mention where a row gives it a place. A row about a name
        leaves alone a longer name that holds it, and one whose head asks for another kind than its place's.

        Parameters
        ----------
        document : Document
        mentions : sequence of Mention
            In order of start.
        """
        chosen: dict[tuple[int, int], tuple[Mention, Correction]] = {}
        for row in sorted(self.rows, key=lambda row: (row.breadth, -row.line)):
            if not row.covers(document):
                continue
            spans = self._spans(row, document)
            for mention in _targets(row, document, mentions, spans):
                if not any(start < mention.end and mention.start < end for start, end in chosen):
                    chosen[mention.start, mention.end] = (mention, row)
        self.used.update(row.line for _, row in chosen.values())
        return _decided(mentions, list(chosen.values()))

    def _spans(self, row: Correction, document: Document) -> list[tuple[int, int]]:
        """Where a row's name stands; a row about one document or mention that is nowhere is stale."""
        spans = _found(row, document)
        if row.breadth == 0 and len(spans) > 1:
            self.stale[row.line] = f"{row.quote!r} stands more than once in {document.id}"
            return []
        if not spans and row.document is not None:
            what = f"characters {row.span[0]}-{row.span[1]}" if row.span else repr(row.quote or row.name)
            missing = f"are not {row.name!r}" if row.span else "is not"
            self.stale[row.line] = f"{what} {missing} in {document.id}"
        return spans

    def reason(self, row: Correction) -> str:
        """Why a mention is what it is, in words."""
        what = "corrected" if row.place else "no place, as corrected"
        return f"{what} ({self.name} line {row.line}{': ' + row.note if row.note else ''})"

    def fix(self, resolution: Resolution, row: Correction) -> Resolution:
        """Give a mention the place of its correction; the candidates stay for comparison."""
        return replace(resolution, place=row.place, score=1.0, reasons=(self.reason(row),))

    def add(self, used: Mapping[int, int], stale: Mapping[int, str]) -> None:
        """Add what another process has used."""
        self.used.update(used)
        self.stale.update(stale)

    def report(self) -> list[str]:
        """Lines for the user: how many rows were used, unused and stale, with line numbers."""
        unused = [row.line for row in self.rows if row.line not in self.used and row.line not in self.stale]
        mentions = sum(self.used.values())
        lines = [
            f"{self.name}: {len(self.used)} of {len(self.rows)} corrections used, for {mentions} mention"
            f"{'' if mentions == 1 else 's'}"
        ]
        if unused:
            lines.append(f"{self.name}: unused: line{'s' * (len(unused) > 1)} {_numbers(unused)}")
        lines += [f"{self.name} line {line}: stale: {why}" for line, why in sorted(self.stale.items())]
        return lines


def _numbers(lines: Iterable[int]) -> str:
    listed = sorted(lines)
    return ", ".join(map(str, listed[:20])) + (f" and {len(listed) - 20} more" if len(listed) > 20 else "")


def _found(row: Correction, document: Document) -> list[tuple[int, int]]:
    """Spans of a row's name in a document."""
    text = document.text
    if row.name not in text:
        return []
    if row.span is not None:
        return [row.span] if text[slice(*row.span)] == row.name else []
    if row.quote is not None:
        inside = row.quote.index(row.name)
        starts = [m.start() + inside for m in re.finditer(re.escape(row.quote), text)]
        return [(start, start + len(row.name)) for start in starts]
    pattern = rf"(?<!\w){re.escape(row.name)}(?!\w)"
    return [match.span() for match in re.compile(pattern).finditer(text, document.body_start)]


def _targets(
    row: Correction, document: Document, mentions: Sequence[Mention], spans: list[tuple[int, int]]
) -> list[Mention]:
    """Find the mentions that a row decides: found ones of its name, and its name where nothing was found."""
    targets = []
    for start, end in spans:
        over = [mention for mention in mentions if mention.start < end and start < mention.end]
        same = next((m for m in over if (m.start, m.end) == (start, end)), None)
        if same is not None:
            if row.breadth == 0 or _fits(row, same):
                targets.append(same)
        elif row.breadth == 0 or not any(m.start <= start and end <= m.end for m in over):
            targets.append(_mention(document, start, end))
    if row.breadth:
        known = {(start, end) for start, end in spans}
        key = fold(row.name)
        targets += [
            m for m in mentions if fold(m.text) == key and (m.start, m.end) not in known and _fits(row, m)
        ]
    return targets


def _fits(row: Correction, mention: Mention) -> bool:
    """Whether a row about a name is about this use of it: "Kherson" the town is not "the Kherson region"."""
    return row.place is None or not mention.kinds or mention.head is None or row.place.kind in mention.kinds


def _mention(document: Document, start: int, end: int) -> Mention:
    text = document.text[start:end]
    return Mention(start, end, text, "literal", fold(text), cues=("named in the corrections",))


def _decided(mentions: Sequence[Mention], chosen: list[tuple[Mention, Correction]]) -> Decided:
    spans = [(mention.start, mention.end) for mention, _ in chosen]
    kept = [m for m in mentions if not any(start < m.end and m.start < end for start, end in spans)]
    placed = {(m.start, m.end): row for m, row in chosen if row.place is not None}
    merged = sorted([*kept, *(m for m, row in chosen if row.place is not None)], key=lambda m: m.start)
    known = {i: placed[m.start, m.end] for i, m in enumerate(merged) if (m.start, m.end) in placed}
    refused = sorted(((m, row) for m, row in chosen if row.place is None), key=lambda pair: pair[0].start)
    return Decided(merged, known, refused)


def _same_document(wanted: str, known: str) -> bool:
    """Whether an id is the wanted one, or a path that ends in it: "b.txt" names "a/b.txt"."""
    wanted = wanted.replace("\\", "/").removeprefix("./")
    return known == wanted or known.endswith(f"/{wanted}")


def _same_source(wanted: str, document: Document) -> bool:
    if document.source and document.source.casefold() == wanted.casefold():
        return True
    host = wanted.casefold().removeprefix("www.")
    return any(
        (known := host_of(address)) and (known == host or known.endswith(f".{host}"))
        for address in (document.url, document.source)
    )
