"""Who says what in a sentence: speakers, verbs of saying and the words they cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.events.parties import side_of, standing_of
from geo.events.quantities import NUMBER_WORDS
from geo.events.sentence import AUXILIARIES, is_finite
from geo.events.speakers import LONGEST, inverted_subject, name_of, source_of, subject_before, time_tokens
from geo.events.tallies import COUNTING, counts_victims
from geo.ontology.forms import verb_forms
from geo.text.words import words
from geo.types import Attribution

if TYPE_CHECKING:
    from geo.events.sentence import Sentence
    from geo.events.speakers import Last
    from geo.types import Document

_CLASSES: Final = {
    "say": "say tell add explain report declare announce write tweet note stress affirm indicate lament insist "
    "estimate recall reveal conclude argue post comment disclose inform continue underline emphasise emphasize",
    "claim": "claim allege assert boast maintain suggest",
    "accuse": "accuse blame",
    "admit": "admit acknowledge concede confess",
    "confirm": "confirm verify",
    "deny": "deny reject refute dismiss",
    "call": "call urge ask request demand appeal exhort propose order instruct recommend advise",
    "threaten": "threaten vow warn",
    "promise": "promise pledge agree",
    "fear": "fear believe expect think hope",
    "quote": "quote cite",
}
_IRREGULAR: Final = {
    "say": "say says said saying",
    "tell": "tell tells told telling",
    "write": "write writes wrote written writing",
    "think": "think thinks thought",
}
_ALSO_NOUNS: Final = words(
    """reports report claims claim orders order demands demand requests request notes note posts post
    estimate estimates comment comments pledge promise fears fear hope hopes appeals calls quotes"""
)
_NOUN_BEFORE: Final = words(
    "a an the its his her their this that these no of such any some latest for in by with"
)
_WITHHELD: Final = words("declined declines refused refuses unable failed stopped")
_AHEAD: Final = frozenset({"call", "threaten", "promise"})
_SURE_SUFFIX: Final = words('. , ; : ” " » after as when while following amid adding')
_AFTER_SUFFIX: Final = words(
    'on in to at during after late early from via through when by yesterday today . , ; : ” " » and without adding'
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that somebody is said to say.

    ``verb`` is the token of the verb; ``scope`` the tokens covered (end exclusive); ``kind`` the class of
    the verb (say, claim, accuse, admit, confirm, deny, call, threaten, promise, fear). ``subject`` are the
    speaker's tokens. ``mutual``: both sides accuse each other.
    """

    source: Attribution | None
    kind: str
    verb: int
    scope: tuple[int, int]
    subject: tuple[int, int]
    suffix: bool = False
    mutual: bool = False


@lru_cache(maxsize=1)
def speech_verbs() -> dict[str, tuple[str, str]]:
    """Every form of the verbs of saying with its lemma and class."""
    forms: dict[str, tuple[str, str]] = {}
    forms["stated"], forms["stating"] = ("state", "say"), ("state", "say")
    for kind, lemmas in _CLASSES.items():
        for lemma in lemmas.split():
            known = _IRREGULAR[lemma].split() if lemma in _IRREGULAR else list(verb_forms(lemma))
            forms.update(dict.fromkeys(known, (lemma, kind)))
    return forms


