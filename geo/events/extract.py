"""Reads the events of one document: sentence by sentence, trigger by trigger."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.events.actors import actors_of
from geo.events.counting import counted
from geo.events.denials import DENIALS, denial_of, is_denial_of_claim
from geo.events.draft import Draft
from geo.events.inheriting import FIGHTING, Placer
from geo.events.kinds import Kinds
from geo.events.parties import standing_of
from geo.events.placing import takes_unknown
from geo.events.reading import (
    absorbed,
    choose,
    is_attributive,
    is_name,
    is_noun_phrase,
    is_reduced_relative,
)
from geo.events.roles import reserved
from geo.events.saying import Speech
from geo.events.sentence import Reader, Sentence
from geo.events.speech import speeches, talking
from geo.events.status import Mood, mood_of
from geo.events.telling import is_own, trails, venue
from geo.events.timing import relative_to_main, time_of
from geo.events.topics import SAME, goes_on, is_another
from geo.events.verdict import asked_mood, status_from
from geo.events.within import merge_within
from geo.text.quotes import quotations
from geo.text.sentences import sentences as split_sentences
from geo.text.spans import bounded
from geo.types import Attribution, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.events.placing import Placed
    from geo.ontology import EventType, Hit, Ontology, Trigger
    from geo.types import Document, Event, Resolution, TimeSpan

_BACK: Final = frozenset({"those", "these", "they", "the", "this", "that"})
_QUOTES: Final = frozenset('"“«')
_UNDISPUTED: Final = frozenset({"political", "plain"})
"""Flags of types that nobody is a party to by telling of them."""
_TIMELESS: Final = frozenset({"noun", "s", "base"})
"""Forms of a trigger that do not say by themselves that it has happened."""
_COUNTED: Final = frozenset({"disaster"})
"""Families of what is counted by saying how many: the trigger is the verb of saying itself."""
_ASKS_NOTHING: Final = frozenset({"condemnation", "detention", "threat", "diplomacy", "mobilisation"})
_ASKING: Final = frozenset({"call", "threaten", "promise"})


def extract(
    document: Document,
    resolutions: Sequence[Resolution],
    times: Sequence[TimeSpan],
    ontology: Ontology,
    sentences: Sequence[tuple[int, int]] | None = None,
) -> list[Event]:
    """Events of a document, each with the reports that tell of it.

    Parameters
    ----------
    document : Document
    resolutions : sequence of Resolution
        Its mentions with their places; `EventPlace.mention` indexes this sequence.
    times : sequence of TimeSpan
        From `geo.dates.find_times`.
    ontology : Ontology
        From `geo.ontology.load`.
    sentences : sequence of (int, int), optional
        Spans of the sentences, where the caller has them already.

    Returns
    -------
    list of Event
        In the order of the text; reports that mean the same are one event. Empty for a text that tells of
        none. An event without places is one that no rule could place.
    """
    spans = split_sentences(document.text, *document.body) if sentences is None else sentences
    spans = bounded(document.text, spans)
    reader = Reader(document, spans, resolutions, times, ontology)
    return merge_within(_Extraction(reader, ontology).drafts(), document, ontology)


class _Extraction:
    """The walk through one document, with what earlier sentences leave behind."""

    def __init__(self, reader: Reader, ontology: Ontology) -> None:
        self.reader, self.document, self.ontology = reader, reader.document, ontology
        self.quotes = quotations(self.document.text, *self.document.body)
        self._quote_starts = [start for start, _ in self.quotes]
        self._speaker: Attribution | None = None
        self._unread: list[Sentence] = []  # somebody speaks in them; read when it matters who
        self.placer = Placer(reader, ontology)
        self.found = self.placer.found
        self._talk = talking()
        self._guard = ontology.words.get("sports", frozenset())
        self._kinds = Kinds(ontology, self.found)
        self._nature = ontology.words.get("nature", frozenset())
        self._moods: list[tuple[Draft, Mood, Speech | None, bool]] = []  # one for each of self.found

    def drafts(self) -> list[Draft]:
        """All drafts; status is settled last, when it is known whether the text tells of a conflict."""
        for index in self.reader.telling(self._talk):
            self._sentence(index)
        conflict = any(self.ontology.family(draft.type) in FIGHTING for draft in self.found)
        kept = []
        for draft, mood, speech, own_act in self._moods:
            flags = self.ontology[draft.type].flags
            status = status_from(
                mood, speech, conflict=conflict and _UNDISPUTED.isdisjoint(flags), own_act=own_act
            )
            if status is not None:
                draft.status = status
                kept.append(draft)
        return kept

    def _sentence(self, index: int) -> None:
        sentence = self.reader.sentence(index)
        hits = sentence.hits
        if hits and not self._guard.isdisjoint(sentence.lower):
            sentence.hits = hits = [
                hit for hit in hits if "conflict" not in self.ontology[hit.readings[0][0].type].flags
            ]
        if hits and not self._nature.isdisjoint(sentence.lower):
            sentence.hits = hits = [hit for hit in hits if not self._by_nature(sentence, hit)]
        talk = not self._talk.isdisjoint(sentence.lower)
        denied = talk and not DENIALS.isdisjoint(sentence.lower)
        if hits or denied:
            said = speeches(sentence, self.document, self.speaker) if talk else []
            self._hits(sentence, said)
            if denied:
                self._denied(sentence, said)
            self._heard(said)
        elif talk:
            self._unread.append(sentence)

    def speaker(self) -> Attribution | None:
        """Who spoke last before the sentence that is being read."""
        unread, self._unread = self._unread, []
        for sentence in unread:
            self._heard(speeches(sentence, self.document, lambda: self._speaker))
        return self._speaker

    def _heard(self, said: list[Speech]) -> None:
        source = next((speech.source for speech in said if speech.source), None)
        if source is not None:
            self._speaker = source
            self._unread.clear()  # whoever spoke before is forgotten

    def _by_nature(self, sentence: Sentence, hit: Hit) -> bool:
        """Whether an earthquake, a storm or the like "struck": that is no strike of anybody's."""
        trigger = hit.readings[0][0]
        if trigger.pos != "verb" or self.ontology.family(trigger.type) != "fires":
            return False
        before = sentence.lower[max(0, hit.start - 8) : hit.start]
        return not self._nature.isdisjoint(before)

    def _denied(self, sentence: Sentence, said: list[Speech]) -> None:
        """A denial of what somebody else has just said: "the ministry denied the claim"."""
        for speech in said:
            if speech.kind != "deny" or not is_denial_of_claim(sentence, speech):
                continue
            claimed = [
                draft
                for draft, _, told, _ in self._moods
                if draft.trigger[0] < sentence.starts[speech.verb]
                and told
                and draft.source
                and draft.places
                and draft.sentence >= sentence.index - 1
            ]
            if claimed and speech.source and speech.source.name != _name(claimed[-1]):
                draft = denial_of(
                    claimed[-1], sentence, speech, self.document, self.reader.spans[sentence.index]
                )
                self.found.append(draft)
                self._moods.append((draft, "denied", speech, False))

    def _hits(self, sentence: Sentence, said: list[Speech]) -> None:
        sentence.hits = [found for hit in sentence.hits for found in self._reread(sentence, hit)]
        skip = absorbed(sentence, self.ontology)
        kept = [(hit, choose(sentence, hit)) for k, hit in enumerate(sentence.hits) if k not in skip]
        # what is read as none bounds nobody's clause
        read = [(hit, chosen) for hit, chosen in kept if chosen is not None]
        sentence.hits = [hit for hit, _ in read]
        sentence.taken = reserved(sentence)
        before = len(self.found)
        for k, (hit, chosen) in enumerate(read):
            if not is_name(sentence, hit) and not is_attributive(sentence, hit, chosen):
                self._trigger(sentence, k, hit, chosen, said)
        self._drop_echoes(before)

    def _reread(self, sentence: Sentence, hit: Hit) -> list[Hit]:
        """The hit, or those inside it where its first word is a noun: "a ferry carried 90 people"."""
        if hit.end - hit.start == 1 or not is_noun_phrase(sentence, hit):
            return [hit]
        inside = self.ontology.openings(sentence.lower[: hit.end])
        return self.ontology.find(sentence.lower, [at for at in inside if at > hit.start])

    def _trigger(
        self, sentence: Sentence, k: int, hit: Hit, chosen: tuple[Trigger, str], said: list[Speech]
    ) -> None:
        trigger, form = chosen
        kind = self.ontology[self._kinds.of(sentence, hit, trigger)]
        background = is_reduced_relative(sentence, hit, form)
        speech = None if background else self._speech(sentence, hit, said)
        asks = kind.name not in _ASKS_NOTHING
        mood = mood_of(sentence, hit.start, verb=trigger.pos == "verb", form=form, asks=asks)
        if mood == "negated":
            return
        if kind.name == "threat" and mood == "happened":
            mood, speech = "threatened", next((s for s in said if s.verb == hit.start), speech)
        if speech is not None and speech.kind in _ASKING and mood == "happened":
            mood, speech = asked_mood(sentence, hit.start, speech, verb=trigger.pos == "verb", form=form)
        reserved_for_all = sentence.taken
        if speech is not None:
            # where somebody speaks is not where it happened
            sentence.taken = reserved_for_all | venue(sentence, speech)
        self.placer.real = mood == "happened"
        again = self.placer.told_again(sentence, hit, trigger)
        if again is not None:
            kind = self.ontology[again.type]
        placed = goes_on(again, sentence) if again else self.placer.placed(sentence, k, hit, trigger, kind)
        sentence.taken = reserved_for_all
        if (
            not placed.places
            and speech is not None
            and speech.source
            and standing_of(speech.source.name) == "witness"
        ):
            placed = self.placer.where_seen(sentence, speech.subject)
        if not placed.places and "place" in trigger.flags and not takes_unknown(sentence, hit):
            return
        main_day = self.reader.main_day(sentence.index)
        when = relative_to_main(sentence, hit, time_of(sentence, hit, speech, said), main_day)
        if when is None and placed.reason == SAME:
            when = self.found[-1].when  # the clause goes on with what was just told
        if mood == "happened" and self._is_ahead(when) and form in _TIMELESS:
            mood = "planned"  # "X votes next October"
        draft = self._draft(sentence, hit, kind, trigger, placed, speech, when, form)
        own_act = speech is not None and mood == "happened" and is_own(speech, sentence, hit, kind)
        for part in _split(draft, kind):
            self.found.append(part)
            self._moods.append((part, mood, speech, own_act))

    def _is_ahead(self, when: TimeSpan | None) -> bool:
        """Whether a time lies behind the day of the document."""
        day = self.document.date
        return day is not None and when is not None and when.start is not None and when.start > day

    def _draft(
        self,
        sentence: Sentence,
        hit: Hit,
        kind: EventType,
        trigger: Trigger,
        placed: Placed,
        speech: Speech | None,
        when: TimeSpan | None,
        form: str,
    ) -> Draft:
        text = self.document.text
        span = self.reader.spans[sentence.index]
        source = speech.source if speech else None
        score = (
            0.9
            - (0.2 if placed.reason else 0.0)
            - (0.4 if not placed.places else 0.0)
            - (0.1 if trigger.pos == "noun" else 0.0)
        )
        return Draft(
            type=kind.name,
            sentence=sentence.index,
            evidence=Evidence(*span, text[slice(*span)]),
            trigger=(sentence.starts[hit.start], sentence.ends[hit.end - 1]),
            status="happened",
            places=placed.places,
            source=source,
            when=when,
            actors=actors_of(sentence, self.document, hit, trigger, form, source),
            quantities=counted(sentence, hit, kind, text),
            reasons=(f"place: {placed.reason}",) if placed.reason else (),
            kind=speech.kind if speech else "",
            mutual=speech.mutual if speech else False,
            anaphoric=sentence.lower[0] in _BACK
            or (sentence.lower[0] in _QUOTES and sentence.lower[1:2] != [] and sentence.lower[1] in _BACK),
            another=is_another(sentence, hit),
            score=score,
        )

    def _speech(self, sentence: Sentence, hit: Hit, said: list[Speech]) -> Speech | None:
        """The innermost speech that covers the trigger; in a quotation without one, whoever speaks around it."""
        covering = [speech for speech in said if speech.scope[0] <= hit.start < speech.scope[1]]
        if covering:
            return max(covering, key=lambda speech: (not speech.suffix, speech.verb))
        if self.ontology.family(hit.readings[0][0].type) in _COUNTED:
            counting = [speech for speech in said if speech.verb == hit.start]
            if counting:
                return counting[0]  # "the ministry reported 48 cases", "put the dead at 30"
        tail = [speech for speech in said if speech.suffix and trails(sentence, hit, speech)]
        if tail:
            return tail[-1]
        start = sentence.starts[hit.start]
        if self._is_quoted(start):
            source = self._speaker_around(sentence)
            return (
                Speech(source, "say", -1, (0, len(sentence.lower)), (0, 0), suffix=True) if source else None
            )
        return None

    def _is_quoted(self, at: int) -> bool:
        """Whether a code point stands inside a quotation."""
        before = bisect_right(self._quote_starts, at) - 1
        return before >= 0 and at < self.quotes[before][1]

    def _speaker_around(self, sentence: Sentence) -> Attribution | None:
        """Who speaks a quotation: in its own sentence, in one of the next two, else the last speaker."""
        here = self._said_here(sentence)
        if here:
            return here
        for index in range(sentence.index + 1, min(sentence.index + 3, len(self.reader.spans))):
            following = self.reader.sentence(index)
            said = speeches(following, self.document, self.speaker)
            if (
                said
                and said[0].source
                and (said[0].verb < 14 and not any(hit.start < said[0].verb for hit in following.hits))
            ):
                return said[0].source
        return self.speaker()

    def _said_here(self, sentence: Sentence) -> Attribution | None:
        said = speeches(sentence, self.document, self.speaker)
        return said[0].source if said else None

    def _drop_echoes(self, first: int) -> None:
        """Within a sentence: drop what has no place beside one of its family that has, and repeated events."""
        new = self.found[first:]
        families = {self.ontology.family(draft.type) for draft in new if draft.places}
        seen: set[tuple[str, tuple[object, ...]]] = set()
        dropped = set()
        for draft in new:
            key = (
                self.ontology.family(draft.type)
                if self.ontology.family(draft.type) == "fires"
                else draft.type,
                tuple((place.role, place.mention) for place in draft.places),
            )
            if (not draft.places and self.ontology.family(draft.type) in families) or (
                draft.places and key in seen
            ):
                dropped.add(id(draft))
            seen.add(key)
        if dropped:
            self.found[first:] = [draft for draft in new if id(draft) not in dropped]
            self._moods[first:] = [item for item in self._moods[first:] if id(item[0]) not in dropped]


def _name(draft: Draft) -> str:
    return draft.source.name if draft.source else ""


def _split(draft: Draft, kind: EventType) -> list[Draft]:
    """One draft for each place of an enumeration, where the type asks for it."""
    at = [place for place in draft.places if place.role in {"at", "near", "to", "towards"}]
    if "each" not in kind.flags or len(at) < 2:
        return [draft]
    others = tuple(place for place in draft.places if place not in at)
    return [replace(draft, places=(place, *others)) for place in at]
