"""Scores extracted events against a gold file: found, spurious, and how right status, source, time and movement are.

`evaluate` runs the stages over a gold file and sums up; `score_events` scores one document.

A gold document has ``events`` and, optionally, ``also_true``; each entry a ``type`` (alternatives by ``|``),
``places`` (keys of the file's ``places``; several are alternatives, none means that the text names none) and
where it applies ``status`` and ``source`` (alternatives by ``|``; source "" says that the narrator speaks),
``date`` (EDTF day, month, year or interval),
``origin`` and ``destinations``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any, Final

from geo.ontology import load
from geo.types import Parsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.ontology import Ontology
    from geo.scoring.eventgold import EventCase
    from geo.stages import Stages
    from geo.types import Event, EventPlace, TimeSpan

PARTS: Final = ("status", "source", "date", "date_strict", "origin", "destinations")
_SETTLEMENTS: Final = {"city", "town", "village"}
_EARTH_KM: Final = 6371.0
_NO_NAMES: Final = frozenset("the of and a an s is via in".split())


def score_events(
    gold: Mapping[str, Any],
    parsed: Parsed,
    places: Mapping[str, Mapping[str, Any]],
    ontology: Ontology | None = None,
    *,
    dated: bool = True,
) -> dict[str, Any]:
    """Score the events of one document.

    Parameters
    ----------
    gold : mapping
        One document of a gold file.
    parsed : Parsed
    places : mapping
        The gold file's places: ``id`` or ``iso`` or ``country`` with ``kind``, ``lat``, ``lon`` and ``tol`` (km).
    ontology : Ontology, optional
        For the families; the package's own by default.
    dated : bool
        Whether the document was given a date: then ``date_if_document_dated`` counts too.

    Returns
    -------
    dict
        Counts ``gold``, ``found``, ``exact`` (type itself right), ``predicted`` (placed events), ``spurious``,
        ``unplaced``, ``off_type`` (placed events of which not even an alternative has the type), and for what
        the gold names ``status``, ``source``, ``date``, ``date_strict`` (the very days), ``origin``,
        ``destinations`` as ``[right, of]``; ``named`` counts attributions: right, given, asked for.
        ``missed`` and ``wrong`` list what to look at; ``types`` and ``statuses`` are pairs (gold, found), with
        "" for what one side has not.
    """
    known = ontology or load()
    predicted = list(parsed.events)
    pairs = _assign(gold["events"], predicted, places, known)
    result: dict[str, Any] = {"gold": len(gold["events"]), "found": 0, "exact": 0, "missed": [], "wrong": []}
    result |= {key: [0, 0] for key in PARTS} | {"named": [0, 0, 0], "types": [], "statuses": []}
    for entry, event in zip(gold["events"], pairs, strict=True):
        if event is None:
            result["missed"].append(entry)
            result["types"].append((entry["type"].split("|")[0], ""))
            continue
        result["found"] += 1
        right = event.type in entry["type"].split("|")
        result["exact"] += right
        result["types"].append((event.type if right else entry["type"].split("|")[0], event.type))
        _score_parts(result, entry, event, places, dated=dated)
    placed = [event for event in predicted if any(place.place for place in event.places)]
    true = [*gold["events"], *gold.get("also_true", ())]
    spurious = [event for event in placed if not any(_matches(entry, event, places, known) for entry in true)]
    result["types"] += [("", event.type) for event in spurious]
    names = [entry["type"].split("|") for entry in true]
    off_type = sum(
        not any(
            event.type in allowed and _matches(entry, event, places, known)
            for allowed, entry in zip(names, true, strict=True)
        )
        for event in placed
    )
    return result | {
        "off_type": off_type,
        "predicted": len(placed),
        "unplaced": len(predicted) - len(placed),
        "spurious": len(spurious),
        "wrong": spurious,
    }


def total(scores: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Sum of the scores of several documents; an empty sequence gives zeros."""
    result: dict[str, Any] = {
        key: sum(score[key] for score in scores)
        for key in ("gold", "found", "exact", "predicted", "spurious", "unplaced", "off_type")
    }
    for key in PARTS:
        result[key] = [sum(score[key][part] for score in scores) for part in (0, 1)]
    result["named"] = [sum(score["named"][part] for score in scores) for part in (0, 1, 2)]
    return result | {key: [pair for score in scores for pair in score[key]] for key in ("types", "statuses")}


