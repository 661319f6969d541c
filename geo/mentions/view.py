"""A document cut up for the recogniser: tokens, their shapes, runs of capitalised words, headlines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Final

from geo.mentions.lexicon import FUNCTION, listing
from geo.text.sentences import sentences
from geo.text.tokens import cut

LOWER, TITLE, UPPER, DIGIT, OTHER = range(5)
_JOINERS: Final = frozenset({"-", "–", "‑", "/", "&", "'", "’"})
_DOTTED: Final = frozenset({"st", "ste", "mt", "ft", "dr", "mr", "mrs", "ms", "gen", "sen", "gov", "rep", "col", "lt",
                            "sgt", "maj", "capt", "prof", "rev", "jr", "sr"})  # fmt: skip
_CALENDAR: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february april june july september
    october november december""".split()
)
"""Capitalised, but no part of the name beside it: "in Oslo Thursday"."""
_ARTICLES: Final = frozenset("al el ad an ar as ash at az es ul".split())
"""Arabic articles with a hyphen join the words of one name: "Wad al-Noora"."""
_OPENERS: Final = frozenset('“:•|—"')
"""Signs after which a word is capitalised although it is no name."""
_HEADLINE_SHARE: Final = 0.75


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


@lru_cache(maxsize=65536)
def look(word: str) -> tuple[str, int]:
    """Lower-case form and shape of a token."""
    return word.lower(), shape(word)


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
        self.starts, self.ends, self.texts, _ = cut(text, start, end)
        looks = list(map(look, self.texts))
        self.lower = [lower for lower, _ in looks]
        self.shapes = [kind for _, kind in looks]
        self.lower_words = {word for word, kind in zip(self.lower, self.shapes, strict=True) if kind == LOWER}
        self.initial: set[int] = set()
        self.headline: set[int] = set()
        self.sentence = [0] * len(self.texts)
        self.joined = [True] * len(self.texts)
        self._openers = [i for i, word in enumerate(self.texts) if word in _OPENERS]
        self._mark_sentences(start, end)
        self.runs: list[tuple[int, int]] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self._mark_runs()

    def __len__(self) -> int:
        return len(self.texts)

    def index_at(self, start: int) -> int:
        """Token that begins at `start` or holds it; the last one before it otherwise."""
        return bisect_right(self.starts, start) - 1

    def last_before(self, end: int) -> int:
        """Index of the last token that begins before `end`."""
        return bisect_left(self.starts, end) - 1

    def word(self, i: int) -> str:
        """Token in lower case, "" outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def gap(self, i: int) -> str:
        """Characters between token `i` and the next; a newline at either end of the text."""
        if i < 0 or i + 1 >= len(self.texts):
            return "\n"
        return self.text[self.ends[i] : self.starts[i + 1]]

    def same_line(self, i: int) -> bool:
        """Whether token `i` and the next stand on one line and in one sentence."""
        return 0 <= i < len(self.joined) and self.joined[i]

    def following(self, i: int) -> str:
        """Lower-case token after `i` in the same sentence, else ""."""
        return self.lower[i + 1] if 0 <= i < len(self.joined) and self.joined[i] else ""

    def preceding(self, i: int) -> str:
        """Lower-case token before `i` in the same sentence, else ""."""
        return self.lower[i - 1] if 0 < i <= len(self.joined) and self.joined[i - 1] else ""

    def capital(self, i: int) -> bool:
        """Whether token `i` is a capitalised word."""
        return 0 <= i < len(self.texts) and self.shapes[i] in (TITLE, UPPER)

    def _mark_sentences(self, start: int, end: int) -> None:
        at = 0
        for number, (_, stop) in enumerate(sentences(self.text, start, end)):
            first, at = at, bisect_left(self.starts, stop, at)
            if first == at:
                continue
            self.sentence[first:at] = [number] * (at - first)
            self.joined[at - 1] = False
            self._mark_opening(first, at)
            if self._is_headline(first, at):
                self.headline.update(range(first, at))

    def _mark_opening(self, first: int, stop: int) -> None:
        """The first word of a sentence, and of a quotation or list item inside it."""
        after = bisect_left(self._openers, first)
        before = bisect_left(self._openers, stop)
        for opener in (first - 1, *self._openers[after:before]):
            if opener >= first and self.texts[opener] == '"' and self.gap(opener) != "":
                continue  # a quotation ends here
            i = opener + 1
            while i < stop and self.shapes[i] == OTHER:
                i += 1
            if i < stop:
                self.initial.add(i)

    def _is_headline(self, first: int, stop: int) -> bool:
        """Whether most longer words are capitalised, as in headlines and ALL-CAPS lines."""
        closed = stop > first and self.texts[stop - 1] in ".!?"
        cased: list[int] = []
        for word, kind in zip(self.lower[first:stop], self.shapes[first:stop], strict=True):
            if len(word) > 3 and kind <= UPPER and word not in FUNCTION:
                if closed and kind != UPPER:
                    return False
                cased.append(kind)
        if len(cased) >= 2 and all(s == UPPER for s in cased):
            return True
        if len(cased) < 4 or closed:
            return False
        return sum(s != LOWER for s in cased) >= _HEADLINE_SHARE * len(cased)

    def _mark_runs(self) -> None:
        """For each token the first and last token of its run of capitalised words (itself where alone)."""
        count = len(self.texts)
        self.left, self.right = list(range(count)), list(range(count))
        last = -1
        for at in [i for i, kind in enumerate(self.shapes) if kind in (TITLE, UPPER)]:
            if at <= last or self._opener(at):
                continue
            last = self._run_end(at)
            self.runs.append((at, last))
            for i in range(at, last + 1):
                self.left[i], self.right[i] = at, last

    def _opener(self, i: int) -> bool:
        """A function word, or a common word that only opens its sentence: no part of a name."""
        word = self.lower[i]
        return word in _CALENDAR or (word in FUNCTION and self.shapes[i] == TITLE)

    def _run_end(self, i: int) -> int:
        """Last token of the run of capitalised words that begins at `i`."""
        shapes, joined = self.shapes, self.joined
        while joined[i]:
            nxt = i + 1
            kind = shapes[nxt]
            if kind == LOWER and self.lower[nxt] not in _ARTICLES:
                break  # the usual end, found before anything is cut out of the text
            gap = self.gap(i)
            if "\n" in gap:
                break
            if kind in (TITLE, UPPER):
                if self._opener(nxt):
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
        return self.lower[i] in FUNCTION or self.lower[i] in listing("common")