@lru_cache(maxsize=1)
def talking() -> frozenset[str]:
    """Words without which a sentence holds nobody's speech."""
    return frozenset(speech_verbs()) | COUNTING | {"according"}


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
            speech = _according(sentence, document, i, last)
        elif i and counts_victims(sentence.lower, i):
            speech = _speech(sentence, document, i, word, "say", found[-1] if found else None, last)
        elif word in verbs and _is_verb(sentence, i):
            speech = _speech(sentence, document, i, *verbs[word], found[-1] if found else None, last)
        if speech:
            found.append(speech)
            last = _always(speech.source) if speech.source else last
    return _with_chains(found)


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
        return _quoted(sentence, document, i, last)
    if i and lower[i - 1] == "to" and kind != "call":
        return _withheld(sentence, i)
    first = 0
    if lower[i].endswith("ing") and lower[i - 1] in {",", "and", "also"} and i:
        source = previous.source if previous else last()
        return Speech(
            source and replace(source, verb=lemma),
            kind,
            i,
            (i + 1, _scope_end(sentence, i, kind, first)),
            (i, i),
        )
    if i > 1 and lower[i - 1] == "and" and previous and not previous.suffix and previous.source:
        again = replace(previous.source, verb=lemma)
        if "that" in lower[previous.verb : i]:
            return Speech(again, kind, i, (i + 1, _scope_end(sentence, i, kind, 0)), (i, i))
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
        begin = max(
            (
                cut
                for cut in (0, *((previous.verb + 1,) if previous and not previous.suffix else ()))
                if cut < i
            ),
            default=0,
        )
        return Speech(
            source, kind, i, (begin, i if inverted else first), (first, end), suffix=True, mutual=mutual
        )
    return Speech(
        source, kind, i, (i + 1, _scope_end(sentence, i, kind, first) or size), (first, end), mutual=mutual
    )


def _is_suffix(sentence: Sentence, first: int, verb: int, lemma: str) -> bool:
    """Whether the words come before the speaker: "..., officials said"."""
    lower = sentence.lower
    if first < 3:
        return False
    before = lower[first - 1]
    if before in '"”»':
        return True
    glued = sentence.tokens[first - 1].end == sentence.tokens[first].start and before in ".…"
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


def _scope_end(sentence: Sentence, verb: int, kind: str, first: int) -> int:
    """End of what a verb in front covers.

    A semicolon; a comma with "as", "but" and a new clause; the comma that closes a relative clause in which
    the verb stands; and, where what is said lies ahead, a clause of time, which is the narrator's own.
    """
    lower = sentence.lower
    starts = {start for start, _ in sentence.clauses}
    relative = first > 0 and lower[first - 1] in {"who", "whom", "which"}
    for i in range(verb + 1, len(lower)):
        word = lower[i]
        if word == ";" or (relative and word == ","):
            return i
        if i not in starts or i <= verb + 3:
            continue
        if kind in _AHEAD and word == "and" and lower[i - 1] == ",":
            return i
        if word in {"as", "but"} and lower[i - 1] == "," and lower[verb + 1] not in '":“':
            return i
        if word in {"after", "when", "as", "before"} and (
            kind in _AHEAD or {"will", "would"} & set(lower[verb + 1 : i])
        ):
            return i
    return len(lower)


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
    return Speech(None, "withheld", i, (i + 1, _scope_end(sentence, i, "withheld", 0)), (i, i))


def _quoted(sentence: Sentence, document: Document, i: int, last: Last) -> Speech | None:
    """TASS "quoted the authorities as saying that ..."; "quoting Ukrainian officials, ..."."""
    lower, end = sentence.lower, i + 1
    while (
        end < len(lower)
        and end - i < LONGEST
        and lower[end] not in ',.;:"“'
        and lower[end] not in {"that", "as"}
    ):
        end += 1
    medium = None
    if not lower[i].endswith("ing"):
        first, stop = subject_before(sentence, i)
        medium = source_of(name_of(sentence, document, first, stop), "quote", last)
    name = name_of(sentence, document, i + 1, end)
    if not name:
        return None
    chain = (medium.name,) if medium else ()
    source = Attribution(name, side_of(name), "say", chain)
    return Speech(source, "say", i, (end, _scope_end(sentence, end, "say", 0) or len(lower)), (i + 1, end))


def _according(sentence: Sentence, document: Document, i: int, last: Last) -> Speech | None:
    lower, end = sentence.lower, i + 2
    while (
        end < len(lower)
        and end - i < LONGEST
        and lower[end] not in ',.;:"“”'
        and lower[end] not in {"that", "who", "which"}
    ):
        end += 1
    source = source_of(name_of(sentence, document, i + 2, end), "according", last)
    if source is None:
        return None
    # in front it covers what follows, behind what stands before it, between commas both
    between = end < len(lower) - 2 and i > 0
    scope = (0, len(lower)) if between else (end, len(lower)) if i == 0 or i < 3 else (0, i)
    return Speech(source, "say", i, scope, (i, end), suffix=True)


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
