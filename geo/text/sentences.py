"""Sentences of clean and of scraped text, as spans.

Scraped news misses spaces after full stops and closing quotes, mixes headings with prose and wraps lines, so
a newline ends a sentence unless the line was plainly wrapped, and a full stop may end one without a space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Final

from geo.text.words import words

_CLOSERS: Final = "\"'”’»)]"
_OPENERS: Final = "\"'“‘«(["

NEVER_FINAL: Final = words(
    """mr mrs ms dr prof rev hon fr sr gen lt col maj capt cpt cmdr sgt cpl pvt adm brig sen rep gov
    pres st ste ft mt messrs mme mlle supt insp det vs cf al fig eq approx pp vol"""
)
"""Abbreviations after which a sentence goes on, whatever follows."""

MAYBE_FINAL: Final = words(
    """inc ltd corp co bros llc plc etc jr esq no nos dept univ assn ave blvd rd hwy jan feb mar apr
    jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif
    colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn
    tex va vt wash wis wyo ont que alta sask"""
)
"""Abbreviations that end a sentence only when a usual sentence opener follows."""

_STARTERS: Final = words(
    """the a an in on at by for from with as but and or if when while after before since although
    though it he she they we i you this that these those there here his her their our its my what
    who where why how not no yes all some many most both each however meanwhile still then now also
    officials police authorities according"""
)

_PLAIN_WORD: Final = 4
"""Letters of a word that is hardly an abbreviation."""
_LONG_OPENER: Final = 3
_SHORTENED: Final = (
    NEVER_FINAL | MAYBE_FINAL | words("govt dist intl natl mill thous incl excl resp temp capt comm")
)
_SPEECH: Final = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|tweeted|asked|replied|stated|insisted|explained|warned|noted|"
    r"declared|claimed|stressed|exhorted|lamented|continued|recalled|argued|announced|admitted|urged|concluded)"
)
_ATTRIBUTION: Final = re.compile(
    rf"(?:(?:he|she|they|[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|de|al|van|von|bin|the|of)){{0,4}})\s+(?:also\s+)?{_SPEECH}\b"
    rf"|{_SPEECH}\s)"
)
_STOPS: Final = ".!?…。！？"
_CANDIDATE: Final = re.compile(  # the sign first, so that the search runs over all others quickly
    rf"[{_STOPS}”»\n](?:(?<=[{_STOPS}])(?P<stop>[{_STOPS}]*)(?P<close>[{re.escape(_CLOSERS)}]*)"
    r"|(?<=[”»])(?P<quote>)(?=[^\W\d_a-z])|(?<=\n)(?P<line>\s*))"
)
_WORD_BEFORE: Final = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\Z")
_WORD_AFTER: Final = re.compile(r"[^\W\d_]+")
_CAPITAL_OPENS: Final = re.compile(r"[.!?]\s+[\"“‘'(]?[^\W\d_a-zß-öø-ÿа-яё]")
_SMALL_OPENS: Final = re.compile(r"\.\s+[\"“‘'(]?[^\W\d_]")
"""Full stops and what the next sentence begins with."""
_UNBROKEN: Final = re.compile(r"\S*")
_PLAIN, _ALWAYS, _USUALLY, _BEFORE_NUMBERS = range(4)
"""What a word is before a full stop: no abbreviation, or one that a sentence goes on behind."""
_SKIPPED: Final = _OPENERS + " \t\r\f\v\xa0\u2009\u202f\u3000"
_MAX_WIDTH: Final = 120


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences in ``text[start:end]``, trimmed, in order.

    Parameters
    ----------
    text : str
    start, end : int
        Part of the text to cut; spans still count from the beginning of `text`.

    Returns
    -------
    list of (int, int)
        Together they hold every character that is not white space; an empty list for blank text.
    """
    return list(_cut(text, start, len(text) if end is None else end))


@lru_cache(maxsize=2)  # the stages of a run ask for the same text one after the other
def _cut(text: str, start: int, stop: int) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    begin = start
    small = _is_small(text, start, stop)
    for match in _CANDIDATE.finditer(text, start, stop):
        if match.lastgroup == "line":
            ends = _ends_at_newline(text, match.start(), match.end(), start, stop)
        elif match.lastgroup == "quote":
            ends = not _ATTRIBUTION.match(text, match.end(), stop)
        else:
            ends = _ends_at_stop(text, match, stop, small=small)
        if ends:
            _append(spans, text, begin, match.end())
            begin = match.end()
    _append(spans, text, begin, stop)
    return tuple(spans)


