"""What an event holds: places with roles, who says so, how certain, how many."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import dates, events, ontology
from geo.types import Document, Event
from tests.geo.events.texts import parse, records


def one(text: str, *mentions: str, kind: str) -> Event:
    (event,) = [event for event in parse(text, *mentions) if event.type == kind]
    return event


def roles(event: Event) -> set[tuple[str, str]]:
    return {(place.role, place.text) for place in event.places}


def test_an_enumeration_is_one_event_each() -> None:
    found = parse("Rebels shelled Aden, Taiz and Lahij.", "Aden|L", "Taiz|L", "Lahij|L")
    assert [roles(event) for event in found] == [{("at", "Aden")}, {("at", "Taiz")}, {("at", "Lahij")}]


def test_a_movement_is_one_event_with_origin_and_all_destinations() -> None:
    event = one(
        "Some 300 people were evacuated from Aden to Taiz and Lahij.",
        "Aden|L",
        "Taiz|L",
        "Lahij|L",
        kind="evacuation",
    )
    assert roles(event) == {("from", "Aden"), ("to", "Taiz"), ("to", "Lahij")}
    assert [(q.what, q.low, q.bound) for q in event.quantities] == [("evacuated", 300.0, "about")]


def test_the_area_that_holds_the_place_is_left_out() -> None:
    event = one(
        "Troops captured Aden in the Yafa region.", "Aden|L|city|Yafa", "Yafa|L|region", kind="control_change"
    )
    assert roles(event) == {("at", "Aden")}


def test_a_metonym_is_no_place() -> None:
    event = one("Ankara condemned the attack.", "Ankara|M|city||TR", kind="condemnation")
    assert event.places == ()


def test_where_missiles_come_from_is_not_where_they_hit() -> None:
    event = one("Missiles fired from Aden hit Taiz.", "Aden|L", "Taiz|L", kind="strike")
    assert ("at", "Taiz") in roles(event)
    assert ("at", "Aden") not in roles(event)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Troops captured Aden.", "happened"),
        ("The rebels said they had captured Aden.", "claimed"),
        ("The army admitted that rebels had captured Aden.", "happened"),
        ("The United Nations said rebels had captured Aden.", "happened"),
        ("The army denied that rebels had captured Aden.", "denied"),
        ("Troops plan to capture Aden.", "planned"),
        ("Troops will capture Aden.", "planned"),
        ("The general threatened to capture Aden.", "threatened"),
        ("The general called on troops to capture Aden.", "called_for"),
        ("Troops may capture Aden.", "hypothetical"),
        ("If troops capture Aden, the war ends.", "hypothetical"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert one(text, "Aden|L", kind="control_change").status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Floods in Goma on 4 May cut roads.", "happened"),
        ("Floods in Goma on May 4 cut roads.", "happened"),
        ("Floods in Goma in May cut roads.", "happened"),
        ("Floods in Goma may cut roads.", "hypothetical"),
    ],
)
def test_the_month_of_may_makes_nothing_doubtful(text: str, status: str) -> None:
    assert one(text, "Goma|L", kind="flood").status == status


@pytest.mark.parametrize(
    "text",
    [
        "Troops did not capture Aden.",
        "Troops have never captured Aden.",
        "Troops failed to capture Aden.",
        "The army declined to say that rebels had captured Aden.",
    ],
)
def test_a_negated_clause_is_no_event(text: str) -> None:
    assert [event for event in parse(text, "Aden|L") if event.type == "control_change"] == []


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("The Turkish defence ministry said rebels had shelled Aden.", "Turkish defence ministry", "TR"),
        ("Rebels shelled Aden, the Turkish defence ministry said.", "Turkish defence ministry", "TR"),
        ("According to the Turkish defence ministry, rebels shelled Aden.", "Turkish defence ministry", "TR"),
        ('"Rebels shelled Aden," said General Ali Demir.', "General Ali Demir", None),
        ("General Ali Demir, the army chief, said rebels had shelled Aden.", "General Ali Demir", None),
        (
            'General Ali Demir spoke to reporters. General Demir said it was bad. "They shelled Aden again."',
            "General Demir",
            None,
        ),
    ],
)
def test_who_says_so(text: str, name: str, side: str | None) -> None:
    source = one(text, "Aden|L", kind="shelling").source
    assert source is not None
    assert name in source.name
    assert source.side == side


def test_an_agency_that_quotes_is_in_the_chain() -> None:
    event = one(
        "Anadolu news agency quoted the governor as saying that rebels had shelled Aden.",
        "Aden|L",
        kind="shelling",
    )
    assert event.source is not None
    assert event.source.name == "governor"
    assert event.source.chain == ("Anadolu news agency",)


def test_a_pronoun_stands_for_the_last_speaker() -> None:
    event = one("The governor spoke on Monday. He said rebels had shelled Aden.", "Aden|L", kind="shelling")
    assert event.source is None or event.source.name == "governor"


def test_mutual_accusations_are_contested() -> None:
    event = one(
        "Baku and Yerevan accused each other of shelling Aghdam.",
        "Baku|M",
        "Yerevan|M",
        "Aghdam|L",
        kind="shelling",
    )
    assert (event.status, event.standing) == ("claimed", "contested")


def test_a_definite_noun_finds_its_place() -> None:
    found = parse(
        "Engineers inspected the Koeberg plant. Shells damaged the plant on Monday.", "Koeberg|L|facility"
    )
    (event,) = [event for event in found if event.type == "infrastructure_damage"]
    assert [place.text for place in event.places] == ["Koeberg"]
    assert "the plant" in event.places[0].reason


def test_an_event_without_a_place_stays_unplaced() -> None:
    found = parse("The ministers met in Aden. Parliament has approved the prisoner exchange.", "Aden|L")
    assert all(event.places == () for event in found if event.type == "prisoner_exchange")


def test_glued_words_still_trigger() -> None:
    event = one("The half-island of Timorannexed in 1976 was quiet.", "Timor|L|region", kind="annexation")
    assert event.when is not None
    assert str(event.when.start) == "1976-01-01"


@pytest.mark.parametrize(
    "text", ["", "\n", "Nothing happened.", "“", "the the the", "said said said", "to to to evacuate"]
)
def test_odd_texts(text: str) -> None:
    assert isinstance(parse(text), list)


def test_two_readings_are_the_same() -> None:
    for record in records()[:20]:
        first, second = (parse(record["text"], *record["mentions"]) for _ in range(2))
        assert first == second
        assert len({event.id for event in first}) == len(first)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([w for r in records() for w in r["text"].split()]), max_size=40))
def test_shuffled_news_is_survived(words: list[str]) -> None:
    document = Document("d", " ".join(words))
    for event in events.extract(document, [], dates.find_times(document), ontology.load()):
        assert event.reports
        for report in event.reports:
            start, end = report.trigger
            assert report.evidence.start <= start < end <= report.evidence.end
            assert document.text[report.evidence.start : report.evidence.end] == report.evidence.text


@pytest.mark.parametrize(
    "text",
    [
        "A column of armed men on motorcycles led by one of many local warlords attacked Aden.",
        "A rocket of calibre 122 hit Aden.",
        "The rebels said on Monday they attacked Aden.",
    ],
)
def test_the_end_of_a_longer_subject_is_no_agent(text: str) -> None:
    agents = {
        actor.name for event in parse(text, "Aden|L") for actor in event.actors if actor.role == "agent"
    }
    assert not agents & {"calibre 122", "Monday they", "many local warlords"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The council turned down a 300-bed jail for Aden.", 0),
        ("The old county jail in Aden is overcrowded.", 0),
        ("Rebels jail dozens in Aden.", 1),
        ("The police arrest dozens in Aden.", 1),
    ],
)
def test_a_base_form_that_ends_a_noun_phrase_is_no_verb(text: str, count: int) -> None:
    assert [event.type for event in parse(text, "Aden|L")] == ["detention"] * count


def test_the_ministry_of_a_capital_acts_anywhere() -> None:
    text = "Ankara's foreign ministry said its soldiers had withdrawn from the town."
    assert all(event.places == () for event in parse(text, "Ankara|X|city||TR"))


@pytest.mark.parametrize("rest", ["on motorcycles", "from the hills", "with rifles"])
def test_what_hangs_on_the_subject_does_not_act(rest: str) -> None:
    event = one(f"Bandits {rest} attacked two hamlets in Zamfara.", "Zamfara|L", kind="clash")
    assert ("Bandits", "agent") in {(actor.name, actor.role) for actor in event.actors}


def test_what_is_shot_down_is_no_strike() -> None:
    text = "The ministry said 87 drones were shot down overnight, 24 of them over Aden and 13 over Taiz."
    found = parse(text, "Aden|L", "Taiz|L")
    assert [(event.type, roles(event)) for event in found] == [
        ("aircraft_downed", {("at", "Aden")}),
        ("aircraft_downed", {("at", "Taiz")}),
    ]


def test_what_is_taken_at_the_polls_changes_no_control() -> None:
    text = "Senator Paz won the election on Sunday. His rival took Aden and Taiz."
    assert {event.type for event in parse(text, "Aden|L", "Taiz|L")} == {"election"}
    text = "The party called for early elections, which could be held by the end of the year."
    assert {event.type for event in parse(text)} == {"election"}


def test_an_unknown_object_leaves_a_verb_without_a_place() -> None:
    text = "Days after the leaders met in Aden, rebels captured Xulungi."
    (event,) = [event for event in parse(text, "Aden|L") if event.type == "control_change"]
    assert event.places == ()


def test_a_place_named_and_not_known_inherits_none() -> None:
    text = "Schools in Aden were shelled. Bombs that fell on Xulungi killed 12 people."
    (event,) = [event for event in parse(text, "Aden|L") if event.type == "casualties"]
    assert event.places == ()


def test_where_an_accord_is_signed() -> None:
    text = "The leader of Oman signed a peace deal in Aden."
    event = one(text, "Oman|X|country||OM", "Aden|L", kind="diplomacy")
    assert roles(event) == {("at", "Aden")}


def test_people_who_are_freed_or_held_are_no_towns() -> None:
    assert [event.type for event in parse("14 soldiers freed in Aden after three days", "Aden|L")] == [
        "prisoner_exchange"
    ]
    found = parse("Peasants in Aden released 33 soldiers whom they had held since Sunday.", "Aden|L")
    assert "control_change" not in {event.type for event in found}


def test_days_and_designations_count_nothing() -> None:
    text = "The army said it had hit Aden; its allies joined on June 22 with bombs on Taiz. F-16 jets bombed Taiz."
    found = parse(text, "Aden|L", "Taiz|L", "Taiz|L")
    assert all(event.quantities == () for event in found)
    (first,) = [event for event in found if event.places[0].text == "Aden"]
    assert first.when is None


def test_who_tells_is_not_counted() -> None:
    text = "Militants killed at least 10 soldiers near Aden, according to two residents."
    event = one(text, "Aden|L", kind="casualties")
    assert [(q.low, q.bound) for q in event.quantities] == [(10.0, "at_least")]


def test_a_vote_that_will_be_held_is_planned() -> None:
    text = "In Aden, voting in the first phase of the polls will be held on Sunday."
    assert {event.status for event in parse(text, "Aden|L")} == {"planned"}


def test_a_participle_is_no_part_of_the_speaker() -> None:
    text = "Rebels shelled Aden, wounding two women, the head of the Lahij administration, Omar Said, wrote."
    event = one(text, "Aden|L", "Lahij|X|region", kind="shelling")
    source = event.reports[0].source
    assert source is not None
    assert source.name.startswith("head of the Lahij administration")
