"""Where an outlet is at home, by the host of its address or by its name: a prior for names of several places."""

from __future__ import annotations

import csv
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
def outlets() -> Mapping[str, str]:
    """Read the table ``outlets.csv``: host, or name without "the" in lower case, to the id of a town or country."""
    text = files("geo.documents").joinpath("outlets.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        for key in (row["host"], *map(_key, filter(None, row["names"].split(";")))):
            found[key] = row["place"]
    return found


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
            if host in outlets():
                return outlets()[host]
            host = host.partition(".")[2]
    return outlets().get(_key(document.source)) if document.source else None


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold())).removeprefix("the ")
