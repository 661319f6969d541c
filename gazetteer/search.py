"""Finding names: a scanner for running text and a fuzzy look-up, both over the trie of folded names."""

from __future__ import annotations

import re
from typing import Any, Final

from gazetteer.artefact import SCALE
from gazetteer.names import fold
from gazetteer.types import NameHit

MAX_WORDS: Final = 8
_WORD: Final = re.compile(
    r"([^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # initials: U.S., D.C
    r"|[^\W_]+(?:['’ʼ‘`´ʹ](?!s\b)[^\W_]+)*)"  # words with inner apostrophes
    r"(['’ʼ‘`´]s\b)?"  # a possessive, which may belong to a name (Lord's, St. John's) or not
)
_JOIN: Final = re.compile(r"[.'’]?[ \t\xa0]*\n?[ \t\xa0]*[-‐‑–]?")
"""What may stand between two words of one name."""

_Word = tuple[int, int, int, tuple[str, bool, bool]]
"""Start, end, end with the possessive (the same without one), and what is known of the word."""


class Scanner:
    """Finds every known name in a text.

    What is known of a word (its folded form, whether it is a name, whether longer names start with it) is
    kept for the next time: most words of a text are repeats.

    Parameters
    ----------
    trie : marisa_trie.Trie
        Folded names.
    """

    _KEPT: Final = 100_000

    def __init__(self, trie: Any) -> None:
        self._trie = trie
        self._known: dict[str, tuple[str, bool, bool]] = {}
        self._pairs: dict[tuple[str, str], bool] = {}

    def scan(self, text: str) -> list[NameHit]:
        """See `gazetteer.store.Gazetteer.scan`."""
        known = self._known
        if len(known) > self._KEPT:
            known.clear()
            self._pairs.clear()
        words: list[_Word] = []
        for match in _WORD.finditer(text):
            word = match.group(1)
            start, end = match.span()
            words.append((start, match.end(1), end, known.get(word) or self._learn(word)))
        hits: list[NameHit] = []
        last = len(words) - 1
        for i, (start, end, whole, (key, is_name, goes_on)) in enumerate(words):
            if is_name:
                hits.append(NameHit(start, end, key))
            if whole > end or (goes_on and i < last and self._starts(key, words[i + 1][3][0])):
                hits += self._longer(text, words, i)
        return hits

    def _learn(self, word: str) -> tuple[str, bool, bool]:
        key = fold(word)
        goes_on = bool(key) and next(self._trie.iterkeys(key + " "), None) is not None
        fact = (key, bool(key) and key in self._trie, goes_on)
        self._known[word] = fact
        return fact

    def _starts(self, first: str, second: str) -> bool:
        """Whether any name starts with these two words: most neighbours in a text do not."""
        answer = self._pairs.get((first, second))
        if answer is None:
            answer = next(self._trie.iterkeys(f"{first} {second}"), None) is not None
            self._pairs[first, second] = answer
        return answer

    def _longer(self, text: str, words: list[_Word], i: int) -> list[NameHit]:
        """Names that start at word `i` and go beyond it, be it by a possessive only."""
        joined, ends, last = "", {}, words[i][0]
        for start, end, whole, (part, _, _) in words[i : i + MAX_WORDS]:
            gap = text[last:start]
            if not part or (joined and gap not in (" ", "-") and not _JOIN.fullmatch(gap)):
                break
            joined = f"{joined} {part}" if joined else part
            ends[len(joined)] = last = end
            if whole > end:
                joined += "s"
                ends[len(joined)] = last = whole
        del ends[len(words[i][3][0])]  # the bare first word is found already
        if not ends:
            return []
        start = words[i][0]
        return [NameHit(start, ends[len(p)], p) for p in self._trie.iter_prefixes(joined) if len(p) in ends]


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
