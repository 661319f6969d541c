"""Addresses of the web, as far as several stages look at them."""

from __future__ import annotations

import re


def host_of(address: str | None) -> str:
    """Host of an address, without "www.", in lower case; "" where it is none.

    Examples
    --------
    >>> host_of("https://www.Example.org/a?b"), host_of("example.org"), host_of("A paper"), host_of(None)
    ('example.org', 'example.org', '', '')
    """
    match = re.match(r"(?:\w+://)?((?:[\w-]+\.)+[a-z]{2,})(?=[/:?#]|$)", address or "", re.IGNORECASE)
    return match.group(1).lower().removeprefix("www.") if match else ""
