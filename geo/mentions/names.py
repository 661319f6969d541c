"""What the gazetteer says about a name, condensed for the recogniser, and the spans worth looking at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from gazetteer.types import NameUse
from geo.mentions.lexicon import FUNCTION, listing
from geo.mentions.view import LOWER, OTHER, TITLE, UPPER
from geo.text.capitals import CAPITALS
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.types import Candidate, NameHit
    from geo.mentions.view import View

_DERIVED: Final = frozenset({NameUse.ADJECTIVE, NameUse.DEMONYM})
_CONNECTORS: Final = words(
    """of the de la le les du des del di da do dos das el al and y e upon on under sur en der den am im an auf
    in bei au aux ez es as bou ben sous nad pod na ob un zu ter ten ul ur o"""
)
_ARTICLE: Final = re.compile(r"(?:[ae][dlnrstz]|[ae]sh)-(?=[^\W\d_a-z])")
"""The Arabic article, which is written small in front of names: "el-Fasher", "ash-Shihr"."""
_LOWER_PROMINENCE: Final = 6.5
"""Lower-case names are taken from this prominence on (some 400,000 people)."""


class Names(Protocol):
    """What a recogniser needs of a gazetteer."""

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """Places with that folded name, most prominent first."""

    def scan(self, text: str, at: Iterable[tuple[int, str]] | None = None) -> list[NameHit]:
        """Every known name in the text, or only those that begin with some tokens, given with their offsets."""


_BLOCS: Final = frozenset({"european union", "eu"})
"""Areas that have a government of their own beside those of their countries."""


@dataclass(frozen=True, slots=True)
class NameInfo:
    """A folded name: how prominent the places are that bear it, and what kind of name it is.

    Attributes
    ----------
    key : str
    prominence : float
        Of the best place that bears it as a name (not as adjective or demonym), 0 without any. Alternate
        names that share nothing with the place's own name count less.
    kind : str
        Kind of that place, "" without any.
    derived : bool
        An adjective or demonym: "Ukrainian", "Ukrainians".
    demonym : bool
        A demonym only.
    of : str
        Kind of the place that the adjective or demonym belongs to, "" for plain names.
    preferred : bool
        The usual name of that place, not another spelling or an old name.
    abbreviation : bool
        Only known as an abbreviation, which counts as written: US, Ky.
    capital : bool
        A capital or seat of government.
    units : tuple of str
        First-level units (ISO 3166-2, else the country) of the most prominent places that bear the name.
    """

    key: str
    prominence: float
    kind: str
    derived: bool
    demonym: bool
    of: str
    preferred: bool
    abbreviation: bool
    capital: bool
    units: tuple[str, ...] = ()

    @property
    def actor(self) -> bool:
        """Whether the name may stand for a government."""
        return self.capital or self.kind == "country" or self.key in _BLOCS


class NameBook:
    """Cached `NameInfo` for folded names.

    Parameters
    ----------
    gaz : Names
        Where it has ``openings`` as `gazetteer.store.Gazetteer.openings`, few words in small letters are looked up.

    Attributes
    ----------
    small : frozenset of str or None
        Folded words with which names that may be taken in small letters begin; None where any word may begin one.
    """

    def __init__(self, gaz: Names) -> None:
        self._gaz = gaz
        self.get = lru_cache(maxsize=16384)(self._info)
        self.may_be_lower = lru_cache(maxsize=4096)(self._may_be_lower)
        self.small = _small(getattr(gaz, "openings", None))

    def _may_be_lower(self, key: str) -> bool:
        """Whether a name is taken in lower case, too: only of prominent places."""
        if len(key) < 4 or key in FUNCTION:
            return False
        info = self.get(key)
        if info.derived or not (info.preferred or info.capital) or info.prominence < _LOWER_PROMINENCE:
            return False
        return info.kind in ("country", "city", "town") and (len(key) >= 5 or info.prominence >= 7)

    def _info(self, key: str) -> NameInfo:
        found = self._gaz.candidates(key)
        uses = {candidate.use for candidate in found}
        plain = [c for c in found if c.use not in _DERIVED and c.use != NameUse.CODE]
        best = max(plain, key=_standing, default=None)
        derived = bool(uses & _DERIVED)
        return NameInfo(
            key=key,
            prominence=_standing(best) if best else 0.0,
            kind=best.place.kind if best else "",
            derived=derived,
            demonym=NameUse.DEMONYM in uses and NameUse.ADJECTIVE not in uses,
            of=next((c.place.kind for c in found if c.use in _DERIVED), ""),
            preferred=best is not None and best.use in (NameUse.PREFERRED, NameUse.OFFICIAL),
            abbreviation=bool(plain) and best is not None and best.use == NameUse.ABBREVIATION,
            capital=key in CAPITALS,
            units=_units(plain, best),
        )


def _small(openings: frozenset[str] | None) -> frozenset[str] | None:
    """Words that begin great names, also as possessives are cut: "st john's" is known as "st johns"."""
    if openings is None:
        return None
    every = openings | {name.partition(" ")[0] for name in CAPITALS}
    return every | {word[:-1] for word in every if word.endswith("s")}


def _units(plain: list[Candidate], best: Candidate | None) -> tuple[str, ...]:
    """Units of the best place and of the next in the gazetteer's order, without repeats."""
    places = [candidate.place for candidate in ([best] if best else []) + plain[:8]]
    found = dict.fromkeys(place.admin1 or place.country for place in places)
    return tuple(unit for unit in found if unit)


