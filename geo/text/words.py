"""Word lists kept in the code."""

from __future__ import annotations


def words(listing: str) -> frozenset[str]:
    """Set of the words in `listing`, separated by white space; an empty set for a blank string."""
    return frozenset(listing.split())


def phrases(listing: str) -> frozenset[str]:
    """Set of the phrases in `listing`, one per line or separated by commas; blank ones are dropped."""
    parts = (part.strip() for line in listing.splitlines() for part in line.split(","))
    return frozenset(part for part in parts if part)
