"""Time phrases: the published list, our own, and what must hold for every text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import find_times, to_edtf
from geo.types import Document, TimeSpan

THURSDAY = date(2022, 10, 13)

# what the sheet of 25 phrases asks for; ".." is an open end, "" abstention
LISTED = [
    ("The attack took place on Tuesday.", "2022-10-11"),
    ("He said on Thursday that it was over.", "2022-10-13"),
    ("The town fell yesterday.", "2022-10-12"),
    ("The town fell last Friday.", "2022-10-07"),
    ("The town fell two weeks ago.", "2022-09-29"),
    ("The depot was hit early on Monday.", "2022-10-10"),
    ("The depot was hit overnight.", "2022-10-12/2022-10-13"),
    ("The depot was hit over the weekend.", "2022-10-08/2022-10-09"),
    ("They will be delivered in the coming days.", "2022-10-14/.."),
    ("It happened last week.", "2022-10-03/2022-10-09"),
    ("They will meet next week.", "2022-10-17/2022-10-23"),
    ("It happened last month.", "2022-09"),
    ("It was taken in late September.", "2022-09-21/2022-09-30"),
    ("It was signed on September 30.", "2022-09-30"),
    ("He signed it on 5 October.", "2022-10-05"),
    ("War has raged since February 24.", "2022-02-24/.."),
    ("Votes were held from September 23 to 27.", "2022-09-23/2022-09-27"),
    ("Votes were held between 23 and 27 September.", "2022-09-23/2022-09-27"),
    ("It was taken in March 2014.", "2014-03"),
    ("It was taken earlier this year.", "2022-01-01/2022-10-13"),
    ("They want to retake it by the end of this year.", "../2022-12-31"),
    ("It was hit in the past 24 hours.", "2022-10-12/2022-10-13"),
    ("The order came a day after the fall of the town.", ""),
    ("They had left the day before.", ""),
    ("They have fought for several weeks.", ""),
]

OWN = [
    ("The ministers will meet on Saturday.", "2022-10-15"),
    ("Residents were told to leave by Sunday.", "../2022-10-16"),
    ("The buses are due on Friday.", "2022-10-14"),
    ("The convoy left on Friday.", "2022-10-07"),
    ("Police fired tear gas on Wednesday night.", "2022-10-12"),
    ("On Monday, gunmen stormed the hotel.", "2022-10-10"),
    ("Voting will begin next Friday.", "2022-10-21"),
    ("The summit opens this Friday.", "2022-10-14"),
    ("The vote is planned for November 4.", "2022-11-04"),
    ("He was killed on 3 June 2019.", "2019-06-03"),
    ("He was killed on June 3rd, 2019.", "2019-06-03"),
    ("The ship sank on Tuesday, October 4.", "2022-10-04"),
    ("The blast of 2022-08-09 killed one.", "2022-08-09"),
    ("It was signed on 30.09.2022 in the capital.", "2022-09-30"),
    ("The strikes of October 10 and 11 hit the grid.", "2022-10-10/2022-10-11"),
    ("The truce held from 2 to 9 April 2022.", "2022-04-02/2022-04-09"),
    ("It lasted from August 30 to September 4.", "2022-08-30/2022-09-04"),
    ("It rained between March and May 2021.", "2021-03-01/2021-05-31"),
    ("The siege of 2014 was long.", "2014"),
    ("It has been occupied since 2014.", "2014-01-01/.."),
    ("It lasted from 1992 to 1995.", "1992-01-01/1995-12-31"),
    ("They fought in the 1990s.", "1990-01-01/1999-12-31"),
    ("Prices rose in early 2022.", "2022-01-01/2022-04-30"),
    ("The dam was built in the late 1970s.", "1977-01-01/1979-12-31"),
    ("The offensive began at the end of August.", "2022-08-21/2022-08-31"),
    ("The offensive began in mid-July.", "2022-07-11/2022-07-20"),
    ("An election is expected in December.", "2022-12"),
    ("The last election was held in December.", "2021-12"),
    ("Rain fell in May.", "2022-05"),
    ("It had burned since Tuesday.", "2022-10-11/.."),
    ("The curfew will last until Monday.", "../2022-10-17"),
    ("The deal expires at the end of this month.", "2022-10-21/2022-10-31"),
    ("They arrived three days ago.", "2022-10-10"),
    ("They arrived two months ago.", "2022-08"),
    ("They arrived two years ago.", "2020"),
    ("Less than two weeks ago the treaty was signed.", "2022-09-29/2022-10-13"),
    ("It was shelled this morning.", "2022-10-13"),
    ("Talks will resume tomorrow.", "2022-10-14"),
    ("It was bombed the day before yesterday.", "2022-10-11"),
    ("More rain is expected later this week.", "2022-10-13/2022-10-16"),
    ("It was quiet last weekend.", "2022-10-08/2022-10-09"),
    ("They will withdraw within 30 days.", "2022-10-13/2022-11-12"),
    ("The law takes force next month.", "2022-11"),
    ("It was the worst attack in the past three months.", "2022-07-13/2022-10-13"),
    ("It was the driest in the last year.", "2021-10-13/2022-10-13"),
    ("The dam was breached last night.", "2022-10-12/2022-10-13"),
    ("Fires spread in the summer of 2021.", "2021-06-01/2021-08-31"),
    ("They will return by the end of November.", "../2022-11-30"),
    ("Ships had left before August 1.", "../2022-07-31"),
    ("The city fell on Monday. The next day rebels hoisted a flag.", "2022-10-10 2022-10-11"),
    ("The city fell on Monday. Two days later it was retaken.", "2022-10-10 2022-10-12"),
    ("He stayed for three weeks.", ""),
    ("They met weeks later.", ""),
    ("It took more than 400 lives in less than a week.", ""),
    ("In recent weeks the front has moved.", "../2022-10-13"),
]

# written after the rules: 37 of 44 were right at first
FRESH = [
    ("Gunmen struck shortly after midnight on Wednesday.", "2022-10-12"),
    ("The bridge fell in the early hours of Tuesday.", "2022-10-11"),
    ("It was hit twice on Monday and Tuesday.", "2022-10-10/2022-10-11"),
    ("The vote runs from Friday to Sunday.", "2022-10-14/2022-10-16"),
    ("He fled the country at the weekend.", "2022-10-08/2022-10-09"),
    ("They were freed on the night of October 9.", "2022-10-09"),
    ("The ban takes effect on 1 January.", "2023-01-01"),
    ("The ban took effect on 1 January.", "2022-01-01"),
    ("A second round is set for 30 October.", "2022-10-30"),
    ("The army took the town on 30 October.", "2021-10-30"),
    ("Fighting broke out in mid-September.", "2022-09-11/2022-09-20"),
    ("The lake has shrunk since the early 1990s.", "1990-01-01/.."),
    ("Rebels had held the port since last November.", "2021-11-01/.."),
    ("The talks ended earlier this month.", "2022-10-01/2022-10-13"),
    ("More ships will sail later this month.", "2022-10-13/2022-10-31"),
    ("It rained throughout September.", "2022-09"),
    ("She was arrested last Wednesday night.", "2022-10-12"),
    ("Nine people were killed the previous day.", ""),
    ("He was shot on Tuesday. The following morning the city was quiet.", "2022-10-11 2022-10-12"),
    ("Three weeks later they signed a truce.", ""),
    ("The deadline is Friday at noon.", "2022-10-14"),
    ("The strike began 10 days ago.", "2022-10-03"),
    ("Some 300 were detained in the last 48 hours.", "2022-10-11/2022-10-13"),
    ("The coup of February 1, 2021, ended that.", "2021-02-01"),
    ("It was signed in the spring of 1999.", "1999-03-01/1999-05-31"),
    ("The siege lasted from May 2 to June 11.", "2022-05-02/2022-06-11"),
    ("The war of 1992-95 killed 100,000.", "1992-01-01/1995-12-31"),
    ("In the first half of August the river rose.", "2022-08-01/2022-08-15"),
    ("Talks are expected in the next few days.", "2022-10-14/.."),
    ("Troops will be home before Christmas.", ""),
    ("Elections will be held within three months.", "2022-10-13/2023-01-13"),
    ("By Wednesday evening 40 bodies had been found.", "../2022-10-12"),
    ("Until Monday the road was open.", "../2022-10-10"),
    ("They struck again on Thursday morning.", "2022-10-13"),
    ("The quake hit at 3.17 a.m. on 8 September.", "2022-09-08"),
    ("Protests began on Sept. 16.", "2022-09-16"),
    ("The convoy left at dawn yesterday.", "2022-10-12"),
    ("Voters go to the polls next month.", "2022-11"),
    ("The town was shelled again on Monday, a day after a truce.", "2022-10-10"),
    ("He returned to power in 2014 after a decade in exile.", "2014"),
    ("A year ago today the capital fell.", "2021-10-13"),
    ("The dam was destroyed on 6/6/2022.", "2022-06-06"),
    ("The camp was hit at around 2200 on Saturday.", "2022-10-08"),
    ("About 2,000 people died in 2005 and 2006.", "2005-01-01/2006-12-31"),
]

NONE = [
    "He may resign.",
    "Rebels march on the capital.",
    "It took a second.",
    "Some 2000 people were hurt.",
    "The Sunday Times reported it.",
    "An august assembly met.",
    "The two sides met for a second time.",
    "Theresa May said no.",
]


def written(text: str, reference: date | None = THURSDAY) -> str:
    return " ".join(to_edtf(time) for time in find_times(Document("d", text, date=reference)))


def test_listed_phrases() -> None:
    wrong = [(text, wanted, written(text)) for text, wanted in LISTED if written(text) != wanted]
    assert len(LISTED) == 25
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(("text", "wanted"), [*OWN, *FRESH])
def test_own_phrases(text: str, wanted: str) -> None:
    assert written(text).strip() == wanted


def test_there_are_enough_own_phrases() -> None:
    assert len(OWN) >= 40


@pytest.mark.parametrize("text", NONE)
def test_what_looks_like_a_time_and_is_none(text: str) -> None:
    assert find_times(Document("d", text, date=THURSDAY)) == []


@pytest.mark.parametrize("text", [text for text, _ in (*LISTED, *OWN, *FRESH)])
def test_without_a_date_nothing_is_invented(text: str) -> None:
    for time in find_times(Document("d", text)):
        if time.basis != "explicit":
            assert (time.start, time.end) == (None, None)
            assert time.text


def test_an_abstaining_phrase_keeps_its_words() -> None:
    (time,) = find_times(Document("d", "They have fought for several weeks.", date=THURSDAY))
    assert (time.basis, time.text, time.start, time.end) == ("unresolved", "for several weeks", None, None)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("since Monday", "since"),
        ("until Monday", "until"),
        ("by Monday", "by"),
        ("after Monday", "after"),
        ("before Monday", "before"),
        ("on Monday", "at"),
    ],
)
def test_the_preposition_gives_the_relation(text: str, relation: str) -> None:
    (time,) = find_times(Document("d", f"They left {text}.", date=THURSDAY))
    assert time.relation == relation


def test_front_matter_is_not_read() -> None:
    text = "date: 2020-01-01\n\nIt fell on 2 May 2021."
    times = find_times(Document("d", text, date=THURSDAY, body_start=18))
    assert [to_edtf(time) for time in times] == ["2021-05-02"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "No time here."])
def test_texts_without_times(text: str) -> None:
    assert find_times(Document("d", text, date=THURSDAY)) == []


@given(
    st.lists(st.sampled_from([text for text, _ in (*LISTED, *OWN)] + NONE), max_size=4),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
def test_spans_hold_the_words(parts: list[str], reference: date) -> None:
    text = " ".join(parts)
    for time in find_times(Document("d", text, date=reference)):
        assert time.span is not None
        assert text[time.span[0] : time.span[1]] == time.text
        assert time.start is None or time.end is None or time.start <= time.end


@given(st.text(alphabet="0123456789 .-/onMTay,ber'sJuMrch", max_size=60))
def test_any_text_is_survived(text: str) -> None:
    find_times(Document("d", text, date=THURSDAY))


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (date(2022, 9, 1), date(2022, 9, 30), "2022-09"),
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2022, 9, 1), date(2022, 9, 1), "2022-09-01"),
        (None, date(2022, 9, 1), "../2022-09-01"),
        (date(2022, 9, 1), None, "2022-09-01/.."),
        (None, None, ""),
    ],
)
def test_edtf(start: date | None, end: date | None, wanted: str) -> None:
    assert to_edtf(TimeSpan(start, end, "day", "at", "explicit")) == wanted
