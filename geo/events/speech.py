"""Who says what in a sentence: speakers, verbs of saying and the words they cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.events.parties import side_of, standing_of
from geo.events.sentence import AUXILIARIES, SUBORDINATORS
from geo.ontology.forms import verb_forms
from geo.text.words import words
from geo.types import Attribution

if TYPE_CHECKING:
    from geo.events.sentence import Sentence
    from geo.types import Document

_CLASSES: Final = {
    "say": "say tell state add explain report declare announce write tweet note stress affirm indicate lament insist "
    "estimate recall reveal conclude argue post comment disclose continue underline emphasise emphasize",
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
_NOUN_BEFORE: Final = words(
    "a an the its his her their this that these no of such any some latest for in by with"
)
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
_AFTER_SUFFIX: Final = words(
    'on in to at during after late early from via through when by yesterday today . , ; : ” " » and without adding'
)
_LONGEST: Final = 24


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
    for kind, lemmas in _CLASSES.items():
        for lemma in lemmas.split():
            known = _IRREGULAR[lemma].split() if lemma in _IRREGULAR else list(verb_forms(lemma))
            forms.update({form: (lemma, kind) for form in known})
    return forms


def speeches(sentence: Sentence, document: Document, last: Attribution | None) -> list[Speech]:
    """Speeches of a sentence in the order of their verbs.

    Parameters
    ----------
    sentence : Sentence
    document : Document
    last : Attribution or None
        Who spoke last before this sentence: what a pronoun or "the agency" stands for.

    Returns
    -------
    list of Speech
        Empty where nobody is said to say anything.
    """
    verbs, found = speech_verbs(), []
    for i, word in enumerate(sentence.lower):
        speech: Speech | None = None
        if word == "according" and sentence.lower[i + 1 : i + 2] == ["to"]:
            speech = _according(sentence, document, i, last)
        elif word in verbs and _is_verb(sentence, i):
            speech = _speech(sentence, document, i, *verbs[word], found[-1] if found else None, last)
        if speech:
            found.append(speech)
            last = speech.source or last
    return _with_chains(found)


def _is_verb(sentence: Sentence, i: int) -> bool:
    lower = sentence.lower
    before, word = lower[i - 1] if i else "", lower[i]
    after = lower[i + 1] if i + 1 < len(lower) else ""
    if before in _NOUN_BEFORE or before in {"to", "been", "be", "so"} or (before == "-" and i > 1):
        return False
    if before in {"is", "are", "was", "were"} and not word.endswith("ing"):
        return False
    if (
        word.startswith(("call", "appeal"))
        and word not in {"calling"}
        and after not in {"on", "for", "to", "upon"}
    ):
        return False
    if word in {
        "reports",
        "report",
        "claims",
        "claim",
        "orders",
        "order",
        "demands",
        "demand",
        "requests",
        "request",
        "states",
        "state",
        "notes",
        "note",
        "posts",
        "post",
        "pledge",
        "promise",
        "fears",
        "fear",
        "hope",
        "hopes",
        "appeals",
        "calls",
        "quotes",
    }:
        return bool(i) and not _is_adjective(before) and after not in {"of", ","}
    return not (word == "continued" or word == "continues" or word == "continue") or after in {",", ".", ":"}


def _is_adjective(word: str) -> bool:
    return word.endswith(("ian", "ish", "ese", "ed", "al", "ent", "'s", "’s")) or word in {
        "us",
        "new",
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
    last: Attribution | None,
) -> Speech | None:
    lower, size = sentence.lower, len(sentence.lower)
    if kind == "quote":
        return _quoted(sentence, document, i, last)
    if lower[i].endswith("ing") and lower[i - 1] in {",", "and", "also"} and i:
        source = previous.source if previous else last
        return Speech(
            source and replace(source, verb=lemma), kind, i, (i + 1, _scope_end(sentence, i)), (i, i)
        )
    inverted = _inverted(sentence, i)
    first, end = inverted or _subject_before(sentence, i)
    name = _name(sentence, document, first, end)
    mutual = kind == "accuse" and lower[i + 1 : i + 3] == ["each", "other"]
    source = _source(name, lemma, last)
    if source is None and not name:
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
    return Speech(source, kind, i, (i + 1, _scope_end(sentence, i) or size), (first, end), mutual=mutual)


def _inverted(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """Tokens of a speaker behind the verb: '", said the minister'."""
    lower = sentence.lower
    if i + 1 >= len(lower) or (i and lower[i - 1] not in ',"”»'):
        return None
    nxt = sentence.tokens[i + 1].text
    if not (nxt[0].isupper() or lower[i + 1] in {"the", "a", "an", "its", "his"}) or lower[i + 1] in {"that"}:
        return None
    if i == 0 and not nxt[0].isupper():
        return None
    end = i + 1
    while end < len(lower) and end - i < 12 and lower[end] not in ',.;:"”“»' and lower[end] not in _STOPS:
        if (
            end > i + 1
            and lower[end] in {"on", "in"}
            and not sentence.tokens[min(end + 1, len(lower) - 1)].text[0].isupper()
        ):
            break
        if lower[end] in AUXILIARIES:
            return None
        end += 1
    return i + 1, end


def _subject_before(sentence: Sentence, i: int) -> tuple[int, int]:
    """Tokens of the speaker in front of the verb at `i`, appositions included."""
    lower = sentence.lower
    end = i
    timed = _time_tokens(sentence)
    while end > 0 and (lower[end - 1] in _ADVERBS or (end - 1) in timed):
        end -= 1
    first, commas = end, 0
    closing_comma = end > 0 and lower[end - 1] == ","
    if closing_comma:
        end -= 1
        first = end
    while first > 0 and end - first < _LONGEST:
        word = lower[first - 1]
        if (
            word in '.;:"“”«»()—–!?…'
            or word in _STOPS
            and not (closing_comma and word in {"which", "who", "whose"})
        ):
            break
        if word == ",":
            commas += 1
            if not closing_comma or commas > 2:
                break
        if word in AUXILIARIES and not closing_comma:
            break
        if word == "and" and not _joins_names(sentence, first - 1):
            break
        first -= 1
    return first, end


def _joins_names(sentence: Sentence, at: int) -> bool:
    """Whether "and" joins two speakers ("Moscow and Kiev", "US and Ukrainian officials")."""
    if at == 0 or at + 1 >= len(sentence.tokens):
        return False
    return sentence.tokens[at - 1].text[0].isupper() and sentence.tokens[at + 1].text[0].isupper()


def _time_tokens(sentence: Sentence) -> set[int]:
    taken: set[int] = set()
    for time in sentence.times:
        if time.span:
            taken.update(range(sentence.token_at(time.span[0]), sentence.token_at(time.span[1] - 1) + 1))
    return taken


def _is_suffix(sentence: Sentence, first: int, verb: int, lemma: str) -> bool:
    """Whether the words come before the speaker: "..., officials said"."""
    lower = sentence.lower
    if first < 3:
        return False
    before = lower[first - 1]
    if before in '"”»':
        return True
    glued = sentence.tokens[first - 1].end == sentence.tokens[first].start and before in ".…"
    if before != "," and not glued:
        return False
    after = lower[verb + 1] if verb + 1 < len(lower) else "."
    if after not in _AFTER_SUFFIX and verb - 1 not in _time_tokens(sentence) or lemma in {"call", "accuse"}:
        return False
    return not any(hit.start > verb for hit in sentence.hits) and any(
        hit.end <= first for hit in sentence.hits
    )


def _scope_end(sentence: Sentence, verb: int) -> int:
    """End of what a verb in front covers: a semicolon, or a comma with "as", "but" and a new clause."""
    lower = sentence.lower
    starts = {first for first, _ in sentence.clauses}
    for i in range(verb + 1, len(lower)):
        if lower[i] == ";":
            return i
        if (
            lower[i] in {"as", "but"}
            and lower[i - 1] == ","
            and i in starts
            and i > verb + 3
            and lower[verb + 1] not in '":“'
        ):
            return i
    return len(lower)


def _quoted(sentence: Sentence, document: Document, i: int, last: Attribution | None) -> Speech | None:
    """TASS "quoted the authorities as saying that ..."; "quoting Ukrainian officials, ..."."""
    lower, end = sentence.lower, i + 1
    while (
        end < len(lower)
        and end - i < _LONGEST
        and lower[end] not in ',.;:"“'
        and lower[end] not in {"that", "as"}
    ):
        end += 1
    medium = None
    if not lower[i].endswith("ing"):
        first, stop = _subject_before(sentence, i)
        medium = _source(_name(sentence, document, first, stop), "quote", last)
    name = _name(sentence, document, i + 1, end)
    if not name:
        return None
    chain = (medium.name,) if medium else ()
    source = Attribution(name, side_of(name), "say", chain)
    return Speech(source, "say", i, (end, _scope_end(sentence, end) or len(lower)), (i + 1, end))


def _according(sentence: Sentence, document: Document, i: int, last: Attribution | None) -> Speech | None:
    lower, end = sentence.lower, i + 2
    while (
        end < len(lower)
        and end - i < _LONGEST
        and lower[end] not in ',.;:"“”'
        and lower[end] not in {"that", "who", "which"}
    ):
        end += 1
    source = _source(_name(sentence, document, i + 2, end), "according", last)
    if source is None:
        return None
    # in front it covers what follows, behind what stands before it, between commas both
    between = end < len(lower) - 2 and i > 0
    scope = (0, len(lower)) if between else (end, len(lower)) if i == 0 or i < 3 else (0, i)
    return Speech(source, "say", i, scope, (i, end), suffix=True)


def _name(sentence: Sentence, document: Document, first: int, end: int) -> str:
    """The speaker's name from its tokens: relative clauses, times and lead-ins left out."""
    timed = _time_tokens(sentence)
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
        named[:2]
        if len(named) > 1 and any(sentence.tokens[i].text[0].isupper() for i in named[1])
        else named[:1]
    )
    text = ", ".join(sentence.text_of(document, part[0], part[-1] + 1) for part in kept)
    for lead in ("The ", "the ", "A ", "a ", "an ", "An ", "As for "):
        text = text.removeprefix(lead)
    return " ".join(text.split())


def _source(name: str, verb: str, last: Attribution | None) -> Attribution | None:
    """Who `name` is: a pronoun or "the agency" stands for the last speaker; None where that is unknown."""
    split = name.lower().split()
    if not split or len(name) > 160:
        return None
    if split[0] in _PRONOUNS and len(split) <= 2 or _is_glued_pronoun(name):
        return replace(last, verb=verb) if last else None
    if last and len(split) == 1 and split[0] in _GENERIC_HEADS:
        same = (
            split[0] in last.name.lower()
            or standing_of(f"the {split[0]}") == standing_of(last.name) == "media"
        )
        if same:
            return replace(last, verb=verb)
        if standing_of(f"the {split[0]}") == "media" and last.chain:
            return Attribution(last.chain[0], side_of(last.chain[0]), verb)
    return Attribution(name, side_of(name), verb)


def _is_glued_pronoun(name: str) -> bool:
    """Whether scraping glued a pronoun to the word before it ("Xhe")."""
    return " " not in name and len(name) > 6 and name.endswith(("he", "she", "they")) and name[0].isupper()


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
    """ "It explained, quoting officials, that": the medium before the quoting."""
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
