"""Claims to territory, read side: what stands on a day, in which words, with which outline.

A claim says who claims what since when and on which act; it never says who controls the ground. Everything
here is a pure function over `gazetteer.types.Claim`.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

from gazetteer.types import Act, Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import geopandas
    from shapely.geometry.base import BaseGeometry

COLUMNS: Final[tuple[str, ...]] = (
    "id",
    "territory",
    "region",
    "claimant",
    "claimant_code",
    "kind",
    "label",
    "start",
    "end",
    "basis",
    "proxy",
    "legend",
    "acts",
    "note",
    "source",
)
"""Columns of `claims_rows` and, before ``geometry``, of `claims_frame`."""


def select(
    claims: Iterable[Claim],
    as_of: str | None = None,
    *,
    claimant: str | None = None,
    region: str | None = None,
) -> tuple[Claim, ...]:
    """Claims that stand on a day, of one claimant, to one region; all that are known by default.

    Parameters
    ----------
    claims : iterable of Claim
    as_of : str, optional
        ISO date; the first and the last day of a claim count. None: ended claims too.
    claimant : str, optional
        Name or ISO 3166-1 alpha-2 code.
    region : str, optional
        Id that the claim names, such as ``iso:UA-65``.

    Returns
    -------
    tuple of Claim
        By start, then id; empty where nothing fits.
    """
    chosen = [
        claim
        for claim in claims
        if (as_of is None or claim.stands_on(as_of))
        and (claimant is None or claimant in {claim.claimant, claim.claimant_code})
        and (region is None or region in claim.regions)
    ]
    return tuple(sorted(chosen, key=lambda claim: (claim.start, claim.id)))


def legend(claim: Claim) -> str:
    """Words of a claim for a legend or a table, always as a claim.

    >>> from gazetteer.types import Claim
    >>> legend(Claim("k", "Kherson Oblast", ("iso:UA-65",), "Russia", "RU", "annexation", "", "2022-09-30",
    ...              "", "accession treaty signed", True, "", ""))
    'claimed by Russia since 2022-09-30 (accession treaty signed)'
    """
    time = f"from {claim.start} to {claim.end}" if claim.end else f"since {claim.start}"
    return f"claimed by {claim.claimant} {time}" + (f" ({claim.basis})" if claim.basis else "")


def acts_text(claim: Claim) -> str:
    """Return the chain of acts, one line each: date, actor, title and figures."""
    return "\n".join(
        f"{act.date} {act.actor}: {act.title}" + (f" ({act.figures})" if act.figures else "")
        for act in claim.acts
    )


def claims_rows(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """One flat row per claim and region, with the columns `COLUMNS`.

    A claim for which no region is known yet gives one row with ``region`` None, so that it is never dropped.
    """
    rows = []
    for claim in claims:
        values = {name: value for name, value in _plain(claim).items() if name in COLUMNS}
        for region in claim.regions or (None,):
            rows.append(values | {"region": region, "legend": legend(claim), "acts": acts_text(claim)})
    return [{column: row[column] for column in COLUMNS} for row in rows]


def claims_frame(
    claims: Iterable[Claim], region_geometry: Callable[[str], BaseGeometry | None]
) -> geopandas.GeoDataFrame:
    """Claims with their outlines (EPSG:4326, lon before lat), one row per claim and region.

    Parameters
    ----------
    claims : iterable of Claim
    region_geometry : callable
        Gives the outline of a region's id, or None where there is none: the row stays, without geometry.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns `COLUMNS` and ``geometry``; no claims give no rows and the same columns.
    """
    import geopandas as gpd

    rows = claims_rows(claims)
    shapes = [region_geometry(row["region"]) if row["region"] else None for row in rows]
    data = {column: [row[column] for row in rows] for column in COLUMNS}
    return gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"), crs="EPSG:4326")


def _plain(claim: Claim) -> dict[str, Any]:
    return {field.name: getattr(claim, field.name) for field in fields(Claim)}


def to_json(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """Claims as plain lists and dicts for JSON; `from_json` gives equal claims back."""
    return [asdict(claim) for claim in claims]


def from_json(records: Iterable[Mapping[str, Any]]) -> list[Claim]:
    """Read what `to_json` wrote, also after a trip through JSON text."""
    return [
        Claim(
            **{
                **record,
                "regions": tuple(record["regions"]),
                "acts": tuple(Act(**act) for act in record["acts"]),
            }
        )
        for record in records
    ]
