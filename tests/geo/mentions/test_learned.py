from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from geo.mentions import LearnedRecogniser, Recogniser, RuleRecogniser, model
from geo.mentions.learned import unknown_runs
from geo.mentions.signals import Surroundings
from geo.mentions.templates import KNOWN, UNKNOWN, Group
from geo.mentions.view import View
from geo.types import ROLES, Document
from training.compile import TEXTS, documents
from training.examples import Collector, renamed
from training.measure import counts, figures, report

if TYPE_CHECKING:
    from geo.mentions.decide import Judge
    from geo.mentions.names import Span
    from geo.mentions.rules import Decision
    from geo.mentions.verdict import Verdict

GAZ = gazetteer.open()
LEARNED = LearnedRecogniser(GAZ)
WORDS = ["Kyiv", "the", "Kherson", "region", "and", ",", ".", "\n", "Paris", "Hilton", "Zqxton", "U.S.", "said", "in", "near",
         "River", "village", "of", "KHARTOUM", "—", "غزة", "Wad", "al-Noora", "Mr.", "Lagos", "'s", "inOslo"]  # fmt: skip


def found(text: str) -> list[str]:
    return [mention.text for mention in LEARNED.find(Document("t", text))]


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)))
def test_mentions_are_ordered_apart_and_exact(text: str) -> None:
    position = 0
    for mention in LEARNED.find(Document("t", text)):
        assert text[mention.start : mention.end] == mention.text
        assert position <= mention.start < mention.end
        assert mention.role in ROLES
        assert 0 <= mention.score <= 1
        position = mention.end


SMALL = ["oslo", "kyiv", "in", "near", "the", "hague", "st", ".", "john's", "united", "states", "of", "south", "korea", "u.s.",
         "russia's", "são", "paulo", "o`higgins", "pacific", "new", "york", "-", ",", "Rome", "town", "shelling"]  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(SMALL), max_size=20).map(" ".join))
def test_words_in_small_letters_are_passed_over_where_no_great_name_begins(text: str) -> None:
    every = LearnedRecogniser(GAZ)
    every._book.small = None
    assert LEARNED.find(Document("t", text)) == every.find(Document("t", text))


def test_it_keeps_the_protocol() -> None:
    recogniser: Recogniser = LEARNED
    assert recogniser.find(Document("t", "")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rain fell in Zqxton and in Oslo.", ["Zqxton", "Oslo"]),
        ("Planes were late at Heathrow and Gatwick on Monday.", ["Heathrow", "Gatwick"]),
        ("Jordan Henderson scored twice.", []),
        ("Reading is hard for many.", []),
        ("Mr. Zqxton said so.", []),
    ],
)
def test_contexts(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_place_that_the_rules_exclude_says_so() -> None:
    text = "Former New York Gov. Ann Hope wrote to the Danbury Superior Court about it."
    ruled = [m for m in LEARNED.find(Document("t", text)) if any("ruled out" in cue for cue in m.cues)]
    rules = {m.text for m in RuleRecogniser(GAZ).find(Document("t", text))}
    assert ruled
    assert not {m.text for m in ruled} & rules


def test_scripts_without_case_are_left_to_the_rules() -> None:
    text = "The sign said غزة in Arabic."
    assert [m.text for m in RuleRecogniser(GAZ).find(Document("t", text))] == found(text)


def test_the_threshold_decides() -> None:
    assert LearnedRecogniser(GAZ, threshold=1.0).find(Document("t", "It rained in Oslo.")) == []


# -- weights


@given(st.dictionaries(st.integers(0, 2**32 - 1), st.floats(-30, 30), max_size=50))
def test_weights_come_back_in_thousandths(weights: dict[int, float]) -> None:
    back = model.loads(model.dumps(weights))
    assert all(abs(back.get(key, 0.0) - weight) <= 0.0005 + 1e-9 for key, weight in weights.items())
    assert back.keys() == weights.keys()


@pytest.mark.parametrize("packed", [b"", b"GMW1", b"x" * 40, model.dumps({1: 1.0})[:-1]])
def test_broken_weights_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="learned weights"):
        model.loads(packed)


def test_values_never_learned_weigh_nothing() -> None:
    group = Group(("l1", "l2"), lambda one, two: (one, two))
    weights = model.Weights([group], {model.hashed("l1", "in"): 2.0, model.hashed(*model.BIAS): -1.0})
    assert weights.evidence([("in", "in")]) == 1.0
    assert weights.evidence([("never seen", "in")]) == weights.evidence([("", "")]) == -1.0


