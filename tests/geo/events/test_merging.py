"""Reports that mean the same thing are one event, and only those."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from geo.events import merge
from tests.geo.events.texts import parse
from tests.work import lines

if TYPE_CHECKING:
    from geo.types import Event

SHORT = date(2014, 4, 16)


def documents(texts: list[str], *mentions: str, day: date = SHORT) -> list[Event]:
    return [
        event for i, text in enumerate(texts) for event in parse(text, *mentions, day=day, name=f"doc{i}")
    ]


def test_many_reports_of_one_abduction_are_one_event() -> None:
    verbs = ("abducted", "kidnapped", "seized and abducted")
    who = ("Gunmen", "Militants", "Armed men", "Suspected insurgents")
    when = ("on Monday", "on Monday night", "on 14 April", "on April 14, 2014")
    texts = [
        f"{who[i % 4]} {verbs[i % 3]} more than {200 + i % 50} girls in Chibok {when[i % 4]}."
        for i in range(366)
    ]
    merged = [event for event in merge(documents(texts, "Chibok|L")) if event.type == "detention"]
    assert len(merged) == 1
    assert len({report.document for report in merged[0].reports}) == 366
    assert any(reason.startswith("merged") for reason in merged[0].reasons)


def test_two_strikes_with_different_targets_stay_two() -> None:
    found = documents(
        ["Jets bombed a school in Aden on Monday.", "Jets bombed an airport in Aden on Monday."], "Aden|L"
    )
    assert len(merge(found)) == 2


def test_two_days_stay_two() -> None:
    found = documents(["Rebels shelled Aden on Monday.", "Rebels shelled Aden on Tuesday."], "Aden|L")
    assert len(merge(found)) == 2


def test_a_claim_and_its_denial_are_one_contested_event() -> None:
    texts = [
        "Rebels said on Monday they had captured Aden.",
        "The army denied that rebels had captured Aden on Monday.",
    ]
    (event,) = [event for event in merge(documents(texts, "Aden|L")) if event.type == "control_change"]
    assert event.standing == "contested"
    assert {report.status for report in event.reports} == {"claimed", "denied"}


def test_a_plan_is_not_the_deed() -> None:
    texts = ["Rebels shelled Aden on Monday.", "Rebels threatened to shell Aden on Monday."]
    assert len(merge(documents(texts, "Aden|L"))) == 2


def test_conflicting_numbers_are_kept() -> None:
    texts = ["The quake killed 33 people in Aden on Monday.", "The quake killed 35 people in Aden on Monday."]
    (event,) = merge(documents(texts, "Aden|L"))
    assert {q.low for q in event.quantities} == {33.0, 35.0}


def test_nothing_merges_to_nothing() -> None:
    assert merge([]) == []


def test_cost_does_not_grow_with_the_square() -> None:
    base = documents(["Rebels shelled Aden on Monday."], "Aden|L")[0]

    def many(count: int) -> list[Event]:
        result = []
        for i in range(count):
            place = base.places[0].place
            assert place is not None
            moved = replace(place, id=f"gold:{i % (count // 4)}")
            result.append(replace(base, id=str(i), places=(replace(base.places[0], place=moved),)))
        return result

    spent = []
    for count in (500, 2_000):
        events = many(count)
        assert len(merge(events)) == count // 4
        spent.append(lines(partial(merge, events)))
    assert spent[1] < 8 * spent[0]  # 16 if it grew with the square


def test_a_place_and_the_area_around_it_meet_where_a_number_tells_of_both() -> None:
    texts = [
        "Gunmen abducted 276 girls in Chibok on Monday.",
        "Gunmen abducted 276 girls in Borno on Monday.",
    ]
    mentions = (("Chibok|L|town|Borno|NG",), ("Borno|L|admin1||NG",))
    found = [event for i in (0, 1) for event in parse(texts[i], *mentions[i], day=SHORT, name=f"doc{i}")]
    (event,) = merge(found)
    assert any("lies in the other" in reason for reason in event.reasons)
    apart = parse(
        "Gunmen abducted 40 girls in Borno on Monday.", "Borno|L|admin1||NG", day=SHORT, name="doc2"
    )
    assert len(merge([*found[:1], *apart])) == 2


def test_an_explosion_is_the_strike_of_another_report() -> None:
    texts = ["A missile hit Aden on Monday.", "A blast shook Aden on Monday."]
    (event,) = merge(documents(texts, "Aden|L"))
    assert any("same family" in reason for reason in event.reasons)


def test_a_strike_is_no_shelling_of_another_report() -> None:
    texts = ["Jets bombed Aden on Monday.", "Rebels shelled Aden on Monday."]
    assert len(merge(documents(texts, "Aden|L"))) == 2


def test_numbers_that_differ_are_said_to() -> None:
    texts = ["The quake killed 33 people in Aden on Monday.", "The quake killed 35 people in Aden on Monday."]
    (event,) = merge(documents(texts, "Aden|L"))
    assert "numbers differ: 33 and 35 (killed)" in event.reasons


def test_sources_and_sides_are_counted_once() -> None:
    texts = [
        "Rebels shelled Aden on Monday, Russian officials said.",
        "Rebels shelled Aden on Monday, Russian officials said.",
        "Rebels shelled Aden on Monday, the Iranian army said.",
    ]
    (event,) = merge(documents(texts, "Aden|L"))
    assert (len(event.reports), event.sources, event.sides) == (3, 2, ("RU", "IR"))


def test_one_long_document_costs_no_more_per_sentence_than_a_short_one() -> None:
    spent = []
    for times in (15, 60):
        text = "Rebels shelled Aden on Monday, killing 12 people. Jets bombed Sanaa on Tuesday. " * times
        mentions = ["Aden|L", "Sanaa|L"] * times
        spent.append(lines(partial(parse, text, *mentions, day=SHORT)))
    assert spent[1] < 8 * spent[0]  # 16 if it grew with the square


VOTES = (
    "The General Assembly condemned the annexation on Wednesday with 143 votes for, five against and 35 abstentions.",
    "The General Assembly condemned the annexation on Wednesday; 33 abstentions were counted.",
)


def test_two_counts_of_one_vote_stay_side_by_side() -> None:
    (event,) = [event for event in merge(documents(list(VOTES))) if event.type == "condemnation"]
    counts = [(q.what, q.low) for q in event.quantities]
    assert counts == [("votes", 143), ("votes_against", 5), ("abstentions", 35), ("abstentions", 33)]
    assert "numbers differ: 33 and 35 (abstentions)" in event.reasons


def test_acts_without_a_place_meet_only_by_the_same_actor_and_day() -> None:
    texts = [
        "Denmark condemned the annexation on Monday.",
        "Italy condemned the annexation on Monday.",
        "Denmark condemned the annexation on Tuesday.",
    ]
    assert len([event for event in merge(documents(texts)) if event.type == "condemnation"]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Rebels said they had captured Aden on Monday. The army denied that it had lost the town.",
        "Rebels said they had captured Aden on Monday. The army denied the claim.",
        "Rebels said they had captured Aden on Monday; the government rejected the report.",
    ],
)
def test_a_claim_denied_in_the_same_text_is_contested(text: str) -> None:
    (event,) = [event for event in parse(text, "Aden|L", day=SHORT) if event.type == "control_change"]
    assert (event.status, event.standing) == ("claimed", "contested")
    assert [report.status for report in event.reports] == ["claimed", "denied"]


@pytest.mark.parametrize(
    "text",
    [
        "The army denied the claim.",
        "Jets bombed Aden. The army denied responsibility.",
        "Rebels said they had captured Aden. The army denied the claim that it was weak.",
    ],
)
def test_what_is_no_denial_of_a_claim(text: str) -> None:
    found = parse(text, *(["Aden|L"] if "Aden" in text else []), day=SHORT)
    assert all(report.status != "denied" for event in found for report in event.reports)


@pytest.mark.parametrize(
    "text",
    [
        "A missile struck a power station in Aden on Monday. Later on Monday a missile hit a block of flats in Aden.",
        "A missile struck Aden on Monday. Another missile struck Aden on Monday.",
        "Gunmen killed two farmers on Monday. Elsewhere, gunmen killed a teacher on Monday.",
        "A convoy was ambushed on Monday. In a separate attack, a convoy was ambushed on Monday.",
    ],
)
def test_two_incidents_of_one_paragraph_stay_two(text: str) -> None:
    found = parse(text, *(["Aden|L"] * text.count("Aden")), day=SHORT)
    types = [event.type for event in found]
    assert max(types.count(name) for name in types) == 2


def test_the_raid_just_told_of_is_the_same_event() -> None:
    text = "Jets bombed a camp near Aden on Monday. The rebels said the raid had hit a school."
    found = [event for event in parse(text, "Aden|L", day=SHORT) if event.type in {"strike", "clash"}]
    assert [(event.type, len(event.reports)) for event in found] == [("strike", 2)]


@pytest.mark.parametrize(
    ("text", "mentions", "wanted"),
    [
        (
            "A plane flew 40 prisoners from Aden to Sanaa on Monday.",
            ["Aden|L", "Sanaa|L"],
            [{("from", "Aden"), ("to", "Sanaa")}],
        ),
        (
            "Families reached Aden on foot; others crossed into Oman.",
            ["Aden|L", "Oman|L|country"],
            [{("to", "Aden")}, {("to", "Oman")}],
        ),
        (
            "Rebels freed 16 hostages in Aden, and the army freed 30 prisoners in Taiz.",
            ["Aden|L", "Taiz|L"],
            [{("at", "Aden")}, {("at", "Taiz")}],
        ),
        (
            "Pakistan has sent 9,000 Afghans home since May.",
            ["Pakistan|M|country||PK"],
            [{("from", "Pakistan")}],
        ),
        (
            "Boats took people out of Aden to Djibouti.",
            ["Aden|L", "Djibouti|L"],
            [{("from", "Aden"), ("to", "Djibouti")}],
        ),
        ("Troops left Aden for Taiz on Monday.", ["Aden|L", "Taiz|L"], [{("from", "Aden"), ("to", "Taiz")}]),
    ],
)
def test_movements_have_origin_and_destinations(
    text: str, mentions: list[str], wanted: list[set[tuple[str, str]]]
) -> None:
    found = [event for event in parse(text, *mentions, day=SHORT) if event.places]
    assert [{(place.role, place.text) for place in event.places} for event in found] == wanted
