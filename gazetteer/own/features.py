"""Reads GeoJSON, GeoPackage and what else GDAL reads: points become places, areas become units with outlines."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, Final

from gazetteer.errors import SourceError
from gazetteer.own.entries import Reject
from gazetteer.own.mapping import columns, entry, notes_of
from gazetteer.own.shapes import located

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.own.dumps import Numbered
    from gazetteer.own.mapping import Settings
    from gazetteer.own.units import Units

_BATCH: Final = 1000
_KINDS: Final = ("country", "admin1", "admin2", "region", "region", "region")
_PCODE: Final = re.compile(r"ADM(\d)_PCODE", re.IGNORECASE)
_LEVEL: Final = re.compile(r"ADM(\d)")


def read(path: Path, skip: int, settings: Settings, units: Units) -> Iterator[Numbered]:
    """Read the features of all layers; their numbers go through, from 1.

    Raises
    ------
    SourceError
        The file cannot be read, or a layer has no name or no coordinate system.
    """
    import pyogrio

    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        if not layers:
            raise SourceError(f"{path}: holds no layer with geometries")
        number = 0
        for layer in layers:
            for values, shape in _features(path, layer):
                number += 1
                if number > skip:
                    yield from _item(number, values, shape, settings, units, f"{path}, layer {layer}")
    except pyogrio.errors.DataSourceError as error:
        raise SourceError(f"{path}: cannot be read ({error})") from error


def _features(path: Path, layer: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """Properties and geometry (WGS 84, longitude first) of each feature, a batch at a time."""
    import geopandas
    import pyogrio
    import shapely

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL warns of every oddity of a file; what counts is found here
        with pyogrio.raw.open_arrow(path, layer=layer, batch_size=_BATCH, use_pyarrow=True) as (meta, reader):
            name = meta["geometry_name"] or "wkb_geometry"
            crs = meta["crs"]
            for batch in reader:
                rows = batch.to_pylist()
                shapes = shapely.from_wkb([row.pop(name, None) for row in rows], on_invalid="ignore")
                if crs is not None:
                    shapes = geopandas.GeoSeries(shapes, crs=crs).to_crs(4326).array
                yield from zip(rows, shapes, strict=True)


def _item(
    number: int, values: dict[str, Any], shape: Any, settings: Settings, units: Units, where: str
) -> Iterator[Numbered]:
    try:
        spot = located(shape)
        known, constants = _schema(values, units)
        found = columns(values, settings, where)
        row = {name: values[column] for name, column in found.items()}
        row |= {name: value for name, value in known.items() if value and name not in settings.fields}
        row = {name: value for name, value in row.items() if name not in ("lat", "lon", "wkt")}
        if "kind" not in row and "kind" not in settings.constants:
            row["kind"] = constants or ("region" if spot.outline else "")
        if not row.get("name") and "name" not in found:
            listed = ", ".join(map(str, values)) or "none"
            raise SourceError(
                f"{where}: no property is the name; it has {listed}; --field name=PROPERTY says which"
            )
        made, notes = entry(row, settings, units, spot)
    except ValueError as error:
        if isinstance(error, SourceError):
            raise
        yield number, 1, Reject(number, f"feature {number}: {error}")
        return
    yield number, 1, made
    for note in notes_of(number, notes):
        yield number, 0, note


def _schema(values: Mapping[str, Any], units: Units) -> tuple[dict[str, Any], str]:
    """Fields that the two usual schemas of boundaries state, and the kind: OCHA's COD-AB and geoBoundaries."""
    levels = [int(match[1]) for key in values if (match := _PCODE.fullmatch(key)) and values[key]]
    if levels:
        return _cod(values, max(levels), units)
    if values.get("shapeName"):
        match = _LEVEL.fullmatch(str(values.get("shapeType") or ""))
        return _geoboundaries(values, int(match[1]) if match else -1, units)
    return {}, ""


def _cod(values: Mapping[str, Any], level: int, units: Units) -> tuple[dict[str, Any], str]:
    lowered = {key.lower(): value for key, value in values.items()}
    kind = _KINDS[min(level, 5)]
    code = str(lowered[f"adm{level}_pcode"])
    english = re.compile(rf"adm{level}_([a-z]{{2,3}})")
    named = {m[1]: str(v) for key, v in lowered.items() if (m := english.fullmatch(key)) and v}
    name = named.pop("en", "") or next(iter(named.values()), "")
    country = units.country(str(lowered.get("adm0_pcode") or lowered.get("adm0_en") or code[:2])) or ""
    above = str(lowered.get("adm1_en") or "") if level > 1 else ""
    return {
        "id": _unit_id(kind, f"pcode:{code}", (name,), country, units),
        "name": name,
        "country": country,
        "admin1": above,
        "admin2": str(lowered.get("adm2_en") or "") if level > 2 else "",
        "names": "|".join([*(other.replace("|", " ") for other in named.values()), f"code:{code}"]),
    }, kind


def _geoboundaries(values: Mapping[str, Any], level: int, units: Units) -> tuple[dict[str, Any], str]:
    kind = _KINDS[min(level, 5)] if level >= 0 else "region"
    name, iso = str(values["shapeName"]), str(values.get("shapeISO") or "")
    country = units.country(str(values.get("shapeGroup") or "")) or ""
    own = f"geoboundaries:{values.get('shapeID') or iso or name.replace(' ', '-')}"
    return {
        "id": _unit_id(kind, own, (iso, name), country, units),
        "name": name,
        "country": country,
        "names": f"code:{iso}" if iso else "",
    }, kind


def _unit_id(kind: str, own: str, names: tuple[str, ...], country: str, units: Units) -> str:
    """Id of the package's gazetteer where it knows the unit, so that the own outline takes the place of its."""
    if kind == "country" and country:
        return f"iso:{country}"
    if kind == "admin1":
        for name in filter(None, names):
            unit = units.admin1(name, country)
            if unit is not None:
                return f"iso:{unit}" if not unit[3:4].isspace() and "." not in unit else f"geonames-a1:{unit}"
    return own
