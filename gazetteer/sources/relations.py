"""Who claims, who holds, who recognises: the three tables, read and checked.

They are kept apart on purpose. A claim is an act of its claimant, control a fact on the ground, recognition an act of a
third state; none follows from another, and each row has its own dates and its own source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gazetteer.errors import SourceError
from gazetteer.sources.curated import DATE, FOLDER, PLACE_ID
from gazetteer.sources.tables import Line, table
from gazetteer.types import Act, Claim, Control, Recognition

if TYPE_CHECKING:
    from pathlib import Path

CLAIM_KINDS: Final[tuple[str, ...]] = ("annexation", "independence", "sovereignty", "border")

ACT_KINDS: Final[tuple[str, ...]] = (
    "referendum",
    "declaration",
    "decree",
    "recognition",
    "treaty",
    "court",
    "ratification",
    "law",
    "response",
    "withdrawal",
)

CLAIM_COLUMNS: Final[tuple[str, ...]] = (
    "id",
    "territory",
    "regions",
    "claimant",
    "claimant_code",
    "kind",
    "label",
    "start",
    "end",
    "basis",
    "proxy",
    "note",
    "source",
)

CONTROL_KINDS: Final[tuple[str, ...]] = ("administration", "military", "peacekeeping", "self-rule")

EXTENTS: Final[tuple[str, ...]] = ("all", "most", "part")

CONTROL_COLUMNS: Final[tuple[str, ...]] = (
    "id",
    "territory",
    "regions",
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

RECOGNITION_COLUMNS: Final[tuple[str, ...]] = (
    "claim",
    "state",
    "code",
    "recognised",
    "start",
    "end",
    "note",
    "source",
)


class Probe(NamedTuple):
    """A point that lies inside or outside the outline of a claim (WGS 84 degrees), with the name of the place."""

    claim: str
    inside: bool
    lon: float
    lat: float
    name: str


def _acts(folder: Path) -> dict[str, list[tuple[Act, str]]]:
    acts: dict[str, list[tuple[Act, str]]] = {}
    for line in table(folder / "acts.csv", ("claim", "date", "kind", "actor", "title", "figures", "source")):
        if line.text("kind") not in ACT_KINDS:
            raise line.fail(f"unknown kind of act {line.text('kind')!r}")
        act = Act(
            date=line.matching("date", DATE, needed=True),
            kind=line.text("kind"),
            actor=line.text("actor", needed=True),
            title=line.text("title", needed=True),
            source=line.text("source", needed=True),
            figures=line.text("figures"),
        )
        for claim in line.text("claim", needed=True).split("|"):
            acts.setdefault(claim.strip(), []).append((act, line.where))
    return acts


def _claim(line: Line, acts: list[tuple[Act, str]]) -> Claim:
    claim = Claim(
        id=line.matching("id", r"[a-z0-9]+(-[a-z0-9]+)*", needed=True),
        territory=line.text("territory", needed=True),
        regions=_regions(line),
        claimant=line.text("claimant", needed=True),
        claimant_code=line.matching("claimant_code", r"[A-Z]{2}") or None,
        kind=_one_of(line, "kind", CLAIM_KINDS),
        label=line.text("label"),
        start=line.matching("start", DATE, needed=True),
        end=line.matching("end", r"\d{4}-\d{2}-\d{2}"),
        basis=line.text("basis", needed=True),
        proxy=_one_of(line, "proxy", ("yes", "no")) == "yes",
        note=line.text("note"),
        source=line.text("source", needed=True),
        acts=tuple(act for act, _ in sorted(acts, key=lambda pair: pair[0].date)),
    )
    if claim.end and claim.end < claim.start:
        raise line.fail(f"ends {claim.end} before it starts {claim.start}")
    if not any(act.date == claim.start for act in claim.acts):
        raise line.fail(
            f"no act of {claim.id} has its date of start {claim.start}: the constitutive act is missing"
        )
    return claim


def claims(folder: Path = FOLDER) -> list[Claim]:
    """Claims of ``claims.csv``, each with its acts of ``acts.csv`` in order of date."""
    acts = _acts(folder)
    found: dict[str, Claim] = {}
    for line in table(folder / "claims.csv", CLAIM_COLUMNS):
        claim = _claim(line, acts.pop(line.text("id"), []))
        if claim.id in found:
            raise line.fail(f"claim {claim.id} stands twice")
        found[claim.id] = claim
    for unknown, left in acts.items():
        raise SourceError(f"{left[0][1]}: there is no claim {unknown!r}")
    return list(found.values())


def controls(folder: Path = FOLDER) -> list[Control]:
    """Who holds which territory, from ``control.csv``."""
    found: dict[str, Control] = {}
    for line in table(folder / "control.csv", CONTROL_COLUMNS):
        control = Control(
            id=line.matching("id", r"[a-z0-9]+(-[a-z0-9]+)*", needed=True),
            territory=line.text("territory", needed=True),
            regions=_regions(line),
            controller=line.text("controller", needed=True),
            controller_code=line.matching("controller_code", r"[A-Z]{2}") or None,
            kind=_one_of(line, "kind", CONTROL_KINDS),
            label=line.text("label"),
            since=line.matching("since", DATE, needed=True),
            until=line.matching("until", DATE),
            extent=_one_of(line, "extent", EXTENTS),
            basis=line.text("basis", needed=True),
            proxy=_one_of(line, "proxy", ("yes", "no")) == "yes",
            note=line.text("note"),
            source=line.text("source", needed=True),
        )
        _in_order(line, control.since, control.until)
        if control.id in found:
            raise line.fail(f"control {control.id} stands twice")
        found[control.id] = control
    return list(found.values())


def recognitions(folder: Path = FOLDER) -> list[Recognition]:
    """States that recognise a claim, from ``recognition.csv``; every claim named there must exist."""
    known = {claim.id for claim in claims(folder)}
    found: dict[tuple[str, str, str], Recognition] = {}
    for line in table(folder / "recognition.csv", RECOGNITION_COLUMNS):
        row = Recognition(
            claim=line.text("claim", needed=True),
            state=line.text("state", needed=True),
            code=line.matching("code", r"[A-Z]{2}") or None,
            recognised=line.text("recognised", needed=True),
            start=line.matching("start", DATE, needed=True),
            end=line.matching("end", DATE),
            note=line.text("note"),
            source=line.text("source", needed=True),
        )
        _in_order(line, row.start, row.end)
        if row.claim not in known:
            raise line.fail(f"there is no claim {row.claim!r}")
        if found.setdefault((row.claim, row.state, row.start), row) is not row:
            raise line.fail(f"{row.state} recognises {row.claim} twice from one day")
    return list(found.values())


def probes(folder: Path = FOLDER) -> list[Probe]:
    """Points inside and outside the outline of every claim, from ``claim_points.csv``."""
    points = []
    for line in table(folder / "claim_points.csv", ("claim", "side", "lon", "lat", "name", "source")):
        lon, lat = line.number_of("lon", -180, 180), line.number_of("lat", -90, 90)
        if lon is None or lat is None:
            raise line.fail("lon and lat must be given")
        line.text("source", needed=True)
        side = _one_of(line, "side", ("inside", "outside"))
        points.append(Probe(line.text("claim", needed=True), side == "inside", lon, lat, line.text("name")))
    return points


def _regions(line: Line) -> tuple[str, ...]:
    regions = tuple(part.strip() for part in line.text("regions").split("|") if part.strip())
    for region in regions:
        if not PLACE_ID.fullmatch(region):
            raise line.fail(f"regions holds no id: {region!r}")
    return regions


def _one_of(line: Line, column: str, allowed: tuple[str, ...]) -> str:
    value = line.text(column)
    if value not in allowed:
        raise line.fail(f"{column} is {value!r}, not one of {', '.join(allowed)}")
    return value


def _in_order(line: Line, start: str, end: str) -> None:
    if end and end < start[: len(end)]:
        raise line.fail(f"ends {end} before it starts {start}")
