"""A sentence prepared for reading events: tokens, places, triggers, clauses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence  # noqa: TC003  (compiled classes look the types of their fields up)
from dataclasses import dataclass, field
from itertools import compress, count, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geo.text.dateline import dateline_end
from geo.text.tokens import Token, cut, tokens
from geo.text.words import words
from geo.types import Resolution  # noqa: TC001  (compiled classes look the types of their fields up)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from gazetteer.types import Place
    from geo.ontology import Hit, Ontology
    from geo.types import Document, Quantity, TimeSpan

AUXILIARIES: Final = words(
    "is are was were be been being has have had will would shall should can could may might must do does did"
)
SUBORDINATORS: Final = words(
    "while whereas although though because after before when unless if where which who whose whom until once amid"
)
_AFTER_COMMA: Final = SUBORDINATORS | words(
    "but as since so yet with including and according noting adding stressing"
)
_PRONOUNS: Final = words("he she it they we i you its his their this these those")
_RELATIVES: Final = words("who which whose whom where")
_OWNING: Final = words("its his their her")
_HOURS: Final = words("dawn noon midnight sunrise sunset daybreak dusk midday nightfall")
_HURT: Final = words("wounded injured killed armed united")
_CUTTING: Final = SUBORDINATORS | words("that as and but or")
_FINITE: Final = words(
    """said says told tells held met took came went began saw led kept became brought left made gave sent won lost fled
    comes goes continue continues remain remains begins takes makes sees holds keeps stands stood rose fell struck hit
    cut put shot broke drove threw withdrew sought fought spoke wrote knew got put ran set flew
    warns calls urges wants"""
)
_NOT_FINITE: Final = words("united so-called armed indeed need speed hundred embattled")
_NO_AS: Final = words(
    "such well known described same regarded seen far soon long much many saying just twice served used"
)
_BEFORE_MONTHS: Final = words("in of since until till by last this next early mid late from between through")
_SIGNS: Final = frozenset('"“”«»„;:—–')
"""Signs between which a clause stands."""
_PREPOSITIONS: Final = words(
    "in at of on to from into near with by for against towards toward through over around"
)

_HEADLINE_SUBJECT: Final = 3
"""Words in which the subject of a headline's clause ends."""
_NO_PLURALS: Final = words("is was has as this its his us does whose across towards")
_NO_VERBS: Final = (
    _PREPOSITIONS
    | AUXILIARIES
    | words(
        "and or but who which that than when while as also not said say says told tell out up off there here then"
    )
)
_ARTICLES: Final = words("a an the another")
_BREAKING: Final = _PREPOSITIONS | words(", ; : . and or but that who which")


def is_finite(word: str) -> bool:
    """Whether a lower-case word is likely a verb in the past or present, by its ending or a list."""
    return word in _FINITE or (word.endswith("ed") and len(word) > 4 and word not in _NOT_FINITE)


@dataclass(slots=True)
class PlaceRef:
    """A mention inside a sentence: its index among the resolutions and its tokens (end exclusive)."""

    index: int
    resolution: Resolution
    first: int
    last: int
    role: str

    @property
    def place(self) -> Place | None:
        """The place, or None where the mention could not be placed."""
        return self.resolution.place


