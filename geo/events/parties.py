"""Who a speaker or actor is: its side, and whether it is a party, a neutral body, a witness or a medium."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from typing import Final, Literal

from geo.text.words import phrases, words

Standing = Literal["party", "neutral", "witness", "media", "observer"]

_NEUTRAL: Final = phrases(
    """united nations, un, u.n., iaea, international atomic energy agency, icrc, red cross, red crescent, osce
    ohchr, unhcr, unicef, ocha, world health organization, world health organisation, who, iom
    international organization for migration, unesco, world food programme, unrwa, opcw, amnesty international
    human rights watch, médecins sans frontières, medecins sans frontieres, msf, doctors without borders
    save the children, wfp, unmiss, norwegian refugee council, oxfam, crisis group, world bank
    international criminal court
    international court of justice, geological survey, usgs, human rights commission, rights group, rights groups
    aid group, aid groups"""
)
_MEDIA: Final = phrases(
    """news agency, reuters, afp, agence france-presse, associated press, ap, tass, ria, ria novosti, interfax
    xinhua, cnn, bbc, al jazeera, the network, newspaper, news channel, television, tv, radio, media
    new york times, washington post, wall street journal, guardian, bloomberg, ukrinform, anadolu, irna, the agency
    broadcaster, daily, the channel, news website, the website, the outlet, reports"""
)
_WITNESSES: Final = words(
    """witness witnesses residents resident locals medics doctors doctor hospital rescuers rescue survivors survivor
    villagers ambulance paramedics nurses firefighters fire scientists seismologists forecasters police eyewitnesses
    relatives neighbours neighbors journalists reporters coroner coroners coastguard hospitals prosecutor prosecutors
    satellite seismologist geologists surgeon surgeons medic paramedic activists clergy priest bishop
    teacher teachers workers trader traders shopkeeper shopkeepers passenger passengers driver drivers parents
    fishermen farmers herders students"""
)
_OBSERVERS: Final = words(
    "observatory monitor monitors monitoring analysts analyst experts think-tank observers institute ombudsman"
)


@lru_cache(maxsize=1)
def _sides() -> dict[str, str]:
    text = resources.files("geo.events").joinpath("sides.csv").read_text(encoding="utf-8")
    return {word: row["code"] for row in csv.DictReader(text.splitlines()) for word in row["words"].split()}


@lru_cache(maxsize=4096)
def side_of(name: str) -> str | None:
    """ISO 3166-1 code of the first country word in `name`; None where there is none or two differ.

    Examples
    --------
    >>> side_of("the Russian Ministry of Defense")
    'RU'
    """
    lowered = name.lower().replace("’s", "").replace("'s", "").replace("-", " - ")
    if "north korea" in lowered:
        return "KP"
    if "south korea" in lowered:
        return "KR"
    found = {
        _sides()[word]
        for word in lowered.replace(",", " ").split()
        if (word in _sides() and word != "us") or (word == "us" and "US" in name)
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def standing_of(name: str) -> Standing:
    """What kind of source `name` is; "party" is the default: a person, an army, an authority."""
    lowered = f" {name.lower()} ".replace("’", "'").replace("'s ", " ").replace(",", " ")
    padded = " ".join(lowered.split())
    if any(f" {body} " in f" {padded} " for body in _NEUTRAL):
        return "neutral"
    if any(f" {medium} " in f" {padded} " for medium in _MEDIA):
        return "party" if " state " in lowered else "media"
    split = set(padded.replace("-", " ").split())
    if split & _WITNESSES:
        return "witness"
    return "observer" if split & _OBSERVERS else "party"
