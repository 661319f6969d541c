"""What each pattern of the grammar means: from a match to an interval of days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.dates import calendar as cal
from geo.dates.calendar import Interval
from geo.dates.grammar import DAYS, month_number
from geo.dates.relative import RULES
from geo.dates.setting import UNRESOLVED, Groups, Setting, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.dates.tense import Tense


def evaluate(rule: str, match: re.Match[str], setting: Setting) -> Value | None:
    """Value of a `match` of the pattern `rule`; None where it turns out to be no time at all."""
    groups = {key: value.lower() if value else None for key, value in match.groupdict().items()}
    try:
        return _RULES[rule](groups, setting, match.group())
    except (OverflowError, ValueError):
        return None


def _year_of(text: str | None, reference: date | None) -> int | None:
    """Year from digits or "this year"; None where not given or not known."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    shift = {"last": -1, "next": 1}.get(text.split()[0], 0)
    return reference.year + shift if reference else None


def _month_day(groups: Groups, setting: Setting, text: str) -> Value | None:
    m, d = month_number(str(groups["m"])), int(re.sub(r"\D", "", str(groups["d"])))
    return _dated(m, d, _year_of(groups["y"], setting.reference), setting, text)


def _dated(m: int, d: int, y: int | None, setting: Setting, text: str) -> Value | None:
    if cal.safe_date(2024, m, d) is None:
        return None
    if y is None and setting.reference is None:
        return Value(Interval(None, None, "day"), "unresolved")
    basis = "explicit" if y is not None else "relative"
    year = y if y is not None else _year_by_weekday(m, d, setting, text)
    found = cal.safe_date(year, m, d)
    return Value(cal.day(found), basis) if found else None


def _year_by_weekday(m: int, d: int, setting: Setting, text: str) -> int:
    """Year of a day without one; a weekday beside it outvotes the tense."""
    reference = setting.reference
    assert reference is not None  # noqa: S101 - callers checked
    year = cal.choose_year(reference, m, d, setting.tense())
    named = next((number for number, name in enumerate(DAYS) if text.lower().startswith(name)), None)
    if named is None:
        return year
    for candidate in (year, reference.year, reference.year - 1, reference.year + 1):
        found = cal.safe_date(candidate, m, d)
        if found and found.weekday() == named:
            return candidate
    return year


def _month(groups: Groups, setting: Setting, _: str) -> Value | None:
    m, reference = month_number(str(groups["m"])), setting.reference
    year = _year_of(groups["y"], reference)
    basis = "explicit" if year is not None and str(groups["y"]).isdigit() else "relative"
    if year is None:
        if reference is None:
            return Value(Interval(None, None, "month"), "unresolved")
        year = _month_year(m, groups["mod"], setting, reference)
    return Value(cal.part_of(cal.month(year, m), groups["part"] or ""), basis)


def _month_year(m: int, modifier: str | None, setting: Setting, reference: date) -> int:
    if modifier == "last":
        return reference.year if m < reference.month else reference.year - 1
    if modifier == "next":
        return reference.year if m > reference.month else reference.year + 1
    if modifier:
        return reference.year
    if setting.prefix == "since":
        return cal.choose_year(reference, m, None, "past")
    return cal.choose_year(reference, m, None, setting.tense())


def _range(groups: Groups, setting: Setting, _: str) -> Value | None:
    """Between two days or months, given the groups m1 d1 [y1] m2 d2 [y]."""
    if not _is_range(groups, setting):
        return None
    m1 = month_number(str(groups["m1"]))
    m2 = month_number(str(groups["m2"])) if groups.get("m2") else m1
    days = [int(re.sub(r"\D", "", str(groups[key]))) if groups.get(key) else None for key in ("d1", "d2")]
    given = _year_of(groups.get("y"), None)
    if given is None and setting.reference is None:
        return UNRESOLVED
    basis = "explicit" if given else "relative"
    end_year = given or cal.choose_year(setting.reference or date.min, m2, days[1], setting.tense())
    start_year = _year_of(groups.get("y1"), None) or (end_year if m1 <= m2 else end_year - 1)
    if days[0] is None or days[1] is None:
        return Value(
            Interval(cal.month(start_year, m1).start, cal.month(end_year, m2).end, "month"), basis, "during"
        )
    start, end = cal.safe_date(start_year, m1, days[0]), cal.safe_date(end_year, m2, days[1])
    return Value(Interval(start, end, "day"), basis, "during") if start and end and start <= end else None


def _is_range(groups: Groups, setting: Setting) -> bool:
    """Whether the joint means a range: "and" only after "between", "until" only after "from"."""
    joint = (groups["to"] or "").strip()
    return joint != "and" or setting.prefix == "between" or is_pair(groups)


def is_pair(groups: Mapping[str, str | None]) -> bool:
    """Whether "and" joins two days or years in a row: "on Monday and Tuesday", "in 2005 and 2006"."""
    first, second = groups.get("w1"), groups.get("w2")
    if first and second:
        return (DAYS.index(second.lower()) - DAYS.index(first.lower())) % 7 == 1
    one, other = ("d1", "d2") if groups.get("d1") else ("y1", "y")
    ends = [re.sub(r"\D", "", groups.get(key) or "") for key in (one, other)]
    return groups.get("m2") is None and all(ends) and int(ends[1]) - int(ends[0]) == 1


