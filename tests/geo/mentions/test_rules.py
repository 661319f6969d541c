from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from geo.mentions import Recogniser, RuleRecogniser
from geo.types import ROLES, Document

if TYPE_CHECKING:
    from gazetteer import Gazetteer

GAZ = gazetteer.open()
PLAIN = RuleRecogniser(GAZ)
WORDS = ["Kyiv", "the", "Kherson", "region", "regions", "of", "and", ",", ".", "\n", "Paris", "Hilton", "said", "US-led",
         "“", "”", "U.S.", "River", "University", "KHARTOUM", "—", "Odesawho", "'s", "in", "Ukrainian", "1,200", "@"]  # fmt: skip


def found(text: str, **options: bool) -> list[tuple[str, str]]:
    return [(m.text, m.role) for m in RuleRecogniser(GAZ, **options).find(Document("t", text))]


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_mentions_are_ordered_apart_and_exact(text: str) -> None:
    position = 0
    for mention in PLAIN.find(Document("t", text)):
        assert text[mention.start : mention.end] == mention.text
        assert position <= mention.start < mention.end
        assert mention.role in ROLES
        assert 0 <= mention.score <= 1
        assert mention.key
        position = mention.end


def test_it_keeps_the_protocol() -> None:
    recogniser: Recogniser = PLAIN
    assert recogniser.find(Document("t", "")) == []


def test_front_matter_is_left_alone() -> None:
    text = "---\nsource: Paris\n---\nIt rained in Oslo."
    mentions = PLAIN.find(Document("t", text, body_start=text.index("It")))
    assert [m.text for m in mentions] == ["Oslo"]
    assert text[mentions[0].start :].startswith("Oslo")


def test_demonyms_only_when_asked_for() -> None:
    text = "Ukrainian and Russian envoys met Kenyans in Oslo."
    assert found(text) == [("Oslo", "literal")]
    assert ("Kenyans", "demonym") in found(text, demonyms=True)
    assert ("Ukrainian", "demonym") in found(text, demonyms=True)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("They live in the Kherson region.", "Kherson"),
        ("The Mississippi River rose.", "Mississippi River"),
        ("They met in the Netherlands.", "Netherlands"),
        ("Kenya's coast was hit.", "Kenya"),
        ("He moved to Reno, Nev., in May.", "Nev."),
        ("She sails on Roaring Water Bay.", "Roaring Water Bay"),
    ],
)
def test_spans(text: str, span: str) -> None:
    assert span in [m.text for m in PLAIN.find(Document("t", text))]


def test_kinds_and_head_of_a_shared_list() -> None:
    mentions = PLAIN.find(Document("t", "The regions of Sumy, Kharkiv and Chernihiv were hit."))
    assert [m.text for m in mentions] == ["Sumy", "Kharkiv", "Chernihiv"]
    assert {m.head for m in mentions} == {"region"}
    assert all(m.kinds[0] == "admin1" for m in mentions)


def test_a_head_is_not_borrowed_from_another_noun() -> None:
    (mention,) = PLAIN.find(Document("t", "The regions of Ukraine voted."))
    assert mention.kinds == ()


def test_cues_are_words_for_people() -> None:
    (mention,) = PLAIN.find(Document("t", "It rained in Oslo."))
    assert "after a preposition of place" in mention.cues


def test_the_threshold_decides() -> None:
    text = "It rained in Oslo and Reading is hard."
    assert RuleRecogniser(GAZ, threshold=1.0).find(Document("t", text)) == []


def test_it_can_be_sent_to_a_worker(gaz: Gazetteer) -> None:
    assert len(gaz.scan("Oslo")) == len(GAZ.scan("Oslo"))
