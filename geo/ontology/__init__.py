"""Event types as a table: what each means, the words that trigger it, how it is drawn, what others call it.

`load` reads the package's tables (events.csv, triggers.csv, words.csv) and, where given, a user's YAML.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.ontology.matcher import Hit, Matcher
from geo.ontology.table import STOP, EventType, Trigger, read_extra, read_triggers, read_types, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

VARIABLE: Final = "GEO_ONTOLOGY"
"""Environment variable that names a user's file of event types."""

__all__ = ["STOP", "VARIABLE", "EventType", "Hit", "Ontology", "Trigger", "load"]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The event types and a matcher over their triggers.

    Attributes
    ----------
    types : mapping of str to EventType
        In the table's order.
    words : mapping of str to frozenset of str
        Named word sets of the tables.
    """

    types: Mapping[str, EventType]
    words: Mapping[str, frozenset[str]]
    matcher: Matcher = field(repr=False)

    def __getitem__(self, name: str) -> EventType:
        return self.types[name]

    def __iter__(self) -> Iterator[EventType]:
        return iter(self.types.values())

    def __len__(self) -> int:
        return len(self.types)

    def family(self, name: str) -> str:
        """Family of the type `name`; the name itself where the type is unknown."""
        found = self.types.get(name)
        return found.family if found else name

    def label(self, name: str) -> str:
        """Name of a type for people; of an unknown type its name in words."""
        found = self.types.get(name)
        return found.label if found else name.replace("_", " ")

    def openings(self, lowered: Sequence[str], words: frozenset[str] | None = None) -> list[int]:
        """Indices in the lower-cased tokens of a text at which a trigger may begin; `words` are all of them."""
        return self.matcher.openings(lowered, words)

    def find(self, lowered: Sequence[str], openings: Sequence[int] | None = None) -> list[Hit]:
        """Triggers in the lower-cased tokens of one sentence, longest first at each place, none overlapping.

        Parameters
        ----------
        lowered : sequence of str
        openings : sequence of int, optional
            Indices at which a trigger may begin, where the caller knows them.

        Returns
        -------
        list of Hit
        """
        return self.matcher.find(lowered, openings)


def load(extra: Path | None = None) -> Ontology:
    """Read the event types.

    Parameters
    ----------
    extra : Path, optional
        A YAML file with further types, or further triggers of known ones (docs/events.md). Default: the one
        that the environment names in GEO_ONTOLOGY, so that readers and maps know the same types.

    Returns
    -------
    Ontology
        The same object every time for the same file.

    Raises
    ------
    geo.errors.InputError
        If `extra` cannot be read or is wrong.
    """
    named = os.environ.get(VARIABLE)
    if extra is None and named:
        extra = Path(named)
    return _default() if extra is None else _read(extra)


@lru_cache(maxsize=1)
def _default() -> Ontology:
    return _read(None)


@lru_cache(maxsize=4)
def _read(extra: Path | None) -> Ontology:
    words = read_words()
    triggers = read_triggers(words)
    types = read_types(triggers)
    if extra is not None:
        read_extra(extra, types, triggers, words)
    return Ontology(types, words, Matcher(triggers, words))
