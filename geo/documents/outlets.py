"""Where an outlet is at home, by the host of its address or by its name: a prior for names of several places."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from geo.text.address import host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.types import Document


_WORD: Final = re.compile(r"[^\W_]+")


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
