"""Which place is meant: all names of a document are resolved together, each group of equal uses once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geo.places.belief import belief, belief_terms, learned
from geo.places.candidates import Lookup, Pool
from geo.places.context import Context, Others, Vote, adjectives, home_country
from geo.places.grouping import groups_of
from geo.places.reasons import refusal, told
from geo.places.utility import SETTLEMENTS, Group, Prior, context_terms, inside, own_key, own_terms
from geo.places.weights import HAND, utility
from geo.types import Resolution, ScoredCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.places.weights import Terms
    from geo.types import Document, Mention

_ROUNDS: Final = 2
_KEPT: Final = 8
_REMEMBERED: Final = 20_000
_HOPELESS: Final = 10.0
"""Candidates that stand so far behind by themselves are beyond the help of other names, parents apart."""
_PARENTS: Final = frozenset({"country", "admin1", "admin2", "region"})
_CLOSED: Final = (",", ".", ";", ":", ")", " -", " –", " —", "\n")
_ADJECTIVE: Final = 0.2
"""What an adjective counts for its country, where a name counts up to 2."""


class Resolver:
    """Resolves the mentions of one document at a time.

    Parameters
    ----------
    gaz : gazetteer.Gazetteer
    near : str or None
        Id of a country, unit or town where the texts come from: a prior, never a filter.
    min_score : float, default 0.4
        Below this belief (0 to 1) a mention stays unplaced.
    weights : mapping of str to float, optional
        What each piece of evidence counts; see `geo.places.weights`.
    """

    def __init__(
        self,
        gaz: Lookup,
        *,
        near: str | None = None,
        min_score: float = 0.4,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self._pool = Pool(gaz)
        self._near = gaz.get(near) if near else None
        self._min_score = min_score
        self._weights = dict(HAND if weights is None else weights)
        self._priors: dict[tuple[object, ...], list[float]] = {}

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
        state = self.decide(document, mentions, origin=origin, known=known)
        ranked = {id(group): self._ranked(group, state) for group in state.groups}
        told_: dict[tuple[int, str | None, tuple[str, ...], str], Verdict] = {}
        found = []
        for mention, group in zip(mentions, state.group_of, strict=True):
            candidates, terms = ranked[id(group)]
            if not candidates:
                found.append(Resolution(mention, None, 0.0, ("no place of that name is known",)))
                continue
            key = (id(group), mention.head, mention.kinds, mention.text if mention.head else "")
            if key not in told_:
                told_[key] = self._verdict(mention, group, candidates[0], terms, state)
            found.append(self._resolution(mention, candidates, told_[key]))
        return found

    def decide(
        self,
        document: Document,
        mentions: Sequence[Mention],
        *,
        origin: Place | None = None,
        known: Mapping[int, Place] | None = None,
    ) -> State:
        """Choose for each group of mentions, in rounds: first by itself, then in the light of the others."""
        countries = adjectives(document, self._pool.adjective)
        groups, group_of = groups_of(document, mentions, self._pool, countries, known or {})
        state = State(document.text, groups, group_of, Prior(self._near, origin, home_country(document)))
        for group in groups:
            self._choose(group, state, None)
        for _ in range(_ROUNDS):
            state.context = _context(groups, countries)
            before = [group.best for group in groups]
            for group in groups:
                self._choose(group, state, state.context)
            if before == [group.best for group in groups]:
                break
        state.context = _context(groups, countries)
        return state

    def terms(self, group: Group, index: int, state: State) -> Terms:
        """What speaks for a candidate of a group in the end."""
        candidate = group.candidates[index]
        terms = own_terms(group, candidate, state.home)
        return terms + context_terms(group, candidate.place, Others(state.context, group.vote))

    # -- choosing -----------------------------------------------------------------------------------------

    def _choose(self, group: Group, state: State, context: Context | None) -> None:
        if context is not None:
            self._look_beside(group, state)
        candidates, weights = group.candidates, self._weights
        if len(candidates) < 2:
            group.best, group.shares, group.utilities = len(candidates) - 1, [1.0] * len(candidates), [0.0]
            return
        if len(group.priors) < len(candidates):
            group.priors = self._by_itself(group, state)
        group.utilities = list(group.priors)
        if context is not None:
            others = Others(context, group.vote)
            hopeless = max(group.priors) - _HOPELESS if not group.parents else -math.inf
            for k, candidate in enumerate(candidates):
                if group.priors[k] > hopeless:
                    group.utilities[k] += utility(context_terms(group, candidate.place, others), weights)
        top = max(group.utilities)
        odds = [math.exp(u - top) for u in group.utilities]
        total = sum(odds)
        group.shares = [share / total for share in odds]
        group.best = group.utilities.index(top)

    def _by_itself(self, group: Group, state: State) -> list[float]:
        """Utilities of the candidates without the rest of the document; kept, for most names come again."""
        key = (*own_key(group), state.home.key, tuple([c.place.id for c in group.candidates]))
        found = self._priors.get(key)
        if found is None:
            if len(self._priors) >= _REMEMBERED:
                self._priors.clear()
            home, weights = state.home, self._weights
            found = self._priors[key] = [
                utility(own_terms(group, candidate, home), weights) for candidate in group.candidates
            ]
        return found

    def _look_beside(self, group: Group, state: State) -> None:
        """See what the parents, children and neighbours of a group are now."""
        group_of = state.group_of
        found = _parents(group, group_of)
        if found:
            self._widen(group, found)
        candidates = group.candidates
        group.parents = [place for place, _ in found if any(inside(c.place, place) for c in candidates)]
        group.outside = (
            _contradicted(group, state.group_of, state.text) if found and not group.parents else None
        )
        if len(candidates) > 1:
            group.held = [c.place for i in group.holds for c in group_of[i].candidates]
            group.beside = [p for p in (group_of[i].place for i in group.listed) if p is not None][:4]

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

    # -- results ------------------------------------------------------------------------------------------

    def _ranked(self, group: Group, state: State) -> Ranked:
        """Order the candidates of a group, with what speaks for the first two."""
        utilities, candidates = group.utilities, group.candidates
        order = sorted(range(len(candidates)), key=lambda i: (-utilities[i], candidates[i].place.id))[:_KEPT]
        ranked = tuple([ScoredCandidate(candidates[i], round(group.shares[i], 4)) for i in order])
        return ranked, [self.terms(group, i, state) for i in order[:2]] if len(order) > 1 else [[]]

    def _verdict(
        self, mention: Mention, group: Group, best: ScoredCandidate, terms: list[Terms], state: State
    ) -> Verdict:
        """Judge the best candidate for a mention of its group."""
        read = mention if group.mention.kinds or not mention.kinds else group.mention
        others = Others(state.context, group.vote)
        sure = belief(belief_terms(group, read, best.candidate, best.score, others), learned())
        why = refusal(read, best.candidate, group, others)
        second = terms[1] if len(terms) > 1 else None
        reasons = told(group, read, (best.candidate, terms[0]), second, self._weights)
        return sure, why, reasons

    def _resolution(
        self, mention: Mention, candidates: tuple[ScoredCandidate, ...], verdict: Verdict
    ) -> Resolution:
        sure, why, reasons = verdict
        score = round(sure * mention.score, 4)
        if why is None and score < self._min_score:
            why = f"too uncertain ({score:.2f} below {self._min_score:.2f})"
        if why:
            return Resolution(mention, None, score, (why,), candidates)
        return Resolution(mention, candidates[0].place, score, reasons, candidates)


Ranked = tuple[tuple[ScoredCandidate, ...], "list[Terms]"]
"""The best candidates of a group, and what speaks for the first two."""
Verdict = tuple[float, str | None, tuple[str, ...]]
"""How sure the best candidate is, why it cannot be, and why it was taken."""


class State:
    """The groups of a document with what was chosen for each.

    Attributes
    ----------
    text : str
    groups : list of Group
    group_of : list of Group
        Of each mention.
    home : Prior
    context : Context
    """

    def __init__(self, text: str, groups: list[Group], group_of: list[Group], home: Prior) -> None:
        self.text = text
        self.groups = groups
        self.group_of = group_of
        self.home = home
        self.context = Context()


def _context(groups: Sequence[Group], countries: Sequence[tuple[int, str]]) -> Context:
    """Count the places that are chosen now, the surer the more."""
    context = Context()
    for group in groups:
        if group.best >= 0 and group.mention.role != "demonym":
            weight = group.shares[group.best] * min(2.0, math.sqrt(len(group.members)))
            group.vote = Vote(group.candidates[group.best].place, weight)
            context.add(group.vote)
    for _, country in countries:
        context.count_country(country, _ADJECTIVE)
    return context


def _parents(group: Group, group_of: Sequence[Group]) -> list[tuple[Place, bool]]:
    """Places that mentions beside this name give as its parent, where they can be one."""
    if not group.within or (group.place is not None and group.place.kind in ("country", "continent")):
        return []
    found = []
    for index, comma in group.within:
        place = group_of[index].place
        if place is not None and place.kind in _PARENTS:
            found.append((place, comma))
    return found


def _contradicted(group: Group, group_of: Sequence[Group], text: str) -> Place | None:
    """The unit behind a comma ("Holliday, Mo.") that holds no candidate although it lies in the country of the best.

    None where a clause goes on behind the comma ("In Perth, England lost") and in lists.
    """
    best = group.place
    if best is None or best.kind not in SETTLEMENTS:
        return None
    for index, comma in group.within:
        parent = group_of[index]
        place = parent.place
        if (
            not comma
            or parent.listed
            or place is None
            or place.kind != "admin1"
            or place.country != best.country
        ):
            continue
        if text.startswith(_CLOSED, parent.mention.end):
            return place
    return None
