"""Finding names: a scanner for running text and a fuzzy look-up, both over the trie of folded names."""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import Any, Final

from gazetteer.artefact import SCALE
from gazetteer.names import fold
from gazetteer.types import NameHit

MAX_WORDS: Final = 8
_hit = tuple.__new__  # several times as quick as NameHit(...), and there are many
_WORD: Final = re.compile(
    r"([^\W_](?:"
    r"\.(?<=[^\W\d_]\.)[^\W\d_](?:\.[^\W\d_])*(?![^\W_])\.?"  # initials: U.S., D.C
    r"|[^\W_]*(?:['’ʼ‘`´ʹ](?!s\b)[^\W_]+(?:['’ʼ‘`´ʹ](?!s\b)[^\W_]+)*|)"  # words with inner apostrophes
    r")(?:['’ʼ‘`´]s\b|))"  # a possessive, which may belong to a name (Lord's, St. John's) or not
)
"""One group, so that splitting at it gives gaps and words by turns."""
_MARKS: Final = frozenset("'’ʼ‘`´")
_JOIN: Final = re.compile(r"[.'’]?[ \t\xa0]*\n?[ \t\xa0]*[-‐‑–]?")
"""What may stand between two words of one name."""


class _Followers:
    """The words that follow a word in names, where they are too many to list: the trie is asked once for each.

    Says yes to the beginning of such a word as well, which costs a look and no more.
    """

    __slots__ = ("_first", "_met", "_trie")

    def __init__(self, trie: Any, first: str) -> None:
        self._trie = trie
        self._first = first
        self._met: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        answer = self._met.get(word)
        if answer is None:
            answer = next(self._trie.iterkeys(f"{self._first} {word}"), None) is not None
            self._met[word] = answer
        return answer


_Fact = tuple[str, bool, "frozenset[str] | _Followers | None", bool]
"""Folded word; whether it is a name; which words follow it in longer names; whether it is a possessive. Plain values,
but for words that names start with: the garbage collector need not look into them again."""

_FEW: Final = 32
"""Up to so many names that go on after a word are listed at once."""


class Scanner:
    """Finds every known name in a text.

    What is known of a word (its folded form, whether it is a name, which words may follow it in longer names) is
    kept for the next time: most words of a text are repeats.

    Parameters
    ----------
    trie : marisa_trie.Trie
        Folded names.
    """

    _KEPT: Final = 100_000

    def __init__(self, trie: Any) -> None:
        self._trie = trie
        self._known: dict[str, _Fact] = {}
        self._after: dict[str, frozenset[str] | _Followers | None] = {}

    def scan(self, text: str) -> list[NameHit]:
        """See `gazetteer.store.Gazetteer.scan`."""
        if len(self._known) > self._KEPT:
            self._known.clear()
            self._after.clear()
        parts = _WORD.split(text)  # a gap, a word, a gap, a word ...: no match object for each
        bounds = list(accumulate(map(len, parts)))
        known, learn = self._known.get, self._learn
        hits: list[NameHit] = []
        add = hits.append
        first = 0  # the word where longer names may start
        followers: frozenset[str] | _Followers | None = None  # of the word before
        facts = map(known, parts[1::2])
        for i, fact in zip(range(1, len(parts), 2), facts, strict=True):
            key, is_name, after, possessive = fact or learn(parts[i])
            if followers is not None and (key in followers or (possessive and f"{key}s" in followers)):
                hits += self._longer(parts, bounds, first)
            followers = after
            if is_name or possessive or after is not None:
                first = i
                if is_name:
                    add(_hit(NameHit, (bounds[i - 1], bounds[i] - 2 * possessive, key)))
                if possessive:
                    hits += self._longer(parts, bounds, i)
                    followers = None
        return hits

    def _learn(self, word: str) -> _Fact:
        possessive = word[-1] == "s" and word[-2:-1] in _MARKS
        key = fold(word[:-2] if possessive else word)
        fact = (key, bool(key) and key in self._trie, self._follow(key) if key else None, possessive)
        self._known[word] = fact
        return fact

    def _follow(self, first: str) -> frozenset[str] | _Followers | None:
        if first not in self._after:
            past = len(first) + 1
            names = list(islice(self._trie.iterkeys(first + " "), _FEW))
            listed = frozenset(name[past:].partition(" ")[0] for name in names) if names else None
            self._after[first] = listed if len(names) < _FEW else _Followers(self._trie, first)
        return self._after[first]

    def _longer(self, parts: list[str], bounds: list[int], first: int) -> list[NameHit]:
        """Names that start with the word `first` and go beyond it, be it by a possessive only."""
        joined, ends, bare = "", {}, 0
        gap = ""
        for i in range(first, min(first + 2 * MAX_WORDS, len(parts)), 2):
            part, _, _, possessive = self._known.get(parts[i]) or self._learn(parts[i])
            if not part or (joined and gap not in (" ", "-") and not _JOIN.fullmatch(gap)):
                break
            joined = f"{joined} {part}" if joined else part
            bare = bare or len(joined)
            ends[len(joined)] = bounds[i] - 2 * possessive
            if possessive:
                joined += "s"
                ends[len(joined)] = bounds[i]
            gap = parts[i + 1]
        ends.pop(bare, None)  # the bare first word is found already
        start = bounds[first - 1]
        return [
            _hit(NameHit, (start, ends[len(p)], p))
            for p in self._trie.iter_prefixes(joined)
            if len(p) in ends
        ]


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
