"""Finding names: a scanner for running text and a fuzzy look-up, both over the trie of folded names."""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, Final

from gazetteer.artefact import SCALE
from gazetteer.names import fold
from gazetteer.types import NameHit

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_WORDS: Final = 8
_hit = tuple.__new__  # several times as quick as NameHit(...), and there are many
_PATTERN: Final = (
    r"([^\W_](?:"
    r"\.(?<=[^\W\d_]\.)[^\W\d_](?:\.[^\W\d_])*(?![^\W_])\.?"  # initials: U.S., D.C
    r"|[^\W_]*(?:['’ʼ‘`´ʹ](?!s\b)[^\W_]+(?:['’ʼ‘`´ʹ](?!s\b)[^\W_]+)*|)"  # words with inner apostrophes
    r")(?:['’ʼ‘`´]s\b|))"  # a possessive, which may belong to a name (Lord's, St. John's) or not
)
"""One group, so that splitting at it gives gaps and words by turns."""
_WORD: Final = re.compile(_PATTERN)
_NEXT: Final = re.compile(r"[.'’]?[ \t\xa0]*\n?[ \t\xa0]*[-‐‑–]?" + _PATTERN)
"""The next word, behind what may stand between two words of one name."""
_MARKS: Final = frozenset("'’ʼ‘`´")
_INSIDE: Final = _MARKS | frozenset(".ʹ")
"""Beside letters and digits, what a word may hold."""
_MORE_OF_IT: Final = _MARKS | frozenset("ʹ_")
"""Signs with which a word may go on, or by which its end is not seen."""
_ENDS: Final = frozenset(',;:!?()[]"“”—…')
"""Signs behind which no name goes on."""
_KEPT: Final = 32_768
"""Words of which something is kept."""
_FEW: Final = 32
"""Up to so many names that go on after a word are listed at once."""
_NAME: Final = 1
_MORE: Final = 2
"""What words are together: a name, the beginning of longer ones, or both."""


class _Followers(dict[str, int]):
    """Words that follow others in names, and what they are together: `_NAME`, `_MORE`, both; 0 for other words.

    Where they are too many to list (`listed` is false), the trie is asked once for each.
    """

    __slots__ = ("_prefix", "_trie", "listed")

    def __init__(self, trie: Any, words: str) -> None:
        super().__init__()
        self._trie = trie
        self._prefix = words + " "
        names = list(islice(trie.iterkeys(self._prefix), _FEW))
        self.listed = len(names) < _FEW
        for name in names if self.listed else ():
            word, space, _ = name[len(self._prefix) :].partition(" ")
            self[word] = self.get(word, 0) | (_MORE if space else _NAME)

    def __missing__(self, word: str) -> int:
        if self.listed:
            return 0
        words = self._prefix + word
        longer = next(self._trie.iterkeys(words + " "), None) is not None
        answer = self[word] = _MORE * longer + _NAME * (words in self._trie)
        return answer


class _Next(dict[str, tuple[str, bool]]):
    """The word that goes on a name, by what stands between two spaces: folded, and whether it is a possessive.

    "" where no word stands at the beginning. Possessives, and white space that hides the word, need a closer look.
    """

    def __missing__(self, piece: str) -> tuple[str, bool]:
        if len(self) > _KEPT:
            self.clear()
        match = _NEXT.match(" " + piece)
        answer = _folded(match[1]) if match is not None else ("", not piece or piece.isspace())
        self[piece] = answer
        return answer


_Fact = tuple[str, bool, "_Followers | None", bool]
"""Folded word; whether it is a name; which words follow it in longer names; whether it is a possessive."""


