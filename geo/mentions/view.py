"""A document cut up for the recogniser: tokens, their shapes, runs of capitalised words, headlines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import compress
from typing import TYPE_CHECKING, Final

from geo.mentions.lexicon import FUNCTION, listing
from geo.text.sentences import sentences
from geo.text.tokens import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

LOWER, TITLE, UPPER, DIGIT, OTHER = range(5)
_JOINERS: Final = frozenset({"-", "–", "‑", "/", "&", "'", "’"})
_RUN_SIGNS: Final = _JOINERS | {"."}
_DOTTED: Final = frozenset({"st", "ste", "mt", "ft", "dr", "mr", "mrs", "ms", "gen", "sen", "gov", "rep", "col", "lt",
                            "sgt", "maj", "capt", "prof", "rev", "jr", "sr"})  # fmt: skip
_CALENDAR: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february april june july september
    october november december""".split()
)
"""Capitalised, but no part of the name beside it: "in Oslo Thursday"."""
_IN_CAPITALS: Final = frozenset(
    "the and of on near at in for to from along outside inside with by as after over".split()
)
"""Function words also in capitals: "ON THE MEKONG RIVER"; others may be acronyms (US, WHO, OR)."""
_ARTICLES: Final = frozenset("al el ad an ar as ash at az es ul".split())
"""Arabic articles with a hyphen join the words of one name: "Wad al-Noora"."""
_LEADING: Final = frozenset({"the", "al", "el", "as", "at", "an"})
"""Common words that names begin with: "the Pacific", "el-Fasher", "as-Suwayda"."""
_OPENERS: Final = frozenset('“:•|—"')
"""Signs after which a word is capitalised although it is no name."""
_HEADLINE_SHARE: Final = 0.75
_BEYOND: Final = 32
"""So many tokens before the first are asked for at most: columns with this much of nothing at their end have nothing
there by Python's way to count from the end."""
_NOTHING: Final = ("",) * _BEYOND


def shape(word: str) -> int:
    """Shape of a token: letters without case count as capitalised (`TITLE`)."""
    first = word[0]
    if first.isdigit():
        return DIGIT
    if not first.isalpha():
        return OTHER
    if first.islower():
        return LOWER
    letters = word.replace(".", "")
    return UPPER if len(letters) > 1 and letters.isupper() and letters.upper() != letters.lower() else TITLE


_SHAPE: Final = 7
_COMMON: Final = 8
_CONTENT: Final = 16
_HOLDS: Final = 32
_SIGN: Final = 64
_BEGINS: Final = 128
"""What is known of a token by its letters, as bits of one byte: its shape, whether it is a common word, whether it is
long and says something, whether it may hold a name glued to a word, whether it is one of `_LEADING`, of `_OPENERS`
or a capitalised word that is no part of a name, and whether a name may begin there (at a common word in small
letters, none does)."""
_LEAST_GLUED: Final = 6


def _code(word: str) -> int:
    kind, lower = shape(word), word.lower()
    common = lower in FUNCTION or lower in listing("common")
    code = kind | _COMMON * common
    if kind <= UPPER and len(lower) > 3 and lower not in FUNCTION:
        code |= _CONTENT
    if len(word) >= _LEAST_GLUED and word.isalpha() and not word.islower() and not word.isupper():
        code |= _HOLDS
    if word in _LEADING or word in _OPENERS or (kind in (TITLE, UPPER) and _apart(lower, kind)):
        code |= _SIGN
    if word[0].isalnum() and kind != DIGIT and not (kind == LOWER and common):
        code |= _BEGINS
    return code


def _apart(lower: str, kind: int) -> bool:
    """Whether a capitalised word is a function word or of the calendar: no part of the name beside it."""
    return lower in _CALENDAR or (lower in FUNCTION and (kind == TITLE or lower in _IN_CAPITALS))


