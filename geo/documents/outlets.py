"""Where an outlet is at home, by the host of its address: a prior for names that could mean several places."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geo.text.address import host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.types import Document


@lru_cache(maxsize=1)
def outlets() -> Mapping[str, str]:
    """Read the table ``outlets.csv``: host to the id of a town or country."""
    text = files("geo.documents").joinpath("outlets.csv").read_text(encoding="utf-8")
    return {row["host"]: row["place"] for row in csv.DictReader(text.splitlines())}


def outlet_home(document: Document) -> str | None:
    """Id of the place where the document's outlet is at home; None where its address is missing or unknown.

    Examples
    --------
    >>> from geo.types import Document
    >>> outlet_home(Document("a", "", url="https://www.bangkokpost.com/news/1"))
    'iso:TH'
    >>> outlet_home(Document("a", "", source="A paper")) is None
    True
    """
    for address in (document.url, document.source):
        host = host_of(address)
        while "." in host:
            if host in outlets():
                return outlets()[host]
            host = host.partition(".")[2]
    return None
