"""What a report says: counted and listed from the layers, in neutral words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.ontology import load
from geo.report.blocks import Block, Figure, Heading, Numbers, Paragraph, Table, clean, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.layers import Layer
    from geo.types import Document

Row = dict[str, Any]

MOST: Final = 500
"""Rows of a table; a report is read on paper. What is left out is counted, and `geo export` has all of it."""
MOST_DAYS: Final = 40
"""Beyond this many different days the timeline goes by month, beyond as many months by year."""
STATUS: Final = {
    "happened": "reported as having happened",
    "claimed": "claimed by one side",
    "planned": "planned",
    "called_for": "called for",
    "threatened": "threatened",
    "denied": "denied",
    "hypothetical": "hypothetical",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The map as a PNG, with its alternative text."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the findings.

    Attributes
    ----------
    title : str
    as_of : str
        Day of the claims, ISO 8601; "" where all known ones are shown.
    viewpoint, disclaimer, attribution : str
    program : str
        Name and version of what made the report.
    """

    title: str
    as_of: str = ""
    viewpoint: str = ""
    disclaimer: str = ""
    attribution: str = ""
    program: str = "geodispatch"


def content(
    layers: Mapping[str, Layer], documents: Sequence[Document], sheet: Sheet, picture: Picture | None = None
) -> list[Block]:
    """Make the blocks of a report.

    Parameters
    ----------
    layers : mapping of str to Layer
        What `geo.make_layers` gave.
    documents : sequence of Document
    sheet : Sheet
    picture : Picture, optional

    Returns
    -------
    list of Block
        All parts are there also when nothing was found: each then says so.
    """
    return [
        Heading(clean(sheet.title), 1),
        *_summary(layers, documents),
        *_map(picture, layers),
        *_timeline(layers["events"]),
        *_events(layers["events"]),
        *_claims(layers["claims"], sheet),
        *_unplaced(layers["unplaced"]),
        *_sources(documents),
        *_methods(sheet),
    ]


def _summary(layers: Mapping[str, Layer], documents: Sequence[Document]) -> Iterator[Block]:
    rows = _distinct(layers["events"])
    days = sorted(str(row["date_start"]) for row in rows if row["date_start"])
    statuses = Counter(row["status"] for row in rows)
    placed = {row["id"] for row in layers["events"].rows if row["lon"] is not None}
    span = f"{days[0]} to {days[-1]}" if days and days[0] != days[-1] else days[0] if days else "no dates"
    yield Heading("Summary")
    yield Numbers(
        (
            ("Documents", f"{len(documents):,}"),
            ("Events", f"{len(rows):,}"),
            *((f"  {STATUS.get(name, name)}", f"{count:,}") for name, count in statuses.most_common()),
            ("Dates of events", span),
            ("Places named", f"{len(layers['places']):,}"),
            ("Events that could not be placed", f"{len(rows) - len(placed):,}"),
            ("Territorial claims shown", f"{len({row['id'] for row in layers['claims'].rows}):,}"),
        )
    )


def _map(picture: Picture | None, layers: Mapping[str, Layer]) -> Iterator[Block]:
    if picture is None:
        return
    yield Heading("Map")
    claims = " Hatched areas are claims, not control." if len(layers["claims"]) else ""
    yield Figure(picture.png, clean(picture.alt), f"Events by type and status.{claims}")


def _timeline(layer: Layer) -> Iterator[Block]:
    yield Heading("Timeline")
    rows = [row for row in _distinct(layer) if row["date_start"]]
    undated = len(_distinct(layer)) - len(rows)
    if not rows:
        yield Paragraph("No event has a date.")
        return
    length = next((n for n in (10, 7) if len({str(row["date_start"])[:n] for row in rows}) <= MOST_DAYS), 4)
    periods: dict[str, Counter[str]] = {}
    for row in sorted(rows, key=lambda row: str(row["date_start"])):
        periods.setdefault(str(row["date_start"])[:length], Counter())[row["type"]] += 1
    yield Table(
        "Events by the first day on which they can have happened",
        ("Date", "Events", "Of these"),
        tuple(
            (
                day,
                str(types.total()),
                ", ".join(f"{label(name).lower()} {count}" for name, count in types.most_common()),
            )
            for day, types in periods.items()
        ),
        (0.18, 0.12, 0.7),
    )
    if undated:
        yield Paragraph(f"{undated:,} without a date.")


