"""Is this name a place here? Evidence is summed per span; what the words around say beats prominence."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.mentions import persons
from geo.mentions.cues import Head, head_after, head_before, own_head
from geo.mentions.heads import CAPITALISED, EVERY, PREFIXES, WEAK
from geo.mentions.lexicon import (
    DIRECTIONS,
    GEO_NOUNS,
    LOCATIVE,
    NEVER,
    OFFICES,
    ORG_HEADS,
    PEOPLE_OF,
    ROLE_NOUNS,
    STREETS,
    TEAM_HEADS,
    TITLES,
)
from geo.mentions.names import KNOWN_CAPS
from geo.mentions.view import DIGIT, LOWER, OTHER, UPPER
from geo.mentions.weights import WEIGHTS
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.mentions.heads import Kinds
    from geo.mentions.names import NameInfo, Span
    from geo.mentions.view import View
    from geo.types import Role

_CLUBS: Final = frozenset({"fc", "ac", "afc", "real", "inter", "sporting", "atletico", "dynamo", "cska", "cf", "sv",
                           "borussia", "team", "air", "radio", "hotel", "embassy", "miss"})  # fmt: skip
_SHIPS: Final = words(
    """hms uss msc rms ss mv hmas hmcs ins usns usns vessel ferry tanker frigate destroyer trawler yacht carrier corvette
    submarine ship maersk costa"""
)
_ERAS: Final = frozenset(
    {"nazi", "soviet", "occupied", "postwar", "imperial", "colonial", "communist", "native"}
)
_NOBILITY: Final = frozenset(
    {"duke", "duchess", "prince", "princess", "earl", "count", "countess", "baron", "lord"}
)
_NAMING: Final = frozenset({"united", "free", "young", "fair", "just", "new", "our", "forward", "open"})
"""Words that open names of parties and firms ("United Russia"), not only sentences."""
_QUOTES: Final = frozenset("\"“”‘’'«»")
_BROADCAST: Final = frozenset(
    {
        "station",
        "channel",
        "broadcaster",
        "tv",
        "television",
        "network",
        "radio",
        "told",
        "aired",
        "report",
        "programme",
    }
)
_PARTICLES: Final = frozenset({"van", "von", "de", "dos", "da", "di", "del", "bin", "ibn", "al", "der"})
_LANGUAGE: Final = frozenset({"speak", "speaks", "spoke", "speaking", "fluent", "learn", "learning", "teach", "teaching",
                              "translated", "dubbed"})  # fmt: skip
_INSIDE: Final = frozenset({"in", "near", "at", "around", "outside"})
_DASHES: Final = frozenset({"—", "–", "-", "(", ":"})


@dataclass(slots=True)
class Verdict:
    """A span that is taken for a place, with the evidence.

    Attributes
    ----------
    first, last : int
        Tokens, both included; a capitalised head of its own is part of the span.
    base : int
        Last token of the bare name.
    evidence : float
        Log-odds that it is a place.
    features : list of (str, float)
        What the evidence is made of: names in `geo.mentions.weights.WEIGHTS`, with their values.
    role : str or None
        "modifier" or "demonym" where the construction settles it.
    """

    first: int
    last: int
    base: int
    info: NameInfo
    evidence: float = 0.0
    role: Role | None = None
    head: Head | None = None
    kinds: Kinds = ()
    features: list[tuple[str, float]] = field(default_factory=list)
    whole: bool = False
    lower: bool = False

    def add(self, name: str, value: float = 1.0) -> None:
        """Count a piece of evidence."""
        self.evidence += WEIGHTS[name] * value
        self.features.append((name, value))

    @property
    def score(self) -> float:
        """Evidence as a share, 0 to 1."""
        return 1 / (1 + math.exp(-max(-20.0, min(20.0, self.evidence))))

    @property
    def cues(self) -> tuple[str, ...]:
        """Evidence in words, without what is only the name's prominence."""
        said = [name for name, _ in self.features if name not in ("bias", "prominence")]
        return (*said, f"head {self.head.text!r}") if self.head else tuple(said)


