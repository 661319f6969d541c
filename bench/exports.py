"""Size and time of the formats for 10,000 events: python bench/exports.py [COUNT].

The table goes into docs/formats.md. Times are of the processor, the better of two runs, and mean little by themselves:
read them as ratios to GeoJSON, which is written in the same run.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely import Point

from geo.export import FORMATS, write
from geo.layers import Layer
from geo.layers.schema import EVENTS, PLACES
from geo.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 2
WORDS = (
    "the town was shelled on the morning of that day and a bridge over the river was damaged officials said no one "
    "was hurt while people left their homes by bus towards the next city where a school took them in".split()
)


def rows(count: int) -> Iterator[tuple[dict[str, Any], Point]]:
    """Give invented events, the same ones each time: 2,000 places, ten years, sentences of 18 words."""
    chance = random.Random(7)
    types = [kind.name for kind in load()]
    places = [(round(chance.uniform(22, 40), 5), round(chance.uniform(44, 52), 5)) for _ in range(2000)]
    names = dict.fromkeys(column.name for column in EVENTS)
    for number in range(count):
        where = chance.randrange(2000)
        lon, lat = places[where]
        day = (date(2014, 1, 1) + timedelta(days=chance.randrange(3650))).isoformat()
        kind = chance.choice(types)
        yield (
            names
            | {
                "row_id": f"e{number:012x}",
                "id": f"e{number:012x}",
                "type": kind,
                "family": load().family(kind),
                "status": chance.choice(("happened", "claimed", "planned")),
                "standing": "reported",
                "place_name": f"Town {where}",
                "place_id": f"geonames:{where}",
                "place_kind": "town",
                "place_role": "at",
                "country": "XX",
                "admin1": f"XX-{where % 25}",
                "lon": lon,
                "lat": lat,
                "is_area": False,
                "precision_km": 5.0,
                "date_start": day,
                "date_end": day,
                "granularity": "day",
                "date_relation": "at",
                "date_basis": "explicit",
                "date_text": day,
                "score": round(chance.random(), 4),
                "reports": 1,
                "documents": f"doc-{number % 3000}.txt",
                "document_titles": f"Title of document {number % 3000}",
                "evidence": " ".join(chance.choices(WORDS, k=18)),
                "evidence_start": number % 4000,
                "evidence_end": number % 4000 + 90,
            },
            Point(lon, lat),
        )


def layers(count: int) -> dict[str, Layer]:
    """Events as a layer, and as many places for the format that holds places only."""
    events = Layer("events", "Events", EVENTS)
    places = Layer("places", "Places", PLACES)
    for row, point in rows(count):
        events.rows.append(row)
        events.geometry.append(point)
        named = {
            "name": row["place_name"],
            "kind": "town",
            "mentions": 1,
            "literal": 1,
            "documents": 1,
            "score": 0.9,
        }
        values = {
            name: row[name] for name in ("id", "country", "admin1", "lon", "lat", "is_area", "precision_km")
        }
        places.add(
            point, **named, **values, events=1, metonym=0, modifier=0, demonym=0, spellings=row["place_name"]
        )
    return {"events": events, "places": places}


def main(count: int) -> int:
    """Write each format and print the table."""
    made = layers(count)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, form in FORMATS.items():
            path = Path(folder) / f"a{form.suffixes[0]}"
            best = min(_timed(made, path, form.only or "events") for _ in range(RUNS))
            found[name] = (path.stat().st_size, best)
    size, seconds = found["geojson"]
    print(f"GeoJSON: {size:,} bytes, {seconds:.2f} s\n")
    print("| format | size in bytes | size to GeoJSON | time to GeoJSON |\n| --- | ---: | ---: | ---: |")
    for name, (bytes_, taken) in found.items():
        print(f"| `{name}` | {bytes_:,} | {bytes_ / size:.2f} | {taken / seconds:.1f} |")
    return 0


def _timed(made: dict[str, Layer], path: Path, layer: str) -> float:
    start = time.process_time()
    write(made, path, layer=layer)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
