"""News-like documents of our own: any number, about 2 kB each, the same for the same seed.

python bench/generate.py 100000 -o corpus.jsonl.zst
python bench/generate.py 1000 | geo parse - -o out/parsed.jsonl

A document is a dateline, a lead and paragraphs of reports and of prose without events, made of the sentences below
with names of the gazetteer: one country per document, its towns drawn by weight of their prominence, now and then a
place abroad. Document N depends on the seed and on N alone, so any part of a corpus can be made by itself, and nothing
is held but the names. No sentence, person or event is taken from anywhere.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED: Final = 7
SIZE: Final = 2000
"""Characters that a document has at least; it ends with the sentence that reaches them."""
LEAST_TOWNS: Final = 5
"""Countries with fewer towns in the gazetteer give no documents."""
FIRST: Final = date(2018, 1, 1)
DAYS: Final = 2500
SHARE: Final = 0.2
"""Of sentences that report something; with it a document names some ten places, as news of this length does."""

REPORTS: Final = (
    "Shells fell on {town} before dawn on {weekday}, killing {few} people and wounding {many}, the governor said.",
    "At least {few} rockets struck a depot on the edge of {town}, according to the defence ministry in {capital}.",
    "Fighting broke out near {town} late on {weekday} and went on through the night, two residents said by telephone.",
    "Government troops entered {town} on {date} after rebels withdrew towards {other}.",
    "Some {hundreds} people were evacuated from {town} to {other} when the river rose.",
    "Protesters blocked the road between {town} and {other} for a third day and demanded the mayor's resignation.",
    "Police in {town} detained {many} people at a rally on {weekday}, a lawyer for the organisers said.",
    "A bomb went off at the market of {town}, injuring {many}; nobody has said that they did it.",
    "An air strike damaged the bridge at {town} and cut the line to {other}, railway officials said.",
    "The army denied that its forces had shelled {town}, and blamed armed groups near {other}.",
    "Power was cut in {town} and in parts of {region} after a drone hit a substation.",
    "The two sides exchanged {many} prisoners at a crossing near {town} on {date}.",
    "More than {hundreds} families have fled {region} since {month}, the aid agency said in {town}.",
    "{abroad} condemned the attack on {town} and called for talks.",
    "Gunmen opened fire on a convoy outside {town}; {few} soldiers were killed.",
    "Air defence shot down {few} drones over {region}, the air force said on {weekday}.",
    "Hundreds marched in {town} against the new tax, and shops stayed shut in {other}.",
    "Officials in {capital} said that a referendum would be held in {region} by the end of the year.",
)
PROSE: Final = (
    "Schools in {town} will open again on Monday, the council said, though two classes are to meet in the town hall.",
    "The harvest was poor this year and prices in the shops have risen by {few} per cent since {month}.",
    "Nobody at the company answered a request for comment, and its office was closed.",
    "The minister, who took office in {month}, is expected to visit {other} next week.",
    "It had rained for {few} days, and the road was passable only with heavy lorries.",
    "A spokeswoman for the hospital said that beds, blood and clean water were short, as they had been for weeks.",
    "Trade with {abroad} has grown slowly, but the port has not seen the ships that were promised.",
    "The committee will meet again in {month}; its report is to be made public before the summer.",
    "Older people remember a flood of that height, and say that it took the market and the school with it.",
    "The bank, the post office and the bakery opened as usual, and buses ran with some delay.",
    "Analysts doubt that the plan can be paid for without help from outside, and few expect that it will come soon.",
    "The football club played {few} matches at home this year and drew most of them in front of a thin crowd.",
    "Many of those who stayed are old; their children work in the towns on the coast and send money when they can.",
    "The new road would shorten the way to the nearest hospital by an hour, but the money for it has not been found.",
    "In the archive of the parish there are letters that speak of a winter as hard as this one.",
    "The paper has seen a copy of the contract, which runs to {many} pages and names no date for the end of the work.",
)
LEADS: Final = (
    "{town} was quiet on {weekday} after a night of fire in {region}, people there said.",
    "Residents of {town} began to clear the streets on {weekday} as officials counted the damage.",
    "The governor of {region} said on {weekday} that {town} would get help from the capital.",
    "Negotiators met in {town} on {weekday}, {few} days after talks in {abroad} had failed.",
)
TITLES: Final = (
    "Shells fall near {town}",
    "Talks on {region} go on in {capital}",
    "Protest in {town} enters third day",
    "{many} detained in {town}",
    "Hundreds leave {region}",
)


class Places:
    """Names to draw: countries with their towns and units, weighted by how prominent they are."""

    def __init__(self) -> None:
        import gazetteer
        from gazetteer.own.export import places

        kept: dict[str, list[Any]] = {}
        names: dict[str, str] = {}
        for place in places(gazetteer.open()):
            if place.kind == "country" and place.country:
                names[place.country] = place.name
            elif place.kind in _DRAWN and place.country:
                kept.setdefault(place.country, []).append(place)
        self.countries = [
            found for code in sorted(names) if (found := _country(names[code], kept.get(code, [])))
        ]
        self.weights = list(accumulate(country.weight for country in self.countries))


class Country(NamedTuple):
    """What a document about a country draws from; ``chances`` grow from town to town."""

    name: str
    units: list[str]
    towns: list[str]
    chances: list[float]
    weight: float


_DRAWN: Final = frozenset({"city", "town", "village", "admin1"})


def _country(name: str, places: list[Any]) -> Country | None:
    units = sorted(place.name for place in places if place.kind == "admin1")
    towns = sorted(
        (place for place in places if place.kind != "admin1"), key=lambda one: (-one.prominence, one.id)
    )
    if len(towns) < LEAST_TOWNS or not units:
        return None
    chances = list(accumulate((town.population or 500) ** 0.5 for town in towns))
    weight = sum(town.population for town in towns) ** 0.5
    return Country(name, units, [town.name for town in towns], chances, weight)


def document(number: int, places: Places, seed: int = SEED) -> dict[str, str]:
    """Make one document: ``id``, ``title``, ``date``, ``source``, ``text``."""
    random = Random(f"{seed}/{number}")
    day = FIRST + timedelta(random.randrange(DAYS))
    words = _words(random, places, day)
    parts = [f"{words['town'].upper()}, {day:%B} {day.day} - {random.choice(LEADS).format(**words)}"]
    paragraph: list[str] = []
    size = len(parts[0])
    while size < SIZE:
        sentence = random.choice(REPORTS if random.random() < SHARE else PROSE).format(**words)
        paragraph.append(sentence)
        size += len(sentence) + 1
        words = _moved(random, words, places)
        if random.random() < 0.35 or size >= SIZE:
            parts.append(" ".join(paragraph))
            paragraph = []
    return {
        "id": f"generated-{seed}-{number:08d}",
        "title": random.choice(TITLES).format(**words),
        "date": day.isoformat(),
        "source": f"generated paper {random.randrange(40)}",
        "text": "\n\n".join(parts),
    }


def _words(random: Random, places: Places, day: date) -> dict[str, str]:
    index = _draw(random, places.weights)
    country = places.countries[index]
    told = day - timedelta(random.randrange(1, 6))
    words = {
        "index": str(index),
        "capital": country.towns[0],
        "weekday": f"{told:%A}",
        "date": f"{told.day} {told:%B}",
        "month": f"{day - timedelta(60):%B}",
    }
    return _moved(random, words, places)


def _moved(random: Random, words: dict[str, str], places: Places) -> dict[str, str]:
    """Let the story go on: mostly from the same town, with other numbers and another second town."""
    _, units, towns, chances, _ = places.countries[int(words["index"])]
    if "town" not in words or random.random() < 0.4:
        words = {**words, "town": towns[_draw(random, chances)], "region": random.choice(units)}
    return {
        **words,
        "other": towns[_draw(random, chances)],
        "abroad": places.countries[_draw(random, places.weights)].name,
        "few": str(random.randrange(2, 10)),
        "many": str(random.randrange(11, 90)),
        "hundreds": str(random.randrange(200, 3000)),
    }


def _draw(random: Random, chances: list[float]) -> int:
    return bisect_left(chances, random.random() * chances[-1])


def documents(count: int, *, start: int = 0, seed: int = SEED) -> Iterator[dict[str, str]]:
    """Make documents `start` to ``start + count``, one at a time."""
    places = Places()
    for number in range(start, start + count):
        yield document(number, places, seed)


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    """Open an output, packed as its suffix says."""
    from geo.documents.packed import packing

    if path == "-":
        yield sys.stdout.buffer
    else:
        with packing(Path(path), Path(path).suffix) as stream:
            yield stream


def main() -> int:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("count", type=int, help="how many documents")
    parser.add_argument("-o", "--output", default="-", help="JSON Lines: .jsonl, .jsonl.gz or .jsonl.zst")
    parser.add_argument("--start", type=int, default=0, help="number of the first document")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    with _opened(options.output) as stream:
        for one in documents(options.count, start=options.start, seed=options.seed):
            stream.write(json.dumps(one, ensure_ascii=False).encode("utf-8") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