def figures(scores: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The measures of a run, as shares in [0, 1]; what the gold does not name is left out."""
    summed = total(scores)
    found = {"documents": float(len(scores)), "events": float(summed["gold"])}
    for name, hits, wrong in (("family", "found", "spurious"), ("exact", "exact", "off_type")):
        recall = _share(summed[hits], summed["gold"])
        precision = _share(summed["predicted"] - summed[wrong], summed["predicted"])
        found |= {f"{name}_p": precision, f"{name}_r": recall, f"{name}_f1": _f1(precision, recall)}
    found |= {key: _share(*summed[key]) for key in PARTS if summed[key][1] and key != "source"}
    right, given, asked = summed["named"]
    if asked:
        found |= {"source_p": _share(right, given), "source_r": _share(right, asked)}
    return found


def confusion(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[int]]]:
    """Names, and how often what the gold calls one (row) was called another (column); "" is missed or spurious."""
    names = [*sorted({name for pair in pairs for name in pair if name}), ""]
    counts = Counter(pairs)
    return names, [[counts[gold, got] for got in names] for gold in names]


def evaluate(cases: Sequence[EventCase], stages: Stages) -> list[dict[str, Any]]:
    """Read each gold document with `stages` and score it; where the gold gives the mentions they are used.

    Returns
    -------
    list of dict
        What `score_events` gives, in the order of `cases`.
    """
    from geo import dates, events

    scores = []
    for case in cases:
        if case.resolutions is None:
            parsed = stages.parse(case.document)
        else:
            times = dates.find_times(case.document)
            found = events.extract(case.document, case.resolutions, times, stages.ontology)
            parsed = Parsed(case.document, case.resolutions, tuple(found))
        scores.append(score_events(case.gold, parsed, case.places, stages.ontology))
    return scores


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _assign(
    entries: Sequence[Mapping[str, Any]],
    events: Sequence[Event],
    places: Mapping[str, Mapping[str, Any]],
    ontology: Ontology,
) -> list[Event | None]:
    """Best event for each gold entry, every event used once: same type before same family, right status first."""
    ranked = sorted(
        (
            (-_likeness(entry, event, places), i, j)
            for i, entry in enumerate(entries)
            for j, event in enumerate(events)
            if _matches(entry, event, places, ontology)
        )
    )
    chosen: list[Event | None] = [None] * len(entries)
    used: set[int] = set()
    for _, i, j in ranked:
        if chosen[i] is None and j not in used:
            chosen[i] = events[j]
            used.add(j)
    return chosen


def _likeness(entry: Mapping[str, Any], event: Event, places: Mapping[str, Mapping[str, Any]]) -> int:
    named = entry.get("status")
    date_right = "date" in entry and _date_right(entry["date"], event.when)
    counted = "quantity" in entry and _share_words(
        entry["quantity"], " ".join(q.text for q in event.quantities)
    )
    return (
        8 * (event.type in entry["type"].split("|"))
        + 4 * (named is None or event.status in named.split("|"))
        + 2 * date_right
        + 2 * counted
        + _source_right(entry.get("source"), event)
        + len(
            {key for key in entry["places"] if any(_same(place.place, places[key]) for place in event.places)}
        )
    )


def _matches(
    entry: Mapping[str, Any], event: Event, places: Mapping[str, Mapping[str, Any]], ontology: Ontology
) -> bool:
    names = entry["type"].split("|")
    if event.type not in names and ontology.family(event.type) not in {
        ontology.family(name) for name in names
    }:
        return False
    if not entry["places"]:
        return True
    keys = [*entry["places"], *entry.get("optional_places", ())]
    return any(_same(place.place, places[key]) for place in event.places for key in keys)


def _same(place: Place | None, gold: Mapping[str, Any]) -> bool:
    """Whether a place is the gold one: by id, country or unit code, else by distance."""
    if place is None:
        return False
    if gold.get("id") == place.id:
        return True
    if gold["kind"] == "country":
        return bool(place.kind == "country" and place.country == gold["country"])
    if gold.get("iso") and place.id == f"iso:{gold['iso']}":
        return True
    # a town is not its region, nor a region its town
    unlike = _SETTLEMENTS if gold["kind"] == "admin1" else {"admin1"}
    if place.kind in {"country", "continent"} | unlike or (
        gold["kind"] == "admin1" and place.kind == "admin1"
    ):
        return False
    return distance_km(place.lon, place.lat, gold["lon"], gold["lat"]) <= float(gold["tol"])


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle distance in km between two points in WGS 84 degrees."""
    dlat, dlon = radians(lat2 - lat1), radians(lon2 - lon1)
    h = sin(dlat / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(dlon / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(h))


def _score_parts(
    result: dict[str, Any],
    entry: Mapping[str, Any],
    event: Event,
    places: Mapping[str, Mapping[str, Any]],
    *,
    dated: bool,
) -> None:
    if "status" in entry:
        right = event.status in entry["status"].split("|")
        _count(result, "status", right, entry, event)
        result["statuses"].append((event.status if right else entry["status"].split("|")[0], event.status))
    if "source" in entry:
        _count(result, "source", _source_right(entry["source"], event), entry, event)
        _count_named(result, entry["source"], event)
    wanted = entry.get("date") or (entry.get("date_if_document_dated") if dated else None)
    if wanted:
        _count(result, "date", _date_right(wanted, event.when), entry, event)
        days = _days(event.when) if event.when else None
        _count(result, "date_strict", days == edtf_interval(wanted), entry, event)
    if entry.get("origin"):
        _count(
            result,
            "origin",
            _has(event.places, {"from", "at", "near"}, [entry["origin"]], places),
            entry,
            event,
        )
    if entry.get("destinations"):
        _count(
            result,
            "destinations",
            _has(event.places, {"to", "towards"}, entry["destinations"], places),
            entry,
            event,
        )


def _count(result: dict[str, Any], key: str, right: bool, entry: Mapping[str, Any], event: Event) -> None:
    result[key][1] += 1
    result[key][0] += right
    if not right:
        result.setdefault("off", []).append((key, entry, event))


def _count_named(result: dict[str, Any], wanted: str, event: Event) -> None:
    """Count attributions: right ones, those given, those asked for; a source the gold leaves open is neither."""
    given = any(report.source for report in event.reports)
    free = "" in wanted.split("|")
    result["named"][0] += given and bool(wanted) and _source_right(wanted, event)
    result["named"][1] += given and not (free and wanted and not _source_right(wanted, event))
    result["named"][2] += not free


def _has(
    found: Sequence[EventPlace], roles: set[str], keys: Sequence[str], places: Mapping[str, Mapping[str, Any]]
) -> bool:
    """Whether every one of `keys` is among the places with one of `roles`."""
    return all(
        any(place.role in roles and _same(place.place, places[key]) for place in found) for key in keys
    )


def _source_right(wanted: str | None, event: Event) -> bool:
    """Whether a named source shares its telling words with one of the gold's; "" asks for none."""
    if wanted is None:
        return False
    named = [report.source for report in event.reports if report.source]
    return any(
        any(_share_words(name, " ".join((source.name, *source.chain))) for source in named)
        if name
        else not named
        for name in wanted.split("|")
    )


def _share_words(wanted: str, got: str) -> bool:
    first = set(re.findall(r"\w+", wanted.lower())) - _NO_NAMES
    second = set(re.findall(r"\w+", got.lower())) - _NO_NAMES
    return bool(first & second)


def _date_right(wanted: str, when: TimeSpan | None) -> bool:
    """Whether the time found is inside the gold one, give or take the part of a month it may name."""
    if when is None or (when.start is None and when.end is None):
        return False
    first, last = edtf_interval(wanted)
    start, end = _days(when)
    inside = first <= start and end <= last
    around = start <= first and last <= end and (end - start).days <= 10
    return inside or around


def _days(when: TimeSpan) -> tuple[date, date]:
    """First and last day of a time; an open end reaches to the end of the calendar."""
    return when.start or date.min, when.end or date.max


def edtf_interval(text: str) -> tuple[date, date]:
    """First and last day of an EDTF day, month, year or interval; ".." is an open end."""
    if "/" in text:
        first, last = text.split("/")
        start = date.min if first == ".." else edtf_interval(first)[0]
        return start, date.max if last == ".." else edtf_interval(last)[1]
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    day = date(parts[0], parts[1], parts[2])
    return day, day
