"""Whether the verb that governs a time phrase looks back or ahead."""

from __future__ import annotations

import re
from typing import Final, Literal

from geo.text.words import words

Tense = Literal["past", "future", "unknown"]

_PAST: Final = words(
    """was were had did began came took went said told held met left fell broke struck hit shot made gave got saw
    sent fled found fought lost won ran set put cut read led kept built brought thought wrote spoke rose drove flew
    grew knew threw drew withdrew became overran retook blew sank stood swept paid sold spent burnt been
    understood hung shut quit laid seen taken given known done gone written driven flown shown born died heard
    has have having"""
)
_FUTURE: Final = words(
    """will shall would due scheduled upcoming plans planning prepare prepares preparing expected deadline
    intends intend going must should can cannot could may might plan hopes hope aims tomorrow ahead wants want
    pending slated poised 'll ’ll wo before"""
)
_LEADS_TO: Final = words(
    """called call calls urged urges urge ordered orders order asked asks ask told tell tells planned plans plan
    promised promises promise vowed vows vow agreed agrees agree decided decides decide wanted wants want hoped
    hopes hope favorable favourable intends intended due set scheduled expected ready about
    pledged pledges instructed requested requests required requires need needs needed time preparing prepares
    threatened threatens proposed proposes proposal scheduled slated going appealed advised advises demanded"""
)
_IS_TO: Final = words("is are was were be")
"""What leads to an infinitive only right before it: "was to leave", but "was hacked to death"."""
_PRESENT_AHEAD: Final = words(
    "is are goes go begins begin starts start opens open votes vote holds hold meets meet takes take"
)
_SCHEDULED: Final = words("runs opens begins starts expires closes votes kicks")
"""The present tense of what stands in a calendar."""
_NOT_VERBS: Final = words(
    "united so-called armed embattled wounded injured unprecedented limited speed need indeed hundred red bed led"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|['’]ll\b|[;:]")
_REACH: Final = 25
"""Words."""
_MOST: Final = 40 * _REACH
"""Code points in which that many words surely stand."""
_BEFORE_ADJECTIVE: Final = words(
    "the a an these those this that so-called its their his newly recently of in"
)


def tense_at(text: str, start: int, end: int, span: tuple[int, int]) -> Tense:
    """Tense of the verb nearest to a time phrase, looking back first, then ahead.

    Parameters
    ----------
    text : str
    start, end : int
        The sentence.
    span : (int, int)
        The phrase within it.

    Returns
    -------
    str
        "unknown" where no verb is near enough.
    """
    start, end = max(start, span[0] - _MOST), min(end, span[1] + _MOST)
    before = _WORD.findall(text, start, span[0])[-_REACH:]
    tense = _look_back(_lowered(before))
    if tense != "unknown":
        return tense
    after = _WORD.findall(text, span[1], end)[:_REACH]
    return _look_ahead(_lowered(after))


def _lowered(found: list[str]) -> list[str]:
    """In small letters, but for the month of May, which is no verb."""
    return [word if word == "May" else word.lower() for word in found]


def _look_back(before: list[str]) -> Tense:
    for index in range(len(before) - 1, -1, -1):
        word = before[index]
        if word in ";:":
            return "unknown"
        if word == "to" and _is_infinitive(before, index):
            return "future"
        found = _verb(before, index)
        if found != "unknown":
            return found
    return "unknown"


def _is_infinitive(before: list[str], index: int) -> bool:
    """Whether "to" at `index` opens an infinitive that lies ahead: "ordered them to leave"."""
    if index + 1 >= len(before) or before[index + 1] in {"the", "a", "an", "his", "its", "their"}:
        return False
    if index and before[index - 1] in _IS_TO:
        return True
    return any(word in _LEADS_TO for word in before[max(0, index - 6) : index])


def _verb(listing: list[str], index: int) -> Tense:
    word = listing[index]
    if word in {"has", "have", "having"}:
        return "past"
    if word in _SCHEDULED:
        return "future"
    if word in _FUTURE:
        return "future" if word != "before" else "unknown"
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_VERBS):
        if word.endswith("ed") and index and listing[index - 1] in _BEFORE_ADJECTIVE:
            return "unknown"
        if index and listing[index - 1] in {"is", "are", "be", "to"} and word not in {"said"}:
            return "unknown" if listing[index - 1] != "be" else _verb_before(listing, index - 1)
        return "past"
    return "unknown"


def _verb_before(listing: list[str], index: int) -> Tense:
    """For "to be held", "will be held": what stands before "be"."""
    before = listing[max(0, index - 2) : index]
    return "future" if "to" in before or any(word in _FUTURE for word in before) else "unknown"


def _look_ahead(after: list[str]) -> Tense:
    for index, word in enumerate(after):
        if word in ";:":
            return "unknown"
        found = _verb(after, index)
        if found != "unknown":
            return found
        if word in _PRESENT_AHEAD and index < 6:
            return "unknown"
    return "unknown"
