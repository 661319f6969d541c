"""Phrases reckoned in days, weeks, months and years: today, last month, two weeks ago, within 30 days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.dates import calendar as cal
from geo.dates.calendar import Interval
from geo.dates.grammar import DAYS, count
from geo.dates.setting import OPEN, UNRESOLVED, Groups, Setting, Value

if TYPE_CHECKING:
    from collections.abc import Callable


def _dayword(groups: Groups, setting: Setting, text: str) -> Value:
    if setting.reference is None:
        return Value(Interval(None, None, "day"), "unresolved")
    lowered = text.lower()
    if lowered.startswith("the day"):
        shift = -2 if "before" in lowered else 2
    else:
        shift = {"yesterday": -1, "tomorrow": 1}.get(str(groups["word"]), 0)
    return Value(cal.day(setting.reference + timedelta(days=shift)), "relative")


def _overnight(groups: Groups, setting: Setting, _: str) -> Value:
    reference = setting.reference
    if reference is None:
        return Value(Interval(None, None, "day"), "unresolved")
    if groups["w"]:
        named = cal.nearest_weekday(reference, DAYS.index(str(groups["w"])), "past", "")
        start = named - timedelta(days=1) if groups["into"] else named
        return Value(Interval(start, start + timedelta(days=1), "day"), "relative", "during")
    return Value(Interval(reference - timedelta(days=1), reference, "day"), "relative", "during")


def _weekend(_: Groups, setting: Setting, __: str) -> Value:
    reference = setting.reference
    if reference is None:
        return Value(Interval(None, None, "day"), "unresolved")
    ahead = setting.tense() == "future"
    # on a Saturday or Sunday the weekend is the present one
    shift = 0 if ahead or reference.weekday() >= 5 else -7
    return Value(cal.weekend(reference + timedelta(days=shift)), "relative", "during")


def _year_end(_: Groups, setting: Setting, __: str) -> Value:
    if setting.reference is None:
        return UNRESOLVED
    return Value(cal.part_of(cal.year(setting.reference.year), "end"), "relative")


def _part_of(groups: Groups, setting: Setting, _: str) -> Value:
    reference = setting.reference
    if reference is None:
        return UNRESOLVED
    unit, part = str(groups["unit"]), str(groups["part"])
    whole = _period_interval(reference, unit, {"last": -1, "next": 1}.get(str(groups["mod"]), 0))
    if part == "rest":
        return Value(whole._replace(start=reference), "relative", "during")
    return Value(cal.part_of(whole, part), "relative")


def _period_interval(reference: date, unit: str, shift: int) -> Interval:
    if unit in {"spring", "summer", "autumn", "fall", "winter"}:
        return _season_near(reference, unit, shift)
    if unit == "weekend":
        return cal.weekend(reference + timedelta(days=7 * shift))
    return cal.unit_interval(cal.shifted(reference, shift, unit), unit)


def _season_near(reference: date, name: str, shift: int) -> Interval:
    found = cal.season(name, reference.year)
    if shift < 0 and found.end is not None and found.end >= reference:
        return cal.season(name, reference.year - 1)
    if shift > 0 and found.start is not None and found.start <= reference:
        return cal.season(name, reference.year + 1)
    if shift == 0 and found.start is not None and name == "winter" and reference.month < 3:
        return cal.season(name, reference.year - 1)
    return found


def _period(groups: Groups, setting: Setting, _: str) -> Value:
    reference = setting.reference
    unit, modifier = str(groups["unit"]), re.sub(r"\s+", " ", str(groups["mod"]))
    if reference is None:
        return Value(Interval(None, None, "unknown"), "unresolved")
    if unit in {"morning", "afternoon", "evening"}:
        return Value(cal.day(reference), "relative")
    shift = {"last": -1, "next": 1}.get(modifier, 0)
    if modifier == "last" and unit == "weekend":
        shift = -1 if reference.weekday() < 5 else 0
    whole = _period_interval(reference, unit, shift)
    part = groups["part"]
    if part == "earlier" and shift == 0:
        return Value(whole._replace(end=reference), "relative", "during")
    if part == "later" and shift == 0:
        return Value(whole._replace(start=reference), "relative", "during")
    return Value(cal.part_of(whole, part or ""), "relative")


def _window(groups: Groups, setting: Setting, _: str) -> Value:
    reference, ahead = setting.reference, groups["mod"] in {"next", "coming", "following"}
    unit = str(groups["unit"])
    if reference is None or groups["mod"] == "following":
        return UNRESOLVED
    number = count(groups["n"]) if groups["n"] else (None if unit.endswith("s") else 1)
    granularity: str = unit.rstrip("s")
    grain = cal.unit_interval(reference, granularity).granularity
    if number is None:
        vague = (
            Interval(reference + timedelta(days=1), None, grain)
            if ahead
            else Interval(None, reference, grain)
        )
        return Value(vague, "relative", "during")
    far = cal.shifted(reference, number if ahead else -number, unit)
    return Value(Interval(*((reference, far) if ahead else (far, reference)), grain), "relative", "during")


def _ago(groups: Groups, setting: Setting, text: str) -> Value:
    reference, unit, number = setting.reference, str(groups["unit"]).rstrip("s"), count(groups["n"])
    if reference is None or number is None:
        return UNRESOLVED
    when = cal.shifted(reference, -number, unit)
    hedge = re.match(r"(less|fewer|under|more|over|at)\b", text.lower())
    if hedge and hedge.group() in {"less", "fewer", "under"}:
        return Value(
            Interval(when, reference, cal.unit_interval(when, unit).granularity), "relative", "during"
        )
    if hedge and text.lower().startswith(("more than", "over")):
        return Value(Interval(None, when, cal.unit_interval(when, unit).granularity), "relative", "before")
    if groups["today"]:
        return Value(cal.day(when), "relative")
    if unit in {"month", "year", "decade"}:
        return Value(cal.unit_interval(when, unit), "relative")
    return Value(cal.day(when)._replace(granularity="week" if unit == "week" else "day"), "relative")


def _shift(groups: Groups, setting: Setting, text: str) -> Value | None:
    """Reckon "two days later", "a day after" from the last day named before; never from the document's date."""
    way, unit = str(groups["way"]), str(groups["unit"]).rstrip("s")
    lowered = text.lower()
    if (
        groups["n"] is None
        and way in {"after", "before"}
        and not unit.endswith(("day", "night", "week", "month", "year"))
    ):
        return None
    number = count(groups["n"]) if groups["n"] else None
    if number is None or setting.anchor is None or way in {"after", "before"}:
        return Value(Interval(None, None, cal.unit_interval(date(2000, 1, 1), unit).granularity), "anaphoric")
    if unit not in {"day", "night", "week"} or "than" in lowered:
        return Value(OPEN, "anaphoric")
    back = way in {"earlier", "before"}
    return Value(cal.day(cal.shifted(setting.anchor, -number if back else number, unit)), "anaphoric")


