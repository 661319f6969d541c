"""Scanning a text for all names, against a plain marisa-trie prefix scan over the same names in the same run.

The plain scan only asks the trie for the prefixes at the start of every word of the case-folded text: no word ends, no
accents, no hyphens, no apostrophes. CPU time; the two take turns, and the quickest of each counts. "Cold" starts with
an empty memory of words, as the first document of a run does.

python bench/gazetteer_scan.py [TEXT.jsonl ...]      # records with "text"; default: made of names and our own docs
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import ROOT, verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer import Gazetteer

SIZE = 1_000_000
WINDOW = 80
ROUNDS = 7
_WORD = re.compile(r"[^\W_]+")


def main() -> int:
    """Measure cold and warm; 1 where one is slower than 0.6 of the plain scan."""
    import gazetteer
    from gazetteer.search import Scanner

    gaz = gazetteer.open()
    trie = gaz._names.trie
    text = read([Path(name) for name in sys.argv[1:]]) if sys.argv[1:] else made_up(gaz)
    warm = Scanner(trie)
    warm.scan(text)
    best = race(
        {
            "plain": lambda: plain(trie, text),
            "cold": lambda: Scanner(trie).scan(text),
            "warm": lambda: warm.scan(text),
        }
    )
    for name, seconds in best.items():
        print(f"     {name}: {len(text) / seconds / 1e6:.2f} MB/s")
    good = [
        verdict(f"plain scan takes, of a {name} one", best[name] / best["plain"], 1 / 0.6, "times")
        for name in ("cold", "warm")
    ]
    return 0 if all(good) else 1


def race(calls: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Least CPU seconds of each call over some rounds, in turns."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.process_time()
            call()
            best[name] = min(best[name], time.process_time() - start)
    return best


def plain(trie: Any, text: str) -> int:
    """Number of names that start at a word, by asking the trie for prefixes."""
    low = text.casefold()
    return sum(len(trie.prefixes(low[m.start() : m.start() + WINDOW])) for m in _WORD.finditer(low))


def read(paths: list[Path]) -> str:
    """Texts of JSON Lines, joined and cut."""
    lines = (json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return "\n".join(record["text"] for record in lines)[:SIZE]


def made_up(gaz: Gazetteer) -> str:
    """Our own documentation with names of places strewn in, one to twelve words; always the same."""
    words = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))
    ).split()
    names = [
        place.name
        for place in gaz.children("iso:UA-65") + gaz.children("iso:FR-OCC") + gaz.children("iso:US-TX")
    ]
    pieces = [
        " ".join([*words[i % len(words) : i % len(words) + 12], names[(i // 12) % len(names)]])
        for i in range(0, SIZE // 8, 12)
    ]
    return " ".join(pieces)[:SIZE]


if __name__ == "__main__":
    sys.exit(main())