def _events(layer: Layer) -> Iterator[Block]:
    rows = sorted(layer.rows, key=lambda row: (str(row["date_start"] or "9999"), row["row_id"]))
    yield Heading("Events and their sources")
    if not rows:
        yield Paragraph("No event was found.")
        return
    yield Table(
        "Each event with the sentence that reports it",
        ("Date", "Place", "Event", "Said by", "Sentence", "Documents"),
        tuple(_event(row) for row in rows[:MOST]),
        (0.11, 0.13, 0.15, 0.11, 0.33, 0.17),
    )
    yield from _cut(len(rows), "rows of events")


def _event(row: Row) -> tuple[str, ...]:
    start, end = row["date_start"], row["date_end"]
    days = " to ".join(dict.fromkeys(str(day) if day else "open" for day in (start, end)))
    kind = f"{label(row['type'])}, {STATUS.get(row['status'], row['status'])}"
    more = f"; {row['standing']}" if row["standing"] in {"confirmed", "corroborated", "contested"} else ""
    return tuple(
        clean(cell)
        for cell in (
            days if start or end else "not known",
            row["place_name"] or "not placed",
            kind + more,
            row["source"] or "the text",
            row["evidence"],
            "; ".join(map(_name, (row["document_titles"] or row["documents"] or "").split("; "))),
        )
    )


def _name(title: str) -> str:
    """A title, or the last part of a path."""
    return title if " " in title else title.replace("\\", "/").rsplit("/", 1)[-1]


def _claims(layer: Layer, sheet: Sheet) -> Iterator[Block]:
    rows = {row["id"]: row for row in layer.rows}.values()
    if not rows:
        return
    yield Heading("Territorial claims")
    yield Paragraph(
        (f"As of {sheet.as_of}. " if sheet.as_of else "All known claims, also those that ended. ")
        + "A claim says who claims what; it does not say who controls it."
    )
    yield Table(
        "Claims to territory",
        ("Territory", "Claim", "Standing"),
        tuple((clean(row["territory"]), clean(row["legend"]), clean(row["standing"])) for row in rows),
        (0.25, 0.55, 0.2),
    )


def _unplaced(layer: Layer) -> Iterator[Block]:
    yield Heading("Not placed on the map")
    if not layer.rows:
        yield Paragraph("Everything that was found could be placed.")
        return
    yield Table(
        "Names and events without a place, with the reason",
        ("What", "Words", "Reason", "Document"),
        tuple(
            (
                clean(row["what"]),
                clean(row["text"]),
                clean(row["reason"]),
                clean(_name(row["document_title"])),
            )
            for row in layer.rows[:MOST]
        ),
        (0.1, 0.4, 0.27, 0.23),
    )
    yield from _cut(len(layer.rows), "rows")


def _sources(documents: Sequence[Document]) -> Iterator[Block]:
    yield Heading("Documents")
    if not documents:
        yield Paragraph("There are none.")
    for item in documents[:MOST]:
        day = item.date.isoformat() if item.date else "no date"
        parts = [item.title or _name(item.id), item.source or "", day, item.url or ""]
        yield Paragraph(". ".join(filter(None, (clean(part) for part in parts))), web_address(item.url or ""))
    yield from _cut(len(documents), "documents")


def _methods(sheet: Sheet) -> Iterator[Block]:
    yield Heading("Methods and attribution")
    yield Paragraph(
        f"Made by {clean(sheet.program)} from the documents listed above, without a network: names of places "
        "are found by rules, placed by a gazetteer, and joined to events by the words of the sentence. Nothing was "
        "added that the texts do not say. Programs make mistakes; each row gives the sentence to check it by."
    )
    yield Paragraph(
        "An event is told as claimed where only a party to the conflict says it. Dates are the first and last day "
        "on which an event can have happened. Points of regions and countries only represent them."
    )
    for text in (f"{sheet.viewpoint}. {sheet.disclaimer}".strip(". "), sheet.attribution):
        if text:
            yield Paragraph(clean(text), small=True)


def _distinct(layer: Layer) -> list[Row]:
    """One row per event, in order."""
    found: dict[str, Row] = {}
    for row in layer.rows:
        found.setdefault(row["id"], row)
    return list(found.values())


def _cut(number: int, what: str) -> Iterator[Block]:
    if number > MOST:
        yield Paragraph(f"The first {MOST:,} of {number:,} {what}; geo export writes all of them.")


def label(name: str) -> str:
    """Name of an event type for people."""
    known = load().types.get(name)
    return known.label if known else clean(name.replace("_", " "))
