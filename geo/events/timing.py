"""When an event happened, of the times its sentence names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.events.saying import Speech
    from geo.events.sentence import Sentence
    from geo.ontology import Hit
    from geo.types import TimeSpan

_HANGING: Final = frozenset({"as", "when", "after", "while", "and", "but", "with"})
_NUMBERS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def time_of(
    sentence: Sentence, hit: Hit, speech: Speech | None, speeches: Sequence[Speech]
) -> TimeSpan | None:
    """Time of the trigger `hit`.

    A time in its own clause comes first, the nearest of them; then one that opens the sentence; then the
    time of the saying itself: what is said to have happened had happened by then (relation "by").

    Returns
    -------
    TimeSpan or None
        None where the sentence names none that can belong to it.
    """
    if not sentence.times:
        return None
    spoken = {id(time) for said in speeches for time in _of_saying(sentence, said)}
    own = [time for time in sentence.times if id(time) not in spoken]
    first, last = sentence.clause_of(hit.start)
    inside = [time for time in own if first <= _token(sentence, time) < last]
    if inside:
        return _chosen(sentence, inside, hit)
    main = _of_main_clause(sentence, hit, own)
    if main:
        return main
    cause = _of_cause(sentence, last, own)
    if cause:
        return cause
    opening = [time for time in own if _token(sentence, time) <= 2]
    if opening and (speech is None or opening[0].relation != "at" or speech.suffix or speech.verb > 8):
        return opening[0]
    _, part = sentence.part_of(hit.start)
    after = [
        time
        for time in own
        if hit.end <= _token(sentence, time) <= min(hit.end + 14, part)
        and not _other_trigger(sentence, hit, time)
    ]
    if after:
        return after[0]
    if speech is not None:
        said = _of_saying(sentence, speech)
        if said:
            return replace(said[0], relation="by")
    return None


def _of_main_clause(sentence: Sentence, hit: Hit, own: Sequence[TimeSpan]) -> TimeSpan | None:
    """Time of the clause that "as", "and", a participle or "a day after" hangs on: the same, or so many days before."""
    first, _ = sentence.clause_of(hit.start)
    opener = sentence.lower[first]
    if first == 0 or not (opener in _HANGING or opener.endswith("ing")):
        return None
    before = [time for time in own if _token(sentence, time) < first and time.start and time.end]
    if not before or before[-1].start is None:
        return None
    if opener != "after":
        return before[-1]
    shift = next(
        (
            _days(time.text)
            for time in own
            if time.span and _token(sentence, time) in range(first - 3, first + 1)
        ),
        None,
    )
    if shift is None:
        return None
    day = before[-1].start - timedelta(days=shift)
    return replace(before[-1], start=day, end=day, relation="at", basis="anaphoric")


def _of_cause(sentence: Sentence, last: int, own: Sequence[TimeSpan]) -> TimeSpan | None:
    """Time of the clause that tells at what it happened: "two died when a bus fell off a bridge on Tuesday"."""
    if last >= len(sentence.lower) or sentence.lower[last] != "when":
        return None
    first, end = sentence.clause_of(last)
    return next((time for time in own if first <= _token(sentence, time) < end), None)


def _token(sentence: Sentence, time: TimeSpan) -> int:
    return sentence.token_at(time.span[0]) if time.span else 0


def _other_trigger(sentence: Sentence, hit: Hit, time: TimeSpan) -> bool:
    at, last = _token(sentence, time), sentence.clause_of(hit.start)[1]
    return any(
        hit.end <= other.start < at
        and other.start >= last
        and not (sentence.lower[other.start - 1] == "and" and other.reading("verb"))  # "seized X and held it"
        for other in sentence.hits
    )


def _of_saying(sentence: Sentence, speech: Speech) -> list[TimeSpan]:
    """Times that stand right at the verb of saying: "said on Thursday", "on Monday said"."""
    found = []
    for time in sentence.times:
        if time.span is None:
            continue
        at, end = sentence.token_at(time.span[0]), sentence.token_at(time.span[1] - 1) + 1
        if (
            at == speech.verb + 1
            or end == speech.verb
            or (speech.suffix and speech.verb < at <= speech.verb + 8)
        ) or (
            speech.subject[0] <= at < speech.verb and at > 0 and not speech.suffix and speech.kind != "call"
        ):
            found.append(time)
    return found


def _chosen(sentence: Sentence, times: list[TimeSpan], hit: Hit) -> TimeSpan:
    """Prefer one that can be placed on the calendar; then the nearest to the trigger."""
    known = [time for time in times if time.start or time.end] or times

    def distance(time: TimeSpan) -> int:
        at = _token(sentence, time)
        return at - hit.end if at >= hit.end else hit.start - at + 1

    return min(known, key=distance)


def relative_to_main(
    sentence: Sentence, hit: Hit, time: TimeSpan | None, main_day: date | None
) -> TimeSpan | None:
    """Reckon "the raid came two days after Y" for the trigger of Y, from the day of the main event.

    Parameters
    ----------
    sentence : Sentence
    hit : Hit
    time : TimeSpan or None
        What `time_of` found.
    main_day : datetime.date or None
        The first day the text dates.

    Returns
    -------
    TimeSpan or None
        `time` itself where the sentence has no such phrase in front of the trigger, or no day is known.
    """
    if main_day is None or (time is not None and time.basis != "anaphoric"):
        return time
    for phrase in sentence.times:
        if phrase.basis != "anaphoric" or phrase.span is None or not phrase.text.lower().endswith("after"):
            continue
        at = sentence.token_at(phrase.span[0])
        days = _days(phrase.text)
        if (
            days
            and at
            and at < hit.start
            and sentence.lower[at - 1] in {"came", "comes", "come", "happened", "occurred"}
        ):
            day = main_day - timedelta(days=days)
            return replace(phrase, start=day, end=day, granularity="day", relation="at")
    return time


def _days(text: str) -> int | None:
    words = text.lower().split()
    if "week" in words:
        return 7
    if "day" not in words and "days" not in words:
        return None
    number = next((_NUMBERS[word] for word in words if word in _NUMBERS), None)
    return number or next((int(word) for word in words if word.isdigit()), None)
