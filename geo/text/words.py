"""Word lists kept in the code, and small letters."""

from __future__ import annotations


def words(listing: str) -> frozenset[str]:
    """Set of the words in `listing`, separated by white space; an empty set for a blank string."""
    return frozenset(listing.split())


def phrases(listing: str) -> frozenset[str]:
    """Set of the phrases in `listing`, one per line or separated by commas; blank ones are dropped."""
    parts = (part.strip() for line in listing.splitlines() for part in line.split(","))
    return frozenset(part for part in parts if part)


def lowered(text: str) -> str:
    """`text` in small letters with the same offsets: a pattern that need not fold cases is several times as quick."""
    return text.replace("İ", "i").lower()  # the only letter whose small form is two characters
