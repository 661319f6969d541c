"""Evidence that a name on its own is a place: how well known it is, what word it is, what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.mentions import persons
from geo.mentions.lexicon import DIRECTIONS, GEO_NOUNS, LOCATIVE, NAMED_THINGS, named_pairs
from geo.mentions.names import KNOWN_CAPS
from geo.mentions.view import OTHER, UPPER
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.mentions.names import Span
    from geo.mentions.verdict import Verdict
    from geo.mentions.view import View

SHIPS: Final = words(
    """hms uss msc rms ss mv hmas hmcs ins usns vessel ferry tanker frigate destroyer trawler yacht
    carrier corvette submarine ship maersk costa cruiser battleship warship flagship freighter liner steamer
    steamship schooner minesweeper dreadnought lightship catamaran icebreaker trimaran"""
)
TAKING: Final = words(
    """take takes took taken taking seize seizes seized seizing capture captures captured capturing retake retakes
    retook retaken retaking recapture recaptures recaptured recapturing liberate liberated liberating storm stormed
    storming besiege besieged besieging shell shells shelled shelling bomb bombs bombed bombing bombard bombarded
    bombarding pound pounded pounding overrun overran overrunning occupy occupied occupying enter enters entered
    entering flee fled fleeing reach reaches reached reaching evacuate evacuated evacuating abandon abandoned"""
)
"""Verbs whose object is mostly a place when it is a name and no known person."""

_KIN: Final = words(
    """son sons daughter daughters brother brothers sister sisters wife husband nephew niece cousin grandson grandsons
    granddaughter granddaughters stepson stepdaughter fiance fiancee girlfriend boyfriend dog cat horse puppy kitten
    pony gelding filly colt"""
)
_INSIDE: Final = frozenset({"in", "near", "at", "around", "outside"})
_DASHES: Final = frozenset({"—", "–", "-", "(", ":"})


class Evidence:
    """Gathers the evidence for every span of one document.

    Parameters
    ----------
    view : View
    known : mapping
        First token of every candidate span to the spans that begin there.
    demonyms : bool
        Whether adjectives and demonyms are mentions too.
    """

    def __init__(self, view: View, known: Mapping[int, list[Span]], *, demonyms: bool) -> None:
        self.view = view
        self.known = known
        self.demonyms = demonyms
        places = {(s.first, s.last) for found in known.values() for s in found if s.last > s.first}
        self.surnames, self.called = persons.named_persons(view, places)
        self.ends = {s.last: s for found in known.values() for s in found if s.info.prominence >= 4.5}
        towns = {i for i, span in self.ends.items() if span.info.prominence >= 6.5}
        self.people = persons.described(view, places, towns)

    def ends_place(self, i: int) -> bool:
        """Whether a well-known name that is no given name ends at token `i`."""
        span = self.ends.get(i)
        return span is not None and not (persons.given(self.view, i) and span.info.kind != "country")

    # -- a name on its own --------------------------------------------------------------------------------

    def name_evidence(self, verdict: Verdict) -> None:
        """How well known the name is."""
        view, info = self.view, verdict.info
        verdict.add("bias")
        verdict.add("prominence", min(info.prominence, 9.0))
        if info.kind in ("country", "continent"):
            verdict.add("country")
        if verdict.last > verdict.first:
            verdict.add("several words")
            if all(view.common(i) for i in range(verdict.first, verdict.last + 1) if view.shapes[i] != OTHER):
                verdict.add("several words, all common")
        if verdict.lower:
            verdict.add("in lower case")

    def word_evidence(self, verdict: Verdict) -> None:
        """What speaks against a single word: an English word, a person's name, an acronym."""
        view, i, info = self.view, verdict.first, verdict.info
        word = view.lower[i]
        person = word in self.surnames or word in self.called
        if person and (info.kind != "country" or word in self.called):
            inside = view.preceding(i) in _INSIDE and not persons.title_before(view, i)
            verdict.add(
                "name of a person in the text, after in" if inside else "name of a person in the text"
            )
        if self._of_kin(i):
            verdict.add("after a word of kin")
        if info.kind == "country" or info.capital or (info.abbreviation and view.preceding(i) == ","):
            return
        if not verdict.lower and view.common(i):
            opens = i in view.initial or i in view.headline
            verdict.add("common word that opens a sentence" if opens else "common word")
        if not verdict.lower and word in view.lower_words:
            verdict.add("also in lower case")
        if persons.given(view, i):
            verdict.add("given name")
        if persons.surname(view, i):
            verdict.add("surname")
        if persons.title_before(view, i):
            verdict.add("after a title")
        if persons.speaks(view, i) and info.kind != "admin1":
            verdict.add("speaks")
        self._shape_evidence(verdict)

    def _of_kin(self, i: int) -> bool:
        """Whether kin or an animal is called so: "her daughters Florence and Sofia", "a dog named Paris"."""
        view = self.view
        if view.preceding(i) in ("named", "called"):
            i -= 1
        if view.preceding(i) == "late" and view.preceding(i - 1) in ("the", "her", "his", "their"):
            return True
        if (
            view.preceding(i) in ("and", ",")
            and view.capital(i - 2)
            and (view.preceding(i - 2) in _KIN or view.preceding(i - 2) == ",")
        ):
            i -= 2  # the second of two
        return view.preceding(i - 1 if view.preceding(i) == "," else i) in _KIN

    def _shape_evidence(self, verdict: Verdict) -> None:
        view, i, info = self.view, verdict.first, verdict.info
        bare = view.texts[i].replace(".", "")
        known = info.abbreviation or bare in KNOWN_CAPS
        if view.shapes[i] == UPPER and i not in view.headline and not known and len(bare) <= 5:
            verdict.add("acronym")
        if len(bare) <= 2 and not known:
            verdict.add("two letters")
        if i in view.initial and info.prominence < 6:
            verdict.add("opens a sentence, not prominent")
        if i in view.headline:
            verdict.add("in a headline")

    def context_evidence(self, verdict: Verdict) -> None:
        """What stands before and after the name."""
        view = self.view
        before, after = view.preceding(verdict.first), view.following(verdict.last)
        if before == "the" and verdict.first >= 2:
            before = view.lower[verdict.first - 2]
        if before in LOCATIVE:
            verdict.add("after a preposition of place")
        elif before == "of":
            verdict.add("after of")
        elif before in DIRECTIONS:
            verdict.add("after a direction")
        elif before in GEO_NOUNS:
            verdict.add("after a kind of place")
        self._unit_evidence(verdict, before, after)
        if (
            before in TAKING
            and not persons.surname(view, verdict.first)
            and not persons.given(view, verdict.first)
        ):
            verdict.add("object of a verb of taking")
        if after == "-" and view.word(verdict.last + 2) in ("based", "born", "bound", "area"):
            verdict.add("before -based")
        if after == "," and self._explained(verdict.last + 1):
            verdict.add("explained as a kind of place")
        if before in SHIPS and self.view.preceding(verdict.first) != "the":
            verdict.add("after a ship")
        if self._thing_follows(verdict, after):
            verdict.add("before a thing named after it")
        if self._dateline(verdict):
            verdict.add("dateline")

    def _unit_evidence(self, verdict: Verdict, before: str, after: str) -> None:
        """Whether the unit that the place lies in is named beside it."""
        if after == "," and self._parent_follows(verdict):
            verdict.add("before the unit it lies in")
        elif self._unit_around_follows(verdict) and not persons.surname(self.view, verdict.first):
            verdict.add("in a unit that is named next" if after == "," else "in a unit that follows")
        if (
            before == ","
            and self.ends_place(verdict.first - 2)
            and (verdict.info.kind in ("country", "admin1") or verdict.info.abbreviation)
        ):
            verdict.add("the unit of the place before")

    @staticmethod
    def _thing_follows(verdict: Verdict, after: str) -> bool:
        """Whether the next word says that a thing is meant: "a Winchester rifle", "Java code"."""
        if after in named_pairs().get(verdict.info.key, ()):
            return True
        return after in NAMED_THINGS and verdict.info.kind not in ("country", "admin1", "region", "continent")

    def _explained(self, comma: int) -> bool:
        """Whether an apposition says what kind of place it is: "Lytton, a small village"."""
        view = self.view
        if view.following(comma) not in ("a", "an", "the"):
            return False
        near = [view.lower[i] for i in range(comma + 2, min(comma + 6, len(view))) if view.same_line(i - 1)]
        return any(word in GEO_NOUNS and word not in DIRECTIONS for word in near)

    def _parent_follows(self, verdict: Verdict) -> bool:
        return any(
            s.info.kind in ("country", "admin1") or s.info.abbreviation
            for s in self.known.get(verdict.last + 2, ())
            if not s.info.derived
        )

    def _unit_around_follows(self, verdict: Verdict) -> bool:
        """Look for "Kodema, in the Donetsk region", "Robotyne in southern Ukraine"."""
        view, i = self.view, verdict.last + 1
        if i < len(view) and view.texts[i] == ",":
            i += 1
        if i >= len(view) or view.lower[i] not in ("in", "near") or not view.same_line(i - 1):
            return False
        i += 1
        while i < len(view) and (view.lower[i] == "the" or view.lower[i] in DIRECTIONS):
            i += 1
        return any(
            s.info.kind in ("country", "admin1") and not s.info.derived and s.info.prominence >= 5
            for s in self.known.get(i, ())
        )

    def _dateline(self, verdict: Verdict) -> bool:
        """Look for "BANTAM — ", "London, Ky. (WKYT) -": at the beginning of a line, before a dash or bracket."""
        view, i = self.view, verdict.last
        opening = verdict.first == 0 or "\n" in view.gap(verdict.first - 1)
        if not opening or view.word(i + 1) == "'s":
            return False
        if view.following(i) == ",":
            i += 2
            if view.word(i + 1) == ".":
                i += 1
        return view.same_line(i) and view.texts[i + 1] in _DASHES and view.gap(i) != ""