def _weekday(groups: Groups, setting: Setting, _: str) -> Value:
    number, reference = DAYS.index(str(groups["w"])), setting.reference
    modifier = (
        re.sub(r"\s+", " ", groups["mod"] or "")
        .replace("the previous", "last")
        .replace("the following", "next")
    )
    if reference is None:
        return Value(Interval(None, None, "day"), "unresolved")
    if groups.get("of"):
        shift = {"last": -7, "next": 7}.get(str(groups["of"]).replace("of ", "").split()[0], 0)
        return Value(cal.day(_in_week(reference + timedelta(days=shift), number)), "relative")
    tense: Tense = "past" if setting.prefix == "since" or modifier == "this past" else "unknown"
    if tense == "unknown" and modifier in {"", "this past"}:
        tense = setting.tense()
        if setting.prefix == "for" or (setting.prefix == "by" and tense != "past"):
            tense = "future"  # "a rally called for Sunday"
    modifier = "" if modifier == "this past" else modifier
    return Value(cal.day(cal.nearest_weekday(reference, number, tense, modifier)), "relative")


def _in_week(value: date, number: int) -> date:
    return value - timedelta(days=value.weekday() - number)


def _weekday_range(groups: Groups, setting: Setting, _: str) -> Value | None:
    if not _is_range(groups, setting):
        return None
    if setting.reference is None:
        return UNRESOLVED
    first, last = DAYS.index(str(groups["w1"])), DAYS.index(str(groups["w2"]))
    tense = setting.tense()
    if tense == "future":
        start = cal.nearest_weekday(setting.reference, first, "future", "")
        return Value(Interval(start, start + timedelta(days=(last - first) % 7), "day"), "relative", "during")
    end = cal.nearest_weekday(setting.reference, last, "past", "")
    return Value(Interval(end - timedelta(days=(last - first) % 7), end, "day"), "relative", "during")


def _iso(groups: Groups, _: Setting, __: str) -> Value:
    return Value(cal.day(date.fromisoformat(str(groups["iso"]))), "explicit")


def _dotted(groups: Groups, _: Setting, __: str) -> Value | None:
    found = cal.safe_date(int(str(groups["y"])), int(str(groups["mm"])), int(str(groups["d"])))
    return Value(cal.day(found), "explicit") if found else None


def _decade(groups: Groups, _: Setting, __: str) -> Value:
    whole = cal.unit_interval(date(int(str(groups["dec"])), 1, 1), "decade")
    return Value(cal.part_of(whole, groups["part"] or ""), "explicit")


def _year_range(groups: Groups, setting: Setting, _: str) -> Value | None:
    first, last = int(str(groups["y1"])), int(str(groups["y"]))
    if first >= last or not _is_range(groups, setting) or not setting.prefix:
        return None
    return Value(Interval(date(first, 1, 1), date(last, 12, 31), "year"), "explicit", "during")


def _short_range(groups: Groups, _: Setting, __: str) -> Value | None:
    """1992-95; a second number that could be a month is none."""
    first, short = int(str(groups["y1"])), int(str(groups["y2"]))
    if short <= 12 or short <= first % 100:
        return None
    last = first // 100 * 100 + short
    return Value(Interval(date(first, 1, 1), date(last, 12, 31), "year"), "explicit", "during")


def _slashed(groups: Groups, _: Setting, __: str) -> Value | None:
    """6/6/2022, 31/5/2022 or 5/31/2022; where day and month could be either, nothing."""
    first, second, y = int(str(groups["d"])), int(str(groups["mm"])), int(str(groups["y"]))
    if first != second and first <= 12 and second <= 12:
        return None
    d, m = (second, first) if second > 12 else (first, second)
    found = cal.safe_date(y, m, d)
    return Value(cal.day(found), "explicit") if found else None


def _season_year(groups: Groups, _: Setting, __: str) -> Value:
    return Value(cal.season(str(groups["season"]), int(str(groups["y"]))), "explicit")


def _year(groups: Groups, setting: Setting, _: str) -> Value | None:
    if not groups["part"] and not setting.prefix:
        return None
    return Value(cal.part_of(cal.year(int(str(groups["y"]))), groups["part"] or ""), "explicit")


_RULES: Final[dict[str, Callable[[Groups, Setting, str], Value | None]]] = {
    "range_md": _range,
    "range_dm": _range,
    "range_mdmd": _range,
    "range_dmdm": _range,
    "range_mm": _range,
    "date_dm": _month_day,
    "date_md": _month_day,
    "month": _month,
    "range_ww": _weekday_range,
    "weekday": _weekday,
    "iso": _iso,
    "dotted": _dotted,
    "decade": _decade,
    "range_yy": _year_range,
    "years_short": _short_range,
    "slashed": _slashed,
    "season_year": _season_year,
    "year": _year,
    **RULES,
}
