"""The resolver's reasons in the page's language: they are made in English, by patterns that are known here."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

UK: Final[tuple[tuple[str, str], ...]] = (
    ("preferred name", "основна назва"),
    ("official name", "офіційна назва"),
    ("alternate name", "інша назва"),
    ("former name", "колишня назва"),
    ("abbreviation", "скорочення"),
    ("adjective", "прикметник"),
    ("demonym", "назва жителів"),
    ("code", "код"),
    ("name in another language", "назва іншою мовою"),
    (r"similar to (?P<a>.+) \((?P<n>\d+) edits?\)", "схоже на {a} (відмінностей: {n})"),
    ("the only place of that name", "єдине місце з такою назвою"),
    (
        r"no (?P<a>.+) of that name is known: (?P<b>.+) stands in",
        "об’єкта «{a}» з такою назвою немає: замість нього {b}",
    ),
    (r"no (?P<a>.+) of that name is known", "об’єкта «{a}» з такою назвою немає"),
    (r"(?P<a>.+) asks for (?P<kind>\S+)", "слово «{a}» вимагає виду: {kind}"),
    (r"an adjective of (?P<a>.+) stands before it", "перед ним стоїть прикметник країни {a}"),
    ("similar name that lies in the unit named beside it", "схожа назва в регіоні, названому поруч"),
    (r"lies in (?P<a>.+), named beside it", "лежить у регіоні, названому поруч: {a}"),
    ("better known than the others", "відоміше за інші"),
    (r"other names of the text lie in (?P<a>.+)", "інші назви тексту лежать у {a}"),
    ("other names of the text lie near it", "інші назви тексту лежать поблизу"),
    ("the text comes from there", "текст походить звідти"),
    ("places named beside it lie in it", "у ньому лежать місця, названі поруч"),
    ("it stands in a list with its like", "стоїть у переліку подібних"),
    ("a part of it is named: an area", "названо його частину: це область"),
    ("the words beside it suit a unit", "слова поруч пасують до регіону"),
    ("the words beside it suit a town", "слова поруч пасують до міста"),
    (r"its article suits a (?P<kind>\S+)", "артикль пасує до виду: {kind}"),
    (r"no place of that name is known in (?P<a>.+)", "місця з такою назвою в {a} немає"),
    ("no place of that name is known", "місця з такою назвою немає"),
    (r"too uncertain \((?P<a>\S+) below (?P<b>\S+)\)", "надто непевно ({a}, менше за {b})"),
    (r"score (?P<a>\S+) is below (?P<b>\S+)", "оцінка {a} менша за {b}"),
    ("the text names no place for it", "текст не називає місця"),
    ("topic of the sentence before", "тема попереднього речення"),
    ("goes on in the same sentence", "продовження того самого речення"),
    ("goes on with the same movement", "продовження того самого переміщення"),
    (r"\"(?P<a>.+)\" stands for it", "його заступає «{a}»"),
    (r"the people are called (?P<a>.+)", "людей названо «{a}»"),
    ("named at the beginning of the sentence", "названо на початку речення"),
    ("named just before the relative clause", "названо перед підрядним реченням"),
)
"""English pattern and Ukrainian text; ``kind`` is translated by the catalogue."""


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile the patterns, for pages in Ukrainian alone."""
    return tuple((re.compile(pattern, re.DOTALL), text) for pattern, text in UK)


def in_words(reason: str | None, catalogue: Mapping[str, str]) -> str:
    """Put a reason into the catalogue's language; one that is not known stays as it is.

    Examples
    --------
    >>> in_words("preferred name", {"lang": "uk"})
    'основна назва'
    >>> in_words("something new", {"lang": "uk"})
    'something new'
    """
    if not reason or catalogue.get("lang") != "uk":
        return reason or ""
    head, cut, rest = reason.partition("; ")
    for pattern, text in _known():
        if found := pattern.fullmatch(head):
            values = {key: catalogue.get(f"{key}.{value}", value) for key, value in found.groupdict().items()}
            return text.format(**values) + cut + rest
    return reason
