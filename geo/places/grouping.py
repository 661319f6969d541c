"""Mentions that mean the same: one name in one sense, with what the words beside them say."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gazetteer.types import Candidate, NameUse
from geo.places.context import parents, siblings
from geo.places.utility import SETTLEMENTS, Group, inside, towns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.places.candidates import Pool
    from geo.types import Document, Mention

_UNITS: Final = frozenset({"admin1", "region", "admin2"})
_FEATURES: Final = frozenset({"river", "lake", "mountain", "island"})
_NOUN_AFTER: Final = re.compile(
    r"\s+(?!(?:and|or|in|on|at|by|for|to|from|with|was|is|were|are|has|had|have|that|which|where|as|but|after|before|"
    r"when|while|will|near|off|between|since|into|over|under|annexed|during)\b)[a-z]"
)
_DIRECTED: Final = re.compile(r"\b(?:north|south|east|west)(?:east|west)?ern\s\Z", re.IGNORECASE)
_OF_WHOLE: Final = re.compile(
    r"\b(?:capital(?:\scity)?|(?:second|third|fourth|fifth|largest|biggest|main|northern|southern|eastern|western|"
    r"major|other|few|many|several|two|three|four|some|most)[\w-]*\s(?:\w+\s)?(?:city|cities|towns?|villages?))\s(?:of|in)\s\Z",
    re.IGNORECASE,
)
"""The capital of X, the second city of X: X is what the town belongs to."""
_STATE_AFTER: Final = re.compile(
    r"(?:['’]s)?\s+(?:Gov\b|Governor|governor|Lt\.|[Ss]tate\b|National Guard|statehouse)"
)
_STATE_BEFORE: Final = re.compile(r"(?:\b[Gg]overnor of|\b[Ss]tate of|\bSen(?:\.|ator) of|\bcounties in)\s\Z")
_UNIT_AFTER: Final = re.compile(
    r"(?:['’]s)?\s+(?:lawmakers?\b|[Ll]egislat|[Ss]enator|[Ss]enate|[Aa]ttorney [Gg]eneral|Supreme Court|"
    r"Republicans|Democrats|Department of)"
)
_UNIT_BEFORE: Final = re.compile(
    r"\b(?:[Ll]awmakers in|[Ll]egislature in|[Aa]cross|[Tt]hroughout|[Ee]lsewhere in|[Rr]ural|[Uu]pstate)\s\Z"
)
_TOWN_AFTER: Final = re.compile(
    r"(?:['’]s)?\s+(?:[Mm]ayor|[Cc]ity\b|[Pp]olice\b|suburb|[Aa]irport|[Hh]igh School|downtown|[Tt]own [Cc]ouncil)"
)
_TOWN_BEFORE: Final = re.compile(
    r"(?:\b[Mm]ayor of|\b[Dd]owntown|\bsuburbs? of|\boutskirts of|\bstreets of|\bcentral)\s\Z"
)


def groups_of(
    document: Document,
    mentions: Sequence[Mention],
    pool: Pool,
    countries: Sequence[tuple[int, str]],
    known: Mapping[int, Place],
) -> tuple[list[Group], list[Group]]:
    """Group mentions by name and sense.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
        In order of start.
    pool : Pool
    countries : sequence of (int, str)
        Offsets of adjectives and the countries they belong to.
    known : mapping of int to Place
        Places that are given.

    Returns
    -------
    (list of Group, list of Group)
        The groups in order of their first mention, and the group of each mention.
    """
    mentions = [_read(document.text, mention) for mention in mentions]
    candidates = [
        [Candidate(known[i], mention.key, NameUse.PREFERRED)] if i in known else list(pool.of(mention))
        for i, mention in enumerate(mentions)
    ]
    above = parents(document, mentions)
    offices = [
        _office(document.text, mention) if len(candidates[i]) > 1 else ""
        for i, mention in enumerate(mentions)
    ]
    senses = [
        known[i].id if i in known else f"{mention.key}\n{_sense(mention, offices[i], candidates[i])}"
        for i, mention in enumerate(mentions)
    ]
    senses = _told_apart(senses, above, candidates)
    found: dict[str, Group] = {}
    group_of: list[Group] = []
    for i, mention in enumerate(mentions):
        group = found.get(senses[i])
        if group is None:
            group = found[senses[i]] = _group(mention, candidates[i])
        group.members.append(i)
        group_of.append(group)
        _look_around(group, document.text, mention, offices[i])
    _join(document, mentions, group_of, above)
    _adjectives_before(document, mentions, group_of, countries)
    return list(found.values()), group_of


def _told_apart(
    senses: list[str], above: Mapping[int, tuple[int, bool]], candidates: Sequence[Sequence[Candidate]]
) -> list[str]:
    """Split a name that has two parents in one text ("Hamilton, New Zealand", "Hamilton, Ontario").

    Without a parent of its own a mention means what the one before it meant, or the first.
    """
    own: dict[int, str] = {}
    by_sense: dict[str, set[str]] = defaultdict(set)
    for i, (parent, _) in above.items():
        first = candidates[parent][0].place if candidates[parent] else None
        if first is not None and any(inside(c.place, first) for c in candidates[i]):
            own[i] = first.id
            by_sense[senses[i]].add(first.id)
    split = {sense for sense, parents_ in by_sense.items() if len(parents_) > 1}
    if not split:
        return senses
    last: dict[str, str] = {}
    found = []
    for i, sense in enumerate(senses):
        if sense in split:
            last[sense] = own.get(i) or last.get(sense, "")
            found.append(f"{sense}\n{last[sense]}")
        else:
            found.append(sense)
    return found


def _group(mention: Mention, candidates: list[Candidate]) -> Group:
    towns = towns_of(candidates)
    features = [c.place for c in candidates if c.place.kind in _FEATURES and c.use == NameUse.PREFERRED]
    return Group(
        mention,
        [],
        candidates,
        seats=frozenset(place.admin1 for place in towns if place.admin1),
        homes=frozenset(place.country for place in (*towns, *features) if place.country),
    )


def _look_around(group: Group, text: str, mention: Mention, office: str) -> None:
    """Note what the words just before and after a mention say of its kind."""
    if len(group.candidates) < 2:
        return
    group.article |= _article(text, mention)
    group.directed |= _DIRECTED.search(text, max(0, mention.start - 14), mention.start) is not None
    group.office = group.office or office


def _office(text: str, mention: Mention) -> str:
    """What the words beside a bare name are those of: a state ("Gov."), a unit ("lawmakers"), a town ("mayor")."""
    if mention.kinds or mention.role == "demonym":
        return ""
    before = max(0, mention.start - 24)
    if _STATE_AFTER.match(text, mention.end) or _STATE_BEFORE.search(text, before, mention.start):
        return "state"
    if _UNIT_AFTER.match(text, mention.end) or _UNIT_BEFORE.search(text, before, mention.start):
        return "unit"
    if _TOWN_AFTER.match(text, mention.end) or _TOWN_BEFORE.search(text, before, mention.start):
        return "town"
    return ""


def _join(
    document: Document,
    mentions: Sequence[Mention],
    group_of: Sequence[Group],
    above: Mapping[int, tuple[int, bool]],
) -> None:
    """Note parents and neighbours in lists."""
    for i, (parent, comma) in above.items():
        if group_of[parent] is not group_of[i]:
            group_of[i].within.append((parent, comma))
            if comma:
                group_of[parent].holds.append(i)
    for i, k in siblings(document, mentions):
        if group_of[i] is not group_of[k] and all(k != parent for parent, _ in group_of[i].within):
            group_of[i].listed.append(k)
            group_of[k].listed.append(i)


def _adjectives_before(
    document: Document,
    mentions: Sequence[Mention],
    group_of: Sequence[Group],
    countries: Sequence[tuple[int, str]],
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


def _read(text: str, mention: Mention) -> Mention:
    """Take a head off a name it does not ask anything of: Lebanon in "the second city of Lebanon" is no city."""
    if mention.kinds and mention.kinds[0] in SETTLEMENTS:
        before = text[max(0, mention.start - 48) : mention.start]
        if _OF_WHOLE.search(before):
            return replace(mention, kinds=(), head=None)
    return mention


def _article(text: str, mention: Mention) -> bool:
    """Whether "the" stands before a bare name that no noun follows: "the Atlantic"."""
    if (
        mention.role not in ("literal", "metonym")
        or mention.head
        or not text.endswith("the ", 0, mention.start)
    ):
        return False
    return _NOUN_AFTER.match(text, mention.end) is None


def _sense(mention: Mention, office: str, candidates: Sequence[Candidate]) -> str:
    """Class of kinds that the context asks for: names are grouped by it.

    "New York lawmakers" are not those of the city, whatever the bare name means elsewhere in the text.
    """
    if mention.role == "demonym":
        return "derived"
    if not mention.kinds:
        seats = (
            {place.admin1 for place in towns_of(candidates, longer=True)}
            if office in ("state", "unit")
            else set()
        )
        return (
            "office"
            if any(c.place.kind == "admin1" and c.place.admin1 in seats for c in candidates)
            else "bare"
        )
    kind = mention.kinds[0]
    return "unit" if kind in _UNITS else "bare" if kind in SETTLEMENTS else mention.head or kind
