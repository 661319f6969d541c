"""Rows of places -> sections of the artefact: tries of folded names, columns, compressed full names.

Sections (little-endian arrays unless said otherwise):

- ``names.trie``, ``codes.trie``, ``ids.trie``: marisa tries; the first two hold folded names and codes.
- ``names.offsets``, ``names.postings`` (and ``codes.``): for key k of the trie, the postings from
  offsets[k] to offsets[k + 1]; a posting is ``place << 4 | use``, the most prominent place first.
- ``names.openings``: words with which names of great places begin, one to a line, UTF-8: see `_openings`.
- ``ids.places``: place of key k of ``ids.trie``; ``ids.keys``: the key of each place there. GeoNames ids are
  found by bisection of ``place.geonames``.
- ``place.*``: one column each; places with a GeoNames id come first, in its order.
- ``label.offsets``, ``label.text``: display names, UTF-8.
- ``full.offsets``, ``full.blocks``: all names, `BLOCK` places to a zlib block; ``details.*`` likewise, see there.
- ``tables``: JSON with the values that the columns index.
"""

from __future__ import annotations

import array
import json
import sys
import zlib
from typing import TYPE_CHECKING, Any

from gazetteer import details
from gazetteer.artefact import BLOCK, SCALE, geonames_id
from gazetteer.names import fold
from gazetteer.rank import penalty, prominence
from gazetteer.types import GREAT, KINDS, NameUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.sources.rows import Row


def encode(rows: Sequence[Row]) -> dict[str, bytes]:
    """Encode rows with unique ids; the same rows in any order give the same bytes."""
    ordered = sorted(rows, key=_order)
    ranks = [prominence(row.id, row.kind, row.population, len(row.names)) for row in ordered]
    sections = _columns(ordered, ranks) | _full_names(ordered) | _details(ordered)
    names: dict[str, dict[int, NameUse]] = {}
    codes: dict[str, dict[int, NameUse]] = {}
    for index, row in enumerate(ordered):
        for name, use in [(row.name, NameUse.PREFERRED), *row.names]:
            key = fold(name)
            if key:
                table = codes if use is NameUse.CODE else names
                uses = table.setdefault(key, {})
                uses[index] = min(use, uses.get(index, use))
    sections["names.openings"] = "\n".join(_openings(names, ordered, ranks)).encode()
    return sections | _postings("names", names, ordered, ranks) | _postings("codes", codes, ordered, ranks)


def _order(row: Row) -> tuple[int, int, str]:
    number = geonames_id(row.id)
    return (0, number, "") if number else (1, 0, row.id)


def _columns(rows: Sequence[Row], ranks: Sequence[float]) -> dict[str, bytes]:
    tables = {
        "country": _distinct(row.country for row in rows),
        "admin1": _distinct(row.admin1 for row in rows),
        "admin2": _distinct(row.admin2 for row in rows),
    }
    index = {name: {value: i for i, value in enumerate(values)} for name, values in tables.items()}
    labels = [row.name.encode() for row in rows]
    others = {row.id: i for i, row in enumerate(rows) if not geonames_id(row.id)}
    trie = _trie(others)
    return {
        "place.geonames": _array("I", (geonames_id(row.id) for row in rows if geonames_id(row.id))),
        "place.lon": _array("i", (round(row.lon * SCALE) for row in rows)),
        "place.lat": _array("i", (round(row.lat * SCALE) for row in rows)),
        "place.population": _array("I", (min(row.population, 2**32 - 1) for row in rows)),
        "place.kind": bytes(KINDS.index(row.kind) for row in rows),
        "place.country": _array("H", (index["country"][row.country or ""] for row in rows)),
        "place.admin1": _array("H", (index["admin1"][row.admin1 or ""] for row in rows)),
        "place.admin2": _array("I", (index["admin2"][row.admin2 or ""] for row in rows)),
        "place.precision": _array("H", (min(round(row.precision_km * 10), 65535) for row in rows)),
        "place.prominence": bytes(round(rank * 10) for rank in ranks),
        "label.offsets": _offsets(labels),
        "label.text": b"".join(labels),
        "ids.trie": trie.tobytes(),
        "ids.keys": _array("I", (trie.key_id(row.id) for row in rows if not geonames_id(row.id))),
        "ids.places": _array("I", (others[trie.restore_key(k)] for k in range(len(trie)))),
        "tables": json.dumps(tables | {"places": len(rows)}, ensure_ascii=False, sort_keys=True).encode(),
    }


def _full_names(rows: Sequence[Row]) -> dict[str, bytes]:
    blocks = []
    for start in range(0, len(rows), BLOCK):
        lines = (
            "\t".join(f"{use:d}{' '.join(name.split())}" for name, use in sorted(set(row.names)))
            for row in rows[start : start + BLOCK]
        )
        blocks.append(zlib.compress("\n".join(lines).encode(), 9))
    return {"full.offsets": _offsets(blocks), "full.blocks": b"".join(blocks)}


def _details(rows: Sequence[Row]) -> dict[str, bytes]:
    """Dated names and links, in blocks as `gazetteer.details.read` wants them."""
    lines = [details.encode(details.Details(tuple(row.dated), row.links)) for row in rows]
    blocks = [details.block(lines[start : start + BLOCK]) for start in range(0, len(lines), BLOCK)]
    return {"details.offsets": _offsets(blocks), "details.blocks": b"".join(blocks)}


def _openings(names: dict[str, dict[int, NameUse]], rows: Sequence[Row], ranks: Sequence[float]) -> list[str]:
    """First words of the usual names of countries and places from `GREAT` on, by which few others are known."""
    return sorted(
        {
            name.partition(" ")[0]
            for name, uses in names.items()
            if any(
                use in (NameUse.PREFERRED, NameUse.OFFICIAL)
                and (rows[place].kind == "country" or round(ranks[place] * 10) >= GREAT * 10)
                for place, use in uses.items()
            )
        }
    )


def _postings(
    prefix: str, table: dict[str, dict[int, NameUse]], rows: Sequence[Row], ranks: Sequence[float]
) -> dict[str, bytes]:
    trie = _trie(table)
    offsets, postings = [0], []
    for k in range(len(trie)):
        key = trie.restore_key(k)
        uses = table[key]
        ranked = sorted(
            uses, key=lambda place: (penalty(key, rows[place].name, uses[place]) - ranks[place], place)
        )
        postings += [place << 4 | uses[place] for place in ranked]
        offsets.append(len(postings))
    return {
        f"{prefix}.trie": trie.tobytes(),
        f"{prefix}.offsets": _array("I", offsets),
        f"{prefix}.postings": _array("I", postings),
    }


def _trie(keys: Iterable[str]) -> Any:
    import marisa_trie

    return marisa_trie.Trie(sorted(keys))


def _distinct(values: Iterable[str | None]) -> list[str]:
    return sorted({value or "" for value in values} | {""})


def _offsets(items: Iterable[bytes]) -> bytes:
    total, offsets = 0, [0]
    for item in items:
        total += len(item)
        offsets.append(total)
    return _array("I", offsets)


def _array(code: str, values: Iterable[int]) -> bytes:

    packed = array.array(code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
