"""What a phrase is reckoned from, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.dates.calendar import Interval

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.dates.tense import Tense

OPEN: Final = Interval(None, None, "unknown")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is reckoned from.

    ``reference`` is the document's date or None; ``tense`` tells the governing verb's tense when asked (it
    costs a look at the sentence); ``anchor`` is the last day named before in the text, or None.
    """

    reference: date | None
    tense: Callable[[], Tense]
    anchor: date | None = None
    prefix: str = ""


class Value(NamedTuple):
    """An interval with how it was found; ``relation`` is "" where the preposition decides."""

    interval: Interval
    basis: str
    relation: str = ""


UNRESOLVED: Final = Value(OPEN, "unresolved")
Groups = dict[str, str | None]
