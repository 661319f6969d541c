"""Romanisation of Ukrainian and Russian names by the systems that reports use: pure functions.

The tables follow resolution 55 of the Cabinet of Ministers of Ukraine (2010) for Ukrainian, BGN/PCGN of 1965
(Ukrainian) and 1947 (Russian), and ICAO Doc 9303 for Russian passports. Apostrophes for the soft sign are left
out, because folding drops them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SHARED: Final = {
    "а": "a",
    "б": "b",
    "в": "v",
    "д": "d",
    "ж": "zh",
    "з": "z",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "'": "",
    "’": "",
    "ʼ": "",
}
_KMU: Final = _SHARED | {
    "г": "h",
    "ґ": "g",
    "е": "e",
    "є": "ie",
    "и": "y",
    "і": "i",
    "ї": "i",
    "й": "i",
    "ю": "iu",
    "я": "ia",
}
_KMU_INITIAL: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_BGN_UKRAINIAN: Final = _KMU | {"ы": "y", "є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_BGN_RUSSIAN: Final = _SHARED | {
    "г": "g",
    "е": "e",
    "ё": "e",
    "и": "i",
    "й": "y",
    "ъ": "",
    "ы": "y",
    "э": "e",
    "ю": "yu",
    "я": "ya",
}
_PASSPORT: Final = _BGN_RUSSIAN | {"й": "i", "ъ": "ie", "ю": "iu", "я": "ia"}
_VOWELS: Final = frozenset("аеёиоуыэюяъьй")
_RUSSIAN_ONLY: Final = frozenset("ёъыэ")
_UKRAINIAN_ONLY: Final = frozenset("ґєії")
_LETTERS: Final = frozenset("абвгдежзийклмнопрстуфхцчшщьюя") | _RUSSIAN_ONLY | _UKRAINIAN_ONLY
_ACUTE: Final = "\u0301"


def ukrainian(name: str) -> str:
    """Romanise by the Ukrainian standard of 2010 (KMU).

    >>> ukrainian("Запоріжжя"), ukrainian("Згурівка"), ukrainian("Їжакевич"), ukrainian("")
    ('Zaporizhzhia', 'Zghurivka', 'Yizhakevych', '')
    """
    return _by_words(name, lambda word: _letters(word.replace("зг", "зgh"), _KMU, _KMU_INITIAL))


def romanisations(name: str, *, russian: bool = True, ukrainian_too: bool = True) -> set[str]:
    """All the forms in which a Cyrillic name of Ukraine or Russia is written in Latin letters.

    Parameters
    ----------
    name : str
        In Cyrillic; stress marks are ignored.
    russian, ukrainian_too : bool
        Which systems to apply to names whose letters do not tell the language.

    Returns
    -------
    set of str
        Capitalised forms; empty for a name with letters of another alphabet.

    Examples
    --------
    >>> sorted(romanisations("Запорожье"))
    ['Zaporozhe', 'Zaporozhye']
    >>> romanisations("Zaporizhzhia"), romanisations("")
    (set(), set())
    """
    text = name.replace(_ACUTE, "").lower()
    letters = {c for c in text if c.isalpha()}
    if not letters or not letters <= _LETTERS:
        return set()
    forms: set[str] = set()
    if ukrainian_too and not letters & _RUSSIAN_ONLY:
        forms.add(ukrainian(text))
        forms.add(_by_words(text, lambda word: _letters(_short_ending(word), _BGN_UKRAINIAN, {})))
    if russian and not letters & _UKRAINIAN_ONLY:
        forms.add(_by_words(text, _bgn_russian))
        forms.add(_by_words(text, lambda word: _letters(_short_ending(word), _PASSPORT, {})))
    return {_capitalised(form) for form in forms}


def _by_words(name: str, romanise: Callable[[str], str]) -> str:
    words = name.replace(_ACUTE, "").lower().replace("-", " - ").split(" ")
    return _capitalised(" ".join(romanise(word) for word in words).replace(" - ", "-"))


def _capitalised(text: str) -> str:
    return "-".join(" ".join(w[:1].upper() + w[1:] for w in part.split(" ")) for part in text.split("-"))


def _letters(word: str, table: dict[str, str], initial: dict[str, str]) -> str:
    return "".join(initial.get(c, table.get(c, c)) if i == 0 else table.get(c, c) for i, c in enumerate(word))


def _short_ending(word: str) -> str:
    """Write the adjective endings -ий and -ый with one y, as reports do."""
    return word[:-2] + "ы" if word.endswith(("ий", "ый")) else word


def _bgn_russian(word: str) -> str:
    """BGN/PCGN 1947: е is ye at the start and after vowels, й and the signs."""
    word = _short_ending(word)
    out = []
    for i, c in enumerate(word):
        if c == "е" and (i == 0 or word[i - 1] in _VOWELS):
            out.append("ye")
        else:
            out.append(_BGN_RUSSIAN.get(c, c))
    return "".join(out)
