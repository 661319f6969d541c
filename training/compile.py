"""Annotated texts -> JSON Lines in the form of the development corpora.

``python -m training.compile -o out/own.jsonl`` writes one document per line: id, source, date, title, text,
toponyms (span, surface, role, place, kind, country, lat, lon) and non_places. The same texts and the same
gazetteer give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gazetteer.types import KINDS
from training.markup import Block, Mark, MarkupError, Point, read_blocks, read_code, strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer import Gazetteer

TEXTS: Final = Path(__file__).parent / "texts"
SOURCES: Final = frozenset(
    {
        "wire",
        "local",
        "web",
        "feature",
        "caps",
        "headline",
        "mt",
        "social",
        "list",
        "table",
        "speech",
        "official",
    }
)
"""What a text imitates, and so which noise it carries."""
WITH_ARTICLE: Final = frozenset({"the hague", "the dalles", "the gambia", "the valley"})
"""Names that begin with their article."""


def split_of(text_id: str) -> str:
    """``check`` for a fifth of the ids, ``train`` for the rest: by hash, so that new texts move no old one."""
    return "check" if int(hashlib.sha256(text_id.encode()).hexdigest()[:8], 16) % 5 == 0 else "train"


def documents(gaz: Gazetteer, folder: Path = TEXTS) -> Iterator[dict[str, Any]]:
    """Every annotated text as a record, in the order of the files.

    Raises
    ------
    MarkupError
        With the id of the text: broken markup, a span against the conventions, a place nobody knows.
    """
    seen: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        for block in read_blocks(path.read_text(encoding="utf-8")):
            if block.id in seen:
                raise MarkupError(f"{path.name}: {block.id} occurs twice")
            seen.add(block.id)
            try:
                yield {
                    **record(block, gaz),
                    "group": path.stem.split("-", 1)[-1],
                    "split": split_of(block.id),
                }
            except MarkupError as error:
                raise MarkupError(f"{path.name}: {block.id}: {error}") from error


def record(block: Block, gaz: Gazetteer) -> dict[str, Any]:
    """One text as a record of the corpus form."""
    text, marks = strip_marks(block.raw)
    check(block, text, marks)
    places = [mark for mark in marks if mark.is_place]
    others = [mark for mark in marks if not mark.is_place]
    return {
        "id": block.id,
        "source": block.outlet or f"own/{block.source}",
        "date": block.date,
        "title": block.title,
        "text": text,
        "toponyms": [toponym(mark, gaz) for mark in places],
        "non_places": [{"start": m.start, "end": m.end, "surface": m.surface} for m in others],
    }


def toponym(mark: Mark, gaz: Gazetteer) -> dict[str, Any]:
    """One marked place; what the gazetteer knows goes before the point written beside it."""
    reading = read_code(mark.code)
    row: dict[str, Any] = {
        "start": mark.start,
        "end": mark.end,
        "surface": mark.surface,
        "role": reading.role,
        "place": None,
    }
    if reading.place is not None and reading.place in gaz:
        place = gaz.get(reading.place)
        found = {"kind": place.kind, "country": place.country, "lat": place.lat, "lon": place.lon}
        return {**row, "place": place.id, **found}
    if reading.point is None:
        raise MarkupError(f"{mark.surface}: the gazetteer has no {reading.place}")
    point = reading.point
    return {**row, "kind": point.kind, "country": point.country, "lat": point.lat, "lon": point.lon}


def check(block: Block, text: str, marks: Iterable[Mark]) -> None:
    """Hold a text against the conventions of training/README.md."""
    if block.source not in SOURCES:
        raise MarkupError(f"unknown source kind {block.source!r}")
    if block.date is not None:
        date.fromisoformat(block.date)
    if not text.strip() or not 12 <= len(text.split()) <= 300:
        raise MarkupError(f"{len(text.split())} words")
    end = 0
    for mark in marks:
        surface = mark.surface
        if not surface or surface != surface.strip():
            raise MarkupError(f"{surface!r}: empty or with spaces at its ends")
        if text[mark.start : mark.end] != surface:
            raise MarkupError(f"{surface!r}: the span does not hold it")
        if mark.is_place:
            check_place(mark, end)
            end = mark.end


def check_place(mark: Mark, end: int) -> None:
    """A place's span and point: no article, no possessive, no place in a place, sane numbers."""
    surface = mark.surface
    if mark.start < end:
        raise MarkupError(f"{surface!r}: a place inside a place")
    if (surface.lower().startswith("the ") and surface.lower() not in WITH_ARTICLE) or surface.endswith(
        ("'s", "’s")
    ):
        raise MarkupError(f"{surface!r}: article or possessive in the span")
    point: Point | None = read_code(mark.code).point
    if point and not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180 and point.kind in KINDS):
        raise MarkupError(f"{surface!r}: no such point: {point}")


def counts(records: Iterable[dict[str, Any]]) -> str:
    """Texts and names by group, source, role, kind and country, for people."""
    tables: dict[str, Counter[str]] = {
        name: Counter() for name in ("split", "group", "source", "role", "kind", "country")
    }
    texts = words = places = others = without = 0
    for row in records:
        texts, words = texts + 1, words + len(row["text"].split())
        places, others = places + len(row["toponyms"]), others + len(row["non_places"])
        for name in ("split", "group", "source"):
            tables[name][row[name]] += 1
        for top in row["toponyms"]:
            without += top["place"] is None
            for name in ("role", "kind", "country"):
                tables[name][top[name] or "-"] += 1
    head = (
        f"{texts} texts, {words} words, {places} places ({without} not in the gazetteer), {others} non-places"
    )
    lines = [f"{name}: " + ", ".join(f"{k} {n}" for k, n in t.most_common()) for name, t in tables.items()]
    return "\n".join([head, *lines])


def main(argv: list[str] | None = None) -> int:
    """Command line; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m training.compile", description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, help="file to write; without it only the counts")
    parser.add_argument("--split", choices=("train", "check"), help="only this part")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of the annotated texts")
    parser.add_argument("--gazetteer", type=Path, help="another compiled gazetteer")
    parser.add_argument("--suggest", action="store_true", help="resolve drafts in place, list what is open")
    parser.add_argument("--review", action="store_true", help="list names that look forgotten or doubtful")
    args = parser.parse_args(argv)
    import gazetteer

    gaz = gazetteer.open(args.gazetteer)
    if args.suggest or args.review:
        from training.suggest import resolve_files, review_files

        return (resolve_files if args.suggest else review_files)(args.texts, gaz, sys.stdout)
    try:
        rows = [r for r in documents(gaz, args.texts) if args.split in (None, r["split"])]
    except MarkupError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if args.output:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        args.output.write_text(lines, encoding="utf-8")
    print(counts(rows), file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
