"""A decision as rows for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.types import Resolution


def explain(resolution: Resolution) -> list[dict[str, str]]:
    """Rows for people: the candidates of a resolution, best first, with score and match.

    Returns
    -------
    list of dict
        Keys chosen, place, kind, country, admin1, lat, lon, score, match; an empty list without candidates.
    """
    chosen = resolution.place.id if resolution.place else None
    return [
        {
            "chosen": "*" if item.place.id == chosen else "",
            "id": item.place.id,
            "place": item.place.name,
            "kind": item.place.kind,
            "country": item.place.country or "",
            "admin1": item.place.admin1 or "",
            "lat": f"{item.place.lat:.4f}",
            "lon": f"{item.place.lon:.4f}",
            "score": f"{item.score:.3f}",
            "match": item.candidate.reason,
        }
        for item in resolution.candidates
    ]
