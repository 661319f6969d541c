"""CSV tables of our own: records that know where they stand, so that every error names file and line."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(slots=True)
class Line:
    """One record of a table that knows where it stands."""

    path: Path
    number: int
    values: dict[str, str] = field(repr=False)

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.path.name}, line {self.number}"

    def fail(self, message: str) -> SourceError:
        """Return the error to raise for this record."""
        return SourceError(f"{self.where}: {message}")

    def text(self, column: str, *, needed: bool = False) -> str:
        """Return a field without surrounding blanks; `needed` ones must not be empty."""
        value = self.values[column].strip()
        if needed and not value:
            raise self.fail(f"{column} is empty")
        return value

    def number_of(self, column: str, low: float, high: float) -> float | None:
        """Return a finite number within `low` and `high`, None where the field is empty."""
        value = self.text(column)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            raise self.fail(f"{column} is no number: {value!r}") from None
        if not (math.isfinite(number) and low <= number <= high):
            raise self.fail(f"{column} is outside {low:g} to {high:g}: {value}")
        return number

    def matching(self, column: str, pattern: str | re.Pattern[str], *, needed: bool = False) -> str:
        """Return a field that matches `pattern` as a whole, or is empty and not `needed`."""
        value = self.text(column, needed=needed)
        if value and not re.fullmatch(pattern, value):
            raise self.fail(f"{column} is malformed: {value!r}")
        return value


def table(path: Path, columns: tuple[str, ...]) -> Iterator[Line]:
    """Yield the records of a CSV file that must have exactly `columns`; nothing where it is absent."""
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            if tuple(header) != columns:
                raise SourceError(f"{path.name}, line 1: columns are {header}, expected {list(columns)}")
            for values in reader:
                if len(values) != len(columns):
                    raise SourceError(
                        f"{path.name}, line {reader.line_num}: {len(values)} fields, expected {len(columns)}"
                    )
                yield Line(path, reader.line_num, dict(zip(columns, values, strict=True)))
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: cannot be read as UTF-8 CSV: {error}") from error


def parse_names(text: str) -> list[tuple[str, NameUse]]:
    """Split ``"Kodima|former:Artemivsk|abbreviation:ZNPP"`` into names with their use.

    An empty text gives no names; a name without a prefix is an alternate.

    Raises
    ------
    ValueError
        For an empty name or a prefix that is no use.
    """
    names = []
    for part in text.split("|") if text.strip() else ():
        prefix, colon, rest = part.partition(":")
        use, name = (prefix.strip().upper(), rest) if colon else ("ALTERNATE", part)
        if use not in NameUse.__members__ or not name.strip():
            raise ValueError(f"no name: {part!r}")
        names.append((name.strip(), NameUse[use]))
    return names
