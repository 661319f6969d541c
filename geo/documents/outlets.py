"""Where an outlet is at home, by the host of its address or by its name: a prior for names of several places."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from geo.text.address import host_of
from geo.text.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.types import Document


_WORD: Final = re.compile(r"[^\W_]+")
_PAPERS: Final = words(
    """news times herald sun trib tribune post journal gazette star press daily record observer ledger chronicle courier
    dispatch enquirer inquirer reporter review register advocate advertiser examiner express mail mercury messenger
    monitor leader argus banner beacon bee bulletin citizen democrat echo eagle globe guardian mirror online today now
    live weekly sentinel telegram telegraph standard voice world republican patriot pioneer progress recorder signal
    spectator statesman transcript clarion enterprise free freepress gleaner headlight independent index intelligencer
    item outlook packet plain sunday evening morning union newspaper newspapers media radio tv fm paper"""
)
"""Words that papers and stations are called by."""
_LONGEST: Final = tuple(sorted(_PAPERS, key=lambda word: (-len(word), word)))
_CALL_SIGN: Final = re.compile(r"[kwc][a-z]{2,3}")
_MOST_WORDS: Final = 3
_LEAST: Final = 3


@lru_cache(maxsize=1)
def _rows() -> list[list[str]]:
    """Rows of ``outlets.csv``: host, id of a town or country, its name, names joined by ";", source."""
    text = files("geo.documents").joinpath("outlets.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()[1:]]


@lru_cache(maxsize=1)
def by_host() -> Mapping[str, str]:
    """Homes of outlets by host, without "www."."""
    return {row[0]: row[1] for row in _rows()}


@lru_cache(maxsize=1)
def by_name() -> Mapping[str, str]:
    """Homes of outlets by name, without "the", in lower case and without punctuation."""
    return {_key(name): row[1] for row in _rows() if row[3] for name in row[3].split(";")}


def outlet_home(document: Document) -> str | None:
    """Id of the place where the document's outlet is at home; None where it is missing or unknown.

    Examples
    --------
    >>> from geo.types import Document
    >>> outlet_home(Document("a", "", url="https://www.bangkokpost.com/news/1"))
    'iso:TH'
    >>> outlet_home(Document("a", "", source="The Denver Post"))
    'geonames:5419384'
    >>> outlet_home(Document("a", "", source="A paper")) is None
    True
    """
    for address in (document.url, document.source):
        host = host_of(address)
        while "." in host:
            if host in by_host():
                return by_host()[host]
            host = host.partition(".")[2]
    return by_name().get(_key(document.source)) if document.source else None


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold())).removeprefix("the ")


def outlet_names(document: Document) -> tuple[str, ...]:
    """Names of towns that the name or host of an outlet may hold, folded, the likeliest first.

    Examples
    --------
    >>> from geo.types import Document
    >>> outlet_names(Document("a", "", source="The Jackson Times-Voice"))
    ('jackson',)
    >>> outlet_names(Document("a", "", url="https://www.mountairybeacon.com/a"))[0]
    'mountairy'
    >>> outlet_names(Document("a", "", source="Reuters"))
    ()
    """
    host = host_of(document.url) or host_of(document.source)
    if host:
        return _in_host(host.split(".")[0])
    return _in_name(document.source) if document.source else ()


@lru_cache(maxsize=1024)
def _in_name(name: str) -> tuple[str, ...]:
    """What stands before the words that papers are called by: "The Bowling Green Daily News"."""
    words = _key(name).split()
    kept = [word for word in words if word not in _PAPERS]
    before = words[: words.index(next(w for w in words if w in _PAPERS))] if len(kept) < len(words) else []
    if before and _CALL_SIGN.fullmatch(before[0]):
        del before[0]
    return (" ".join(before),) if 0 < len(before) <= _MOST_WORDS else ()


@lru_cache(maxsize=1024)
def _in_host(label: str) -> tuple[str, ...]:
    """What stands before such words where all are written together, whole and cut in two: "bowlinggreen"."""
    left = label.lower().removeprefix("the").removeprefix("my")
    whole = left
    while ending := next((word for word in _LONGEST if left.endswith(word)), ""):
        left = left.removesuffix(ending).rstrip("-")
    if left == whole or len(left) < _LEAST:
        return ()
    left = left.replace("-", " ")
    cut = range(_LEAST, len(left) - _LEAST + 1) if " " not in left else ()
    return (left, *(f"{left[:i]} {left[i:]}" for i in cut))