def test_contexts_weigh_what_their_signals_weigh_one_by_one() -> None:
    seen: list[tuple[str, float, float]] = []

    class Checking(LearnedRecogniser):
        def _weigh(self, judge: Judge, found: list[Span], verdicts: list[Verdict]) -> Decision:
            decision = super()._weigh(judge, found, verdicts)
            around = Surroundings(judge, found, verdicts)
            known, unknown = model.load("known"), model.load("unknown")
            for v in verdicts:
                whole = known.evidence(around.known_facts(v, known.vocabulary))
                seen.append(("known", whole, _one_by_one("known", KNOWN, around.known_values(v))))
            for run in unknown_runs(around.view, set()):
                whole = unknown.evidence(around.unknown_facts(*run, unknown.vocabulary))
                seen.append(("unknown", whole, _one_by_one("unknown", UNKNOWN, around.unknown_values(*run))))
            return decision

    recogniser = Checking(GAZ)
    for row in documents(GAZ, TEXTS.parent / "heldout"):
        recogniser.find(Document("t", row["text"]))
    assert {name for name, _, _ in seen} == {"known", "unknown"}
    assert [whole for _, whole, _ in seen] == pytest.approx([parts for _, _, parts in seen])


@lru_cache
def _hashes(name: str) -> dict[int, float]:
    return model.loads((files("geo.mentions") / "data" / f"{name}.weights").read_bytes())


def _one_by_one(name: str, templates: tuple[str, ...], values: list[Any]) -> float:
    hashes = _hashes(name)
    signals = [model.BIAS, *zip(templates, values, strict=True)]
    return sum(hashes.get(model.hashed(*signal), 0.0) for signal in signals if signal[1] != "")


@pytest.mark.parametrize("name", ["known", "unknown"])
def test_shipped_weights_are_small_and_hold_no_text(name: str) -> None:
    packed = (files("geo.mentions") / "data" / f"{name}.weights").read_bytes()
    assert len(packed) < 1_000_000
    assert not re.search(rb"[A-Za-z ]{9}", packed)


# -- training


def _row(text: str, *names: tuple[str, str | None]) -> dict[str, Any]:
    tops = [
        {"start": text.index(n), "end": text.index(n) + len(n), "surface": n, "place": place}
        for n, place in names
    ]
    return {"id": "t-1", "text": text, "toponyms": tops}


def test_examples_tell_places_from_others() -> None:
    row = _row("Paris Hilton sang in Lyon near Zqxton.", ("Lyon", "geonames:2996944"), ("Zqxton", None))
    examples = Collector(GAZ).examples(row, blind=False)
    assert sum(right for _, right in examples.known) == 1
    assert len(examples.known) > 1
    assert [right for _, right in examples.unknown] == [False, True]


def test_names_are_no_signals() -> None:
    row = _row("The mayor spoke in Lyon.", ("Lyon", "geonames:2996944"))
    for signals, _ in Collector(GAZ).examples(row, blind=True).known:
        assert "lyon" not in str(signals).lower()


def test_renaming_keeps_spans_and_the_unit() -> None:
    row = _row("From Lyon to Oslo; LYON again.", ("Lyon", "geonames:2996944"), ("Oslo", "geonames:3143244"))
    other = renamed(row, GAZ, "seed")
    assert other == renamed(row, GAZ, "seed")
    for top in other["toponyms"]:
        assert other["text"][top["start"] : top["end"]] == top["surface"]
    assert other["toponyms"][0]["surface"] != "Lyon"
    assert other["text"].endswith("; LYON again.")


def test_the_held_out_texts_are_sound_and_apart() -> None:
    held = [row for part in ("heldout", "sealed") for row in documents(GAZ, TEXTS.parent / part)]
    assert len(held) >= 108
    assert len({row["id"] for row in held}) == len(held)
    assert not {row["id"] for row in held} & {row["id"] for row in documents(GAZ)}


def test_counts_and_their_table() -> None:
    row = _row("It rained in Lyon and in Oslo.", ("Lyon", "x"), ("Oslo", "x"))
    row["toponyms"][0]["role"] = "literal"
    scored = counts(row, LEARNED)
    assert scored == (2, 2, 2, 2, 1, 1)
    assert list(figures([scored])[:, 0]) == [1.0] * 5
    lines = report("a part", [scored, scored], [scored, scored]).splitlines()
    assert [line.split("|")[2].strip() for line in lines] == ["rules", "learned", "difference"]
    assert "+0.0 (+0.0 to +0.0)" in lines[2]


def test_no_word_of_a_view_is_joined_to_the_next_sentence() -> None:
    view = View("Rain. Oslo", 0, 10)
    assert view.joined == [True, False, False]


def test_a_list_with_a_place_speaks_for_unknown_words() -> None:
    text = "Cases were found in Goma, Xarrukunda, Bukavu and Zelengwa on Monday."
    found = [m.text for m in LearnedRecogniser(GAZ).find(Document("t", text))]
    assert found == ["Goma", "Xarrukunda", "Bukavu", "Zelengwa"]
    people = "Goma sent Xarrukunda, a farmer."
    assert [m.text for m in LearnedRecogniser(GAZ).find(Document("t", people))] == ["Goma"]
