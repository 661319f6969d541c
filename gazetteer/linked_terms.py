"""Terms of the Linked Places Format that its reader, its writer and the exports of maps share."""

from __future__ import annotations

from typing import Final

CONTEXT: Final = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
)
TYPES: Final[dict[str, tuple[str, str, str]]] = {
    "country": ("A", "300128207", "nation"),
    "admin1": ("A", "300236157", "political division"),
    "admin2": ("A", "300236157", "political division"),
    "city": ("P", "300008389", "city"),
    "town": ("P", "300008375", "town"),
    "village": ("P", "300008372", "village"),
    "region": ("L", "300182722", "region (geographic)"),
    "continent": ("L", "300128176", "continent"),
    "river": ("H", "300008707", "river"),
    "lake": ("H", "300008680", "lake"),
    "sea": ("H", "300008694", "sea"),
    "strait": ("H", "300266059", "body of water (natural)"),
    "island": ("T", "300008791", "island"),
    "peninsula": ("T", "300008804", "peninsula"),
    "mountain": ("T", "300008795", "mountain"),
    "facility": ("S", "300000809", "site"),
    "dam": ("S", "300006084", "dam"),
    "base": ("S", "300000455", "military base"),
    "bridge": ("S", "300007836", "bridge"),
    "other": ("S", "300000809", "site"),
}
"""Kind of place -> GeoNames feature class, identifier and term of the Art and Architecture Thesaurus."""
