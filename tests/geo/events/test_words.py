"""Words of the trigger table as agencies use them: one town, one sentence, one type; and everyday uses that are none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.geo.events.texts import parse

TOLD = """control_change: The insurgents now run Karuma, where they have set up courts.
control_change: Government troops marched back into Karuma on Friday to the cheers of residents.
control_change: Fighters raised their black banner over the police station in Karuma.
control_change: The army reasserted its authority in Karuma.
control_change: Karuma slipped out of the government's hands on Sunday.
control_change: Militiamen expelled the garrison of Karuma.
control_change: Mutinous officers announced on television in Karuma that the constitution was suspended.
control_change: The army chief declared himself head of state in Karuma on Monday.
infrastructure_damage: The cathedral of Karuma suffered cracks.
infrastructure_damage: Electricity supply to Karuma broke down.
infrastructure_damage: A substation in Karuma was knocked out.
infrastructure_damage: The storm peeled roofs off schools in Karuma.
casualties: The bodies of six men were discovered in a ditch near Karuma.
casualties: Doctors in Karuma have treated 40 people for gunshot wounds.
casualties: A stray bullet hit a girl of five in Karuma.
casualties: The toll in Karuma has risen to 78.
strike: A quadcopter dropped a grenade on a market in Karuma.
strike: Helicopter gunships fired on a village near Karuma.
detention: Security agents picked up the editor in Karuma.
detention: Bandits are holding 30 schoolgirls near Karuma.
detention: Gunmen made off with six pupils from a school in Karuma.
evacuation: Coastguards picked up 90 migrants off Karuma.
prisoner_exchange: The editor walked out of prison in Karuma.
prisoner_exchange: A judge in Karuma ordered the release of 40 demonstrators.
protest: Rail workers in Karuma began a two-day strike.
protest: Students boycotted classes and marched on the ministry in Karuma.
displacement: The fighting has driven 30,000 people out of Karuma.
displacement: Some 900 families from Karuma are living in tents.
mobilisation: Reinforcements are on their way to Karuma.
diplomacy: The two presidents met in Karuma on Friday.
diplomacy: Envoys from both sides sat down in Karuma.
siege: The roads out of Karuma are cut.
explosion: A grenade was hurled into a bar in Karuma.
election: Voters in Karuma queued before dawn.
flood: Heavy rain turned streets in Karuma into rivers.
flood: The river rose by four metres in Karuma.
aircraft_downed: A military transport plane was hit by a missile and crashed near Karuma.
accident: A train hit a school bus at a crossing in Karuma.
outbreak: Schools in Karuma closed after pupils caught measles.
deportation: Soldiers loaded villagers on to lorries in Karuma and drove them across the frontier."""

EVERYDAY = """The company ruined the skyline of Karuma, say critics.
The minister criticised the school meals in Karuma.
The train hit 300 km per hour near Karuma.
Scientists in Karuma have discovered bodies of water under the ice.
Voters in Karuma lined up for ice cream.
The army runs a hospital in Karuma.
Dozens of classic cars drove through Karuma on Sunday.
The river at Karuma rises in the hills and is popular with anglers.
Students reached Karuma by bicycle after a trip of 300 km.
The car maker will recall vehicles sold in Karuma because brakes may fail."""


@pytest.mark.parametrize("line", TOLD.splitlines())
def test_what_agencies_tell(line: str) -> None:
    kind, text = line.split(": ", 1)
    found = parse(text, "Karuma|L|city||UG", day=date(2024, 6, 13))
    assert kind in {event.type for event in found if any(place.place for place in event.places)}


@pytest.mark.parametrize("text", EVERYDAY.splitlines())
def test_everyday_uses_of_the_same_words(text: str) -> None:
    assert parse(text, "Karuma|L|city||UG", day=date(2024, 6, 13)) == []


def test_who_is_attacked_is_in_a_clash() -> None:
    found = parse("An observer mission was attacked near Karuma.", "Karuma|L|city||UG")
    assert [event.type for event in found] == ["clash"]
