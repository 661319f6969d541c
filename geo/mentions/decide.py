"""Is this name a place here? Evidence is summed per span; what the words around say beats prominence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.mentions import persons
from geo.mentions.cues import Head, head_after, head_before, own_head, shared_head
from geo.mentions.evidence import SHIPS
from geo.mentions.excluded import Exclusions
from geo.mentions.heads import CAPITALISED, EVERY, PLURAL_PREFIXES, PREFIXES, WEAK
from geo.mentions.lexicon import (
    BODIES,
    DIRECTIONS,
    OFFICES,
    ORG_HEADS,
    PAPERS,
    PEOPLE_OF,
    PUBLIC_HEADS,
    ROLE_NOUNS,
    STREETS,
    TEAM_HEADS,
    TITLES,
)
from geo.mentions.verdict import Verdict
from geo.mentions.view import OTHER, UPPER
from geo.text.words import words

if TYPE_CHECKING:
    from geo.mentions.names import Span

_CLUBS: Final = frozenset({"fc", "ac", "afc", "real", "inter", "sporting", "atletico", "dynamo", "cska", "cf", "sv",
                           "borussia", "team", "air", "radio", "hotel", "embassy", "miss"})  # fmt: skip
_ERAS: Final = frozenset(
    {"nazi", "soviet", "occupied", "postwar", "imperial", "colonial", "communist", "native"}
)
_NOBILITY: Final = frozenset(
    {"duke", "duchess", "prince", "princess", "earl", "count", "countess", "baron", "lord"}
)
_RULERS: Final = _NOBILITY | words(
    """king queen emperor empress sultan emir bishop archbishop patriarch pope president chancellor metropolitan
    shah tsar czar kaiser caliph khedive regent"""
)
"""Whose title goes with a name and a realm or see."""
_NAMING: Final = words("united free young fair just new our forward open")
"""Words that open names of parties and firms ("United Russia"), not only sentences."""
_DETERMINERS: Final = words("the a an your my his her its our their this these those it them")
_PARTIES: Final = frozenset({"r", "d", "i", "l"})
"""Letters of parties before the seat of a lawmaker: "R-Texas"."""
_CLUB_WORDS: Final = words(
    "united rovers wanderers athletic albion argyle alexandra hotspur stanley orient fc afc"
)
_CHAMBERS: Final = frozenset({"senate", "house", "legislature", "assembly", "statehouse"})
"""Behind the name of a state of the US, which may be that of a country, too."""
_UNITS: Final = words(
    "city county town state village township municipal regional metropolitan fire district circuit"
)
_TREATIES: Final = words(
    "accord accords agreement agreements treaty pact convention conventions protocol declaration"
)
_QUOTES: Final = frozenset("\"“”‘’'«»")
_LANGUAGE: Final = words("speak speaks spoke speaking fluent learn learning teach teaching translated dubbed")


class Judge(Exclusions):
    """Decides for every span of one document whether the construction allows a place, and weighs it."""

    def judge(self, span: Span) -> Verdict | None:
        """Verdict on a span; None where the construction rules a place out."""
        if span.info.derived and not self._town_of_a_unit(span):
            return self._derived(span)
        if span.first in self.people:
            return None
        if span.info.prominence <= 0 or self._only_direction(span) or self.excluded(span):
            return None
        left, right = self._neighbours(span)
        verdict = Verdict(span.first, span.last, span.last, span.info, lower=span.lower)
        self.name_evidence(verdict)
        if left and self.view.lower[left[-1]] in _NAMING:
            return None  # the name of a party: "United Russia"
        if left and not self._judge_left(verdict, left):
            verdict.ruled = "by the words before"
        elif right and not self._judge_right(verdict, right):
            verdict.ruled = "by the words after"
        if verdict.ruled:
            return self._only_name(verdict, span)
        if not left and not right:
            verdict.whole = True
            if verdict.first == verdict.base:
                self.word_evidence(verdict)
            self.context_evidence(verdict)
            if self._seat(span.first):
                verdict.add("seat of a lawmaker")
        self.heads(verdict)
        self._preceding_of(verdict)
        return verdict

    def _town_of_a_unit(self, span: Span) -> bool:
        """Whether an adjective is a town here: "Norman, Okla."."""
        if span.info.prominence < 4.5 or self.view.following(span.last) != ",":
            return False
        following = self.known.get(span.last + 2, ())
        return any(
            s.info.kind in ("country", "admin1") or s.info.abbreviation
            for s in following
            if not s.info.derived
        )

    @staticmethod
    def _only_name(verdict: Verdict, span: Span) -> Verdict:
        """Take back what the construction made of a name before it ruled it out."""
        verdict.first, verdict.last, verdict.head, verdict.kinds = span.first, span.last, None, ()
        verdict.role = "modifier" if verdict.ruled == "by the words after" else None
        return verdict

    def _only_direction(self, span: Span) -> bool:
        """Whether words like "Western", "Far North" stand alone: no names, though units are called so."""
        view = self.view
        if view.lower[span.first] not in DIRECTIONS:
            return False  # nearly always
        if any(view.lower[i] not in DIRECTIONS for i in range(span.first, span.last + 1)):
            return False
        return own_head(view, span.last) is None

    # -- neighbours inside the run of capitalised words -------------------------------------------------

    def _neighbours(self, span: Span) -> tuple[list[int], list[int]]:
        view = self.view
        if span.first in view.headline or span.lower:
            return self._headline_neighbours(span)
        if view.left[span.first] == span.first and view.right[span.last] == span.last:
            return [], []  # most names stand alone
        left = [i for i in range(view.left[span.first], span.first) if view.shapes[i] != OTHER]
        if left and self._seat(span.first):
            left = []
        right = [i for i in range(span.last + 1, view.right[span.last] + 1) if view.shapes[i] != OTHER]
        while left and left[0] in view.initial and self._opens_only(left[0]):
            left = left[1:]
        while left and (
            view.lower[left[-1]] in DIRECTIONS or view.lower[left[-1]] in _ERAS or self._is_derived(left[-1])
        ):
            left = left[:-1]
        return left, right

    def _seat(self, i: int) -> bool:
        """Whether the letter of a party stands before token `i`: "R-Yuma"."""
        view = self.view
        return i >= 2 and view.texts[i - 1] == "-" and view.lower[i - 2] in _PARTIES and view.gap(i - 1) == ""

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
        if word in PLURAL_PREFIXES and before == verdict.first - 1:
            verdict.head = Head(word, PLURAL_PREFIXES[word], before, before, plural=True)
            verdict.add("before a kind of place")
            return len(left) == 1
        if self.ends_place(before):
            return not view.common(verdict.first) and (
                info.kind in ("country", "admin1") or info.prominence >= 6.5
            )
        if word in SHIPS:
            return False
        if word in _CLUBS or (view.shapes[before] == UPPER and 2 <= len(word) <= 5):
            verdict.role = "modifier"
            verdict.add("after an acronym")
            return info.prominence >= 6
        return view.texts[verdict.first - 1] in ("/", "–") and info.prominence >= 5.5

    def _judge_right(self, verdict: Verdict, right: list[int]) -> bool:
        """Capitalised words after the name inside its run; False rules a place out."""
        view, info = self.view, verdict.info
        names = [view.lower[i] for i in right]
        if (names[0] in STREETS or (len(names) > 1 and names[1] in STREETS)) and "patrol" not in names:
            return False
        organised = any(word in ORG_HEADS for word in names)
        telling = organised or names[0] in CAPITALISED or names[-1] in TEAM_HEADS or names[0] in ROLE_NOUNS
        telling = telling or names[0] in _CHAMBERS
        if self._first_name(verdict, right) and not telling:
            return False
        own = own_head(view, verdict.last)
        if own is not None and any(s.last == own for s in self.known.get(verdict.first, ())):
            return False  # the whole is a name of its own: "Beverly Hills"
        if own is not None and not (names[-1] in ORG_HEADS - CAPITALISED or self._titled(right, own)):
            return self._with_own_head(verdict, own)
        if self.starts_unit(right[0]) and info.prominence >= 5 and len(right) < 4:
            verdict.add("another place follows")
            return not persons.given(view, verdict.last)
        return self._judge_compound(verdict, right, organised=organised)

    def _judge_compound(self, verdict: Verdict, right: list[int], *, organised: bool) -> bool:
        view = self.view
        names = [view.lower[i] for i in right]
        if names[0] in _CHAMBERS and any(unit.startswith("US-") for unit in verdict.info.units):
            verdict.kinds = verdict.kinds or ("admin1",)
            return self._compound(verdict, 4.0, "inside a public body")
        if names[0] in PUBLIC_HEADS or (len(names) > 1 and names[1] in PUBLIC_HEADS and names[0] in _UNITS):
            return self._compound(verdict, 4.0, "inside a public body")
        if names[0] in PAPERS or (names[-1] in PAPERS and len(names) < 3):
            return self._compound(verdict, 4.4, "inside a paper's name")
        if names[0] in _TREATIES:
            return self._compound(verdict, 4.0, "inside a treaty's name")
        if names[0] in _CLUB_WORDS:
            return self._compound(verdict, 4.4, "inside a team")
        if organised:
            return self._compound(verdict, 5.0, "inside an organisation")
        if names[-1] in TEAM_HEADS:
            return self._compound(verdict, 4.4, "inside a team")
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
        single = verdict.first == verdict.last and info.kind != "country" and least > 4.5
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

    # -- heads and offices --------------------------------------------------------------------------------

    def heads(self, verdict: Verdict) -> None:
        """Note the generic word beside the name, and the kinds it asks for."""
        view = self.view
        after = head_after(view, verdict.last)
        own = verdict.head
        if own is not None and after is not None and after.plural and own.last < verdict.base:
            own, verdict.kinds = None, ()  # "Harris and Fort Bend counties": no fort
        head = own or after or head_before(view, verdict.first)
        if head is None and verdict.whole and view.following(verdict.last) in (",", "and", "or"):
            head = shared_head(view, verdict.last)
            if head is not None:
                verdict.add("shares a kind of place")
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
        named = view.capital(i - 1) and (word in _NOBILITY or word in ORG_HEADS or self._reigns(i - 1))
        if named or (word in OFFICES and word not in BODIES):
            verdict.role = "modifier"

    def _reigns(self, i: int) -> bool:
        """Whether the name that ends at token `i` is that of a ruler or prelate: "King Hussein of Jordan"."""
        view = self.view
        return any(view.lower[k] in _RULERS for k in range(view.left[i], i))

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
        if not info.demonym and view.following(span.last) in _DETERMINERS:
            return None  # no adjective stands before an article: "Polish the brass"
        return Verdict(span.first, span.last, span.last, info, 2.5, "demonym")


ADJECTIVE_CUE: Final = "adjective of the peninsula"
