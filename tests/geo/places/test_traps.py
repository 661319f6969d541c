"""Texts that set one trap each; a failure names the capability and the line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gazetteer
from gazetteer.types import KINDS, Place
from geo.pipeline import make_stages
from geo.types import Document, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator

TRAPS = Path(__file__).parent / "traps"


@dataclass(frozen=True)
class Trap:
    capability: str
    number: int
    text: str
    wanted: tuple[str, ...]
    demonyms: bool
    reason: str
    """Why it fails today; "" where it must not."""


def traps() -> Iterator[Trap]:
    for path in sorted(TRAPS.glob("*.txt")):
        paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
        for number, paragraph in enumerate(paragraphs, 1):
            lines = paragraph.splitlines()
            text = "\n".join(line for line in lines if not line.startswith((">", "! ")))
            wanted = tuple(line[2:] for line in lines if line.startswith("> "))
            marks = [line[2:] for line in lines if line.startswith("! ")]
            reason = next((mark.removeprefix("open: ") for mark in marks if mark.startswith("open: ")), "")
            yield Trap(path.stem, number, text, wanted, "demonyms" in marks, reason)


ALL = list(traps())


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.open()


def is_place(place: Place | None, spec: str) -> bool:
    if place is None:
        return False
    if ":" in spec:
        return place.id == spec
    for part in spec.split():
        options = set(part.split("|"))
        if part == "?" or place.kind in options or place.country in options or place.admin1 in options:
            continue
        return False
    return True


def failures(trap: Trap, found: list[Resolution]) -> list[str]:
    wrong = []
    for line in trap.wanted:
        surface, _, rest = line.partition(" -> ")
        name, _, number = surface.partition("#")
        at = -1
        for _ in range(int(number or 1)):
            at = trap.text.index(name, at + 1)
        hits = [r for r in found if r.mention.start < at + len(name) and r.mention.end > at]
        words = rest.split()
        role = words.pop() if words[-1] in ("literal", "metonym", "modifier", "demonym") else None
        spec = " ".join(words)
        if spec == "-":
            wrong += [f"{line}: mention {r.mention.text!r} ({r.mention.score})" for r in hits]
        elif spec == "none":  # a mention at most, and no place
            wrong += [f"{line}: {r.place.id}" for r in hits if r.place is not None]
        elif not hits:
            wrong.append(f"{line}: no mention")
        elif not is_place(hits[0].place, spec):
            place = hits[0].place
            wrong.append(f"{line}: {place and (place.id, place.kind, place.admin1)} {hits[0].reasons}")
        elif role and hits[0].mention.role != role:
            wrong.append(f"{line}: role {hits[0].mention.role}")
    return wrong


def test_traps_are_well_formed() -> None:
    assert len(ALL) >= 164
    assert len({trap.text for trap in ALL}) == len(ALL)
    for trap in ALL:
        assert trap.wanted, trap.text
        for line in trap.wanted:
            assert line.partition(" -> ")[0].partition("#")[0] in trap.text
    assert set(KINDS) >= {"base", "river"}


@pytest.mark.parametrize("trap", ALL, ids=[f"{t.capability}-{t.number}" for t in ALL])
def test_trap(trap: Trap, gaz: gazetteer.Gazetteer, request: pytest.FixtureRequest) -> None:
    if trap.reason:
        request.applymarker(pytest.mark.xfail(reason=trap.reason, strict=True))
    document = Document("trap", trap.text)
    stages = make_stages(gaz, demonyms=trap.demonyms)
    found = stages.places(document)
    assert not failures(trap, found), "\n".join([trap.text, *failures(trap, found)])
