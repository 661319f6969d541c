"""The data island of a page: texts made fit to stand in HTML, columns instead of objects, each text once."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from geo.render.topology import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Characters that are no text: controls but tab and newline, lone surrogates, non-characters.
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def clean(text: object) -> str:
    """Text that can stand in a page: characters that are none become U+FFFD; "" for None."""
    if text is None:
        return ""
    made = str(text)
    return made if made.isprintable() else _NO_TEXT.sub("\ufffd", made)  # what can be printed is text


def short(title: object) -> str:
    """Title of a document for people: of a path only the file's name."""
    text = clean(title)
    if "/" not in text and "\\" not in text:
        return text
    return re.split(r"[/\\\\]", text)[-1] if re.fullmatch(r"[^\s]*[/\\\\][^\s/\\\\]+", text) else text


def safe_url(url: str | None) -> str:
    """Return a link target, "" unless it is http or https."""
    text = clean(url).strip()
    return text if re.match(r"https?://[^\s]+$", text, re.IGNORECASE) else ""


def island(data: object) -> str:
    """JSON for a data block in HTML: no ``<``, so that no text can end the block or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: _ESCAPES[match[0]], _NO_TEXT.sub("\ufffd", text))


class Pool:
    """Different values in the order in which they appear; a row holds the number of its value."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def add(self, value: object) -> int:
        """Return the number of a text, -1 for an empty one."""
        text = clean(value)
        if not text:
            return -1
        if text not in self._numbers:
            self._numbers[text] = len(self.values)
            self.values.append(text)
        return self._numbers[text]


def columns(rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    """Rows as one list per name."""
    listed = list(rows)
    return {name: [row[name] for row in listed] for name in names}


PACKED: Final = ("events", "reports", "documents", "unplaced", "places")
"""Tables of the island that can be long."""


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Shorten the long tables: a column of one value is kept once, one of few texts as numbers into a list."""
    made = dict(data)
    for table in PACKED:
        made[table] = {name: _pack(values) for name, values in data[table].items()}
    if data["cells"]:
        tables = ("counts", "units", "totals")
        made["cells"] = data["cells"] | {
            table: {name: _pack(values) for name, values in data["cells"][table].items()} for table in tables
        }
    events = data["events"]
    if len(events["end"]) >= 32 and (ends := _unlike(events["end"], events["start"])) is not None:
        made["events"]["end"] = ends
    return made


def _unlike(values: list[Any], others: list[Any]) -> Any:
    """Return only the values that are unlike those of another column; None where they are too many."""
    found = {
        str(n): value for n, (value, other) in enumerate(zip(values, others, strict=True)) if value != other
    }
    return {"like": "start", "but": found} if 4 * len(found) < len(values) else None


def _pack(values: list[Any]) -> Any:
    if len(values) < 32 or isinstance(values[0], (list, float)):
        return _flat(values)
    different = list(dict.fromkeys(values))
    if len(different) == 1:
        return {"all": different[0], "n": len(values)}
    if all(isinstance(value, int) for value in different):
        one_by_one = all(b - a == 1 for a, b in pairwise(values))
        return {"from": values[0], "n": len(values)} if one_by_one else _steps(values)
    if len(different) * 3 < len(values):
        numbers = {value: number for number, value in enumerate(different)}
        return {"of": different, "at": _steps([numbers[value] for value in values])}
    texts = [value for value in values if isinstance(value, str) and value.isascii()]
    if len(texts) == len(values) and len(set(map(len, texts))) == 1:
        return {"wide": len(texts[0]), "text": "".join(texts)}
    return values


def _steps(numbers: list[int]) -> dict[str, Any]:
    """Numbers as their differences, mostly one letter each."""
    return {"n": len(numbers), "steps": encode([(number,) for number in numbers])}


def _flat(values: list[Any]) -> Any:
    """Lists of numbers, nearly all of one number, as all the numbers in a row and the lengths of the others."""
    if len(values) < 32 or not all(isinstance(value, list) for value in values):
        return values
    many = {str(n): len(value) for n, value in enumerate(values) if len(value) != 1}
    return {"lists": _steps([number for value in values for number in value]), "many": many, "n": len(values)}
