"""Who says what in a sentence: speakers, verbs of saying and the words they cover."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.events.indirect import LEADS, according, informed, quoted, reported, verb_in_front
from geo.events.parties import side_of, standing_of
from geo.events.quantities import NUMBER_WORDS
from geo.events.saying import Speech, scope_end, speech_verbs
from geo.events.sentence import AUXILIARIES, is_finite
from geo.events.speakers import inverted_subject, name_of, source_of, subject_before, time_tokens
from geo.events.tallies import COUNTING, counts_victims
from geo.text.words import words

if TYPE_CHECKING:
    from geo.events.sentence import Sentence
    from geo.events.speakers import Last
    from geo.types import Attribution, Document

_ALSO_NOUNS: Final = words(
    """reports report claims claim orders order demands demand requests request notes note posts post
    estimate estimates comment comments pledge promise fears fear hope hopes appeals calls quotes"""
)
_NOUN_BEFORE: Final = words(
    "a an the its his her their this that these no of such any some latest for in by with"
)
_CLOSING: Final = frozenset({",", ".", ":", "that"})
_WITHHELD: Final = words("declined declines refused refuses unable failed stopped")
_SURE_SUFFIX: Final = words('. , ; : ” " » after as when while following amid adding')
_AFTER_SUFFIX: Final = words(
    'on in to at during after late early from via through when by yesterday today . , ; : ” " » and without adding'
)


@lru_cache(maxsize=1)
def talking() -> frozenset[str]:
    """Words without which a sentence holds nobody's speech."""
    return frozenset(speech_verbs()) | COUNTING | LEADS | {"according"}


def speeches(sentence: Sentence, document: Document, last: Last) -> list[Speech]:
    """Speeches of a sentence in the order of their verbs.

    Parameters
    ----------
    sentence : Sentence
    document : Document
    last : callable
        Gives who spoke last before this sentence, or None: what a pronoun or "the agency" stands for.

    Returns
    -------
    list of Speech
        Empty where nobody is said to say anything.
    """
    verbs, talk = speech_verbs(), talking()
    found: list[Speech] = []
    for i, word in enumerate(sentence.lower):
        if word not in talk:
            continue
        speech: Speech | None = None
        if word == "according" and sentence.lower[i + 1 : i + 2] == ["to"]:
            speech = according(sentence, document, i, last)
        elif word in LEADS:
            speech = informed(sentence, document, i, last)
        elif i and counts_victims(sentence.lower, i):
            speech = _speech(sentence, document, i, word, "say", found[-1] if found else None, last)
        elif word in verbs:
            speech = _said(sentence, document, i, found, last)
        if speech:
            found.append(speech)
            last = _always(speech.source) if speech.source else last
    return _with_chains(found)


def _said(sentence: Sentence, document: Document, i: int, found: list[Speech], last: Last) -> Speech | None:
    """The speech of the verb of saying at `i`, if it is one there."""
    passive = reported(sentence, document, i, last)
    if passive is not None:
        return passive
    if not _is_verb(sentence, i):
        return None
    front = verb_in_front(sentence, document, i, last) if i <= 1 else None
    return front or _speech(
        sentence, document, i, *speech_verbs()[sentence.lower[i]], found[-1] if found else None, last
    )


def _always(source: Attribution) -> Last:
    return lambda: source


def _is_verb(sentence: Sentence, i: int) -> bool:
    lower = sentence.lower
    before, word = lower[i - 1] if i else "", lower[i]
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if before == "to":
        return bool(_WITHHELD & set(lower[max(0, i - 3) : i]))
    if before in _NOUN_BEFORE or before in {"been", "be", "so"} or (before == "-" and i > 1):
        return False
    if before in {"is", "are", "was", "were"} and not word.endswith("ing"):
        return False
    if (
        word.startswith(("call", "appeal"))
        and word not in {"calling"}
        and after not in {"on", "for", "to", "upon"}
    ):
        return False
    if word.startswith("notif") and before != "," and after not in _CLOSING:
        return False  # "had notified him": whom, not what
    if word in _ALSO_NOUNS:
        if after in AUXILIARIES or is_finite(after):
            return False  # "a police post went up in flames"
        return bool(i) and not _is_adjective(before) and after not in {"of", ","}
    return word not in {"continued", "continues", "continue"} or after in {",", ".", ":"}


def _is_adjective(word: str) -> bool:
    """Whether a noun is likely to follow: "three Pakistani posts"."""
    if word[:1].isdigit() or word in NUMBER_WORDS or (word.endswith("i") and side_of(word) is not None):
        return True
    return word.endswith(("ian", "ish", "ese", "ed", "al", "ent", "'s", "’s")) or word in {
        "us",
        "new",
        "earlier",
        "later",
        "recent",
        "initial",
        "first",
        "early",
        "latest",
        "fresh",
        "many",
        "two",
        "other",
    }


