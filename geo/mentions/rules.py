"""The default recogniser: names the gazetteer knows, weighed by rules about the words around them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from gazetteer.names import fold
from geo.mentions.decide import Judge
from geo.mentions.features import features
from geo.mentions.glued import glued, peninsulas
from geo.mentions.heads import EVERY, PLURALS
from geo.mentions.names import NameBook, Names, Span, spans
from geo.mentions.roles import groups, role, sporting
from geo.mentions.verdict import Verdict
from geo.mentions.view import View
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.types import Document, Role


class Decision:
    """Has the last word on the names of one document; here the rules' evidence stands."""

    def settle(self, verdict: Verdict) -> None:
        """Set the final evidence of a name, and whether it stays ruled out."""

    def unknown(self, covered: set[int]) -> Iterable[Mention]:
        """Mentions of names that the gazetteer does not know, apart from covered tokens."""
        del covered
        return ()


class RuleRecogniser:
    """Finds place names with a gazetteer and rules.

    Parameters
    ----------
    gaz : gazetteer.Gazetteer
        Anything with ``scan`` and ``candidates``.
    demonyms : bool, default False
        Also adjectives and demonyms ("Ukrainian", "Ukrainians"), with the role "demonym".
    threshold : float, default 0.5
        Least belief (0 to 1) that a name is a place.
    """

    def __init__(self, gaz: Names, *, demonyms: bool = False, threshold: float = 0.5) -> None:
        self._gaz = gaz
        self._book = NameBook(gaz)
        self._demonyms = demonyms
        self._threshold = threshold

    def find(self, document: Document) -> list[Mention]:
        """Find the mentions of a document's body, in order of start and without overlap.

        An empty list for a text without places.
        """
        start, end = document.body
        view = View(document.text, start, end)
        hits = self._gaz.scan(document.text[start:end], view.beginnings(start, self._book.small))
        found = list(spans(view, hits, self._book, start))
        known: dict[int, list[Span]] = defaultdict(list)
        for span in found:
            known[span.first].append(span)
        judge = Judge(view, known, demonyms=self._demonyms)
        verdicts = [v for v in map(judge.judge, found) if v is not None]
        decision = self._weigh(judge, found, verdicts)
        verdicts = self._choose(verdicts, decision)
        covered = {i for v in verdicts for i in range(v.first, v.last + 1)}
        covered_known = covered | {i for s in found for i in range(s.first, s.last + 1)}
        inside = [*glued(view, covered_known, self._book), *peninsulas(view, covered, self._book)]
        extra = [self._whole_word(span, judge) for span in inside]
        pieces = {v.first: span for v, span in extra}
        verdicts = sorted([*verdicts, *(v for v, _ in extra)], key=lambda v: v.first)
        mentions = self._mentions(view, verdicts, pieces)
        covered |= set(pieces)
        adjectives = {i for s in found if s.info.derived for i in range(s.first, s.last + 1)}
        mentions += features(view, covered | judge.people, adjectives)
        for mention in mentions:
            covered.update(range(view.index_at(mention.start), view.last_before(mention.end) + 1))
        mentions += decision.unknown(covered | judge.people)
        return sorted(mentions, key=lambda m: m.start)

    @staticmethod
    def _whole_word(span: Span, judge: Judge) -> tuple[Verdict, Span]:
        verdict = Verdict(span.first, span.last, span.last, span.info, 1.0, whole=True)
        verdict.features.append(("glued to another word", 1.0))
        judge.heads(verdict)
        return verdict, span

    def _weigh(self, judge: Judge, found: list[Span], verdicts: list[Verdict]) -> Decision:
        """Let lists and repetition lend evidence."""
        del found
        self._lend(judge.view, [verdict for verdict in verdicts if not verdict.ruled])
        return Decision()

    def _choose(self, verdicts: list[Verdict], decision: Decision) -> list[Verdict]:
        """Take the longest sure span at each point."""
        chosen: list[Verdict] = []
        free = -1
        for verdict in sorted(verdicts, key=lambda v: (v.first, -v.last, -v.evidence)):
            if verdict.first <= free:
                continue
            decision.settle(verdict)
            if not verdict.ruled and verdict.score >= self._threshold:
                chosen.append(verdict)
                free = verdict.last
        return chosen

    @staticmethod
    def _lend(view: View, verdicts: list[Verdict]) -> None:
        sure = {v.info.key for v in verdicts if v.evidence >= 2.0 and v.whole}
        unsure = [v for v in verdicts if v.whole and -2.5 < v.evidence < 0]
        if not unsure:
            return
        ordered = sorted(verdicts, key=lambda v: v.first)
        for members in _lists(view, ordered):
            if any(v.evidence > 0.8 for v in members):
                for verdict in members:
                    if verdict.whole and -2.5 < verdict.evidence < 0:
                        verdict.add("beside a sure place in a list")
        for verdict in unsure:
            if verdict.info.key in sure:
                verdict.add("sure elsewhere in the text")

    def _mentions(self, view: View, verdicts: list[Verdict], pieces: dict[int, Span]) -> list[Mention]:
        spans_of = groups(view, verdicts)
        _share_heads(verdicts, spans_of)
        mentions = []
        sport = sporting(view)
        for k, verdict in enumerate(verdicts):
            first, last = spans_of[k]
            label = role(view, verdict, verdicts[first].first, verdicts[last].last, sport=sport)
            mentions.append(self._mention(view, verdict, label, pieces.get(verdict.first)))
        return mentions

    def _mention(self, view: View, verdict: Verdict, label: str, piece: Span | None) -> Mention:
        if piece is not None:
            start, end = piece.start, piece.end
        else:
            start, end = view.starts[verdict.first], view.ends[verdict.last]
            if verdict.info.abbreviation and view.text[end : end + 1] == "." and view.text[end - 1] != ".":
                end += 1
        text = view.text[start:end]
        key = verdict.info.key
        if verdict.last > verdict.base or (
            piece is None and verdict.head and verdict.head.first == verdict.first
        ):
            whole = fold(text)
            key = whole if self._book.get(whole).prominence > 0 else key
        elif piece is None and verdict.head and verdict.head.plural and verdict.first < verdict.base:
            key = fold(text)  # "Fort Bend" of "Fort Bend counties", not Bend
        head = verdict.head.text if verdict.head else None
        return Mention(
            start,
            end,
            text,
            cast("Role", label),
            key,
            verdict.kinds,
            PLURALS.get(head, head) if head else None,
            round(verdict.score, 4),
            verdict.cues,
        )


def _lists(view: View, ordered: list[Verdict]) -> list[list[Verdict]]:
    found = []
    for first, last in sorted(set(groups(view, ordered))):
        if last > first:
            found.append(ordered[first : last + 1])
    return found


def _share_heads(verdicts: list[Verdict], spans_of: list[tuple[int, int]]) -> None:
    """Give all names of a list the head that stands once, in the plural: "the regions of A, B and C"."""
    for first, last in set(spans_of):
        if first == last:
            only = verdicts[first]
            if only.head and only.head.plural and only.head.last < only.first and not only.lower:
                only.head, only.kinds = None, ()
            continue
        members = verdicts[first : last + 1]
        for giver in (members[-1], members[0]):
            head = giver.head
            if head is None or not head.plural:
                continue
            for verdict in members:
                if verdict.head is None or verdict.head.plural:
                    verdict.head, verdict.kinds = head, EVERY[head.text]
            break
