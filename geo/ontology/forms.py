"""English word forms for the trigger table: a verb's and a noun's forms from its lemma, pure functions."""

from __future__ import annotations

import re
from typing import Final, Literal

Form = Literal["base", "s", "past", "part", "ing", "noun"]
"""``past`` stands for both past and participle where they look the same."""

_IRREGULAR: Final[dict[str, tuple[str, str]]] = {
    "bear": ("bore", "borne"),
    "begin": ("began", "begun"),
    "bleed": ("bled", "bled"),
    "build": ("built", "built"),
    "burst": ("burst", "burst"),
    "cast": ("cast", "cast"),
    "choose": ("chose", "chosen"),
    "creep": ("crept", "crept"),
    "dig": ("dug", "dug"),
    "draw": ("drew", "drawn"),
    "hang": ("hanged hung", "hanged hung"),
    "hide": ("hid", "hidden"),
    "hurt": ("hurt", "hurt"),
    "keep": ("kept", "kept"),
    "lead": ("led", "led"),
    "let": ("let", "let"),
    "lie": ("lay", "lain"),
    "mow": ("mowed", "mown mowed"),
    "overshoot": ("overshot", "overshot"),
    "overthrow": ("overthrew", "overthrown"),
    "put": ("put", "put"),
    "ring": ("rang", "rung"),
    "run": ("ran", "run"),
    "see": ("saw", "seen"),
    "shake": ("shook", "shaken"),
    "shut": ("shut", "shut"),
    "sit": ("sat", "sat"),
    "slay": ("slew", "slain"),
    "sleep": ("slept", "slept"),
    "slink": ("slunk", "slunk"),
    "speak": ("spoke", "spoken"),
    "spend": ("spent", "spent"),
    "spread": ("spread", "spread"),
    "spit": ("spat", "spat"),
    "stand": ("stood", "stood"),
    "steal": ("stole", "stolen"),
    "swear": ("swore", "sworn"),
    "swim": ("swam", "swum"),
    "tell": ("told", "told"),
    "thrust": ("thrust", "thrust"),
    "withstand": ("withstood", "withstood"),
    "be": ("was were", "been"),
    "have": ("had", "had"),
    "find": ("found", "found"),
    "get": ("got", "got gotten"),
    "tear": ("tore", "torn"),
    "sink": ("sank", "sunk"),
    "catch": ("caught", "caught"),
    "rise": ("rose", "risen"),
    "beat": ("beat", "beaten"),
    "blow": ("blew", "blown"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "burn": ("burned burnt", "burned burnt"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "drive": ("drove", "driven"),
    "fall": ("fell", "fallen"),
    "fight": ("fought", "fought"),
    "flee": ("fled", "fled"),
    "fly": ("flew", "flown"),
    "freeze": ("froze", "frozen"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hit": ("hit", "hit"),
    "hold": ("held", "held"),
    "lay": ("laid", "laid"),
    "leave": ("left", "left"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "meet": ("met", "met"),
    "overrun": ("overran", "overrun"),
    "retake": ("retook", "retaken"),
    "seek": ("sought", "sought"),
    "sell": ("sold", "sold"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shoot": ("shot", "shot"),
    "strike": ("struck", "struck stricken"),
    "sweep": ("swept", "swept"),
    "take": ("took", "taken"),
    "throw": ("threw", "thrown"),
    "wrest": ("wrested", "wrested"),
    "win": ("won", "won"),
    "withdraw": ("withdrew", "withdrawn"),
}
_NO_REGULAR: Final = frozenset({"be", "have", "lead", "lie", "see"})
"""Irregular verbs whose regular past would be another word, or none that anybody writes."""
_DOUBLING: Final = frozenset(
    """admit annul begin commit expel kidnap patrol permit quit rebel refer repel submit transfer""".split()
)
_SHORT: Final = re.compile(r"[^aeiou]+[aeiou][bdfgklmnprtvz]")
_IRREGULAR_S: Final = {"be": "is are am", "have": "has"}
_IRREGULAR_PLURALS: Final = {"casualty": "casualties"}


def verb_forms(lemma: str) -> dict[str, Form]:
    """All forms of the verb `lemma`, each with what it is.

    Examples
    --------
    >>> sorted(verb_forms("seize"))
    ['seize', 'seized', 'seizes', 'seizing']
    """
    forms: dict[str, Form] = {}
    past, part = _IRREGULAR.get(lemma, (_past(lemma), ""))
    for word in part.split():
        forms[word] = "part"
    for word in past.split():
        forms[word] = "past"
    for word in _IRREGULAR_S.get(lemma, _third_person(lemma)).split():
        forms[word] = "s"
    forms[_ing(lemma)] = "ing"
    if past and lemma in _IRREGULAR and lemma not in _NO_REGULAR and lemma not in past.split():
        forms.setdefault(_past(lemma), "past")  # "shaked", "sended": translations make verbs regular
    # "cut", "hit": the past is as likely as the base; the caller looks at what stands before it
    forms.setdefault(lemma, "base")
    return forms


def noun_forms(lemma: str) -> dict[str, Form]:
    """Singular and plural of `lemma`."""
    plural = _IRREGULAR_PLURALS.get(lemma) or _third_person(lemma)
    return {lemma: "noun", plural: "noun"}


def _third_person(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")) or word == "go":
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _doubled(word: str) -> str:
    """The last letter again where it doubles: listed verbs and short ones like "grab"."""
    return word[-1] if word in _DOUBLING or _SHORT.fullmatch(word) else ""


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ied"
    return word + _doubled(word) + "ed"


def _ing(word: str) -> str:
    if word in {"be", "flee", "see", "free"}:
        return word + "ing"
    if word in {"die", "lie"}:
        return word[:-2] + "ying"
    if word.endswith("e"):
        return word[:-1] + "ing"
    return word + _doubled(word) + "ing"
