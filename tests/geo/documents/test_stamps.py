from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.documents.stamps import as_date, date_in_url, find_stamp

DAY = date(2021, 6, 9)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2021, 6, 9, 23, 59),
        "2021-06-09",
        "20210609",
        "2021-06-09T23:30:00-11:00",
        "2021-06-09T08:00:00Z",
        "Wed, 09 Jun 2021 23:30:00 -0700",
        "9 June 2021",
        "Wednesday, 9th June 2021",
        "June 9, 2021",
        "Jun. 9, 2021, 10:15",
    ],
)
def test_one_day_in_many_forms(value: object) -> None:
    assert as_date(value) == DAY


@pytest.mark.parametrize(
    "value", ["", None, "soon", "2021", 2021, "06/09/2021", "31 June 2021", "2021-13-01", [], {}]
)
def test_what_is_no_full_or_no_sure_date(value: object) -> None:
    assert as_date(value) is None


def test_day_and_month_are_told_apart_where_only_one_reading_is_a_date() -> None:
    assert as_date("25/10/2022") == as_date("10/25/2022") == date(2022, 10, 25)
    assert as_date("3.3.2022") == date(2022, 3, 3)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_iso_dates_read_back(day: date) -> None:
    assert as_date(day.isoformat()) == day
    assert as_date(f"{day:%B} {day.day}, {day:%Y}") == day


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert as_date(text) is None or isinstance(as_date(text), date)
    find_stamp(text)
    date_in_url(text)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("date 2021-06-09 Roads were closed.", "text"),
        ("Published: 9 June 2021\nRoads were closed.", "text"),
        ("  Updated on 9 June 2021 at 10:15 GMT\n\nRoads were closed.", "text"),
        ("A headline\nJune 9, 2021 | 10:15\n\nRoads were closed.", "text"),
        ("A headline\nWednesday, 9 June 2021\nRoads were closed.", "text"),
        ("Roads were closed.\n\nPublished 2021-06-09", "text"),
        ("Roads were closed. date 2021-06-09\n", "text"),
        ("2021-06-09\nRoads were closed.", "text"),
        ("BEEK, Aland, June 9, 2021 (Agency) - Roads were closed.", "dateline"),
    ],
)
def test_stand_alone_dates(text: str, basis: str) -> None:
    stamp = find_stamp(text)

    assert stamp is not None
    assert (stamp.day, stamp.basis) == (DAY, basis)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Roads were closed.",
        "On 9 June 2021 roads were closed.",
        "Posted on 9 June 2021, a video shows closed roads.",
        "The treaty dated 9 June 2021 was signed. It holds.",
        "Roads were closed on 9 June 2021.",
        "Roads were closed in June 2021.",
        "date 2021-06-31 Roads were closed.",
        "Roads were closed. " * 40 + "date 2021-06-09 " + "Roads were closed. " * 40,
    ],
)
def test_dates_in_the_prose_do_not_count(text: str) -> None:
    assert find_stamp(text) is None


def test_the_prose_begins_behind_a_leading_date() -> None:
    text = "date 2021-06-09 Roads were closed."
    stamp = find_stamp(text)

    assert stamp is not None
    assert text[stamp.end :].strip() == "Roads were closed."


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://paper.example/2021/06/09/roads", DAY),
        ("https://paper.example/news/2021-6-9-roads", DAY),
        ("https://paper.example/2021/06/roads", None),
        ("https://paper.example/2021/13/09/roads", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_in_addresses(url: str | None, day: date | None) -> None:
    assert date_in_url(url) == day


@pytest.mark.parametrize(
    "text",
    [
        "Army loses town\n\nPORT SUDAN, Oct 27 2025 (Agency) — Troops left.",
        "Storm nears\nBy a reporter\nManila (Monday, 27 October 2025) — Rain fell.",
        "KAMPALA | 27 October 2025 | Police came.",
    ],
)
def test_a_dateline_under_the_headline_says_when(text: str) -> None:
    stamp = find_stamp(text)
    assert stamp is not None
    assert (stamp.day, stamp.basis) == (date(2025, 10, 27), "dateline")
