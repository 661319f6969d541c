"""What events cost: merging of many reports, one very long document, and their share of the pipeline.

    python bench/events.py [--quick]

Merging: n reports of n / 10 happenings, ten sources each, worded with different numbers; time over n log n must
not grow. Worst case beside it: all reports at one place and day with targets that never agree. Long document:
the same paragraph again and again. Pipeline: documents of 2 kB with and without the stages dates and events.
"""

from __future__ import annotations

import sys
import tracemalloc
from datetime import date, timedelta
from math import log
from time import process_time
from typing import TYPE_CHECKING

from gazetteer.types import Place
from geo import dates, events, ontology
from geo.pipeline import make_stages
from geo.types import Actor, Document, Event, EventPlace, Evidence, Quantity, Report, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Callable

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


def pipeline(count: int) -> None:
    """Print documents a second with mentions and places alone and with dates and events, best of three."""
    stages = make_stages()
    text = "".join(PARAGRAPH.format(n=10 + i) for i in range(2000 // len(PARAGRAPH) + 1))[:2000]
    documents = [Document(str(i), text, date=date(2025, 2, 4) + timedelta(days=i % 50)) for i in range(count)]
    speeds: dict[str, float] = {}
    runs: dict[str, Callable[[Document], object]] = {
        "places only": stages.places,
        "whole pipeline": stages.parse,
    }
    for name, run in runs.items():
        best = 0.0
        for _ in range(3):
            begin = process_time()
            for document in documents:
                run(document)
            best = max(best, count / (process_time() - begin))
        speeds[name] = best
        print(f"{name:16} {best:8.0f} documents of 2 kB a second (dense with events)")
    share = 1 - speeds["whole pipeline"] / speeds["places only"]
    print(f"dates and events take {share:.0%} of the whole pipeline's time")


def main() -> None:
    """Run all, or smaller sizes with --quick."""
    quick = "--quick" in sys.argv
    merging((1_000, 10_000) if quick else (1_000, 10_000, 100_000))
    long_document((50, 100) if quick else (100, 300, 1_000))
    pipeline(50 if quick else 300)


if __name__ == "__main__":
    main()
