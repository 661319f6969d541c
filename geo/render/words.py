"""Sentences and dates in the words of a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import OptionError
from geo.render.catalogues import CATALOGUES, EN

if TYPE_CHECKING:
    from collections.abc import Mapping


def words(lang: str) -> dict[str, str]:
    """Catalogue of a language.

    Raises
    ------
    geo.errors.OptionError
        There is none; the message lists those there are.
    """
    try:
        return CATALOGUES[lang]
    except KeyError:
        raise OptionError(f"no interface language {lang!r}; there are {', '.join(CATALOGUES)}") from None


def viewpoint_text(viewpoint: str, catalogue: Mapping[str, str]) -> str:
    """Say whose view of disputed areas a map shows: "default", "de-facto" or a country's code."""
    key = {"default": "viewpoint", "de-facto": "viewpoint.de-facto"}.get(viewpoint, "viewpoint.other")
    return catalogue[key].format(viewpoint=viewpoint)


def counted(what: str, number: int, catalogue: dict[str, str]) -> str:
    """Number with the form of its noun: ``what`` is event, place or document."""
    forms = catalogue[f"count.{what}"].split("|")
    if len(forms) == 2:
        form = 0 if number == 1 else 1
    elif number % 10 == 1 and number % 100 != 11:
        form = 0
    else:
        form = 1 if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else 2
    return forms[form].format(n=number)


def day(iso: str | None, catalogue: dict[str, str]) -> str:
    """Date for people ("7 September 2022"); "" for None."""
    if not iso:
        return ""
    year, month, number = iso.split("-")
    return f"{int(number)} {catalogue['months'].split()[int(month) - 1]} {year}"


def period(row: dict[str, object], catalogue: dict[str, str]) -> str:
    """Dates of an event or report for people; "" where nothing is known."""
    start, end = (str(row.get(key) or "") for key in ("date_start", "date_end"))
    if start and end:
        whole = _whole(start, end, catalogue)
        return whole or catalogue["between"].format(start=day(start, catalogue), end=day(end, catalogue))
    if start:
        return catalogue["since"].format(date=day(start, catalogue))
    return catalogue["until"].format(date=day(end, catalogue)) if end else ""


def _whole(start: str, end: str, catalogue: dict[str, str]) -> str:
    """Name of a day, a month or a year that the interval covers exactly; "" for others."""
    if start == end:
        return day(start, catalogue)
    if start[5:] == "01-01" and end == f"{start[:4]}-12-31":
        return start[:4]
    last = {"02": ("28", "29"), "04": ("30",), "06": ("30",), "09": ("30",), "11": ("30",)}.get(
        start[5:7], ("31",)
    )
    if start[:8] == end[:8] and start[8:] == "01" and end[8:] in last:
        month = catalogue["months"].split()[int(start[5:7]) - 1]
        return f"{month} {start[:4]}" if catalogue is EN else start[:7]
    return ""
