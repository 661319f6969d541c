"""What events cost: merging of many reports, one very long document, and their share of the pipeline.

    python bench/events.py [--quick]

Merging: n reports of n / 10 happenings, ten sources each, worded with different numbers; time over n log n must
not grow. Worst case beside it: all reports at one place and day with targets that never agree. Long document:
the same paragraph again and again. Monotone texts: one word or sign over and over; seconds must grow with the
length alone. Pipeline: mentions, places and everything by turns over the same documents of 2 kB, portion by
portion: texts of news (the development corpora where they lie beside the project, else our own), and one dense
with events.
"""

from __future__ import annotations

import sys
import tracemalloc
from datetime import date, timedelta
from math import log
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from measure import verdict
from mentions import SIZE
from mentions import texts as corpora

from gazetteer.types import Place
from geo import dates, events, ontology
from geo.pipeline import make_stages
from geo.types import Actor, Document, Event, EventPlace, Evidence, Quantity, Report, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEAST = 150
"""Documents of 2 kB that one core reads in a second, with events."""
ROUNDS, PORTION = 5, 10
MONOTONE = {
    "said": "said ",
    "quotation marks": '"',
    "commas": ",",
    "full stops": ". ",
    "dashes": "— ",
    "one letter": "a",
    "lines": "x\n",
    "numbers": "killed 123 456 789 12 ",
    "number words": "killed two hundred and ",
    "days": "Monday ",
    "dates": "5 May 2014 ",
    "places": "Paris, Goma, Kyiv, ",
    "triggers": "killed ",
    "one sentence": "rebels shelled the town of Goma and the army said that Paris fell , ",
}
PARAGRAPH = (
    "Rebels shelled Goma on Monday, killing at least {n} people, the army said. Thousands fled from Goma to Gisenyi "
    "in Rwanda overnight. The governor denied that the airport had been captured. "
    "Talks will be held in Nairobi on Friday. "
)


def reports(count: int, *, alike: bool) -> list[Event]:
    """`count` events of one report each: ten of each happening, or all at one place with other targets."""
    made = []
    for i in range(count):
        happening = i % max(1, count // 10)
        day = date(2024, 1, 1) + timedelta(days=0 if alike else happening % 365)
        name = "p0" if alike else f"p{happening // 365}"
        when = TimeSpan(day, day, "day", "at", "explicit")
        report = Report(f"d{i}", "happened", Evidence(0, 10, "x"), (0, 4), None, when)
        targets = (Actor(f"target{i}", "target"),) if alike else ()
        made.append(
            Event(
                f"e{i}",
                "strike",
                "happened",
                "reported",
                (EventPlace("at", Place(name, name, "city", "XX", "XX-1", 0.0, 0.0), 0, name),),
                (report,),
                when,
                targets,
                None,
                (Quantity("killed", 10.0 + i % 5, None, "at_least", "people", "x"),),
            )
        )
    return made


def merging(counts: tuple[int, ...]) -> None:
    """Print time, memory and events for growing numbers of reports."""
    print("merging        reports    events  seconds  us per n log n  peak MB beyond the reports")
    for alike in (False, True):
        for count in counts:
            made = reports(count, alike=alike)
            begin = process_time()
            merged = events.merge(made)
            spent = process_time() - begin
            tracemalloc.start()
            events.merge(made)
            peak = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            name = "never alike" if alike else "ten alike"
            share = spent / (count * log(count)) * 1e6
            print(f"{name:12} {count:9,} {len(merged):9,} {spent:8.2f} {share:15.2f} {peak:10.1f}")


def long_document(sizes: tuple[int, ...]) -> None:
    """Print the time that events of one document of `sizes` kB take."""
    stages = make_stages()
    known = ontology.load()
    print("one document   kB   events  seconds (dates)  seconds (events)  ms per kB")
    for size in sizes:
        text = "".join(PARAGRAPH.format(n=10 + i % 7) for i in range(size * 1000 // len(PARAGRAPH)))
        document = Document("long", text, date=date(2025, 2, 4))
        places = stages.places(document)
        begin = process_time()
        times = dates.find_times(document)
        middle = process_time()
        found = events.extract(document, places, times, known)
        end = process_time()
        told = f"{middle - begin:12.2f} {end - middle:17.2f} {(end - begin) / size * 1e3:12.2f}"
        print(f"{'':12}{size:5} {len(found):8,} {told}")


def monotone(sizes: tuple[int, ...]) -> None:
    """Print seconds for texts of one thing over and over, and how much more the largest costs than it should."""
    stages = make_stages()
    stages.parse(Document("warm", PARAGRAPH.format(n=10)))
    print(
        f"{'monotone text':18}" + "".join(f"{size:6} kB" for size in sizes) + "   seconds; last over linear"
    )
    for name, piece in MONOTONE.items():
        spent = []
        for size in sizes:
            text = (piece * (size * 1000 // len(piece) + 1))[: size * 1000]
            begin = process_time()
            stages.parse(Document("long", text, date=date(2025, 2, 4)))
            spent.append(process_time() - begin)
        over = spent[-1] / spent[0] / (sizes[-1] / sizes[0])
        print(f"{name:18}" + "".join(f"{value:9.2f}" for value in spent) + f"{over:12.1f}")


def pipeline(texts: Sequence[str], what: str) -> float:
    """Print documents of 2 kB a second with mentions alone, with places and with everything; return the last."""
    stages = make_stages()
    documents = [
        Document(str(i), text, date=date(2025, 2, 4) + timedelta(days=i % 50)) for i, text in enumerate(texts)
    ]
    runs: dict[str, Callable[[Document], object]] = {
        "mentions only": stages.recogniser.find,
        "mentions and places": stages.places,
        "whole pipeline": stages.parse,
    }
    rounds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(ROUNDS + 1):
        took = dict.fromkeys(runs, 0.0)
        for at in range(0, len(documents), PORTION):
            for name, run in runs.items():
                begin = process_time()
                for document in documents[at : at + PORTION]:
                    run(document)
                took[name] += process_time() - begin
        if turn:  # the first round only fills the caches
            for name, value in took.items():
                rounds[name].append(value)
    spent = {name: median(values) for name, values in rounds.items()}
    count = sum(map(len, texts)) / SIZE
    for name, value in spent.items():
        print(f"{name:20} {count / value:8.0f} documents of 2 kB a second ({what})")
    share = 1 - spent["mentions and places"] / spent["whole pipeline"]
    print(f"dates and events take {share:.0%} of the whole pipeline's time")
    return count / spent["whole pipeline"]


def main() -> int:
    """Run all, or smaller sizes with --quick."""
    quick = "--quick" in sys.argv
    merging((1_000, 10_000) if quick else (1_000, 10_000, 100_000))
    long_document((50, 100) if quick else (100, 300, 1_000))
    monotone((10, 40) if quick else (50, 100, 200))
    news = corpora([])[: 100 if quick else None]
    speed = pipeline(news, f"{len(news)} texts of news")
    dense = "".join(PARAGRAPH.format(n=10 + i) for i in range(SIZE // len(PARAGRAPH) + 1))[:SIZE]
    pipeline([dense] * (50 if quick else 300), "dense with events")
    return 0 if verdict("one document of 2 kB, whole", 1e3 / speed, 1e3 / LEAST, "ms") else 1


if __name__ == "__main__":
    sys.exit(main())