def _append(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        spans.append((begin, end))


def _ends_at_newline(text: str, at: int, after: int, start: int, stop: int) -> bool:
    """Whether the line break is a real one: not where a line was wrapped in mid-sentence."""
    if after >= stop or text.count("\n", at, after) > 1:
        return True
    line_start = max(text.rfind("\n", start, at) + 1, start)
    while at > line_start and text[at - 1].isspace():
        at -= 1
    if at > line_start and text[at - 1] in ".!?:;" + _CLOSERS:
        return True
    if text[after].islower() and at - line_start > 30:
        return False
    next_end = text.find("\n", after, stop)
    next_end = stop if next_end < 0 else next_end
    width = max(at - line_start, next_end - after)
    word = _UNBROKEN.match(text, after, stop)
    fits = at - line_start + 1 + (len(word.group()) if word else 0) <= width
    return fits or not 50 <= width <= _MAX_WIDTH


def _is_small(text: str, start: int, stop: int) -> bool:
    """Whether all is written in small letters, the beginnings of sentences too."""
    if _CAPITAL_OPENS.search(text, start, stop):
        return False
    return len(list(islice(_SMALL_OPENS.finditer(text, start, stop), 2))) > 1


def _ends_at_stop(text: str, match: re.Match[str], stop: int, *, small: bool) -> bool:
    """Whether the full stop (or the like) at `match` ends its sentence; `small` where no sentence has a capital."""
    after = match.end()
    following = after
    while following < stop and text[following] != "\n" and text[following] in _SKIPPED:
        following += 1
    if following >= stop or text[following] == "\n":
        return True
    nxt = text[following]
    glued = following == after
    attributed = match.group("close") and _ATTRIBUTION.match(text, following, stop)
    dot = text[match.start()] == "." and not match.group("stop")
    if nxt.islower() and dot and not match.group("close"):
        return _ends_before_small(text, match.start(), following, glued=glued, small=small)
    if attributed or nxt.islower() or (glued and not nxt.isalnum()):
        return False
    if glued and dot:
        return _glued_stop(text, match, following, stop)
    if not dot:
        return not glued or nxt.isupper()
    return not _is_abbreviation(text, match.start(), following, stop)


def _ends_before_small(text: str, at: int, following: int, *, glued: bool, small: bool) -> bool:
    """Whether a sentence that begins with a small letter follows, as in hurried copy: "the town. in X police said".

    The word in front is no abbreviation, the one behind often opens a sentence (any does where all is small);
    behind a full stop without a space it is longer and another word follows, so that no address on the web is cut.
    """
    before = _WORD_BEFORE.search(text, max(0, at - 30), at)
    word = before.group() if before else ""
    if small and not glued:
        return len(word) >= _PLAIN_WORD and word.isalpha() and word.lower() not in _SHORTENED
    if len(word) < _PLAIN_WORD or not (word.isalpha() and word[1:].islower()) or word.lower() in _SHORTENED:
        return False
    opener = _WORD_AFTER.match(text, following)
    end = opener.end() if opener else following
    spaced = not glued or (text[end : end + 1] == " " and end - following >= _LONG_OPENER)
    return spaced and opener is not None and opener.group() in _STARTERS


def _glued_stop(text: str, match: re.Match[str], following: int, stop: int) -> bool:
    """Whether a full stop without a space ends: "the war.The army" does, "3.5" and "U.S" do not."""
    if match.group("close"):
        return text[following].isupper()
    before = _WORD_BEFORE.search(text, max(0, match.start() - 30), match.start())
    if not before or not text[following].isupper():
        return False
    word = before.group()
    return len(word) > 1 and word[-1].islower() and word.lower() not in NEVER_FINAL and following + 1 < stop


def _is_abbreviation(text: str, at: int, following: int, stop: int) -> bool:
    """Whether the dot at `at` belongs to an abbreviation or initial that does not end the sentence."""
    before = text[max(0, at - 30) : at]
    kind = _abbreviation(before[before.rfind(" ") + 1 :])
    if kind in (_PLAIN, _ALWAYS):
        return kind == _ALWAYS
    if kind == _BEFORE_NUMBERS and not text[following].isdigit():
        return False
    opener = _WORD_AFTER.match(text, following, stop)
    return opener is None or opener.group().lower() not in _STARTERS


@lru_cache(maxsize=4096)
def _abbreviation(before: str) -> int:
    """What a piece of text without spaces ends with."""
    found = _WORD_BEFORE.search(before)
    if not found:
        return _PLAIN
    last = found.group().rsplit(".", 1)[-1]
    lower = last.lower()
    if lower in NEVER_FINAL:
        return _ALWAYS
    if len(last) == 1 and last.isalpha():
        return _USUALLY
    if lower not in MAYBE_FINAL or not (last[0].isupper() or lower in {"etc", "no", "nos"}):
        return _PLAIN
    return _BEFORE_NUMBERS if lower in {"no", "nos"} else _USUALLY
