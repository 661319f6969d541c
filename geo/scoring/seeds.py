"""Scores against the gold of the two reference documents: placed, spurious, roles, non-places."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.scoring.matching import match, overlapping
from geo.scoring.measures import distance_km

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.types import Resolution


@dataclass(slots=True)
class SeedScores:
    """Counts over the reference documents, with the cases that went wrong in words."""

    literal: int = 0
    placed: int = 0
    matched: int = 0
    gold: int = 0
    predicted: int = 0
    roles_right: int = 0
    misses: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    wrong_roles: list[str] = field(default_factory=list)
    non_places: list[str] = field(default_factory=list)

    @property
    def literal_placed(self) -> float:
        """Share of literal gold mentions that were found and placed within tolerance."""
        return self.placed / self.literal if self.literal else 0.0

    @property
    def spurious_share(self) -> float:
        """Share of predicted mentions that overlap no gold mention."""
        return len(self.spurious) / self.predicted if self.predicted else 0.0

    @property
    def role_share(self) -> float:
        """Share of matched mentions with a right role."""
        return self.roles_right / self.matched if self.matched else 0.0


def load_seeds(path: str | Path) -> dict[str, Any]:
    """Read the gold of the reference documents (JSON)."""
    loaded: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return loaded


def score_seeds(
    gold: Mapping[str, Any], parsed: Mapping[str, tuple[str, Sequence[Resolution]]]
) -> SeedScores:
    """Score the reference documents.

    Parameters
    ----------
    gold : mapping
        From `load_seeds`.
    parsed : mapping
        File name to (text, resolutions). Documents that are missing count as missed.
    """
    scores = SeedScores()
    for entry in gold["documents"]:
        text, found = parsed.get(entry["file"], ("", ()))
        _score_entry(scores, gold["places"], entry, text, found)
    return scores


def _score_entry(
    scores: SeedScores, places: Mapping[str, Any], entry: Any, text: str, found: Sequence[Resolution]
) -> None:
    wanted = entry["mentions"]
    spans = [(m["start"], m["end"]) for m in wanted]
    predicted = [(r.mention.start, r.mention.end) for r in found]
    pairs = match(spans, predicted)
    scores.gold += len(wanted)
    scores.predicted += len(found)
    for g, mention in enumerate(wanted):
        _score_mention(scores, places, mention, found[pairs[g]] if g in pairs else None)
    for resolution, hits in zip(found, overlapping(predicted, spans), strict=True):
        if not hits:
            scores.spurious.append(_context(text, resolution))
    _score_non_places(scores, entry, text, found)


def _score_mention(
    scores: SeedScores, places: Mapping[str, Any], mention: Any, found: Resolution | None
) -> None:
    roles = mention["role"].split("|")
    label = f"{mention['surface']}@{mention['start']}"
    right = found is not None and any(same_place(places[key], found.place) for key in mention["places"])
    if "literal" in roles:
        scores.literal += 1
        scores.placed += right
    if not right:
        got = "not found" if found is None else found.place.id if found.place else "not placed"
        scores.misses.append(f"{label} {mention['role']}: {got}, not {'|'.join(mention['places'])}")
    if found is not None:
        scores.matched += 1
        scores.roles_right += found.mention.role in roles
        if found.mention.role not in roles:
            scores.wrong_roles.append(f"{label}: {found.mention.role}, not {mention['role']}")


def same_place(gold: Mapping[str, Any], place: Place | None) -> bool:
    """Whether `place` is the gold place: same unit code, or its point inside the tolerance (km)."""
    if place is None:
        return False
    if gold["kind"] == "country":
        return place.kind == "country" and place.country == gold["country"]
    if gold["kind"] == "admin1" and place.kind not in ("region", "peninsula", "island"):
        return place.id == f"iso:{gold['iso']}"
    if place.kind in {"country", "admin1"} or (gold["kind"] == "river") != (place.kind == "river"):
        return False
    return distance_km(gold["lat"], gold["lon"], place.lat, place.lon) <= float(gold["tol"])


def _score_non_places(scores: SeedScores, entry: Any, text: str, found: Sequence[Resolution]) -> None:
    gold_spans = [(m["start"], m["end"]) for m in entry["mentions"]]
    for name in entry["non_places"]:
        at = text.find(name)
        while at >= 0:
            span = (at, at + len(name))
            inside = [r for r in found if r.mention.start < span[1] and r.mention.end > span[0]]
            taken = overlapping([(r.mention.start, r.mention.end) for r in inside], gold_spans)
            scores.non_places += [
                _context(text, r) for r, hits in zip(inside, taken, strict=True) if not hits
            ]
            at = text.find(name, at + 1)


def _context(text: str, found: Resolution) -> str:
    start, end = found.mention.start, found.mention.end
    return f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 25]}".replace("\n", "¶")
