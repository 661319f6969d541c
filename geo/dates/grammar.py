"""The patterns of time phrases, each under the words that can anchor it. Compiled once, when first used."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
NUMBERS: Final = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "couple": 2,
}
_DAY: Final = rf"(?:{'|'.join(DAYS)})"
_SHORT_MONTHS: Final = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_SHORT_MONTHS)})\b\.?)"
_D: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
_YEAR: Final = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)"
_UNIT: Final = r"(?:hour|day|night|week|month|year|decade)s?"
_COUNT: Final = rf"(?:(?:a|the)\s+)?(?:{'|'.join(NUMBERS)}|\d{{1,3}}|several|few|many|some|dozen)(?:\s+of)?"
_HEDGE: Final = (
    r"(?:(?:less|more|fewer)\s+than|about|around|nearly|almost|at\s+least|over|under|just|"
    r"only|some|approximately)\s+"
)
_PART: Final = (
    r"(?:early|mid|late|"
    r"the\s+(?:very\s+)?(?:end|beginning|start|middle|first\s+half|second\s+half|first\s+"
    r"days?|last\s+days?)\s+of)"
)
_SEASONS: Final = ("spring", "summer", "autumn", "fall", "winter")
_SEASON: Final = rf"(?:{'|'.join(_SEASONS)})"
_PERIOD: Final = rf"(?:week|month|year|decade|weekend|{_SEASON})"
_TO: Final = r"(?:to|through|until|till|-|–|—)"

_PATTERNS: Final[dict[str, dict[str, str]]] = {
    "month": {
        "range_md": rf"(?P<m1>{_MONTH})\s+(?P<d1>{_D})\s*(?P<to>{_TO}|"
        rf"and)\s*(?P<d2>{_D})(?:\s*,?\s*(?P<y>{_YEAR}))?",
        "range_dm": rf"(?P<d1>{_D})\s*(?P<to>{_TO}|and)\s*(?P<d2>{_D})\s+(?:of\s+"
        rf")?(?P<m1>{_MONTH})(?:\s*,?\s*(?P<y>{_YEAR}))?",
        "range_mdmd": rf"(?P<m1>{_MONTH})\s+(?P<d1>{_D})(?:\s*,?\s*(?P<y1>{_YEAR}))?\s*,?\s*(?P<to>{_TO}|and)\s*"
        rf"(?P<m2>{_MONTH})\s+(?P<d2>{_D})(?:\s*,?\s*(?P<y>{_YEAR}))?",
        "range_dmdm": rf"(?P<d1>{_D})\s+(?P<m1>{_MONTH})(?:\s+(?P<y1>{_YEAR}))?\s*(?P<to>{_TO}|and)\s*"
        rf"(?P<d2>{_D})\s+(?P<m2>{_MONTH})(?:\s*,?\s*(?P<y>{_YEAR}))?",
        "range_mm": rf"(?P<m1>{_MONTH})(?:\s+(?P<y1>{_YEAR}))?\s*(?P<to>{_TO}|and)\s*(?P<m2>{_MONTH})(?!\s+"
        rf"\d{{1,2}}\b)(?:\s+(?P<y>{_YEAR}))?",
        "date_dm": rf"(?:{_DAY},?\s+)?(?:the\s+)?(?P<d>{_D})\s+(?:of\s+"
        rf")?(?P<m>{_MONTH})(?:\s*,?\s*(?P<y>{_YEAR}))?",
        "date_md": rf"(?:{_DAY},?\s+)?(?P<m>{_MONTH})\s+(?:the\s+)?(?P<d>{_D})(?:\s*,?\s*(?P<y>{_YEAR}))?",
        "month": rf"(?:(?P<part>{_PART})[\s-]+)?(?:(?P<mod>last|next|this|this\s+past|this\s+coming)\s+"
        rf")?(?P<m>{_MONTH})"
        rf"(?:\s*,?\s*(?:of\s+)?(?P<y>{_YEAR}|this\s+year|last\s+year|next\s+year))?",
    },
    "weekday": {
        "range_ww": rf"(?P<w1>{_DAY})\s+(?P<to>{_TO}|and)\s+(?P<w2>{_DAY})",
        "weekday": rf"(?:(?P<mod>last|next|this|this\s+past|this\s+coming|the\s+previous|the\s+following)\s+"
        rf")?(?P<w>{_DAY})"
        r"(?:\s+(?P<of>(?:of\s+)?(?:last|next|this)\s+week))?(?:\s+(?:early\s+)?(?:morning|"
        r"afternoon|evening|night))?",
    },
    "year": {
        "iso": r"(?P<iso>(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)",
        "dotted": r"(?P<d>(?:[12]\d|3[01]|0?[1-9]))\.(?P<mm>0?[1-9]|1[0-2])\.(?P<y>(?:1[5-9]|20)\d\d)(?!\d)",
        "decade": rf"(?:(?P<part>{_PART})[\s-]+)?(?:the\s+)?(?P<dec>(?:1[5-9]|20)\d0)s\b",
        "range_yy": rf"(?P<y1>{_YEAR})\s*(?P<to>{_TO}|and)\s*(?P<y>{_YEAR})",
        "years_short": rf"(?P<y1>{_YEAR})\s*[-–]\s*(?P<y2>\d\d)(?![\d-])",
        "slashed": r"(?P<d>\d{1,2})/(?P<mm>\d{1,2})/(?P<y>(?:1[5-9]|20)\d\d)(?!\d)",
        "season_year": rf"(?:the\s+)?(?P<season>{_SEASON})\s+(?:of\s+)?(?P<y>{_YEAR})",
        "year": rf"(?:(?P<part>{_PART})[\s-]+)?(?P<y>{_YEAR})",
    },
    "unit": {
        "dayword": r"the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|(?:(?:earlier|later|late|"
        r"early)\s+)?"
        r"(?P<word>today|tonight|yesterday|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?",
        "overnight": rf"overnight(?:\s+(?:(?P<into>into|to)|on|from)?\s*(?P<w>{_DAY}))?|last\s+night",
        "weekend": r"(?:over|at|during|on)\s+the\s+(?:past\s+|last\s+)?weekend",
        "year_end": r"(?:the\s+)?(?:year(?:[’']s|\s*-\s*)?\s*-?\s*end)\b",
        "part_of": rf"(?:the\s+)?(?P<part>end|beginning|start|middle|first\s+half|second\s+half|rest)\s+of\s+"
        rf"(?P<mod>this|last|next|the|the\s+current)\s+(?P<unit>{_PERIOD})",
        "period": rf"(?:(?P<part>earlier|later|early|late)\s+)?(?P<mod>this|last|next|this\s+past|this\s+"
        rf"coming)\s+(?P<unit>{_PERIOD}|"
        r"morning|afternoon|evening)",
        "window": rf"(?:in|over|during|for|within|throughout)\s+(?:the\s+)?(?:(?:{_HEDGE})?(?P<mod>past|last|"
        rf"previous|next|coming|following|recent))\s+"
        rf"(?:(?P<n>{_COUNT})\s+)?(?P<unit>{_UNIT})",
        "ago": rf"(?:{_HEDGE})?(?P<n>{_COUNT})\s+(?P<unit>{_UNIT})\s+ago(?:\s+(?P<today>today))?",
        "shift": rf"(?:(?:{_HEDGE})?(?P<n>{_COUNT})\s+)?(?P<unit>{_UNIT})\s+(?P<way>later|earlier|after|"
        rf"before|afterwards|afterward)",
        "next_day": r"(?:on\s+|by\s+)?the\s+(?P<way>next|following|previous|same|very\s+next)\s+(?P<unit>day|"
        r"night|morning|evening|week|month|year)",
        "within": rf"(?P<prep>within|in)\s+(?P<hedge>{_HEDGE})?(?:the\s+space\s+of\s+)?(?P<n>{_COUNT})\s+"
        rf"(?P<unit>{_UNIT})(?P<time>['’]s?\s+time)?",
        "within_units": r"within\s+(?P<unit>hours|days|weeks|months)",
        "duration": rf"for\s+(?:{_HEDGE})?(?P<n>{_COUNT})\s+(?P<unit>{_UNIT})|for\s+"
        rf"(?:{_HEDGE})?(?P<bare>hours|days|weeks|months|years|decades)",
    },
}
_UNITS: Final = ("hour", "day", "night", "week", "month", "year", "decade")
_ANCHORS: Final = {
    **dict.fromkeys((*MONTHS, *_SHORT_MONTHS), "month"),
    **dict.fromkeys(DAYS, "weekday"),
    **dict.fromkeys(
        (
            *"today tonight yesterday tomorrow overnight weekend morning afternoon evening".split(),
            *_UNITS,
            *(f"{unit}s" for unit in _UNITS),
            *_SEASONS,
        ),
        "unit",
    ),
}
"""Words of which a phrase holds one at least, with the group of its pattern; a year anchors the group "year"."""
_ANY_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_ANY_DIGIT: Final = frozenset("0123456789")
NUMBER, DOTTED, DECADE = "0", "0.0", "0s"
"""Stand for every number, for those with a dot and for those that end in "0s" among the words of a sentence."""
_PAIRS: Final = frozenset({"range_mdmd", "range_dmdm", "range_mm", "range_ww", "range_yy"})
"""Phrases with two anchors."""
_NEEDS: Final = {
    **dict.fromkeys(
        ("range_md", "range_dm", "range_mdmd", "range_dmdm", "date_dm", "date_md"), frozenset({NUMBER})
    ),
    "iso": frozenset("-"),
    "dotted": frozenset({DOTTED}),
    "decade": frozenset({DECADE}),
    "years_short": frozenset("-–"),
    "slashed": frozenset("/"),
    "season_year": frozenset(_SEASONS),
    "dayword": words("today tonight yesterday tomorrow"),
    "overnight": words("overnight night"),
    "weekend": words("weekend"),
    "year_end": words("end yearend"),
    "part_of": words("end beginning start middle half rest"),
    "period": words("this last next"),
    "window": words("past last previous next coming following recent"),
    "ago": words("ago"),
    "shift": words("later earlier after before afterwards afterward"),
    "next_day": words("next following previous same"),
    "within": words("within in"),
    "within_units": words("within"),
    "duration": words("for"),
}
"""Words of which a phrase holds one at least: looked for before its pattern, which is dearer by far."""
_PARTS: Final = words("early mid late end beginning start middle half day days")
_AROUND: Final = words("last next this")
_LEADS: Final = {
    **dict.fromkeys(
        ("range_md", "range_mdmd", "range_mm", "range_ww", "range_yy", "iso", "years_short"), frozenset[str]()
    ),
    "date_md": frozenset(DAYS),
    "month": _PARTS | _AROUND,
    "weekday": _AROUND | words("previous following"),
    "year": _PARTS,
}
"""Words of which a phrase holds one where it does not begin with its anchor; those not named begin anywhere."""
_PREFIX: Final = (
    r"(?:^|(?<=[\s(“\"'‘,;—–-]))(?P<rel>since(?:\s+at\s+least|\s+early|\s+late)?|until|till|"
    r"by|no\s+later\s+than|before|prior\s+to|ahead\s+of|after|"
    r"following|as\s+of|starting(?:\s+from|\s+on|\s+in)?|beginning(?:\s+on|\s+in)?|from|"
    r"between|through|throughout|during|"
    r"(?:early|late|later|earlier)\s+(?:on|in)|over|on|in|at|within|around|as\s+early\s+as|"
    r"back\s+in|into|of|for)\s+(?:the\s+)?$"
)


class Rule(NamedTuple):
    """A pattern for `lowered` text; a match has two anchors where `pair`, and one of the words `needs` if any.

    One that begins before its first anchor holds one of the words `leads`; None where nothing is known of that.
    """

    name: str
    pattern: re.Pattern[str]
    pair: bool
    needs: frozenset[str]
    leads: frozenset[str] | None


@lru_cache(maxsize=1)
def rules() -> dict[str, list[Rule]]:
    """The patterns of each group of phrases. Compiled once, when first used."""
    return {
        group: [
            Rule(
                name,
                re.compile(rf"(?<![\w-])(?:{source})(?!\w)"),
                name in _PAIRS,
                _NEEDS.get(name, frozenset()),
                _LEADS.get(name),
            )
            for name, source in sources.items()
        ]
        for group, sources in _PATTERNS.items()
    }


def telling(lower: Sequence[str], present: frozenset[str]) -> list[int]:
    """Indices of the words that can anchor a phrase, and of all numbers, in order; `present` are all words."""
    # most words stand behind all digits: the first letter is looked at of few
    found = {word for word in present if word in _ANCHORS or (word < ":" and word[0] in _ANY_DIGIT)}
    return [i for i, word in enumerate(lower) if word in found]


@lru_cache(maxsize=4096)
def anchors_in(word: str) -> tuple[str, int, int] | None:
    """Group of phrases that a word in small letters anchors, and where its first and last anchor begin in it."""
    if word in _ANCHORS:
        return _ANCHORS[word], 0, 0
    years = [match.start() for match in _ANY_YEAR.finditer(word)]
    return ("year", years[0], years[-1]) if years else None


@lru_cache(maxsize=4096)
def number_marks(word: str) -> frozenset[str]:
    """What a word brings to `Rule.needs` as a number; nothing where it is none."""
    if word[0] not in _ANY_DIGIT:
        return frozenset()
    return frozenset({NUMBER, *([DOTTED] if "." in word else ()), *([DECADE] if word.endswith("0s") else ())})


@lru_cache(maxsize=1)
def prefix() -> re.Pattern[str]:
    """The preposition before a phrase, at the end of what stands before it."""
    return re.compile(_PREFIX, re.IGNORECASE)


def count(text: str | None) -> int | None:
    """Number that a count word stands for; None where it is vague ("several") or absent."""
    if not text:
        return None
    parts = text.lower().replace("of", " ").split()
    if parts and parts[0] in {"a", "the"} and len(parts) > 1:
        parts = parts[1:]
    word = parts[0] if parts else ""
    return int(word) if word.isdigit() else NUMBERS.get(word)


def month_number(name: str) -> int:
    """1 to 12 from a month's name or abbreviation."""
    short = name.lower()[:3]
    return next(index for index, month in enumerate(MONTHS, 1) if month.startswith(short))
