"""``geo compare``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from gazetteer.cli.table import printable, table
from geo.cli import options
from geo.cli.work import Work, say, to_stdout

if TYPE_CHECKING:
    from datetime import date

    from geo.matching import Match
    from geo.types import Event

WIDTH: Final = 40


@click.command("compare", epilog=options.example("geo compare extracted.geojson coded.csv"))
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--km", type=click.FloatRange(0), default=25.0, show_default=True, metavar="KM",
    help="How far apart two places may lie, beyond how exactly each is known.",
)  # fmt: skip
@click.option(
    "--days", type=click.IntRange(0), default=1, show_default=True, metavar="N",
    help="How many days may lie between two times.",
)  # fmt: skip
@click.option(
    "--types", type=click.Choice(["same", "family", "any"]), default="family", show_default=True,
    help="Whether types must be the same, of one family, or may be any.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one event or pair per line.")
@options.day
@options.gazetteer
def command(
    one: str,
    other: str,
    km: float,
    days: int,
    types: str,
    day: date | None,
    gazetteers: tuple[str, ...],
    *,
    as_json: bool,
) -> int:
    """List which events of A and B are the same in place, time and type, and which stand alone.

    A and B are documents, records of `geo parse`, our own exports, files with coordinates, exports of ACLED, UCDP GED
    and VIINA, or databases. Each event is matched once, the nearest pairs first; events without a place or a date
    match nothing and are listed as such.
    """
    from geo.matching import match
    from geo.pipeline import merge

    left, right = (Work((name,), gazetteers, day, {}) for name in (one, other))
    events = [merge(work.all()) for work in (left, right)]
    found = match(events[0], events[1], km=km, days=days, types=types)
    lines = [json.dumps(record(item), ensure_ascii=False) for item in found] if as_json else listed(found)
    to_stdout(line.encode("utf-8", "replace") + b"\n" for line in lines)
    both = sum(1 for item in found if item.one and item.other)
    say(
        f"{both:,} match; only in A: {len(events[0]) - both:,} of {len(events[0]):,}; "
        f"only in B: {len(events[1]) - both:,} of {len(events[1]):,}"
    )
    return max(left.close(), right.close())


def record(item: Match) -> dict[str, Any]:
    """Return a pair, or an event that stands alone, as JSON has it."""
    found = "both" if item.one and item.other else "A" if item.one else "B"
    return {
        "found": found,
        "km": None if item.km is None else round(item.km, 1),
        "days": item.days,
        "type": item.type or None,
        "reason": item.reason or None,
        "A": _told(item.one),
        "B": _told(item.other),
    }


def _told(event: Event | None) -> dict[str, Any] | None:
    if event is None:
        return None
    when = event.when
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "start": when.start.isoformat() if when and when.start else None,
        "end": when.end.isoformat() if when and when.end else None,
        "places": [
            {"name": one.place.name, "lon": one.place.lon, "lat": one.place.lat}
            for one in event.places
            if one.place
        ],
        "text": event.reports[0].evidence.text if event.reports else "",
    }


def listed(found: list[Match]) -> list[str]:
    """Lines of a table: pairs, then what only A has, then what only B has."""
    rows = []
    for item in found:
        event = item.one or item.other
        if event is None:
            continue
        both = item.one is not None and item.other is not None
        apart = f"{item.km:.0f} km, {item.days} d" if both and item.km is not None else ""
        rows.append(
            [
                "both" if both else "A" if item.one else "B",
                _day(event),
                _short(", ".join(one.place.name for one in event.places if one.place)),
                item.one.type if item.one else "",
                item.other.type if item.other else "",
                apart or _short(item.reason),
                _short(event.reports[0].evidence.text if event.reports else ""),
            ]
        )
    header = ["in", "date", "place", "type in A", "type in B", "apart", "text"]
    return table(rows, header).split("\n") if rows else []


def _day(event: Event) -> str:
    start = event.when.start if event.when else None
    return start.isoformat() if start else ""


def _short(text: str) -> str:
    line = printable(text)
    return line if len(line) <= WIDTH else line[: WIDTH - 3] + "..."