@dataclass(slots=True)
class Sentence:
    """One sentence with what was found in it; ``starts``, ``ends``, ``texts`` and ``lower`` are its tokens as columns.

    Token indices count within the sentence.
    """

    index: int
    start: int
    end: int
    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lower: list[str]
    refs: list[PlaceRef]
    hits: list[Hit]
    times: list[TimeSpan]
    clauses: list[tuple[int, int]] = field(default_factory=list)
    counted: list[tuple[int, Quantity]] | None = None
    taken: set[int] = field(default_factory=set)
    """Mentions that another trigger needs for something else: the annexing state in "annexed to X"."""

    def clause_of(self, token: int) -> tuple[int, int]:
        """The clause that holds `token`."""
        for clause in self.clauses:
            if clause[0] <= token < clause[1]:
                return clause
        return 0, len(self.texts)

    def part_of(self, token: int) -> tuple[int, int]:
        """The part between semicolons that holds `token`; the whole sentence where it has none."""
        cuts = [i for i, word in enumerate(self.lower) if word == ";"]
        first = max((cut + 1 for cut in cuts if cut < token), default=0)
        return first, min((cut for cut in cuts if cut > token), default=len(self.lower))

    def text_of(self, document: Document, first: int, last: int) -> str:
        """The document's own words for the tokens from `first` to before `last`; "" where there are none."""
        if first >= last:
            return ""
        return document.text[self.starts[first] : self.ends[last - 1]]

    def token_at(self, offset: int) -> int:
        """Index of the token that holds or follows the code point `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)


class Reader:
    """Cuts a document into prepared sentences, only as far as asked for."""

    def __init__(
        self,
        document: Document,
        spans: Sequence[tuple[int, int]],
        resolutions: Sequence[Resolution],
        times: Sequence[TimeSpan],
        ontology: Ontology,
    ) -> None:
        self.document = document
        self.spans = spans
        self._resolutions = resolutions
        self._ontology = ontology
        self._times = sorted((time for time in times if time.span), key=lambda time: time.span or (0, 0))
        self._time_starts = [time.span[0] for time in self._times if time.span]
        self._order = sorted(range(len(resolutions)), key=lambda i: resolutions[i].mention.start)
        self._starts = [resolutions[i].mention.start for i in self._order]
        text = document.text
        ends = (resolution.mention.end for resolution in resolutions)
        self._glued = sorted(end for end in ends if end < len(text) and text[end].isalnum())
        self._cut = cut(text, *document.body)
        self._lower = list(self._cut.lower)
        self._openings = ontology.openings(self._lower, self._cut.words)
        self._countries: dict[str, tuple[Place, int, str]] | None = None
        self._main: tuple[date | None, int] | None = None

    def sentence(self, index: int) -> Sentence:
        """Prepare the sentence `index`; clauses only where it may tell of an event."""
        start, end = self.spans[index]
        start = self._prose(start, end)
        inside = None if self._glued and self._is_glued(start, end) else self._cut.within(start, end)
        if inside is None:
            sentence = self._recut(index, start, end)
        else:
            first, last = inside
            starts, ends, texts, *_ = self._cut
            columns = starts[first:last], ends[first:last], texts[first:last], self._lower[first:last]
            sentence = Sentence(index, start, end, *columns, [], [], [])
            begin = bisect_left(self._openings, first)
            stop = bisect_left(self._openings, last, begin)
            if stop > begin:
                openings = [at - first for at in self._openings[begin:stop]]
                sentence.hits = self._ontology.find(sentence.lower, openings)
        if self._starts:
            sentence.refs = self._refs(sentence)
        if self._times:
            begin, stop = bisect_left(self._time_starts, start), bisect_left(self._time_starts, end)
            sentence.times = self._times[begin:stop]
        if sentence.hits:
            _keep_months(sentence)
            sentence.clauses = clauses(sentence)
        return sentence

    def telling(self, talk: frozenset[str]) -> Iterator[int]:
        """Indices of the sentences that may tell of an event, or hold one of the words `talk`, in order."""
        said = compress(count(), map(talk.__contains__, self._lower))
        marks = sorted({*self._openings, *said})
        at = 0
        for index, (start, end) in enumerate(self.spans):
            inside = self._cut.within(start, end)
            if inside is None:
                yield index  # with tokens of its own
                continue
            at = bisect_left(marks, inside[0], at)
            if (at < len(marks) and marks[at] < inside[1]) or (self._glued and self._is_glued(start, end)):
                yield index

    def named(self, index: int) -> list[PlaceRef]:
        """The mentions of the sentence `index`, without their tokens."""
        start, end = self.spans[index]
        start = self._prose(start, end)
        return [
            PlaceRef(i, self._resolutions[i], 0, 0, self._resolutions[i].mention.role)
            for i in self._named(start, end)
        ]

    def main_day(self, index: int) -> date | None:
        """The first day that the text reckons from its own, where that stands before the sentence `index`."""
        if self._main is None:
            self._main = self._first_day()
        day, sentence = self._main
        return day if sentence < index else None

    def _first_day(self) -> tuple[date | None, int]:
        """The first day that the text reckons from its own, and the sentence in which that stands."""
        for time in self._times:
            if time.span and time.start and time.start == time.end and time.basis == "relative":
                index = bisect_right(self.spans, time.span[0], key=itemgetter(0)) - 1
                start, end = self.spans[index] if index >= 0 else (0, 0)
                if self._prose(start, end) <= time.span[0] < end:
                    return time.start, index
        return None, 0

    def _is_glued(self, start: int, end: int) -> bool:
        """Whether a mention ends within a word of the sentence."""
        at = bisect_right(self._glued, start)
        return at < len(self._glued) and self._glued[at] < end

    def _recut(self, index: int, start: int, end: int) -> Sentence:
        """A sentence whose tokens are not those of the whole text: a name or the end of a sentence cuts a word."""
        found = self._split_glued(tokens(self.document.text, start, end), start, end)
        lower = [token.text.lower() for token in found]
        starts, ends, texts = map(list, zip(*found, strict=True)) if found else ([], [], [])
        return Sentence(index, start, end, starts, ends, texts, lower, [], self._ontology.find(lower), [])

    def _prose(self, start: int, end: int) -> int:
        """Where a sentence begins behind a dateline: the place and day of writing are no event's."""
        head = bisect_left(self._starts, start)
        opens = head < len(self._starts) and self._starts[head] - start <= 2
        return dateline_end(self.document.text, start, end) if opens else start

    def country(self, code: str) -> tuple[Place, int, str] | None:
        """The first mention of the country `code` with its index and text; None where it is not named."""
        if self._countries is None:
            self._countries = {}
            for index in self._order:
                found = self._resolutions[index]
                if found.place is not None and found.place.kind == "country" and found.place.country:
                    self._countries.setdefault(found.place.country, (found.place, index, found.mention.text))
        return self._countries.get(code)

    def _split_glued(self, found: list[Token], start: int, end: int) -> list[Token]:
        """Cut tokens in which a mention ends: scraping glued the next word to the name."""
        ends = self._glued[bisect_right(self._glued, start) : bisect_left(self._glued, end)]
        if not ends:
            return found
        result: list[Token] = []
        for token in found:
            at = next((cut for cut in ends if token.start < cut < token.end), None)
            if at is None:
                result.append(token)
            else:
                middle = at - token.start
                result += [
                    Token(token.start, at, token.text[:middle]),
                    Token(at, token.end, token.text[middle:]),
                ]
        return result

    def _named(self, start: int, end: int) -> list[int]:
        """Indices of the mentions that begin in a part of the text, in order."""
        first = bisect_left(self._starts, start)
        return self._order[first : bisect_left(self._starts, end, first)]

    def _refs(self, sentence: Sentence) -> list[PlaceRef]:
        refs = []
        for index in self._named(sentence.start, sentence.end):
            resolution = self._resolutions[index]
            mention = resolution.mention
            begin, end = (
                sentence.token_at(mention.start),
                sentence.token_at(max(mention.start, mention.end - 1)) + 1,
            )
            refs.append(PlaceRef(index, resolution, begin, end, mention.role))
        return refs


