from __future__ import annotations

from geo.mentions.model import hashed
from geo.mentions.vocabulary import EVERY, Vocabulary

SEEN = {hashed("l1", "in"), hashed("ls", "ing"), hashed("l2", "rain"), hashed("l21", ("rain", "in"))}


def test_what_was_never_seen_stands_for_nothing() -> None:
    words = Vocabulary(SEEN)
    assert (words.l1["in"], words.l1["xyz"], words.l1["<>"], words.l1["^given"]) == ("in", "", "", "")
    assert (words.l2["rain"], words.l2["in"], words.l3["rain"]) == ("rain", "", "")
    assert (words.l21["rain", "in"], words.l21["in", "rain"], words.l21["", ""]) == (("rain", "in"), "", "")


def test_one_word_stands_for_all_that_end_alike() -> None:
    words = Vocabulary(SEEN)
    assert words.l1["raining"] == words.l1["snowing"] == "raining"
    assert words.r1["raining"] == ""


def test_without_weights_every_word_stands_for_itself() -> None:
    assert (EVERY.l1["xyz"], EVERY.end["ton"], EVERY.r12["a", "b"]) == ("xyz", "ton", ("a", "b"))
    assert not EVERY.l1
