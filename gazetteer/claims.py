"""Claims, control and recognition, read side: what stands on a day, in which words, with which outline.

A claim says who claims what since when and on which act, control who holds the ground, recognition which third state
accepts a claim; none of them follows from another. Everything here is a pure function over the records of
`gazetteer.types`. Tables state in ``attrs["viewpoint"]`` and in ``shown_under`` whose map they were drawn for.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

from gazetteer.types import Act, Claim, Control, Recognition

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
"""Columns of `claims_rows` and, before ``shown_under`` and ``geometry``, of `claims_frame`."""

CONTROL_COLUMNS: Final[tuple[str, ...]] = (
    "id",
    "territory",
    "region",
    "controller",
    "controller_code",
    "kind",
    "label",
    "since",
    "until",
    "extent",
    "basis",
    "proxy",
    "note",
    "source",
)
"""Columns of `control_rows` and, before ``geometry``, of `control_frame`."""


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
    claims: Iterable[Claim],
    region_geometry: Callable[[str], BaseGeometry | None],
    shown_under: Callable[[str], str | None] = lambda _: None,
    viewpoint: str = "default",
) -> geopandas.GeoDataFrame:
    """Claims with their outlines (EPSG:4326, lon before lat), one row per claim and region.

    Parameters
    ----------
    claims : iterable of Claim
    region_geometry : callable
        Gives the outline of a region's id, or None where there is none: the row stays, without geometry.
    shown_under : callable, optional
        Gives the country that the viewpoint shows a region under.
    viewpoint : str
        Stated in ``attrs``; claims and their outlines are the same from every viewpoint.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns `COLUMNS`, ``shown_under`` and ``geometry``; no claims give no rows and the same columns.
    """
    return _frame(claims_rows(claims), COLUMNS, region_geometry, shown_under, viewpoint)


def control_rows(controls: Iterable[Control]) -> list[dict[str, Any]]:
    """One flat row per record and region, with the columns `CONTROL_COLUMNS`."""
    rows = []
    for control in controls:
        values = {item.name: getattr(control, item.name) for item in fields(Control)}
        rows += [values | {"region": region} for region in control.regions or (None,)]
    return [{column: row[column] for column in CONTROL_COLUMNS} for row in rows]


def control_frame(
    controls: Iterable[Control],
    region_geometry: Callable[[str], BaseGeometry | None],
    shown_under: Callable[[str], str | None] = lambda _: None,
    viewpoint: str = "default",
) -> geopandas.GeoDataFrame:
    """Who holds what, with outlines, one row per record and region; parameters as of `claims_frame`."""
    return _frame(control_rows(controls), CONTROL_COLUMNS, region_geometry, shown_under, viewpoint)


def _frame(
    rows: list[dict[str, Any]],
    columns: tuple[str, ...],
    region_geometry: Callable[[str], BaseGeometry | None],
    shown_under: Callable[[str], str | None],
    viewpoint: str,
) -> geopandas.GeoDataFrame:
    import geopandas as gpd

    shapes = [region_geometry(row["region"]) if row["region"] else None for row in rows]
    data = {column: [row[column] for row in rows] for column in columns}
    data["shown_under"] = [shown_under(row["region"]) if row["region"] else None for row in rows]
    frame = gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"), crs="EPSG:4326")
    frame.attrs["viewpoint"] = viewpoint
    return frame


def select_control(
    controls: Iterable[Control],
    as_of: str | None = None,
    *,
    controller: str | None = None,
    region: str | None = None,
) -> tuple[Control, ...]:
    """Records of control of a day, of one controller (name or code), of one region; by start, then id."""
    chosen = [
        control
        for control in controls
        if (as_of is None or control.stands_on(as_of))
        and (controller is None or controller in {control.controller, control.controller_code})
        and (region is None or region in control.regions)
    ]
    return tuple(sorted(chosen, key=lambda control: (control.since, control.id)))


def select_recognition(
    recognitions: Iterable[Recognition],
    as_of: str | None = None,
    *,
    claim: str | None = None,
    state: str | None = None,
) -> tuple[Recognition, ...]:
    """Recognitions that stand on a day, of one claim's id, by one state (name or code); by claim, then start."""
    chosen = [
        row
        for row in recognitions
        if (as_of is None or row.stands_on(as_of))
        and (claim is None or claim == row.claim)
        and (state is None or state in {row.state, row.code})
    ]
    return tuple(sorted(chosen, key=lambda row: (row.claim, row.start, row.state)))


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


def relations_to_json(
    controls: Iterable[Control], recognitions: Iterable[Recognition]
) -> dict[str, list[dict[str, Any]]]:
    """Control and recognition as plain lists and dicts for JSON; `relations_from_json` gives equal records back."""
    return {
        "control": [asdict(control) for control in controls],
        "recognition": [asdict(row) for row in recognitions],
    }


def relations_from_json(
    records: Mapping[str, Iterable[Mapping[str, Any]]],
) -> tuple[list[Control], list[Recognition]]:
    """Read what `relations_to_json` wrote, also after a trip through JSON text."""
    controls = [Control(**{**row, "regions": tuple(row["regions"])}) for row in records["control"]]
    return controls, [Recognition(**row) for row in records["recognition"]]
