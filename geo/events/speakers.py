"""The speaker in front of or behind a verb of saying: its tokens, its name, and whom a pronoun stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.events.parties import side_of, standing_of
from geo.events.sentence import AUXILIARIES, SUBORDINATORS, is_finite
from geo.text.words import words
from geo.types import Attribution

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.events.sentence import Sentence
    from geo.types import Document

    Last = Callable[[], Attribution | None]
    """Tells who spoke last when asked, since finding out costs a look at the sentences before."""

_ADVERBS: Final = words(
    """also then later has had have again repeatedly earlier meanwhile however still now recently already reportedly
    officially publicly previously immediately is are was were and simply not long first once have strongly firmly
    angrily initially"""
)
_STOPS: Final = SUBORDINATORS | words(
    "that as but or if because since so than when including amid despite following"
)
_PRONOUNS: Final = words("he she it they we i him her them you")
_GENERIC_HEADS: Final = words(
    """agency network ministry minister president governor mayor army military spokesman spokeswoman spokesperson
    official officials channel newspaper outlet general commander statement leader body group organisation organization
    report head chief secretary"""
)
_FIRST_PERSON: Final = words("i we you")
"""Inside a quotation they name whoever speaks it."""
_SCENE: Final = words("in at near across")
_ARTICLES: Final = words("the a an its two three several local")
_RELATIVES: Final = words("which who whose whom")
_ENDS: Final = frozenset('.;:"“”«»()—–!?…')
_TO_HEARERS: Final = words("told tells")
_SEGMENT_ENDS: Final = _ENDS | {","}
LONGEST: Final = 24
"""Tokens of a speaker with its appositions."""


def subject_before(sentence: Sentence, i: int) -> tuple[int, int]:
    """Tokens of the speaker in front of the verb at `i`, appositions included."""
    lower = sentence.lower
    end = i
    timed = time_tokens(sentence)
    coordinated = False
    while end > 0 and (lower[end - 1] in _ADVERBS or (end - 1) in timed):
        coordinated = coordinated or lower[end - 1] in {"and", "but"}
        end -= 1
    if coordinated:
        return _first_subject(sentence, end)
    closing_comma = end > 0 and lower[end - 1] == ","
    if closing_comma:
        end -= 1
    first, commas = end, 0
    while first > 0 and end - first < LONGEST:
        word = lower[first - 1]
        if word in _ENDS or (word in _STOPS and not (closing_comma and word in _RELATIVES)):
            break
        if word == ",":
            commas += 1
            if not closing_comma or commas > 2 or tells(sentence, first - 1):
                break
        if word in AUXILIARIES and not closing_comma:
            break
        if word == "and" and not _joins_names(sentence, first - 1):
            break
        first -= 1
    return _behind_scene(sentence, first, end), end


def tells(sentence: Sentence, comma: int) -> bool:
    """Whether the words before a comma tell of something and name no speaker: "two died, the mayor, Mr Y, said"."""
    lower = sentence.lower
    first = comma
    while first > 0 and comma - first < LONGEST and lower[first - 1] not in _SEGMENT_ENDS:
        first -= 1
    if first == comma or lower[first] in _RELATIVES:
        return False
    if any(first <= hit.start < comma for hit in sentence.hits):
        return True
    return any(
        lower[i] in AUXILIARIES or (is_finite(lower[i]) and sentence.texts[i][0].islower())
        for i in range(first, comma)
    )


def _behind_scene(sentence: Sentence, first: int, end: int) -> int:
    """First token of the speaker behind a place that opens the sentence: "In X the army said"."""
    if first > 0 or end == 0 or sentence.lower[0] not in _SCENE:
        return first
    scene = next((ref for ref in sentence.refs if 1 <= ref.first <= 3), None)
    if scene is None or not scene.last < end:
        return first
    opens = sentence.lower[scene.last] in _ARTICLES or sentence.texts[scene.last][0].isupper()
    return scene.last if opens else first


def _first_subject(sentence: Sentence, end: int) -> tuple[int, int]:
    """Subject of the first of two verbs: "the ministry rejected the claim and said"."""
    lower = sentence.lower
    first = end
    while (
        first > 0
        and end - first < 2 * LONGEST
        and lower[first - 1] not in _ENDS
        and lower[first - 1] not in _STOPS
    ):
        first -= 1
    stop = first
    while stop < end and not (stop > first and is_finite(lower[stop])) and lower[stop] not in AUXILIARIES:
        stop += 1
    comma = max((i for i in range(first, stop) if lower[i] == ","), default=-1)
    opener = lower[first] in {"in", "on", "at", "after", "for", "meanwhile"} and comma > 0
    return (comma + 1 if opener else first), stop


def _joins_names(sentence: Sentence, at: int) -> bool:
    """Whether "and" joins two speakers ("Moscow and Kiev", "US and Ukrainian officials")."""
    if at == 0 or at + 1 >= len(sentence.texts):
        return False
    return sentence.texts[at - 1][0].isupper() and sentence.texts[at + 1][0].isupper()


def time_tokens(sentence: Sentence) -> set[int]:
    """Tokens of the sentence that belong to a time phrase."""
    taken: set[int] = set()
    for time in sentence.times:
        if time.span:
            taken.update(range(sentence.token_at(time.span[0]), sentence.token_at(time.span[1] - 1) + 1))
    return taken


def inverted_subject(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """Tokens of a speaker behind the verb: '", said the minister'."""
    lower = sentence.lower
    if i + 1 >= len(lower) or (i and lower[i - 1] not in ',"”»'):
        return None
    if lower[i] in _TO_HEARERS and lower[i - 1] == "," and not tells(sentence, i - 1):
        return None  # "..., the mayor, Mr Y, told the paper"
    first = _behind_hearer(sentence, i + 1)
    nxt = sentence.texts[first]
    if not (nxt[0].isupper() or lower[first] in {"the", "a", "an", "its", "his"}) or lower[first] in {"that"}:
        return None
    if i == 0 and not nxt[0].isupper():
        return None
    end = first
    while end < len(lower) and end - first < 12 and lower[end] not in ',.;:"”“»' and lower[end] not in _STOPS:
        if (
            end > first
            and lower[end] in {"on", "in"}
            and not sentence.texts[min(end + 1, len(lower) - 1)][0].isupper()
        ):
            break
        if lower[end] in AUXILIARIES:
            return None
        end += 1
    return first, end


def _behind_hearer(sentence: Sentence, at: int) -> int:
    """Behind "on Monday", "to the radio" between a verb of saying and its speaker; `at` where nothing follows."""
    lower, timed = sentence.lower, time_tokens(sentence)
    first = at
    while first < len(lower) and first in timed:
        first += 1
    if lower[first : first + 1] == ["to"]:
        first += 2
        first += lower[first - 1] in _ARTICLES
    return first if first < len(lower) else at


def name_of(sentence: Sentence, document: Document, first: int, end: int) -> str:
    """The speaker's name from its tokens: relative clauses, times and lead-ins left out."""
    timed = time_tokens(sentence)
    parts: list[list[int]] = [[]]
    for i in range(first, end):
        if sentence.lower[i] == ",":
            parts.append([])
        elif i not in timed and sentence.lower[i] not in {"meanwhile", "however"}:
            parts[-1].append(i)
    named = [
        part
        for part in parts
        if part and sentence.lower[part[0]] not in {"which", "who", "whose", "where", "in", "at", "on", "for"}
    ]
    if not named:
        return ""
    kept = (
        named[:2] if len(named) > 1 and any(sentence.texts[i][0].isupper() for i in named[1]) else named[:1]
    )
    text = ", ".join(sentence.text_of(document, part[0], part[-1] + 1) for part in kept)
    for lead in ("The ", "the ", "A ", "a ", "an ", "An ", "As for "):
        text = text.removeprefix(lead)
    return " ".join(text.split())


def source_of(name: str, verb: str, last: Last) -> Attribution | None:
    """Who `name` is: a pronoun or "the agency" stands for the last speaker; None where that is unknown."""
    split = name.lower().split()
    if not split or len(name) > 160 or split[0] in _FIRST_PERSON:
        return None
    if (split[0] in _PRONOUNS and len(split) <= 2) or _is_glued_pronoun(name):
        before = last()
        return replace(before, verb=verb) if before else None
    before = last() if len(split) == 1 and split[0] in _GENERIC_HEADS else None
    if before:
        same = (
            split[0] in before.name.lower()
            or standing_of(f"the {split[0]}") == standing_of(before.name) == "media"
        )
        if same:
            return replace(before, verb=verb)
        if standing_of(f"the {split[0]}") == "media" and before.chain:
            return Attribution(before.chain[0], side_of(before.chain[0]), verb)
    return Attribution(name, side_of(name), verb)


def _is_glued_pronoun(name: str) -> bool:
    """Whether scraping glued a pronoun to the word before it ("Xhe")."""
    return " " not in name and len(name) > 6 and name.endswith(("he", "she", "they")) and name[0].isupper()
