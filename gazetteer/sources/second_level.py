"""English names of second-level units, made from the names that GeoNames has by a reviewed table of type words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.names import fold
from gazetteer.sources import curated
from gazetteer.sources.tables import table
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer.sources.rows import Row

COLUMNS = ("countries", "pattern", "forms", "source")


def rules(folder: Path = curated.FOLDER) -> dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]]:
    """Patterns and forms by country.

    Raises
    ------
    SourceError
        A row has no source, or its pattern is no regular expression with one group.
    """
    found: dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {}
    for line in table(folder / "second_level.csv", COLUMNS):
        line.text("source", needed=True)
        try:
            pattern = re.compile(line.text("pattern", needed=True))
        except re.error as error:
            raise line.fail(f"pattern: {error}") from None
        if pattern.groups != 1:
            raise line.fail("pattern must have one group: the name without its type word")
        forms = tuple(line.text("forms", needed=True).split("|"))
        for country in line.text("countries", needed=True).split():
            found.setdefault(country, []).append((pattern, forms))
    return found


def add_names(rows: Iterable[Row], folder: Path = curated.FOLDER) -> None:
    """Add the made names to rows of second-level units: "Provincia de Granada" is the "Granada province" of reports."""
    known = rules(folder)
    for row in rows:
        for pattern, forms in known.get(row.country or "", ()):
            match = pattern.fullmatch(row.name)
            if match:
                made = [form.format(match[1]) for form in forms]
                row.names += [(name, NameUse.ALTERNATE) for name in made if fold(name) != fold(row.name)]