class Judge:
    """Weighs the evidence for every span of one document.

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
        self.surnames, self.called = persons.named_persons(view)
        self.ends = {s.last: s for found in known.values() for s in found if s.info.prominence >= 4.5}
        self.lower_words = {view.lower[i] for i in range(len(view)) if view.shapes[i] == LOWER}

    def judge(self, span: Span) -> Verdict | None:
        """Verdict on a span; None where the construction rules a place out."""
        if span.info.derived:
            return self._derived(span)
        if span.info.prominence <= 0 or self._only_direction(span) or self._ruled_out(span):
            return None
        left, right = self._neighbours(span)
        verdict = Verdict(span.first, span.last, span.last, span.info, lower=span.lower)
        self._name_evidence(verdict)
        if left and not self._judge_left(verdict, left):
            return None
        if right and not self._judge_right(verdict, right):
            return None
        if not left and not right:
            verdict.whole = True
            if verdict.first == verdict.base:
                self._word_evidence(verdict)
            self._context_evidence(verdict)
        self.heads(verdict)
        self._preceding_of(verdict)
        return verdict

    def _only_direction(self, span: Span) -> bool:
        """Whether words like "Western", "Far North" stand alone: no names, though units are called so."""
        view = self.view
        if any(view.lower[i] not in DIRECTIONS for i in range(span.first, span.last + 1)):
            return False
        return own_head(view, span.last) is None

    def _ruled_out(self, span: Span) -> bool:
        """Whether the signs around rule a place out: handles, currency, particles of names, phrases, channels."""
        view = self.view
        if span.info.key in NEVER or view.word(span.last + 1) == "$" or view.word(span.first - 1) == "@":
            return True
        particle = view.preceding(span.first) in _PARTICLES and view.capital(span.first - 2)
        return (particle and span.info.prominence < 8 and span.first == span.last) or self._channel(span)

    def _channel(self, span: Span) -> bool:
        """Whether a number follows and broadcasting is spoken of: "France 2", "Russia 24"."""
        view, i = self.view, span.last + 1
        if not view.same_line(span.last) or view.shapes[i] != DIGIT or len(view.lower[i]) > 2:
            return False
        around = view.lower[max(0, span.first - 4) : i + 4]
        return any(word in _BROADCAST for word in around)

    # -- neighbours inside the run of capitalised words -------------------------------------------------

    def _neighbours(self, span: Span) -> tuple[list[int], list[int]]:
        view = self.view
        if span.first in view.headline or span.lower:
            return self._headline_neighbours(span)
        left = [i for i in range(view.left[span.first], span.first) if view.shapes[i] != OTHER]
        right = [i for i in range(span.last + 1, view.right[span.last] + 1) if view.shapes[i] != OTHER]
        while left and left[0] in view.initial and self._opens_only(left[0]):
            left = left[1:]
        while left and (
            view.lower[left[-1]] in DIRECTIONS or view.lower[left[-1]] in _ERAS or self._is_derived(left[-1])
        ):
            left = left[:-1]
        return left, right

    def _headline_neighbours(self, span: Span) -> tuple[list[int], list[int]]:
        """In a headline all words are capitalised: only direct neighbours that say something count."""
        view = self.view
        left, right = span.first - 1, span.last + 1
        telling = ORG_HEADS | TEAM_HEADS | STREETS
        before = view.same_line(left) and (persons.given(view, left) or view.lower[left] in TITLES)
        after = view.same_line(span.last) and view.capital(right) and view.lower[right] in telling
        return [left] if before else [], [right] if after and not span.lower else []

    def _telling(self, i: int) -> bool:
        return self.view.lower[i] in PREFIXES or self.view.lower[i] in TITLES or self.view.lower[i] in _CLUBS

    def _opens_only(self, i: int) -> bool:
        """Whether a word is capitalised only because it opens a sentence: not so at the head of a quoted title."""
        view = self.view
        if view.lower[i] in _NAMING or not view.common(i) or self._telling(i):
            return False
        quoted = i > 0 and view.texts[i - 1] in _QUOTES and view.gap(i - 1) == ""
        closing = view.right[i] + 1
        return not (quoted and closing < len(view) and view.texts[closing] in _QUOTES)

    def _is_derived(self, i: int) -> bool:
        return any(span.first == span.last and span.info.derived for span in self.known.get(i, ()))

    def _judge_left(self, verdict: Verdict, left: list[int]) -> bool:
        """Capitalised words before the name inside its run; False rules a place out."""
        view, before, info = self.view, left[-1], verdict.info
        word = view.lower[before]
        if any(view.lower[i] in TITLES for i in left):
            return False
        if word in PREFIXES and before == verdict.first - 1:
            verdict.first, verdict.kinds = before, PREFIXES[word]
            verdict.head = Head(word, PREFIXES[word], before, before)
            verdict.add("with a head of its own")
            return len(left) == 1
        if self._ends_place(before):
            return not view.common(verdict.first) and (
                info.kind in ("country", "admin1") or info.prominence >= 6.5
            )
        if word in _SHIPS:
            return False
        if word in _CLUBS or (view.shapes[before] == UPPER and 2 <= len(word) <= 5):
            verdict.role = "modifier"
            verdict.add("after an acronym")
            return info.prominence >= 6
        return view.texts[verdict.first - 1] in ("/", "–") and info.prominence >= 5.5

    def _ends_place(self, i: int) -> bool:
        span = self.ends.get(i)
        return span is not None and not (persons.given(self.view, i) and span.info.kind != "country")

    def _judge_right(self, verdict: Verdict, right: list[int]) -> bool:
        """Capitalised words after the name inside its run; False rules a place out."""
        view, info = self.view, verdict.info
        names = [view.lower[i] for i in right]
        if names[0] in STREETS or (len(names) > 1 and names[1] in STREETS):
            return False
        organised = any(word in ORG_HEADS for word in names)
        telling = organised or names[0] in CAPITALISED or names[-1] in TEAM_HEADS or names[0] in ROLE_NOUNS
        if self._first_name(verdict, right) and not telling:
            return False
        own = own_head(view, verdict.last)
        if own is not None and any(s.last == own for s in self.known.get(verdict.first, ())):
            return False  # the whole is a name of its own: "Beverly Hills"
        if own is not None and not (names[-1] in ORG_HEADS - CAPITALISED or self._titled(right, own)):
            return self._with_own_head(verdict, own)
        if self._starts_unit(right[0]) and info.prominence >= 5 and len(right) < 4:
            verdict.add("another place follows")
            return not persons.given(view, verdict.last)
        return self._judge_compound(verdict, right, organised=organised)

    def _judge_compound(self, verdict: Verdict, right: list[int], *, organised: bool) -> bool:
        view = self.view
        names = [view.lower[i] for i in right]
        if organised:
            return self._compound(verdict, 5.0, "inside an organisation")
        if names[-1] in TEAM_HEADS:
            return self._compound(verdict, 5.5, "inside a team")
        if any(word in ROLE_NOUNS or word in TITLES for word in names[:3]):
            return self._compound(verdict, 5.0, "before a title or office")
        if view.texts[verdict.last + 1] in ("/", "–", "-"):
            least = 5.5 if self._starts_place(right[0]) else 7.5
            return self._compound(verdict, least, "joined to another place")
        return self._unknown_right(verdict, right)

    def _first_name(self, verdict: Verdict, right: list[int]) -> bool:
        """Whether a given name opens a person's name; countries are also given names (Jordan, Israel)."""
        view = self.view
        if verdict.first != verdict.last or not persons.given(view, verdict.first):
            return False
        if verdict.info.kind != "country":
            return True
        unknown = not self._starts_place(right[0]) and not all(view.common(i) for i in right)
        return len(right) == 1 and (persons.surname(view, right[0]) or unknown)

    def _titled(self, right: list[int], own: int) -> bool:
        """Whether a title or office follows the head: "Kherson Region Governor"."""
        return any(self.view.lower[i] in ROLE_NOUNS or self.view.lower[i] in TITLES for i in right if i > own)

    def _starts_place(self, i: int) -> bool:
        return any(s.info.prominence >= 6 and not s.info.derived for s in self.known.get(i, ()))

    def _starts_unit(self, i: int) -> bool:
        return any(
            s.info.prominence >= 6 and not s.info.derived and s.info.kind in ("country", "admin1")
            for s in self.known.get(i, ())
        )

    def _with_own_head(self, verdict: Verdict, own: int) -> bool:
        """The name has a capitalised head of its own: "Granville County", "Mississippi River"."""
        verdict.last = own
        verdict.kinds = EVERY.get(self.view.lower[own], ("facility", "other"))
        verdict.head = Head(self.view.lower[own], verdict.kinds, own, own)
        verdict.evidence = max(verdict.evidence, -0.5)
        verdict.add("with a head of its own")
        return True

    def _compound(self, verdict: Verdict, least: float, cue: str) -> bool:
        view, info = self.view, verdict.info
        verdict.role = "modifier"
        verdict.add(cue)
        single = verdict.first == verdict.last and info.kind != "country"
        if single and (view.common(verdict.first) or view.lower[verdict.first] in self.surnames):
            return False
        unit = info.kind in ("admin1", "admin2") and verdict.last > verdict.first
        return info.prominence >= least - (2.0 if unit else 0.0)

    def _unknown_right(self, verdict: Verdict, right: list[int]) -> bool:
        """Before capitalised words that say nothing: a person, or a compound such as "Vietnam War"."""
        view, info = self.view, verdict.info
        if persons.given(view, right[0]) and not persons.given(view, verdict.last):
            verdict.add("a person's name follows")
            return info.prominence >= 5 and view.preceding(verdict.first) in ("of", "in", "from")
        if all(view.common(i) for i in right):
            return self._compound(verdict, 6.3, "part of a compound")
        if persons.given(view, verdict.first) or persons.surname(view, right[-1]):
            return False
        return self._compound(verdict, 7.5, "part of a compound")

    # -- a name on its own --------------------------------------------------------------------------------

    def _name_evidence(self, verdict: Verdict) -> None:
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

    def _word_evidence(self, verdict: Verdict) -> None:
        """What speaks against a single word: an English word, a person's name, an acronym."""
        view, i, info = self.view, verdict.first, verdict.info
        word = view.lower[i]
        person = word in self.surnames or word in self.called
        if person and (info.kind != "country" or word in self.called):
            inside = view.preceding(i) in _INSIDE and not persons.title_before(view, i)
            verdict.add(
                "name of a person in the text, after in" if inside else "name of a person in the text"
            )
        if info.kind == "country" or info.capital:
            return
        if not verdict.lower and view.common(i):
            opens = i in view.initial or i in view.headline
            verdict.add("common word that opens a sentence" if opens else "common word")
        if not verdict.lower and word in self.lower_words:
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

    def _context_evidence(self, verdict: Verdict) -> None:
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
        if after == "," and self._parent_follows(verdict):
            verdict.add("before the unit it lies in")
        if (
            before == ","
            and self._ends_place(verdict.first - 2)
            and verdict.info.kind in ("country", "admin1")
        ):
            verdict.add("the unit of the place before")
        if after == "-" and view.word(verdict.last + 2) in ("based", "born", "bound", "area"):
            verdict.add("before -based")
        if after == "," and self._explained(verdict.last + 1):
            verdict.add("explained as a kind of place")
        if before in _SHIPS:
            verdict.add("after a ship")
        if self._dateline(verdict):
            verdict.add("dateline")

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

    # -- heads and offices --------------------------------------------------------------------------------

    def heads(self, verdict: Verdict) -> None:
        """Note the generic word beside the name, and the kinds it asks for."""
        view = self.view
        head = verdict.head or head_after(view, verdict.last) or head_before(view, verdict.first)
        if head is None:
            return
        verdict.head, verdict.kinds = head, verdict.kinds or head.kinds
        if head.text not in WEAK and verdict.whole:
            verdict.add("before a kind of place")

    def _preceding_of(self, verdict: Verdict) -> None:
        """Behind "of": an organisation or office is the head ("University of Sussex", "mayor of Kherson")."""
        view, i = self.view, verdict.first - 1
        if i >= 0 and view.lower[i] == "the":
            i -= 1
        if i < 1 or view.lower[i] != "of" or not view.same_line(i):
            return
        word = view.lower[i - 1]
        if word in PEOPLE_OF or (word in EVERY and word not in OFFICES):
            return
        noble = word in _NOBILITY and view.capital(i - 1)
        if noble or word in OFFICES or (word in ORG_HEADS and view.capital(i - 1)):
            verdict.role = "modifier"

    # -- adjectives and demonyms --------------------------------------------------------------------------

    def _derived(self, span: Span) -> Verdict | None:
        """An adjective is a mention only with demonyms, or before its own peninsula ("Crimean peninsula")."""
        view, info = self.view, span.info
        head = head_after(view, span.last)
        if head is not None and head.text == "peninsula" and info.of != "country":
            verdict = Verdict(span.first, span.last, span.last, info, 3.0, "literal", head, head.kinds)
            verdict.features.append((ADJECTIVE_CUE, 1.0))
            return verdict
        if not self.demonyms or span.lower or view.preceding(span.first) in _LANGUAGE:
            return None
        return Verdict(span.first, span.last, span.last, info, 2.5, "demonym")


ADJECTIVE_CUE: Final = "adjective of the peninsula"
