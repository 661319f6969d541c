"""Folding of names: pure functions that make spellings of one name meet."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

_APOSTROPHES: Final = "'’‘‛ʼʻʽʾʿˈʹʺ′″`´\"“”„«»"
_SPACES: Final = "-‐‑‒–—―_/\\,;:()[]{}|!?*+=<>~^%#@…·•‧、，．（）。"
_LETTERS: Final = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "ng",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "ə": "a",
    "ƒ": "f",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ѓ": "г",
    "ќ": "к",
    "ъ": "",
    "ь": "",
}
"""Letters that Unicode does not decompose; the Cyrillic soft and hard signs stand where Latin has an apostrophe."""

_ALIKE: Final = 0.75
"""Least share of equal letters between two spellings of one name; a judgement."""

_CONTROL: Final = [c for c in (*range(0x20), *range(0x7F, 0xA0)) if not chr(c).isspace()]

_TABLE: Final = (
    {ord(c): None for c in _APOSTROPHES}
    | {ord(c): " " for c in _SPACES}
    | {ord("&"): " and "}
    | {ord(c): to for c, to in _LETTERS.items()}
    | dict.fromkeys(range(0x300, 0x370))  # combining accents of Latin, Greek and Cyrillic
    | dict.fromkeys(_CONTROL)
    | dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))  # invisible
)


_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?")


def _join_initials(text: str) -> str:
    """Join dotted single letters before the other dots become spaces: D.C. -> DC."""
    return _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", text)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Reduce a name to the form under which it is looked up.

    Case, accents, apostrophes, dots and invisible characters go; hyphens and other punctuation become
    one space; scripts stay. Idempotent.

    >>> fold("Rostov-on-Don"), fold("Donets’k"), fold("U.S."), fold("Łódź"), fold("St.Petersburg")
    ('rostov on don', 'donetsk', 'us', 'lodz', 'st petersburg')
    >>> fold("  - ")
    ''
    """
    if "." in text:
        text = _join_initials(text).replace(".", " ")
    if text.isascii():
        return " ".join(text.lower().translate(_TABLE).split())
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    stripped = decomposed.translate(_TABLE).replace(".", " ")
    return " ".join(unicodedata.normalize("NFKC", stripped).split())


def has_upper(text: str) -> bool:
    """Whether any letter is upper case, or belongs to a script without case.

    Latin names without one are machine transliterations ("he er song") and no names.
    """
    return any(c.isupper() or (c.isalpha() and not c.islower()) for c in text)


def is_code(text: str) -> bool:
    """Whether a name is an airport- or telex-like code (KHE, LOX) rather than a name.

    >>> is_code("KHE"), is_code("Rio"), is_code("МКАД")
    (True, False, False)
    """
    return len(text) <= 4 and text.isascii() and text.isalnum() and text.isupper()


def spelled_alike(key: str, name: str) -> bool:
    """Whether a folded name is but another spelling of a display name.

    >>> spelled_alike("kiev", "Kyiv"), spelled_alike("islamabad", "Chattogram")
    (True, False)
    """
    own = fold(name)
    return own[:1] == key[:1] and SequenceMatcher(None, key, own).ratio() >= _ALIKE
