"""Places that a mention can mean: by its name, by its name with its head, and by similar names with support."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from gazetteer.names import fold, spelled_alike
from gazetteer.types import Candidate, NameUse
from geo.text.capitals import CAPITALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.types import Place
    from geo.types import Mention

DERIVED: Final = frozenset({NameUse.ADJECTIVE, NameUse.DEMONYM})
_MOST: Final = 40
_WORDS: Final = 32_768
_CAPITALISED: Final = re.compile(r"[^\x00-@\[-\x7f](?<![\W\d_])[^\W\d_]{3,}")
"""The plain class in front lets the search skip at once what begins no such word."""
SETTLEMENTS: Final = frozenset({"city", "town", "village"})
_TOWN: Final = 5.0
"""Prominence from which a town is known under its bare name."""
_FEATURES: Final = frozenset({"river", "lake", "mountain", "island"})
_WITH_ARTICLE: Final = frozenset(
    {"country", "region", "continent", "sea", "strait", "mountain", "peninsula", "island", "lake"}
)
_UNITS_WITH_ARTICLE: Final = frozenset({"yukon"})
"""First-level units that are called "the X" as the river is; no other that shares its name with one is."""
PHYSICAL: Final = frozenset({"river", "lake", "sea", "strait", "mountain"})
"""Kinds that no town or unit of the same name can stand for."""

_NUCLEAR: Final = (
    "nuclear power plant",
    "nuclear power station",
    "nuclear plant",
    "npp",
    "power plant",
    "plant",
)
_BASES: Final = (
    "air base",
    "airbase",
    "air force base",
    "airfield",
    "naval base",
    "military base",
    "base",
    "airport",
)
_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "river": ("{} river", "river {}"),
    "lake": ("lake {}", "{} lake", "{} reservoir"),
    "reservoir": ("{} reservoir", "lake {}"),
    "sea": ("{} sea", "sea of {}"),
    "ocean": ("{} ocean",),
    "gulf": ("gulf of {}", "{} gulf"),
    "bay": ("{} bay", "bay of {}"),
    "strait": ("strait of {}", "{} strait"),
    "channel": ("{} channel",),
    "canal": ("{} canal",),
    "mount": ("mount {}",),
    "mountain": ("mount {}", "{} mountain"),
    "mountains": ("{} mountains",),
    "peninsula": ("{} peninsula",),
    "island": ("{} island", "isle of {}"),
    "islands": ("{} islands", "{} island"),
    "county": ("{} county", "county {}"),
    "parish": ("{} parish",),
    "district": ("{} district",),
    "region": ("{} region", "{} oblast"),
    "oblast": ("{} oblast", "{} region"),
    "province": ("{} province",),
    "state": ("{} state", "state of {}"),
    "valley": ("{} valley",),
    "desert": ("{} desert",),
    "airport": ("{} airport", "{} international airport"),
    "international airport": ("{} international airport", "{} airport"),
    "bridge": ("{} bridge",),
    "dam": ("{} dam", "{} hydroelectric power plant", "{} hydroelectric station"),
    "strip": ("{} strip",),
    "city": ("{} city",),
    "delta": ("{} delta",),
    "heights": ("{} heights",),
}
_FORMS_OF_KIND: Final[dict[str, tuple[str, ...]]] = {
    "facility": tuple("{} " + head for head in (*_NUCLEAR, "power station", "refinery", "airport")),
    "base": tuple("{} " + head for head in _BASES),
    "dam": ("{} dam", "{} hydroelectric power plant"),
    "bridge": ("{} bridge",),
}


def is_derived(mention: Mention) -> bool:
    """Whether the mention is an adjective or demonym, so that derived names are what to look for."""
    return mention.role == "demonym" or "adjective of the peninsula" in mention.cues


class Lookup(Protocol):
    """What the resolver needs of a gazetteer."""

    def candidates(self, key: str, uses: frozenset[NameUse] | None = None) -> tuple[Candidate, ...]:
        """Places with that folded name, or with it used so, most prominent first."""

    def search(
        self,
        name: str,
        *,
        country: str | None = None,
        kind: str | None = None,
        fuzzy: bool = False,
        limit: int = 20,
    ) -> list[Candidate]:
        """Places by name, also similar names."""

    def get(self, place_id: str) -> Place:
        """Place by id."""


class Pool:
    """Candidates of names, cached over documents.

    Parameters
    ----------
    gaz : Lookup
    """

    def __init__(self, gaz: Lookup) -> None:
        self._gaz = gaz
        self.named = lru_cache(maxsize=1024)(self._named)
        self.with_head = lru_cache(maxsize=2048)(self._with_head)
        self.similar = lru_cache(maxsize=256)(
            self._similar
        )  # up to `_MOST` places each, and seldom asked for again
        self._choices = lru_cache(maxsize=8192)(self._choice)
        self.adjectives = _Adjectives(gaz).words

    def of(self, mention: Mention) -> Choice:
        """Candidates of a mention by its key, and by its key with its head ("X" + "river")."""
        head = mention.head
        return self._choices(mention.key, is_derived(mention), head, mention.kinds[:1] if head else ())

    def has_river(self, key: str, *, alone: bool) -> bool:
        """Whether a river has that name, with or without "river"; with `alone` no country, sea or the like has it."""
        if alone and (
            key in _UNITS_WITH_ARTICLE or any(c.place.kind in _WITH_ARTICLE for c in self.named(key, False))
        ):
            return False
        return any(
            c.place.kind == "river" and c.use not in DERIVED
            for c in (*self.with_head(key, "river", ("river",)), *self.named(key, False))
        )

    def is_byname(self, key: str) -> bool:
        """Whether no place has that for its own name."""
        return all(match_term(c.name, c.place.name, c.use) for c in self.named(key, False))

    def _choice(self, key: str, derived: bool, head: str | None, kinds: tuple[str, ...]) -> Choice:
        plain = self.named(key, derived)
        return Choice(_first_of_each((*self.with_head(key, head, kinds), *plain)) if head else plain)

    def _named(self, key: str, derived: bool) -> tuple[Candidate, ...]:
        """Places of that name, and those it is an adjective or demonym of: these first where they are meant."""
        found = [c for c in self._gaz.candidates(key) if c.use != NameUse.CODE]
        forms = [c for c in found if c.use in DERIVED]
        if derived and forms:
            return _first_of_each(forms)[:_MOST]
        return _first_of_each([*(c for c in found if c.use not in DERIVED), *forms])[:_MOST]

    def _with_head(self, key: str, head: str, kinds: tuple[str, ...]) -> tuple[Candidate, ...]:
        """Places whose names join the key (or another name of the same place) with such a head."""
        forms = [*_FORMS.get(head, ("{} " + head,)), *(f for k in kinds for f in _FORMS_OF_KIND.get(k, ()))]
        stems = [key]
        if kinds and kinds[0] in _FORMS_OF_KIND:
            stems += [fold(c.place.name) for c in self.named(key, False)[:3]]
        found: list[Candidate] = []
        for stem in dict.fromkeys(stems):
            for form in dict.fromkeys(forms):
                found += (c for c in self._gaz.candidates(form.format(stem)) if c.use not in DERIVED)
        if kinds and kinds[0] in _FORMS_OF_KIND:
            found = [c for c in found if c.place.kind in ("facility", "base", "dam", "bridge")]
        return _first_of_each(found)

    def _similar(self, key: str, country: str | None) -> tuple[Candidate, ...]:
        """Places of similar names in a country."""
        return tuple(self._gaz.search(key, country=country, fuzzy=True, limit=_MOST))


class _Adjectives:
    """Adjectives and demonyms of countries; a word is looked up when it is first met."""

    def __init__(self, gaz: Lookup) -> None:
        self._gaz = gaz
        self._plain: set[str] = set()
        self._countries: dict[str, str] = {}

    def words(self, text: str, start: int) -> list[tuple[str, str]]:
        """Find the adjectives of a text from an offset on, each once, with their countries."""
        if len(self._plain) > _WORDS:
            self._plain.clear()
        met = set(_CAPITALISED.findall(text, start)) - self._plain
        return [
            (word, country) for word in met if (country := self._countries.get(word) or self._learn(word))
        ]

    def _learn(self, word: str) -> str | None:
        country = self._country_of(fold(word))
        if country is None:
            self._plain.add(word)
        else:
            self._countries[word] = country
        return country

    def _country_of(self, key: str) -> str | None:
        found = (candidate.place.country for candidate in self._gaz.candidates(key, DERIVED))
        return next((country for country in found if country), None)


@lru_cache(maxsize=8192)
def match_term(name: str, own: str, use: NameUse) -> str | None:
    """How the name that was looked up stands to the place's own: a term of `weights`; None for the name itself.

    "short form" is "Newcastle" for Newcastle upon Tyne, "spelling" Kiev for Kyiv.
    """
    if use in DERIVED:
        return "derived"
    if use in (NameUse.PREFERRED, NameUse.OFFICIAL, NameUse.ABBREVIATION):
        return None
    if use == NameUse.FOREIGN:
        return "foreign"  # França is no match for Franca, a city
    folded = fold(own)
    if folded.startswith(name + " "):
        return "short form"
    if name in folded or spelled_alike(name, own):
        return "spelling"
    return "former" if use == NameUse.FORMER else "alternate"


def towns_of(candidates: Sequence[Candidate], *, longer: bool = False) -> list[Place]:
    """Towns of this very name, which bare names mean first; with `longer` also those whose name it opens.

    "New York" opens New York City, "Quebec" Quebec City.
    """
    matches = (None, "short form") if longer else (None,)
    return [
        c.place
        for c in candidates
        if c.place.kind in SETTLEMENTS
        and c.place.prominence >= _TOWN
        and match_term(c.name, c.place.name, c.use) in matches
    ]


class Choice:
    """What one name can mean, with what follows from that alone; equal only to itself.

    Attributes
    ----------
    candidates : tuple of Candidate
    by_id : list of int
        Their indices by the ids of their places.
    """

    def __init__(self, candidates: tuple[Candidate, ...]) -> None:
        self.candidates = candidates
        self.by_id = sorted(range(len(candidates)), key=lambda i: candidates[i].place.id)

    @cached_property
    def seats(self) -> frozenset[str]:
        """First-level units that hold a town of this very name."""
        return frozenset(place.admin1 for place in self._towns if place.admin1)

    @cached_property
    def capital(self) -> str | None:
        """Id of the capital among them, which every text of its country may mean; None where there is none."""
        best = self.candidates[0] if self.candidates else None
        if best is None or best.name not in CAPITALS or best.place.kind not in SETTLEMENTS:
            return None
        return best.place.id

    @cached_property
    def keepers(self) -> frozenset[str]:
        """First-level units that bear this name today: Dnipropetrovsk Oblast."""
        return frozenset(
            c.place.admin1
            for c in self.candidates
            if c.place.kind == "admin1"
            and c.place.admin1
            and match_term(c.name, c.place.name, c.use) in (None, "short form")
        )

    @cached_property
    def is_unit(self) -> bool:
        """Whether a first-level unit alone has that name."""
        return len(self.candidates) == 1 and self.candidates[0].place.kind == "admin1"

    @cached_property
    def homes(self) -> frozenset[str]:
        """Countries that hold a town, a river or an island of this very name."""
        features = [
            c.place for c in self.candidates if c.place.kind in _FEATURES and c.use == NameUse.PREFERRED
        ]
        return frozenset(place.country for place in (*self._towns, *features) if place.country)

    @cached_property
    def units(self) -> frozenset[str]:
        """Countries in which a first-level unit has that name."""
        return frozenset(
            c.place.country for c in self.candidates if c.place.kind == "admin1" and c.place.country
        )

    @cached_property
    def homes_of_towns(self) -> frozenset[str]:
        """Countries that hold a town of that name, in any spelling."""
        return frozenset(
            c.place.country
            for c in self.candidates
            if c.place.kind in SETTLEMENTS and c.place.prominence >= _TOWN and c.place.country
        )

    @cached_property
    def has_office(self) -> bool:
        """Whether a unit among them holds a town of that name, or one that the name opens: New York."""
        seats = {place.admin1 for place in towns_of(self.candidates, longer=True)}
        return any(c.place.kind == "admin1" and c.place.admin1 in seats for c in self.candidates)

    @cached_property
    def _towns(self) -> list[Place]:
        return towns_of(self.candidates)


def _first_of_each(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    seen: dict[str, Candidate] = {}
    for candidate in found:
        seen.setdefault(candidate.place.id, candidate)
    return tuple(seen.values())
