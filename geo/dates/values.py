"""What each pattern of the grammar means: from a match to an interval of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.dates import calendar as cal
from geo.dates.calendar import Interval
from geo.dates.grammar import DAYS, count, month_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.dates.tense import Tense

OPEN: Final = Interval(None, None, "unknown")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is reckoned from.

    ``reference`` is the document's date or None; ``tense`` tells the governing verb's tense when asked (it
    costs a look at the sentence); ``anchor`` is the last day named before in the text, or None.
    """

    reference: date | None
    tense: Callable[[], Tense]
    anchor: date | None = None
    prefix: str = ""


class Value(NamedTuple):
    """An interval with how it was found; ``relation`` is "" where the preposition decides."""

    interval: Interval
    basis: str
    relation: str = ""


UNRESOLVED: Final = Value(OPEN, "unresolved")
Groups = dict[str, str | None]


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
    return joint != "and" or setting.prefix == "between"


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
        tense = "future" if setting.prefix == "by" and setting.tense() != "past" else setting.tense()
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


def _season_year(groups: Groups, _: Setting, __: str) -> Value:
    return Value(cal.season(str(groups["season"]), int(str(groups["y"]))), "explicit")


def _year(groups: Groups, setting: Setting, _: str) -> Value | None:
    if not groups["part"] and not setting.prefix:
        return None
    return Value(cal.part_of(cal.year(int(str(groups["y"]))), groups["part"] or ""), "explicit")


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
    "season_year": _season_year,
    "year": _year,
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