def _speech(
    sentence: Sentence,
    document: Document,
    i: int,
    lemma: str,
    kind: str,
    previous: Speech | None,
    last: Last,
) -> Speech | None:
    lower, size = sentence.lower, len(sentence.lower)
    if kind == "quote":
        return quoted(sentence, document, i, last)
    if i and lower[i - 1] == "to" and kind != "call":
        return _withheld(sentence, i)
    first = 0
    if lower[i].endswith("ing") and lower[i - 1] in {",", "and", "also"} and i:
        source = previous.source if previous else last()
        return Speech(
            source and replace(source, verb=lemma),
            kind,
            i,
            (i + 1, scope_end(sentence, i, kind, first)),
            (i, i),
        )
    if i > 1 and lower[i - 1] == "and" and previous and not previous.suffix and previous.source:
        again = replace(previous.source, verb=lemma)
        if "that" in lower[previous.verb : i]:
            return Speech(again, kind, i, (i + 1, scope_end(sentence, i, kind, 0)), (i, i))
    inverted = inverted_subject(sentence, i)
    first, end = inverted or subject_before(sentence, i)
    name = name_of(sentence, document, first, end)
    mutual = kind == "accuse" and lower[i + 1 : i + 3] == ["each", "other"]
    source = source_of(name, lemma, last)
    if source is not None and lemma == "tell":
        source = replace(source, chain=(*source.chain, *_told(sentence, document, i)))
    if source is None and (not name or name.lower() in {"i", "we", "you"}):
        return None
    if inverted or _is_suffix(sentence, first, i, lemma):
        begin, _ = sentence.part_of(i)
        if previous and not previous.suffix and previous.verb < i:
            begin = max(begin, previous.verb + 1)
        return Speech(
            source, kind, i, (begin, i if inverted else first), (first, end), suffix=True, mutual=mutual
        )
    return Speech(
        source, kind, i, (i + 1, scope_end(sentence, i, kind, first) or size), (first, end), mutual=mutual
    )


def _is_suffix(sentence: Sentence, first: int, verb: int, lemma: str) -> bool:
    """Whether the words come before the speaker: "..., officials said"."""
    lower = sentence.lower
    if first < 3:
        return False
    before = lower[first - 1]
    if before in '"”»':
        return True
    glued = sentence.ends[first - 1] == sentence.starts[first] and before in ".…"
    if (before != "," and not glued) or lemma in {"call", "accuse"}:
        return False
    timed = time_tokens(sentence)
    nxt = verb + 1
    if lemma == "tell":
        nxt = next((i for i in range(nxt, min(nxt + 6, len(lower))) if lower[i] in ".,;:"), nxt)
    while nxt < len(lower) and nxt in timed:
        nxt += 1
    after = lower[nxt] if nxt < len(lower) else "."
    if after not in _AFTER_SUFFIX or not any(hit.end <= first for hit in sentence.hits):
        return False
    return after in _SURE_SUFFIX or not any(hit.start > verb for hit in sentence.hits)


def _told(sentence: Sentence, document: Document, verb: int) -> tuple[str, ...]:
    """The medium somebody told it to: "told Reuters"."""
    end = verb + 1
    while end < min(verb + 6, len(sentence.lower)) and sentence.lower[end] not in {
        "that",
        ",",
        ".",
        ":",
        "on",
        "in",
        "the",
    }:
        end += 1
    name = name_of(sentence, document, verb + 1, end)
    return (name,) if name and standing_of(name) == "media" else ()


def _withheld(sentence: Sentence, i: int) -> Speech | None:
    """What somebody declined to say is no event."""
    if not _WITHHELD & set(sentence.lower[max(0, i - 3) : i]):
        return None
    return Speech(None, "withheld", i, (i + 1, scope_end(sentence, i, "withheld", 0)), (i, i))


def _with_chains(found: list[Speech]) -> list[Speech]:
    """Move media that only pass on another's words into that speaker's chain."""
    result: list[Speech] = []
    for speech in found:
        others = [other for other in found if other is not speech and other.source and speech.source]
        media = speech.source is not None and standing_of(speech.source.name) == "media"
        if (
            media
            and speech.suffix
            and any(
                _same_words(speech, other) and standing_of(_name_of(other)) != "media" for other in others
            )
        ):
            continue
        chain = tuple(
            other.source.name
            for other in others
            if other.suffix
            and other.source
            and standing_of(other.source.name) == "media"
            and _same_words(other, speech)
        )
        if chain and speech.source and not media:
            speech = replace(speech, source=replace(speech.source, chain=(*speech.source.chain, *chain)))  # noqa: PLW2901
        elif _colon_agency(result, speech):
            speech = replace(speech, source=replace(speech.source, chain=(_name_of(result[-1]),)))  # type: ignore[type-var] # noqa: PLW2901
        result.append(speech)
    return result


def _colon_agency(result: list[Speech], speech: Speech) -> bool:
    """Whether a medium only passes on what it quotes: "the paper added, citing two ministers, that"."""
    if (
        not result
        or not speech.source
        or speech.source.chain
        or speech.source.verb not in {"say", "according"}
    ):
        return False
    before = result[-1]
    return (
        before.source is not None
        and before.source != speech.source
        and speech.verb - before.verb <= 3
        and standing_of(before.source.name) == "media"
        and not before.suffix
    )


def _same_words(one: Speech, other: Speech) -> bool:
    return one.scope[0] < other.scope[1] and other.scope[0] < one.scope[1]


def _name_of(speech: Speech) -> str:
    return speech.source.name if speech.source else ""
