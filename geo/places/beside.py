"""What the words just beside a name say of what it is: its article, a direction, an office, water."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geo.types import Mention

_NOUN_AFTER: Final = re.compile(
    r"\s+(?!(?:and|or|in|on|at|by|for|to|from|with|was|is|were|are|has|had|have|that|which|where|as|but|after|before|"
    r"when|while|will|near|off|between|since|into|over|under|annexed|during)\b)[a-z]"
)
_DIRECTED: Final = re.compile(r"\b(?:north|south|east|west)(?:east|west)?ern\s\Z", re.IGNORECASE)
_OFFICE_AFTER: Final = re.compile(
    r"(?:['’]s)?\s+(?:"
    r"(?P<state>Gov\b|Governor|governor|Lt\.|[Ss]tate\b|National Guard|Highway Patrol|Bureau of Investigation|"
    r"statehouse)|"
    r"(?P<unit>lawmakers?\b|[Ll]egislat|[Ss]enator|[Ss]enate|[Aa]ttorney [Gg]eneral|Supreme Court|"
    r"Republicans|Democrats|Department of)|"
    r"(?P<town>[Mm]ayor|[Cc]ity\b|[Pp]olice\b|suburb|[Aa]irport|[Hh]igh School|downtown|[Tt]own [Cc]ouncil))"
)
_OFFICE_BEFORE: Final = re.compile(
    r"(?:(?P<state>\b[Gg]overnor of|\b[Ss]tate of|\bSen(?:\.|ator) of|\bcounties in)|"
    r"(?P<unit>\b(?:[Ll]awmakers in|[Ll]egislature in|[Aa]cross|[Tt]hroughout|[Ee]lsewhere in|[Rr]ural|[Uu]pstate))|"
    r"(?P<town>\b[Mm]ayor of|\b[Dd]owntown|\bsuburbs? of|\boutskirts of|\bstreets of|\bcentral))\s\Z"
)
_ENDS_BEFORE: Final = frozenset({"of", "in", "ss", "ut", "al", "te", "wn"})
"""Last letters of what `_OFFICE_BEFORE` knows: few names need be looked at."""
_OFFICES: Final = ("state", "unit", "town")
_WATER_BEFORE: Final = re.compile(
    r"\b(?:(?:banks?|shores?|mouth|waters?|bed|source|headwaters|upper reaches|lower reaches|tributar(?:y|ies)|stretch|"
    r"floodplain|currents?|surface) (?:of|along)|along|up ?stream (?:on|along)|down ?stream (?:on|along)|"
    r"(?:cross|swim|ford)(?:ing|ed|es)?|swam|(?:bridges?|ferr(?:y|ies)|dams?|boats?|barges?) (?:over|across|on|along))"
    r"\s[Tt]he\s\Z",
    re.IGNORECASE,
)
_WATER_AFTER: Final = re.compile(
    r"\s(?:(?:has|have|had|is|was|began to|continued to)\s)?(?:burst(?:s|ing)?|overflow(?:s|ed|ing)?|swelled|swollen|"
    r"flow(?:s|ed|ing)?|dried up|(?:ran|runs|running) dry|fr(?:oze|eezes|ozen)|spill(?:s|ed)|"
    r"flooded its|empties|receded|"
    r"(?:rose|rises|risen|rising|fell|falls|fallen|dropped|stood|crested)\s(?:to|by|below|above|past|at|over)\s)\b"
)
_ALONE: Final = re.compile(
    r"\s*(?:[.,;:)!?—–\n]|\Z|\s(?:and|or|in|on|at|by|for|to|from|with|near|as|but|after|before|when|while|that|which|"
    r"where|was|is|has|had|into|between|since|during)\b)"
)


def office_of(text: str, mention: Mention) -> str:
    """What the words beside a bare name are those of: a state ("Gov."), a unit ("lawmakers"), a town ("mayor")."""
    if mention.kinds or mention.role == "demonym":
        return ""
    start = mention.start
    beside = [_OFFICE_AFTER.match(text, mention.end)]
    if text[start - 3 : start - 1] in _ENDS_BEFORE:
        beside.append(_OFFICE_BEFORE.search(text, max(0, start - 24), start))
    said = {match.lastgroup for match in beside if match}
    return next((office for office in _OFFICES if office in said), "") if said else ""


def has_article(text: str, mention: Mention) -> bool:
    """Whether "the" stands before a bare name that no noun follows: "the Atlantic"."""
    if not text.endswith("the ", 0, mention.start) or mention.head:
        return False
    if mention.role not in ("literal", "metonym"):
        return False
    return _NOUN_AFTER.match(text, mention.end) is None


def is_directed(text: str, mention: Mention) -> bool:
    """Whether a direction stands before a name: "northern X"."""
    start = mention.start
    if text[start - 2 : start - 1] not in "nN":  # most names need not be looked at
        return False
    return _DIRECTED.search(text, max(0, start - 14), start) is not None


def water_of(text: str, mention: Mention) -> str:
    """Whether a bare name behind "the" reads as that of a river.

    Returns
    -------
    str
        "said" where words beside it are those of water ("the banks of the X", "the X burst its banks"), "alone" where
        no noun follows, as none does behind "the Dnipro", else "".
    """
    start = mention.start
    if mention.kinds or mention.role not in ("literal", "metonym"):
        return ""
    if text[start - 4 : start] not in ("the ", "The ") or text[start - 5 : start - 4].isalnum():
        return ""
    if _WATER_AFTER.match(text, mention.end) or _WATER_BEFORE.search(text, max(0, start - 40), start):
        return "said"
    return "alone" if _ALONE.match(text, mention.end) else ""
