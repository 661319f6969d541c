"""What this project wrote itself: a map or a table of ours among somebody's articles is no article."""

from __future__ import annotations

import re
from typing import Final

_PAGE: Final = b'<meta name="generator" content="geodispatch">'
_REPORT: Final = b"<!-- geodispatch report -->"
_TABLES: Final = (b"row_id,", b"id,name,kind,country,admin1,lon,lat,", b"id,name,country,mentions,")
_EVENT: Final = re.compile(rb'\{"id": "[^"]+", "type": "[a-z_]+", "status": "[a-z_]+", "standing": ')
_RECORD: Final = b'{"schema": 1, "id": '


def made_here(head: bytes) -> str:
    """Tell which product of ours a file is that holds neither a text nor records, by how it begins.

    Parameters
    ----------
    head : bytes
        The first thousand bytes or so; unpacked.

    Returns
    -------
    str
        What it is, for a message; "" for the files of others and for records of `geo parse`.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<!doctype html") and _PAGE in start:
        return "a map or report that geo made"
    if start.startswith(_REPORT):
        return "a report that geo made"
    if start.startswith(_TABLES):
        return "a table that 'geo export' wrote"
    if _EVENT.match(start):
        return "a list that 'geo events' wrote"
    return ""


def is_records(head: bytes) -> bool:
    """Whether a file holds the records of `geo parse`, by how it begins."""
    return head.startswith(_RECORD)
