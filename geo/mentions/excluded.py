"""What rules a place out at a glance: months, roads, channels, acronyms, particles of people's names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.mentions.evidence import Evidence
from geo.mentions.lexicon import NEVER
from geo.mentions.names import KNOWN_CAPS
from geo.mentions.view import DIGIT, UPPER
from geo.text.words import words

if TYPE_CHECKING:
    from geo.mentions.names import Span
    from geo.mentions.view import View

_BROADCAST: Final = words(
    """station channel broadcaster tv television network radio told aired report programme"""
)
_PARTICLES: Final = frozenset({"van", "von", "de", "dos", "da", "di", "del", "bin", "ibn", "al", "der"})
_ARTICLES: Final = words("al el ad an ar as ash at az")
_ARTICLE: Final = re.compile(rf"(?:{'|'.join(sorted(_ARTICLES))})-[A-Z]")
_MONTHS: Final = frozenset({"march", "august", "april", "may", "june", "july"})
_BEFORE_MONTHS: Final = words(
    "in since by until till from last this next early late mid of before after through between and during every each"
)
_ON_ROADS: Final = words("on along off onto via down up across of near between and to at")
_BIBLICAL: Final = words(
    """zion bethel bethlehem jerusalem antioch ephesus corinth philippi galilee canaan carmel nazareth calvary shiloh
    salem hebron jericho damascus smyrna berea macedonia gilead sinai nebo moriah olive olivet mount new ebenezer
    pleasant hill grove hope providence harmony union bethany bethesda palestine sardis thyatira philadelphia"""
)
"""Words of which names of churches are made."""
_CHURCHES: Final = words(
    "baptist methodist lutheran presbyterian pentecostal ame episcopal nazarene adventist evangelical missionary"
)
_COUNTED: Final = words("million billion percent points people")


def church(view: View, first: int, last: int) -> bool:
    """Whether tokens from `first` to `last` name a church: "Bethel Baptist Church"."""
    return not _CHURCHES.isdisjoint(view.lower[first : last + 1])


class Exclusions(Evidence):
    """Tells what the signs and words beside a name rule out, before anything is weighed."""

    def excluded(self, span: Span) -> bool:
        """Whether the signs around rule a place out: handles, currency, particles of names, phrases, channels."""
        view = self.view
        if span.info.key in NEVER or view.word(span.last + 1) == "$" or view.word(span.first - 1) == "@":
            return True
        particle = view.preceding(span.first) in _PARTICLES and view.capital(span.first - 2)
        single = particle and span.info.prominence < 8 and span.first == span.last
        if (
            single
            or self._goes_on_in_arabic(span)
            or (view.right[span.last] > span.last and self._church(span))
        ):
            return True
        return self._month(span) or self._numbered(span) or self._body_in_capitals(span)

    def _month(self, span: Span) -> bool:
        """Whether it is the month: "in March", "last August", "March 8", but not "March, Cambridgeshire"."""
        view, i = self.view, span.first
        if view.lower[i] not in _MONTHS or i != span.last:
            return False
        if view.following(i) == "," and any(s.info.prominence >= 5 for s in self.known.get(i + 2, ())):
            return False
        if view.preceding(i) in _BEFORE_MONTHS:
            return True
        return view.same_line(i) and view.shapes[i + 1] == DIGIT

    def _church(self, span: Span) -> bool:
        """Whether a church bears a name of the Bible: "Mount Zion Baptist Church" says nothing of Mount Zion."""
        view, last = self.view, span.last
        if not view.capital(last + 1) or not view.same_line(last):
            return False
        if not church(view, last + 1, last + 2):
            return False
        return all(view.lower[i] in _BIBLICAL for i in range(span.first, last + 1))

    def _body_in_capitals(self, span: Span) -> bool:
        """Whether an article stands before unknown capitals: "the ITU", "the MOE"."""
        view, i = self.view, span.first
        if view.shapes[i] != UPPER or i != span.last or i in view.headline or span.info.abbreviation:
            return False
        if view.preceding(i) != "the" or view.texts[i - 1] == "THE" or len(view.texts[i]) > 5:
            return False
        return view.texts[i] not in KNOWN_CAPS

    def _numbered(self, span: Span) -> bool:
        """Whether a number follows that makes it a channel or a road: "France 2", "along U.S. 33"."""
        view, last = self.view, span.last
        if not view.same_line(last) or view.shapes[last + 1] != DIGIT or len(view.lower[last + 1]) > 3:
            return False
        before = view.preceding(span.first)
        if span.info.kind in ("country", "admin1") and before in _ON_ROADS:
            return not view.capital(last + 2) and view.following(last + 1) not in _COUNTED
        return self._channel(span)

    def _goes_on_in_arabic(self, span: Span) -> bool:
        """Whether it is but the first word of an unknown name with an article: "Wad al-Noora", "Bir el-Hamra"."""
        view, i = self.view, span.last + 1
        if (
            view.following(span.last) not in _ARTICLES
            or span.info.prominence >= 8
            or view.gap(span.last) != " "
        ):
            return False
        return bool(_ARTICLE.match("".join(view.texts[i : i + 3])))

    def _channel(self, span: Span) -> bool:
        """Whether a number follows and broadcasting is spoken of: "France 2", "Russia 24"."""
        view, i = self.view, span.last + 1
        if not view.same_line(span.last) or view.shapes[i] != DIGIT or len(view.lower[i]) > 2:
            return False
        around = view.lower[max(0, span.first - 4) : i + 4]
        return any(word in _BROADCAST for word in around)

    def starts_unit(self, i: int) -> bool:
        """Whether a country or first-level unit that is well known begins at token `i`."""
        return any(
            s.info.prominence >= 6 and not s.info.derived and s.info.kind in ("country", "admin1")
            for s in self.known.get(i, ())
        )