def _keep_months(sentence: Sentence) -> None:
    """Leave the month of May its capital: in small letters it would be a verb that makes things doubtful."""
    lower = sentence.lower
    for i, word in enumerate(lower) if "may" in lower else ():
        before, after = lower[i - 1] if i else "", lower[i + 1] if i + 1 < len(lower) else ""
        if (
            word == "may"
            and sentence.texts[i] == "May"
            and (before[:1].isdigit() or after[:1].isdigit() or before in _BEFORE_MONTHS)
        ):
            lower[i] = "May"


def clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """Token spans of the clauses, in order, together the whole sentence."""
    lower = sentence.lower
    verbs = {hit.start for hit in sentence.hits if hit.reading("verb")}
    inside = {i for ref in sentence.refs for i in range(ref.first, ref.last)}
    cuts = {0}
    relative = False
    for i, (before, word) in enumerate(pairwise(lower), 1):
        if word in _SIGNS:
            if i not in inside:
                cuts.update((i, i + 1))
        elif before == "," and word in _RELATIVES:
            cuts.add(i)
            relative = True
        elif before == "," and relative and (i in verbs or is_finite(word)):
            cuts.add(i)  # "X, who was visiting Y, sent troops to Z"
            relative = False
        elif (before == "," or word in _CUTTING) and i not in inside and _opens_clause(lower, i, word, verbs):
            cuts.add(i)
    ordered = sorted(cut for cut in cuts if cut < len(lower))
    return [(a, b) for a, b in zip(ordered, [*ordered[1:], len(lower)], strict=True) if a < b]


