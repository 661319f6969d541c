"""Mentions that mean the same: one name in one sense, with what the words beside them say."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gazetteer.types import Candidate, NameUse
from geo.places.beside import has_article, is_directed, office_of, water_of
from geo.places.candidates import SETTLEMENTS, Choice
from geo.places.context import parents, siblings
from geo.places.utility import Group, inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.types import Place
    from geo.places.candidates import Pool
    from geo.types import Document, Mention

_UNITS: Final = frozenset({"admin1", "region", "admin2"})
_OF_WHOLE: Final = re.compile(
    r"\b(?:capital(?:\scity)?|(?:second|third|fourth|fifth|largest|biggest|main|northern|southern|eastern|western|"
    r"major|other|few|many|several|two|three|four|some|most)[\w-]*\s(?:\w+\s)?(?:city|cities|towns?|villages?))\s(?:of|in)\s\Z",
    re.IGNORECASE,
)
"""The capital of X, the second city of X: X is what the town belongs to."""
_LEAST_UNITS: Final = 3
"""So many units in a row are a list of their like; of two, one may be the parent ("Oklahoma, Ohio")."""


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
    text = document.text
    mentions = [_read(text, mention, pool) for mention in mentions]
    pairs = siblings(document, mentions)
    choices = [
        Choice((Candidate(known[i], mention.key, NameUse.PREFERRED),)) if i in known else pool.of(mention)
        for i, mention in enumerate(mentions)
    ]
    above = parents(document, mentions)
    if len(pairs) > 1:
        alike, units = _lists_of_units(pairs, choices)
        above = {i: parent for i, parent in above.items() if i not in alike}
        mentions = [
            replace(mention, kinds=("admin1",)) if i in units and not mention.kinds else mention
            for i, mention in enumerate(mentions)
        ]
    offices = [
        office_of(text, mention) if len(choice.candidates) > 1 or choice.is_unit else ""
        for mention, choice in zip(mentions, choices, strict=True)
    ]
    senses = [
        known[i].id if i in known else f"{mention.key}\n{_sense(mention, offices[i], choices[i])}"
        for i, mention in enumerate(mentions)
    ]
    senses = _told_apart(senses, above, choices)
    found: dict[str, Group] = {}
    group_of: list[Group] = []
    for i, mention in enumerate(mentions):
        group = found.get(senses[i])
        if group is None:
            group = found[senses[i]] = Group(mention, choices[i], choices[i].candidates)
        group.members.append(i)
        group_of.append(group)
        group.office = group.office or offices[i]
        if len(group.candidates) > 1:
            _look_around(group, text, mention)
    _join(pairs, group_of, above)
    _adjectives_before(document, mentions, group_of, countries)
    return list(found.values()), group_of


def _told_apart(
    senses: list[str], above: Mapping[int, tuple[int, bool]], choices: Sequence[Choice]
) -> list[str]:
    """Split a name that has two parents in one text ("Hamilton, New Zealand", "Hamilton, Ontario").

    Without a parent of its own a mention means what the one before it meant, or the first.
    """
    own: dict[int, str] = {}
    by_sense: dict[str, set[str]] = defaultdict(set)
    for i, (parent, _) in above.items():
        above_it = choices[parent].candidates
        first = above_it[0].place if above_it else None
        if first is not None and any(inside(c.place, first) for c in choices[i].candidates):
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


def _look_around(group: Group, text: str, mention: Mention) -> None:
    """Note what the words just before and after a mention say of its kind."""
    group.article = group.article or has_article(text, mention)
    group.directed = group.directed or is_directed(text, mention)
    group.dateline = group.dateline or "dateline" in mention.cues


def _lists_of_units(pairs: Sequence[tuple[int, int]], choices: Sequence[Choice]) -> tuple[set[int], set[int]]:
    """Mentions in lists of at least three names that units of one country have: "Bauchi, Plateau and Kogi".

    None of them is the parent of another, other than in "Dayton, Ohio, Gary, Indiana".

    Returns
    -------
    (set of int, set of int)
        All of these, and those of lists where at least half of the names have no town in that country: all are units.
    """
    alike: set[int] = set()
    units: set[int] = set()
    for run in _runs(pairs):
        countries = frozenset.intersection(*(choices[i].units for i in run))
        if len(run) < _LEAST_UNITS or not countries:
            continue
        alike.update(run)
        if any(2 * sum(c not in choices[i].homes_of_towns for i in run) >= len(run) for c in countries):
            units.update(run)
    return alike, units


def _runs(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Lists of mentions, from pairs of neighbours."""
    runs: list[list[int]] = []
    for i, k in pairs:
        if runs and runs[-1][-1] == i:
            runs[-1].append(k)
        else:
            runs.append([i, k])
    return runs


def _join(
    pairs: Sequence[tuple[int, int]], group_of: Sequence[Group], above: Mapping[int, tuple[int, bool]]
) -> None:
    """Note parents and neighbours in lists."""
    parents: set[tuple[int, int]] = set()
    for i, (parent, comma) in above.items():
        if group_of[parent] is not group_of[i]:
            group_of[i].within.append((parent, comma))
            parents.add((id(group_of[i]), parent))
            if comma:
                group_of[parent].holds.append(i)
    going_on = {i for i, _ in pairs}
    for i, k in pairs:
        # "Santiago, Granma, Holguin": what reads like the unit of a town is one more of a list
        if group_of[i] is not group_of[k] and ((id(group_of[i]), k) not in parents or k in going_on):
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


def _read(text: str, mention: Mention, pool: Pool) -> Mention:
    """Correct what a name asks for.

    A head is taken off that belongs to something else: Lebanon in "the second city of Lebanon" is no city. A river
    without its head is given one: "the banks of the Dnipro". "Springfield City Commission" is that of the
    Springfield of the text, although one of them is also called Springfield City.
    """
    if mention.kinds and mention.kinds[0] in SETTLEMENTS:
        before = text[max(0, mention.start - 48) : mention.start]
        if _OF_WHOLE.search(before):
            return replace(mention, kinds=(), head=None)
    water = water_of(text, mention)
    if water and pool.has_river(mention.key, alone=water == "alone"):
        return replace(mention, kinds=("river",), head="river")
    stem = mention.key.removesuffix(" city")
    if stem != mention.key and not mention.head and pool.is_byname(mention.key) and pool.named(stem, False):
        return replace(mention, key=stem, kinds=("city", "town"), head="city")
    return mention


def _sense(mention: Mention, office: str, choice: Choice) -> str:
    """Class of kinds that the context asks for: names are grouped by it.

    "New York lawmakers" are not those of the city, whatever the bare name means elsewhere in the text.
    """
    if mention.role == "demonym":
        return "derived"
    if not mention.kinds:
        return "office" if office in ("state", "unit") and choice.has_office else "bare"
    kind = mention.kinds[0]
    return "unit" if kind in _UNITS else "bare" if kind in SETTLEMENTS else mention.head or kind
