"""Which place is meant: all names of a document are resolved together, each group of equal uses once."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from gazetteer.names import fold
from gazetteer.types import Candidate, NameUse
from geo.places.candidates import PHYSICAL, Lookup, Pool
from geo.places.context import Context, Vote, adjectives, home_country, parents, siblings
from geo.places.utility import SETTLEMENTS, Group, Prior, contextual, inside, prior, seats
from geo.types import Resolution, ScoredCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.types import Document, Mention

_ROUNDS: Final = 2
_STAND_INS: Final = frozenset(
    """airport station port harbor harbour city county district region province state base oblast governorate
    prefecture raion town village municipality borough parish township krai territory republic plant
    university hospital""".split()
)
"""Heads of a name for which the town or unit of that name may stand in where the thing itself is unknown."""
_KEPT: Final = 8
_UNITS: Final = frozenset({"admin1", "region", "admin2"})
_NOUN_AFTER: Final = re.compile(
    r"\s+(?!(?:and|or|in|on|at|by|for|to|from|with|was|is|were|are|has|had|have|that|which|where|as|but|after|before|"
    r"when|while|will|near|off|between|since|into|over|under|annexed|during)\b)[a-z]"
)
_DIRECTED: Final = re.compile(r"\b(?:north|south|east|west)(?:east|west)?ern\s\Z", re.IGNORECASE)


class Resolver:
    """Resolves the mentions of one document at a time.

    Parameters
    ----------
    gaz : gazetteer.Gazetteer
    near : str or None
        Id of a country, unit or town where the texts come from: a prior, never a filter.
    min_score : float, default 0.2
        Below this belief (0 to 1) a mention stays unplaced.
    """

    def __init__(self, gaz: Lookup, *, near: str | None = None, min_score: float = 0.2) -> None:
        self._pool = Pool(gaz)
        self._near = gaz.get(near) if near else None
        self._min_score = min_score

    def resolve(
        self,
        document: Document,
        mentions: Sequence[Mention],
        *,
        origin: Place | None = None,
        known: Mapping[int, Place] | None = None,
    ) -> list[Resolution]:
        """Give each mention a place, or None with the reason; in the order of `mentions`.

        Parameters
        ----------
        document : Document
        mentions : sequence of Mention
            Of that document, in order of start.
        origin : Place, optional
            Where this text seems to come from (its dateline, its outlet): a weaker prior than `near`.
        known : mapping of int to Place, optional
            Places that a person gave to mentions, by index: the others are seen in their light.

        Returns
        -------
        list of Resolution
            One per mention; empty for no mentions.
        """
        countries = self._adjectives(document)
        groups, group_of = self._groups(document, mentions, countries, known or {})
        prior_ = Prior(self._near, origin, home_country(document))
        context = Context()
        for round_ in range(_ROUNDS + 1):
            for group in groups:
                self._choose(group, group_of, context if round_ else None, prior_)
            context = self._context(groups, countries)
        return [self._resolution(mention, group_of[i], context) for i, mention in enumerate(mentions)]

    # -- groups -------------------------------------------------------------------------------------------

    def _groups(
        self,
        document: Document,
        mentions: Sequence[Mention],
        countries: list[tuple[int, str]],
        known: Mapping[int, Place],
    ) -> tuple[list[Group], dict[int, Group]]:
        found: dict[tuple[str, str], Group] = {}
        group_of: dict[int, Group] = {}
        for i, mention in enumerate(mentions):
            key = (mention.key, known[i].id if i in known else _sense(mention))
            if key not in found:
                given = [Candidate(known[i], mention.key, NameUse.PREFERRED)] if i in known else None
                candidates = given or list(self._pool.of(mention))
                found[key] = Group(mention, [], candidates, seats=seats(candidates))
            found[key].members.append(i)
            before = document.text[max(0, mention.start - 14) : mention.start]
            found[key].article |= _article(document.text, mention)
            found[key].directed |= _DIRECTED.search(before) is not None
            group_of[i] = found[key]
        for i, (parent, comma) in parents(document, mentions).items():
            if group_of[parent] is not group_of[i]:
                group_of[i].within.append((parent, comma))
                if comma:
                    group_of[parent].holds.append(i)
        for i, k in siblings(document, mentions):
            if group_of[i] is not group_of[k] and k not in [parent for parent, _ in group_of[i].within]:
                group_of[i].listed.append(k)
                group_of[k].listed.append(i)
        _adjectives_before(document, mentions, group_of, countries)
        return list(found.values()), group_of

    def _adjectives(self, document: Document) -> list[tuple[int, str]]:
        """Adjectives and demonyms of countries: their offset and the country."""
        found = ((offset, self._pool.adjective(fold(word))) for offset, word in adjectives(document))
        return [(offset, country) for offset, country in found if country]

    # -- choosing -----------------------------------------------------------------------------------------

    def _choose(
        self,
        group: Group,
        group_of: dict[int, Group],
        context: Context | None,
        home: Prior,
    ) -> None:
        parents_ = self._parents(group, group_of) if context is not None else []
        if context is not None and parents_:
            self._widen(group, parents_)
        if context is not None:
            group.held = [c.place for i in group.holds for c in group_of[i].candidates]
            group.beside = [p for p in (group_of[i].place for i in group.listed) if p is not None][:4]
        within = [p for p, _ in parents_ if any(inside(c.place, p) for c in group.candidates)]
        for candidate in group.candidates[len(group.priors) :]:
            group.priors.append(prior(group, candidate, home))
        group.utilities = list(group.priors)
        if context is not None:
            for k, candidate in enumerate(group.candidates):
                group.utilities[k] += contextual(group, candidate.place, context, within)
        if not group.utilities:
            group.best, group.shares = -1, []
            return
        top = max(group.utilities)
        weights = [math.exp(u - top) for u in group.utilities]
        total = sum(weights)
        group.shares = [w / total for w in weights]
        group.best = group.utilities.index(top)

    @staticmethod
    def _parents(group: Group, group_of: dict[int, Group]) -> list[tuple[Place, bool]]:
        """Places that mentions beside this name give as its parent, where they can be one."""
        found: list[tuple[Place, bool]] = []
        if group.place is not None and group.place.kind in ("country", "continent"):
            return found
        for index, comma in group.within:
            place = group_of[index].place
            if place is not None and place.kind in ("country", "admin1", "admin2", "region"):
                found.append((place, comma))
        return found

    def _widen(self, group: Group, parents_: Sequence[tuple[Place, bool]]) -> None:
        """Where no candidate lies in the parent, add places of similar names that do."""
        for parent, comma in parents_:
            if parent.kind not in ("country", "admin1") or comma:
                continue
            if any(inside(c.place, parent) for c in group.candidates) or len(group.mention.key) < 5:
                continue
            known = {c.place.id for c in group.candidates}
            group.candidates += [
                c
                for c in self._pool.similar(group.mention.key, parent.country)
                if c.edits and inside(c.place, parent) and c.place.id not in known
            ]

    def _context(self, groups: Sequence[Group], countries: list[tuple[int, str]]) -> Context:
        """Count the places that are chosen now, the surer the more."""
        context = Context()
        for group in groups:
            if group.best >= 0 and group.mention.role != "demonym":
                sure = group.shares[group.best]
                weight = sure * min(2.0, math.sqrt(len(group.members)))
                group.vote = Vote(group.candidates[group.best].place, weight)
                context.add(group.vote)
        for _, country in countries:
            context.count_country(country, 0.2)
        return context

    # -- results ------------------------------------------------------------------------------------------

    def _resolution(self, mention: Mention, group: Group, context: Context) -> Resolution:
        order = sorted(
            range(len(group.candidates)), key=lambda i: (-group.utilities[i], group.candidates[i].place.id)
        )
        ranked = tuple(ScoredCandidate(group.candidates[i], round(group.shares[i], 4)) for i in order[:_KEPT])
        if not ranked:
            return Resolution(mention, None, 0.0, ("no place of that name is known",))
        best = ranked[0]
        refusal = _refusal(mention, best.place) or self._too_far(mention, best.place, context)
        score = round(best.score * mention.score, 4)
        if refusal is None and score < self._min_score:
            refusal = f"too uncertain ({score:.2f} below {self._min_score:.2f})"
        if refusal:
            return Resolution(mention, None, score, (refusal,), ranked)
        return Resolution(mention, best.place, score, self._reasons(mention, group, best.place), ranked)

    @staticmethod
    def _too_far(mention: Mention, place: Place, context: Context) -> str | None:
        """Refuse a town that merely shares the name of a park or square and lies where nothing else does."""
        if not mention.head or _fits(mention, place) or mention.head in _STAND_INS:
            return None
        if not mention.text.casefold().endswith(mention.head):
            return None
        if context.nearness(place) > 0.3 or context.unit_share(place.admin1) > 0.3:
            return None
        return f"no {mention.head} of that name is known"

    def _reasons(self, mention: Mention, group: Group, place: Place) -> tuple[str, ...]:
        candidate = group.candidates[group.best]
        reasons = [candidate.reason]
        if len(group.candidates) == 1:
            reasons.append("the only place of that name")
        if mention.kinds and place.kind in mention.kinds:
            reasons.append(f"{mention.head or mention.kinds[0]!s} asks for {place.kind}")
        elif mention.head and not _fits(mention, place):
            reasons.append(f"no {mention.head} of that name is known: {place.name} stands in")
        if place.country in group.countries:
            reasons.append(f"an adjective of {place.country} stands before it")
        if candidate.edits:
            reasons.append("similar name that lies in the unit named beside it")
        return tuple(reasons)


def _adjectives_before(
    document: Document,
    mentions: Sequence[Mention],
    group_of: dict[int, Group],
    countries: list[tuple[int, str]],
) -> None:
    """Note countries whose adjective stands shortly before a name: "the Ukrainian city of X"."""
    at = 0
    for i, mention in enumerate(mentions):
        while at < len(countries) and countries[at][0] < mention.start - 32:
            at += 1
        k = at
        while k < len(countries) and countries[k][0] < mention.start:
            offset, country = countries[k]
            if not set(document.text[offset : mention.start]) & set(".;\n,"):
                group_of[i].countries.add(country)
            k += 1


def _article(text: str, mention: Mention) -> bool:
    """Whether "the" stands before a bare name that no noun follows: "the Atlantic"."""
    if (
        mention.role not in ("literal", "metonym")
        or mention.head
        or not text.endswith("the ", 0, mention.start)
    ):
        return False
    return _NOUN_AFTER.match(text, mention.end) is None


def _sense(mention: Mention) -> str:
    """Class of kinds that the context asks for: names are grouped by it."""
    if mention.role == "demonym":
        return "derived"
    if not mention.kinds:
        return "bare"
    kind = mention.kinds[0]
    return "unit" if kind in _UNITS else "bare" if kind in SETTLEMENTS else mention.head or kind


def _fits(mention: Mention, place: Place) -> bool:
    return not mention.kinds or place.kind in mention.kinds


def _refusal(mention: Mention, place: Place) -> str | None:
    """Why the best candidate cannot be what is meant: a town is no river."""
    if mention.kinds and mention.kinds[0] in PHYSICAL and place.kind not in (*PHYSICAL, *mention.kinds):
        return f"no {mention.head or mention.kinds[0]} of that name is known"
    return None
