"""Verbs of saying by class, and the record of a speech."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.ontology.forms import verb_forms

if TYPE_CHECKING:
    from geo.events.sentence import Sentence
    from geo.types import Attribution

_AHEAD: Final = frozenset({"call", "threaten", "promise"})

_CLASSES: Final = {
    "say": "say tell add explain report declare announce write tweet note stress affirm indicate lament insist "
    "estimate recall reveal conclude argue post comment disclose inform continue underline emphasise emphasize "
    "notify specify clarify",
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


def scope_end(sentence: Sentence, verb: int, kind: str, first: int) -> int:
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
