"""Texts -> what the recogniser sees of each possible name, with whether it is one.

An example is the set of signals (`geo.mentions.signals`) and 1 or 0. Names that the gazetteer knows and names
that it does not are learned apart. For the second, known names are also shown as if they were unknown, and every
text is shown again with its settlements renamed: contexts are learned, not names.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo.mentions.learned import LearnedRecogniser, unknown_runs
from geo.mentions.signals import Surroundings
from geo.mentions.templates import KNOWN, UNKNOWN
from geo.types import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.types import Place
    from geo.mentions.decide import Judge
    from geo.mentions.names import Span
    from geo.mentions.rules import Decision
    from geo.mentions.templates import Value
    from geo.mentions.verdict import Verdict

Signal = tuple[str, "Value"]
Example = tuple[list[Signal], bool]
BLIND: Final[Signal] = ("blind", "1")
"""Marks a known name that is shown as unknown, so that its better odds are not learned for all."""
_SETTLED: Final = frozenset({"city", "town", "village"})


@dataclass
class Examples:
    """Examples of one or more documents."""

    known: list[Example] = field(default_factory=list)
    unknown: list[Example] = field(default_factory=list)


class Collector(LearnedRecogniser):
    """A recogniser that decides by rules and keeps what the weights would have seen."""

    def __init__(self, gaz: Gazetteer) -> None:
        super().__init__(gaz, demonyms=True)

    def examples(self, row: dict[str, Any], *, blind: bool) -> Examples:
        """Examples of one document; `blind`: also known names as if they were unknown."""
        self._seen: tuple[Surroundings, list[Verdict]] | None = None
        self._covered: set[int] = set()
        self.find(Document(row["id"], row["text"]))
        assert self._seen is not None  # noqa: S101  (find calls _weigh)
        around, verdicts = self._seen
        gold = {(top["start"], top["end"]) for top in row["toponyms"]}
        found = Examples()
        spans = [(around.view.starts[v.first], around.view.ends[v.last]) for v in verdicts]
        right = _right(spans, gold)
        for verdict, span in zip(verdicts, spans, strict=True):
            found.known.append((known_signals(around, verdict), span in right))
        doubtful = {
            (v.first, v.last) for v in verdicts if v.info.kind != "country" and v.info.prominence < 7.5
        }
        shown: list[tuple[tuple[int, int], list[Signal]]] = [
            (run, []) for run in unknown_runs(around.view, self._covered)
        ]
        if blind:
            shown += [(run, [BLIND]) for run in unknown_runs(around.view, set()) if run in doubtful]
        for (first, last), mark in shown:
            span = (around.view.starts[first], around.view.ends[last])
            found.unknown.append(([*unknown_signals(around, first, last), *mark], span in gold))
        return found

    def _weigh(self, judge: Judge, found: list[Span], verdicts: list[Verdict]) -> Decision:
        decision = super(LearnedRecogniser, self)._weigh(judge, found, verdicts)
        around = Surroundings(judge, found, verdicts)
        self._seen = around, [verdict for verdict in verdicts if verdict.role != "demonym"]
        for verdict in verdicts:
            if not verdict.ruled and verdict.evidence > -1:
                self._covered.update(range(verdict.first, verdict.last + 1))
        return decision


def known_signals(around: Surroundings, verdict: Verdict) -> list[Signal]:
    """Signals of a name that the gazetteer knows."""
    signals = list(zip(KNOWN, around.known_values(verdict), strict=True))
    for cue, sized in around.cues(verdict):
        signals += [("cue", cue), ("cuesize", sized)]
    return [signal for signal in signals if signal[1] != ""]


def unknown_signals(around: Surroundings, first: int, last: int) -> list[Signal]:
    """Signals of capitalised words that the gazetteer does not know."""
    signals = list(zip(UNKNOWN, around.unknown_values(first, last), strict=True))
    signals += [("has", word) for word in around.classes_of(first, last)]
    return [signal for signal in signals if signal[1] != ""]


def _right(spans: Sequence[tuple[int, int]], gold: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Spans that are a place: equal to a gold name (but for a last dot), else the longest that touches one."""
    right = {span for span in spans if span in gold or (span[0], span[1] + 1) in gold}
    for start, end in gold - {s for span in right for s in (span, (span[0], span[1] + 1))}:
        touching = [span for span in spans if span[0] < end and span[1] > start]
        if touching:
            right.add(max(touching, key=lambda span: (span[1] - span[0], -span[0])))
    return right


def renamed(row: dict[str, Any], gaz: Gazetteer, seed: str) -> dict[str, Any]:
    """Give every settlement of a document another name of its unit, the same one wherever it is named."""
    rng = random.Random(seed)  # noqa: S311
    names: dict[str, str] = {}
    pieces: list[str] = []
    toponyms: list[dict[str, Any]] = []
    done = size = 0
    for top in sorted(row["toponyms"], key=lambda top: (top["start"], -top["end"])):
        if top["start"] < done:
            continue
        before = row["text"][done : top["start"]]
        surface = _other_name(top, gaz, names, rng)
        pieces += [before, surface]
        start = size + len(before)
        size = start + len(surface)
        toponyms.append({**top, "start": start, "end": size, "surface": surface})
        done = top["end"]
    return {**row, "text": "".join(pieces) + row["text"][done:], "toponyms": toponyms}


def _other_name(top: dict[str, Any], gaz: Gazetteer, names: dict[str, str], rng: random.Random) -> str:
    surface: str = top["surface"]
    place = _place(top, gaz)
    if (
        place is None
        or place.kind not in _SETTLED
        or top.get("role") == "demonym"
        or not surface[:1].isupper()
    ):
        return surface
    if surface.lower() not in names:
        pool = siblings(gaz, place.admin1 or place.country or "")
        names[surface.lower()] = rng.choice(pool) if pool else surface
    name = names[surface.lower()]
    return name.upper() if surface.isupper() and len(surface) > 3 else name


def _place(top: dict[str, Any], gaz: Gazetteer) -> Place | None:
    for place_id in (top.get("place"), f"geonames:{top.get('geonames_id')}"):
        if place_id and place_id in gaz:
            return gaz.get(place_id)
    return None


@lru_cache(maxsize=4096)
def siblings(gaz: Gazetteer, unit: str) -> tuple[str, ...]:
    """Names of the settlements of a first-level unit, in ASCII, in order; empty where it is unknown."""
    if f"iso:{unit}" not in gaz:
        return ()
    return tuple(
        sorted({p.name for p in gaz.children(f"iso:{unit}") if p.kind in _SETTLED and p.name.isascii()})
    )
