"""The table of event types: complete, consistent, extendable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.errors import InputError
from geo.ontology import VARIABLE, load
from geo.ontology.forms import noun_forms, verb_forms

if TYPE_CHECKING:
    from pathlib import Path

TYPES = """strike shelling explosion clash advance repelled_attack counteroffensive control_change withdrawal siege sabotage
aircraft_downed evacuation deportation displacement detention prisoner_exchange casualties infrastructure_damage referendum
annexation recognition condemnation protest sanction arms_supply mobilisation diplomacy threat earthquake eruption
storm flood landslide wildfire accident outbreak drought famine election""".split()


def test_all_types_are_there() -> None:
    assert sorted(kind.name for kind in load()) == sorted(TYPES)
    assert len(load()) == 40


def test_every_type_is_described() -> None:
    for kind in load():
        assert kind.label, kind
        assert kind.definition.endswith("."), kind
        assert kind.triggers, kind
        assert kind.roles, kind
        assert re.fullmatch(r"#[0-9a-f]{6}", kind.colour), kind
        assert kind.symbol, kind
        assert kind.flags <= {"conflict", "political", "movement", "each", "performative", "plain"}, kind


def test_colours_tell_types_apart() -> None:
    assert len({kind.colour for kind in load()}) == len(load())


def test_families_group_what_is_told_in_different_words() -> None:
    ontology = load()
    assert {ontology.family(name) for name in ("strike", "shelling", "explosion")} == {"fires"}
    assert ontology.family("unknown") == "unknown"


def test_types_have_names_for_people() -> None:
    ontology = load()
    assert ontology.label("shelling") == ontology.types["shelling"].label
    assert ontology.label("brand_new") == "brand new"


def test_the_longest_phrase_wins_and_stop_phrases_hide() -> None:
    ontology = load()
    (hit,) = ontology.find("the army had taken full control of the city".split())
    assert (hit.start, hit.end) == (2, 7)
    assert ontology.find("he had a heart attack".split()) == []
    assert ontology.find([]) == []


@pytest.mark.parametrize(
    ("lemma", "wanted"),
    [
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("withdraw", {"withdraw", "withdraws", "withdrew", "withdrawed", "withdrawn", "withdrawing"}),
        ("expel", {"expel", "expels", "expelled", "expelling"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("flee", {"flee", "flees", "fled", "fleed", "fleeing"}),
    ],
)
def test_verb_forms(lemma: str, wanted: set[str]) -> None:
    assert set(verb_forms(lemma)) == wanted


def test_irregular_verbs_of_the_table_are_known() -> None:
    for lemma, past in {
        "run": "ran",
        "lead": "led",
        "shake": "shook",
        "swear": "swore",
        "dig": "dug",
    }.items():
        assert verb_forms(lemma)[past] == "past"
    for lemma in ("put", "spread", "burst", "thrust"):
        assert lemma + "ed" not in verb_forms(lemma)
    assert {"lying", "beginning"} <= verb_forms("lie").keys() | verb_forms("begin").keys()


def test_translations_make_irregular_verbs_regular() -> None:
    for lemma, past in {"send": "sended", "shake": "shaked", "rise": "rised", "catch": "catched"}.items():
        assert verb_forms(lemma)[past] == "past"
    assert "seed" not in verb_forms("see")


def test_noun_forms() -> None:
    assert set(noun_forms("casualty")) == {"casualty", "casualties"}
    assert set(noun_forms("clash")) == {"clash", "clashes"}


def test_a_users_yaml_adds_types_and_triggers(tmp_path: Path) -> None:
    file = tmp_path / "more.yaml"
    file.write_text(
        "words:\n  fire_words: fire blaze\n"
        "types:\n"
        "  locusts:\n    family: disaster\n    definition: Insects eat what grows.\n    colour: '#ff5500'\n"
        "    triggers:\n      - {pos: noun, phrases: ['<locust>', '<swarm> of locusts']}\n"
        "  strike:\n    triggers:\n      - {pos: verb, flags: object, phrases: ['[zap]']}\n",
        encoding="utf-8",
    )
    ontology = load(file)
    assert ontology["locusts"].family == "disaster"
    assert [hit.readings[0][0].type for hit in ontology.find("swarms of locusts near the town".split())] == [
        "locusts"
    ]
    assert [hit.readings[0][0].type for hit in ontology.find("drones zapped the town".split())] == ["strike"]
    assert ontology["strike"].label == load()["strike"].label
    assert "locusts" not in load().types


@pytest.mark.parametrize(
    "content",
    [
        "- a list",
        "types: {x: 3}",
        "types: {x: {triggers: [{pos: adverb, phrases: [a]}]}}",
        "types: {x: {triggers: [{pos: noun}]}}",
        "a: [",
        "types: {x: {triggers: [{pos: noun, flags: with=@nothing, phrases: [a]}]}}",
    ],
)
def test_a_wrong_yaml_says_what_is_wrong(tmp_path: Path, content: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(str(file))):
        load(file)


def test_a_missing_yaml_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("types: [1]", "'types' is no mapping"),
        ("words: 3", "'words' is no mapping"),
        ("types: {a: {triggers: 3}}", "triggers are a list"),
        ("types: {a: {triggers: [{pos: verb}]}}", "no list of phrases"),
        ("types: {a: {triggers: [{pos: verb, phrases: ['@nix']}]}}", "'@nix' is no phrase"),
        ("types: {a: {triggers: [{pos: verb, phrases: ['']}]}}", "is no phrase"),
        ("types: {a: {triggers: [{pos: verb, phrases: ['[]']}]}}", "is no phrase"),
        ("types: {a: {triggers: [{pos: verb, phrases: ['~']}]}}", "is no phrase"),
        ("types: {a: {triggers: [{pos: verb, phrases: ['[fire']}]}}", "is no phrase"),
    ],
)
def test_a_wrong_file_of_types_is_one_clear_line(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(told)):
        load(path)


def test_the_environment_names_a_file_of_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("types: {blaze: {family: disaster, triggers: [{pos: noun, phrases: ['<blaze up>']}]}}")
    monkeypatch.setenv(VARIABLE, str(path))
    assert load().family("blaze") == "disaster"
    monkeypatch.delenv(VARIABLE)
    assert "blaze" not in load().types
