"""Reports that mean the same thing are one event, and only those."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import TYPE_CHECKING

from geo.events import merge
from tests.geo.events.texts import parse

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
        from dataclasses import replace

        result = []
        for i in range(count):
            place = base.places[0].place
            assert place is not None
            moved = replace(place, id=f"gold:{i % (count // 4)}")
            result.append(replace(base, id=str(i), places=(replace(base.places[0], place=moved),)))
        return result

    spent = []
    for count in (2_000, 8_000):
        events = many(count)
        begin = process_time()
        assert len(merge(events)) == count // 4
        spent.append(process_time() - begin)
    assert spent[1] < 12 * spent[0] + 0.2
