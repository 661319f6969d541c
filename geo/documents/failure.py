"""An input that could not be used, as a value: a bad document never stops the rest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that failed.

    Attributes
    ----------
    where : str
        The path, or the path with its line or row.
    what : str
        What is wrong, without a final stop.
    remedy : str
        What to do about it.
    """

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        text = f"{self.where}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")
        return " ".join(text.split())
