"""Whether, with gold spans given, a right place is among the gazetteer's candidates.

Right is: within 161 km of the gold point, or the country or first-level unit that the gold names, whatever point stands
for it. Only the gazetteer is measured: the words of the span are looked up, nothing is read around them.

python bench/gazetteer_oracle.py ../shared/corpora/trnews.jsonl [MORE.jsonl ...] [--misses misses.csv]
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.types import Candidate
    from geo.scoring.gold import GoldToponym

NEAR_KM = 161.0
FLOORS = {"trnews": 0.93, "tudloc": 0.90, "gwn": 0.78}
"""Least share of toponyms with coordinates that must have a right candidate, by the file's name."""

_EDGE = re.compile(r"^(the|The)\s+|['’]s?$|^[\"“‘(]+|[\"”’),.;:]+$")


def main() -> int:
    """Measure each file; 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--misses", type=Path, help="write the names without a right candidate as CSV")
    arguments = parser.parse_args()
    import gazetteer
    from geo.scoring.gold import load

    gaz = gazetteer.open()
    misses: list[tuple[str, ...]] = []
    good = True
    for path in arguments.gold:
        tops = [top for document in load(path) for top in document.toponyms if top.located]
        wrong = [(top, found) for top in tops if not _right(gaz, top, found := candidates(gaz, top.surface))]
        share = 1 - len(wrong) / len(tops) if tops else 0.0
        floor = FLOORS.get(path.stem, 0.0)
        good &= share >= floor
        print(
            f"{'ok  ' if share >= floor else 'LOW '} {path.stem}: {share:.1%} of {len(tops):,} (floor {floor:.0%})"
        )
        kinds = Counter(_why(gaz, top, found) for top, found in wrong)
        print("     misses: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
        misses += [_row(gaz, path.stem, top, found) for top, found in wrong]
    if arguments.misses:
        with arguments.misses.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                ("corpus", "surface", "lat", "lon", "level", "type", "gold_name", "in", "why", "best")
            )
            writer.writerows(sorted(misses))
    return 0 if good else 1


def candidates(gaz: Gazetteer, surface: str) -> list[Candidate]:
    """All places that the words can mean: as they stand, else without article, possessive and stray marks."""
    found = gaz.search(surface, limit=10_000)
    trimmed = surface
    while not found and (shorter := _EDGE.sub("", trimmed)) != trimmed:
        trimmed = shorter
        found = gaz.search(trimmed, limit=10_000)
    return found


def _right(gaz: Gazetteer, top: GoldToponym, found: list[Candidate]) -> bool:
    from geo.scoring.tally import placing_error

    units: Any = gaz
    for candidate in found:
        km, same = placing_error(top, candidate.place, units)
        if km <= NEAR_KM or same:
            return True
    return False


def _why(gaz: Gazetteer, top: GoldToponym, found: list[Candidate]) -> str:
    if not found:
        return "no such name"
    here: Any = gaz.within(top.lon, top.lat)
    same = [candidate for candidate in found if here.country and candidate.place.country == here.country]
    return "the place is elsewhere in the country" if same else "the name is known, not for this place"


def _row(gaz: Gazetteer, corpus: str, top: GoldToponym, found: list[Candidate]) -> tuple[str, ...]:
    here: Any = gaz.within(top.lon, top.lat)
    best = f"{found[0].place.name} ({found[0].place.id})" if found else ""
    inside = here.admin1 or here.country or ""
    numbers = f"{top.lat:.4f}", f"{top.lon:.4f}"
    return (corpus, top.surface, *numbers, top.level, top.type, top.name, inside, _why(gaz, top, found), best)


if __name__ == "__main__":
    sys.exit(main())
