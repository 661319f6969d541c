"""Finds the time phrases of a document and says which days they mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.dates.grammar import anchors_in, number_marks, prefix, rules, telling
from geo.dates.setting import Setting, Value
from geo.dates.tense import tense_at
from geo.dates.values import evaluate, is_pair
from geo.text.sentences import sentences as split_sentences
from geo.text.spans import bounded
from geo.text.tokens import cut
from geo.text.words import lowered
from geo.types import Document, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WINDOW: Final = 50
"""Code points that a phrase can reach to either side of the word that anchors it."""
_LOOK_BACK: Final = 26
_RELATIONS: Final = {
    "since": "since",
    "starting": "since",
    "until": "until",
    "till": "until",
    "by": "by",
    "no later than": "by",
    "before": "before",
    "prior to": "before",
    "ahead of": "before",
    "after": "after",
    "following": "after",
    "during": "during",
    "throughout": "during",
    "through": "until",
    "over": "during",
    "as of": "at",
}
_YEAR_PREFIXES: Final = frozenset(
    "in since until till by before after during throughout from between of for through as around".split()
)
_BARE_MONTHS: Final = frozenset({"may", "march", "august"})
_TITLES: Final = re.compile(
    r"\s+(?:Times|Telegraph|Mail|Express|Herald|Mirror|Sun|Post|Star|World|Agreement)\b"
)
_NOT_DAYS: Final = re.compile(r"(?:Black|Bloody|Good|Ash|Palm|Easter|Holy|Super|Ruby|Man)\s+$")


class _Look(NamedTuple):
    """A first look at a sentence: where the first and the last anchor of each group begin, and its words."""

    anchors: dict[str, tuple[int, int]]
    words: set[str]


class _Found(NamedTuple):
    start: int
    end: int
    rule: str
    match: re.Match[str]


def find_times(document: Document, sentences: Sequence[tuple[int, int]] | None = None) -> list[TimeSpan]:
    """Time phrases of the document's prose, in order.

    Parameters
    ----------
    document : Document
        Its ``date`` is the reference of relative phrases; without one they come back with basis
        "unresolved" and no days.
    sentences : sequence of (int, int), optional
        Spans of the sentences, where the caller has them already.

    Returns
    -------
    list of TimeSpan
        Never an invented day: what cannot be reckoned has ``start`` and ``end`` None and keeps its text.
        Empty for a text without time phrases.
    """
    text = document.text
    if sentences is None:
        sentences = split_sentences(text, *document.body)
    sentences = bounded(text, sentences)
    small = lowered(text)
    times: list[TimeSpan] = []
    anchor: date | None = None
    last_sentence = -2
    for index, look in _looked(document, sentences):
        span = sentences[index]
        near = anchor if index - last_sentence <= 1 else None
        for found, before in _phrases(text, small, span, look):
            time = _time(document, span, found, before, near)
            if time is None:
                continue
            times.append(time)
            if time.start is not None and time.start == time.end:
                anchor = near = time.start
                last_sentence = index
    return times


def _looked(document: Document, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, _Look]]:
    """Indices of the sentences in which a time phrase may stand, each with a first look at it."""
    tokens = cut(document.text, *document.body)
    lower, present = tokens.lower, tokens.words
    if "İ" in document.text:
        lower = [word.replace("i̇", "i") for word in lower]  # as `lowered` has it
        present = frozenset(lower)
    marked = telling(lower, present)
    starts = [tokens.starts[i] for i in marked]
    stop = 0
    for index, (start, end) in enumerate(sentences):
        begin = bisect_left(starts, start, stop)
        stop = bisect_left(starts, end, begin)
        anchors: dict[str, tuple[int, int]] = {}
        for i in marked[begin:stop]:
            anchored = anchors_in(lower[i])
            if anchored is not None:
                group, first, last = anchored
                at = tokens.starts[i]
                anchors[group] = (anchors[group][0] if group in anchors else at + first, at + last)
        if anchors:
            first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
            words = set(lower[first:last]).union(*(number_marks(lower[i]) for i in marked[begin:stop]))
            yield index, _Look(anchors, words)


def _phrases(
    text: str, small: str, sentence: tuple[int, int], look: _Look
) -> list[tuple[_Found, re.Match[str] | None]]:
    """Matches in one sentence with the preposition before each, none overlapping: the longest first."""
    start, end = sentence
    found: list[_Found] = []
    for group, listed in rules().items():
        if group not in look.anchors:
            continue
        # the patterns are dear: only around the anchors, and where a word that they need is there
        first, last = look.anchors[group]
        begin, stop = max(start, first - _WINDOW), min(end, last + _WINDOW)
        for name, pattern, pair, needs, leads in listed:
            if (first < last or not pair) and not (needs and needs.isdisjoint(look.words)):
                at = begin if leads is None or not leads.isdisjoint(look.words) else first
                found += [_Found(m.start(), m.end(), name, m) for m in pattern.finditer(small, at, stop)]
    found.sort(key=lambda item: (item.start - item.end, item.start))
    kept: list[tuple[_Found, re.Match[str] | None]] = []  # in the order of the text
    for item in found:
        at = bisect_right(kept, item.start, key=lambda pair: pair[0].start)
        if (at and kept[at - 1][0].end > item.start) or (at < len(kept) and kept[at][0].start < item.end):
            continue
        before = prefix().search(text, max(0, item.start - _LOOK_BACK), item.start)
        if _is_time(text, item, before):
            kept.insert(at, (item, before))
    return kept


def _is_time(text: str, found: _Found, before: re.Match[str] | None) -> bool:
    """Whether the words are a time here: "May" the month, not the verb; a year, not a number."""
    word = before.group("rel").lower().split()[0] if before else ""
    joined = found.rule.startswith("range") and found.match["to"].lower() == "and" and word != "between"
    if joined and not is_pair(found.match.groupdict()):
        return False
    if found.rule in {"range_yy", "year"}:
        return (word in _YEAR_PREFIXES or bool(found.match.groupdict().get("part"))) and not _is_amount(
            text, found.end
        )
    if found.rule == "month":
        return _is_month(text, found, word)
    if found.rule == "weekday":
        return not _TITLES.match(text, found.end) and not _NOT_DAYS.search(
            text[max(0, found.start - 8) : found.start]
        )
    if found.rule == "range_mm":
        return bool(found.match["y"]) or word in {"from", "between"}
    if found.rule == "shift":
        later = found.match["way"].lower() in {"later", "earlier"} and found.match["unit"].lower().endswith(
            "s"
        )
        return (
            found.match["n"] is not None
            or later
            or text[max(0, found.start - 4) : found.start].lower() == "the "
        )
    return True


def _is_amount(text: str, end: int) -> bool:
    """Whether a number that looks like a year counts something: "by 2000 people"."""
    following = re.compile(
        r"\s+(people|soldiers|troops|civilians|men|women|residents|km|miles|homes|houses|of\s+them)\b"
    )
    return following.match(text, end) is not None


def _is_month(text: str, found: _Found, word: str) -> bool:
    name = text[slice(*found.match.span("m"))]  # as written: the patterns see small letters
    if found.match["y"] or found.match["part"] or found.match["mod"]:
        return True
    if not name[0].isupper() or name.endswith(".") or (len(name) <= 3 and name.lower() != "may"):
        return False
    if name.lower() in _BARE_MONTHS or not word:
        # "May said", "the March on Rome": only after a preposition of time
        following = text[found.end : found.end + 2]
        return word in {
            "in",
            "since",
            "until",
            "till",
            "by",
            "during",
            "before",
            "after",
            "through",
            "throughout",
            "of",
        } and not (len(following) == 2 and following[0] == " " and following[1].isupper())
    return True


def _time(
    document: Document,
    sentence: tuple[int, int],
    found: _Found,
    before: re.Match[str] | None,
    anchor: date | None,
) -> TimeSpan | None:
    text = document.text
    if before is not None and before.start() < sentence[0]:
        before = prefix().search(text, sentence[0], found.start)
    word = re.sub(r"\s+", " ", before.group("rel").lower()) if before else ""
    setting = Setting(
        document.date,
        lambda: tense_at(text, sentence[0], sentence[1], (found.start, found.end)),
        anchor,
        word.split()[0] if word else "",
    )
    value = evaluate(found.rule, found.match, setting)
    if value is None:
        return None
    relation, start, end = _related(value, word, bool(before) and _runs_on(text, found.end))
    begin = before.start("rel") if before and word not in {"of", "for"} else found.start
    grain = value.interval.granularity
    return TimeSpan(start, end, grain, relation, value.basis, text[begin : found.end], (begin, found.end))


def _runs_on(text: str, end: int) -> bool:
    """Whether "from" opens an end: "from Monday on"."""
    return re.compile(r"\s+(on|onwards?)\b(?!\s+the)").match(text, end) is not None


def _related(value: Value, word: str, runs_on: bool) -> tuple[str, date | None, date | None]:
    """Relation and days under the preposition `word`."""
    start, end = value.interval.start, value.interval.end
    relation = (
        value.relation
        or _RELATIONS.get(word)
        or _RELATIONS.get(word.split(maxsplit=1)[0] if word else "", "at")
    )
    if value.relation:
        return relation, start, end
    if relation == "since" or (word == "from" and runs_on):
        return "since", start, None
    if relation in {"until", "by"}:
        return relation, None, end
    if relation == "before":
        return relation, None, start - timedelta(days=1) if start else None
    if relation == "after":
        return relation, end + timedelta(days=1) if end else None, None
    return relation, start, end
