"""Help for writing annotated texts: from short hints to ids, and a list of names that look forgotten.

A draft may say less than an id in the braces, and ``python -m training.compile --suggest`` resolves it in place:

======================  ==========================================================================
``{l UA}`` ``{l US-TX}``  the country or the first-level unit with that ISO code
``{l}``                 the most prominent place of that name, or the point that points.csv has for it
``{l @UA}``             the same within a country, ``@US-TX`` within a unit
``{l @UA/admin2}``      of one kind (``p`` any settlement); ``{l @/river}`` anywhere in the world
``{l =Kyiv@UA}``        looked up under another name than the one in the text
======================  ==========================================================================

Ids that may still change (curated, second-level, units without an ISO code) get their point beside them.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from gazetteer.names import fold
from training.markup import MarkupError, Point, read_blocks, read_code, strip_marks

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.types import Place

POINTS: Final = Path(__file__).parent / "points.csv"
_PLACE: Final = re.compile(r"\[([^\[\]]*)\]\{([ltmd])(?: ([^{}]*))?\}")
_CODE: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_DRAFT: Final = re.compile(r"(?:=(?P<name>[^@]+))?(?:@(?P<scope>[A-Z0-9.-]*)(?:/(?P<kind>[a-z0-9]+))?)?")
_SETTLED: Final = frozenset({"city", "town", "village"})
_STABLE: Final = ("geonames:", "iso:")
_REACH_KM: Final = {
    "river": 1500,
    "sea": 900,
    "region": 600,
    "continent": 3000,
    "country": 1500,
    "mountain": 400,
}
"""How far two points of the same thing may lie apart, by kind; 25 km for settlements, 120 km for the rest."""


@cache
def points(path: Path = POINTS) -> dict[str, list[Point]]:
    """Points of our own for names that the gazetteer may lack, by folded name."""
    found: dict[str, list[Point]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            point = Point(float(row["lat"]), float(row["lon"]), row["kind"], row["country"] or None)
            for name in row["name"].split("|"):
                found[fold(name)].append(point)
    return dict(found)


def distance_km(lat: float, lon: float, place: Place) -> float:
    """Great-circle distance in km between a point and a place."""
    y1, x1, y2, x2 = map(radians, (lat, lon, place.lat, place.lon))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))


def same_place(name: str, point: Point, gaz: Gazetteer) -> Place | None:
    """The place of the gazetteer that a point of this name means, if it has it."""
    reach = _REACH_KM.get(point.kind, 25 if point.kind in _SETTLED else 120)
    for candidate in gaz.search(name, limit=60):
        place = candidate.place
        alike = place.kind == point.kind or {place.kind, point.kind} <= _SETTLED
        alike &= None in (place.country, point.country) or place.country == point.country
        if alike and distance_km(point.lat, point.lon, place) <= reach:
            return place
    return None


def resolve(surface: str, hint: str, gaz: Gazetteer) -> str | None:
    """The id (and the point beside it, where needed) that a hint means; None when nothing fits."""
    if "?" in hint:
        return _of_point(surface, hint, gaz)
    if ":" in hint:
        return hint
    if _CODE.fullmatch(hint):
        return _of_code(surface, hint, gaz)
    draft = _DRAFT.fullmatch(hint)
    return (
        _of_name(draft["name"] or surface, draft["scope"] or "", draft["kind"] or "", gaz) if draft else None
    )


def _of_point(surface: str, hint: str, gaz: Gazetteer) -> str:
    """Keep what is committed, but use an id as soon as the gazetteer has the place, and drop one it lost."""
    reading = read_code(f"l {hint}")
    if reading.point is None or (reading.place is not None and reading.place in gaz):
        return hint
    place = same_place(surface, reading.point, gaz)
    return f"{place.id} {reading.point}" if place else str(reading.point)


def _of_name(name: str, scope: str, kind: str, gaz: Gazetteer) -> str | None:
    for point in points().get(fold(name), ()):
        if (not scope or scope[:2] == point.country) and (
            not kind or kind in (point.kind, _group(point.kind))
        ):
            place = same_place(name, point, gaz)
            return f"{place.id} {point}" if place else str(point)
    return next((written(place) for place in _named(name, scope, kind, gaz)), None)


def written(place: Place) -> str:
    """How a place is committed: ids that may still change carry their point."""
    if place.id.startswith(_STABLE):
        return place.id
    return f"{place.id} {Point(round(place.lat, 2), round(place.lon, 2), place.kind, place.country)}"


def _of_code(surface: str, code: str, gaz: Gazetteer) -> str | None:
    if f"iso:{code}" in gaz:
        return f"iso:{code}"
    named = next(iter(_named(surface, code[:2], "admin1", gaz)), None)
    if named is None:
        return None
    return f"iso:{code} {Point(round(named.lat, 2), round(named.lon, 2), 'admin1', code[:2])}"


def _named(name: str, scope: str, kind: str, gaz: Gazetteer) -> list[Place]:
    """Places of a name within a scope; without a kind, settlements go before areas that share their name."""
    places = [candidate.place for candidate in gaz.search(name, country=scope[:2] or None, limit=60)]
    if "-" in scope:
        places = [place for place in places if place.admin1 == scope]
    if kind:
        return [place for place in places if kind in (place.kind, _group(place.kind))]
    return sorted(places, key=lambda place: place.kind not in _SETTLED) if scope else places


def _group(kind: str) -> str:
    return "p" if kind in _SETTLED else kind


def resolve_files(folder: Path, gaz: Gazetteer, out: TextIO) -> int:
    """Resolve the hints of every text in place; what stays open is listed and makes the status 1."""
    status = 0
    for path in sorted(folder.glob("*.txt")):
        content, notes = resolve_text(path.read_text(encoding="utf-8"), gaz)
        path.write_text(content, encoding="utf-8")
        out.writelines(f"{path.name}: {note}\n" for note in notes)
        status |= any(note.startswith("OPEN") for note in notes)
    return int(status)


def resolve_text(content: str, gaz: Gazetteer) -> tuple[str, list[str]]:
    """Resolve the hints of one text: the new text, and notes on what was chosen freely or stays open."""
    notes: list[str] = []

    def fill(match: re.Match[str]) -> str:
        surface, role, hint = match[1], match[2], match[3] or ""
        found = resolve(surface, hint, gaz)
        if found is None:
            notes.append(f"OPEN {surface} {{{role} {hint}}}")
            return match[0]
        if not hint or (hint.startswith("@/") and found.startswith("geonames:")):
            notes.append(f"{surface} -> {describe(found, gaz)}")
        return f"[{surface}]{{{role} {found}}}"

    return _PLACE.sub(fill, content), notes


def describe(code: str, gaz: Gazetteer) -> str:
    """A resolved place in a few words, for the person who reviews it."""
    place_id = code.split(" ", 1)[0]
    if place_id not in gaz:
        return code
    place = gaz.get(place_id)
    return f"{place.name}, {place.kind}, {place.country}, {place.admin1}, {place.population}"


def review_files(folder: Path, gaz: Gazetteer, out: TextIO) -> int:
    """List capitalised names of countries, units and towns that no mark covers; for people to judge."""
    for path in sorted(folder.glob("*.txt")):
        for block in read_blocks(path.read_text(encoding="utf-8")):
            try:
                text, marks = strip_marks(block.raw)
            except MarkupError as error:
                out.write(f"{path.name}: {block.id}: {error}\n")
                continue
            covered = [(m.start, m.end) for m in marks]
            names = {m.surface.casefold() for m in marks if m.is_place}
            for hit in gaz.scan(text):
                word = text[hit.start : hit.end]
                if any(s < hit.end and hit.start < e for s, e in covered):
                    continue
                if word.casefold() in names or (word[0].isupper() and _prominent(hit.key, gaz)):
                    out.write(
                        f"{path.name}: {block.id}: {word!r} in ...{_around(text, hit.start, hit.end)}...\n"
                    )
    return 0


def _prominent(key: str, gaz: Gazetteer) -> bool:
    return any(c.place.prominence >= 4.5 for c in gaz.candidates(key))


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 25) : end + 25].replace("\n", " ")
