"""Writes places of a gazetteer: Linked Places (one collection or one feature per line) and CSV, a row at a time."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from gazetteer.details import Name
from gazetteer.layers import Layered
from gazetteer.linked_terms import CONTEXT
from gazetteer.own import linked
from gazetteer.own.mapping import names_cell
from gazetteer.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.store import Gazetteer
    from gazetteer.types import Place

COLUMNS: Final = (
    "id", "name", "kind", "country", "admin1", "admin2", "lat", "lon", "population", "precision_km", "names", "links",
)  # fmt: skip


def places(
    gaz: Gazetteer, *, country: str | None = None, kind: str | None = None, own: bool = False
) -> Iterator[Place]:
    """Give all places of a gazetteer, in the order of its files.

    Parameters
    ----------
    gaz : Gazetteer
    country, kind : str, optional
        Only those of one country (ISO 3166-1 alpha-2), of one kind.
    own : bool, default False
        Only what the layers over the lowest one hold.
    """
    layers = gaz.layers if isinstance(gaz, Layered) else (gaz,)
    for number, layer in enumerate(layers):
        if own and not number:
            continue
        for index in range(len(layer)) if number else _rows(layer, country, kind):
            found = layer._place(index)
            if any(found.id in over for over in layers[number + 1 :]):
                continue
            place = gaz.get(found.id)
            if country in (None, place.country) and kind in (None, place.kind):
                yield place


def _rows(layer: Gazetteer, country: str | None, kind: str | None) -> Iterator[int]:
    """Rows of the lowest layer that can be wanted, by its columns."""
    countries = layer._tables["country"]
    if country is not None and country not in countries:
        return
    wanted = None if country is None else countries.index(country)
    sort = None if kind is None else KINDS.index(kind)
    columns = zip(layer._column["country"], layer._column["kind"], strict=True)
    for index, (here, what) in enumerate(columns):
        if wanted in (None, here) and sort in (None, what):
            yield index


def linked_lines(gaz: Gazetteer, found: Iterable[Place], *, collection: bool) -> Iterator[str]:
    """Lines of Linked Places: a FeatureCollection with one feature per line, or the features alone.

    Parameters
    ----------
    gaz : Gazetteer
    found : iterable of Place
    collection : bool
    """
    if not collection:
        yield from (_dumps(_feature(gaz, place)) for place in found)
        return
    head = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "attribution": gaz.info().get("attribution", ""),
    }
    yield _dumps(head)[:-1] + ',"features":['
    before = ""
    for place in found:
        if before:
            yield before + ","
        before = _dumps(_feature(gaz, place))
    if before:
        yield before
    yield "]}"


def _feature(gaz: Gazetteer, place: Place) -> dict[str, Any]:
    return linked.feature(place, gaz.names(place.id), gaz.details(place.id), gaz.region(place.id))


def csv_lines(gaz: Gazetteer, found: Iterable[Place]) -> Iterator[str]:
    """Rows of CSV with a header; what a cell cannot hold (outlines, relations) is left out."""
    yield _row(COLUMNS)
    for place in found:
        known = gaz.details(place.id)
        said = {(name.text, name.use) for name in known.names}
        plain = [Name(*pair) for pair in gaz.names(place.id)[1:] if pair not in said]
        values = {
            **{name: getattr(place, name) for name in COLUMNS[:6]},
            "lat": f"{place.lat:.5f}",
            "lon": f"{place.lon:.5f}",
            "population": place.population or "",
            "precision_km": f"{place.precision_km:g}" if place.precision_km else "",
            "names": names_cell([*plain, *known.names]),
            "links": " ".join(known.links),
        }
        yield _row(["" if values[name] is None else values[name] for name in COLUMNS])


def _row(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