def _standing(candidate: Candidate) -> float:
    """Prominence of the place under this name: foreign and old names of big places count less."""
    prominence = candidate.place.prominence
    if candidate.use in (NameUse.PREFERRED, NameUse.OFFICIAL, NameUse.ABBREVIATION):
        return prominence
    if candidate.use == NameUse.ALTERNATE and candidate.place.kind == "country" and " " in candidate.name:
        return prominence - 0.5  # "Holy See"
    if candidate.use == NameUse.FOREIGN and len(candidate.name) <= 3:
        return prominence - 6.0
    own = candidate.place.name.casefold()
    if own[:1] == candidate.name[:1] or candidate.name in own:
        return prominence - 0.5
    parts = candidate.name.split()
    return prominence - (6.0 if all(w in listing("common") or w in FUNCTION for w in parts) else 2.0)


@dataclass(slots=True)
class Span:
    """A known name in the text: tokens `first` to `last`, both included."""

    first: int
    last: int
    info: NameInfo
    lower: bool = False
    start: int = -1
    end: int = -1


def spans(view: View, hits: list[NameHit], book: NameBook, offset: int) -> Iterator[Span]:
    """Yield the hits whose spelling may be that of a name, in the order given."""
    text, starts, may_be_lower = view.text, view.starts, book.may_be_lower
    lowered: set[int] = set()
    for begin, stop, key in hits:
        start, end = begin + offset, stop + offset
        if key.startswith("the ") and text.startswith("the ", start):
            start += 4  # "the Pacific": the article is no part of the mention, though of the name
        char = text[start]
        low = char.islower() and not _ARTICLE.match(text, start)
        if (low and not may_be_lower(key)) or char.isdigit():
            continue
        first = view.index_at(start)
        if first < 0 or starts[first] != start:
            continue
        last = first if end <= view.ends[first] else view.last_before(end)
        if last == first + 1 and view.lower[last] in {"'s", "’s"}:
            continue  # "Cuba's" is no "Cubas"
        info = book.get(key)
        if last > first and not all(view.joined[first:last]):
            continue  # it goes on in the next sentence
        if low:
            if _lower_case_name(view, first, last):
                lowered.add(view.sentence[first])
                yield Span(first, last, info, lower=True, start=start, end=end)
        elif _spelled(view, first, last, info):
            yield Span(first, last, info, start=start, end=end)

    if lowered:
        yield from _also_lower(view, hits, book, offset, lowered)


