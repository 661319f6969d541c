"""Numbers with what they count: people killed or moved, settlements, square kilometres, missiles, votes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from geo.text.words import lowered
from geo.types import Quantity

_SMALL: Final = {
    name: value
    for value, name in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )
} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "dozen": 12,
}
_SCALE: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VAGUE: Final = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "tens": 20,
    "millions": 2_000_000,
    "several": None,
    "many": None,
    "a few": None,
}
NUMBER_WORDS: Final = (frozenset(_SMALL) | frozenset(_SCALE) | frozenset(_VAGUE) | {"half"}) - {
    "a",
    "an",
    "a few",
}
"""Words without which, and without digits, a sentence counts nothing."""
_BOUNDS: Final = {
    "at least": "at_least",
    "no fewer than": "at_least",
    "no less than": "at_least",
    "a minimum of": "at_least",
    "more than": "more_than",
    "over": "more_than",
    "above": "more_than",
    "as many as": "at_most",
    "up to": "at_most",
    "at most": "at_most",
    "no more than": "at_most",
    "fewer than": "less_than",
    "less than": "less_than",
    "under": "less_than",
    "nearly": "about",
    "almost": "about",
    "about": "about",
    "around": "about",
    "some": "about",
    "roughly": "about",
    "approximately": "about",
    "close to": "about",
    "an estimated": "about",
}
_MOST_GROUPS, _MOST_WORDS = 6, 12
"""Groups of three digits, and words, of which a number has no more: what is longer is a table."""
_WORD: Final = "|".join(sorted((*_SMALL, *_SCALE), key=len, reverse=True))
_IN_WORDS: Final = rf"(?:(?:{_WORD})(?:[\s-]+(?:and\s+)?|\b))"
_NUMBER: Final = (
    rf"(?:half\s+a\s+(?:million|billion)|\d+(?:[,  ]\d{{3}}){{1,{_MOST_GROUPS}}}|"
    r"\d++(?:\.\d++)?(?:\s*-?\s*(?:thousand|million|billion))?|"
    rf"{_IN_WORDS}{{1,{_MOST_WORDS}}})"
)
_VAGUE_RE: Final = (
    r"(?:tens\s+of\s+thousands|hundreds\s+of\s+thousands|dozens|scores|"
    r"hundreds|thousands|millions|several|many)"
)
_THINGS: Final[dict[str, tuple[str, str]]] = {
    r"people|persons|civilians|residents|inhabitants|men|women|children|villagers|citizens|families|migrants|refugees|"
    r"person|civilian|resident|woman|man|girl|boy|child|villager|worker|journalist|protester|demonstrator|pupil|student|"
    r"evacuees|visitors|girls|boys|schoolgirls|schoolchildren|worshippers|motorists|tourists|journalists|"
    r"displaced|returnees|babies|infants|nationals|employees|sailors|crew\s+members|miners|farmers|medics|"
    r"households|passengers|protesters|demonstrators|students|pupils|workers|patients|survivors|locals": (
        "people",
        "people",
    ),
    r"soldier|policeman|fighter|militant|officer|peacekeeper|"
    r"soldiers|troops|servicemen|fighters|militants|rebels|gunmen|officers|policemen|reservists|peacekeepers|"
    r"insurgents|personnel|service\s+members": (
        "troops",
        "people",
    ),
    r"prisoners|captives|detainees|hostages|suspects|inmates": ("prisoners", "people"),
    r"others": ("people", "people"),
    r"settlements|towns|villages|cities|localities|communities|districts|hamlets": (
        "settlements",
        "settlements",
    ),
    r"square\s+kilomet(?:re|er)s?|sq\.?\s*kms?|square\s+kms?|km2|km²|km\s+squared": ("area", "km2"),
    r"square\s+miles?": ("area", "square miles"),
    r"missiles?|rockets?|shells?|projectiles|bombs|air\s*strikes?|strikes": ("munitions", "items"),
    r"drones?|uavs?": ("drones", "items"),
    r"aircraft|jets?|planes?|helicopters?|warplanes": ("aircraft", "items"),
    r"tanks?|vehicles|howitzers|launchers|weapons|artillery\s+units": ("weapons", "items"),
    r"abstentions?|abstaining|(?:countries|states|nations|members)\s+abstain(?:ed|ing)|abstained": (
        "abstentions",
        "votes",
    ),
    r"votes?\s+against|against": ("votes_against", "votes"),
    r"votes?\s+(?:for|in\s+favou?r)|in\s+favou?r|votes?": ("votes", "votes"),
    r"houses|homes|buildings|schools|hospitals|apartments|structures": ("buildings", "buildings"),
    r"%|percent|per\s+cent": ("share", "percent"),
}
_DEEDS: Final = (
    (
        re.compile(
            r"\b(?:kill\w*|dead|die[ds]?|dying|deaths?|lives|shot\s+dead|massacr\w+|drown\w*|execut\w+|murder\w*|"
            r"assassinat\w+|behead\w+|gunned\s+down|perish\w*|slain|slaughter\w*|lynch\w*)\b"
        ),
        "killed",
    ),
    (re.compile(r"\b(?:wound\w*|injur\w*|hurt)\b"), "wounded"),
    (re.compile(r"\b(?:evacuat\w+|airlift\w*|bused|moved|taken|ferried|leave|left)\b"), "evacuated"),
    (re.compile(r"\b(?:deport\w+|expel\w*|transferred)\b"), "deported"),
    (re.compile(r"\b(?:displac\w+|fled|flee\w*|uproot\w*|drove|driven)\b"), "displaced"),
    (re.compile(r"\b(?:arrest\w*|detain\w*|abduct\w*|kidnap\w*|seiz\w+|interrogat\w+)\b"), "detained"),
)
_OPENERS: Final = (
    frozenset(_SMALL)
    | frozenset(_SCALE)
    | {phrase.split()[0] for phrase in (*_BOUNDS, *_VAGUE, "half a", "between")}
)
"""Words with which a quantity begins that does not begin with a digit."""
_WORDS: Final = re.compile(r"\w+")
_RUN: Final = re.compile(rf"{_IN_WORDS}+")
_PREFIX: Final = 6
_DESIGNATION: Final = re.compile(r"\b[a-z]{1,4}-\Z")
_DEED_KINDS: Final = frozenset({"people", "troops", "prisoners"})


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    bounds = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_BOUNDS, key=len, reverse=True)
    )
    things = "|".join(f"(?P<t{index}>{names})" for index, names in enumerate(_THINGS))
    return re.compile(
        rf"\b(?:(?:(?P<bound>{bounds}|(?P<between>between))\s+)?(?:(?P<vague>{_VAGUE_RE})(?:\s+of)?|(?P<value>{_NUMBER})"
        rf"(?(between)\s+and\s+(?P<last>{_NUMBER})|(?:\s*(?:to|-|–)\s*(?P<high>{_NUMBER}))?)))"
        rf"(?:\s*(?P<lone>dead|wounded|injured|killed)\b|[\s-]*+(?>[a-z-]{{1,40}}\s+|[a-z][\w-]{{1,40}}\s+){{0,2}}?(?:{things})(?!\w))"
    )


def quantities(text: str, start: int, end: int) -> list[tuple[int, Quantity]]:
    """Quantities in ``text[start:end]``, each with where it stands.

    Returns
    -------
    list of (int, Quantity)
        ``low`` and ``high`` are None where the words give no number ("several villages"). Vague words carry
        what they promise at least ("hundreds": low 200, high None). Empty without numbers.
    """
    small = lowered(text[start:end])  # a pattern that need not fold cases is several times as quick
    found = []
    free = 0
    for word in _WORDS.finditer(small):
        if word.start() < free or not (word[0] in _OPENERS or word[0][0].isdigit()):
            continue
        if _DESIGNATION.search(small, max(0, word.start() - _PREFIX), word.start()):
            continue  # "F-16 jets"
        if small.endswith("according to ", 0, word.start()):
            continue  # "according to two residents": who tells, not who was hurt
        match = _pattern().match(small, word.start())
        if match is None:
            run = _RUN.match(small, word.start())
            free = run.end() if run else free  # what follows the run is wrong for its other words too
            continue
        free = match.end()
        quantity = _quantity(small, match, text[start + match.start() : start + free])
        if quantity:
            found.append((start + match.start(), quantity))
    return found


def _quantity(small: str, match: re.Match[str], words: str) -> Quantity | None:
    what, unit = _thing(match)
    if what in _DEED_KINDS:
        what = _deed(small, match) or what
    bound = _BOUNDS.get(re.sub(r"\s+", " ", match["bound"] or ""), "exact")
    words = " ".join(words.split())
    if match["vague"]:
        low = _vague(match["vague"])
        return Quantity(what, low, None, "unknown" if low is None else "at_least", unit, words)
    if what == "votes_against" and "vote" not in words.lower() and len(words.split()) > 2:
        return None  # "two attacks against": no vote
    value = number(match["value"])
    if value is None or (match["value"].strip() in {"a", "an"} and unit != "items"):
        return None
    upper = match["high"] or match["last"]
    high = number(upper) if upper else value
    low_value, high_value = _bounded(value, high, bound)
    return Quantity(what, low_value, high_value, bound, unit, words)


def _bounded(low: float, high: float | None, bound: str) -> tuple[float | None, float | None]:
    if bound in {"at_least", "more_than"}:
        return low, None
    return (None, high) if bound in {"at_most", "less_than"} else (low, high)


def _thing(match: re.Match[str]) -> tuple[str, str]:
    if match["lone"]:
        return ("wounded" if match["lone"] in {"wounded", "injured"} else "killed"), "people"
    return next(value for index, value in enumerate(_THINGS.values()) if match[f"t{index}"])


def _deed(small: str, match: re.Match[str]) -> str | None:
    """What is said to happen to the people counted: the nearest verb before, else after."""
    before = small[max(0, match.start() - 45) : match.start()]
    nearest = max(
        ((found.start(), name) for rule, name in _DEEDS for found in rule.finditer(before)), default=None
    )
    if nearest:
        return nearest[1]
    after = small[match.end() : match.end() + 40]
    following = min(
        ((found.start(), name) for rule, name in _DEEDS for found in rule.finditer(after)), default=None
    )
    return following[1] if following else None


def _vague(word: str) -> float | None:
    word = re.sub(r"\s+", " ", word)
    if word == "tens of thousands":
        return 20_000.0
    if word == "hundreds of thousands":
        return 200_000.0
    value = _VAGUE.get(word)
    return float(value) if value is not None else None


def number(text: str) -> float | None:
    """Value of digits or number words: "2,400", "half a million", "forty-two"; None where there is none.

    Examples
    --------
    >>> number("half a million"), number("twenty-five"), number("1.5 million")
    (500000.0, 25.0, 1500000.0)
    """
    cleaned = text.lower().strip().replace(",", "")
    half = re.match(r"half\s+a\s+(\w+)", cleaned)
    if half:
        return _SCALE[half.group(1)] / 2
    digits = re.match(r"\d+(?:[  ]\d{3})*(?:\.\d+)?", cleaned)
    scale = next((value for name, value in _SCALE.items() if cleaned.endswith(name)), 1)
    if digits:
        return float(digits.group().replace(" ", "").replace("\xa0", "")) * scale
    total, current = 0.0, 0.0
    parts = [part for part in re.split(r"[\s-]+", cleaned) if part and part != "and"]
    for part in parts:
        if part in _SMALL:
            current = current * _SMALL[part] if part == "dozen" and current else current + _SMALL[part]
        elif part in _SCALE:
            current = max(current, 1) * _SCALE[part]
            if _SCALE[part] >= 1_000:
                total, current = total + current, 0.0
        else:
            return None
    return total + current if parts else None
