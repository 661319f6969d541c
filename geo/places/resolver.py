"""Which place is meant: all names of a document are resolved together, each group of equal uses once."""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, Final

from gazetteer.types import NameUse
from geo.places.belief import belief, belief_terms, learned
from geo.places.candidates import SETTLEMENTS, Lookup, Pool
from geo.places.context import Context, Others, adjectives, home_country
from geo.places.grouping import groups_of
from geo.places.joint import MARGIN, likeliest, rivals
from geo.places.outlet import named_after
from geo.places.reasons import refusal, told
from geo.places.region import told_by_numbers
from geo.places.state import Ranked, State, Verdict, context_of
from geo.places.utility import (
    Group,
    Prior,
    Standing,
    context_terms,
    inside,
    own_key,
    own_terms,
    trust_in_outlet,
)
from geo.places.weights import HAND, utility
from geo.types import Resolution, ScoredCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.places.weights import Terms
    from geo.types import Document, Mention

_ROUNDS: Final = 2
_KEPT: Final = 8
_REMEMBERED: Final = 4096
"""Standings that are kept, some 4 kB each with their candidates."""
_HOPELESS: Final = 10.0
"""Candidates that stand so far behind by themselves are beyond the help of other names, parents apart."""
_KNOWN: Final = 5.5
"""Prominence (some 40,000 people) from which a town is meant whatever stands behind "in": "from Dubai in India"."""
_PARENTS: Final = frozenset({"country", "admin1", "admin2", "region"})
_CLOSED: Final = (",", ".", ";", ":", ")", " -", " –", " —", "\n")


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
        self._standings: dict[tuple[object, ...], Standing] = {}

    def resolve(
        self,
        document: Document,
        mentions: Sequence[Mention],
        *,
        origin: Place | None = None,
        local: bool = False,
        outlet: Sequence[str] = (),
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
        local : bool
            Whether that is the home of its outlet.
        outlet : sequence of str
            Folded names of towns that the name of an unknown outlet may hold, the likeliest first.
        known : mapping of int to Place, optional
            Places that a person gave to mentions, by index: the others are seen in their light.

        Returns
        -------
        list of Resolution
            One per mention; empty for no mentions.
        """
        state = self.decide(document, mentions, origin=origin, local=local, outlet=outlet, known=known)
        ranked = {id(group): self._ranked(group, state) for group in state.groups}
        found = []
        for mention, group in zip(mentions, state.group_of, strict=True):
            row = ranked[id(group)]
            if row is None:
                found.append(Resolution(mention, None, 0.0, ("no place of that name is known",)))
                continue
            key = (mention.kinds, mention.head and (mention.head, mention.text))
            verdict = row.verdicts.get(key)
            if verdict is None:
                verdict = row.verdicts[key] = self._verdict(mention, group, row, state.home)
            found.append(self._resolution(mention, row.candidates, verdict))
        return found

    def decide(
        self,
        document: Document,
        mentions: Sequence[Mention],
        *,
        origin: Place | None = None,
        local: bool = False,
        outlet: Sequence[str] = (),
        known: Mapping[int, Place] | None = None,
    ) -> State:
        """Choose for each group of mentions, in rounds: first by itself, then in the light of the others."""
        countries = adjectives(document, self._pool.adjectives)
        groups, group_of = groups_of(document, mentions, self._pool, countries, known or {})
        country = home_country(document)
        prior = Prior(self._near, origin, country)
        if local and origin is not None:
            prior = prior._replace(trust=trust_in_outlet(origin))
        state = State(document.text, groups, group_of, prior)
        if outlet and origin is None and self._near is None:
            state.outlet = named_after(outlet, self._pool, country)
        state.numbers = told_by_numbers(document.text, [m.end for m in mentions], document.body_start)
        for group in groups:
            self._begin(group, state)
        open_ = [group for group in groups if group.within or len(group.candidates) > 1]
        if open_:
            self._settle(open_, state, countries)
        state.context = context_of(state, countries, self._weights)
        if units := rivals(groups, state.hints):
            self._together(units, open_, state, countries)
        return state

    def _settle(self, open_: Sequence[Group], state: State, countries: Sequence[tuple[int, str]]) -> None:
        """Choose in rounds until nothing changes."""
        for _ in range(_ROUNDS):
            state.context = context_of(state, countries, self._weights)
            before = [group.best for group in open_]
            for group in open_:
                self._choose(group, state)
            if before == [group.best for group in open_]:
                break

    def _together(
        self, units: Sequence[str], open_: Sequence[Group], state: State, countries: Sequence[tuple[int, str]]
    ) -> None:
        """See whether all names fit better where those that can lie in one unit do; else leave all as it is."""
        now = [(group.best, group.shares) for group in open_]
        tries = [
            [group.best for group in open_],
            *([likeliest(group, unit) for group in open_] for unit in units),
        ]
        fits = []
        for chosen in tries:
            _hold(open_, chosen)
            context = context_of(state, countries, self._weights)
            fits.append(sum(self._fit(group, context) for group in open_))
        if max(fits) > fits[0] + MARGIN:
            _hold(open_, tries[fits.index(max(fits))])
            self._settle(open_, state, countries)
        else:
            for group, (best, shares) in zip(open_, now, strict=True):
                group.best, group.shares = best, shares
        state.context = context_of(state, countries, self._weights)

    def _fit(self, group: Group, context: Context) -> float:
        """How well the choice of a group fits those of the others."""
        if group.standing is None or group.best < 0:
            return 0.0
        others = Others(context, group.vote)
        place = group.candidates[group.best].place
        terms = context_terms(group, place, others)
        if context.whence:
            terms = terms + context.terms(place)
        return group.standing.priors[group.best] + utility(terms, self._weights)

    def terms(self, group: Group, index: int, state: State) -> Terms:
        """What speaks for a candidate of a group in the end."""
        return _terms(group, index, state, Others(state.context, group.vote))

    # -- choosing -----------------------------------------------------------------------------------------

    def _begin(self, group: Group, state: State) -> None:
        """Choose for a group by itself."""
        if len(group.candidates) > 1:
            _, group.utilities, group.shares, group.best, _ = self._standing(group, state)
        elif group.candidates:
            group.utilities, group.shares, group.best = (0.0,), (1.0,), 0

    def _choose(self, group: Group, state: State) -> None:
        """Choose for a group in the light of the others."""
        self._look_beside(group, state)
        candidates, weights = group.candidates, self._weights
        if len(candidates) < 2:
            self._begin(group, state)
            return
        hopeful, priors, *_ = self._standing(group, state)
        others = Others(state.context, group.vote)
        utilities = list(priors)
        for k in range(len(candidates)) if group.parents else hopeful:
            utilities[k] += utility(context_terms(group, candidates[k].place, others), weights)
        if state.context.whence:
            for k, candidate in enumerate(candidates):
                utilities[k] += utility(state.context.terms(candidate.place), weights)
        group.utilities = utilities
        group.shares, group.best = _shares(utilities)

    def _standing(self, group: Group, state: State) -> Standing:
        """How the candidates stand without the rest of the document; kept, for most names come again."""
        if group.standing is not None:
            return group.standing
        widened = group.candidates is not group.choice.candidates
        key = (*own_key(group), state.home_key)
        found = None if widened else self._standings.get(key)
        if found is None:
            home, weights = state.home, self._weights
            priors = [utility(own_terms(group, candidate, home), weights) for candidate in group.candidates]
            hopeless = max(priors) - _HOPELESS
            hopeful = [k for k, prior in enumerate(priors) if prior > hopeless]
            found = Standing(hopeful, priors, *_shares(priors), {})
            if not widened:
                if len(self._standings) >= _REMEMBERED:
                    for old in list(islice(self._standings, _REMEMBERED // 2)):
                        del self._standings[old]
                self._standings[key] = found
        group.standing = found
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
            similar = [
                c
                for c in self._pool.similar(group.mention.key, parent.country)
                if c.edits and inside(c.place, parent) and c.place.id not in known
            ]
            if similar:
                group.candidates, group.standing = [*group.candidates, *similar], None

    # -- results ------------------------------------------------------------------------------------------

    def _ranked(self, group: Group, state: State) -> Ranked | None:
        """Order the candidates of a group, with what speaks for the first two; None without any."""
        candidates, shares, utilities = group.candidates, group.shares, group.utilities
        if not candidates:
            return None
        others = Others(state.context, group.vote)
        if len(candidates) == 1:
            return Ranked((ScoredCandidate(candidates[0], 1.0),), [[]], others, {})
        order = sorted(group.by_id(), key=utilities.__getitem__, reverse=True)[:_KEPT]
        best = tuple([ScoredCandidate(candidates[i], round(shares[i], 4)) for i in order])
        return Ranked(best, [_terms(group, i, state, others) for i in order[:2]], others, {})

    def _verdict(self, mention: Mention, group: Group, row: Ranked, home: Prior) -> Verdict:
        """Judge the best candidate for a mention of its group."""
        read = mention if group.mention.kinds or not mention.kinds else group.mention
        best, terms, others = row.candidates[0], row.terms, row.others
        sure = belief(belief_terms(group, read, best.candidate, best.score, others, home), learned())
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


def _terms(group: Group, index: int, state: State, others: Others) -> Terms:
    candidate = group.candidates[index]
    kept = group.standing.terms if group.standing else {}
    own = kept.get(index)
    if own is None:
        own = kept[index] = own_terms(group, candidate, state.home)
    terms = own + context_terms(group, candidate.place, others)
    return terms + state.context.terms(candidate.place) if state.context.whence else terms


def _shares(utilities: Sequence[float]) -> tuple[list[float], int]:
    """Softmax of the utilities, and which is the highest."""
    top = max(utilities)
    odds = [math.exp(u - top) for u in utilities]
    total = sum(odds)
    return [share / total for share in odds], utilities.index(top)


def _hold(groups: Sequence[Group], chosen: Sequence[int]) -> None:
    """Let groups have one candidate each, as if that were sure."""
    for group, best in zip(groups, chosen, strict=True):
        group.best, group.shares = best, [float(k == best) for k in range(len(group.candidates))]


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

    So with a unit of another country behind "in" ("Foya in Lofa County") where the best is little known. None where
    a clause goes on behind the comma ("In Perth, England lost") and in lists.
    """
    best = group.place
    if best is None or best.kind not in SETTLEMENTS:
        return None
    for index, comma in group.within:
        parent = group_of[index]
        place = parent.place
        if place is None or parent.listed:
            continue
        foreign = group.candidates[group.best].use == NameUse.FOREIGN
        if place.country != best.country and (foreign or (not comma and best.prominence < _KNOWN)):
            return place
        if not comma or place.kind != "admin1" or place.country != best.country:
            continue
        if text.startswith(_CLOSED, parent.mention.end):
            return place
    return None
