"""The status of a report from the mood of its words and from who says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.events.parties import standing_of

if TYPE_CHECKING:
    from geo.events.saying import Speech
    from geo.events.sentence import Sentence
    from geo.events.status import Mood
    from geo.types import Status


def asked_mood(
    sentence: Sentence, start: int, speech: Speech, *, verb: bool, form: str
) -> tuple[Mood, Speech | None]:
    """Mood and speech of a trigger that an asking, threatening or promising speech covers.

    What is asked for stands as a noun or without a tense ("proposed an evacuation"); a finite verb beside it
    tells of something else, in the narrator's voice, and so does what is to end ("urged them to end the siege").
    """
    ending = {"end", "stop", "halt", "lift", "ending", "stopping", "cease"} & set(
        sentence.lower[max(0, start - 5) : start]
    )
    asked = (not verb or form in {"base", "ing"}) and not ending and start - speech.verb <= 14
    if not asked:
        return "happened", None
    moods: dict[str, Mood] = {"call": "called_for", "threaten": "threatened", "promise": "planned"}
    return moods[speech.kind], speech


def status_from(mood: Mood, speech: Speech | None, *, conflict: bool, own_act: bool) -> Status | None:
    """Status of a report from its mood and who says it.

    Parameters
    ----------
    mood : str
    speech : Speech or None
        What covers the trigger; None for the narrator's voice.
    conflict : bool
        Whether the speaker can be a party: the type is one of conflict and the text tells of one.
    own_act : bool
        Whether the act lies in the speaker's own saying (a state announces its mobilisation).

    Returns
    -------
    str or None
        None where there is no event.
    """
    if mood == "negated":
        return None
    if speech is not None and speech.kind == "withheld":
        return None
    if speech is not None and speech.kind == "deny":
        return "denied"
    if mood == "alleged":
        return "claimed"
    if mood != "happened":
        return mood
    if speech is None or own_act:
        return "happened"
    if speech.kind == "fear":
        return "hypothetical"
    if speech.kind == "admit":
        return "happened"
    kind = standing_of(speech.source.name) if speech.source else "party"
    if speech.kind in {"accuse", "claim"} and kind != "neutral":
        return "claimed"
    return "claimed" if conflict and kind == "party" else "happened"
