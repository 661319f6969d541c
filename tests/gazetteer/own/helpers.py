"""What the tests of own data share."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import gazetteer
from gazetteer.own.build import Built, build
from gazetteer.own.mapping import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from gazetteer import Gazetteer


def dump_line(
    number: object,
    name: str,
    code: str = "P.PPL",
    *,
    others: str = "",
    lat: object = 46.9,
    lon: object = 33.1,
    country: str = "UA",
    admin1: str = "08",
    admin2: str = "",
    people: object = 0,
) -> str:
    """A line of allCountries.txt."""
    group, _, kind = code.partition(".")
    fields = [number, name, name, others, lat, lon, group, kind, country, "", admin1, admin2, "", "", people]
    return "\t".join(map(str, [*fields, "", 12, "Europe/Kyiv", "2024-01-01"]))


def name_line(
    number: int,
    text: str,
    lang: str = "",
    *,
    preferred: bool = False,
    historic: bool = False,
    short: bool = False,
    since: str = "",
    until: str = "",
) -> str:
    """A line of alternateNamesV2.txt."""
    flags = ["1" if flag else "" for flag in (preferred, short, False, historic)]
    return "\t".join(["1", str(number), lang, text, *flags, since, until])


def written(path: Path, lines: Iterable[str]) -> Path:
    """A text file of lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def table(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def geojson(path: Path, *features: tuple[Mapping[str, Any], Mapping[str, Any] | None], **more: Any) -> Path:
    """A GeoJSON file of (geometry, properties)."""
    listed = [{"type": "Feature", "properties": p, "geometry": g} for g, p in features]
    path.write_text(json.dumps({"type": "FeatureCollection", **more, "features": listed}), encoding="utf-8")
    return path


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle as GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def made(
    gaz: Gazetteer, folder: Path, *inputs: Path, name: str = "my.gaz", **settings: Mapping[str, str]
) -> Built:
    """Build from files."""
    return build(inputs, folder / name, settings=Settings(**settings), gaz=gaz)


def layered(built: Built) -> Gazetteer:
    """Open over the package's gazetteer."""
    return gazetteer.open(also=[built.path])
