"""The protocol that every recogniser keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from geo.types import Document, Mention


class Recogniser(Protocol):
    """Finds place names in a document; implementations differ in how, not in what they give."""

    def find(self, document: Document) -> list[Mention]:
        """Mentions in order of their start, none overlapping; an empty list for a text without places."""
