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
    OFFICES,
    ORG_HEADS,
    ROLE_NOUNS,
    STREETS,
    TEAM_HEADS,
    TITLES,
)
from geo.mentions.view import UPPER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.mentions.heads import Kinds
    from geo.mentions.names import NameInfo, Span
    from geo.mentions.view import View

_CLUBS: Final = frozenset(
    {"fc", "ac", "real", "inter", "sporting", "atletico", "dynamo", "cska", "cf", "sv", "borussia"}
)
_NOBILITY: Final = frozenset(
    {"duke", "duchess", "prince", "princess", "earl", "count", "countess", "baron", "lord"}
)
_CAPS_WORDS: Final = frozenset(
    {"US", "UK", "UAE", "USA", "EU", "DC", "NYC", "DRC", "PNG", "USSR", "U.S", "U.K"}
)


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
    role : str or None
        "modifier" or "demonym" where the construction settles it.
    """

    first: int
    last: int
    base: int
    info: NameInfo
    evidence: float
    role: str | None = None
    head: Head | None = None
    kinds: Kinds = ()
    cues: list[str] = field(default_factory=list)
    whole: bool = False
    lower: bool = False

    @property
    def score(self) -> float:
        """Evidence as a share, 0 to 1."""
        return 1 / (1 + math.exp(-max(-20.0, min(20.0, self.evidence))))


class Judge:
    """Weighs the evidence for every span of one document.

    Parameters
    ----------
    view : View
    known : mapping
        First token of every candidate span to the last tokens of spans there, with what is known of them.
    demonyms : bool
        Whether adjectives and demonyms are mentions too.
    """

    def __init__(self, view: View, known: Mapping[int, list[Span]], *, demonyms: bool) -> None:
        self.view = view
        self.known = known
        self.demonyms = demonyms
        self.surnames = persons.person_surnames(view)
        self.ends = {
            span.last: span for spans in known.values() for span in spans if span.info.prominence >= 4.5
        }
        self.lower_words = {view.lower[i] for i in range(len(view)) if view.shapes[i] == 0}

    def judge(self, span: Span) -> Verdict | None:
        """Verdict on a span; None where the construction rules a place out."""
        if span.info.derived:
            return self._derived(span)
        if span.info.prominence <= 0:
            return None
        left, right = self._neighbours(span)
        verdict = Verdict(span.first, span.last, span.last, span.info, self._base(span), lower=span.lower)
        if left and not self._judge_left(verdict, left):
            return None
        if right and not self._judge_right(verdict, right):
            return None
        if not left and not right:
            verdict.whole = True
            self._judge_whole(verdict)
        self._heads(verdict)
        self._preceding_of(verdict)
        return verdict

    # -- neighbours inside the run of capitalised words -------------------------------------------------

    def _neighbours(self, span: Span) -> tuple[list[int], list[int]]:
        view = self.view
        if span.first in view.headline or span.lower:
            return self._headline_neighbours(span)
        left = [i for i in range(view.left[span.first], span.first) if view.shapes[i] != 4]
        right = [i for i in range(span.last + 1, view.right[span.last] + 1) if view.shapes[i] != 4]
        while left and left[0] in view.initial and view.common(left[0]) and not self._speaking_head(left[0]):
            left = left[1:]
        while left and (view.lower[left[-1]] in DIRECTIONS or self._is_derived(left[-1])):
            left = left[:-1]
        return left, right

    def _headline_neighbours(self, span: Span) -> tuple[list[int], list[int]]:
        """In a headline all words are capitalised: only direct neighbours that say something count."""
        view = self.view
        left, right = span.first - 1, span.last + 1
        speaking = ORG_HEADS | TEAM_HEADS | STREETS
        lefts = (
            [left]
            if view.same_line(left) and (persons.given(view, left) or view.lower[left] in TITLES)
            else []
        )
        rights = (
            [right]
            if view.same_line(span.last) and view.capital(right) and view.lower[right] in speaking
            else []
        )
        return lefts, rights

    def _speaking_head(self, i: int) -> bool:
        return self.view.lower[i] in PREFIXES or self.view.lower[i] in TITLES or self.view.lower[i] in _CLUBS

    def _is_derived(self, i: int) -> bool:
        return any(span.first == span.last and span.info.derived for span in self.known.get(i, ()))

    def _judge_left(self, verdict: Verdict, left: list[int]) -> bool:
        """Capitalised words before the name inside its run; False rules a place out."""
        view, before = self.view, left[-1]
        word = view.lower[before]
        if word in PREFIXES and before == verdict.first - 1:
            verdict.first, verdict.kinds, verdict.evidence = before, PREFIXES[word], verdict.evidence + 2
            verdict.head = Head(word, PREFIXES[word], before, before)
            return len(left) == 1
        if self._ends_place(before):
            return verdict.info.kind in ("country", "admin1") or verdict.info.prominence >= 6.5
        if word in _CLUBS:
            verdict.role = "modifier"
            return verdict.info.prominence >= 6
        if view.tokens[verdict.first - 1].text in ("/", "–"):
            return verdict.info.prominence >= 5.5
        return False

    def _ends_place(self, i: int) -> bool:
        span = self.ends.get(i)
        return span is not None and not (persons.given(self.view, i) and span.info.kind != "country")

    def _judge_right(self, verdict: Verdict, right: list[int]) -> bool:
        """Capitalised words after the name inside its run; False rules a place out."""
        view, info = self.view, verdict.info
        words = [view.lower[i] for i in right]
        if words[0] in STREETS or (len(words) > 1 and words[1] in STREETS):
            return False
        if persons.given(view, verdict.first) and verdict.first == verdict.last and info.kind != "country":
            if not (words[0] in CAPITALISED or words[-1] in ORG_HEADS):
                return False
        own = own_head(view, verdict.last)
        if own is not None and not (words[-1] in ORG_HEADS - CAPITALISED or self._titled(right, own)):
            return self._with_own_head(verdict, own)
        if self._starts_place(right[0]) and (info.prominence >= 5 or words[0] in ("usa",)):
            verdict.evidence += 1
            return not persons.given(view, verdict.last)
        if words[-1] in ORG_HEADS or words[0] in ORG_HEADS:
            return self._compound(verdict, 5.0, "inside the name of an organisation")
        if words[-1] in TEAM_HEADS:
            return self._compound(verdict, 5.5, "inside the name of a team")
        if words[0] in ROLE_NOUNS or words[0] in TITLES:
            return self._compound(verdict, 5.0, "before a title")
        if view.tokens[verdict.last + 1].text in ("/", "–", "-"):
            return info.prominence >= 5.5 and self._compound(verdict, 5.5, "joined to another word")
        return self._unknown_right(verdict, right)

    def _starts_place(self, i: int) -> bool:
        return any(s.info.prominence >= 6 and not s.info.derived for s in self.known.get(i, ()))

    def _titled(self, right: list[int], own: int) -> bool:
        """Whether a title or office follows the head: "Kherson Region Governor"."""
        return any(self.view.lower[i] in ROLE_NOUNS or self.view.lower[i] in TITLES for i in right if i > own)

    def _with_own_head(self, verdict: Verdict, own: int) -> bool:
        """The name has a capitalised head of its own: "Granville County", "Mississippi River"."""
        view = self.view
        verdict.last = own
        verdict.kinds = EVERY.get(view.lower[own], ("facility", "other"))
        verdict.head = Head(view.lower[own], verdict.kinds, own, own)
        verdict.evidence = max(verdict.evidence, 0.5) + 1
        verdict.cues.append(f"own head {view.tokens[own].text!r}")
        return True

    def _compound(self, verdict: Verdict, least: float, cue: str) -> bool:
        verdict.role = "modifier"
        verdict.cues.append(cue)
        if (
            verdict.first == verdict.last
            and self.view.common(verdict.first)
            and verdict.info.kind != "country"
        ):
            return False
        return verdict.info.prominence >= least and not self._person_like(verdict)

    def _person_like(self, verdict: Verdict) -> bool:
        if verdict.first != verdict.last or verdict.info.kind == "country":
            return False
        return self.view.lower[verdict.first] in self.surnames

    def _unknown_right(self, verdict: Verdict, right: list[int]) -> bool:
        """Before capitalised words that say nothing: a person, or a compound such as "Vietnam War"."""
        view, info = self.view, verdict.info
        if persons.given(view, right[0]) and not persons.given(view, verdict.last):
            verdict.cues.append("a person's name follows")
            return info.prominence >= 5 and verdict.first not in view.initial
        if all(view.common(i) for i in right):
            return self._compound(verdict, 6.3, "part of a compound")
        if persons.given(view, verdict.first) or persons.surname(view, right[-1]):
            return False
        return self._compound(verdict, 7.5, "part of a compound")

    # -- a name on its own --------------------------------------------------------------------------------

    def _base(self, span: Span) -> float:
        evidence = (span.info.prominence - 5.0) * 0.9
        if span.info.kind in ("country", "continent"):
            evidence = max(evidence, 3.0)
        if span.last > span.first:
            evidence += 1.0
            if all(self.view.common(i) for i in range(span.first, span.last + 1) if self.view.shapes[i] != 4):
                evidence -= 2.0
        return evidence

    def _judge_whole(self, verdict: Verdict) -> None:
        if verdict.first == verdict.base:
            verdict.evidence += self._word_evidence(verdict)
        verdict.evidence += self._context_evidence(verdict)

    def _word_evidence(self, verdict: Verdict) -> float:
        """What speaks against a single word: an English word, a person's name, an acronym."""
        view, i, info = self.view, verdict.first, verdict.info
        strong = info.kind == "country" or info.capital
        total = 0.0
        if not verdict.lower and view.common(i) and not strong:
            total -= 3.0 if i in view.initial or i in view.headline else 2.0
        if view.lower[i] in self.lower_words and not verdict.lower and not strong:
            total -= 1.5
        if view.lower[i] in self.surnames and info.kind != "country":
            total -= 3.5
        if persons.given(view, i) and info.prominence < 7:
            total -= 1.3
        if persons.surname(view, i) and not strong:
            total -= 1.0
        if persons.title_before(view, i) and not strong:
            total -= 3.0
        if persons.speaks(view, i) and not strong and info.kind != "admin1":
            total -= 1.5
        if (
            view.shapes[i] == UPPER
            and i not in view.headline
            and view.tokens[i].text.rstrip(".") not in _CAPS_WORDS
        ):
            total -= 2.5 if len(view.lower[i]) <= 5 and not info.abbreviation else 0.0
        if i in view.initial and info.prominence < 6:
            total -= 0.5
        if i in view.headline:
            total -= 0.7
        return total

    def _context_evidence(self, verdict: Verdict) -> float:
        view = self.view
        before, after = view.preceding(verdict.first), view.following(verdict.last)
        total = 0.0
        if before == "the" and verdict.first >= 2:
            before = view.lower[verdict.first - 2]
        if before in LOCATIVE:
            total += 1.5
            verdict.cues.append(f"after {before!r}")
        elif before == "of":
            total += 0.4
        elif before in DIRECTIONS or before in GEO_NOUNS:
            total += 1.5
            verdict.cues.append(f"after {before!r}")
        if after == "," and self._parent_follows(verdict):
            total += 2.5
            verdict.cues.append("before the unit it lies in")
        if (
            before == ","
            and self._ends_place(verdict.first - 2)
            and verdict.info.kind in ("country", "admin1")
        ):
            total += 2.0
        if after == "-" and view.word(verdict.last + 2) in ("based", "born", "bound", "area"):
            total += 2.0
        return total

    def _parent_follows(self, verdict: Verdict) -> bool:
        at = verdict.last + 2
        return any(
            s.info.kind in ("country", "admin1") or s.info.abbreviation
            for s in self.known.get(at, ())
            if not s.info.derived
        )

    # -- heads and offices --------------------------------------------------------------------------------

    def _heads(self, verdict: Verdict) -> None:
        view = self.view
        head = verdict.head or head_after(view, verdict.last) or head_before(view, verdict.first)
        if head is None:
            return
        verdict.head, verdict.kinds = head, verdict.kinds or head.kinds
        if head.text not in WEAK and verdict.whole:
            verdict.evidence += 1.5
        verdict.cues.append(f"head {head.text!r}")

    def _preceding_of(self, verdict: Verdict) -> None:
        """Behind "of": an organisation or office is the head ("University of Sussex", "mayor of Kherson")."""
        view, i = self.view, verdict.first - 1
        if i >= 0 and view.lower[i] == "the":
            i -= 1
        if i < 1 or view.lower[i] != "of" or not view.same_line(i):
            return
        word = view.lower[i - 1]
        if word in _NOBILITY and view.capital(i - 1):
            verdict.role = "modifier"
        elif word in EVERY and word not in OFFICES:
            return
        elif (word in ORG_HEADS and view.capital(i - 1)) or word in OFFICES:
            verdict.role = verdict.role or (
                "modifier" if word not in ("people", "residents", "inhabitants") else None
            )

    # -- adjectives and demonyms --------------------------------------------------------------------------

    def _derived(self, span: Span) -> Verdict | None:
        """An adjective is a mention only with demonyms, or before its own peninsula ("Crimean peninsula")."""
        view, info = self.view, span.info
        head = head_after(view, span.last)
        if head is not None and head.text == "peninsula" and info.kind != "country":
            return Verdict(
                span.first,
                span.last,
                span.last,
                info,
                3.0,
                "literal",
                head,
                head.kinds,
                ["adjective of the peninsula"],
            )
        if not self.demonyms or span.lower:
            return None
        return Verdict(span.first, span.last, span.last, info, 2.5, "demonym")