def _next_day(groups: Groups, setting: Setting, _: str) -> Value:
    unit, way = str(groups["unit"]), str(groups["way"]).split()[-1]
    if setting.anchor is None or unit not in {"day", "night", "morning", "evening"}:
        return Value(OPEN, "anaphoric")
    shift = {"next": 1, "following": 1, "previous": -1}.get(way, 0)
    return Value(cal.day(setting.anchor + timedelta(days=shift)), "anaphoric")


def _within(groups: Groups, setting: Setting, _: str) -> Value:
    """A term that runs from the document's date when it lies ahead; a mere length of time stays open."""
    number, unit = count(groups["n"]), str(groups["unit"])
    if setting.reference is None or number is None or setting.tense() != "future":
        return UNRESOLVED
    until = cal.shifted(setting.reference, number, unit)
    grain = cal.unit_interval(until, unit).granularity
    if groups["prep"] == "in" and not groups["hedge"]:
        whole = cal.unit_interval(until, unit) if unit.rstrip("s") in {"month", "year"} else cal.day(until)
        return Value(whole._replace(granularity=grain), "relative")
    return Value(Interval(setting.reference, until, grain), "relative", "by")


def _within_units(_: Groups, __: Setting, ___: str) -> Value:
    return UNRESOLVED


def _duration(_: Groups, __: Setting, ___: str) -> Value:
    """How long, not when: never an interval."""
    return Value(OPEN, "unresolved", "during")


RULES: Final[dict[str, Callable[[Groups, Setting, str], Value | None]]] = {
    "dayword": _dayword,
    "overnight": _overnight,
    "weekend": _weekend,
    "year_end": _year_end,
    "part_of": _part_of,
    "period": _period,
    "window": _window,
    "ago": _ago,
    "shift": _shift,
    "next_day": _next_day,
    "within": _within,
    "within_units": _within_units,
    "duration": _duration,
}