class _Codes(dict[str, int]):
    """Code of a token by its text, kept: most tokens of a text are met again and again."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        code = self[word] = _code(word)
        return code


_KEPT: Final = 65536
_CODES: Final = _Codes()
_CODE_OF_LEADING: Final = LOWER | _COMMON | _SIGN
# tables by code
_SHAPES: Final = bytes(code & _SHAPE for code in range(256))
_LOWERS: Final = bytes(code & _SHAPE == LOWER for code in range(256))
_CAPITALS: Final = bytes(code & _SHAPE in (TITLE, UPPER) for code in range(256))
_CASED: Final = bytes(code & _SHAPE in (TITLE, UPPER, DIGIT) for code in range(256))
_NAMING: Final = bytes(code & _SHAPE in (TITLE, UPPER) and not code & _SIGN for code in range(256))
_CASES: Final = bytes((code & _SHAPE) + 1 if code & _CONTENT else 0 for code in range(256))
_SIGNS: Final = bytes(code & _SHAPE == OTHER for code in range(256))
_OPENING: Final = bytes(code & _SHAPE == OTHER and bool(code & _SIGN) for code in range(256))
_HOLDING: Final = bytes(bool(code & _HOLDS) for code in range(256))
_BEGINNING: Final = bytes(bool(code & _BEGINS) for code in range(256))
_BEGINNING_SMALL: Final = bytes(
    bool(code & _BEGINS) and code & _SHAPE == LOWER and not code & _SIGN for code in range(256)
)
_MARK_INSIDE: Final = re.compile(r"[‘`´](?<=[^\W_].)[^\W_]")


def _inner_marks(text: str) -> bool:
    """Whether a mark that is no apostrophe to `geo.text.tokens`, but to the gazetteer, stands inside a word."""
    return ("‘" in text or "`" in text or "´" in text) and _MARK_INSIDE.search(text) is not None


class View:
    """Tokens of a document's body with what the rules ask about them.

    Parameters
    ----------
    text : str
    start, end : int
        The body; offsets count from the beginning of `text`.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.starts, self.ends, self.texts, self.lower, _ = cut(text, start, end)
        codes = self._codes = bytes(map(_CODES.__getitem__, self.texts))
        self.shapes = codes.translate(_SHAPES)
        self.lower_words = set(compress(self.lower, codes.translate(_LOWERS)))
        self.initial: set[int] = set()
        self.headline: set[int] = set()
        count = len(self.texts)
        self._numbers = list(range(count))
        self.sentence = [0] * count
        self.joined = [True] * count
        self._capitals = codes.translate(_CAPITALS) + bytes(_BEYOND)
        self._words = [*self.lower, *_NOTHING]
        self._after = [*self.lower[1:], "", *_NOTHING]
        self._before = ["", *self._words]
        self._openers = self._where(_OPENING)
        self._mark_sentences(start, end)
        self._lines = self.joined + [False] * _BEYOND
        self.runs: list[tuple[int, int]] = []
        self.left = self._numbers.copy()
        self.right = self._numbers.copy()
        self._mark_runs()

    def __len__(self) -> int:
        return len(self.texts)

    def _where(self, table: bytes) -> list[int]:
        return list(compress(self._numbers, self._codes.translate(table)))

    def beginnings(self, start: int = 0, small: Set[str] | None = None) -> Iterator[tuple[int, str]]:
        """Where a name may begin: offsets from `start` on, and the tokens there.

        None begins at a common word in small letters but an article: "the Pacific", "el-Fasher".

        Parameters
        ----------
        start : int
        small : set of str, optional
            Words, folded, with which a name in small letters may begin; any may without it.
        """
        marks = bytearray(self._codes.translate(_BEGINNING)) + bytes(2)
        i = self._codes.find(_CODE_OF_LEADING)
        while i >= 0:
            named = i + 1 if self.lower[i] == "the" else i + 2
            marks[i] = marks[named] and (named == i + 1 or self.lower[i + 1] == "-")
            i = self._codes.find(_CODE_OF_LEADING, i + 1)
        if small is not None and not _inner_marks(self.text):
            for i in self._where(_BEGINNING_SMALL):
                word = self.lower[i]
                # others are folded to something else, or are but a part of what is looked up ("u.s")
                if word not in small and word.isascii() and word.isalpha() and len(word) > 1:
                    marks[i] = 0
        starts = compress(self.starts, marks)
        return zip(
            (at - start for at in starts) if start else starts, compress(self.texts, marks), strict=True
        )

    def holders(self) -> list[int]:
        """Tokens that are long enough, and neither all small nor all capitals, to hold a name glued to a word."""
        return self._where(_HOLDING)

    def signs(self) -> list[int]:
        """Tokens that are neither words nor numbers."""
        return self._where(_SIGNS)

    def cased(self) -> list[int]:
        """Capitalised words and numbers."""
        return self._where(_CASED)

    def index_at(self, start: int) -> int:
        """Token that begins at `start` or holds it; the last one before it otherwise."""
        return bisect_right(self.starts, start) - 1

    def last_before(self, end: int) -> int:
        """Index of the last token that begins before `end`."""
        return bisect_left(self.starts, end) - 1

    def word(self, i: int) -> str:
        """Token in lower case, "" outside the text."""
        try:
            return self._words[i]
        except IndexError:
            return ""

    def gap(self, i: int) -> str:
        """Characters between token `i` and the next; a newline at either end of the text."""
        if i < 0 or i + 1 >= len(self.texts):
            return "\n"
        return self.text[self.ends[i] : self.starts[i + 1]]

    def same_line(self, i: int) -> bool:
        """Whether token `i` and the next stand on one line and in one sentence."""
        try:
            return self._lines[i]
        except IndexError:
            return False

    def following(self, i: int) -> str:
        """Lower-case token after `i` in the same sentence, else ""."""
        try:
            return self._after[i]
        except IndexError:
            return ""

    def preceding(self, i: int) -> str:
        """Lower-case token before `i` in the same sentence, else ""."""
        try:
            return self._before[i]
        except IndexError:
            return ""

    def capital(self, i: int) -> bool:
        """Whether token `i` is a capitalised word."""
        try:
            return self._capitals[i] == 1
        except IndexError:
            return False

    def _mark_sentences(self, start: int, end: int) -> None:
        at = 0
        cases = self._codes.translate(_CASES)
        for number, (_, stop) in enumerate(sentences(self.text, start, end)):
            first, at = at, bisect_left(self.starts, stop, at)
            if first == at:
                continue
            self.sentence[first:at] = [number] * (at - first)
            self.joined[at - 1] = False
            self._after[at - 1] = self._before[at] = ""
            self._mark_opening(first, at)
            if self._is_headline(cases, first, at):
                self.headline.update(range(first, at))

    def _mark_opening(self, first: int, stop: int) -> None:
        """The first word of a sentence, and of a quotation or list item inside it."""
        after = bisect_left(self._openers, first)
        before = bisect_left(self._openers, stop)
        reached = first
        for opener in (first - 1, *self._openers[after:before]):
            if opener >= first and self.texts[opener] == '"' and self.gap(opener) != "":
                continue  # a quotation ends here
            i = max(opener + 1, reached)  # what the opener before has passed is no word
            while i < stop and self.shapes[i] == OTHER:
                i += 1
            reached = i
            if i < stop:
                self.initial.add(i)

    def _is_headline(self, cases: bytes, first: int, stop: int) -> bool:
        """Whether most longer words are capitalised, as in headlines and ALL-CAPS lines."""
        small = cases.count(LOWER + 1, first, stop)
        closed = stop > first and self.texts[stop - 1] in ".!?"
        if closed and small:
            return False
        titles, capitals = cases.count(TITLE + 1, first, stop), cases.count(UPPER + 1, first, stop)
        count = small + titles + capitals
        if count >= 2 and count == capitals:
            return True
        return count >= 4 and not closed and titles + capitals >= _HEADLINE_SHARE * count

    def _mark_runs(self) -> None:
        """For each token the first and last token of its run of capitalised words (itself where alone)."""
        last = -1
        for at in self._where(_NAMING):
            if at <= last:
                continue
            last = self._run_end(at)
            self.runs.append((at, last))
            if last > at:
                self.left[at : last + 1] = [at] * (last + 1 - at)
                self.right[at : last + 1] = [last] * (last + 1 - at)

    def _run_end(self, i: int) -> int:
        """Last token of the run of capitalised words that begins at `i`."""
        shapes, joined = self.shapes, self.joined
        while joined[i]:
            nxt = i + 1
            kind = shapes[nxt]
            if kind == LOWER and self.lower[nxt] not in _ARTICLES:
                break  # the usual end, found before anything is cut out of the text
            if kind >= DIGIT and self.texts[nxt] not in _RUN_SIGNS:
                break
            gap = self.gap(i)
            if "\n" in gap:
                break
            if kind in (TITLE, UPPER):
                if self._codes[nxt] & _SIGN:
                    break
                i = nxt
            elif self._joins(i, nxt, gap):
                i = nxt + 1
            elif self._article(nxt):
                i = nxt + 2
            else:
                break
        return i

    def _article(self, i: int) -> bool:
        """Whether an article stands at `i`, joined to a capitalised word by a hyphen."""
        return (
            self.lower[i] in _ARTICLES
            and i + 2 < len(self)
            and self.texts[i + 1] == "-"
            and not self.gap(i)
            and not self.gap(i + 1)
            and self.capital(i + 2)
        )

    def _joins(self, i: int, nxt: int, gap: str) -> bool:
        """Whether the sign at `nxt` joins two capitalised words: a hyphen, the dot of an initial."""
        text = self.texts[nxt]
        if not (self.capital(nxt + 1) and self.same_line(nxt)):
            return False
        if text in _JOINERS and not gap and not self.gap(nxt):
            return True
        return text == "." and not gap and (len(self.lower[i]) == 1 or self.lower[i] in _DOTTED)

    def common(self, i: int) -> bool:
        """Whether token `i` is a common English word (or a function word)."""
        return bool(self._codes[i] & _COMMON)
