"""Layer of territorial claims: what is claimed, by whom, since when, on what basis; never who controls it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from geo.layers.atlas import outlines
from geo.layers.layer import Layer
from geo.layers.schema import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from gazetteer.types import Claim, Place
    from geo.layers.atlas import Atlas
    from geo.layers.extent import Box

    Outline = Callable[[str], BaseGeometry | None]


def claims_layer(
    gaz: Atlas,
    as_of: date | None,
    box: Box | None,
    countries: Collection[str] = (),
    outline: Outline | None = None,
) -> Layer:
    """One row per claim and outline, of the claims made on `as_of` that touch `box` or lie in `countries`.

    Parameters
    ----------
    as_of : datetime.date or None
        None: all known claims, also those that have ended.
    box : tuple or None
        (west, south, east, north); None: the whole world. A claim is kept whole when one of its outlines
        touches the box.
    countries : collection of str
        ISO codes of the countries that the texts are about: claims to their territory are all kept, so that a
        map of one province does not tell of half of a claim.
    outline : callable, optional
        Gives the outline of a region, instead of the gazetteer: one that remembers them, say.
    """
    outline = outline or gaz.region
    layer = Layer("claims", "Territorial claims", CLAIMS)
    day = as_of.isoformat() if as_of else None
    records = [claim for claim in gaz.claim_records() if day is None or claim.stands_on(day)]
    for claim in sorted(records, key=lambda c: (c.start, c.id)):
        places = [(region, _place(gaz, region)) for region in claim.regions]
        about = any(place and place.country in countries for _, place in places)
        if box and not about and not any(_touches(outline(region), box) for region in claim.regions):
            continue
        for region, place in places:
            layer.add(
                None,
                row_id=f"{claim.id}/{region}",
                id=claim.id,
                territory=claim.territory,
                region_id=region,
                region_name=place.name if place else claim.territory,
                country=place.country if place else None,
                claimant=claim.claimant,
                claimant_code=claim.claimant_code,
                kind=claim.kind,
                label=claim.label or None,
                since=claim.start,
                until=claim.end or None,
                basis=claim.basis,
                standing=_standing(claim, place, day),
                proxy=claim.proxy,
                legend=legend_text(claim),
                note=claim.note or None,
                source=claim.source or None,
                as_of=day,
            )
    layer.outline(partial(outlines, gaz, [row["region_id"] for row in layer.rows]))
    return layer


def legend_text(claim: Claim) -> str:
    """Return "claimed by X since D (basis)", with the end where there is one."""
    until = f" until {claim.end}" if claim.end else ""
    basis = f" ({claim.basis})" if claim.basis else ""
    return f"claimed by {claim.claimant} since {claim.start}{until}{basis}"


def _standing(claim: Claim, place: Place | None, day: str | None) -> str:
    if claim.end and (day is None or claim.end < day):
        return "ended"
    if place and claim.claimant_code and place.country == claim.claimant_code:
        return "recognised"
    return "disputed"


def _place(gaz: Atlas, region: str) -> Place | None:
    try:
        return gaz.get(region)
    except KeyError:
        return None


def _touches(outline: BaseGeometry | None, box: Box) -> bool:
    from shapely import box as rectangle

    return outline is not None and bool(rectangle(*box).intersects(outline))