class Scanner:
    """Finds every known name in a text.

    What is known of a word (its folded form, whether it is a name, which words may follow it in longer names) is
    kept for the next time: most words of a text are repeats.

    Parameters
    ----------
    trie : marisa_trie.Trie
        Folded names.
    """

    def __init__(self, trie: Any) -> None:
        self._trie = trie
        self._next = _Next()
        self._known: dict[str, _Fact] = {}
        self._after: dict[str, _Followers | None] = {}

    def scan(self, text: str, at: Iterable[tuple[int, str]] | None = None) -> list[NameHit]:
        """See `gazetteer.store.Gazetteer.scan`."""
        if max(len(self._known), len(self._after)) > _KEPT:
            self._known.clear()
            self._after.clear()
        return self._everywhere(text) if at is None else self._at(text, at)

    def _everywhere(self, text: str) -> list[NameHit]:
        parts = _WORD.split(text)  # a gap, a word, a gap, a word ...: no match object for each
        bounds = list(accumulate(map(len, parts)))
        known, learn = self._known.get, self._learn
        hits: list[NameHit] = []
        add = hits.append
        first = 0  # the word where longer names may start
        followers: _Followers | None = None  # of the word before
        facts = map(known, parts[1::2])
        for i, fact in zip(range(1, len(parts), 2), facts, strict=True):
            key, is_name, after, possessive = fact or learn(parts[i])
            if followers is not None and (followers.get(key, not followers.listed) or possessive):
                hits += self._longer(text, bounds[first - 1], parts[first])
            followers = after
            if is_name or possessive or after is not None:
                first = i
                if is_name:
                    add(_hit(NameHit, (bounds[i - 1], bounds[i] - 2 * possessive, key)))
                if possessive:
                    hits += self._longer(text, bounds[i - 1], parts[i])
                    followers = None
        return hits

    def _at(self, text: str, starts: Iterable[tuple[int, str]]) -> list[NameHit]:
        """Names that begin at some offsets, where those begin words."""
        text += " "
        known = self._known.get
        hits: list[NameHit] = []
        reached = 0  # between two words: what stands before it is of no more interest
        for begin, word in starts:
            before = text[begin - 1]
            if begin and before != " " and (before in _INSIDE or before.isalnum()):
                start, end = _word_around(text, begin, reached) if begin >= reached else (0, reached)
                reached = end if start < begin else start
                if start != begin:
                    continue
            end = begin + len(word)
            fact = known(word)
            if fact is None or (text[end] != " " and _goes_on(word, text[end])):
                match = _WORD.match(text, begin)
                if match is None:
                    continue
                end, word = match.end(), match.group()  # noqa: PLW2901
                fact = known(word) or self._learn(word)
            key, is_name, after, possessive = fact
            if is_name:
                hits.append(_hit(NameHit, (begin, end - 2 * possessive, key)))
            if possessive or (after is not None and self._may_go_on(text, end, after)):
                hits += self._longer(text, begin, word)
        return hits

    def _may_go_on(self, text: str, end: int, followers: _Followers) -> bool:
        """Whether the next word is one of some, as far as it is seen at once."""
        if text[end] != " ":
            return text[end] not in _ENDS
        key, unclear = self._next[text[end + 1 : text.find(" ", end + 1)]]
        return unclear or followers[key] > 0

    def _learn(self, word: str) -> _Fact:
        key, possessive = _folded(word)
        fact = (key, bool(key) and key in self._trie, self._follow(key) if key else None, possessive)
        self._known[word] = fact
        return fact

    def _follow(self, words: str) -> _Followers | None:
        """Which words follow others in names; None where no longer name begins with these."""
        if words not in self._after:
            found = _Followers(self._trie, words)
            self._after[words] = None if found.listed and not found else found
        return self._after[words]

    def _longer(self, text: str, begin: int, word: str) -> list[NameHit]:
        """Names that start with the word at `begin` and go beyond it, be it by a possessive only."""
        found: list[NameHit] = []
        joined, _, followers, possessive = self._known.get(word) or self._learn(word)
        end = begin + len(word)
        if possessive and joined:
            joined += "s"
            followers = self._follow(joined)
            if joined in self._trie:
                found.append(_hit(NameHit, (begin, end, joined)))
        for _ in range(MAX_WORDS - 1):
            match = _NEXT.match(text, end) if followers is not None else None
            if match is None:
                break
            key, possessive = _folded(match[1])
            if followers is None or not key:
                break
            code = followers[key]
            end = match.end()
            joined = f"{joined} {key}"
            if code & _NAME:
                found.append(_hit(NameHit, (begin, end - 2 * possessive, joined)))
            if possessive:
                joined += "s"
                if joined in self._trie:
                    found.append(_hit(NameHit, (begin, end, joined)))
            followers = self._follow(joined) if possessive or code & _MORE else None
        return found


def _folded(word: str) -> tuple[str, bool]:
    """A word as it is looked up, and whether it is a possessive, whose ending is left out."""
    possessive = word[-1] == "s" and word[-2:-1] in _MARKS
    return fold(word[:-2] if possessive else word), possessive


def _goes_on(word: str, sign: str) -> bool:
    """Whether a word may go on with a sign."""
    return sign in _MORE_OF_IT or sign.isalnum() or (sign == "." and len(word) == 1)


def _word_around(text: str, begin: int, reached: int) -> tuple[int, int]:
    """Start and end of the first word that does not end before `begin`, looking from the space before it on.

    `reached` is a place between two words before which nothing needs to be looked at.
    """
    start = begin
    while start > reached and not text[start - 1].isspace():
        start -= 1
    for match in _WORD.finditer(text, start):
        if match.end() > begin:
            return match.span()
    return len(text), len(text)


def similar(trie: Any, key: str, limit: int = 50) -> list[tuple[str, int]]:
    """Known names within one edit (two from six letters on) that share the first letter, nearest first.

    An edit is an insertion, deletion, substitution or swap of neighbours (optimal string alignment).

    Returns
    -------
    list of (str, int)
        Folded name and number of edits; the name itself is left out, an empty key gives an empty list.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(key) < 3:
        return []
    most = 1 if len(key) < 6 else 2
    pool = _pool(trie, key)
    found = process.extract(key, pool, scorer=OSA.distance, score_cutoff=most, limit=limit, processor=None)
    return sorted(
        ((name, int(edits)) for name, edits, _ in found if edits), key=lambda item: (item[1], item[0])
    )


def _pool(trie: Any, key: str) -> list[str]:
    """Names that share two letters at the start, or the first and third: typos there are rare but happen."""
    heads = {key[:2], key[0] + key[2], key[1] + key[0]}
    return [name for head in sorted(heads) for name in trie.iterkeys(head) if abs(len(name) - len(key)) <= 2]


def nearest(
    lon: memoryview[int],
    lat: memoryview[int],
    kind: memoryview[int],
    kinds: set[int],
    point: tuple[float, float],
    limit: int,
) -> list[int]:
    """Indices of the places of some kinds nearest to a point, by great circle on a sphere.

    Parameters
    ----------
    lon, lat : memoryview of int32
        Columns in units of 1e-5 degrees.
    kind : memoryview of uint8
    kinds : set of int
        Kinds that count.
    point : (float, float)
        Longitude, latitude in degrees.
    limit : int
    """
    import numpy as np

    x, y = (np.frombuffer(column, np.int32) * (np.pi / 180 / SCALE) for column in (lon, lat))
    x0, y0 = np.radians(point)
    # haversine without the last steps, which keep the order
    half = np.sin((y - y0) / 2) ** 2 + np.cos(y) * np.cos(y0) * np.sin((x - x0) / 2) ** 2
    half[~np.isin(np.frombuffer(kind, np.uint8), sorted(kinds))] = np.inf
    order = np.argsort(half, kind="stable")[:limit]
    return [int(index) for index in order if np.isfinite(half[index])]
