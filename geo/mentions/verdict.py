"""A span that may be a place, with the evidence for and against it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.mentions.weights import WEIGHTS

if TYPE_CHECKING:
    from geo.mentions.cues import Head
    from geo.mentions.heads import Kinds
    from geo.mentions.names import NameInfo
    from geo.types import Role


@dataclass(slots=True)
class Verdict:
    """A span that is taken for a place, with the evidence.

    Attributes
    ----------
    first, last : int
        Tokens, both included; a capitalised head of its own is part of the span.
    base : int
        Last token of the bare name.
    evidence : float
        Log-odds that it is a place.
    features : list of (str, float)
        What the evidence is made of: names in `geo.mentions.weights.WEIGHTS`, with their values.
    role : str or None
        "modifier" or "demonym" where the construction settles it.
    ruled : str
        Why the construction rules a place out, "" where it allows one.
    """

    first: int
    last: int
    base: int
    info: NameInfo
    evidence: float = 0.0
    role: Role | None = None
    head: Head | None = None
    kinds: Kinds = ()
    features: list[tuple[str, float]] = field(default_factory=list)
    whole: bool = False
    lower: bool = False
    ruled: str = ""

    def add(self, name: str, value: float = 1.0) -> None:
        """Count a piece of evidence."""
        self.evidence += WEIGHTS[name] * value
        self.features.append((name, value))

    @property
    def score(self) -> float:
        """Evidence as a share, 0 to 1."""
        evidence = self.evidence
        bounded = 20.0 if evidence > 20.0 else evidence if evidence > -20.0 else -20.0
        return 1 / (1 + math.exp(-bounded))

    @property
    def cues(self) -> tuple[str, ...]:
        """Evidence in words, without what is only the name's prominence."""
        said = [name for name, _ in self.features if name not in ("bias", "prominence")]
        return (*said, f"head {self.head.text!r}") if self.head else tuple(said)
