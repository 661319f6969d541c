"""Who is named for an event: speakers with appositions, behind the verb, in the passive, in word-for-word translations."""

from __future__ import annotations

import pytest

from tests.geo.events.texts import parse


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nine villagers died in Lviv, the minister, Mr Petro Hnat, said.", "minister, Mr Petro Hnat"),
        ("Nine villagers died in Lviv, Petro Hnat, who heads the district, told reporters.", "Petro Hnat"),
        (
            "Nine villagers died in Lviv, Petro Hnat, the region's governor, wrote on Telegram.",
            "Petro Hnat",
        ),
        ("Nine villagers died in Lviv, the road authority, which inspects bridges, said.", "road authority"),
        (
            "A bus burned in Lviv, killing two, the head of the region, Petro Hnat, wrote.",
            "head of the region, Petro Hnat",
        ),
        ('"Nine died in Lviv," Petro Hnat, the governor, who saw it, said.', "Petro Hnat"),
        (
            "Nine villagers died in Lviv, Petro Hnat, a doctor at the hospital, told the paper.",
            "Petro Hnat",
        ),
    ],
)
def test_appositions_belong_to_the_speaker(text: str, speaker: str) -> None:
    event = parse(text, "Lviv|L")[0]
    assert event.source is not None
    assert event.source.name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Nine villagers died in Lviv, said on Monday Petro Hnat.", "Petro Hnat"),
        ("Nine villagers died in Lviv, said to the radio the colonel Petro Hnat.", "colonel Petro Hnat"),
        (
            "Nine villagers died in Lviv, it is said in the message of the Ministry of Defence.",
            "Ministry of Defence",
        ),
        ("Nine villagers died in Lviv, as was reported by the prosecutor.", "prosecutor"),
        ("By information of the Border Service, nine villagers died in Lviv.", "Border Service"),
        ("According to figures from the Border Service, nine villagers died in Lviv.", "Border Service"),
        ("And said the director of the clinic, Petro Hnat, that nine villagers died in Lviv.", "Petro Hnat"),
        ("As stated the deputy minister, Mr Hnat, nine villagers died in Lviv.", "deputy minister, Mr Hnat"),
    ],
)
def test_speakers_in_another_order(text: str, speaker: str) -> None:
    event = parse(text, "Lviv|L")[0]
    assert event.source is not None
    assert speaker in event.source.name


@pytest.mark.parametrize(
    "text",
    [
        "Nine villagers died in Lviv; the bridge is old, the mayor said.",
        "Explosions were reported in Lviv by nobody else.",
        "Said to be the largest of its kind, a rally in Lviv drew thousands.",
    ],
)
def test_words_that_name_no_speaker(text: str) -> None:
    assert parse(text, "Lviv|L")[0].source is None