def _also_lower(
    view: View, hits: list[NameHit], book: NameBook, offset: int, sentences: set[int]
) -> Iterator[Span]:
    """Names of few letters or that are words too, in lower case: behind a preposition, in a sentence with others."""
    for begin, stop, key in hits:
        start, end = begin + offset, stop + offset
        first = view.index_at(start)
        if (
            first < 0
            or view.starts[first] != start
            or view.shapes[first] != LOWER
            or not view.joined[first - 1]
        ):
            continue
        if book.may_be_lower(key) and _lower_case_name(view, first, first):
            continue  # taken already
        if view.sentence[first] in sentences and first == view.last_before(end):
            info = book.get(key)
            known = info.preferred or info.capital
            great = info.kind == "country" or info.capital
            small = info.kind == "city" and info.prominence >= 6 and view.lower[first] not in _ALSO_WORDS
            if known and (great or small) and _behind_preposition(view, first):
                yield Span(first, first, info, lower=True, start=start, end=end)


def _behind_preposition(view: View, i: int) -> bool:
    before = view.preceding(i)
    return before in _PREPOSITIONS and view.lower[i] not in listing("common")


def _lower_case_name(view: View, first: int, last: int) -> bool:
    """A name in lower case: no English word, and no capital inside."""
    if any(view.shapes[i] not in (LOWER, OTHER) for i in range(first, last + 1)):
        return False
    if first == last:
        word = view.lower[first]
        return word not in listing("common") and word not in listing("given") and word not in _ALSO_WORDS
    return not any(view.common(i) for i in range(first, last + 1))


_PREPOSITIONS: Final = frozenset({"in", "near", "from", "to", "over", "for", ","})
_ALSO_WORDS: Final = frozenset(
    """turkey china chad jersey guinea java mali male lima cork panama bath hamburg frankfurt cologne cuba
    jordan georgia niger split nice bergen chile peru togo oman china's limerick madeira manila canton
    angora bologna charleston ascot champagne burgundy bordeaux cognac damask delft denim jodhpur oxford
    parma roman rugby surat buffalo phoenix aurora savannah mecca concord eureka derby corona marina
    medina mandarin providence florence orlando memphis sofia alexandria toledo carmen santos mobile
    surat perm tula canton essen java tangier tuxedo vienna venetian manage mandalay chengdu suite""".split()
)
"""Words of English that are names of countries or great cities only with a capital."""


def _spelled(view: View, first: int, last: int, info: NameInfo) -> bool:
    """Whether every part but connectors is capitalised, and abbreviations are written as such."""
    for i in range(first, last + 1):
        if view.shapes[i] == LOWER and view.lower[i] not in _CONNECTORS and view.lower[i] != "s":
            return False
    if view.shapes[last] == LOWER:
        return False
    if first == last and view.shapes[first] == TITLE and view.lower[first] in FUNCTION:
        return False
    if info.abbreviation and first == last:
        return _abbreviated(view, first)
    return True


def _abbreviated(view: View, i: int) -> bool:
    """As written: in capitals, or with its full stop; two-letter codes only behind a town ("Reno, NV")."""
    text = view.texts[i]
    if "." in text:
        return True
    if view.shapes[i] == UPPER and i not in view.headline:
        return text in KNOWN_CAPS or len(text) > 2 or view.preceding(i) == ","
    if view.shapes[i] == TITLE and i + 1 < len(view) and view.texts[i + 1] == "." and view.gap(i) == "":
        return view.preceding(i) in (",", "-")
    return text in KNOWN_CAPS


KNOWN_CAPS: Final = frozenset(
    {"US", "UK", "UAE", "USA", "EU", "DC", "NZ", "PNG", "DRC", "NYC", "LA", "HK", "USSR", "KSA"}
)
