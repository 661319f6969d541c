"""Finding names: a scanner for running text and a fuzzy look-up, both over the trie of folded names."""

from __future__ import annotations

import re
from typing import Any, Final

from gazetteer.names import fold
from gazetteer.types import NameHit

MAX_WORDS: Final = 8
_WORD: Final = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # initials: U.S., D.C
    r"|[^\W_]+(?:['’ʼ‘`´ʹ](?!s\b)[^\W_]+)*"  # words with inner apostrophes; a possessive is left out
)
_JOIN: Final = re.compile(r"['’]s\s|[.'’]?[ \t\xa0]*\n?[ \t\xa0]*[-‐‑–]?", re.ASCII)
"""What may stand between two words of one name."""


class Scanner:
    """Finds every known name in a text.

    Parameters
    ----------
    trie : marisa_trie.Trie
        Folded names.
    """

    def __init__(self, trie: Any) -> None:
        self._trie = trie

    def scan(self, text: str) -> list[NameHit]:
        """See `gazetteer.store.Gazetteer.scan`."""
        words = [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]
        hits: list[NameHit] = []
        for i, (start, _, key) in enumerate(words):
            if key:
                hits += self._from(text, words, i, start)
        return hits

    def _from(self, text: str, words: list[tuple[int, int, str]], i: int, start: int) -> list[NameHit]:
        parts, ends = [words[i][2]], {len(words[i][2]): words[i][1]}
        length = len(words[i][2])
        for j in range(i + 1, min(i + MAX_WORDS, len(words))):
            gap = text[words[j - 1][1] : words[j][0]]
            if not words[j][2] or (gap not in (" ", "-") and not _JOIN.fullmatch(gap)):
                break
            parts.append(words[j][2])
            length += 1 + len(words[j][2])
            ends[length] = words[j][1]
        prefixes = self._trie.prefixes(" ".join(parts))
        return [NameHit(start, ends[len(p)], p) for p in prefixes if len(p) in ends]


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
    return [name for head in sorted(heads) for name in trie.keys(head) if abs(len(name) - len(key)) <= 2]