def _opens_clause(lower: list[str], i: int, word: str, verbs: set[int]) -> bool:
    before = lower[i - 1]
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if word in SUBORDINATORS:
        return after not in _HOURS
    if before == ",":
        if word == "and":
            return after in _PRONOUNS or _has_verb(lower, i + 1, verbs)
        if word in AUXILIARIES or word in {"said", "says", "told"}:
            return True
        return (
            word in _AFTER_COMMA
            or (word.endswith("ing") and len(word) > 5)
            or _tells_in_plural(lower, i, verbs)
        )
    if word == "that":
        return before not in _PREPOSITIONS
    if word == "as":
        return (
            before not in _NO_AS
            and after not in _NO_AS
            and after not in {"of", "a", "an"}
            and (_has_verb(lower, i + 1, verbs) or _tells_in_plural(lower, i + 1, verbs))
        )
    if word == "and" and after in _ARTICLES and _has_own_subject(lower, i, verbs):
        return True
    if word in {"and", "but", "or"}:
        return (
            (after in _PRONOUNS and (after not in _OWNING or _has_verb(lower, i + 1, verbs)))
            or after in AUXILIARIES
            or (i + 1) in verbs
            or (is_finite(after) and after not in _HURT)
            or _is_participle(lower, i)
            or (word == "but" and after != "also")
        )
    return False


def _tells_in_plural(lower: list[str], start: int, verbs: set[int]) -> bool:
    """Whether headline's "talks stall in X", "thousands cross into Y" begins there."""
    for i in range(start, min(start + _HEADLINE_SUBJECT, len(lower) - 2)):
        if not lower[i].isalpha():
            return False
        if lower[i].endswith("s") and lower[i] not in _NO_PLURALS:
            verb = lower[i + 1]
            plain = verb.isalpha() and not verb.endswith(("s", "ed", "ing")) and verb not in _NO_VERBS
            return plain and (i + 1 in verbs or lower[i + 2] in _PREPOSITIONS)
    return False


def _has_own_subject(lower: list[str], i: int, verbs: set[int]) -> bool:
    """Whether "and" joins a whole clause to one before it: "a plane landed in X and a ship took them to Y"."""
    ahead = next(
        (j for j in range(i + 2, min(i + 8, len(lower))) if lower[j] in _BREAKING and lower[j] != "of"), i + 8
    )
    verb = any(
        j in verbs or is_finite(lower[j]) or lower[j] in AUXILIARIES
        for j in range(i + 3, min(ahead, len(lower)))
    )
    begins = next((j for j in range(i - 1, -1, -1) if lower[j] in _BREAKING - _PREPOSITIONS), -1)
    return verb and any(j in verbs or is_finite(lower[j]) for j in range(begins + 1, i - 1))


def _is_participle(lower: list[str], i: int) -> bool:
    """Whether "and" joins a second participial clause: ", sending X and prompting Y"."""
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if not after.endswith("ing") or len(after) < 6:
        return False
    comma = next((j for j in range(i - 1, max(-1, i - 14), -1) if lower[j] == ","), None)
    return comma is not None and lower[comma + 1].endswith("ing")


def _has_verb(lower: list[str], start: int, verbs: set[int]) -> bool:
    """Whether a verb follows before the next comma or conjunction that would end the clause."""
    for i in range(start, min(start + 14, len(lower))):
        word = lower[i]
        if word in AUXILIARIES or i in verbs or (i > start and is_finite(word)):
            return True
        if (word in ",;" and i > start + 1) or word in SUBORDINATORS:
            return False
    return False
